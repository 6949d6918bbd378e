//! Who the user is: OpenID's userinfo, or a provider's own profile API.

use std::fmt;

use http::{Response, StatusCode};
use pkce_flow_providers::ProfileApi;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorCode, ProviderError, tame};
use crate::token::{from_object, parse_object};

/// The answer of OpenID Connect's UserInfo endpoint (OpenID Connect Core section 5.3.2).
#[derive(Clone, PartialEq)]
pub struct UserInfo {
    subject: String,
    claims: Map<String, Value>,
}

impl UserInfo {
    pub(crate) fn read(answer: &Response<Vec<u8>>) -> Result<Self, Error> {
        let claims = object("userinfo endpoint", answer)?;
        let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
        if subject.is_empty() {
            return Err(unusable("userinfo endpoint", "`sub` is missing"));
        }
        Ok(UserInfo { subject, claims })
    }

    /// `sub`: the user's name at this issuer. The key of an account is issuer and subject, never
    /// an e-mail address.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The claims as a type of yours.
    ///
    /// # Errors
    /// [`ErrorCode::ProfileResponse`] where the claims do not fit the type.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, Error> {
        from_object(&self.claims).map_err(|what| unusable("userinfo endpoint", &what))
    }

    /// All claims as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        Value::Object(self.claims.clone()).to_string()
    }
}

impl fmt::Debug for UserInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserInfo")
            .field("subject", &self.subject)
            .field("claims", &self.claims.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// Who the user is, from whichever API the provider has. What the provider does not say is `None`.
#[derive(Clone, PartialEq)]
pub struct Profile {
    subject: String,
    name: Option<String>,
    email: Option<String>,
    email_verified: Option<bool>,
    picture: Option<String>,
    raw: Map<String, Value>,
}

impl Profile {
    /// From OpenID's standard claims (OpenID Connect Core section 5.1).
    pub(crate) fn from_userinfo(info: UserInfo) -> Self {
        let text = |name: &str| info.claims.get(name).and_then(as_text);
        Profile {
            name: text("name").or_else(|| text("preferred_username")),
            email: text("email"),
            email_verified: info.claims.get("email_verified").and_then(as_bool),
            picture: text("picture"),
            subject: info.subject,
            raw: info.claims,
        }
    }

    /// From a provider's own API, by the places that its preset names.
    pub(crate) fn read(answer: &Response<Vec<u8>>, api: &ProfileApi) -> Result<Self, Error> {
        let raw = object("profile API", answer)?;
        let at = |path: &Option<String>| path.as_deref().and_then(|path| find(&raw, path));
        let subject = at(&api.subject).and_then(as_text).unwrap_or_default();
        if subject.is_empty() {
            let path = api.subject.as_deref().unwrap_or("subject");
            return Err(unusable("profile API", &format!("`{path}` is missing")));
        }
        Ok(Profile {
            subject,
            name: at(&api.name).and_then(as_text),
            email: at(&api.email).and_then(as_text),
            email_verified: at(&api.email_verified).and_then(as_bool),
            picture: at(&api.picture).and_then(as_text),
            raw,
        })
    }

    /// The user's name at this provider that never changes. The key of an account is provider and
    /// subject, never an e-mail address.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The user's name for people.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The e-mail address, which proves nothing unless [`Profile::email_verified`] says so.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// Whether the provider says that it verified the address; `None` where it does not say.
    #[must_use]
    pub fn email_verified(&self) -> Option<bool> {
        self.email_verified
    }

    /// The address of the user's picture.
    #[must_use]
    pub fn picture(&self) -> Option<&str> {
        self.picture.as_deref()
    }

    /// The whole answer as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        Value::Object(self.raw.clone()).to_string()
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("subject", &self.subject)
            .field("name", &self.name)
            .field("email_verified", &self.email_verified)
            .finish_non_exhaustive()
    }
}

fn find<'a>(object: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut names = path.split('.');
    let mut value = object.get(names.next()?)?;
    for name in names {
        value = match value {
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            other => other.get(name)?,
        };
    }
    Some(value)
}

/// Many providers number their users.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Some providers write booleans as text.
fn as_bool(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn object(source: &str, answer: &Response<Vec<u8>>) -> Result<Map<String, Value>, Error> {
    let status = answer.status();
    if status.is_success() {
        return parse_object(answer.body()).map_err(|what| unusable(source, &what));
    }
    let body = parse_object(answer.body()).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let challenge = answer.headers().get(http::header::WWW_AUTHENTICATE);
    // RFC 6750 section 3: the reason stands in the challenge.
    let in_challenge = challenge.and_then(|value| value.to_str().ok()).and_then(bearer_error);
    let said = ProviderError::new(
        Some(status.as_u16()),
        text("error").or(in_challenge),
        text("error_description").or_else(|| text("message")),
        None,
    );
    Err(match status {
        StatusCode::UNAUTHORIZED => Error::new(
            ErrorCode::AccessTokenRefused,
            format!("the {source} did not accept the access token"),
        )
        .help("Refresh the tokens, or log in again"),
        StatusCode::FORBIDDEN => Error::new(
            ErrorCode::AccessTokenRefused,
            format!("the {source} does not allow this access token"),
        )
        .help("Ask for the scope that it needs, and log in again"),
        _ => Error::new(ErrorCode::Status, format!("the {source} failed")).help("Try again later"),
    }
    .provider(said))
}

/// `error` out of a challenge such as `Bearer realm="x", error="invalid_token"`.
fn bearer_error(challenge: &str) -> Option<&str> {
    let (_, rest) = challenge.split_once("error=\"")?;
    rest.split('"').next()
}

fn unusable(source: &str, what: &str) -> Error {
    Error::new(
        ErrorCode::ProfileResponse,
        format!("the answer of the {source} cannot be used: {}", tame(what)),
    )
    .help("Check the endpoint in the declaration")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response<Vec<u8>> {
        let mut answer = Response::new(body.as_bytes().to_vec());
        *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
        answer
    }

    #[test]
    fn userinfo_without_a_subject_is_no_userinfo() {
        for body in ["{}", r#"{"sub":""}"#, r#"{"sub":7}"#, "[]", ""] {
            let error = UserInfo::read(&answer(200, body)).expect_err(body);
            assert_eq!(error.code(), ErrorCode::ProfileResponse);
        }
    }

    #[test]
    fn nested_places_and_numbers_are_read() {
        let Value::Object(object) = serde_json::json!({"a": {"b": [{"c": 7}]}}) else {
            unreachable!("it is an object");
        };
        assert_eq!(find(&object, "a.b.0.c").and_then(as_text).as_deref(), Some("7"));
        for path in ["a.b.1.c", "a.x", "", "a.b.c", "a.b.0.c.d"] {
            assert_eq!(find(&object, path), None, "{path}");
        }
    }

    #[test]
    fn the_reason_is_read_from_the_challenge() {
        let mut refused = answer(401, "");
        refused.headers_mut().insert(
            http::header::WWW_AUTHENTICATE,
            "Bearer realm=\"x\", error=\"invalid_token\"".parse().expect("a header"),
        );
        let error = UserInfo::read(&refused).expect_err("refused");
        assert_eq!(error.provider_error().and_then(|said| said.error()), Some("invalid_token"));
        assert!(error.needs_login());
    }
}
