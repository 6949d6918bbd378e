//! The platform's verifier behind one that names the certificate it refuses.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, OtherError, SignatureScheme};
use sha2::{Digest as _, Sha256};

use super::crypto_provider;

/// A client configuration with the system's roots (on Linux SSL_CERT_FILE and SSL_CERT_DIR count).
///
/// A machine without any root is no error here: loopback needs none. Its https fails later, with
/// the reason.
pub(crate) fn client_config() -> Result<rustls::ClientConfig, String> {
    let provider = crypto_provider().ok_or("built with neither aws-lc-rs nor ring")?;
    let verifier = Arc::new(Named::new(&provider));
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(config)
}

/// The platform's verifier, which does all the verifying, behind names for what it refuses.
#[derive(Debug)]
struct Named {
    /// `Err` says why this system has no trust roots.
    platform: Result<rustls_platform_verifier::Verifier, String>,
    provider: Arc<CryptoProvider>,
}

impl Named {
    fn new(provider: &Arc<CryptoProvider>) -> Self {
        let platform = rustls_platform_verifier::Verifier::new(Arc::clone(provider))
            .map_err(|error| error.to_string());
        Named { platform, provider: Arc::clone(provider) }
    }

    fn verifier(&self) -> Result<&rustls_platform_verifier::Verifier, rustls::Error> {
        self.platform.as_ref().map_err(|_| CertificateError::UnknownIssuer.into())
    }
}

impl ServerCertVerifier for Named {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier()
            .and_then(|platform| {
                platform.verify_server_cert(
                    end_entity,
                    intermediates,
                    server_name,
                    ocsp_response,
                    now,
                )
            })
            .map_err(|error| match error {
                rustls::Error::InvalidCertificate(reason) => {
                    let untrusted = Untrusted {
                        fingerprint: fingerprint(end_entity),
                        reason: reason.to_string(),
                        no_roots: self.platform.as_ref().err().cloned(),
                    };
                    CertificateError::Other(OtherError(Arc::new(untrusted))).into()
                }
                other => other,
            })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier()?.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier()?.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A certificate that was refused, by the name that other tools give it.
#[derive(Debug)]
struct Untrusted {
    fingerprint: String,
    reason: String,
    no_roots: Option<String>,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the certificate with the SHA-256 fingerprint {} is not trusted ({})",
            self.fingerprint, self.reason
        )?;
        match &self.no_roots {
            Some(why) => write!(f, "; this system has no trust roots ({why})"),
            None => Ok(()),
        }
    }
}

impl StdError for Untrusted {}

fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    let octets = Sha256::digest(certificate.as_ref());
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(":")
}
