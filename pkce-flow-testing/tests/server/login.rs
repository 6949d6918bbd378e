//! The steps of a login, by hand.

use pkce_flow_testing::{Endpoint, TestServer};
use serde_json::Value;

use crate::raw::{Answer, form, get, param, post};

/// RFC 7636 appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const REDIRECT_URI: &str = "http://127.0.0.1:49200/callback";

/// A good request, in which tests change one thing.
pub(crate) const GOOD: [(&str, &str); 7] = [
    ("response_type", "code"),
    ("client_id", "test-client"),
    ("redirect_uri", REDIRECT_URI),
    ("scope", "openid profile email"),
    ("state", "the state & more"),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
];

/// The good parameters with one replaced, added, or (None) left out.
pub(crate) fn but<'a>(name: &'a str, value: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    let mut params: Vec<_> = GOOD.into_iter().filter(|(known, _)| *known != name).collect();
    params.extend(value.map(|value| (name, value)));
    params
}

pub(crate) fn authorization_url(server: &TestServer, params: &[(&str, &str)]) -> String {
    format!("{}?{}", server.endpoint(Endpoint::Authorization), form(params))
}

pub(crate) fn authorize(server: &TestServer, params: &[(&str, &str)]) -> Answer {
    get(&authorization_url(server, params))
}

/// A callback that was approved on the consent page.
pub(crate) fn approved(server: &TestServer, params: &[(&str, &str)]) -> String {
    let url = authorization_url(server, params);
    server.approve_blocking(&url).expect("the request is good")
}

pub(crate) fn code(server: &TestServer) -> String {
    param(&approved(server, &GOOD), "code").expect("the callback has a code")
}

pub(crate) fn token_params(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("client_id", "test-client"),
        ("code", code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", VERIFIER),
    ]
}

pub(crate) fn exchange(server: &TestServer, params: &[(&str, &str)]) -> Answer {
    post(&server.endpoint(Endpoint::Token), params)
}

/// The token response of a whole login.
pub(crate) fn tokens(server: &TestServer) -> Value {
    let answer = exchange(server, &token_params(&code(server)));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

pub(crate) fn text(value: &Value, name: &str) -> String {
    let text = value[name].as_str();
    text.unwrap_or_else(|| panic!("{name} is a text")).to_owned()
}

pub(crate) fn refresh(server: &TestServer, token: &str) -> Answer {
    let params =
        [("grant_type", "refresh_token"), ("client_id", "test-client"), ("refresh_token", token)];
    exchange(server, &params)
}

/// The status of userinfo for a token.
pub(crate) fn userinfo(server: &TestServer, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    crate::raw::get_with(&server.endpoint(Endpoint::UserInfo), &[("authorization", &bearer)])
}
