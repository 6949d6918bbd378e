//! Tokens: what a token endpoint gave.

mod response;
mod scope;
mod storage;
mod unique;

pub(crate) use response::{Asked, read};
pub(crate) use unique::parse_object;

use std::fmt;
use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::clock::unix_seconds;
use crate::error::{Error, ErrorCode};
use crate::secret::Secret;

/// A token response (RFC 6749 section 5.1) with whatever the provider added.
///
/// ```no_run
/// # async fn login(manager: pkce_flow::Manager, user: pkce_flow::User, query: String)
/// # -> Result<(), pkce_flow::Error> {
/// let tokens = manager.finish(&user, &query).await?;
/// let header = format!("Bearer {}", tokens.access_token().expose());
///
/// #[derive(serde::Deserialize)]
/// struct Salesforce {
///     instance_url: String,
/// }
/// let extra: Salesforce = tokens.extra()?;
/// # Ok(()) }
/// ```
#[derive(Clone, PartialEq)]
pub struct Tokens {
    pub(crate) access_token: Secret,
    pub(crate) token_type: String,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) id_token: Option<Secret>,
    pub(crate) expires_at: Option<SystemTime>,
    pub(crate) scope: Vec<String>,
    pub(crate) requested_scope: Vec<String>,
    /// Every member but the three secrets.
    pub(crate) rest: Map<String, Value>,
}

impl Tokens {
    /// The access token. Send it in the header `Authorization: Bearer …` and never look into it.
    #[must_use]
    pub fn access_token(&self) -> &Secret {
        &self.access_token
    }

    /// The refresh token, where the provider gave one. [`Manager::refresh`] uses it.
    ///
    /// [`Manager::refresh`]: crate::Manager::refresh
    #[must_use]
    pub fn refresh_token(&self) -> Option<&Secret> {
        self.refresh_token.as_ref()
    }

    /// The ID token as it came. It is not verified: do not read claims from it.
    #[must_use]
    pub fn id_token(&self) -> Option<&Secret> {
        self.id_token.as_ref()
    }

    /// The token type as the provider wrote it: some spelling of `Bearer`.
    #[must_use]
    pub fn token_type(&self) -> &str {
        &self.token_type
    }

    /// When the access token ends, by this machine's clock; `None` where the provider did not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// Whether the access token has ended, or will within the margin. Tokens without a known end
    /// never count as ended.
    #[must_use]
    pub fn expires_within(&self, margin: Duration, now: SystemTime) -> bool {
        self.expires_at
            .is_some_and(|end| now.checked_add(margin).is_none_or(|with_margin| with_margin >= end))
    }

    /// The scope that was granted: as the provider said, else as it was asked for
    /// (RFC 6749 section 5.1).
    #[must_use]
    pub fn scope(&self) -> &[String] {
        &self.scope
    }

    /// The scope that was asked for. A provider may grant less, or more.
    #[must_use]
    pub fn requested_scope(&self) -> &[String] {
        &self.requested_scope
    }

    /// What else the provider sent, as a type of yours. Tokens are not among it.
    ///
    /// # Errors
    /// [`ErrorCode::TokenResponse`] where the members do not fit the type; the error names the
    /// member and does not show its value.
    pub fn extra<T: DeserializeOwned>(&self) -> Result<T, Error> {
        from_object(&self.rest).map_err(|what| {
            Error::new(
                ErrorCode::TokenResponse,
                format!("the token response does not fit the type asked for: {what}"),
            )
        })
    }

    /// The whole token response as JSON: every member that the provider sent, under the names of
    /// RFC 6749, plus `expires_at` (seconds since 1970) where a lifetime was sent. It holds the
    /// tokens.
    #[must_use]
    pub fn expose_json(&self) -> String {
        let mut object = Map::new();
        let mut secret = |name: &str, secret: Option<&Secret>| {
            if let Some(secret) = secret {
                object.insert(name.to_owned(), secret.expose().into());
            }
        };
        secret("access_token", Some(&self.access_token));
        secret("refresh_token", self.refresh_token.as_ref());
        secret("id_token", self.id_token.as_ref());
        for (name, value) in &self.rest {
            object.insert(name.clone(), value.clone());
        }
        if let Some(expires_at) = self.expires_at {
            object.insert("expires_at".to_owned(), unix_seconds(expires_at).into());
        }
        Value::Object(object).to_string()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a provider adds may be secret as well, so only the names are shown.
        f.debug_struct("Tokens")
            .field("token_type", &self.token_type)
            .field("access_token", &self.access_token)
            .field("refresh_token", &self.refresh_token)
            .field("id_token", &self.id_token)
            .field("expires_at", &self.expires_at)
            .field("scope", &self.scope)
            .field("members", &self.rest.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// The object as a type, or what does not fit without the value.
pub(crate) fn from_object<T: DeserializeOwned>(object: &Map<String, Value>) -> Result<T, String> {
    T::deserialize(Value::Object(object.clone())).map_err(|error| {
        // serde quotes the value at fault in most of its messages; it may be a secret.
        let text = error.to_string();
        if text.starts_with("missing field") {
            return text;
        }
        match text.rsplit_once("expected ") {
            Some((before, wanted)) if before.starts_with("invalid") => {
                format!("a member has another type than {wanted}")
            }
            _ => "a member does not fit".to_owned(),
        }
    })
}
