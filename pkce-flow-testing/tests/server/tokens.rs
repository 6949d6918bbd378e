//! The token endpoint: codes, refresh tokens, and their revocation.

use std::time::Duration;

use pkce_flow_testing::{Client, Endpoint, TestServer};

use crate::{
    login::{approved, but, code, exchange, refresh, text, token_params, tokens, userinfo},
    raw::{param, post, request},
};

#[test]
fn a_code_is_exchanged_with_the_verifier_of_rfc_7636_appendix_b() {
    let server = TestServer::start();
    let answer = exchange(&server, &token_params(&code(&server)));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3_600);
    assert_eq!(tokens["scope"], "openid profile email");
    assert_eq!(text(&tokens, "access_token").len(), 43);
    assert_eq!(text(&tokens, "refresh_token").len(), 43);
    // A public client has no key that an ID token could be checked with.
    assert!(tokens.get("id_token").is_none());
}

#[test]
fn a_request_may_be_json() {
    let server = TestServer::start();
    let code = code(&server);
    let body: serde_json::Map<_, _> = token_params(&code)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    let body = serde_json::Value::from(body).to_string();
    let url = server.endpoint(Endpoint::Token);
    let headers = [("content-type", "application/json; charset=utf-8")];
    let answer = request("POST", &url, &headers, body.as_bytes()).expect("an answer");
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[test]
fn a_wrong_verifier_redirect_uri_or_client_is_refused_and_spends_the_code() {
    let server = TestServer::start();
    server.add_client(Client::public("other"));
    let wrong = [
        ("code_verifier", "0".repeat(43), true),
        ("redirect_uri", "http://127.0.0.1/callback".into(), true),
        ("client_id", "other".into(), false),
    ];
    for (name, value, spends) in wrong {
        let code = code(&server);
        let mut params = token_params(&code);
        params.retain(|(known, _)| *known != name);
        params.push((name, &value));
        let answer = exchange(&server, &params);
        assert_eq!((answer.status, answer.error().as_str()), (400, "invalid_grant"), "{name}");
        let then = exchange(&server, &token_params(&code));
        assert_eq!(then.status, if spends { 400 } else { 200 }, "{name}");
    }
}

#[test]
fn a_malformed_request_is_a_clear_400() {
    let server = TestServer::start();
    let code = code(&server);
    for missing in ["grant_type", "code", "redirect_uri", "code_verifier"] {
        let mut params = token_params(&code);
        params.retain(|(known, _)| *known != missing);
        let answer = exchange(&server, &params);
        assert_eq!((answer.status, answer.error().as_str()), (400, "invalid_request"));
        assert!(answer.text().contains(missing), "{missing}");
    }
    let long = "a".repeat(129);
    for verifier in ["a", &long, "not/unreserved+characters=but-long-enough-000000000"] {
        let mut params = token_params(&code);
        params.retain(|(known, _)| *known != "code_verifier");
        params.push(("code_verifier", verifier));
        assert_eq!(exchange(&server, &params).error(), "invalid_request");
    }
    let mut twice = token_params(&code);
    twice.push(("code", "another"));
    assert_eq!(exchange(&server, &twice).error(), "invalid_request");
    let mut grant = token_params(&code);
    grant[0].1 = "password";
    assert_eq!(exchange(&server, &grant).error(), "unsupported_grant_type");

    let url = server.endpoint(Endpoint::Token);
    let in_url = post(&format!("{url}?code={code}"), &token_params(&code));
    assert_eq!(in_url.error(), "invalid_request");
    for (media_type, body) in [
        ("application/json", "[]"),
        ("application/json", "{"),
        ("application/json", "{\"code\":1}"),
        ("text/plain", "grant_type=authorization_code"),
        ("application/x-www-form-urlencoded", "grant_type=%zz"),
    ] {
        let headers = [("content-type", media_type)];
        let answer = request("POST", &url, &headers, body.as_bytes()).expect("an answer");
        assert_eq!((answer.status, answer.error().as_str()), (400, "invalid_request"), "{body}");
    }
    let by_get = request("GET", &url, &[], b"").expect("an answer");
    assert_eq!((by_get.status, by_get.header("allow")), (405, Some("POST")));
    // After all of that, the code is still good.
    assert_eq!(exchange(&server, &token_params(&code)).status, 200);
}

#[test]
fn a_body_above_the_bound_is_refused() {
    let server = TestServer::start();
    let url = server.endpoint(Endpoint::Token);
    let body = vec![b'a'; 65 * 1024];
    let answer = request("POST", &url, &[], &body).expect("an answer");
    assert_eq!(answer.status, 413);
}

#[test]
fn the_second_use_of_a_code_is_refused_and_revokes_what_the_first_gave() {
    let server = TestServer::start();
    let code = code(&server);
    let tokens = exchange(&server, &token_params(&code)).json();
    let access = text(&tokens, "access_token");
    assert_eq!(userinfo(&server, &access).status, 200);
    let again = exchange(&server, &token_params(&code));
    assert_eq!((again.status, again.error().as_str()), (400, "invalid_grant"));
    assert_eq!(userinfo(&server, &access).status, 401);
    let refreshed = refresh(&server, &text(&tokens, "refresh_token"));
    assert_eq!(refreshed.error(), "invalid_grant");
}

#[test]
fn a_code_expires_by_the_clock() {
    let server = TestServer::start();
    let code = code(&server);
    server.clock().advance(Duration::from_secs(60));
    let answer = exchange(&server, &token_params(&code));
    assert_eq!(answer.error(), "invalid_grant");
    assert!(answer.text().contains("expired"));
}

#[test]
fn refresh_tokens_rotate_and_a_reused_one_revokes_its_successors() {
    let server = TestServer::start();
    let first = tokens(&server);
    let second = refresh(&server, &text(&first, "refresh_token")).json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_ne!(second["access_token"], first["access_token"]);
    let third = refresh(&server, &text(&second, "refresh_token")).json();
    let reused = refresh(&server, &text(&first, "refresh_token"));
    assert_eq!((reused.status, reused.error().as_str()), (400, "invalid_grant"));
    assert_eq!(refresh(&server, &text(&third, "refresh_token")).status, 400);
    for tokens in [first, second, third] {
        assert_eq!(userinfo(&server, &text(&tokens, "access_token")).status, 401);
    }
}

#[test]
fn without_rotation_the_old_refresh_token_stays_good() {
    let server =
        TestServer::configure().rotate_refresh_tokens(false).start().expect("the server starts");
    let token = text(&tokens(&server), "refresh_token");
    for _ in 0..3 {
        let answer = refresh(&server, &token);
        assert_eq!(answer.status, 200);
        assert!(answer.json().get("refresh_token").is_none());
    }
    server.clock().advance(Duration::from_secs(31 * 24 * 3_600));
    assert_eq!(refresh(&server, &token).error(), "invalid_grant");
}

#[test]
fn a_refresh_may_narrow_the_scope_but_not_widen_it() {
    let server = TestServer::start();
    let with_scope = |token: &str, scope: &str| {
        let params = [
            ("grant_type", "refresh_token"),
            ("client_id", "test-client"),
            ("refresh_token", token),
            ("scope", scope),
        ];
        exchange(&server, &params)
    };
    let token = text(&tokens(&server), "refresh_token");
    assert_eq!(with_scope(&token, "openid admin").error(), "invalid_scope");
    assert_eq!(with_scope(&token, "two  blanks").error(), "invalid_scope");
    let narrowed = with_scope(&token, "openid").json();
    assert_eq!(narrowed["scope"], "openid");
    let info = userinfo(&server, &text(&narrowed, "access_token")).json();
    assert!(info.get("email").is_none());
    let whole = refresh(&server, &text(&narrowed, "refresh_token")).json();
    assert_eq!(whole["scope"], "openid profile email");
}

#[test]
fn a_refresh_token_is_bound_to_its_client() {
    let server = TestServer::start();
    server.add_client(Client::public("other"));
    let token = text(&tokens(&server), "refresh_token");
    let params =
        [("grant_type", "refresh_token"), ("client_id", "other"), ("refresh_token", &token)];
    assert_eq!(exchange(&server, &params).error(), "invalid_grant");
    assert_eq!(refresh(&server, &token).status, 200);
    assert_eq!(refresh(&server, "made-up").error(), "invalid_grant");
}

#[test]
fn revocation_takes_an_access_token_alone_and_a_refresh_token_with_all_of_its_family() {
    let server = TestServer::start();
    server.add_client(Client::public("other"));
    let revoke = |client: &str, token: &str| {
        let params = [("client_id", client), ("token", token)];
        post(&server.endpoint(Endpoint::Revocation), &params)
    };
    let first = tokens(&server);
    let (access, token) = (text(&first, "access_token"), text(&first, "refresh_token"));
    assert_eq!(revoke("other", &access).error(), "invalid_grant");
    assert_eq!(userinfo(&server, &access).status, 200);
    let revoked = revoke("test-client", &access);
    assert_eq!((revoked.status, revoked.body.len()), (200, 0));
    assert_eq!(userinfo(&server, &access).status, 401);
    let second = refresh(&server, &token).json();
    assert_eq!(revoke("test-client", &text(&second, "refresh_token")).status, 200);
    assert_eq!(userinfo(&server, &text(&second, "access_token")).status, 401);
    assert_eq!(revoke("test-client", "unknown").status, 200);
    let nothing = post(&server.endpoint(Endpoint::Revocation), &[("client_id", "test-client")]);
    assert_eq!(nothing.error(), "invalid_request");
}

#[test]
fn a_client_with_a_secret_gets_an_id_token_with_its_nonce() {
    let server = TestServer::configure()
        .client(Client::confidential("test-client", "secret"))
        .start()
        .expect("the server starts");
    let callback = approved(&server, &but("nonce", Some("the-nonce")));
    let code = param(&callback, "code").expect("a code");
    let mut params = token_params(&code);
    params.push(("client_secret", "secret"));
    let id_token = text(&exchange(&server, &params).json(), "id_token");
    let parts: Vec<&str> = id_token.split('.').collect();
    assert_eq!(parts.len(), 3);
    let decode = |part: &str| {
        use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
        let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
        serde_json::from_slice::<serde_json::Value>(&bytes).expect("JSON")
    };
    assert_eq!(decode(parts[0])["alg"], "HS256");
    let claims = decode(parts[1]);
    assert_eq!(claims["iss"], server.url());
    assert_eq!(claims["aud"], "test-client");
    assert_eq!(claims["sub"], "test-user");
    assert_eq!(claims["nonce"], "the-nonce");
}
