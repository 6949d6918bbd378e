//! What an enum says, and what its variants say instead.
#![deny(warnings)]

use pkce_flow::{Declaration, PkceProvider};

/// Every login of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PkceProvider)]
#[pkce(
    preset = "gitlab",
    client_id = env("CLIENT_ID"),
    redirect_uri = "http://127.0.0.1/callback",
    scope = ["read_api"],
    extra_authorization_params(prompt = "consent", hd = "example"),
)]
enum Login {
    /// Takes everything.
    #[pkce()]
    Cloud,
    /// Its own instance: the preset's variable is its own.
    #[pkce(variables(domain = "gitlab.corp.example"), scope = "read_user openid")]
    Corp,
    /// Another provider; one parameter is its own.
    #[pkce(preset = "google", client_id = "google", extra_authorization_params(prompt = "none"))]
    Google,
    #[cfg(any())]
    #[pkce(preset = "there is none")]
    Never,
    #[cfg(all())]
    #[pkce(preset = "gitlab", name = "last-1")]
    Last,
}

fn declaration(login: Login) -> Declaration {
    let builder = login.manager_builder().environment(|name| Some(format!("value of {name}")));
    builder.build().expect("it is right").declaration().clone()
}

fn main() {
    let cloud = declaration(Login::Cloud);
    assert_eq!(cloud.client_id(), "value of CLIENT_ID");
    assert_eq!(cloud.scope(), ["read_api"]);
    assert_eq!(cloud.endpoints().token.as_deref(), Some("https://gitlab.com/oauth/token"));

    let corp = declaration(Login::Corp);
    let token = corp.endpoints().token.as_deref();
    assert_eq!(token, Some("https://gitlab.corp.example/oauth/token"));
    assert_eq!(corp.scope(), ["read_user", "openid"]);

    let google = declaration(Login::Google);
    assert_eq!(google.client_id(), "google");
    assert_eq!(google.issuer(), Some("https://accounts.google.com"));
    let of = |key: &str| {
        let mut params = google.extra_authorization_params().iter();
        params.find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    };
    assert_eq!((of("prompt"), of("hd")), (Some("none"), Some("example")));

    let names: Vec<_> = Login::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["cloud", "corp", "google", "last-1"]);
    assert_eq!("corp".parse::<Login>().expect("it is declared"), Login::Corp);
    let error = "never".parse::<Login>().expect_err("it is cut out");
    assert!(error.to_string().contains("`cloud`, `corp`, `google`, `last-1`"), "{error}");
}
