//! An OAuth 2.0 authorization server for tests, in process and over real sockets, that can be told
//! to misbehave.
//!
//! A whole login, in a test of yours (`pkce-flow` with its default HTTP client):
//!
//! ```
//! use pkce_flow::{Callback, User};
//! use pkce_flow_testing::TestServer;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let server = TestServer::start();
//! let manager = server.manager_builder()?.build()?;
//!
//! let user = User::new("the id of a session");
//! let login = manager.begin(&user).await?;
//! // A scripted browser clicks Allow on the consent page.
//! let callback = server.approve(login.authorization_url()).await?;
//! let tokens = manager.finish(&user, Callback::from_url(&callback)?).await?;
//! assert_eq!(tokens.scope(), ["openid", "profile", "email"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! And one that goes wrong:
//!
//! ```
//! # use pkce_flow::{Callback, Kind, User};
//! # use pkce_flow_testing::TestServer;
//! use pkce_flow_testing::Fault;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! # let server = TestServer::start();
//! # let manager = server.manager_builder()?.build()?;
//! # let user = User::new("the id of a session");
//! # let login = manager.begin(&user).await?;
//! # let url = server.approve(login.authorization_url()).await?;
//! # let callback = Callback::from_url(&url)?;
//! server.order(Fault::TokenStatus500);
//! let error = manager.finish(&user, callback).await.expect_err("the server fails");
//! assert_eq!(error.kind(), Kind::Provider);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - [`TestServer`] is the server. It checks everything by code of its own: `S256` (RFC 7636),
//!   redirect URIs, client authentication, the single use of codes and refresh tokens. It revokes
//!   (RFC 7009), serves userinfo and metadata (RFC 8414), and sends `iss` (RFC 9207).
//! - [`Fault`] lists what can be ordered to go wrong, by name.
//! - [`RecordedRequest`] is what came in.
//! - [`UserAgent`] is a scripted browser.
//! - [`TestClock`] makes codes and tokens expire without waiting.
//! - [`contract`] has suites that a store or an HTTP client of your own runs on itself.
//!
//! ID tokens are signed with the client's secret (`HS256`), so a client without a secret gets
//! none. Nothing here is safe for real accounts: it is a server for tests.

mod agent;
mod authorize;
mod body;
mod bounded;
mod builder;
mod callback;
mod client;
mod client_auth;
mod clock;
pub mod contract;
mod endpoint;
mod faults;
mod grants;
mod id_token;
mod incoming;
mod listener;
mod manager;
mod metadata;
mod page;
mod params;
mod person;
mod pkce;
mod providers_toml;
mod random;
mod recorder;
mod respond;
mod revoke;
mod route;
mod scope;
mod server;
mod settings;
mod state;
mod token;
mod userinfo;

pub use self::{
    agent::{AgentError, Page, UserAgent},
    builder::TestServerBuilder,
    client::{Client, ClientAuth},
    clock::TestClock,
    endpoint::Endpoint,
    faults::{Fault, UnknownFault},
    person::Person,
    providers_toml::SECRET_VARIABLE,
    recorder::RecordedRequest,
    server::TestServer,
    settings::Consent,
};
