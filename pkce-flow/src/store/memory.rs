//! The store of one process: bounded, and expiring by itself.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::{MOST_PER_OWNER, PendingRecord, PendingStore, StoreError, Taken};
use crate::clock::{Clock, SystemClock};

/// How many logins and tombstones the store holds unless told otherwise.
const CAPACITY: usize = 100_000;

/// Pending logins in memory: for one process, and lost when it ends.
///
/// It holds at most 100,000 records and tombstones (about 100 MB; [`MemoryStore::with_capacity`]
/// sets another bound) and 16 logins of one user; the oldest give way. A clone is the same store.
#[derive(Clone)]
pub struct MemoryStore {
    shelf: Arc<Mutex<Shelf>>,
    clock: Arc<dyn Clock>,
}

struct Shelf {
    capacity: usize,
    entries: HashMap<String, Entry>,
    /// In the order of their end, so that forgetting looks at nothing else.
    by_end: BTreeMap<(SystemTime, u64), String>,
    by_owner: HashMap<String, VecDeque<String>>,
    serial: u64,
}

struct Entry {
    /// `None` is a tombstone.
    record: Option<PendingRecord>,
    end: (SystemTime, u64),
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    /// An empty store for so many records and tombstones, at least one.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::with_capacity_and_clock(capacity, SystemClock)
    }

    /// An empty store that forgets by this clock: for tests.
    #[must_use]
    pub fn with_capacity_and_clock(capacity: usize, clock: impl Clock) -> Self {
        MemoryStore {
            shelf: Arc::new(Mutex::new(Shelf {
                capacity: capacity.max(1),
                entries: HashMap::new(),
                by_end: BTreeMap::new(),
                by_owner: HashMap::new(),
                serial: 0,
            })),
            clock: Arc::new(clock),
        }
    }

    /// How many records and tombstones are kept at this moment.
    #[must_use]
    pub fn len(&self) -> usize {
        self.with(|shelf| shelf.entries.len())
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn with<T>(&self, work: impl FnOnce(&mut Shelf) -> T) -> T {
        // Nothing in `work` panics halfway; a poisoned lock would only spread another's panic.
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        shelf.forget_until(now);
        work(&mut shelf)
    }
}

impl Shelf {
    fn forget_until(&mut self, now: SystemTime) {
        while let Some((end, _)) = self.by_end.first_key_value() {
            if end.0 > now {
                break;
            }
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        if let Some((_, key)) = self.by_end.pop_first() {
            self.remove(&key);
        }
    }

    fn remove(&mut self, key: &str) {
        if let Some(entry) = self.entries.remove(key) {
            self.by_end.remove(&entry.end);
            if let Some(record) = entry.record {
                self.disown(record.owner(), key);
            }
        }
    }

    fn disown(&mut self, owner: &str, key: &str) {
        if let Some(keys) = self.by_owner.get_mut(owner) {
            keys.retain(|other| other != key);
            if keys.is_empty() {
                self.by_owner.remove(owner);
            }
        }
    }

    fn put(&mut self, key: &str, record: PendingRecord) {
        self.remove(key);
        let waiting = self.by_owner.get(record.owner()).map_or(0, VecDeque::len);
        if waiting >= MOST_PER_OWNER {
            let oldest = self.by_owner.get(record.owner()).and_then(|keys| keys.front().cloned());
            if let Some(oldest) = oldest {
                self.remove(&oldest);
            }
        }
        while self.entries.len() >= self.capacity {
            self.drop_oldest();
        }
        self.serial += 1;
        let end = (record.forget_at(), self.serial);
        self.by_end.insert(end, key.to_owned());
        self.by_owner.entry(record.owner().to_owned()).or_default().push_back(key.to_owned());
        self.entries.insert(key.to_owned(), Entry { record: Some(record), end });
    }

    fn take(&mut self, key: &str) -> Taken {
        let Some(entry) = self.entries.get_mut(key) else {
            return Taken::Missing;
        };
        let Some(record) = entry.record.take() else {
            return Taken::Spent;
        };
        self.disown(record.owner(), key);
        Taken::Pending(record)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryStore").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl PendingStore for MemoryStore {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        self.with(|shelf| shelf.put(key, record));
        Ok(())
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        Ok(self.with(|shelf| shelf.take(key)))
    }

    fn is_shared(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[derive(Default)]
    struct TurnedClock(Mutex<u64>);

    impl Clock for TurnedClock {
        fn now(&self) -> SystemTime {
            at(*self.0.lock().expect("not poisoned"))
        }
    }

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn record(owner: &str, value: u8) -> PendingRecord {
        PendingRecord::new(vec![value], owner, at(600), at(1200))
    }

    fn store(capacity: usize) -> (MemoryStore, Arc<TurnedClock>) {
        let clock = Arc::new(TurnedClock::default());
        (MemoryStore::with_capacity_and_clock(capacity, Arc::clone(&clock)), clock)
    }

    #[test]
    fn a_flood_of_logins_stays_within_the_capacity() {
        let (store, _) = store(100);
        for n in 0..10_000 {
            store.with(|shelf| shelf.put(&n.to_string(), record(&n.to_string(), 0)));
        }
        assert_eq!(store.len(), 100);
        assert_eq!(store.with(|shelf| shelf.take("9899")), Taken::Missing);
        assert!(matches!(store.with(|shelf| shelf.take("9900")), Taken::Pending(_)));
        assert_eq!(store.with(|shelf| shelf.by_owner.len()), 99);
    }

    #[test]
    fn the_seventeenth_login_of_a_user_pushes_out_the_first() {
        let (store, _) = store(100);
        for n in 0..17u8 {
            store.with(|shelf| shelf.put(&n.to_string(), record("tabs", n)));
        }
        assert_eq!(store.with(|shelf| shelf.take("0")), Taken::Missing);
        assert!(matches!(store.with(|shelf| shelf.take("1")), Taken::Pending(_)));
    }

    #[test]
    fn records_and_tombstones_are_forgotten_at_their_end() {
        let (store, clock) = store(100);
        store.with(|shelf| shelf.put("a", record("u", 1)));
        store.with(|shelf| shelf.put("b", record("u", 2)));
        assert!(matches!(store.with(|shelf| shelf.take("a")), Taken::Pending(_)));
        *clock.0.lock().expect("not poisoned") = 1199;
        assert_eq!(store.with(|shelf| shelf.take("a")), Taken::Spent);
        assert!(matches!(store.with(|shelf| shelf.take("b")), Taken::Pending(_)));
        *clock.0.lock().expect("not poisoned") = 1200;
        assert!(store.is_empty());
        assert!(store.with(|shelf| shelf.by_owner.is_empty() && shelf.by_end.is_empty()));
    }
}
