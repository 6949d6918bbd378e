//! `pkce-flow` under another name: there is no `::pkce_flow` here.
#![deny(warnings)]

mod auth {
    pub use pkce_flow::{Error, Manager, ManagerBuilder, PkceProvider, generated, providers};
}

/// A crate that has it under its own path.
macro_rules! declare {
    ($name:ident) => {
        #[derive(auth::PkceProvider)]
        #[pkce(preset = "gitlab", client_id = "a", redirect_uri = "http://127.0.0.1/")]
        #[pkce(crate = $crate::auth)]
        struct $name;
    };
}
declare!(ByPath);

#[derive(auth::PkceProvider)]
#[pkce(crate = "crate::auth", preset = "gitlab", client_id = "a", redirect_uri = "http://127.0.0.1/")]
struct ByText;

#[derive(auth::PkceProvider)]
#[pkce(crate = "auth", client_id = "a", redirect_uri = "http://127.0.0.1/")]
enum Both {
    #[pkce(preset = "gitlab")]
    GitLab,
}

auth::providers!(pub(crate) enum Login, "providers.toml", crate = crate::auth);

fn main() {
    use auth::PkceProvider as _;
    assert_eq!((ByPath::name(), ByText::name()), ("gitlab", "gitlab"));
    assert_eq!(Both::GitLab.name(), "gitlab");
    assert_eq!(Login::Corp.name(), Corp::name());
}
