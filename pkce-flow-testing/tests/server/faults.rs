//! Each fault gives what its name says.

use pkce_flow_testing::{Client, Endpoint, Fault, TestServer};
use serde_json::{Value, json};

use crate::{
    login::{GOOD, approved, code, exchange, refresh, text, token_params, tokens, userinfo},
    raw::{Answer, get, param, params, post, request, send},
};

/// The answer to a good exchange under a fault.
fn struck(server: &TestServer, fault: Fault) -> Answer {
    let code = code(server);
    server.order(fault);
    exchange(server, &token_params(&code))
}

#[test]
fn token_faults_that_answer_by_themselves_spend_no_code() {
    let server = TestServer::start();
    let cases: &[(Fault, u16, &str)] = &[
        (Fault::TokenErrorWithStatus200, 200, "application/json"),
        (Fault::TokenErrorInvalidGrant, 400, "application/json"),
        (Fault::TokenErrorWithHostileText, 400, "application/json"),
        (Fault::TokenStatus500, 500, "text/html; charset=utf-8"),
        (Fault::WrongContentType, 200, "text/html; charset=utf-8"),
        (Fault::EmptyTokenResponse, 200, "application/json"),
        (Fault::TenMegabyteTokenResponse, 200, "application/json"),
        (Fault::DeeplyNestedTokenResponse, 200, "application/json"),
        (Fault::TokenResponseIsNoObject, 200, "application/json"),
        (Fault::TokenResponseIsNoUtf8, 200, "application/json"),
    ];
    for (fault, status, content_type) in cases {
        let code = code(&server);
        server.order(*fault);
        let answer = exchange(&server, &token_params(&code));
        assert_eq!(answer.status, *status, "{fault}");
        assert_eq!(answer.header("content-type"), Some(*content_type), "{fault}");
        assert!(answer.whole, "{fault}");
        let body = &answer.body;
        match fault {
            Fault::TokenErrorWithStatus200 | Fault::TokenErrorInvalidGrant => {
                assert_eq!(answer.error(), "invalid_grant");
            }
            Fault::TokenErrorWithHostileText => {
                let description = text(&answer.json(), "error_description");
                assert!(description.contains('\u{1b}') && description.contains('\n'));
                assert!(description.len() >= 100_000);
            }
            Fault::EmptyTokenResponse => assert!(body.is_empty()),
            Fault::TenMegabyteTokenResponse => {
                assert!(body.len() >= 10_000_000);
                assert_eq!(answer.header("content-length"), None);
            }
            Fault::DeeplyNestedTokenResponse => assert!(body.iter().all(|byte| *byte == b'[')),
            Fault::TokenResponseIsNoObject => assert!(answer.json().is_array()),
            Fault::TokenResponseIsNoUtf8 => assert!(std::str::from_utf8(body).is_err()),
            _ => assert!(answer.text().starts_with("<!doctype html>")),
        }
        let then = exchange(&server, &token_params(&code));
        assert_eq!(then.status, 200, "the code is spent after {fault}");
    }
}

#[test]
fn retry_after_says_when() {
    let server = TestServer::start();
    for (fault, status, when) in [
        (Fault::TokenStatus429RetryAfter { seconds: 7 }, 429, "7"),
        (Fault::TokenStatus503RetryAfter { seconds: 0 }, 503, "0"),
        (Fault::TokenStatus503RetryAfterDate, 503, "Fri, 31 Dec 2100 23:59:59 GMT"),
    ] {
        let answer = struck(&server, fault);
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("retry-after"), Some(when));
    }
}

#[test]
fn a_redirect_names_another_host_where_the_recorder_would_see_the_client_come() {
    let server = TestServer::start();
    let answer = struck(&server, Fault::TokenRedirectToAnotherHost);
    assert_eq!(answer.status, 307);
    let location = answer.header("location").expect("a location");
    let port = server.origin().rsplit(':').next().expect("a port");
    assert_eq!(location, format!("http://localhost:{port}/token"));
}

