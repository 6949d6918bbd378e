//! The authorization endpoint and the consent page.

use std::time::Duration;

use pkce_flow_testing::{Client, Consent, Endpoint, TestServer};

use crate::{
    login::{GOOD, REDIRECT_URI, approved, authorize, but},
    raw::{param, post, request},
};

#[test]
fn a_wrong_client_or_redirect_uri_gets_a_page_and_never_a_redirect() {
    let server = TestServer::start();
    let mut cases = vec![
        but("client_id", None),
        but("client_id", Some("nobody")),
        but("redirect_uri", None),
        but("redirect_uri", Some("http://127.0.0.1:49200/other")),
        but("redirect_uri", Some("https://evil.example/callback")),
        but("redirect_uri", Some("http://127.0.0.1:49200/callback#x")),
        but("redirect_uri", Some("javascript:alert(1)")),
    ];
    for twice in ["client_id", "redirect_uri"] {
        let mut params = GOOD.to_vec();
        params.push((twice, "https://evil.example/"));
        cases.push(params);
    }
    for params in cases {
        for consent in [Consent::Ask, Consent::Approve, Consent::Deny] {
            server.set_consent(consent);
            let answer = authorize(&server, &params);
            assert_eq!(answer.status, 400, "{params:?}");
            assert_eq!(answer.header("location"), None, "{params:?}");
            assert!(answer.text().contains("<p id=\"error\">"), "{params:?}");
        }
    }
}

#[test]
fn every_other_mistake_is_told_by_redirect_with_state_and_iss() {
    let server = TestServer::start();
    let invalid = "invalid_request";
    let cases = [
        (but("response_type", None), invalid),
        (but("response_type", Some("token")), "unsupported_response_type"),
        (but("response_type", Some("code id_token")), "unsupported_response_type"),
        (but("response_mode", Some("fragment")), invalid),
        (but("code_challenge", None), invalid),
        (but("code_challenge", Some("short")), invalid),
        (but("code_challenge_method", None), invalid),
        (but("code_challenge_method", Some("plain")), invalid),
        (but("code_challenge_method", Some("s256")), invalid),
        (but("scope", Some("two  blanks")), "invalid_scope"),
        (but("request", Some("e30.e30.")), "request_not_supported"),
        (but("request_uri", Some("https://a.example/")), "request_uri_not_supported"),
        (but("prompt", Some("none")), "consent_required"),
        ([GOOD.to_vec(), vec![("scope", "again")]].concat(), invalid),
        ([GOOD.to_vec(), vec![("unknown", "1"), ("unknown", "2")]].concat(), invalid),
    ];
    for (params, error) in cases {
        let answer = authorize(&server, &params);
        assert_eq!(answer.status, 303, "{params:?}");
        let location = answer.header("location").expect("a redirect");
        assert!(location.starts_with(&format!("{REDIRECT_URI}?")), "{location}");
        assert_eq!(param(location, "error").as_deref(), Some(error), "{params:?}");
        assert_eq!(param(location, "code"), None);
        assert_eq!(param(location, "state").as_deref(), Some("the state & more"));
        assert_eq!(param(location, "iss").as_deref(), Some(server.url()));
    }
}

#[test]
fn a_malformed_query_is_a_clear_400() {
    let server = TestServer::start();
    let url = server.endpoint(Endpoint::Authorization);
    for query in ["client_id=%zz", "client_id=%ff", "%"] {
        let answer = request("GET", &format!("{url}?{query}"), &[], b"").expect("an answer");
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.text().contains("malformed"), "{query}");
    }
    let answer = request("PUT", &url, &[], b"").expect("an answer");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, POST")));
}

#[test]
fn parameters_may_come_by_post() {
    let server =
        TestServer::configure().consent(Consent::Approve).start().expect("the server starts");
    let answer = post(&server.endpoint(Endpoint::Authorization), &GOOD);
    assert_eq!(answer.status, 303);
    assert!(answer.location_param("code").is_some());
}

#[test]
fn consent_by_itself_approves_or_denies_without_a_page() {
    let server = TestServer::start();
    server.set_consent(Consent::Approve);
    let answer = authorize(&server, &GOOD);
    assert_eq!(answer.location_param("code").map(|code| code.len()), Some(43));
    server.set_consent(Consent::Deny);
    let answer = authorize(&server, &GOOD);
    assert_eq!(answer.location_param("error").as_deref(), Some("access_denied"));
    assert_eq!(answer.location_param("code"), None);
}

