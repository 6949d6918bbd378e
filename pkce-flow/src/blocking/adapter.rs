//! Blocking traits, worn as the async ones that the flow uses.

use std::time::Duration;

use crate::store::{PendingRecord, StoreError, Taken};
use crate::transport::{HttpError, Limits, Runtime};
use crate::{store, transport};

/// Keeps pending logins, as [`store::PendingStore`] does, without async.
pub trait PendingStore: Send + Sync + 'static {
    /// See [`store::PendingStore::put`].
    ///
    /// # Errors
    /// When the store cannot keep the record.
    fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError>;

    /// See [`store::PendingStore::take`].
    ///
    /// # Errors
    /// When the store cannot be asked.
    fn take(&self, key: &str) -> Result<Taken, StoreError>;

    /// See [`store::PendingStore::is_shared`].
    fn is_shared(&self) -> bool {
        true
    }
}

/// Sends one request, as [`transport::HttpClient`] does, without async.
pub trait HttpClient: Send + Sync + 'static {
    /// See [`transport::HttpClient`].
    ///
    /// # Errors
    /// When there is no answer.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError>;
}

pub(super) struct Blocking<T>(pub(super) T);

impl<S: PendingStore> store::PendingStore for Blocking<S> {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        self.0.put(key, record)
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        self.0.take(key)
    }

    fn is_shared(&self) -> bool {
        self.0.is_shared()
    }
}

impl<C: HttpClient> transport::HttpClient for Blocking<C> {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        self.0.send(request, limits)
    }
}

/// Waits on the calling thread. The clients end by their own limits, so the flow's deadline, which
/// looks at a sleep only when a client is not ready, never gets here.
pub(super) struct ThreadSleep;

impl Runtime for ThreadSleep {
    async fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
