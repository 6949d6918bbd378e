//! A pending login as it is sealed into a store, and the checks when it comes back.

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::secrets::UserSecrets;
use crate::error::{Error, ErrorCode};
use crate::pkce::CodeVerifier;
use crate::secret::Secret;
use crate::store::{open, seal};

/// What the token request and the checks need of a login.
#[derive(Debug)]
pub(crate) struct PendingLogin {
    pub(crate) owner: String,
    pub(crate) provider: String,
    pub(crate) code_verifier: CodeVerifier,
    #[expect(
        dead_code,
        reason = "compared once ID tokens are verified; it must be kept from now on"
    )]
    pub(crate) nonce: Option<Secret>,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Vec<String>,
}

/// The wire form. Field names are short since cookies and caches are small.
#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(rename = "o")]
    owner: String,
    #[serde(rename = "p")]
    provider: String,
    #[serde(rename = "v")]
    code_verifier: Zeroizing<String>,
    #[serde(rename = "n", skip_serializing_if = "Option::is_none", default)]
    nonce: Option<Zeroizing<String>>,
    #[serde(rename = "r")]
    redirect_uri: String,
    #[serde(rename = "s")]
    scope: Vec<String>,
}

/// Seals the login of these secrets, for this owner at this provider.
pub(crate) fn sealed(secrets: &UserSecrets, owner: &str, provider: &str) -> Result<Vec<u8>, Error> {
    let wire = Wire {
        owner: owner.to_owned(),
        provider: provider.to_owned(),
        code_verifier: Zeroizing::new(secrets.code_verifier.expose().to_owned()),
        nonce: secrets.nonce.as_ref().map(|nonce| Zeroizing::new(nonce.expose().to_owned())),
        redirect_uri: secrets.redirect_uri.clone(),
        scope: secrets.scope.clone(),
    };
    let failed = || Error::new(ErrorCode::Store, "the pending login could not be sealed");
    let plain = serde_json::to_vec(&wire).map(Zeroizing::new).map_err(|_| failed())?;
    seal(secrets.state.expose(), &plain).ok_or_else(failed)
}

/// Opens what the store gave back for this state.
pub(crate) fn opened(state: &Secret, value: &[u8]) -> Result<PendingLogin, Error> {
    let altered = || {
        Error::new(
            ErrorCode::LoginAltered,
            "the store gave back another login than was put there under this state",
        )
        .help("Start the login again; if it happens again, look at who else writes to the store")
    };
    let plain = open(state.expose(), value).ok_or_else(altered)?;
    let wire: Wire = serde_json::from_slice(&plain).map_err(|_| altered())?;
    Ok(PendingLogin {
        owner: wire.owner,
        provider: wire.provider,
        code_verifier: CodeVerifier::from_stored(wire.code_verifier.to_string()),
        nonce: wire.nonce.map(|nonce| Secret::new(nonce.to_string())),
        redirect_uri: wire.redirect_uri,
        scope: wire.scope,
    })
}

impl PendingLogin {
    /// The login belongs to this owner and this provider.
    pub(crate) fn check(&self, owner: &str, provider: &str) -> Result<(), Error> {
        if !bool::from(self.owner.as_bytes().ct_eq(owner.as_bytes())) {
            return Err(Error::new(
                ErrorCode::LoginOfOtherUser,
                "this login was begun in another browser session than it came back to",
            )
            .help("Start the login again, and finish it in the same browser"));
        }
        if !bool::from(self.provider.as_bytes().ct_eq(provider.as_bytes())) {
            return Err(Error::new(
                ErrorCode::LoginOfOtherProvider,
                "this login was begun at another provider than the callback belongs to",
            )
            .help("Give each provider a redirect_uri of its own, and start the login again"));
        }
        Ok(())
    }
}
