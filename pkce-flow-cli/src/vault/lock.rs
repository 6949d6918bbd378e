//! One process at a time changes the vault.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use super::file::cannot;
use crate::exit::Outcome;
use crate::output;

/// How often a lock that another process holds is tried.
const PAUSE: Duration = Duration::from_millis(20);
/// After so many tries the person is told what is waited for.
const PATIENCE: u32 = 100;

/// The lock of the vault; the system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock. It stands on a file of its own, because the vault's is replaced.
    pub(super) async fn acquire(path: &Path) -> Outcome<Self> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(|error| cannot("open", path, &error))?;
        let mut tries = 0;
        // Tried again and again, not waited for, so that an interrupt is heard.
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
                Err(TryLockError::Error(error)) => return Err(cannot("lock", path, &error)),
            }
            tries += 1;
            if tries == PATIENCE {
                output::note("waiting for another pkce-flow that changes the vault …");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_holder_waits_for_the_first() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("vault.lock");
        let first = Lock::acquire(&path).await.expect("free");
        let second = Lock::acquire(&path);
        let mut second = std::pin::pin!(second);
        let early = tokio::time::timeout(Duration::from_millis(50), second.as_mut()).await;
        assert!(early.is_err(), "the lock was given twice");
        drop(first);
        second.await.expect("free again");
    }
}
