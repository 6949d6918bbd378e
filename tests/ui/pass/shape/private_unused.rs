//! A private type, of which little is used, in a crate that denies everything.
#![deny(warnings, missing_docs, unused, unreachable_pub, clippy::all, clippy::pedantic)]
#![deny(missing_debug_implementations, unnameable_types, unused_qualifications, future_incompatible)]

use pkce_flow::PkceProvider;

/// Ours.
#[derive(Debug, PkceProvider)]
#[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/callback")]
struct GitLab;

/// Both.
#[derive(Debug, Clone, Copy, PkceProvider)]
#[pkce(client_id = "app", redirect_uri = "http://127.0.0.1/callback")]
enum Login {
    /// One.
    #[pkce(preset = "gitlab")]
    GitLab,
    /// Two.
    #[pkce(preset = "google")]
    Google,
}

mod inside {
    /// Seen in the crate.
    #[derive(Debug, super::PkceProvider)]
    #[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/callback")]
    pub(crate) struct GitLab;

    /// Seen outside.
    #[derive(Debug, super::PkceProvider)]
    #[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/callback")]
    pub(super) struct Above;
}

fn main() {
    assert_eq!(GitLab::name(), "gitlab");
    assert_eq!(inside::GitLab::name(), "gitlab");
    assert_eq!(inside::Above::READ_API, "read_api");
    let _ = [Login::GitLab, Login::Google];
}
