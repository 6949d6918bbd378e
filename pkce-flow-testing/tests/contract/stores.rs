//! Stores of pending logins, one right and many wrong.

use std::{
    collections::HashMap,
    future::Future as _,
    pin::pin,
    sync::{Arc, Mutex},
    task::{Context, Waker},
    time::{Duration, SystemTime},
};

use pkce_flow::{
    MemoryStore,
    store::{PendingRecord, PendingStore, StoreError, Taken},
};
use pkce_flow_testing::{TestClock, contract};
use tokio::{runtime::Builder, task::yield_now};

use crate::{complaint, current_thread};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Flaw {
    NoTombstone,
    GivesAgain,
    LooksBeforeItTakes,
    IgnoresCase,
    LosesBytes,
    LosesOwner,
    LosesTimes,
    DropsExpired,
    BoundsAllOwnersTogether,
    NoBound,
    CannotPut,
    TakesUnknownForSpent,
}

/// A store with one flaw.
struct Flawed {
    flaw: Flaw,
    entries: Mutex<HashMap<String, Option<PendingRecord>>>,
    order: Mutex<Vec<(String, String)>>,
}

impl Flawed {
    fn new(flaw: Flaw) -> Self {
        Self { flaw, entries: Mutex::default(), order: Mutex::default() }
    }

    fn key(&self, key: &str) -> String {
        match self.flaw {
            Flaw::IgnoresCase => key.to_ascii_lowercase(),
            _ => key.to_owned(),
        }
    }

    fn spoil(&self, record: &PendingRecord) -> PendingRecord {
        let mut value = record.value().to_vec();
        let mut owner = record.owner().to_owned();
        let mut expires_at = record.expires_at();
        match self.flaw {
            Flaw::LosesBytes => value = String::from_utf8_lossy(&value).into_owned().into_bytes(),
            Flaw::LosesOwner => owner.truncate(20),
            Flaw::LosesTimes => expires_at += Duration::from_secs(3_600),
            _ => {}
        }
        PendingRecord::new(value, owner, expires_at, record.forget_at())
    }
}

impl PendingStore for Flawed {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        if self.flaw == Flaw::CannotPut {
            return Err(StoreError::new("the disk is full"));
        }
        let (key, record) = (self.key(key), self.spoil(&record));
        let mut entries = self.entries.lock().expect("not poisoned");
        let mut order = self.order.lock().expect("not poisoned");
        let owner = match self.flaw {
            Flaw::BoundsAllOwnersTogether => String::new(),
            _ => record.owner().to_owned(),
        };
        let of_owner = order.iter().filter(|(_, known)| *known == owner).count();
        if of_owner >= 16 && self.flaw != Flaw::NoBound {
            let oldest = order.iter().position(|(_, known)| *known == owner);
            let (oldest, _) = order.remove(oldest.expect("it was counted"));
            entries.remove(&oldest);
        }
        order.push((key.clone(), owner));
        entries.insert(key, Some(record));
        Ok(())
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        let key = self.key(key);
        if self.flaw == Flaw::LooksBeforeItTakes {
            let found = self.entries.lock().expect("not poisoned").get(&key).cloned();
            // Where a real store would wait for its database.
            yield_now().await;
            if let Some(Some(record)) = found {
                self.entries.lock().expect("not poisoned").insert(key, None);
                return Ok(Taken::Pending(record));
            }
        }
        let mut entries = self.entries.lock().expect("not poisoned");
        let unknown = match self.flaw {
            Flaw::TakesUnknownForSpent => Taken::Spent,
            _ => Taken::Missing,
        };
        if self.flaw == Flaw::NoTombstone {
            return Ok(match entries.remove(&key).flatten() {
                Some(record) => Taken::Pending(record),
                None => unknown,
            });
        }
        let Some(entry) = entries.get_mut(&key) else {
            return Ok(unknown);
        };
        if self.flaw == Flaw::DropsExpired
            && entry.as_ref().is_some_and(|record| record.expires_at() < SystemTime::now())
        {
            entries.remove(&key);
            return Ok(unknown);
        }
        let taken = match self.flaw {
            Flaw::GivesAgain => entry.clone(),
            _ => entry.take(),
        };
        Ok(taken.map_or(Taken::Spent, Taken::Pending))
    }
}

