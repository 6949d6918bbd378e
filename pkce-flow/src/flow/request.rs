//! The requests of the back channel: token, refresh, revocation, resources.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Request, Uri};
use pkce_flow_providers::Declaration;

use super::client_auth::{ClientAuth, Way};
use super::encode::push_pair;
use super::pending::PendingLogin;
use crate::error::{Error, ErrorCode};
use crate::secret::Secret;

type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// Exchanges a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
pub(crate) fn exchange(
    declaration: &Declaration,
    endpoint: &Uri,
    auth: &ClientAuth,
    code: &Secret,
    login: &PendingLogin,
) -> Result<Request<Vec<u8>>, Error> {
    let pairs = vec![
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", &*login.redirect_uri),
        ("code_verifier", login.code_verifier.expose()),
    ];
    token_request(declaration, endpoint, auth, pairs)
}

/// Asks for new tokens (RFC 6749 section 6).
pub(crate) fn refresh(
    declaration: &Declaration,
    endpoint: &Uri,
    auth: &ClientAuth,
    refresh_token: &Secret,
) -> Result<Request<Vec<u8>>, Error> {
    let pairs = vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token.expose())];
    token_request(declaration, endpoint, auth, pairs)
}

fn token_request<'a>(
    declaration: &'a Declaration,
    endpoint: &Uri,
    auth: &'a ClientAuth,
    mut pairs: Pairs<'a>,
) -> Result<Request<Vec<u8>>, Error> {
    let extra = declaration.extra_token_params();
    pairs.extend(extra.iter().map(|(name, value)| (&**name, &**value)));
    let deviations = declaration.deviations();
    let headers = &deviations.token_request_headers;
    post(endpoint, auth, pairs, deviations.json_token_request, headers)
}

/// Revokes a token (RFC 7009 section 2.1).
pub(crate) fn revoke(
    endpoint: &Uri,
    auth: &ClientAuth,
    token: &Secret,
    hint: &str,
) -> Result<Request<Vec<u8>>, Error> {
    let pairs = vec![("token", token.expose()), ("token_type_hint", hint)];
    post(endpoint, auth, pairs, false, &[])
}

fn post<'a>(
    endpoint: &Uri,
    auth: &'a ClientAuth,
    mut pairs: Pairs<'a>,
    json: bool,
    headers: &[(String, String)],
) -> Result<Request<Vec<u8>>, Error> {
    if let Way::Body(credentials) = &auth.way {
        pairs.extend(credentials.iter().map(|(name, value)| (*name, value.as_str())));
    }
    let (media_type, body) = if json {
        let object: serde_json::Map<_, _> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        ("application/json", serde_json::Value::Object(object).to_string())
    } else {
        let mut body = String::new();
        for (name, value) in pairs {
            push_pair(&mut body, name, value);
        }
        ("application/x-www-form-urlencoded", body)
    };
    let mut request = Request::new(body.into_bytes());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = endpoint.clone();
    let map = request.headers_mut();
    map.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    map.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Way::Header(value) = &auth.way {
        map.insert(AUTHORIZATION, sensitive(value)?);
    }
    add_headers(map, headers)?;
    Ok(request)
}

/// Calls a resource with the token in the header, the only place it ever stands
/// (RFC 6750 section 2.1).
pub(crate) fn resource(
    method: &str,
    url: &Uri,
    access_token: &Secret,
    headers: &[(String, String)],
) -> Result<Request<Vec<u8>>, Error> {
    let mut request = Request::new(Vec::new());
    *request.method_mut() = if method == "POST" { Method::POST } else { Method::GET };
    *request.uri_mut() = url.clone();
    let map = request.headers_mut();
    map.insert(ACCEPT, HeaderValue::from_static("application/json"));
    let bearer = zeroize::Zeroizing::new(format!("Bearer {}", access_token.expose()));
    map.insert(AUTHORIZATION, sensitive(&bearer)?);
    add_headers(map, headers)?;
    Ok(request)
}

/// Asks for a metadata document.
pub(crate) fn metadata(url: &Uri) -> Request<Vec<u8>> {
    let mut request = Request::new(Vec::new());
    *request.uri_mut() = url.clone();
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    request
}

fn add_headers(map: &mut http::HeaderMap, headers: &[(String, String)]) -> Result<(), Error> {
    for (name, value) in headers {
        let bad = || Error::new(ErrorCode::Argument, format!("`{name}` is no header to send"));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad())?;
        let value = HeaderValue::from_str(value).map_err(|_| bad())?;
        map.insert(name, value);
    }
    Ok(())
}

/// Marked so that no log of an HTTP client shows it.
fn sensitive(value: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        Error::new(ErrorCode::Argument, "a token has characters that no header can carry")
            .help("Check where the token came from; log in again if it was stored")
    })?;
    value.set_sensitive(true);
    Ok(value)
}
