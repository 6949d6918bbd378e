//! Whole logins at the embedded server, in the forms that declarations and callbacks take.

mod embedded;

use std::time::{Duration, SystemTime};

use pkce_flow::{Callback, ErrorCode, LoginOptions, Provider, Registration, Secret, Tokens, User};
use pkce_flow_testing::{Client, ClientAuth, Endpoint, Fault, TestClock, TestServer};

use embedded::{SECRET, builder, builder_from, discovering_builder, log_in, manager, user};

fn param(url: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(url).expect("a URL");
    url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_login_gives_tokens_that_refresh_tell_the_user_and_are_revoked() {
    let server = TestServer::start();
    let manager = manager(&server);
    let before = SystemTime::now();
    let tokens = log_in(&server, &manager).await.expect("tokens");
    assert!(tokens.token_type().eq_ignore_ascii_case("bearer"));
    assert!(tokens.expires_at().expect("a lifetime was sent") > before);
    assert_eq!(tokens.scope(), ["openid", "profile", "email"]);

    let profile = manager.profile(&tokens).await.expect("a profile");
    assert_eq!(profile.subject(), "test-user");
    assert_eq!(profile.email(), Some("ada@example.org"));

    let renewed = manager.refresh(&tokens).await.expect("new tokens");
    assert_ne!(renewed.access_token(), tokens.access_token());
    assert_ne!(renewed.refresh_token(), tokens.refresh_token());

    manager.revoke(&renewed).await.expect("revoked");
    let error = manager.userinfo(&renewed).await.expect_err("no longer valid");
    assert_eq!(error.code(), ErrorCode::AccessTokenRefused);
    let error = manager.refresh(&renewed).await.expect_err("no longer valid");
    assert!(error.needs_login(), "{error}");
}

#[tokio::test]
async fn an_issuer_alone_is_enough() {
    let server = TestServer::configure().issuer_path("/tenant/one").start().expect("it starts");
    let manager = discovering_builder(&server).build().expect("right");
    assert!(server.requests().is_empty(), "making a manager asks for nothing");
    let tokens = log_in(&server, &manager).await.expect("tokens");
    manager.userinfo(&tokens).await.expect("the metadata names userinfo");
    log_in(&server, &manager).await.expect("again");
    assert_eq!(server.requests_of(Endpoint::OpenidConfiguration).len(), 1, "metadata is kept");
}

#[tokio::test]
async fn rfc_8414_metadata_is_found_where_openid_has_none() {
    let server = TestServer::configure().issuer_path("/tenant").start().expect("it starts");
    server.order_always(Fault::OpenidMetadataStatus404);
    let manager = discovering_builder(&server).build().expect("right");
    log_in(&server, &manager).await.expect("tokens");
}

#[tokio::test]
async fn every_client_authentication_logs_in_with_a_secret_full_of_special_characters() {
    for auth in [ClientAuth::Basic, ClientAuth::Post, ClientAuth::BasicOrPost] {
        let client = Client::confidential("confidential: app+1", SECRET).auth(auth);
        let server = TestServer::configure().client(client).start().expect("it starts");
        for builder in [builder(&server), discovering_builder(&server)] {
            let manager = builder.build().expect("right");
            let tokens =
                log_in(&server, &manager).await.unwrap_or_else(|e| panic!("{auth:?}: {e}"));
            manager.refresh(&tokens).await.expect("refresh authenticates too");
            manager.revoke(&tokens).await.expect("revocation authenticates too");
        }
    }
}

#[tokio::test]
async fn a_wrong_secret_is_refused_with_what_the_server_said() {
    let client = Client::confidential("app", SECRET);
    let server = TestServer::configure().client(client).start().expect("it starts");
    let manager = builder(&server).client_secret("planted wrong").build().expect("right");
    let error = log_in(&server, &manager).await.expect_err("wrong secret");
    assert_eq!(error.code(), ErrorCode::ClientRefused);
    let said = error.provider_error().expect("the server said something");
    assert_eq!((said.error(), said.status()), (Some("invalid_client"), Some(401)));
    assert!(error.to_string().contains("client_secret"), "{error}");
}

#[tokio::test]
async fn a_secret_made_per_request_is_made_for_each() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let client = Client::confidential("app", SECRET);
    let server = TestServer::configure().client(client).start().expect("it starts");
    let made = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&made);
    let manager = builder(&server)
        .client_secret_with(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            async { Ok::<_, std::io::Error>(Secret::new(SECRET)) }
        })
        .build()
        .expect("right");
    let tokens = log_in(&server, &manager).await.expect("tokens");
    manager.refresh(&tokens).await.expect("new tokens");
    assert_eq!(made.load(Ordering::Relaxed), 2);
    let failing = builder(&server)
        .client_secret_with(|| async { Err::<Secret, _>("the key service is down") })
        .build()
        .expect("right");
    let error = log_in(&server, &failing).await.expect_err("no secret");
    assert_eq!(error.code(), ErrorCode::ClientSecret);
}

