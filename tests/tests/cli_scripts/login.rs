//! Logins that succeed, whatever else knocks at the listener.

use pkce_flow_testing::{Client, Endpoint, TestServer};

use crate::machine::{
    NAME, allow, free_port, get, json, login, machine, redirect_uri, status, with_file,
};

#[test]
fn two_logins_one_after_the_other_on_a_fixed_port() {
    let server = TestServer::start();
    let cli = machine(&server);
    let fixed = format!("http://127.0.0.1:{}/callback", free_port());
    for _ in 0..2 {
        let running = login(&cli, &["--json", "--redirect-uri", &fixed]);
        assert_eq!(redirect_uri(&running), fixed);
        allow(&running);
        json(&running.finish());
    }
}

#[test]
fn three_logins_at_once_on_free_ports() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running: Vec<_> = (0..3).map(|_| login(&cli, &["--json"])).collect();
    let mut ports: Vec<_> = running.iter().map(redirect_uri).collect();
    ports.sort();
    ports.dedup();
    assert_eq!(ports.len(), 3);
    // The last one first: each listener takes its own callback alone.
    running.iter().rev().for_each(|one| {
        allow(one);
    });
    let tokens: Vec<_> = running.into_iter().map(|one| json(&one.finish())).collect();
    assert_ne!(tokens[0]["access_token"], tokens[1]["access_token"]);
    assert_ne!(tokens[1]["access_token"], tokens[2]["access_token"]);
}

#[test]
fn the_json_is_the_token_response_with_its_end() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--json", "--scope", "openid email"]);
    allow(&running);
    let tokens = json(&running.finish());
    for member in ["access_token", "token_type", "expires_in", "expires_at", "refresh_token"] {
        assert!(!tokens[member].is_null(), "{member}: {tokens}");
    }
    assert_eq!(tokens["scope"], "openid email");
}

#[test]
fn a_person_sees_no_token_whole_and_is_told_what_comes_next() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &[]);
    let page = allow(&running);
    assert_eq!(page.status(), 200);
    assert!(page.body().contains("You are signed in"), "{}", page.body());
    let shown = running.finish();
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.stderr.contains("vault.json"), "{}", shown.stderr);
    assert!(shown.stderr.contains("pkce-flow token test"), "{}", shown.stderr);
    let token = cli.run(["token", NAME]);
    assert_eq!((token.code, token.stderr.as_str()), (Some(0), ""));
    let token = token.stdout.trim_end();
    assert!(token.len() > 20);
    assert!(!shown.stdout.contains(token) && !shown.stderr.contains(token));
}

#[test]
fn a_forged_callback_gets_a_4xx_page_and_the_right_one_is_still_taken() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--json"]);
    let callback = redirect_uri(&running);
    for forged in ["code=stolen&state=forged", "error=access_denied&state=forged", "code=stolen"] {
        let answer = get(&format!("{callback}?{forged}"));
        assert_eq!(status(&answer), "400", "{answer}");
    }
    assert_eq!(server.requests_of(Endpoint::Token).len(), 0);
    assert_eq!(allow(&running).status(), 200);
    json(&running.finish());
}

#[test]
fn whatever_else_a_browser_asks_for_gets_a_locked_down_4xx_page() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--json"]);
    let callback = redirect_uri(&running);
    let origin = callback.strip_suffix("/callback").expect("the path");
    for (target, expected) in [("/favicon.ico", "404"), ("/", "404"), ("/callback", "400")] {
        let answer = get(&format!("{origin}{target}"));
        assert_eq!(status(&answer), expected, "{answer}");
        for header in [
            "content-security-policy: default-src 'none'",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
        ] {
            assert!(answer.contains(header), "{answer}");
        }
    }
    let page = allow(&running);
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    json(&running.finish());
}

#[test]
fn the_address_stands_alone_on_its_line() {
    let server = TestServer::start();
    let cli = machine(&server);
    let running = login(&cli, &["--no-save"]);
    let line = running.authorization_url();
    assert!(line.starts_with(&server.endpoint(Endpoint::Authorization)), "{line}");
    assert!(!line.contains(' '), "{line}");
    allow(&running);
    assert_eq!(running.finish().code, Some(0));
    assert_eq!(cli.run(["token", NAME]).code, Some(3), "--no-save keeps nothing");
}

#[test]
fn a_callback_that_is_posted_is_taken_where_the_declaration_asks_for_it() {
    let server = TestServer::start();
    let posted = format!("{}response_mode = \"form_post\"\n", server.providers_toml());
    let cli = with_file(&posted);
    let running = login(&cli, &["--json"]);
    assert!(running.authorization_url().contains("response_mode=form_post"));
    let page = allow(&running);
    assert!(page.body().contains("You are signed in"), "{}", page.body());
    json(&running.finish());
}

#[test]
fn localhost_is_listened_on_too() {
    let client = Client::public("test-client").redirect_uri("http://localhost/callback");
    let server = TestServer::configure().client(client).start().expect("it starts");
    let cli = machine(&server);
    let running = login(&cli, &["--json", "--redirect-uri", "http://localhost/callback"]);
    assert!(redirect_uri(&running).starts_with("http://localhost:"));
    allow(&running);
    json(&running.finish());
}
