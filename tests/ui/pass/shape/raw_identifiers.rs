//! Raw identifiers, and keys that are keywords.
#![deny(warnings)]
#![allow(non_camel_case_types, reason = "keywords are what this is about")]

use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(root_url = "https://sso.example/", r#client_id = "a", redirect_uri = "http://127.0.0.1/")]
#[pkce(extra_authorization_params(r#type = "web", "a-b" = "c", prompt = "consent"))]
struct r#type;

#[derive(PkceProvider)]
#[pkce(root_url = "https://sso.example/", client_id = "a", redirect_uri = "http://127.0.0.1/")]
enum Login {
    r#type,
    r#async,
}

fn main() {
    let manager = r#type::manager().expect("it is right");
    assert_eq!(manager.name(), "type");
    let params = manager.declaration().extra_authorization_params();
    let names: Vec<_> = params.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["type", "a-b", "prompt"]);
    assert_eq!([Login::r#type.name(), Login::r#async.name()], ["type", "async"]);
}