#[test]
fn the_memory_store_passes_in_any_runtime_and_in_none() {
    let mut suite = pin!(contract::pending_store(MemoryStore::new));
    let mut context = Context::from_waker(Waker::noop());
    assert!(suite.as_mut().poll(&mut context).is_ready());
    current_thread().block_on(contract::pending_store(MemoryStore::new));
    let parallel = Builder::new_multi_thread().worker_threads(4).build();
    let parallel = parallel.expect("a runtime");
    parallel.block_on(contract::pending_store(MemoryStore::new));
    parallel.block_on(contract::pending_store_with_clock(|clock| {
        MemoryStore::with_capacity_and_clock(1_000, clock)
    }));
}

#[test]
fn stores_that_share_a_table_pass() {
    let store = MemoryStore::new();
    current_thread().block_on(contract::pending_store(|| store.clone()));
}

#[test]
fn every_flaw_is_named() {
    let runtime = current_thread();
    for (flaw, rule) in [
        (Flaw::NoTombstone, "gives way to a tombstone"),
        (Flaw::GivesAgain, "taken once"),
        (Flaw::LooksBeforeItTakes, "exactly one gets the record"),
        (Flaw::IgnoresCase, "byte by byte"),
        (Flaw::LosesBytes, "every byte of a value"),
        (Flaw::LosesOwner, "taken once"),
        (Flaw::LosesTimes, "taken once"),
        (Flaw::DropsExpired, "kept until forget_at"),
        (Flaw::BoundsAllOwnersTogether, "nobody else's"),
        (Flaw::NoBound, "pushes out that owner's oldest"),
        (Flaw::CannotPut, "the disk is full"),
        (Flaw::TakesUnknownForSpent, "never put is missing"),
    ] {
        let said = complaint(&runtime, contract::pending_store(|| Flawed::new(flaw)));
        assert!(said.contains(rule), "{flaw:?}: {said}");
        assert!(said.starts_with("the pending store breaks the rule"), "{said}");
    }
}

#[test]
fn a_race_of_threads_is_lost_by_a_store_that_looks_before_it_takes() {
    let parallel = Builder::new_multi_thread().worker_threads(4).build();
    let parallel = parallel.expect("a runtime");
    let flawed = || Flawed::new(Flaw::LooksBeforeItTakes);
    let said = complaint(&parallel, contract::pending_store(flawed));
    assert!(said.contains("exactly one gets the record"), "{said}");
}

#[test]
fn a_store_that_never_forgets_is_named() {
    let said = complaint(
        &current_thread(),
        contract::pending_store_with_clock(|_| Forgetless(MemoryStore::new())),
    );
    assert!(said.contains("gone from then on"), "{said}");
    // One that forgets a second early, too.
    let hasty = |clock: TestClock| {
        let ahead = Arc::new(Ahead(clock));
        MemoryStore::with_capacity_and_clock(1_000, ahead)
    };
    let said = complaint(&current_thread(), contract::pending_store_with_clock(hasty));
    assert!(said.contains("until forget_at"), "{said}");
}

/// Goes by the system's clock, whatever the test's shows.
struct Forgetless(MemoryStore);

impl PendingStore for Forgetless {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        self.0.put(key, record).await
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        self.0.take(key).await
    }
}

/// A clock that is two seconds ahead.
struct Ahead(TestClock);

impl pkce_flow::Clock for Ahead {
    fn now(&self) -> SystemTime {
        self.0.now() + Duration::from_secs(2)
    }
}
