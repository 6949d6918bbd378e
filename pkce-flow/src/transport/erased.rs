//! The trait that users implement, made into an object.

use std::future::Future;
use std::pin::Pin;

use super::{HttpClient, HttpError, Limits};

type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Vec<u8>>, HttpError>> + Send + 'a>>;

pub(crate) trait DynHttpClient: Send + Sync {
    fn send<'a>(&'a self, request: http::Request<Vec<u8>>, limits: &'a Limits) -> Sending<'a>;
}

impl<C: HttpClient> DynHttpClient for C {
    fn send<'a>(&'a self, request: http::Request<Vec<u8>>, limits: &'a Limits) -> Sending<'a> {
        Box::pin(HttpClient::send(self, request, limits))
    }
}

impl<C: HttpClient> HttpClient for std::sync::Arc<C> {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        C::send(self, request, limits).await
    }
}