#[tokio::test]
async fn the_steps_of_a_login_can_be_taken_one_by_one() {
    let server = TestServer::start();
    let manager = manager(&server);
    let user = User::new("session");
    let secrets = manager.make_user_secrets(&user).await.expect("secrets");
    let url = manager.authorization_url(&secrets).await.expect("a URL");
    assert_eq!(param(&url, "state").as_deref(), Some(secrets.state().expose()));
    assert_eq!(param(&url, "code_challenge").as_deref(), Some(secrets.code_challenge()));
    assert!(!url.contains(secrets.code_verifier().expose()), "the verifier is in the URL");
    let back = server.approve(&url).await.expect("a redirect");
    // As a framework hands the parts over that it took apart itself.
    let part = |name| param(&back, name).unwrap_or_default();
    let callback = Callback::new(part("state"), part("code")).with_iss(part("iss"));
    manager.fetch_access_token(&user, &callback).await.expect("tokens");
}

#[tokio::test]
async fn options_of_one_login_reach_the_provider_and_the_token_request() {
    let server = TestServer::start();
    let manager = manager(&server);
    let options = LoginOptions::new()
        .scope("email")
        .login_hint("ada@example.org")
        .param("ui_locales", "de fr")
        .loopback_port(4711);
    let login = manager.begin_with(&user(), options).await.expect("begun");
    let url = login.authorization_url();
    assert_eq!(param(url, "scope").as_deref(), Some("email"));
    assert_eq!(param(url, "login_hint").as_deref(), Some("ada@example.org"));
    assert_eq!(param(url, "ui_locales").as_deref(), Some("de fr"));
    assert_eq!(param(url, "redirect_uri").as_deref(), Some("http://127.0.0.1:4711/callback"));
    assert_eq!(param(url, "nonce"), None, "openid was not asked for");
    let back = server.approve(url).await.expect("a redirect");
    assert!(back.starts_with("http://127.0.0.1:4711/callback?"), "{back}");
    let tokens = manager.finish(&user(), Callback::from_url(&back).expect("right")).await;
    assert_eq!(tokens.expect("the same redirect_uri was sent").requested_scope(), ["email"]);
}

#[tokio::test]
async fn options_that_cannot_be_sent_begin_nothing() {
    let server = TestServer::start();
    let manager = manager(&server);
    for options in [
        LoginOptions::new().param("state", "mine"),
        LoginOptions::new().param("redirect_uri", "https://evil.example"),
        LoginOptions::new().param("client_secret", "x"),
        LoginOptions::new().scope("a  b"),
        LoginOptions::new().scope("a\"b"),
        LoginOptions::new().scope(""),
    ] {
        let shown = format!("{options:?}");
        let error = manager.begin_with(&user(), options).await.expect_err(&shown);
        assert_eq!(error.code(), ErrorCode::Argument, "{shown}");
    }
}

