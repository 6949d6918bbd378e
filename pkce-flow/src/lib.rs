//! OAuth 2.0 authorization code flow with PKCE (RFC 7636, RFC 9700): declare a provider once, and
//! get a login that is correct by construction.
//!
//! A declaration stands on a type, in a [providers TOML](Providers), or in [code](Registration). It
//! is checked whole: on a type, when the program is compiled. It becomes a [`Manager`], which
//! begins logins, finishes them, refreshes and revokes tokens:
//!
//! ```no_run
//! use pkce_flow::{PkceProvider, User};
//!
//! #[derive(PkceProvider)]
//! #[pkce(
//!     preset = "gitlab",
//!     client_id = "our application id",
//!     client_secret = env("GITLAB_CLIENT_SECRET"),
//!     redirect_uri = "http://127.0.0.1:8000/oauth/gitlab/callback/",
//!     scope = "read_api",
//! )]
//! struct GitLab;
//!
//! # async fn login(session_id: &str, callback_query: &str) -> Result<(), pkce_flow::Error> {
//! let gitlab = GitLab::manager()?; // reads the environment, once
//!
//! let user = User::new(session_id); // whose browser this is
//! let login = gitlab.begin(&user).await?;
//! // send the browser to login.authorization_url(), and when it comes back:
//! let tokens = gitlab.finish(&user, callback_query).await?;
//! let header = format!("Bearer {}", tokens.access_token().expose());
//! # Ok(()) }
//! ```
//!
//! On an enum each variant is a provider, so that `/login/{provider}` is one route; what the enum
//! says holds for all:
//!
//! ```
//! use pkce_flow::PkceProvider;
//!
//! #[derive(PkceProvider)]
//! #[pkce(client_id = env("CLIENT_ID"))]
//! enum Login {
//!     #[pkce(preset = "gitlab", redirect_uri = "https://app.example/login/gitlab/callback")]
//!     GitLab,
//!     #[pkce(preset = "google", redirect_uri = "https://app.example/login/google/callback")]
//!     Google,
//! }
//!
//! # fn main() -> Result<(), pkce_flow::Error> {
//! let login: Login = "gitlab".parse()?; // an error names those that there are
//! assert_eq!(login.to_string(), "gitlab");
//! assert_eq!(Login::ALL.len(), 2);
//! let manager = login.manager_builder().environment(|_| Some("from a test".to_owned())).build()?;
//! # Ok(()) }
//! ```
//!
//! The same as a table, which [`Providers`] reads at run time and `providers!` compiles in:
//!
//! ```
//! # fn main() -> Result<(), pkce_flow::Error> {
//! let providers = pkce_flow::Providers::from_toml_str(r#"
//!     [providers.gitlab]
//!     preset = "gitlab"
//!     client_id = { env = "GITLAB_CLIENT_ID" }
//!     client_secret = { env = "GITLAB_CLIENT_SECRET" }
//!     redirect_uri = "http://127.0.0.1:8000/oauth/gitlab/callback/"
//!     scope = ["read_api"]
//! "#)?;
//! # assert_eq!(providers.names().collect::<Vec<_>>(), ["gitlab"]);
//! # Ok(()) }
//! ```
//!
//! # What every login does
//!
//! - S256, and nothing but S256; fresh `state`, `code_verifier` and, with `openid`, `nonce`, from
//!   the operating system's generator.
//! - The pending login is bound to the user and the provider, lives ten minutes, and is used once:
//!   a forged, replayed, late or misdirected callback is an error of its own, and no request leaves.
//! - `iss` in the callback is compared with the declared issuer (RFC 9207).
//! - Requests follow no redirect, end within ten seconds, and read at most 1 MiB.
//! - Tokens and secrets do not print, and errors hold none.
//!
//! # Features
//!
//! | feature | default | what it brings |
//! | --- | --- | --- |
//! | `derive` | yes | `#[derive(PkceProvider)]` and `providers!` |
//! | `reqwest` | yes | the HTTP client, on tokio |
//! | `aws-lc-rs` | yes | TLS by aws-lc-rs |
//! | `ring` | | TLS by ring, with default features off |
//! | `loopback` | | `loopback`: logins of desktop programs |
//! | `blocking` | | `blocking`: the same without async |

#[cfg(any(feature = "blocking", test))]
mod block_on;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod clock;
mod discovery;
mod error;
mod flow;
pub mod generated;
mod login;
#[cfg(feature = "loopback")]
pub mod loopback;
mod manager;
mod pkce;
mod profile;
mod provider;
mod random;
mod registration;
mod registry;
mod secret;
mod session;
pub mod store;
mod token;
pub mod transport;
mod user;

pub use builder::ManagerBuilder;
pub use clock::{Clock, SystemClock};
pub use discovery::discover;
pub use error::{Error, ErrorCode, Kind, ProviderError};
pub use flow::callback::Callback;
pub use flow::options::LoginOptions;
pub use flow::secrets::UserSecrets;
pub use login::Login;
pub use manager::Manager;
pub use pkce::CodeVerifier;
#[cfg(feature = "derive")]
pub use pkce_flow_derive::{PkceProvider, providers};
pub use pkce_flow_providers::{Declaration, Draft, Metadata, Problem, Problems};
pub use profile::{Profile, UserInfo};
pub use provider::PkceProvider;
pub use registration::{Provider, Registration};
pub use registry::Providers;
pub use secret::Secret;
pub use store::MemoryStore;
pub use token::Tokens;
pub use user::User;
