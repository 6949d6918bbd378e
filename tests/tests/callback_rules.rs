//! A callback that does not belong to the login it claims: each case is an error of its own, and
//! the token endpoint never hears of it.

mod embedded;

use std::time::Duration;

use pkce_flow::{Callback, ErrorCode, Kind, MemoryStore, User};
use pkce_flow_testing::{Endpoint, TestClock, TestServer};

use embedded::{builder, builder_from, callback, manager, user};

fn no_token_request(server: &TestServer) {
    assert!(server.requests_of(Endpoint::Token).is_empty(), "a code was sent");
}

#[tokio::test]
async fn a_callback_in_another_users_browser_is_refused() {
    let server = TestServer::start();
    let manager = manager(&server);
    let callback = callback(&server, &manager, &user()).await.expect("a callback");
    let other = manager.begin(&user()).await.expect("another tab");
    let blank = server.approve(other.authorization_url()).await.expect("a redirect");
    let error = manager.finish(&User::new(""), blank).await.expect_err("no session");
    assert_eq!(error.code(), ErrorCode::LoginOfOtherUser);
    let error = manager.finish(&User::new("session-2"), &callback).await.expect_err("not his");
    assert_eq!(error.code(), ErrorCode::LoginOfOtherUser);
    assert_eq!(error.kind(), Kind::Security);
    // It is spent all the same: an attacker gets one guess.
    let error = manager.finish(&user(), &callback).await.expect_err("spent");
    assert_eq!(error.code(), ErrorCode::LoginAlreadyUsed);
    no_token_request(&server);
}

#[tokio::test]
async fn a_callback_at_another_provider_is_refused() {
    let server = TestServer::start();
    let store = MemoryStore::new();
    let toml = server.providers_toml();
    let begun = builder_from(&toml).pending_store(store.clone()).build().expect("right");
    let other =
        pkce_flow::Providers::from_toml_str(&toml.replace("providers.test", "providers.other"))
            .and_then(|providers| providers.builder("other"))
            .and_then(|builder| builder.pending_store(store).build())
            .expect("right");
    let callback = callback(&server, &begun, &user()).await.expect("a callback");
    let error = other.finish(&user(), &callback).await.expect_err("begun elsewhere");
    assert_eq!(error.code(), ErrorCode::LoginOfOtherProvider);
    no_token_request(&server);
}

#[tokio::test]
async fn managers_of_one_registry_tell_a_misdirected_callback_from_a_forged_one() {
    let server = TestServer::start();
    let toml = server.providers_toml();
    let both = format!("{toml}\n{}", toml.replace("providers.test", "providers.other"));
    let both = both.replacen("127.0.0.1/callback", "127.0.0.1/callback/one", 1);
    let providers = pkce_flow::Providers::from_toml_str(&both).expect("right");
    let (one, other) =
        (providers.manager("test").expect("one"), providers.manager("other").expect("two"));
    let login = other.begin(&user()).await.expect("begun");
    let state = url::Url::parse(login.authorization_url()).expect("a URL");
    let state =
        state.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned();
    let error = one.finish(&user(), Callback::new(state, "code")).await.expect_err("misdirected");
    assert_eq!(error.code(), ErrorCode::LoginOfOtherProvider);
    let error = one.finish(&user(), Callback::new("forged", "code")).await.expect_err("forged");
    assert_eq!(error.code(), ErrorCode::LoginNotFound);
    no_token_request(&server);
}

#[tokio::test]
async fn a_callback_that_comes_too_late_is_refused_as_expired() {
    let server = TestServer::start();
    let clock = TestClock::new();
    let manager = builder(&server).clock(clock.clone()).build().expect("right");
    let callback = callback(&server, &manager, &user()).await.expect("a callback");
    clock.advance(Duration::from_secs(10 * 60));
    let error = manager.finish(&user(), &callback).await.expect_err("too late");
    assert_eq!((error.code(), error.kind()), (ErrorCode::LoginExpired, Kind::Expired));
    no_token_request(&server);
}

#[tokio::test]
async fn a_callback_just_in_time_is_accepted() {
    let server = TestServer::start();
    let clock = TestClock::new();
    let manager = builder(&server).clock(clock.clone()).build().expect("right");
    let callback = callback(&server, &manager, &user()).await.expect("a callback");
    clock.advance(Duration::from_secs(10 * 60 - 5));
    manager.finish(&user(), &callback).await.expect("in time");
}

#[tokio::test]
async fn a_replayed_callback_is_refused_as_used() {
    let server = TestServer::start();
    let manager = manager(&server);
    let callback = callback(&server, &manager, &user()).await.expect("a callback");
    manager.finish(&user(), &callback).await.expect("the first time");
    let error = manager.finish(&user(), &callback).await.expect_err("the second time");
    assert_eq!((error.code(), error.kind()), (ErrorCode::LoginAlreadyUsed, Kind::Expired));
    assert_eq!(server.requests_of(Endpoint::Token).len(), 1);
}

#[tokio::test]
async fn an_unknown_state_in_memory_names_the_other_process() {
    let server = TestServer::start();
    let manager = manager(&server);
    let error = manager.finish(&user(), "state=forged&code=c").await.expect_err("forged");
    assert_eq!((error.code(), error.kind()), (ErrorCode::LoginNotFound, Kind::Security));
    let text = error.to_string();
    assert!(text.contains("another process") && text.contains("PendingStore"), "{text}");
    no_token_request(&server);
}

