//! The token endpoint's answer, RFC 6749 sections 5.1 and 5.2, and its declared deviations.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, Response, header};
use pkce_flow_providers::Declaration;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::scope::{Unread, granted};
use super::unique::parse_object;
use super::{Secret, Tokens};
use crate::error::{Error, ErrorCode, ProviderError, tame};

/// What was asked, for reading the answer.
pub(crate) struct Asked<'a> {
    pub(crate) declaration: &'a Declaration,
    pub(crate) requested_scope: &'a [String],
    /// Before the request was sent, so that an end is never later than the provider's.
    pub(crate) at: SystemTime,
    /// The refresh token that is kept where the answer has none (RFC 6749 section 6).
    pub(crate) refresh_token: Option<&'a Secret>,
}

/// The tokens of the answer, or what is wrong with it.
pub(crate) fn read(answer: &Response<Vec<u8>>, asked: &Asked<'_>) -> Result<Tokens, Error> {
    let status = answer.status();
    if !status.is_success() {
        return Err(refused(answer));
    }
    let object = members(answer, asked)?;
    tokens(object, status.as_u16(), asked)
}

/// An answer with an error's status. Its body may be anything, so it is only searched for the
/// members of an error.
fn refused(answer: &Response<Vec<u8>>) -> Error {
    let status = answer.status();
    let body = parse_object(answer.body()).unwrap_or_default();
    let said = said(&body, status.as_u16());
    if said.error().is_none() || status.is_server_error() {
        return Error::new(ErrorCode::Status, "the token endpoint failed")
            .provider(said)
            .help("Check token_endpoint in the declaration, or try again later");
    }
    let help = match said.error() {
        Some("invalid_client" | "unauthorized_client") => {
            return client_refused(said);
        }
        Some("invalid_grant") => {
            "The code or refresh token is used, expired or of another client: \
                                  log in again"
        }
        Some("invalid_scope") => "Check the scope in the declaration",
        _ => "Check the declaration against the provider's documentation",
    };
    Error::new(ErrorCode::TokenRefused, "the token endpoint refused").provider(said).help(help)
}

fn client_refused(said: ProviderError) -> Error {
    Error::new(ErrorCode::ClientRefused, "the token endpoint does not take this client")
        .provider(said)
        .help("Check client_id, client_secret and token_endpoint_auth_method")
}

fn said(body: &Map<String, Value>, status: u16) -> ProviderError {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    ProviderError::new(Some(status), text("error"), text("error_description"), text("error_uri"))
}

/// The object that holds the members, out of JSON, a form, or an envelope.
fn members(answer: &Response<Vec<u8>>, asked: &Asked<'_>) -> Result<Map<String, Value>, Error> {
    let deviations = asked.declaration.deviations();
    let media_type = media_type(answer.headers());
    if deviations.form_encoded_token_response {
        return form(answer.body());
    }
    if media_type.as_deref() == Some("application/x-www-form-urlencoded") {
        return Err(deviates(
            "the token response is a form, not JSON",
            "form_encoded_token_response = true",
        ));
    }
    // Without a media type the body speaks for itself.
    if let Some(other) = media_type.filter(|name| !is_json(name)) {
        return Err(wrong(format!("its media type is {}, not application/json", tame(&other))));
    }
    let mut object = parse_object(answer.body()).map_err(wrong)?;
    if let Some(path) = &deviations.token_response_path {
        for name in path.split('.') {
            object = match object.remove(name) {
                Some(Value::Object(inner)) => inner,
                // An error has no envelope at most providers that use one for tokens.
                _ if object.contains_key("error") => return Ok(object),
                _ => return Err(wrong(format!("there is no object at `{path}`"))),
            };
        }
    }
    Ok(object)
}

