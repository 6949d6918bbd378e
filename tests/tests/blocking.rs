//! The blocking face is the same flow: outside of any runtime, inside of one, and by many threads.

use pkce_flow::blocking::{Manager, Providers};
use pkce_flow::{Callback, ErrorCode, User};
use pkce_flow_testing::{Fault, TestServer};

fn manager(server: &TestServer) -> Manager {
    let providers = Providers::from_toml_str(&server.providers_toml_with_issuer());
    providers.and_then(|providers| providers.manager("test")).expect("right")
}

fn log_in(server: &TestServer, manager: &Manager, user: &User) -> Result<(), pkce_flow::Error> {
    let login = manager.begin(user)?;
    let url = server.approve_blocking(login.authorization_url()).expect("a redirect");
    let tokens = manager.finish(user, Callback::from_url(&url)?)?;
    let renewed = manager.refresh(&tokens)?;
    assert_eq!(manager.profile(&renewed)?.subject(), "test-user");
    manager.revoke(&renewed)
}

#[test]
fn a_whole_login_needs_no_runtime() {
    let server = TestServer::start();
    log_in(&server, &manager(&server), &User::new("session")).expect("a login");
}

#[tokio::test]
async fn inside_of_a_runtime_it_blocks_and_does_not_panic() {
    let server = TestServer::start();
    log_in(&server, &manager(&server), &User::new("session")).expect("a login");
}

#[test]
fn many_threads_share_one_manager_and_one_discovery() {
    let server = TestServer::start();
    let manager = manager(&server);
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (server, manager) = (&server, &manager);
            scope.spawn(move || {
                log_in(server, manager, &User::new(format!("{n}"))).expect("a login")
            });
        }
    });
    let asked = server.requests_to("/.well-known/openid-configuration");
    assert_eq!(asked.len(), 1, "metadata was asked for once");
}

#[test]
fn faults_are_the_same_errors_as_in_async() {
    for (fault, code) in [
        (Fault::TokenErrorInvalidGrant, ErrorCode::TokenRefused),
        (Fault::TokenStatus500, ErrorCode::Status),
        (Fault::TokenRedirectToAnotherHost, ErrorCode::Redirect),
        (Fault::TenMegabyteTokenResponse, ErrorCode::TooLarge),
        (Fault::TokenConnectionClosed, ErrorCode::Connection),
        (Fault::SlowTokenResponse, ErrorCode::Timeout),
        (Fault::SilentTokenEndpoint, ErrorCode::Timeout),
        (Fault::EmptyTokenResponse, ErrorCode::TokenResponse),
    ] {
        let server = TestServer::start();
        let mut limits = pkce_flow::transport::Limits::default();
        limits.timeout = std::time::Duration::from_secs(2);
        let manager = Providers::from_toml_str(&server.providers_toml())
            .and_then(|providers| providers.builder("test"))
            .and_then(|builder| builder.with(|builder| builder.limits(limits)).build())
            .expect("right");
        server.order_always(fault);
        let error = log_in(&server, &manager, &User::new("session")).expect_err(fault.name());
        assert_eq!(error.code(), code, "{fault}: {error}");
    }
}

#[test]
fn a_token_endpoint_that_is_down_is_a_failed_connection() {
    let server = TestServer::start();
    let manager = manager(&server);
    let user = User::new("session");
    let login = manager.begin(&user).expect("begun");
    let url = server.approve_blocking(login.authorization_url()).expect("a redirect");
    drop(server);
    let error = manager.finish(&user, Callback::from_url(&url).expect("right")).expect_err("down");
    assert_eq!(error.code(), ErrorCode::Connect, "{error}");
}
