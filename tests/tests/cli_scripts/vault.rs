//! Tokens between runs: `token`, `refresh`, `userinfo`, `revoke`.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use pkce_flow_testing::{Endpoint, Fault, TestServer};
use serde_json::Value;
use tests::Cli;

use crate::machine::{NAME, allow, assert_fails, json, logged_in, login, machine, with_file};

fn vault(cli: &Cli) -> PathBuf {
    cli.home().join(".local/share/pkce-flow/vault.json")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it exists").permissions().mode() & 0o777
}

/// Lets the kept access token end a minute ago.
fn expire(cli: &Cli) {
    let text = fs::read_to_string(vault(cli)).expect("the vault");
    let mut contents: Value = serde_json::from_str(&text).expect("JSON");
    let tokens = &mut contents["tokens"][0]["tokens"];
    let end = tokens["expires_at"].as_u64().expect("a lifetime was sent");
    tokens["expires_at"] = (end - 3600 - 60).into();
    fs::write(vault(cli), contents.to_string()).expect("written");
}

fn refreshes(server: &TestServer) -> usize {
    let requests = server.requests_of(Endpoint::Token);
    let is_refresh = |grant: Option<String>| grant.as_deref() == Some("refresh_token");
    requests.iter().filter(|request| is_refresh(request.form_param("grant_type"))).count()
}

#[test]
fn the_vault_is_for_this_user_alone_and_nothing_lies_beside_it() {
    let server = TestServer::start();
    let cli = machine(&server);
    logged_in(&cli);
    logged_in(&cli);
    let vault = vault(&cli);
    let folder = vault.parent().expect("a folder");
    assert_eq!((mode(folder), mode(&vault)), (0o700, 0o600));
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["vault.json", "vault.lock"]);
    assert_eq!(mode(&folder.join("vault.lock")), 0o600);
}

#[test]
fn several_processes_at_once_refresh_once() {
    let server = TestServer::start();
    let cli = machine(&server);
    logged_in(&cli);
    expire(&cli);
    let running: Vec<_> = (0..6).map(|_| cli.start(["token", NAME])).collect();
    let mut tokens: Vec<_> = running
        .into_iter()
        .map(|one| {
            let finished = one.finish();
            assert_eq!(finished.code, Some(0), "{finished:?}");
            finished.stdout
        })
        .collect();
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all got one token");
    assert_eq!(refreshes(&server), 1);
}

#[test]
fn refresh_gets_new_tokens_even_if_the_old_ones_are_valid() {
    let server = TestServer::start();
    let cli = machine(&server);
    logged_in(&cli);
    let before = cli.run(["token", NAME]).stdout;
    let renewed = json(&cli.run(["refresh", NAME, "--json"]));
    let after = cli.run(["token", NAME]).stdout;
    assert_ne!(before, after);
    assert_eq!(renewed["access_token"], after.trim_end());
    let shown = cli.run(["refresh", NAME]);
    assert_eq!(shown.code, Some(0));
    assert!(!shown.stdout.contains(cli.run(["token", NAME]).stdout.trim_end()));
}

#[test]
fn a_refusal_asks_for_a_login_and_a_failure_costs_nothing() {
    let server = TestServer::start();
    let cli = machine(&server);
    logged_in(&cli);
    expire(&cli);
    let kept = fs::read_to_string(vault(&cli)).expect("the vault");
    for fault in [Fault::TokenStatus500, Fault::TokenConnectionClosed, Fault::EmptyTokenResponse] {
        server.order(fault);
        let finished = cli.run(["token", NAME]);
        server.clear_faults();
        assert_eq!((finished.code, finished.stdout.as_str()), (Some(4), ""), "{finished:?}");
        assert_eq!(fs::read_to_string(vault(&cli)).expect("the vault"), kept);
    }
    server.order(Fault::TokenErrorInvalidGrant);
    assert_fails(&cli.run(["token", NAME]), 3, "pkce-flow login test");
    assert_eq!(cli.run(["token", NAME]).code, Some(0), "the refresh token was kept");
}

