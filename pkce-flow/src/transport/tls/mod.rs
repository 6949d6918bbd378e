//! TLS by rustls: which provider of cryptography, and what a failure was about.

#[cfg(feature = "reqwest")]
mod verifier;

#[cfg(feature = "reqwest")]
pub(crate) use verifier::client_config;

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;

use rustls::CertificateError;
use rustls::crypto::CryptoProvider;

/// The provider that this crate was built with; never the process's, which may have two or none.
pub(crate) fn crypto_provider() -> Option<Arc<CryptoProvider>> {
    #[cfg(feature = "aws-lc-rs")]
    return Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
    #[cfg(all(feature = "ring", not(feature = "aws-lc-rs")))]
    return Some(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
    return None;
}

/// What TLS has to say about a failure, where the failure is TLS's.
pub(crate) fn tls_failure(error: &(dyn StdError + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<rustls::Error>() {
            return Some(describe(found));
        }
        // An io::Error hides what it carries from source() of the chain.
        let inner = error.downcast_ref::<io::Error>().and_then(|io| io.get_ref());
        if let Some(inner) = inner {
            return tls_failure(inner);
        }
        next = error.source();
    }
    None
}

fn describe(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(CertificateError::Other(other)) => other.0.to_string(),
        rustls::Error::InvalidCertificate(reason) => {
            format!("the server's certificate is not trusted ({reason})")
        }
        other => other.to_string(),
    }
}
