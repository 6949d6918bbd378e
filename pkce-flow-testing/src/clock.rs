//! A clock that a test can turn.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

/// A clock that a test can turn, so that no test waits for a code or a token to expire.
///
/// Clones show the same time. Give one clone to the server
/// ([`TestServerBuilder::clock`](crate::TestServerBuilder::clock)) and one to the manager, and both
/// agree about what has expired.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<Mutex<Hands>>);

#[derive(Debug)]
enum Hands {
    /// The system's clock and so much on top.
    Running(Duration),
    Still(SystemTime),
}

impl TestClock {
    /// A clock that runs with the system's, until it is turned.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Hands::Running(Duration::ZERO))))
    }

    /// A clock that stands still at this time and moves only when it is turned.
    pub fn at(time: SystemTime) -> Self {
        Self(Arc::new(Mutex::new(Hands::Still(time))))
    }

    /// The time that it shows.
    pub fn now(&self) -> SystemTime {
        match &*self.hands() {
            Hands::Running(ahead) => later(SystemTime::now(), *ahead),
            Hands::Still(time) => *time,
        }
    }

    /// Turns it forward. A time that the system cannot express changes nothing.
    pub fn advance(&self, by: Duration) {
        match &mut *self.hands() {
            Hands::Running(ahead) => *ahead = ahead.saturating_add(by),
            Hands::Still(time) => *time = later(*time, by),
        }
    }

    /// Sets it to this time, where it stands still.
    pub fn set(&self, time: SystemTime) {
        *self.hands() = Hands::Still(time);
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

/// Adds without the panic that `+` has on times out of range.
pub(crate) fn later(time: SystemTime, by: Duration) -> SystemTime {
    time.checked_add(by).unwrap_or(time)
}

/// Seconds since 1970, as JWTs and JSON answers count them.
pub(crate) fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_show_the_same_time() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let clock = TestClock::at(start);
        let other = clock.clone();
        clock.advance(Duration::from_secs(60));
        assert_eq!(other.now(), start + Duration::from_secs(60));
    }

    #[test]
    fn a_running_clock_is_ahead_by_what_it_was_turned() {
        let clock = TestClock::new();
        clock.advance(Duration::from_secs(3_600));
        assert!(clock.now() >= SystemTime::now() + Duration::from_secs(3_599));
    }

    #[test]
    fn turning_too_far_is_no_panic() {
        let clock = TestClock::new();
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        clock.now();
    }
}