#[test]
fn the_consent_page_says_who_asks_for_what_and_may_load_nothing() {
    let client = Client::public("app").name("<b>Shop</b> & \"Sons\"");
    let server = TestServer::configure().client(client).start().expect("the server starts");
    let mut params = but("client_id", Some("app"));
    params.push(("nonce", "n"));
    let answer = authorize(&server, &params);
    assert_eq!(answer.status, 200);
    let page = answer.text();
    assert!(page.contains("&lt;b&gt;Shop&lt;/b&gt; &amp; &quot;Sons&quot;"));
    assert!(page.contains("<code>email</code>"));
    assert!(page.contains("Test provider"));
    assert!(page.contains("name=\"decision\" value=\"allow\""));
    assert!(page.contains("name=\"decision\" value=\"deny\""));
    for banned in ["<script", "http-equiv", "src=", "href=", " style=", "onclick"] {
        assert!(!page.contains(banned), "{banned}");
    }
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(policy.contains("form-action 'self' http://127.0.0.1:49200;"));
    assert!(policy.contains("frame-ancestors 'none'"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(answer.header("x-frame-options"), Some("DENY"));
}

#[test]
fn a_ticket_is_good_for_one_decision_and_ten_minutes() {
    let server = TestServer::start();
    let decision = format!("{}/decision", server.url());
    let ticket = || {
        let page = authorize(&server, &GOOD).text();
        let (_, rest) = page.split_once("name=\"ticket\" value=\"").expect("a ticket");
        rest[..43].to_owned()
    };
    let decide =
        |ticket: &str, word: &str| post(&decision, &[("ticket", ticket), ("decision", word)]);
    let first = ticket();
    assert_eq!(decide(&first, "maybe").status, 400);
    let allowed = decide(&first, "allow");
    assert_eq!(allowed.status, 303);
    assert!(allowed.location_param("code").is_some());
    let again = decide(&first, "allow");
    assert_eq!((again.status, again.header("location")), (400, None));
    assert!(again.text().contains("already decided"));

    assert_eq!(decide("made-up", "allow").status, 400);
    assert_eq!(post(&decision, &[("decision", "allow")]).status, 400);
    let by_get = request("GET", &decision, &[], b"").expect("an answer");
    assert_eq!(by_get.status, 405);

    let late = ticket();
    server.clock().advance(Duration::from_secs(600));
    assert!(decide(&late, "allow").text().contains("too old"));
}

#[test]
fn scopes_are_any_unless_they_are_listed() {
    let any = TestServer::start();
    assert_eq!(authorize(&any, &but("scope", Some("read:all x.y"))).status, 200);
    assert_eq!(authorize(&any, &but("scope", None)).status, 200);
    let listed =
        TestServer::configure().scopes(["read", "write"]).start().expect("the server starts");
    assert_eq!(authorize(&listed, &but("scope", Some("read"))).status, 200);
    let answer = authorize(&listed, &but("scope", Some("read admin")));
    assert_eq!(answer.location_param("error").as_deref(), Some("invalid_scope"));
}

#[test]
fn form_post_answers_with_a_form_to_the_redirect_uri() {
    let server =
        TestServer::configure().consent(Consent::Approve).start().expect("the server starts");
    let answer = authorize(&server, &but("response_mode", Some("form_post")));
    assert_eq!((answer.status, answer.header("location")), (200, None));
    let page = answer.text();
    assert!(page.contains(&format!("method=\"post\" action=\"{REDIRECT_URI}\"")));
    assert!(page.contains("name=\"state\" value=\"the state &amp; more\""));
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.contains("form-action http://127.0.0.1:49200;"));
    assert!(policy.contains("script-src 'sha256-"));
    let callback = approved(&server, &but("response_mode", Some("form_post")));
    assert!(param(&callback, "code").is_some());
}

#[test]
fn iss_is_sent_and_announced_as_the_builder_says() {
    let server = TestServer::configure()
        .issuer("https://github.com/login/oauth")
        .start()
        .expect("the server starts");
    let callback = approved(&server, &GOOD);
    assert_eq!(param(&callback, "iss").as_deref(), Some("https://github.com/login/oauth"));
    let silent = TestServer::configure().send_iss(false).start().expect("the server starts");
    assert_eq!(param(&approved(&silent, &GOOD), "iss"), None);
}

#[test]
fn a_redirect_uri_keeps_its_bytes_and_its_query() {
    let uri = "https://app.example/callback?tenant=%41";
    let server = TestServer::configure()
        .client(Client::public("test-client").redirect_uri(uri))
        .consent(Consent::Approve)
        .start()
        .expect("the server starts");
    let answer = authorize(&server, &but("redirect_uri", Some(uri)));
    let location = answer.header("location").expect("a redirect");
    assert!(location.starts_with(&format!("{uri}&code=")), "{location}");
}