#[tokio::test]
async fn the_issuer_is_compared_byte_by_byte() {
    let server = TestServer::start();
    let manager = manager(&server);
    let issuer = server.issuer().to_owned();
    for wrong in [
        format!("{issuer}/"),
        issuer.replace("http", "HTTP"),
        issuer.replace("127.0.0.1", "localhost"),
        String::new(),
    ] {
        let callback =
            callback(&server, &manager, &user()).await.expect("a callback").with_iss(&wrong);
        let error = manager.finish(&user(), callback).await.expect_err(&wrong);
        assert_eq!(error.code(), ErrorCode::IssuerMismatch, "{wrong}");
    }
    no_token_request(&server);
}

#[tokio::test]
async fn an_issuer_that_was_not_announced_is_compared_all_the_same() {
    let server = TestServer::configure().announce_iss(false).start().expect("it starts");
    let manager = manager(&server);
    let right = callback(&server, &manager, &user()).await.expect("a callback");
    manager.finish(&user(), right).await.expect("equal");
    let wrong =
        callback(&server, &manager, &user()).await.expect("a callback").with_iss("https://evil");
    let error = manager.finish(&user(), wrong).await.expect_err("not equal");
    assert_eq!(error.code(), ErrorCode::IssuerMismatch);
}

#[tokio::test]
async fn without_a_declared_issuer_one_in_the_callback_is_passed_over() {
    let server = TestServer::start();
    let toml: String = server
        .providers_toml()
        .lines()
        .filter(|line| !line.starts_with("issuer"))
        .map(|line| format!("{line}\n"))
        .collect();
    let manager = builder_from(&toml).build().expect("right without an issuer");
    let callback =
        callback(&server, &manager, &user()).await.expect("a callback").with_iss("https://a");
    let error = manager.finish(&user(), callback).await.err();
    // Announced in the declaration, so it is there; with nothing to compare it proves nothing.
    assert!(error.is_none(), "{error:?}");
}

#[tokio::test]
async fn a_denied_consent_is_reported_with_what_the_provider_said() {
    let server = TestServer::start();
    let manager = manager(&server);
    let login = manager.begin(&user()).await.expect("begun");
    let url = server.deny(login.authorization_url()).await.expect("a redirect");
    let callback = Callback::from_url(&url).expect("a callback");
    let error = manager.finish(&user(), callback).await.expect_err("denied");
    assert_eq!((error.code(), error.kind()), (ErrorCode::AccessDenied, Kind::Refused));
    assert_eq!(error.provider_error().and_then(|said| said.error()), Some("access_denied"));
    no_token_request(&server);
}

#[tokio::test]
async fn several_tabs_finish_in_any_order() {
    let server = TestServer::start();
    let manager = manager(&server);
    let mut callbacks = Vec::new();
    for _ in 0..3 {
        callbacks.push(callback(&server, &manager, &user()).await.expect("a callback"));
    }
    for callback in callbacks.iter().rev() {
        manager.finish(&user(), callback).await.expect("each tab finishes");
    }
}

#[tokio::test]
async fn a_blank_user_begins_nothing() {
    let server = TestServer::start();
    let manager = manager(&server);
    for blank in ["", "  ", "\t"] {
        let error = manager.begin(&User::new(blank)).await.expect_err("blank");
        assert_eq!(error.code(), ErrorCode::Argument);
    }
}

#[test]
fn a_second_manager_that_mix_up_could_strike_is_not_made() {
    let toml = r#"
        [providers.one]
        root_url = "https://one.example/"
        client_id = "a"
        redirect_uri = { env = "REDIRECT_URI" }
        [providers.two]
        root_url = "https://two.example/"
        client_id = "b"
        redirect_uri = { env = "REDIRECT_URI" }
    "#;
    let with = |redirect_uri: &'static str| {
        pkce_flow::Providers::from_toml_str(toml)
            .expect("nothing is known of the environment yet")
            .configure(move |builder| builder.environment(move |_| Some(redirect_uri.to_owned())))
    };
    let providers = with("https://app.example/callback");
    providers.manager("one").expect("alone it is right");
    let error = providers.manager("two").expect_err("which of them answers, nobody knows");
    assert_eq!(error.code(), ErrorCode::Declaration);
    assert!(error.to_string().contains("mix-up"), "{error}");
    // On loopback each listener serves one login.
    let providers = with("http://127.0.0.1/callback");
    providers.manager("one").expect("right");
    providers.manager("two").expect("right too");
}

#[tokio::test]
async fn providers_that_share_a_redirect_uri_must_send_iss_whatever_their_metadata_promises() {
    let make = || {
        TestServer::configure()
            .announce_iss(false)
            .client(
                pkce_flow_testing::Client::public("app")
                    .redirect_uri("https://app.example/callback"),
            )
            .start()
            .expect("it starts")
    };
    let (one, two) = (make(), make());
    let toml = format!(
        "{}\n{}",
        one.providers_toml_with_issuer(),
        two.providers_toml_with_issuer().replace("providers.test", "providers.two")
    );
    let providers = pkce_flow::Providers::from_toml_str(&toml).expect("metadata may promise iss");
    let manager = providers.manager("test").expect("right");
    one.order_always(pkce_flow_testing::Fault::CallbackWithoutIss);
    callback_is_accepted(&one, &manager, true).await;
    providers.manager("two").expect("right so far");
    callback_is_accepted(&one, &manager, false).await;
}

async fn callback_is_accepted(server: &TestServer, manager: &pkce_flow::Manager, accepted: bool) {
    let callback = callback(server, manager, &user()).await.expect("a callback");
    let error = manager.finish(&user(), callback).await.err();
    let expected = (!accepted).then_some(ErrorCode::IssuerMissing);
    assert_eq!(error.map(|error| error.code()), expected);
}
