//! Metadata of the server (RFC 8414 section 3, OpenID Connect Discovery 1.0 section 4).

use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use crate::{
    body::Answer,
    client::ClientAuth,
    endpoint::Endpoint,
    faults::{Occasion, alter_metadata, instead_of_metadata},
    incoming::Incoming,
    respond::{json, method_not_allowed},
    settings::Settings,
    state::State,
};

pub(crate) fn handle(request: &Incoming, state: &State, endpoint: Endpoint) -> Answer {
    if request.method != Method::GET {
        return method_not_allowed("GET").into();
    }
    let faults = state.orders.take(Occasion::At(endpoint));
    if let Some(answer) = instead_of_metadata(&faults) {
        return answer;
    }
    let settings = state.settings();
    let mut members = members(&settings);
    if endpoint == Endpoint::OpenidConfiguration {
        members.extend(openid_members());
    }
    alter_metadata(&faults, &mut members);
    json(StatusCode::OK, &members).into()
}

fn members(settings: &Settings) -> Map<String, Value> {
    let url = |endpoint| json!(format!("{}{}", settings.origin, settings.paths.primary(endpoint)));
    let scopes = match &settings.scopes {
        Some(scopes) => json!(scopes),
        None => json!(["openid", "profile", "email", "offline_access"]),
    };
    let client_auth = client_auth_methods(settings);
    let mut members = Map::from_iter([
        ("issuer".to_owned(), json!(settings.issuer)),
        ("authorization_endpoint".to_owned(), url(Endpoint::Authorization)),
        ("token_endpoint".to_owned(), url(Endpoint::Token)),
        ("revocation_endpoint".to_owned(), url(Endpoint::Revocation)),
        ("userinfo_endpoint".to_owned(), url(Endpoint::UserInfo)),
        ("scopes_supported".to_owned(), scopes),
        ("response_types_supported".to_owned(), json!(["code"])),
        ("response_modes_supported".to_owned(), json!(["query", "form_post"])),
        ("grant_types_supported".to_owned(), json!(["authorization_code", "refresh_token"])),
        ("code_challenge_methods_supported".to_owned(), json!(["S256"])),
        ("token_endpoint_auth_methods_supported".to_owned(), client_auth.clone()),
        ("revocation_endpoint_auth_methods_supported".to_owned(), client_auth),
    ]);
    if settings.announce_iss {
        members.insert("authorization_response_iss_parameter_supported".into(), json!(true));
    }
    members
}

/// What the registered clients use, so that a client which chooses by metadata chooses right.
fn client_auth_methods(settings: &Settings) -> Value {
    let used = |wanted: &[ClientAuth]| {
        let mut clients = settings.clients.iter();
        clients.any(|client| wanted.contains(&client.auth))
    };
    let basic = [ClientAuth::Basic, ClientAuth::BasicRaw, ClientAuth::BasicOrPost];
    let methods = [
        ("client_secret_basic", used(&basic)),
        ("client_secret_post", used(&[ClientAuth::Post, ClientAuth::BasicOrPost])),
        ("none", used(&[ClientAuth::None])),
    ];
    let used = methods.into_iter().filter(|(_, used)| *used);
    used.map(|(name, _)| name).collect()
}

fn openid_members() -> [(String, Value); 3] {
    [
        ("subject_types_supported".to_owned(), json!(["public"])),
        ("id_token_signing_alg_values_supported".to_owned(), json!(["HS256"])),
        (
            "claims_supported".to_owned(),
            json!(["sub", "name", "picture", "email", "email_verified"]),
        ),
    ]
}
