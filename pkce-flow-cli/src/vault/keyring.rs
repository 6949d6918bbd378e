//! The key of a sealed vault, in the system's keyring.

use std::fmt;

use zeroize::Zeroizing;

use super::random::fill;
use crate::exit::{Code, Failure, Outcome};

/// The key of a sealed vault and its name in the keyring.
pub(super) struct SealingKey {
    pub(super) name: String,
    pub(super) bytes: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealingKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Makes a key and puts it into the keyring.
pub(super) async fn create() -> Outcome<SealingKey> {
    let mut name = [0; 8];
    let mut bytes = Zeroizing::new([0; 32]);
    fill(&mut name)?;
    fill(bytes.as_mut())?;
    let name = format!("vault-{:016x}", u64::from_be_bytes(name));
    let key = SealingKey { name, bytes };
    let (stored_name, stored) = (key.name.clone(), key.bytes.clone());
    apart(move || system::write(&stored_name, stored.as_ref())).await?;
    Ok(key)
}

/// Whether there is a keyring that answers.
pub(super) async fn probe() -> Outcome {
    apart(|| system::read("probe").map(drop)).await
}

/// The key of this name.
pub(super) async fn find(name: &str) -> Outcome<SealingKey> {
    let asked = name.to_owned();
    let found = apart(move || system::read(&asked)).await?.ok_or_else(|| {
        Failure::new(
            Code::Machine,
            format!("the keyring has no key `{name}`, so the vault is locked"),
        )
        .help("bring the keyring back that it was sealed with, or move the vault away and log in")
    })?;
    let bytes = <[u8; 32]>::try_from(found.as_slice()).map_err(|_| {
        Failure::new(Code::Machine, format!("the key `{name}` in the keyring has not 32 bytes"))
    })?;
    Ok(SealingKey { name: name.to_owned(), bytes: Zeroizing::new(bytes) })
}

/// The keyring may ask the person to unlock it; an interrupt must be heard meanwhile.
async fn apart<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Outcome<T> {
    let no_keyring = |what: String| {
        Failure::usage(format!("there is no keyring to use: {what}"))
            .help("start the system's keyring, or leave --keyring out")
    };
    match tokio::task::spawn_blocking(ask).await {
        Ok(answer) => answer.map_err(no_keyring),
        Err(error) => Err(no_keyring(error.to_string())),
    }
}

#[cfg(feature = "keyring")]
mod system {
    use keyring::{Entry, Error};
    use zeroize::Zeroizing;

    const SERVICE: &str = "pkce-flow";

    pub(super) fn write(name: &str, key: &[u8]) -> Result<(), String> {
        entry(name)?.set_secret(key).map_err(describe)
    }

    pub(super) fn read(name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        match entry(name)?.get_secret() {
            Ok(key) => Ok(Some(Zeroizing::new(key))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(describe(error)),
        }
    }

    fn entry(name: &str) -> Result<Entry, String> {
        Entry::store_status().as_ref().map_err(ToString::to_string)?;
        Entry::new(SERVICE, name).map_err(describe)
    }

    /// Some errors carry what the keyring holds; their text does not.
    #[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
    fn describe(error: Error) -> String {
        error.to_string()
    }
}

#[cfg(not(feature = "keyring"))]
mod system {
    use zeroize::Zeroizing;

    const NONE: &str = "this pkce-flow was built without the feature `keyring`";

    pub(super) fn write(_name: &str, _key: &[u8]) -> Result<(), String> {
        Err(NONE.to_owned())
    }

    pub(super) fn read(_name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        Err(NONE.to_owned())
    }
}
