//! Discovery documents: what is taken from them, and what makes them unusable.

use pkce_flow_providers::{Metadata, oauth_authorization_server_url, openid_configuration_url};
use serde_json::{Value, json};

const ISSUER: &str = "https://idp.example";

fn document() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://idp.example/authorize",
        "token_endpoint": "https://idp.example/token",
        "jwks_uri": "https://idp.example/keys",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "none"],
        "authorization_response_iss_parameter_supported": true,
        "unknown": { "members": ["are", "passed", "over"] },
    })
}

fn with(key: &str, value: Value) -> Vec<u8> {
    let mut document = document();
    document[key] = value;
    document.to_string().into_bytes()
}

fn code(json: &[u8]) -> &'static str {
    match Metadata::parse(json, ISSUER) {
        Ok(_) => "fine",
        Err(error) => error.code(),
    }
}

#[test]
fn a_document_is_read_and_the_rest_passed_over() {
    let metadata =
        Metadata::parse(document().to_string().as_bytes(), ISSUER).expect("the document is good");
    assert_eq!(metadata.issuer, ISSUER);
    assert_eq!(metadata.token_endpoint.as_deref(), Some("https://idp.example/token"));
    assert_eq!(metadata.userinfo_endpoint, None);
    assert_eq!(metadata.code_challenge_methods_supported, None);
    assert!(metadata.authorization_response_iss_parameter_supported);
    let methods = metadata.token_endpoint_auth_methods_supported.expect("they are listed");
    assert_eq!(methods, ["client_secret_basic", "none"]);
}

#[test]
fn the_issuer_is_compared_byte_by_byte() {
    for other in ["https://idp.example/", "https://IDP.example", "https://evil.example", ""] {
        assert_eq!(code(&with("issuer", json!(other))), "metadata-issuer-mismatch", "{other}");
    }
    assert_eq!(code(&with("issuer", Value::Null)), "metadata-issuer-mismatch");
}

#[test]
fn a_list_of_challenge_methods_needs_s256() {
    let key = "code_challenge_methods_supported";
    assert_eq!(code(&with(key, json!(["plain"]))), "metadata-no-s256");
    assert_eq!(code(&with(key, json!([]))), "metadata-no-s256");
    assert_eq!(code(&with(key, json!(["plain", "S256"]))), "fine");
    assert_eq!(code(&with(key, Value::Null)), "fine");
}

#[test]
fn endpoints_follow_the_rules_of_a_declaration() {
    for bad in [
        "http://idp.example/token",
        "/token",
        "https://me@idp.example/token",
        "https://idp.example/token#x",
        "https://IDP.example/token",
        "https://idp.example\\token",
        "",
    ] {
        assert_eq!(code(&with("token_endpoint", json!(bad))), "metadata-bad-url", "{bad}");
    }
    assert_eq!(code(&with("token_endpoint", json!("http://127.0.0.1:8080/token"))), "fine");
}

#[test]
fn other_types_and_other_texts_are_errors() {
    assert_eq!(code(&with("token_endpoint", json!(1))), "metadata-wrong-type");
    assert_eq!(code(&with("scopes_supported", json!("openid"))), "metadata-wrong-type");
    assert_eq!(code(&with("scopes_supported", json!([1]))), "metadata-wrong-type");
    let many: Vec<&str> = vec!["a"; 5000];
    assert_eq!(code(&with("scopes_supported", json!(many))), "metadata-wrong-type");
    assert_eq!(code(b"<html>"), "metadata-not-json");
    assert_eq!(code(b"[]"), "metadata-not-json");
    assert_eq!(code(&[b' '; 2 * 1024 * 1024]), "metadata-too-large");
    assert_eq!(code(&[b'['; 100_000]), "metadata-not-json");
}

#[test]
fn the_two_forms_of_the_url() {
    for (issuer, openid, oauth) in [
        (
            "https://idp.example",
            "https://idp.example/.well-known/openid-configuration",
            "https://idp.example/.well-known/oauth-authorization-server",
        ),
        (
            "https://idp.example/",
            "https://idp.example/.well-known/openid-configuration",
            "https://idp.example/.well-known/oauth-authorization-server",
        ),
        (
            "https://idp.example/a/b/",
            "https://idp.example/a/b/.well-known/openid-configuration",
            "https://idp.example/.well-known/oauth-authorization-server/a/b",
        ),
    ] {
        assert_eq!(openid_configuration_url(issuer), openid);
        assert_eq!(oauth_authorization_server_url(issuer), oauth);
    }
}
