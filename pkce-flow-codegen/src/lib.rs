//! Declarations of OAuth 2.0 providers as Rust source.
//!
//! The macros of pkce-flow, build scripts and `pkce-flow generate` all end here, so they accept
//! and write the same. What is written uses only `pkce_flow::PkceProvider`, the types in its
//! signatures, and the names in `pkce_flow::generated`, which are public and under semver.
//!
//! - [`derive_pkce_provider`] and [`providers_macro`] are the macros, as functions that tests can
//!   call; `pkce-flow-derive` only wraps them.
//! - `file` (feature `format`) writes a whole formatted file, `is_current` tells whether one is
//!   stale, and `build` writes one from a build script.

#[cfg(feature = "format")]
mod build;
mod checked;
mod derive;
#[cfg(feature = "format")]
mod file;
mod providers_macro;
mod write;

#[cfg(feature = "format")]
pub use build::{BuildError, build};
pub use derive::derive_pkce_provider;
#[cfg(feature = "format")]
pub use file::{file, is_current};
pub use providers_macro::providers_macro;
pub use write::Lex;
