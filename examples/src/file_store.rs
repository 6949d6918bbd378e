//! Pending logins as files in a folder.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use pkce_flow::store::{MOST_PER_OWNER, PendingRecord, PendingStore, StoreError, Taken};

/// The most files in the folder, so that a flood of logins does not fill the disk.
const MOST: usize = 1_000;

/// Pending logins for one process, or several on one machine.
///
/// A login waits as `KEY.login`. Taking it renames it to `KEY.spent`, its tombstone: of many that
/// try, the system lets one succeed. Let nobody but your application write to the folder; who only
/// reads it learns nothing, because the manager seals each login before the store gets it.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
}

impl PendingStore for FileStore {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.run("writing a login", move |store| store.put_now(&key, &record)).await
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        let key = key.to_owned();
        self.run("taking a login", move |store| store.take_now(&key)).await
    }
}

impl FileStore {
    /// The store in this folder, which is made where it is missing.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(FileStore { folder })
    }

    /// Works on a thread that may block, where nothing stops it halfway when the caller gives up.
    async fn run<T: Send + 'static>(
        &self,
        what: &str,
        work: impl FnOnce(FileStore) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = self.clone();
        let outcome = tokio::task::spawn_blocking(move || work(store)).await;
        outcome
            .unwrap_or_else(|panic| Err(io::Error::other(panic)))
            .map_err(|error| StoreError::with_source(format!("{what} failed: {error}"), error))
    }

    fn put_now(&self, key: &str, record: &PendingRecord) -> io::Result<()> {
        // One `put` at a time, so that none finds what another has half written. The system
        // unlocks the file when it is closed, after a crash too.
        let lock = File::create(self.folder.join("lock"))?;
        lock.lock()?;
        self.make_room(record.owner())?;
        fs::write(self.file(key, "login"), record.to_bytes())
    }

    fn take_now(&self, key: &str) -> io::Result<Taken> {
        let spent = self.file(key, "spent");
        match fs::rename(self.file(key, "login"), &spent) {
            Ok(()) => read(&spent).map(Taken::Pending),
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Err(_) if spent.try_exists()? => Ok(Taken::Spent),
            Err(_) => Ok(Taken::Missing),
        }
    }

    /// Removes what is too old, and the oldest of what is too much.
    fn make_room(&self, owner: &str) -> io::Result<()> {
        let now = SystemTime::now();
        let mut kept = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension().is_none() {
                continue; // the lock
            }
            match read(&path) {
                Ok(record) if record.forget_at() > now => kept.push((record, path)),
                // Too old, or half written before a crash.
                _ => remove(&path)?,
            }
        }
        // Every login lives equally long, so the oldest one ends first.
        kept.sort_by_key(|(record, _)| record.forget_at());
        let of_owner = kept.iter().filter(|(record, path)| {
            record.owner() == owner && path.extension().is_some_and(|kind| kind == "login")
        });
        let surplus = of_owner.clone().count().saturating_sub(MOST_PER_OWNER - 1);
        let of_all = kept.len().saturating_sub(MOST - 1);
        for (_, path) in of_owner.take(surplus).chain(kept.iter().take(of_all)) {
            remove(path)?;
        }
        Ok(())
    }

    /// The key in hex, because there are file systems that take `a` and `A` for one name.
    fn file(&self, key: &str, kind: &str) -> PathBuf {
        let name: String = key.bytes().map(|octet| format!("{octet:02x}")).collect();
        self.folder.join(name).with_extension(kind)
    }
}

fn read(path: &Path) -> io::Result<PendingRecord> {
    PendingRecord::from_bytes(&fs::read(path)?).map_err(io::Error::other)
}

/// Another process may have been faster.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
