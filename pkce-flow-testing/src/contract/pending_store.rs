//! What every store of pending logins must do.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, SystemTime},
};

use pkce_flow::store::{MOST_PER_OWNER, PendingRecord, PendingStore, Taken};
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::{
    clock::{TestClock, unix_seconds},
    contract::join::join_all,
    random,
};

/// How many take one record at once.
const RACERS: usize = 32;
/// The manager's values are smaller.
const LARGEST: usize = 16 * 1024 - 1;

/// Checks a [`PendingStore`]: single use, tombstones, expired records, races, foreign keys, bytes,
/// the bound for each owner.
///
/// `make` gives a store for each rule. They may share what is below them, a table for instance:
/// keys and owners are random. In a multi-thread tokio runtime the race is one of threads,
/// elsewhere one of tasks that give way to each other.
///
/// # Panics
///
/// At the first broken rule, which the message names.
pub async fn pending_store<S: PendingStore>(make: impl Fn() -> S) {
    let rules = Rules { now: whole_seconds(SystemTime::now()) };
    rules.a_record_is_taken_once(make()).await;
    rules.an_unknown_key_is_missing(make()).await;
    rules.keys_are_compared_byte_by_byte(make()).await;
    rules.every_part_of_a_record_survives(make()).await;
    rules.an_expired_record_is_kept_until_it_may_be_forgotten(make()).await;
    rules.one_of_many_gets_the_record(make()).await;
    rules.an_owner_has_a_bound_of_its_own(make()).await;
}

/// [`pending_store`], and that a store which is given a clock forgets by it.
///
/// # Panics
///
/// At the first broken rule, which the message names.
pub async fn pending_store_with_clock<S: PendingStore>(make: impl Fn(TestClock) -> S) {
    let now = whole_seconds(SystemTime::now());
    pending_store(|| make(TestClock::at(now))).await;
    let clock = TestClock::at(now);
    let rules = Rules { now };
    rules.records_and_tombstones_end(make(clock.clone()), &clock).await;
}

struct Rules {
    now: SystemTime,
}

impl Rules {
    async fn a_record_is_taken_once(&self, store: impl PendingStore) {
        let rule = "a record is taken once and gives way to a tombstone";
        let (key, record) = (random::token(), self.record(b"value"));
        put(rule, &store, &key, &record).await;
        expect(rule, "the first take", take(rule, &store, &key).await, &Taken::Pending(record));
        for _ in 0..2 {
            expect(rule, "a later take", take(rule, &store, &key).await, &Taken::Spent);
        }
    }

    async fn an_unknown_key_is_missing(&self, store: impl PendingStore) {
        let rule = "a key that was never put is missing, and taking it leaves nothing";
        let key = random::token();
        for _ in 0..2 {
            expect(rule, "take", take(rule, &store, &key).await, &Taken::Missing);
        }
        let record = self.record(b"later");
        put(rule, &store, &key, &record).await;
        let taken = take(rule, &store, &key).await;
        expect(rule, "take after put", taken, &Taken::Pending(record));
    }

    async fn keys_are_compared_byte_by_byte(&self, store: impl PendingStore) {
        let rule = "keys are compared byte by byte, and records of different keys do not mix";
        let key = random::token();
        let keys = [
            format!("{key}a"),
            format!("{key}A"),
            format!("{key}a_"),
            format!("{key}%"),
            format!("{key}-"),
        ];
        let records: Vec<_> = keys.iter().map(|key| self.record(key.as_bytes())).collect();
        for (key, record) in keys.iter().zip(&records) {
            put(rule, &store, key, record).await;
        }
        for (key, record) in keys.iter().zip(records).rev() {
            let taken = take(rule, &store, key).await;
            expect(rule, "take", taken, &Taken::Pending(record));
        }
    }

    async fn every_part_of_a_record_survives(&self, store: impl PendingStore) {
        let rule = "every byte of a value, the owner and both times come back unchanged";
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let large = (0..=u8::MAX).cycle().take(LARGEST).collect();
        for value in [Vec::new(), vec![0], all, large] {
            let (key, record) = (random::token(), self.record(&value));
            put(rule, &store, &key, &record).await;
            let what = format!("take of {} bytes", value.len());
            let taken = take(rule, &store, &key).await;
            expect(rule, &what, taken, &Taken::Pending(record));
        }
    }

    async fn an_expired_record_is_kept_until_it_may_be_forgotten(&self, store: impl PendingStore) {
        let rule = "an expired record is kept until forget_at";
        let key = random::token();
        let record =
            PendingRecord::new(b"old".to_vec(), random::token(), self.at(-60), self.at(600));
        put(rule, &store, &key, &record).await;
        expect(rule, "take", take(rule, &store, &key).await, &Taken::Pending(record));
        expect(rule, "a later take", take(rule, &store, &key).await, &Taken::Spent);
    }