#[test]
fn connections_break_drip_or_stay_silent() {
    use std::io::Read as _;

    let server = TestServer::start();
    let url = server.endpoint(Endpoint::Token);
    let first = code(&server);
    let form = crate::raw::form(&token_params(&first));
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    server.order(Fault::TokenConnectionClosed);
    assert!(request("POST", &url, &headers, form.as_bytes()).is_err());
    server.order(Fault::TokenAnswerLost);
    assert!(request("POST", &url, &headers, form.as_bytes()).is_err());
    // The second one spent the code, the first did not.
    assert_eq!(exchange(&server, &token_params(&first)).error(), "invalid_grant");

    let cut = struck(&server, Fault::TruncatedTokenResponse);
    assert_eq!((cut.status, cut.whole), (200, false));
    assert!(cut.text().starts_with("{\"access_token\":"), "{}", cut.text());

    server.order(Fault::SlowTokenResponse);
    let mut dripping = send("POST", &url, &headers, form.as_bytes()).expect("a connection");
    let mut bytes = Vec::new();
    let mut buffer = [0; 1_024];
    // The head and three drips, each in a chunk of its own.
    while bytes.windows(6).filter(|window| window == b"1\r\n \r\n").count() < 3 {
        let read = dripping.read(&mut buffer).expect("it drips");
        assert!(read > 0, "it ended");
        bytes.extend_from_slice(&buffer[..read]);
    }

    server.order(Fault::SilentTokenEndpoint);
    let mut silent = send("POST", &url, &headers, form.as_bytes()).expect("a connection");
    drop(server);
    let mut rest = Vec::new();
    // Nothing came for as long as the server lived.
    let _ = silent.read_to_end(&mut rest);
    assert!(rest.is_empty());
}

#[test]
fn tokens_are_written_in_other_ways() {
    let server = TestServer::start();
    let form = struck(&server, Fault::FormEncodedTokenResponse);
    assert_eq!(form.header("content-type"), Some("application/x-www-form-urlencoded"));
    let as_url = format!("?{}", form.text());
    assert_eq!(param(&as_url, "token_type").as_deref(), Some("Bearer"));
    assert_eq!(param(&as_url, "expires_in").as_deref(), Some("3600"));

    let plain = struck(&server, Fault::JsonWithWrongContentType);
    assert_eq!(plain.header("content-type"), Some("text/plain; charset=utf-8"));
    assert_eq!(plain.json()["token_type"], "Bearer");
    let bare = struck(&server, Fault::JsonWithoutContentType);
    assert_eq!(bare.header("content-type"), None);
    assert_eq!(bare.json()["token_type"], "Bearer");

    assert_eq!(struck(&server, Fault::TokenStatus201).status, 201);
    let nested = struck(&server, Fault::NestedTokenResponse).json();
    assert_eq!(nested["data"]["token_type"], "Bearer");
    assert!(nested.get("access_token").is_none());
    let twice = struck(&server, Fault::DuplicateJsonKeys).text();
    assert!(twice.starts_with("{\"access_token\":\"the-first\","), "{twice}");
    assert_eq!(twice.matches("\"access_token\"").count(), 2);
}

#[test]
fn members_are_missing_or_odd() {
    let server = TestServer::start();
    for (fault, name) in [
        (Fault::MissingTokenType, "token_type"),
        (Fault::MissingAccessToken, "access_token"),
        (Fault::MissingExpiresIn, "expires_in"),
        (Fault::MissingScope, "scope"),
        (Fault::MissingRefreshToken, "refresh_token"),
    ] {
        let tokens = struck(&server, fault).json();
        assert!(tokens.get(name).is_none(), "{fault}");
        assert_eq!(tokens.as_object().map(|members| members.len()), Some(4), "{fault}");
    }
    let scope = json!(["openid", "profile", "email"]);
    for (fault, name, value) in [
        (Fault::TokenTypeMac, "token_type", json!("mac")),
        (Fault::TokenTypeUpperCase, "token_type", json!("BEARER")),
        (Fault::EmptyAccessToken, "access_token", json!("")),
        (Fault::AccessTokenWithLineEnd, "access_token", json!("one\r\nX-Forged: two")),
        (Fault::ExpiresInAsText, "expires_in", json!("3600")),
        (Fault::ExpiresInAsWord, "expires_in", json!("soon")),
        (Fault::ExpiresInZero, "expires_in", json!(0)),
        (Fault::ExpiresInNegative, "expires_in", json!(-1)),
        (Fault::ExpiresInHuge, "expires_in", json!(1e20)),
        (Fault::ExpiresInGreatestInteger, "expires_in", json!(u64::MAX)),
        (Fault::ExpiresInFraction, "expires_in", json!(3599.5)),
        (Fault::ScopeAsArray, "scope", scope),
        (Fault::ScopeWithCommas, "scope", json!("openid,profile,email")),
        (Fault::ScopeNarrowed, "scope", json!("openid")),
        (Fault::UnknownMembers, "x_null", Value::Null),
    ] {
        let tokens = struck(&server, fault).json();
        assert_eq!(tokens[name], value, "{fault}");
        assert!(tokens.get(name).is_some(), "{fault}");
    }
}

