//! The same flow without async: small traits of its own over the same code.
//!
//! ```no_run
//! use pkce_flow::blocking::Providers;
//! use pkce_flow::User;
//!
//! # fn main() -> Result<(), pkce_flow::Error> {
//! let gitlab = Providers::from_toml_file("providers.toml")?.manager("gitlab")?;
//! let user = User::new("the session's id");
//! let login = gitlab.begin(&user)?;
//! // … send the browser to login.authorization_url(), and when it is back:
//! let tokens = gitlab.finish(&user, "code=…&state=…")?;
//! # Ok(()) }
//! ```
//!
//! It needs no async runtime and may be called inside of one, where it blocks the thread.

mod adapter;
mod manager;
mod ureq_client;

pub use adapter::{HttpClient, PendingStore};
pub use manager::{Manager, ManagerBuilder, Providers};
pub use ureq_client::UreqClient;
