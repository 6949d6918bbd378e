//! Where logins wait for their callbacks.

mod erased;
mod memory;
mod seal;

pub(crate) use erased::DynPendingStore;
pub use memory::MemoryStore;
pub(crate) use seal::{lookup_key, open, seal};

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::time::SystemTime;

/// Keeps pending logins between redirect and callback.
///
/// Implement it over whatever your application has: a table, a cache, a session. The manager does
/// all that is secret: the key is a hash, the value is sealed under a key that only the callback
/// brings, so a dump of the store is useless. What an implementation must do, and what
/// `pkce_flow_testing::contract::pending_store` checks:
///
/// - [`take`](PendingStore::take) is atomic: of many at once for one key, one gets the record.
/// - A record that was taken gives way to a tombstone, which stays until
///   [`forget_at`](PendingRecord::forget_at); taking again gives [`Taken::Spent`].
/// - A record is kept past [`expires_at`](PendingRecord::expires_at), also until `forget_at`: the
///   manager tells an expired login from one that never was.
/// - Keys are compared character by character. The manager's are 43 characters of base64url
///   (letters of both cases, digits, `-`, `_`).
/// - All records live equally long, so the one that is forgotten first is the oldest.
/// - Of one [`owner`](PendingRecord::owner) at most [`MOST_PER_OWNER`] records wait: a new one
///   pushes out that owner's oldest. Stores that serve strangers also bound the whole.
///
/// Over a table of a database it is two statements. Here the table is a map, and the bounds are
/// left out:
///
/// ```
/// use pkce_flow::store::{PendingRecord, PendingStore, StoreError, Taken};
/// use std::collections::HashMap;
/// use std::sync::Mutex;
///
/// #[derive(Default)]
/// struct Table(Mutex<HashMap<String, Option<Vec<u8>>>>);
///
/// impl PendingStore for Table {
///     // INSERT INTO pending (key, record) VALUES ($1, $2)
///     async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
///         self.0.lock().unwrap().insert(key.to_owned(), Some(record.to_bytes()));
///         Ok(())
///     }
///
///     // UPDATE pending SET record = NULL WHERE key = $1, which gives the old record back
///     async fn take(&self, key: &str) -> Result<Taken, StoreError> {
///         match self.0.lock().unwrap().get_mut(key).map(Option::take) {
///             Some(Some(record)) => Ok(Taken::Pending(PendingRecord::from_bytes(&record)?)),
///             Some(None) => Ok(Taken::Spent),
///             None => Ok(Taken::Missing),
///         }
///     }
/// }
/// ```
///
/// A whole one, over files, is among the project's examples (`custom_store`).
pub trait PendingStore: Send + Sync + 'static {
    /// Keeps the record under the key, which is new.
    fn put(
        &self,
        key: &str,
        record: PendingRecord,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Takes the record out and leaves a tombstone, in one atomic step.
    fn take(&self, key: &str) -> impl Future<Output = Result<Taken, StoreError>> + Send;

    /// Whether other processes see the same store. Where not, an unknown login may simply have
    /// been begun elsewhere, and the error says so.
    fn is_shared(&self) -> bool {
        true
    }
}

/// How many logins of one user may be under way at once: one for each tab.
pub const MOST_PER_OWNER: usize = 16;

/// One pending login, as a store sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingRecord {
    value: Vec<u8>,
    owner: String,
    expires_at: SystemTime,
    forget_at: SystemTime,
}

impl PendingRecord {
    /// A record from its parts, as a store reads it back.
    #[must_use]
    pub fn new(
        value: Vec<u8>,
        owner: impl Into<String>,
        expires_at: SystemTime,
        forget_at: SystemTime,
    ) -> Self {
        PendingRecord { value, owner: owner.into(), expires_at, forget_at }
    }

    /// The record as octets, for stores that keep one value for a key: value, owner and times.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.value.len() + 64);
        for time in [self.expires_at, self.forget_at] {
            let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            bytes.extend(since.as_secs().to_be_bytes());
            bytes.extend(since.subsec_nanos().to_be_bytes());
        }
        bytes.extend((self.owner.len() as u64).to_be_bytes());
        bytes.extend(self.owner.as_bytes());
        bytes.extend(&self.value);
        bytes
    }

    /// Reads what [`to_bytes`](Self::to_bytes) gave.
    ///
    /// # Errors
    /// Where the octets are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StoreError> {
        fn split<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
            let (first, rest) = bytes.split_first_chunk::<N>()?;
            *bytes = rest;
            Some(*first)
        }
        fn time(bytes: &mut &[u8]) -> Option<SystemTime> {
            let seconds = u64::from_be_bytes(split(bytes)?);
            let nanoseconds = u32::from_be_bytes(split(bytes)?);
            // Duration::new panics where the nanoseconds carry over the largest second.
            let since = (nanoseconds < 1_000_000_000)
                .then(|| std::time::Duration::new(seconds, nanoseconds))?;
            SystemTime::UNIX_EPOCH.checked_add(since)
        }
        let parse = |mut rest: &[u8]| {
            let expires_at = time(&mut rest)?;
            let forget_at = time(&mut rest)?;
            let length = usize::try_from(u64::from_be_bytes(split(&mut rest)?)).ok()?;
            let (owner, value) = rest.split_at_checked(length)?;
            let owner = std::str::from_utf8(owner).ok()?;
            Some(PendingRecord::new(value.to_vec(), owner, expires_at, forget_at))
        };
        parse(bytes).ok_or_else(|| StoreError::new("a stored login is damaged"))
    }

    /// The sealed login: opaque octets, under 16 KiB.
    #[must_use]
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    /// Whose login it is: a hash, for counting the logins of one user. 43 characters.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// When the login is too old to be finished. The manager compares; a store need not.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// When the store may forget the record or its tombstone.
    #[must_use]
    pub fn forget_at(&self) -> SystemTime {
        self.forget_at
    }
}

impl fmt::Debug for PendingRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingRecord")
            .field("value", &format_args!("{} sealed bytes", self.value.len()))
            .field("expires_at", &self.expires_at)
            .field("forget_at", &self.forget_at)
            .finish_non_exhaustive()
    }
}

/// What [`PendingStore::take`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The record, which is now spent.
    Pending(PendingRecord),
    /// A tombstone: the record was taken before.
    Spent,
    /// Nothing: never put, forgotten, or pushed out.
    Missing,
}

/// A store could not do its work.
#[derive(Debug)]
pub struct StoreError {
    what: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl StoreError {
    /// What the store was doing when it failed, without secrets.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        StoreError { what: what.into(), source: None }
    }

    /// The same, with the error below it.
    #[must_use]
    pub fn with_source(
        what: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        StoreError { what: what.into(), source: Some(source.into()) }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_record_survives_bytes_and_damaged_bytes_are_refused() {
        let at = |nanos| SystemTime::UNIX_EPOCH + Duration::new(2_000_000_000, nanos);
        let record = PendingRecord::new((0..=255).collect(), "owner", at(1), at(999_999_999));
        let bytes = record.to_bytes();
        assert_eq!(PendingRecord::from_bytes(&bytes).expect("whole"), record);
        for cut in 0..37 {
            assert!(PendingRecord::from_bytes(&bytes[..cut]).is_err(), "{cut} octets");
        }
        assert!(PendingRecord::from_bytes(&[255; 64]).is_err());
    }
}
