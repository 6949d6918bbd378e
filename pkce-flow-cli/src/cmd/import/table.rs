//! Metadata -> the table of a providers TOML: what the metadata says, and lines to fill in.

use std::collections::BTreeMap;

use pkce_flow::Metadata;
use pkce_flow_providers::{FieldPath, Problems, ProvidersToml};

use super::toml;
use crate::show::printable;

/// Keys that are left out, and why.
type LeftOut = BTreeMap<&'static str, String>;

/// The ways to authenticate by a secret that pkce-flow knows, the first choice first.
const BY_SECRET: [&str; 2] = ["client_secret_basic", "client_secret_post"];

/// The table, which has no mistake.
///
/// What no declaration may have is left out, and a comment says so.
///
/// # Errors
/// Mistakes that come from none of the metadata's keys.
pub(super) fn table(name: &str, metadata: &Metadata) -> Result<String, Problems> {
    let mut left_out = LeftOut::new();
    loop {
        let text = write(name, metadata, &left_out);
        let Err(problems) = ProvidersToml::parse(&text) else {
            return Ok(text);
        };
        let known = left_out.len();
        let table = FieldPath::root().key("providers").key(name);
        for problem in &problems {
            let key = values(metadata)
                .into_iter()
                .map(|(key, _)| key)
                .find(|key| *key != "issuer" && problem.path().starts_with(&table.key(key)));
            if let Some(key) = key {
                left_out.insert(key, problem.what().to_owned());
            }
        }
        if left_out.len() == known {
            return Err(problems);
        }
    }
}

