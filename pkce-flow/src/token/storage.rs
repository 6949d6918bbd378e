//! Tokens as text to be stored, and back.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::Tokens;
use crate::clock::{from_unix_seconds, unix_seconds};
use crate::error::{Error, ErrorCode};
use crate::secret::Secret;

#[derive(Serialize, Deserialize)]
struct Stored {
    access_token: Zeroizing<String>,
    token_type: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    refresh_token: Option<Zeroizing<String>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    id_token: Option<Zeroizing<String>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    expires_at: Option<u64>,
    #[serde(default)]
    scope: Vec<String>,
    #[serde(default)]
    requested_scope: Vec<String>,
    #[serde(default)]
    members: Map<String, Value>,
}

impl Tokens {
    /// The tokens as one line of JSON for your own storage, with all that [`Tokens::from_storage`]
    /// needs. Whoever reads it can act as the user: encrypt it or guard it.
    #[must_use]
    pub fn expose_for_storage(&self) -> String {
        let copy = |secret: &Secret| Zeroizing::new(secret.expose().to_owned());
        let stored = Stored {
            access_token: copy(&self.access_token),
            token_type: self.token_type.clone(),
            refresh_token: self.refresh_token.as_ref().map(copy),
            id_token: self.id_token.as_ref().map(copy),
            expires_at: self.expires_at.map(unix_seconds),
            scope: self.scope.clone(),
            requested_scope: self.requested_scope.clone(),
            members: self.rest.clone(),
        };
        // Strings, numbers and objects with text keys: nothing that JSON cannot hold.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads what [`Tokens::expose_for_storage`] gave.
    ///
    /// # Errors
    /// [`ErrorCode::Store`] where the text is something else. The text is not shown.
    pub fn from_storage(text: &str) -> Result<Self, Error> {
        let stored: Stored = serde_json::from_str(text).map_err(|error| {
            Error::new(
                ErrorCode::Store,
                format!(
                    "the stored tokens cannot be read (line {}, column {})",
                    error.line(),
                    error.column()
                ),
            )
            .help("Log in again, and store what expose_for_storage gives, unchanged")
        })?;
        let secret = |text: Zeroizing<String>| Secret::new(text.as_str());
        Ok(Tokens {
            access_token: secret(stored.access_token),
            token_type: stored.token_type,
            refresh_token: stored.refresh_token.map(secret),
            id_token: stored.id_token.map(secret),
            expires_at: stored.expires_at.and_then(from_unix_seconds),
            scope: stored.scope,
            requested_scope: stored.requested_scope,
            rest: stored.members,
        })
    }
}