#[test]
fn refusals_and_refreshes_have_faults_of_their_own() {
    let server = TestServer::start();
    server.order_always(Fault::TokenRefusalWithStatus200);
    let refused = exchange(&server, &token_params("made-up"));
    assert_eq!((refused.status, refused.error().as_str()), (200, "invalid_grant"));
    let first = tokens(&server);
    server.clear_faults();

    let token = text(&first, "refresh_token");
    server.order(Fault::RefreshRefusedAsInvalidGrant);
    let _login_between = tokens(&server);
    assert_eq!(refresh(&server, &token).error(), "invalid_grant");
    server.order(Fault::RefreshWithoutRefreshToken);
    assert!(refresh(&server, &token).json().get("refresh_token").is_none());
    assert!(refresh(&server, &token).json().get("refresh_token").is_some());
}

#[test]
fn faults_for_always_make_the_ways_of_a_provider() {
    let server = TestServer::start();
    server.order_always(Fault::FormEncodedTokenResponse);
    server.order_always(Fault::MissingTokenType);
    server.order_always(Fault::ScopeWithCommas);
    for _ in 0..2 {
        let answer = exchange(&server, &token_params(&code(&server)));
        let as_url = format!("?{}", answer.text());
        assert_eq!(param(&as_url, "token_type"), None);
        assert_eq!(param(&as_url, "scope").as_deref(), Some("openid,profile,email"));
    }
}

#[test]
fn callbacks_are_altered() {
    let server = TestServer::start();
    let iss = server.url().to_owned();
    let struck = |fault| {
        server.order(fault);
        approved(&server, &GOOD)
    };
    let state = "the state & more";
    let has = |url: &str, name: &str, values: &[&str]| {
        assert_eq!(params(url, name), values, "{name}");
    };
    has(&struck(Fault::CallbackWithoutIss), "iss", &[]);
    has(&struck(Fault::CallbackWithWrongIss), "iss", &[&format!("{iss}1")]);
    has(&struck(Fault::CallbackIssWithSlash), "iss", &[&format!("{iss}/")]);
    has(&struck(Fault::CallbackWithoutState), "state", &[]);
    has(&struck(Fault::CallbackWithAlteredState), "state", &[&format!("{state}1")]);
    has(&struck(Fault::CallbackWithTwoStates), "state", &[state, "another-state"]);
    has(&struck(Fault::CallbackWithoutCode), "code", &[]);
    has(&struck(Fault::CallbackWithForeignCode), "code", &["a-code-that-nobody-gave-out"]);
    has(&struck(Fault::CallbackWithUnknownParams), "session_state", &["unknown"]);
    let twice = params(&struck(Fault::CallbackWithTwoCodes), "code");
    assert_eq!(twice.len(), 2);
    let both = struck(Fault::CallbackWithCodeAndError);
    has(&both, "error", &["access_denied"]);
    assert_eq!(params(&both, "code").len(), 1);
    for (fault, error, iss) in [
        (Fault::CallbackError, "server_error", Some(iss.clone())),
        (Fault::CallbackErrorWithoutIss, "server_error", None),
        (Fault::CallbackErrorWithWrongIss, "access_denied", Some(format!("{iss}1"))),
    ] {
        let url = struck(fault);
        has(&url, "error", &[error]);
        has(&url, "code", &[]);
        assert_eq!(param(&url, "iss"), iss, "{fault}");
    }
    // And the next one is as it should be.
    let good = approved(&server, &GOOD);
    has(&good, "iss", &[&iss]);
    has(&good, "state", &[state]);
}

