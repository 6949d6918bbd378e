//! What the end-to-end tests share: servers that this project did not write, a scripted user
//! agent, the command line as a child process, and a real browser.
//!
//! Whoever waits here, waits for something that happens, and gives up after [`DEADLINE`] with
//! what was seen until then.

use std::time::Duration;

mod authority;
mod chromium;
mod cli;
mod form;
mod node;
mod oidc;
mod output;
mod user_agent;

pub use authority::TestAuthority;
pub use chromium::Chromium;
pub use cli::{Cli, Finished, Running};
pub use node::NodeServer;
pub use oidc::{Client, OidcProvider, SECRET, SECRET_VARIABLE, parameter, with_parameter};
pub use user_agent::{Arrival, Page, UserAgent};

/// The README's Rust compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// When to give up waiting: long enough for a browser's start on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(120);
