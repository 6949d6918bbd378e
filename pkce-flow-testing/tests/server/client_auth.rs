//! Client authentication at the token and the revocation endpoint.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pkce_flow_testing::{Client, ClientAuth, Consent, Endpoint, TestServer};

use crate::{
    login::{REDIRECT_URI, VERIFIER, authorize, but},
    raw::{Answer, post_with},
};

/// Both need encoding: a colon, a blank, a plus, a percent sign, letters beyond ASCII.
const ID: &str = "web:app";
const SECRET: &str = "s3cret: +%&é";

fn server(auth: ClientAuth) -> TestServer {
    TestServer::configure()
        .client(Client::confidential(ID, SECRET).auth(auth))
        .client(Client::public("other"))
        .consent(Consent::Approve)
        .start()
        .expect("the server starts")
}

fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// As RFC 6749 section 2.3.1 wants it.
fn encoded() -> String {
    basic("web%3Aapp", "s3cret%3A+%2B%25%26%C3%A9")
}

fn exchange(server: &TestServer, headers: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
    let code = authorize(server, &but("client_id", Some(ID))).location_param("code");
    let code = code.expect("approved by itself");
    let mut params = vec![
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", VERIFIER),
    ];
    params.extend(more);
    post_with(&server.endpoint(Endpoint::Token), headers, &params)
}

#[test]
fn basic_takes_percent_encoded_credentials_and_no_others() {
    let server = server(ClientAuth::Basic);
    let good = exchange(&server, &[("authorization", &encoded())], &[]);
    assert_eq!(good.status, 200, "{}", good.text());
    let same_id = exchange(&server, &[("authorization", &encoded())], &[("client_id", ID)]);
    assert_eq!(same_id.status, 200);
    for bad in [
        basic("web%3Aapp", SECRET),
        basic("web%3Aapp", "wrong"),
        basic("web%3Aapp", ""),
        basic("nobody", "x"),
        basic("other", ""),
        "Basic !!!".into(),
        "Basic".into(),
        "Bearer abc".into(),
    ] {
        let answer = exchange(&server, &[("authorization", &bad)], &[]);
        assert_eq!(answer.status, 401, "{bad}");
        assert_eq!(answer.error(), "invalid_client");
        let challenge = answer.header("www-authenticate").expect("a challenge");
        assert!(challenge.starts_with("Basic realm="));
    }
}

#[test]
fn raw_basic_takes_credentials_as_they_are() {
    let server = TestServer::configure()
        .client(Client::confidential("web app", SECRET).auth(ClientAuth::BasicRaw))
        .consent(Consent::Approve)
        .start()
        .expect("the server starts");
    let params = [("grant_type", "authorization_code")];
    let url = server.endpoint(Endpoint::Token);
    let raw = post_with(&url, &[("authorization", &basic("web app", SECRET))], &params);
    // It got past authentication: what is missing is the code.
    assert_eq!(raw.error(), "invalid_request");
    let encoded = basic("web+app", "s3cret%3A+%2B%25%26%C3%A9");
    let refused = post_with(&url, &[("authorization", &encoded)], &params);
    assert_eq!(refused.error(), "invalid_client");
}

#[test]
fn post_takes_the_secret_in_the_body_and_no_header() {
    let server = server(ClientAuth::Post);
    let credentials = [("client_id", ID), ("client_secret", SECRET)];
    assert_eq!(exchange(&server, &[], &credentials).status, 200);
    let header = exchange(&server, &[("authorization", &encoded())], &[]);
    assert_eq!((header.status, header.error().as_str()), (401, "invalid_client"));
    let wrong = exchange(&server, &[], &[("client_id", ID), ("client_secret", "wrong")]);
    assert_eq!((wrong.status, wrong.error().as_str()), (401, "invalid_client"));
    assert_eq!(wrong.header("www-authenticate"), None);
    let none = exchange(&server, &[], &[("client_id", ID)]);
    assert_eq!((none.status, none.error().as_str()), (401, "invalid_client"));
}

#[test]
fn basic_alone_refuses_the_secret_in_the_body() {
    let server = server(ClientAuth::Basic);
    let answer = exchange(&server, &[], &[("client_id", ID), ("client_secret", SECRET)]);
    assert_eq!((answer.status, answer.error().as_str()), (401, "invalid_client"));
}

#[test]
fn two_ways_at_once_are_refused() {
    let server = server(ClientAuth::BasicOrPost);
    let header = [("authorization", encoded())];
    let header = [("authorization", header[0].1.as_str())];
    for more in [
        vec![("client_id", ID), ("client_secret", SECRET)],
        vec![("client_secret", SECRET)],
        vec![("client_assertion", "x")],
        vec![("client_id", "other")],
    ] {
        let answer = exchange(&server, &header, &more);
        assert_eq!((answer.status, answer.error().as_str()), (400, "invalid_request"));
    }
    let twice = exchange(&server, &[header[0], header[0]], &[]);
    assert_eq!(twice.error(), "invalid_request");
}

#[test]
fn a_public_client_names_itself_and_sends_no_secret() {
    let server = server(ClientAuth::Basic);
    let url = server.endpoint(Endpoint::Token);
    let grant = ("grant_type", "authorization_code");
    let known = post_with(&url, &[], &[grant, ("client_id", "other")]);
    assert_eq!(known.error(), "invalid_request");
    for params in [
        vec![grant],
        vec![grant, ("client_id", "nobody")],
        vec![grant, ("client_id", "other"), ("client_secret", "x")],
    ] {
        let answer = post_with(&url, &[], &params);
        assert_eq!((answer.status, answer.error().as_str()), (401, "invalid_client"));
    }
}

#[test]
fn revocation_authenticates_clients_too() {
    let server = server(ClientAuth::Basic);
    let url = server.endpoint(Endpoint::Revocation);
    let token = [("token", "unknown")];
    assert_eq!(post_with(&url, &[], &token).status, 401);
    assert_eq!(post_with(&url, &[("authorization", &encoded())], &token).status, 200);
}
