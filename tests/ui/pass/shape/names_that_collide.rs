//! Types called as what the expansion uses, where nothing is in scope.
#![no_implicit_prelude]
#![allow(non_camel_case_types, reason = "names that collide are what this is about")]

macro_rules! declare {
    ($($name:ident)*) => {$(
        #[derive(::pkce_flow::PkceProvider)]
        #[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/callback")]
        pub struct $name;
    )*};
}

mod structs {
    declare!(Manager ManagerBuilder Error PkceProvider Declared Result Option String Vec str Ok);
    declare!(text table list flag template find core std fmt DECLARED r#match);
}

#[derive(::pkce_flow::PkceProvider)]
#[pkce(client_id = "app", redirect_uri = "http://127.0.0.1/callback")]
enum Result {
    #[pkce(preset = "gitlab")]
    Ok,
    #[pkce(preset = "github", client_secret = env("SECRET"))]
    Err,
    #[pkce(preset = "google")]
    None,
    #[pkce(preset = "auth0", variables(domain = "tenant.auth0.com"))]
    Self_,
}

fn main() {
    ::std::assert_eq!(<structs::Manager as ::pkce_flow::PkceProvider>::name(), "gitlab");
    ::std::assert_eq!(<structs::r#match as ::pkce_flow::PkceProvider>::name(), "gitlab");
    ::std::assert_eq!(structs::str::READ_API, "read_api");
    ::std::assert_eq!(Result::Ok.name(), "gitlab");
    ::std::assert_eq!(Result::ALL.len(), 4);
}
