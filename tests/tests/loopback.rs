//! `pkce_flow::loopback`: a login of a desktop program in code.

use std::{sync::mpsc, time::Duration};

use pkce_flow::{ErrorCode, Kind, LoginOptions, Manager, Providers, loopback::LoopbackLogin};
use pkce_flow_testing::{Endpoint, TestServer, UserAgent};

fn manager(providers: &str) -> Manager {
    let providers = Providers::from_toml_str(providers).expect("a good file");
    providers.manager("test").expect("a manager")
}

#[tokio::test]
async fn a_login_opens_waits_exchanges_and_tells_the_person() {
    let server = TestServer::start();
    let manager = manager(&server.providers_toml());
    let (show, shown) = mpsc::channel();
    let tokens = LoopbackLogin::new(&manager)
        .open_browser(false)
        .options(LoginOptions::new().scope("openid").login_hint("ada"))
        .on_authorization_url(|url| {
            let url = url.to_owned();
            let visit = tokio::spawn(async move { UserAgent::allowing().visit(&url).await });
            show.send(visit).expect("the test waits");
        })
        .run()
        .await
        .expect("the login succeeds");
    assert_eq!(tokens.scope(), ["openid"]);
    let visit = shown.recv().expect("the address was shown");
    let page = visit.await.expect("no panic").expect("the way leads to a page");
    assert!(page.body().contains("You are signed in"), "{}", page.body());
    let asked = &server.requests_of(Endpoint::Authorization)[0];
    assert_eq!(asked.query_param("login_hint").as_deref(), Some("ada"));
}

#[tokio::test]
async fn a_denial_is_an_error_and_is_told_on_the_page() {
    let server = TestServer::start();
    let manager = manager(&server.providers_toml());
    let (show, shown) = mpsc::channel();
    let error = LoopbackLogin::new(&manager)
        .open_browser(false)
        .on_authorization_url(|url| {
            let url = url.to_owned();
            let visit = tokio::spawn(async move { UserAgent::denying().visit(&url).await });
            show.send(visit).expect("the test waits");
        })
        .run()
        .await
        .expect_err("the person denies");
    assert_eq!(error.kind(), Kind::Refused);
    let visit = shown.recv().expect("the address was shown");
    let page = visit.await.expect("no panic").expect("the way leads to a page");
    assert!(page.body().contains("Access was denied"), "{}", page.body());
}

#[tokio::test]
async fn nobody_in_time_is_an_error_of_its_own() {
    let server = TestServer::start();
    let manager = manager(&server.providers_toml());
    let login = LoopbackLogin::new(&manager).open_browser(false);
    let error = login.timeout(Duration::from_millis(10)).run().await.expect_err("nobody comes");
    assert_eq!(error.code(), ErrorCode::LoginExpired);
}

#[tokio::test]
async fn a_redirect_uri_elsewhere_is_refused_before_anything_is_sent() {
    let server = TestServer::start();
    let elsewhere = server
        .providers_toml()
        .replace("http://127.0.0.1/callback", "https://app.example/callback");
    let error = LoopbackLogin::new(&manager(&elsewhere)).run().await.expect_err("not loopback");
    assert_eq!(error.code(), ErrorCode::Argument);
    assert!(server.requests().is_empty());
}
