//! Declarations that a macro makes, of pieces of every kind.
#![deny(warnings)]

use pkce_flow::PkceProvider;

macro_rules! declare {
    (
        $(#[$meta:meta])* $vis:vis $name:ident, $id:literal, $uri:expr, $secret:tt, [$($scope:literal),*]
    ) => {
        $(#[$meta])*
        #[derive(PkceProvider)]
        #[pkce(preset = "gitlab", client_id = $id, redirect_uri = $uri, client_secret = env($secret))]
        #[pkce(scope = [$($scope),*])]
        $vis struct $name;
    };
}

declare!(
    /// With documentation.
    pub(crate) Work, "work", "http://127.0.0.1/work", "WORK_SECRET", ["read_api", "read_user"]
);

macro_rules! keys {
    ($name:ident, $($key:ident = $value:literal),* ; $crate_path:path) => {
        #[derive($crate_path)]
        #[pkce($($key = $value),*)]
        struct $name;
    };
}

keys!(
    Home, preset = "google", client_id = "home", redirect_uri = "http://127.0.0.1/home",
    token_endpoint_auth_method = "none", name = "home"; pkce_flow::PkceProvider
);

fn main() {
    let work = Work::manager_builder().environment(|_| Some("s".into())).build();
    let work = work.expect("it is right");
    assert_eq!(work.declaration().client_id(), "work");
    assert_eq!(work.declaration().redirect_uri(), "http://127.0.0.1/work");
    assert_eq!(work.declaration().scope(), ["read_api", "read_user"]);
    assert_eq!(Home::name(), "home");
}
