//! What a bearer token opens: userinfo (OpenID Connect Core 1.0 section 5.3) and a profile API.

use http::{HeaderMap, Method, StatusCode, header};
use serde_json::{Map, Value};

use crate::{
    body::Answer,
    endpoint::Endpoint,
    faults::{Occasion, alter_userinfo, instead_of_resource},
    incoming::Incoming,
    respond::{challenge, invalid_token, json, method_not_allowed},
    state::State,
};

pub(crate) fn handle_userinfo(request: &Incoming, state: &State) -> Answer {
    serve(request, state, Endpoint::UserInfo, |scope| {
        let openid = scope.iter().any(|token| token == "openid");
        openid.then(|| state.settings().person.claims(scope))
    })
}

pub(crate) fn handle_profile(request: &Incoming, state: &State) -> Answer {
    serve(request, state, Endpoint::Profile, |_| {
        let settings = state.settings();
        let profile = settings.profile_json.clone();
        match profile.unwrap_or_else(|| settings.person.profile()) {
            Value::Object(members) => Some(members),
            other => Some(Map::from_iter([("profile".to_owned(), other)])),
        }
    })
}

fn serve(
    request: &Incoming,
    state: &State,
    endpoint: Endpoint,
    members: impl FnOnce(&[String]) -> Option<Map<String, Value>>,
) -> Answer {
    if request.method != Method::GET && request.method != Method::POST {
        return method_not_allowed("GET, POST").into();
    }
    let faults = state.orders.take(Occasion::At(endpoint));
    if let Some(answer) = instead_of_resource(&faults) {
        return answer;
    }
    let Some(token) = bearer(&request.headers) else {
        // RFC 6750 section 3.1: who sent no token is told no error.
        return challenge(StatusCode::UNAUTHORIZED, "Bearer realm=\"userinfo\"").into();
    };
    let now = state.clock.now();
    let scope = state.grants().access(token, now).map(|grant| grant.scope.clone());
    let Some(scope) = scope else {
        return invalid_token().into();
    };
    match members(&scope) {
        Some(mut members) => {
            alter_userinfo(&faults, &mut members);
            json(StatusCode::OK, &members).into()
        }
        None => challenge(
            StatusCode::FORBIDDEN,
            "Bearer realm=\"userinfo\", error=\"insufficient_scope\", scope=\"openid\"",
        )
        .into(),
    }
}

/// The token of the one Authorization header (RFC 6750 section 2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