fn form(body: &[u8]) -> Result<Map<String, Value>, Error> {
    let mut object = Map::new();
    for (name, value) in form_urlencoded::parse(body) {
        if object.insert(name.into_owned(), Value::String(value.into_owned())).is_some() {
            return Err(wrong("it has two members of one name".to_owned()));
        }
    }
    Ok(object)
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?;
    let text = String::from_utf8_lossy(value.as_bytes());
    Some(text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json"
        || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

fn tokens(mut object: Map<String, Value>, status: u16, asked: &Asked<'_>) -> Result<Tokens, Error> {
    let deviations = asked.declaration.deviations();
    if object.contains_key("error") {
        let said = said(&object, status);
        return Err(if deviations.token_errors_with_status_200 {
            Error::new(ErrorCode::TokenRefused, "the token endpoint refused")
                .provider(said)
                .help("Log in again, or check the declaration")
        } else {
            deviates(
                "the token endpoint answered with an error, but with a status of success",
                "token_errors_with_status_200 = true",
            )
            .provider(said)
        });
    }
    let access_token = secret(&mut object, "access_token")?
        .ok_or_else(|| wrong("`access_token` is missing".to_owned()))?;
    let token_type = match object.get("token_type") {
        Some(Value::String(text)) if text.eq_ignore_ascii_case("bearer") => text.clone(),
        Some(Value::String(other)) => {
            return Err(wrong(format!(
                "`token_type` is {}, and only Bearer can be used (RFC 6750)",
                tame(other)
            )));
        }
        None | Some(Value::Null) if deviations.missing_token_type => "Bearer".to_owned(),
        None | Some(Value::Null) => {
            return Err(deviates(
                "the token response has no `token_type`",
                "missing_token_type = true",
            ));
        }
        Some(_) => return Err(wrong("`token_type` is no text".to_owned())),
    };
    let refresh_token =
        secret(&mut object, "refresh_token")?.or_else(|| asked.refresh_token.cloned());
    let id_token = secret(&mut object, "id_token")?;
    let expires_at = match lifetime(object.get("expires_in"))? {
        Some(lifetime) => asked.at.checked_add(lifetime),
        None => None,
    };
    let scope = match object.get("scope") {
        None | Some(Value::Null) => asked.requested_scope.to_vec(),
        Some(value) => granted(value, deviations).map_err(|unread| match unread {
            Unread::Array => {
                deviates("`scope` in the token response is a list", "granted_scope_array = true")
            }
            Unread::Wrong => wrong("`scope` is neither text nor a list of texts".to_owned()),
        })?,
    };
    Ok(Tokens {
        access_token,
        token_type,
        refresh_token,
        id_token,
        expires_at,
        scope,
        requested_scope: asked.requested_scope.to_vec(),
        rest: object,
    })
}

/// Takes a token out of the object. One that no header could carry is refused.
fn secret(object: &mut Map<String, Value>, name: &str) -> Result<Option<Secret>, Error> {
    match object.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Err(wrong(format!("`{name}` is empty"))),
        // RFC 6749 appendix A: tokens are visible ASCII.
        Some(Value::String(text)) if text.bytes().all(|b| (0x20..=0x7e).contains(&b)) => {
            Ok(Some(Secret::new(text)))
        }
        Some(Value::String(_)) => {
            Err(wrong(format!("`{name}` has characters outside of visible ASCII")))
        }
        Some(_) => Err(wrong(format!("`{name}` is no text"))),
    }
}

/// `expires_in` in seconds, as a number or as decimal text.
fn lifetime(value: Option<&Value>) -> Result<Option<Duration>, Error> {
    // About 136 years: more is a mistake somewhere, and no clock can hold every number.
    const LONGEST: f64 = u32::MAX as f64;
    let seconds = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
        Some(_) => None,
    };
    match seconds {
        Some(seconds) if seconds >= 0.0 => {
            Ok(Some(Duration::from_secs(seconds.min(LONGEST) as u64)))
        }
        _ => Err(wrong("`expires_in` is no number of seconds".to_owned())),
    }
}

fn wrong(what: String) -> Error {
    Error::new(ErrorCode::TokenResponse, format!("the token response cannot be used: {what}"))
        .help("Check token_endpoint in the declaration against the provider's documentation")
}

/// The provider departs from the RFC in a way that can be declared.
fn deviates(what: &str, line: &str) -> Error {
    Error::new(ErrorCode::TokenResponse, what).help(format!(
        "If this provider always does so, add `{line}` to the table `deviations` of its declaration"
    ))
}