#[tokio::test]
async fn a_form_post_callback_is_read_from_the_body() {
    let server = TestServer::start();
    let toml = format!("{}response_mode = \"form_post\"\n", server.providers_toml());
    let manager = builder_from(&toml).build().expect("right");
    let login = manager.begin(&user()).await.expect("begun");
    assert_eq!(param(login.authorization_url(), "response_mode").as_deref(), Some("form_post"));
    let back = server.approve(login.authorization_url()).await.expect("a form");
    let form = url::Url::parse(&back).expect("a URL").query().unwrap_or_default().to_owned();
    let callback = Callback::from_form(form).expect("a callback");
    manager.finish(&user(), callback).await.expect("tokens");
}

#[tokio::test]
async fn a_registration_in_code_logs_in_like_a_table() {
    let server = TestServer::start();
    let provider = Provider::with_endpoints(
        "coded",
        server.endpoint(Endpoint::Authorization),
        server.endpoint(Endpoint::Token),
    )
    .userinfo_endpoint(server.endpoint(Endpoint::UserInfo))
    .issuer(server.issuer());
    let manager = Registration::new(provider)
        .client_id("test-client")
        .redirect_uri("http://127.0.0.1/callback")
        .scope("openid")
        .manager()
        .expect("right");
    let tokens = log_in(&server, &manager).await.expect("tokens");
    assert_eq!(manager.userinfo(&tokens).await.expect("userinfo").subject(), "test-user");
}

#[tokio::test]
async fn a_preset_that_ships_is_tested_at_a_loopback_origin() {
    let client = Client::confidential("gh-app", SECRET).redirect_uri("https://app.example/cb");
    let server = TestServer::configure()
        .client(client)
        .issuer("https://github.com/login/oauth")
        .path(Endpoint::Authorization, "/login/oauth/authorize")
        .path(Endpoint::Token, "/login/oauth/access_token")
        .path(Endpoint::Profile, "/user")
        .start()
        .expect("it starts");
    server.set_profile_json(serde_json::json!({"id": 4711, "name": "Ada", "email": null}));
    let github = Registration::new(Provider::preset("github"))
        .client_id("gh-app")
        .client_secret(SECRET)
        .redirect_uri("https://app.example/cb")
        .scope("read:user")
        .builder()
        .danger_endpoints_at(&server.origin().parse().expect("a URL"))
        .build()
        .expect("right");
    let tokens = log_in(&server, &github).await.expect("iss is GitHub's, and right");
    let profile = github.profile(&tokens).await.expect("a profile");
    assert_eq!((profile.subject(), profile.name(), profile.email()), ("4711", Some("Ada"), None));
}

#[tokio::test]
async fn endpoints_move_to_loopback_origins_only() {
    let server = TestServer::start();
    for origin in [
        "http://10.0.0.1:80",
        "https://example.org",
        "ftp://127.0.0.1",
        "http://localhost.example.org",
    ] {
        let error = builder(&server)
            .danger_endpoints_at(&origin.parse().expect("a URL"))
            .build()
            .expect_err(origin);
        assert_eq!(error.code(), ErrorCode::Argument, "{origin}");
    }
}

#[tokio::test]
async fn the_old_refresh_token_stays_where_none_comes() {
    let server = TestServer::start();
    let manager = manager(&server);
    let tokens = log_in(&server, &manager).await.expect("tokens");
    server.order(Fault::RefreshWithoutRefreshToken);
    let renewed = manager.refresh(&tokens).await.expect("new tokens");
    assert_eq!(renewed.refresh_token(), tokens.refresh_token());
    assert_eq!(renewed.scope(), tokens.scope());
    manager.refresh(&renewed).await.expect("it is still good");
}

#[tokio::test]
async fn a_refresh_says_whether_to_log_in_again_or_try_later() {
    let server = TestServer::start();
    let manager = manager(&server);
    let tokens = log_in(&server, &manager).await.expect("tokens");
    server.order(Fault::TokenStatus500);
    assert!(!manager.refresh(&tokens).await.expect_err("later").needs_login());
    server.order(Fault::TokenConnectionClosed);
    assert!(!manager.refresh(&tokens).await.expect_err("later").needs_login());
    server.order(Fault::RefreshRefusedAsInvalidGrant);
    assert!(manager.refresh(&tokens).await.expect_err("for good").needs_login());
}