/// What a key says.
enum Value<'m> {
    Text(&'m str),
    Yes,
    List(&'m [String]),
}

/// What the metadata says under keys that a declaration has.
fn values(metadata: &Metadata) -> Vec<(&'static str, Value<'_>)> {
    let mut values = vec![("issuer", Value::Text(&metadata.issuer))];
    for (key, endpoint) in [
        ("authorization_endpoint", &metadata.authorization_endpoint),
        ("token_endpoint", &metadata.token_endpoint),
        ("userinfo_endpoint", &metadata.userinfo_endpoint),
        ("revocation_endpoint", &metadata.revocation_endpoint),
        ("introspection_endpoint", &metadata.introspection_endpoint),
        ("device_authorization_endpoint", &metadata.device_authorization_endpoint),
        ("pushed_authorization_request_endpoint", &metadata.pushed_authorization_request_endpoint),
        ("end_session_endpoint", &metadata.end_session_endpoint),
        ("jwks_uri", &metadata.jwks_uri),
    ] {
        values.extend(endpoint.as_deref().map(|url| (key, Value::Text(url))));
    }
    if metadata.authorization_response_iss_parameter_supported {
        values.push(("authorization_response_iss_parameter_supported", Value::Yes));
    }
    if let Some([only]) = metadata.id_token_signing_alg_values_supported.as_deref() {
        values.push(("id_token_signed_response_alg", Value::Text(only)));
    }
    for (key, list) in [
        ("code_challenge_methods_supported", &metadata.code_challenge_methods_supported),
        ("scopes_supported", &metadata.scopes_supported),
    ] {
        let list = list.as_deref().filter(|list| !list.is_empty());
        values.extend(list.map(|list| (key, Value::List(list))));
    }
    values
}

fn write(name: &str, metadata: &Metadata, left_out: &LeftOut) -> String {
    let mut text = format!(
        "# From the metadata of {}, by `pkce-flow import`.\n\
         # Register your application there, and fill in what you get.\n\
         [providers.{}]\n\
         client_id = {{ env = {} }}  # or the client_id itself, in quotes\n\
         redirect_uri = \"http://127.0.0.1/callback\"  # as you registered it\n",
        toml::string(&metadata.issuer),
        toml::key(name),
        toml::string(&variable(name, "CLIENT_ID")),
    );
    text.push_str(&scope(metadata));
    text.push_str(&authentication(name, metadata));
    text.push_str("\n# What the metadata says:\n");
    for (key, value) in values(metadata) {
        match (left_out.get(key), value) {
            (Some(why), _) => {
                text.push_str(&format!("# {key} is left out: {}\n", printable(why)));
            }
            (None, Value::Text(value)) => {
                text.push_str(&format!("{key} = {}\n", toml::string(value)));
            }
            (None, Value::Yes) => text.push_str(&format!("{key} = true\n")),
            (None, Value::List(items)) => text.push_str(&toml::list("", key, items)),
        }
    }
    for (key, endpoint) in [
        ("authorization_endpoint", &metadata.authorization_endpoint),
        ("token_endpoint", &metadata.token_endpoint),
    ] {
        if endpoint.is_none() {
            text.push_str(&format!("# It says no {key}, which a login needs: add it here.\n"));
        }
    }
    text.push_str(&beside(metadata));
    text
}

/// A line for the scope, with those of OpenID Connect that the metadata lists.
fn scope(metadata: &Metadata) -> String {
    let listed = metadata.scopes_supported.as_deref().unwrap_or_default();
    let of_openid = ["openid", "profile", "email"].map(str::to_owned);
    let usual: Vec<String> = of_openid.into_iter().filter(|scope| listed.contains(scope)).collect();
    if usual.is_empty() {
        "# scope = [\"…\"]  # what your application needs\n".to_owned()
    } else {
        toml::list("# ", "scope", &usual)
    }
}

/// Lines for an application that has a secret.
fn authentication(name: &str, metadata: &Metadata) -> String {
    let listed = metadata.token_endpoint_auth_methods_supported.as_deref();
    let takes =
        |method: &str| listed.is_none_or(|methods| methods.iter().any(|listed| listed == method));
    let by_secret = BY_SECRET.into_iter().find(|method| takes(method));
    let (comment, prefix) = match (listed, by_secret) {
        (None, _) => ("# If your application has a secret:\n", "# "),
        (Some(_), Some(_)) if takes("none") => ("# If your application has a secret:\n", "# "),
        (Some(_), Some(_)) => (
            "# Every application has a secret here, as far as the metadata says; leave this out if \
             yours\n# has none.\n",
            "",
        ),
        (Some(_), None) if takes("none") => return String::new(),
        (Some(_), None) => {
            return "# pkce-flow knows none of the ways to authenticate that the metadata lists \
                    below.\n"
                .to_owned();
        }
    };
    let secret = toml::string(&variable(name, "CLIENT_SECRET"));
    let mut text = format!("{comment}{prefix}client_secret = {{ env = {secret} }}\n");
    // What is left out here means the first choice.
    if let Some(method) = by_secret.filter(|method| *method != BY_SECRET[0]) {
        text.push_str(&format!("{prefix}token_endpoint_auth_method = {}\n", toml::string(method)));
    }
    text
}

/// Lists that no key of a declaration takes, for whoever chooses.
fn beside(metadata: &Metadata) -> String {
    let algorithms = &metadata.id_token_signing_alg_values_supported;
    let mut text = String::new();
    for (key, list) in [
        ("token_endpoint_auth_methods_supported", &metadata.token_endpoint_auth_methods_supported),
        ("response_modes_supported", &metadata.response_modes_supported),
        ("id_token_signing_alg_values_supported", algorithms),
    ] {
        let is_said = key.starts_with("id_token") && list.as_deref().map(<[_]>::len) == Some(1);
        if let Some(list) = list.as_deref().filter(|list| !list.is_empty() && !is_said) {
            text.push_str(&toml::list("# ", key, list));
        }
    }
    text
}

/// `my-corp` -> `MY_CORP_CLIENT_ID`.
fn variable(name: &str, what: &str) -> String {
    let upper = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("{}_{what}", name.chars().map(upper).collect::<String>())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    const ISSUER: &str = "https://idp.example/";

    fn imported(more: Json) -> String {
        let mut document = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://idp.example/authorize",
            "token_endpoint": "https://idp.example/token",
        });
        for (key, value) in more.as_object().expect("an object") {
            document[key] = value.clone();
        }
        let metadata = Metadata::parse(document.to_string().as_bytes(), ISSUER).expect("metadata");
        let text = table("corp", &metadata).expect("a table without a mistake");
        ProvidersToml::parse(&text).expect("it has no mistake");
        text
    }

    fn keys(text: &str) -> Vec<&str> {
        let said = |line: &&str| !line.starts_with('#') && line.contains(" = ");
        text.lines().filter(said).filter_map(|line| line.split(" = ").next()).collect()
    }

    #[test]
    fn what_the_metadata_does_not_say_is_not_written() {
        let text = imported(json!({}));
        assert_eq!(
            keys(&text),
            ["client_id", "redirect_uri", "issuer", "authorization_endpoint", "token_endpoint"]
        );
    }

    #[test]
    fn everything_that_a_declaration_can_say_is_written() {
        let text = imported(json!({
            "userinfo_endpoint": "https://idp.example/me",
            "jwks_uri": "https://idp.example/keys",
            "scopes_supported": ["openid", "email"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "id_token_signing_alg_values_supported": ["ES256"],
            "response_modes_supported": ["query", "form_post"],
        }));
        for line in [
            "userinfo_endpoint = \"https://idp.example/me\"",
            "jwks_uri = \"https://idp.example/keys\"",
            "scopes_supported = [\"openid\", \"email\"]",
            "code_challenge_methods_supported = [\"S256\"]",
            "authorization_response_iss_parameter_supported = true",
            "id_token_signed_response_alg = \"ES256\"",
            "# response_modes_supported = [\"query\", \"form_post\"]",
            "# scope = [\"openid\", \"email\"]",
            "client_id = { env = \"CORP_CLIENT_ID\" }  # or the client_id itself, in quotes",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}: {text}");
        }
    }

    #[test]
    fn a_secret_is_asked_for_as_the_metadata_says() {
        let methods = |methods: &[&str]| {
            let text = imported(json!({ "token_endpoint_auth_methods_supported": methods }));
            let asked = keys(&text).contains(&"client_secret");
            (asked, text)
        };
        assert!(methods(&["client_secret_basic"]).0);
        let (asked, text) = methods(&["client_secret_post", "private_key_jwt"]);
        assert!(asked && text.contains("\ntoken_endpoint_auth_method = \"client_secret_post\""));
        let (asked, text) = methods(&["none", "client_secret_post"]);
        assert!(!asked && text.contains("# token_endpoint_auth_method = \"client_secret_post\""));
        let (asked, text) = methods(&["none"]);
        assert!(!asked && !text.contains("client_secret"), "{text}");
        let (asked, text) = methods(&["private_key_jwt"]);
        assert!(!asked && text.contains("knows none of the ways"), "{text}");
        assert!(!keys(&imported(json!({}))).contains(&"client_secret"));
    }

    #[test]
    fn text_from_outside_leaves_neither_its_string_nor_its_comment() {
        let evil = "x\"]\n[providers.evil]\nclient_id = \"\u{7f}\u{1b}[31m";
        let text = imported(json!({
            "response_modes_supported": [evil],
            "token_endpoint_auth_methods_supported": ["none", evil],
            "id_token_signing_alg_values_supported": [evil],
            "code_challenge_methods_supported": ["S256", evil],
            "scopes_supported": [evil],
        }));
        let file = ProvidersToml::parse(&text).expect("it has no mistake");
        assert_eq!(file.names().collect::<Vec<_>>(), ["corp"]);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert!(text.contains("# id_token_signed_response_alg is left out: "), "{text}");
    }

    #[test]
    fn a_login_without_its_endpoints_is_said_to_need_them() {
        let text = imported(json!({ "token_endpoint": null }));
        assert!(text.contains("# It says no token_endpoint"), "{text}");
    }
}
