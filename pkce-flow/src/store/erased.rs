//! The trait that users implement, made into an object: `Manager` has no type parameters.

use std::future::Future;
use std::pin::Pin;

use super::{PendingRecord, PendingStore, StoreError, Taken};

type Boxed<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

pub(crate) trait DynPendingStore: Send + Sync {
    fn put<'a>(&'a self, key: &'a str, record: PendingRecord) -> Boxed<'a, ()>;
    fn take<'a>(&'a self, key: &'a str) -> Boxed<'a, Taken>;
    fn is_shared(&self) -> bool;
}

impl<S: PendingStore> DynPendingStore for S {
    fn put<'a>(&'a self, key: &'a str, record: PendingRecord) -> Boxed<'a, ()> {
        Box::pin(PendingStore::put(self, key, record))
    }

    fn take<'a>(&'a self, key: &'a str) -> Boxed<'a, Taken> {
        Box::pin(PendingStore::take(self, key))
    }

    fn is_shared(&self) -> bool {
        PendingStore::is_shared(self)
    }
}

impl<S: PendingStore> PendingStore for std::sync::Arc<S> {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        S::put(self, key, record).await
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        S::take(self, key).await
    }

    fn is_shared(&self) -> bool {
        S::is_shared(self)
    }
}
