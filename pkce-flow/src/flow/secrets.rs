//! The secrets of one login.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::Error;
use crate::pkce::CodeVerifier;
use crate::random;
use crate::secret::Secret;

/// The secrets of one login: `state`, `code_verifier`, its `code_challenge`, and a `nonce` where
/// `openid` is asked for. [`Manager::make_user_secrets`] makes and stores them.
///
/// [`Manager::make_user_secrets`]: crate::Manager::make_user_secrets
#[derive(Debug)]
pub struct UserSecrets {
    pub(crate) state: Secret,
    pub(crate) code_verifier: CodeVerifier,
    pub(crate) code_challenge: String,
    pub(crate) nonce: Option<Secret>,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Vec<String>,
    pub(crate) params: Vec<(String, String)>,
}

impl UserSecrets {
    /// New secrets, from one call of the system's generator: 32 octets each.
    pub(crate) fn generate(
        redirect_uri: String,
        scope: Vec<String>,
        params: Vec<(String, String)>,
    ) -> Result<Self, Error> {
        let octets = random::octets::<96>()?;
        let (state, rest) = octets.split_at(32);
        let (verifier, nonce) = rest.split_at(32);
        let mut thirty_two = zeroize::Zeroizing::new([0; 32]);
        thirty_two.copy_from_slice(verifier);
        let code_verifier = CodeVerifier::from_octets(&thirty_two);
        let openid = scope.iter().any(|token| token == "openid");
        Ok(UserSecrets {
            state: Secret::new(URL_SAFE_NO_PAD.encode(state)),
            code_challenge: code_verifier.challenge(),
            code_verifier,
            nonce: openid.then(|| Secret::new(URL_SAFE_NO_PAD.encode(nonce))),
            redirect_uri,
            scope,
            params,
        })
    }

    /// `state`: ties the callback to this login (RFC 6749 section 10.12). 256 bits.
    #[must_use]
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// `code_verifier` (RFC 7636 section 4.1). It goes to the token endpoint and nowhere else.
    #[must_use]
    pub fn code_verifier(&self) -> &CodeVerifier {
        &self.code_verifier
    }

    /// `code_challenge`, by S256 (RFC 7636 section 4.2). No secret.
    #[must_use]
    pub fn code_challenge(&self) -> &str {
        &self.code_challenge
    }

    /// `nonce`, where `openid` is asked for (OpenID Connect Core section 3.1.2.1).
    #[must_use]
    pub fn nonce(&self) -> Option<&Secret> {
        self.nonce.as_ref()
    }

    /// The redirect URI of this login, with the port of its listener.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }
}