#[tokio::test]
async fn a_refresh_token_that_was_used_before_is_refused() {
    let server = TestServer::start();
    let manager = manager(&server);
    let tokens = log_in(&server, &manager).await.expect("tokens");
    manager.refresh(&tokens).await.expect("once");
    let error = manager.refresh(&tokens).await.expect_err("twice");
    assert_eq!(error.code(), ErrorCode::TokenRefused);
    assert!(error.needs_login());
}

#[tokio::test]
async fn tokens_survive_storage() {
    let server = TestServer::start();
    let manager = manager(&server);
    server.order(Fault::UnknownMembers);
    let tokens = log_in(&server, &manager).await.expect("tokens");
    let back = Tokens::from_storage(&tokens.expose_for_storage()).expect("readable");
    assert_eq!(back.access_token(), tokens.access_token());
    assert_eq!(back.scope(), tokens.scope());
    assert_eq!(back.expose_json(), tokens.expose_json());
    manager.refresh(&back).await.expect("they work");
    for broken in ["", "{}", "[]", "planted", r#"{"access_token":1}"#] {
        let error = Tokens::from_storage(broken).expect_err(broken);
        assert_eq!(error.code(), ErrorCode::Store);
        assert!(!error.to_string().contains("planted"), "{error}");
    }
}

#[tokio::test]
async fn what_the_provider_adds_is_there_typed_and_raw() {
    #[derive(serde::Deserialize)]
    struct Wanted {
        expires_in: u64,
    }
    #[derive(Debug, serde::Deserialize)]
    struct Unfit {
        #[expect(dead_code, reason = "only read by serde")]
        token_type: u8,
    }
    let server = TestServer::start();
    let tokens = log_in(&server, &manager(&server)).await.expect("tokens");
    assert!(tokens.extra::<Wanted>().expect("it fits").expires_in > 0);
    let error = tokens.extra::<Unfit>().expect_err("a text is no number");
    assert_eq!(error.code(), ErrorCode::TokenResponse);
    let raw: serde_json::Value = serde_json::from_str(&tokens.expose_json()).expect("JSON");
    assert_eq!(raw["access_token"], tokens.access_token().expose());
    assert!(raw["expires_at"].is_u64());
}

#[tokio::test]
async fn expiry_counts_from_before_the_request() {
    let server = TestServer::configure()
        .access_token_lifetime(Duration::from_secs(100))
        .start()
        .expect("it starts");
    let clock = TestClock::at(SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000));
    let manager = builder(&server).clock(clock.clone()).build().expect("right");
    let tokens = log_in(&server, &manager).await.expect("tokens");
    assert_eq!(tokens.expires_at(), Some(clock.now() + Duration::from_secs(100)));
    assert!(!tokens.expires_within(Duration::from_secs(99), clock.now()));
    assert!(tokens.expires_within(Duration::from_secs(100), clock.now()));
}

#[tokio::test]
async fn without_a_refresh_token_or_an_endpoint_the_error_says_what_is_missing() {
    let server = TestServer::configure().issue_refresh_tokens(false).start().expect("it starts");
    let toml: String = server
        .providers_toml()
        .lines()
        .filter(|line| !line.starts_with("revocation") && !line.starts_with("userinfo"))
        .map(|line| format!("{line}\n"))
        .collect();
    let manager = builder_from(&toml).build().expect("right");
    let tokens = log_in(&server, &manager).await.expect("tokens");
    assert_eq!(manager.refresh(&tokens).await.expect_err("none").code(), ErrorCode::NoRefreshToken);
    let error = manager.revoke(&tokens).await.expect_err("no endpoint");
    assert!(error.to_string().contains("revocation_endpoint"), "{error}");
    let error = manager.userinfo(&tokens).await.expect_err("no endpoint");
    assert!(error.to_string().contains("userinfo_endpoint"), "{error}");
}