#[test]
fn metadata_is_wrong_or_missing() {
    let server = TestServer::start();
    let ask = |fault, endpoint| {
        server.order(fault);
        let answer = get(&server.endpoint(endpoint));
        server.clear_faults();
        answer
    };
    let (openid, oauth) = (Endpoint::OpenidConfiguration, Endpoint::OauthAuthorizationServer);
    let methods = "code_challenge_methods_supported";
    for endpoint in [openid, oauth] {
        let wrong = ask(Fault::MetadataWithWrongIssuer, endpoint).json();
        assert_eq!(wrong["issuer"], format!("{}1", server.url()));
        let plain = ask(Fault::MetadataWithoutS256, endpoint).json();
        assert_eq!(plain[methods], json!(["plain"]));
        let none = ask(Fault::MetadataWithoutChallengeMethods, endpoint).json();
        assert!(none.get(methods).is_none());
        let no_token = ask(Fault::MetadataWithoutTokenEndpoint, endpoint).json();
        assert!(no_token.get("token_endpoint").is_none());
        let http = ask(Fault::MetadataWithHttpTokenEndpoint, endpoint).json();
        assert_eq!(http["token_endpoint"], "http://token.example.org/token");
        assert_eq!(ask(Fault::MetadataStatus404, endpoint).status, 404);
        assert_eq!(ask(Fault::MetadataStatus500, endpoint).status, 500);
        let html = ask(Fault::MetadataIsNoJson, endpoint);
        assert!((html.status, html.text().starts_with('<')) == (200, true));
        assert!(ask(Fault::TenMegabyteMetadata, endpoint).body.len() >= 10_000_000);
    }
    assert_eq!(ask(Fault::OpenidMetadataStatus404, openid).status, 404);
    assert_eq!(ask(Fault::OpenidMetadataStatus404, oauth).status, 200);
}

#[test]
fn userinfo_and_revocation_go_wrong() {
    let server = TestServer::start();
    let access = text(&tokens(&server), "access_token");
    let ask = |fault| {
        server.order(fault);
        userinfo(&server, &access)
    };
    assert_eq!(ask(Fault::UserinfoOtherSub).json()["sub"], "test-user1");
    assert!(ask(Fault::UserinfoWithoutSub).json().get("sub").is_none());
    assert_eq!(ask(Fault::UserinfoStatus401).status, 401);
    assert_eq!(ask(Fault::UserinfoStatus500).status, 500);
    assert!(ask(Fault::UserinfoIsNoJson).text().starts_with('<'));
    let later = ask(Fault::UserinfoStatus503RetryAfter { seconds: 2 });
    assert_eq!((later.status, later.header("retry-after")), (503, Some("2")));
    assert_eq!(userinfo(&server, &access).status, 200);

    let revoke = |fault| {
        server.order(fault);
        let params = [("client_id", "test-client"), ("token", access.as_str())];
        post(&server.endpoint(Endpoint::Revocation), &params)
    };
    assert_eq!(revoke(Fault::RevocationStatus500).status, 500);
    assert_eq!(revoke(Fault::RevocationUnsupported).error(), "unsupported_token_type");
    let later = revoke(Fault::RevocationStatus503RetryAfter { seconds: 3 });
    assert_eq!((later.status, later.header("retry-after")), (503, Some("3")));
    // None of them revoked anything.
    assert_eq!(userinfo(&server, &access).status, 200);
}

/// Guards the list itself: a fault without an effect would be found here.
#[test]
fn every_fault_of_the_token_endpoint_changes_the_answer() {
    let server = TestServer::configure()
        .client(Client::public("test-client"))
        .start()
        .expect("the server starts");
    // Those that never end an answer, or wait for another kind of request, have tests above.
    let elsewhere = [
        Fault::SlowTokenResponse,
        Fault::SilentTokenEndpoint,
        Fault::TokenConnectionClosed,
        Fault::TokenAnswerLost,
        Fault::TokenRefusalWithStatus200,
        Fault::RefreshRefusedAsInvalidGrant,
        Fault::RefreshWithoutRefreshToken,
    ];
    let shape = |answer: &Answer| {
        let mut members: Vec<String> = match serde_json::from_slice(&answer.body) {
            Ok(Value::Object(members)) => members
                .iter()
                .map(|(name, value)| match value.as_str() {
                    // What is random counts by its length alone.
                    Some(text) if text.len() == 43 => format!("{name}: 43"),
                    _ => format!("{name}: {value}"),
                })
                .collect(),
            _ => vec![answer.text()],
        };
        members.push(format!("{}", answer.status));
        members.push(format!("{:?}", answer.header("content-type")));
        members.push(format!("{}", answer.text().matches("access_token").count()));
        members
    };
    let plain = shape(&exchange(&server, &token_params(&code(&server))));
    let token_faults = Fault::ALL
        .iter()
        .filter(|fault| fault.endpoint() == Endpoint::Token && !elsewhere.contains(fault));
    for fault in token_faults {
        assert_ne!(shape(&struck(&server, *fault)), plain, "{fault}");
    }
}
