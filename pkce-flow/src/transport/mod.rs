//! Requests to the provider: the trait that an HTTP client implements, and what every exchange
//! obeys.

mod erased;
mod exchange;
#[cfg(feature = "reqwest")]
mod reqwest_client;
mod retry_after;
mod runtime;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
mod tls;

pub(crate) use erased::DynHttpClient;
pub(crate) use exchange::{Exchange, Retry};
#[cfg(feature = "reqwest")]
pub use reqwest_client::ReqwestClient;
pub use runtime::{DefaultRuntime, Runtime};
pub(crate) use runtime::{DynRuntime, within};
#[cfg(feature = "blocking")]
pub(crate) use tls::{crypto_provider, tls_failure};

use std::fmt;
use std::future::Future;
use std::time::Duration;

/// Sends one request and reads the whole answer.
///
/// The default is [`ReqwestClient`]. Implement it over the client that your application has; what
/// an implementation must do, and what `pkce_flow_testing::contract::http_client` checks:
///
/// - Follow no redirect: an answer with status 3xx is returned as it is.
/// - Stop within [`Limits`]: connecting, the whole exchange, and the size of the body.
/// - Send method, URL, headers and body as they are; keep no cookies; try nothing twice.
/// - Return every status as a response; an error means that there is no answer.
/// - Verify certificates.
pub trait HttpClient: Send + Sync + 'static {
    /// Sends the request, within the limits.
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> impl Future<Output = Result<http::Response<Vec<u8>>, HttpError>> + Send;
}

/// The bounds of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long connecting may take. Default: 5 seconds.
    pub connect_timeout: Duration,
    /// How long the whole exchange may take, connecting and reading included. Default: 10 seconds.
    pub timeout: Duration,
    /// How many octets the body of the answer may have. Default: 1 MiB.
    pub max_response_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(10),
            max_response_bytes: 1024 * 1024,
        }
    }
}

/// There is no answer, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpError {
    kind: HttpErrorKind,
    what: String,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HttpErrorKind {
    /// The connection was never made, so the server has seen nothing: safe to try again.
    Connect,
    /// TLS failed: the certificate was not trusted, or no protocol was agreed on. Never tried again.
    Tls,
    /// The time was up.
    Timeout,
    /// The answer is larger than [`Limits::max_response_bytes`].
    TooLarge,
    /// The client cannot work here at all, for example outside of its runtime.
    Client,
    /// Anything else: the connection broke, the answer was no HTTP.
    Other,
}

impl HttpError {
    /// What happened, without secrets: no URL with a query, no header, no body.
    #[must_use]
    pub fn new(kind: HttpErrorKind, what: impl Into<String>) -> Self {
        HttpError { kind, what: what.into() }
    }

    /// Why there is no answer.
    #[must_use]
    pub fn kind(&self) -> HttpErrorKind {
        self.kind
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl fmt::Debug for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpError").field("kind", &self.kind).field("what", &self.what).finish()
    }
}

impl std::error::Error for HttpError {}

/// Tells whether a URL's host is this machine: nothing else may hear what is sent there.
#[cfg(any(feature = "reqwest", feature = "blocking"))]
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
