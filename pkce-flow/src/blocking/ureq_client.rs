//! The default blocking client: ureq.

use std::sync::{Arc, OnceLock};

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::adapter::HttpClient;
use crate::transport::{
    HttpError, HttpErrorKind, Limits, crypto_provider, is_loopback_host, tls_failure,
};

/// The default [`HttpClient`] of the blocking face: ureq, with rustls and the system's trust roots.
/// It is made on its first request. Requests to loopback never go through a proxy; others heed
/// `HTTPS_PROXY` and its kin.
#[derive(Debug, Default)]
pub struct UreqClient {
    agent: OnceLock<Result<Agent, String>>,
    /// For loopback, past every proxy.
    direct: OnceLock<Result<Agent, String>>,
}

impl UreqClient {
    /// A client that has not opened anything yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

fn make(loopback: bool) -> Result<Agent, String> {
    let provider = crypto_provider().ok_or("built with neither aws-lc-rs nor ring")?;
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::clone(&provider))
        .build();
    let mut config = Agent::config_builder();
    if loopback {
        config = config.proxy(None);
    }
    let config = config
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("pkce-flow/", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(Agent::new_with_config(config))
}

impl HttpClient for UreqClient {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let loopback = request.uri().host().is_some_and(is_loopback_host);
        let agent = if loopback { &self.direct } else { &self.agent };
        let agent = agent
            .get_or_init(|| make(loopback))
            .as_ref()
            .map_err(|what| HttpError::new(HttpErrorKind::Client, what.clone()))?;
        let request = agent
            .configure_request(request)
            .timeout_connect(Some(limits.connect_timeout))
            .timeout_global(Some(limits.timeout))
            .build();
        let (parts, mut body) = agent.run(request).map_err(|error| map(&error))?.into_parts();
        let octets = body
            .with_config()
            .limit(limits.max_response_bytes as u64)
            .read_to_vec()
            .map_err(|error| map(&error))?;
        Ok(http::Response::from_parts(parts, octets))
    }
}

fn map(error: &ureq::Error) -> HttpError {
    if let Some(what) = tls_failure(error) {
        return HttpError::new(HttpErrorKind::Tls, what);
    }
    let kind = match error {
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed => HttpErrorKind::Connect,
        ureq::Error::Io(io)
            if matches!(
                io.kind(),
                std::io::ErrorKind::ConnectionRefused
                    | std::io::ErrorKind::HostUnreachable
                    | std::io::ErrorKind::NetworkUnreachable
            ) =>
        {
            HttpErrorKind::Connect
        }
        ureq::Error::Timeout(_) => HttpErrorKind::Timeout,
        ureq::Error::BodyExceedsLimit(_) => HttpErrorKind::TooLarge,
        ureq::Error::Tls(_) => HttpErrorKind::Tls,
        _ => HttpErrorKind::Other,
    };
    HttpError::new(kind, error.to_string())
}
