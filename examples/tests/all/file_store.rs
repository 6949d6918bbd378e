//! The store of the example `custom_store`.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use examples::FileStore;
use pkce_flow::store::{PendingRecord, PendingStore as _};
use pkce_flow_testing::contract;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn open(folder: &Path) -> FileStore {
    FileStore::open(folder).expect("the folder is there")
}

fn record(owner: &str, forget_at: SystemTime) -> PendingRecord {
    PendingRecord::new(b"sealed".to_vec(), owner, forget_at - Duration::from_secs(600), forget_at)
}

fn in_a_while() -> SystemTime {
    SystemTime::now() + Duration::from_secs(1_200)
}

fn logins(folder: &Path) -> Vec<fs::DirEntry> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let entries = entries.map(|entry| entry.expect("an entry can be read"));
    entries.filter(|entry| entry.path().extension().is_some()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_keeps_the_contract() {
    let folder = folder();
    contract::pending_store(|| open(folder.path())).await;
}

#[tokio::test]
async fn old_and_half_written_files_are_removed() {
    let folder = folder();
    let store = open(folder.path());
    store.put("old", record("u", SystemTime::now())).await.expect("put");
    fs::write(folder.path().join("c0ffee.login"), "{").expect("half a file");
    store.put("new", record("u", in_a_while())).await.expect("put");
    assert_eq!(logins(folder.path()).len(), 1);
}

#[tokio::test]
async fn a_flood_of_logins_does_not_fill_the_disk() {
    let folder = folder();
    let store = open(folder.path());
    store.put("first", record("u", in_a_while())).await.expect("put");
    let file = logins(folder.path()).pop().expect("the first login").path();
    for n in 0..1_200 {
        fs::copy(&file, folder.path().join(format!("{n}.spent"))).expect("one more file");
    }
    store.put("last", record("v", in_a_while())).await.expect("put");
    assert_eq!(logins(folder.path()).len(), 1_000);
}
