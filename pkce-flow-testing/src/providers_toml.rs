//! A providers TOML that logs in at the server.

use std::fmt::Write as _;

use crate::{
    client::{Client, ClientAuth},
    endpoint::Endpoint,
    settings::Settings,
};

/// The environment variable that the tables of
/// [`TestServer::providers_toml`](crate::TestServer::providers_toml) read a client's secret from.
pub const SECRET_VARIABLE: &str = "PKCE_FLOW_TEST_CLIENT_SECRET";

/// The name of the one table.
pub(crate) const NAME: &str = "test";

pub(crate) fn with_endpoints(settings: &Settings) -> String {
    let mut toml = table(settings);
    pair(&mut toml, "issuer", &settings.issuer);
    let keys = [
        ("authorization_endpoint", Endpoint::Authorization),
        ("token_endpoint", Endpoint::Token),
        ("userinfo_endpoint", Endpoint::UserInfo),
        ("revocation_endpoint", Endpoint::Revocation),
    ];
    for (key, endpoint) in keys {
        let path = settings.paths.primary(endpoint);
        pair(&mut toml, key, &format!("{}{path}", settings.origin));
    }
    if settings.announce_iss {
        toml.push_str("authorization_response_iss_parameter_supported = true\n");
    }
    toml
}

pub(crate) fn with_issuer(settings: &Settings) -> String {
    let mut toml = table(settings);
    pair(&mut toml, "issuer", &settings.issuer);
    toml
}

fn table(settings: &Settings) -> String {
    let mut toml = format!("[providers.{NAME}]\n");
    let Some(client) = settings.clients.first() else {
        return toml;
    };
    pair(&mut toml, "client_id", &client.id);
    if client.secret.is_some() {
        let _ = writeln!(toml, "client_secret = {{ env = \"{SECRET_VARIABLE}\" }}");
    }
    if let Some(method) = method(client) {
        pair(&mut toml, "token_endpoint_auth_method", method);
    }
    pair(&mut toml, "redirect_uri", client.first_redirect_uri());
    pair(&mut toml, "scope", &scope(settings));
    toml
}

/// Left out where the client may choose.
fn method(client: &Client) -> Option<&'static str> {
    match client.auth {
        ClientAuth::None | ClientAuth::BasicOrPost => None,
        ClientAuth::Basic | ClientAuth::BasicRaw => Some("client_secret_basic"),
        ClientAuth::Post => Some("client_secret_post"),
    }
}

fn scope(settings: &Settings) -> String {
    match &settings.scopes {
        Some(scopes) => scopes.join(" "),
        None => "openid profile email".into(),
    }
}

fn pair(toml: &mut String, key: &str, value: &str) {
    let mut quoted = String::new();
    for letter in value.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            // No other character needs it in a basic string of TOML.
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    // A write to a String never fails.
    let _ = writeln!(toml, "{key} = \"{quoted}\"");
}
