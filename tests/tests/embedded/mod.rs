//! Logins at the embedded server, shared by the tests of the flow.
#![allow(dead_code, reason = "each test target uses its own part")]

use std::time::Duration;

use pkce_flow::transport::Limits;
use pkce_flow::{Callback, Error, Manager, ManagerBuilder, Providers, Tokens, User};
use pkce_flow_testing::{SECRET_VARIABLE, TestServer};

/// The secret of confidential clients: with everything that encodings stumble over.
pub(crate) const SECRET: &str = "planted s:e+c%r/e&t=ü";

/// A builder for the server's first client, with explicit endpoints.
pub(crate) fn builder(server: &TestServer) -> ManagerBuilder {
    builder_from(&server.providers_toml())
}

/// A builder for the server's first client that knows its issuer alone.
pub(crate) fn discovering_builder(server: &TestServer) -> ManagerBuilder {
    builder_from(&server.providers_toml_with_issuer())
}

/// A builder for the table `test` of this text.
pub(crate) fn builder_from(toml: &str) -> ManagerBuilder {
    Providers::from_toml_str(toml)
        .and_then(|providers| providers.builder("test"))
        .expect("the server's TOML is right")
        .environment(|name| (name == SECRET_VARIABLE).then(|| SECRET.to_owned()))
        .limits(short_limits())
}

/// Limits that end tests of servers that never answer.
pub(crate) fn short_limits() -> Limits {
    let mut limits = Limits::default();
    limits.timeout = Duration::from_secs(2);
    limits
}

/// A manager for the server's first client.
pub(crate) fn manager(server: &TestServer) -> Manager {
    builder(server).build().expect("the server's TOML is right")
}

/// The user of most tests.
pub(crate) fn user() -> User {
    User::new("session-1")
}

/// Begins a login and lets the scripted browser allow it.
pub(crate) async fn callback(
    server: &TestServer,
    manager: &Manager,
    user: &User,
) -> Result<Callback, Error> {
    let login = manager.begin(user).await?;
    let url = server.approve(login.authorization_url()).await.expect("the server redirects");
    Callback::from_url(&url)
}

/// A whole login.
pub(crate) async fn log_in(server: &TestServer, manager: &Manager) -> Result<Tokens, Error> {
    let callback = callback(server, manager, &user()).await?;
    manager.finish(&user(), callback).await
}
