//! One exchange with a provider: attempts, deadline, and what counts as a failure of the way
//! there. What the answer says is read elsewhere.

use std::time::{Duration, Instant};

use http::StatusCode;

use super::retry_after::retry_after;
use super::{DynHttpClient, DynRuntime, HttpError, HttpErrorKind, Limits, within};
use crate::clock::Clock;
use crate::error::{Error, ErrorCode};

const MOST_ATTEMPTS: u32 = 4;
const FIRST_BACKOFF: Duration = Duration::from_millis(200);

/// What may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    /// The request spends something that works once, a code or a refresh token: only where the
    /// server cannot have used it.
    SingleUse,
    /// The request changes nothing: after a failure of the server too.
    Idempotent,
}

/// The way to a provider.
pub(crate) struct Exchange<'a> {
    pub(crate) client: &'a dyn DynHttpClient,
    pub(crate) runtime: &'a dyn DynRuntime,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) limits: Limits,
}

impl Exchange<'_> {
    /// Sends the request to the endpoint, which is what errors call it, such as
    /// "the token endpoint".
    pub(crate) async fn send(
        &self,
        endpoint: &str,
        request: http::Request<Vec<u8>>,
        retry: Retry,
    ) -> Result<http::Response<Vec<u8>>, Error> {
        let host = request.uri().authority().map_or_else(String::new, ToString::to_string);
        let started = Instant::now();
        let mut attempt = 1;
        loop {
            let left = self.limits.timeout.saturating_sub(started.elapsed());
            let limits = Limits {
                timeout: left,
                connect_timeout: self.limits.connect_timeout.min(left),
                ..self.limits
            };
            let outcome = within(self.runtime, left, self.client.send(request.clone(), &limits))
                .await
                .unwrap_or_else(|| Err(HttpError::new(HttpErrorKind::Timeout, "the time is up")));
            let left = self.limits.timeout.saturating_sub(started.elapsed());
            let wait = self.wait_before_next(&outcome, retry, attempt);
            match wait {
                Some(wait) if attempt < MOST_ATTEMPTS && wait < left => {
                    tracing::debug!(endpoint, attempt, ?wait, "trying again");
                    self.runtime.sleep(wait).await;
                    attempt += 1;
                }
                _ => return self.judge(endpoint, &host, outcome),
            }
        }
    }

    /// How long to wait before the next attempt; `None` where there must be none.
    fn wait_before_next(
        &self,
        outcome: &Result<http::Response<Vec<u8>>, HttpError>,
        retry: Retry,
        attempt: u32,
    ) -> Option<Duration> {
        let backoff = FIRST_BACKOFF * 2u32.pow(attempt - 1);
        match outcome {
            Err(error) if error.kind() == HttpErrorKind::Connect => Some(backoff),
            Err(_) => None,
            Ok(response) if is_overload(response.status()) => {
                retry_after(response.headers(), self.clock.now())
            }
            Ok(response) if response.status().is_server_error() => {
                (retry == Retry::Idempotent).then_some(backoff)
            }
            Ok(_) => None,
        }
    }

    fn judge(
        &self,
        endpoint: &str,
        host: &str,
        outcome: Result<http::Response<Vec<u8>>, HttpError>,
    ) -> Result<http::Response<Vec<u8>>, Error> {
        match outcome {
            Err(error) => Err(failure(endpoint, host, self.limits, &error)),
            Ok(response) if response.status().is_redirection() => Err(Error::new(
                ErrorCode::Redirect,
                format!(
                    "{endpoint} at {host} answered with a redirect (status {}), which is not \
                     followed: it would hand the secrets of the request to another address",
                    response.status().as_u16()
                ),
            )
            .help("Check the endpoint in the declaration")),
            Ok(response) if is_overload(response.status()) => {
                let after = retry_after(response.headers(), self.clock.now());
                let status = response.status().as_u16();
                let what = format!("{endpoint} at {host} is overloaded (status {status})");
                let help = match after {
                    Some(after) => format!("Try again in {} seconds", after.as_secs()),
                    None => "Try again later".to_owned(),
                };
                Err(Error::new(ErrorCode::Overloaded, what).help(help).retry_later(after))
            }
            Ok(response) => Ok(response),
        }
    }
}

fn is_overload(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE
}

fn failure(endpoint: &str, host: &str, limits: Limits, error: &HttpError) -> Error {
    let (code, what, help) = match error.kind() {
        HttpErrorKind::Connect => (
            ErrorCode::Connect,
            format!("no connection to {endpoint} at {host}: {error}"),
            "Check the address and the network, then try again",
        ),
        HttpErrorKind::Tls => (
            ErrorCode::Tls,
            format!("no secure connection to {endpoint} at {host}: {error}"),
            "If the server's certificate comes from your own authority, set SSL_CERT_FILE to that \
             authority's certificate (PEM)",
        ),
        HttpErrorKind::Timeout => (
            ErrorCode::Timeout,
            format!("no answer from {endpoint} at {host} within {:?}", limits.timeout),
            "Try again later",
        ),
        HttpErrorKind::TooLarge => (
            ErrorCode::TooLarge,
            format!(
                "the answer of {endpoint} at {host} is larger than {} octets",
                limits.max_response_bytes
            ),
            "Check the endpoint in the declaration",
        ),
        HttpErrorKind::Client => (
            ErrorCode::HttpClient,
            format!("the HTTP client cannot work here: {error}"),
            "Call from inside a tokio runtime, or give the builder another HTTP client",
        ),
        HttpErrorKind::Other => (
            ErrorCode::Connection,
            format!("the exchange with {endpoint} at {host} broke off: {error}"),
            "Try again later",
        ),
    };
    Error::new(code, what).help(help).source(error.clone())
}
