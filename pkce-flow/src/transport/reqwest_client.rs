//! The default HTTP client: reqwest, one client for each tokio runtime.

use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::runtime::{Handle, Id};

use super::tls::{client_config, tls_failure};
use super::{HttpClient, HttpError, HttpErrorKind, Limits, is_loopback_host};

/// How many runtimes' clients are kept; tests make runtimes by the hundred.
const MOST_CLIENTS: usize = 16;

/// The default [`HttpClient`]: reqwest on tokio, with rustls and the system's trust roots.
///
/// It is made on its first request. Connections belong to the runtime that opened them, so each
/// runtime has a client of its own. Requests to loopback never go through a proxy; others heed
/// `HTTPS_PROXY` and its kin.
#[derive(Default)]
pub struct ReqwestClient {
    tls: OnceLock<Result<rustls::ClientConfig, String>>,
    clients: Mutex<VecDeque<(Key, reqwest::Client)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    runtime: Id,
    loopback: bool,
    /// In steps, so that what is left of a deadline does not make a client each time.
    connect_timeout: Duration,
}

impl ReqwestClient {
    /// A client that has not opened anything yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn client_for(&self, loopback: bool, limits: &Limits) -> Result<reqwest::Client, HttpError> {
        let handle = Handle::try_current().map_err(|_| {
            HttpError::new(HttpErrorKind::Client, "reqwest needs a tokio runtime, there is none")
        })?;
        let connect_timeout = in_steps(limits.connect_timeout);
        let key = Key { runtime: handle.id(), loopback, connect_timeout };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = clients.iter().position(|(known, _)| *known == key) {
            return Ok(clients[at].1.clone());
        }
        let client = self.make(loopback, connect_timeout)?;
        if clients.len() == MOST_CLIENTS {
            clients.pop_front();
        }
        clients.push_back((key, client.clone()));
        Ok(client)
    }

    fn make(
        &self,
        loopback: bool,
        connect_timeout: Duration,
    ) -> Result<reqwest::Client, HttpError> {
        let failed = |what: String| HttpError::new(HttpErrorKind::Client, what);
        let tls = self.tls.get_or_init(client_config).clone().map_err(failed)?;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(connect_timeout)
            .user_agent(concat!("pkce-flow/", env!("CARGO_PKG_VERSION")));
        if loopback {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| failed(chain(&error)))
    }
}

/// The time, up to the next tenth, half or whole second, whichever is the coarsest that fits.
fn in_steps(time: Duration) -> Duration {
    let step = match time.as_millis() {
        ..1_000 => 100,
        1_000..3_000 => 500,
        _ => 1_000,
    };
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX).div_ceil(step) * step)
        .max(Duration::from_millis(100))
}

impl std::fmt::Debug for ReqwestClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReqwestClient").finish_non_exhaustive()
    }
}

impl HttpClient for ReqwestClient {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let loopback = request.uri().host().is_some_and(is_loopback_host);
        let client = self.client_for(loopback, limits)?;
        let mut request = reqwest::Request::try_from(request).map_err(|error| map(&error))?;
        *request.timeout_mut() = Some(limits.timeout);
        let mut response = client.execute(request).await.map_err(|error| map(&error))?;
        let too_large = || HttpError::new(HttpErrorKind::TooLarge, "the body is too large");
        if response.content_length().is_some_and(|length| length > limits.max_response_bytes as u64)
        {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| map(&error))? {
            if body.len() + chunk.len() > limits.max_response_bytes {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = http::Response::new(body);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        Ok(answer)
    }
}

fn map(error: &reqwest::Error) -> HttpError {
    if let Some(what) = tls_failure(error) {
        return HttpError::new(HttpErrorKind::Tls, what);
    }
    if error.is_connect() {
        // The layers above the system's own word say the same again.
        let what = innermost(error).unwrap_or_else(|| "no address answers".to_owned());
        return HttpError::new(HttpErrorKind::Connect, what);
    }
    let kind = if error.is_timeout() { HttpErrorKind::Timeout } else { HttpErrorKind::Other };
    HttpError::new(kind, chain(error))
}

/// What the lowest layer said.
fn innermost(error: &reqwest::Error) -> Option<String> {
    let first = std::error::Error::source(error);
    std::iter::successors(first, |cause| cause.source()).last().map(ToString::to_string)
}

/// The causes without the first line, which has the URL in it.
fn chain(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        let text = cause.to_string();
        // Some layers repeat the one below.
        if causes.last().is_none_or(|last: &String| !last.ends_with(&text)) {
            causes.push(text);
        }
        next = cause.source();
    }
    if causes.is_empty() { "the request failed".to_owned() } else { causes.join(": ") }
}