    async fn one_of_many_gets_the_record(&self, store: impl PendingStore) {
        let rule = "of many who take at once exactly one gets the record, the others a tombstone";
        let store = Arc::new(store);
        // More than once, as a race may end well by chance.
        for _ in 0..8 {
            let (key, record) = (random::token(), self.record(b"contested"));
            put(rule, &*store, &key, &record).await;
            let takes = (0..RACERS).map(|_| {
                let (store, key) = (store.clone(), key.clone());
                async move { take(rule, &*store, &key).await }
            });
            let taken = side_by_side(takes).await;
            let winners = taken.iter().filter(|taken| matches!(taken, Taken::Pending(_)));
            let (winners, losers) =
                (winners.count(), taken.iter().filter(|taken| **taken == Taken::Spent).count());
            assert!(
                (winners, losers) == (1, RACERS - 1),
                "{}: of {RACERS} takes {winners} got the record and {losers} a tombstone",
                broken(rule)
            );
        }
    }

    async fn an_owner_has_a_bound_of_its_own(&self, store: impl PendingStore) {
        let rule = "a record too many of one owner pushes out that owner's oldest, nobody else's";
        let owner = random::token();
        let stranger = (random::token(), self.record(b"stranger"));
        put(rule, &store, &stranger.0, &stranger.1).await;
        let mut keys = Vec::new();
        for index in 0..=MOST_PER_OWNER {
            // Stores that go by time need one that differs.
            let begun = i64::try_from(index).unwrap_or(0);
            let (key, record) = (
                random::token(),
                PendingRecord::new(
                    index.to_be_bytes().to_vec(),
                    owner.clone(),
                    self.at(600 + begun),
                    self.at(1_200 + begun),
                ),
            );
            put(rule, &store, &key, &record).await;
            keys.push((key, record));
        }
        let oldest = keys.remove(0);
        let taken = take(rule, &store, &oldest.0).await;
        expect(rule, "take of the oldest", taken, &Taken::Missing);
        for (key, record) in keys.into_iter().chain([stranger]) {
            let taken = take(rule, &store, &key).await;
            expect(rule, "take of one that stays", taken, &Taken::Pending(record));
        }
    }

    async fn records_and_tombstones_end(&self, store: impl PendingStore, clock: &TestClock) {
        let rule = "records and tombstones are there until forget_at, and gone from then on";
        let (waiting, spent) = (random::token(), random::token());
        let record = self.record(b"value");
        put(rule, &store, &waiting, &record).await;
        put(rule, &store, &spent, &record).await;
        take(rule, &store, &spent).await;
        clock.set(self.at(1_199));
        let taken = take(rule, &store, &spent).await;
        expect(rule, "take of a tombstone a second before", taken, &Taken::Spent);
        clock.set(self.at(1_200));
        for key in [&waiting, &spent] {
            let taken = take(rule, &store, key).await;
            expect(rule, "take at forget_at", taken, &Taken::Missing);
        }
    }

    /// A record of an owner of its own, which expires in 10 minutes and is forgotten in 20.
    fn record(&self, value: &[u8]) -> PendingRecord {
        let owner = random::token();
        PendingRecord::new(value.to_vec(), owner, self.at(600), self.at(1_200))
    }

    fn at(&self, seconds: i64) -> SystemTime {
        let by = Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 { self.now - by } else { self.now + by }
    }
}

/// Stores may keep whole seconds only.
fn whole_seconds(time: SystemTime) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(unix_seconds(time))
}

async fn side_by_side<F>(futures: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + Unpin + 'static,
{
    let parallel = Handle::try_current()
        .ok()
        .filter(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread);
    let Some(runtime) = parallel else {
        return join_all(futures).await;
    };
    let tasks: Vec<_> = futures.map(|future| runtime.spawn(future)).collect();
    let mut outputs = Vec::with_capacity(tasks.len());
    for task in tasks {
        match task.await {
            Ok(output) => outputs.push(output),
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
    outputs
}

async fn put(rule: &str, store: &impl PendingStore, key: &str, record: &PendingRecord) {
    if let Err(error) = store.put(key, record.clone()).await {
        panic!("{}: put failed: {error}", broken(rule));
    }
}

async fn take(rule: &str, store: &impl PendingStore, key: &str) -> Taken {
    match store.take(key).await {
        Ok(taken) => taken,
        Err(error) => panic!("{}: take failed: {error}", broken(rule)),
    }
}

fn expect(rule: &str, what: &str, taken: Taken, wanted: &Taken) {
    assert!(taken == *wanted, "{}: {what} gave {taken:?} instead of {wanted:?}", broken(rule));
}

fn broken(rule: &str) -> String {
    format!("the pending store breaks the rule \"{rule}\"")
}
