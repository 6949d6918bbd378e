//! The token endpoint (RFC 6749 sections 4.1.3 and 6) and what it answers.

use http::{HeaderMap, Method};
use serde_json::{Map, Value, json};

use crate::{
    body::Answer,
    client_auth::authenticate,
    endpoint::Endpoint,
    faults::{Fault, Occasion, alter_token_members, encode_token_answer, instead_of_token},
    grants::Issued,
    id_token,
    incoming::Incoming,
    params::Params,
    pkce::is_verifier,
    respond::{Refusal, method_not_allowed},
    scope,
    settings::Settings,
    state::State,
};

/// What must never stand in the URL of a request that is sent by POST (RFC 6749 section 3.2).
const BODY_ONLY: [&str; 7] =
    ["grant_type", "code", "code_verifier", "refresh_token", "client_id", "client_secret", "token"];

pub(crate) fn handle(request: &Incoming, state: &State) -> Answer {
    if request.method != Method::POST {
        return method_not_allowed("POST").into();
    }
    let params = post_params(request);
    let is_refresh =
        params.as_ref().is_ok_and(|params| params.get("grant_type") == Some("refresh_token"));
    let faults = state.orders.take(if is_refresh {
        Occasion::Refresh
    } else {
        Occasion::At(Endpoint::Token)
    });
    let settings = state.settings();
    if let Some(answer) = instead_of_token(&faults, request, &settings) {
        return answer;
    }
    let answer = params
        .and_then(|params| grant(&request.headers, &params, &faults, &settings, state))
        .map(|issued| {
            let mut members = members(&issued, &settings, state);
            alter_token_members(&faults, &mut members);
            members
        });
    encode_token_answer(&faults, answer)
}

/// The parameters of a form or a JSON object that was sent by POST.
pub(crate) fn post_params(request: &Incoming) -> Result<Params, Refusal> {
    let in_query = Params::from_form(request.query.as_bytes()).map_err(Refusal::invalid_request)?;
    if let Some(name) = BODY_ONLY.iter().find(|name| in_query.has(name)) {
        return Err(Refusal::invalid_request(format!(
            "{name} is in the URL; it belongs in the body"
        )));
    }
    let params = match request.media_type().as_str() {
        "application/x-www-form-urlencoded" => Params::from_form(&request.body),
        "application/json" => Params::from_json(&request.body),
        _ => Err("the body is neither a form nor JSON, says its Content-Type"),
    };
    let params = params.map_err(Refusal::invalid_request)?;
    match params.duplicate() {
        Some(name) => Err(Refusal::invalid_request(format!("{} comes twice", name.escape_debug()))),
        None => Ok(params),
    }
}

fn grant(
    headers: &HeaderMap,
    params: &Params,
    faults: &[Fault],
    settings: &Settings,
    state: &State,
) -> Result<Issued, Refusal> {
    let client = authenticate(headers, params, settings)?;
    let need = |name: &str| {
        params.get(name).ok_or_else(|| Refusal::invalid_request(format!("{name} is missing")))
    };
    let now = state.clock.now();
    match need("grant_type")? {
        "authorization_code" => {
            let (code, redirect_uri) = (need("code")?, need("redirect_uri")?);
            let verifier = need("code_verifier")?;
            if !is_verifier(verifier) {
                return Err(Refusal::invalid_request(
                    "code_verifier is not 43 to 128 unreserved characters",
                ));
            }
            let mut grants = state.grants();
            grants.redeem_code(code, &client.id, redirect_uri, verifier, now, settings)
        }
        "refresh_token" => {
            let token = need("refresh_token")?;
            let scope = match params.get("scope") {
                Some(text) => Some(
                    scope::parse(text)
                        .ok_or_else(|| Refusal::new("invalid_scope", "the scope is malformed"))?,
                ),
                None => None,
            };
            // Whoever gets no new token must be able to go on with the old one.
            let keep_old = faults.iter().any(|fault| {
                matches!(fault, Fault::RefreshWithoutRefreshToken | Fault::MissingRefreshToken)
            });
            let mut grants = state.grants();
            grants.redeem_refresh_token(token, &client.id, scope, keep_old, now, settings)
        }
        _ => Err(Refusal::new(
            "unsupported_grant_type",
            "grant_type is neither authorization_code nor refresh_token",
        )),
    }
}

/// The token response (RFC 6749 section 5.1).
fn members(issued: &Issued, settings: &Settings, state: &State) -> Map<String, Value> {
    let lifetime = settings.lifetimes.access_token.as_secs();
    let mut members = Map::from_iter([
        ("access_token".to_owned(), json!(issued.access_token)),
        ("token_type".to_owned(), json!("Bearer")),
        ("expires_in".to_owned(), json!(lifetime)),
        ("scope".to_owned(), json!(issued.grant.scope.join(" "))),
    ]);
    if let Some(token) = &issued.refresh_token {
        members.insert("refresh_token".into(), json!(token));
    }
    if let Some(token) = id_token::issue(&issued.grant, settings, state.clock.now()) {
        members.insert("id_token".into(), json!(token));
    }
    members
}