#[test]
fn a_refresh_that_was_answered_is_kept_even_if_it_is_interrupted() {
    let server = TestServer::start();
    let slow = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let token_endpoint = format!("http://{}/token", slow.local_addr().expect("an address"));
    // The login goes to the server, the refresh to an endpoint that answers when it is told to.
    let cli = machine(&server);
    logged_in(&cli);
    expire(&cli);
    let real = server.endpoint(Endpoint::Token);
    for path in [cli.home().join("providers.toml"), vault(&cli)] {
        let text = fs::read_to_string(&path).expect("it is there");
        fs::write(path, text.replace(&real, &token_endpoint)).expect("written");
    }
    let (asked, is_asked) = mpsc::channel();
    let (may_answer, told) = mpsc::channel();
    let endpoint = thread::spawn(move || {
        let (mut stream, _) = slow.accept().expect("the refresh");
        let mut request = [0; 8192];
        let read = stream.read(&mut request).expect("a request");
        asked.send(read).expect("the test waits");
        told.recv_timeout(Duration::from_secs(100)).expect("the test goes on");
        let body = r#"{"access_token":"renewed","token_type":"Bearer","expires_in":3600}"#;
        write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("the answer is read");
    });
    let running = cli.start(["token", NAME]);
    is_asked.recv_timeout(Duration::from_secs(100)).expect("a refresh");
    running.interrupt();
    running.wait_for_line(|line| line.starts_with("finishing what must not be cut off"));
    may_answer.send(()).expect("the endpoint waits");
    assert_fails(&running.finish(), 130, "interrupted");
    endpoint.join().expect("it answered");
    assert_eq!(cli.run(["token", NAME]).stdout, "renewed\n");
}

#[test]
fn userinfo_shows_who_logged_in() {
    let server = TestServer::start();
    let cli = machine(&server);
    assert_fails(&cli.run(["userinfo", NAME]), 3, "pkce-flow login test");
    logged_in(&cli);
    let profile = json(&cli.run(["userinfo", NAME, "--json"]));
    assert_eq!(profile["sub"], "test-user");
    let shown = cli.run(["userinfo", NAME]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.stdout.contains("Ada Example"), "{}", shown.stdout);
}

#[test]
fn revoke_ends_the_tokens_at_the_provider_and_here() {
    let server = TestServer::start();
    let cli = machine(&server);
    logged_in(&cli);
    let revoked = json(&cli.run(["revoke", NAME, "--json"]));
    assert_eq!(revoked["revoked"], true);
    assert!(!server.requests_of(Endpoint::Revocation).is_empty());
    for command in ["token", "revoke"] {
        assert_fails(&cli.run([command, NAME]), 3, "no tokens");
    }
}

#[test]
fn a_revocation_that_fails_keeps_the_tokens() {
    let server = TestServer::start();
    let down = format!("http://127.0.0.1:{}/revoke", crate::machine::free_port());
    let real = server.endpoint(Endpoint::Revocation);
    let cli = with_file(&server.providers_toml().replace(&real, &down));
    logged_in(&cli);
    assert_fails(&cli.run(["revoke", NAME]), 4, "still kept");
    assert_eq!(cli.run(["token", NAME]).code, Some(0));
}

#[test]
fn no_token_is_in_what_a_person_sees() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--no-save"]);
    let page = allow(&running);
    let seen = running.finish();
    let response = server.requests_of(Endpoint::Token);
    let code = response[0].form_param("code").expect("a code");
    let verifier = response[0].form_param("code_verifier").expect("a verifier");
    for secret in [code, verifier] {
        for text in [&seen.stdout, &seen.stderr, &page.body().to_owned()] {
            assert!(!text.contains(&secret), "{text}");
        }
    }
}
