//! Proof Key for Code Exchange, RFC 7636: S256, the only method there is here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::secret::Secret;

/// The `code_verifier` of one login (RFC 7636 section 4.1): 43 characters from 32 octets.
///
/// It cannot be cloned: the exchange of the code takes it.
#[derive(Debug)]
pub struct CodeVerifier(Secret);

impl CodeVerifier {
    /// The verifier made of 32 random octets.
    #[must_use]
    pub fn from_octets(octets: &[u8; 32]) -> Self {
        CodeVerifier(Secret::new(URL_SAFE_NO_PAD.encode(octets)))
    }

    pub(crate) fn from_stored(text: String) -> Self {
        CodeVerifier(Secret::new(text))
    }

    /// The verifier's text. It goes to the token endpoint and nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The `code_challenge` for the method S256 (RFC 7636 section 4.2).
    ///
    /// ```
    /// use pkce_flow::CodeVerifier;
    ///
    /// // RFC 7636 appendix B
    /// let octets = [
    ///     116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37,
    ///     77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
    /// ];
    /// let verifier = CodeVerifier::from_octets(&octets);
    /// assert_eq!(verifier.expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    /// assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    /// ```
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose().as_bytes()))
    }
}
