//! Logins that fail: each with its exit code, standard output empty, and a page that says so.

use std::{fs, net::TcpListener};

use pkce_flow_testing::{Consent, Endpoint, Fault, TestServer, UserAgent};

use crate::machine::{
    NAME, allow, assert_fails, free_port, get, login, machine, redirect_uri, status, with_file,
};

#[test]
fn a_denied_consent_ends_with_3() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--json"]);
    let page = UserAgent::denying()
        .visit_blocking(&running.authorization_url())
        .expect("the way leads to a page");
    assert!(page.body().contains("Access was denied"), "{}", page.body());
    assert_fails(&running.finish(), 3, "access_denied");
    assert_eq!(server.requests_of(Endpoint::Token).len(), 0);
}

#[test]
fn a_token_endpoint_that_is_down_ends_with_4() {
    let server = TestServer::start();
    let down = format!("http://127.0.0.1:{}/token", free_port());
    let cli = with_file(&server.providers_toml().replace(&server.endpoint(Endpoint::Token), &down));
    let running = login(&cli, &["--json"]);
    let page = allow(&running);
    assert!(page.body().contains("The login failed"), "{}", page.body());
    assert_fails(&running.finish(), 4, "token endpoint");
}

#[test]
fn a_token_endpoint_that_fails_ends_with_4() {
    let server = TestServer::start();
    let cli = machine(&server);
    server.order(Fault::TokenStatus500);
    let running = login(&cli, &["--json"]);
    allow(&running);
    assert_fails(&running.finish(), 4, "500");
}

#[test]
fn a_code_that_is_refused_ends_with_3() {
    let server = TestServer::start();
    let cli = machine(&server);
    server.order(Fault::TokenErrorInvalidGrant);
    let running = login(&cli, &["--json"]);
    allow(&running);
    assert_fails(&running.finish(), 3, "invalid_grant");
}

#[test]
fn a_callback_of_another_issuer_ends_with_5() {
    let server = TestServer::start();
    let cli = with_file(&server.providers_toml_with_issuer());
    let running = login(&cli, &["--json"]);
    let callback =
        UserAgent::allowing().authorize_blocking(&running.authorization_url()).expect("a callback");
    let forged = tests::with_parameter(&callback, "iss", "https://evil.example");
    let answer = get(&forged);
    assert_eq!(status(&answer), "400");
    assert_fails(&running.finish(), 5, "evil.example");
    assert_eq!(server.requests_of(Endpoint::Token).len(), 0);
}

#[test]
fn nobody_in_time_ends_with_3() {
    let server = TestServer::start();
    let cli = machine(&server);
    let finished = login(&cli, &["--json", "--timeout", "1"]).finish();
    assert_fails(&finished, 3, "within a second");
    assert!(finished.stderr.contains("--timeout"), "{}", finished.stderr);
}

#[test]
fn an_interrupt_ends_with_130_and_leaves_nothing_behind() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--json"]);
    let callback = redirect_uri(&running);
    running.interrupt();
    assert_fails(&running.finish(), 130, "interrupted");
    let address = callback.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/callback"));
    TcpListener::bind(address.expect("host and port")).expect("nobody listens any more");
    let left: Vec<_> = fs::read_dir(cli.home()).expect("the home").flatten().collect();
    assert_eq!(left.len(), 1, "the providers file alone: {left:?}");
    assert_eq!(cli.run(["token", NAME]).code, Some(3));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let server = TestServer::start();
    let cli = machine(&server);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let finished = cli.run([
        "login",
        NAME,
        "--no-browser",
        "--json",
        "--redirect-uri",
        &format!("http://{address}/callback"),
    ]);
    assert_fails(&finished, 1, &address);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn a_provider_that_asks_nobody_denies_just_the_same() {
    let server = TestServer::configure().consent(Consent::Deny).start().expect("it starts");
    let cli = machine(&server);
    let running = login(&cli, &["--json"]);
    allow(&running);
    assert_fails(&running.finish(), 3, "access_denied");
}
