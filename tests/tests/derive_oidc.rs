//! Logins of declared types against the npm package oidc-provider.

use pkce_flow::{Callback, ManagerBuilder, PkceProvider, User};
use tests::{OidcProvider, SECRET, SECRET_VARIABLE, UserAgent};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Where the declarations read the issuer, which has a port of its own in each run.
const ISSUER_VARIABLE: &str = "OIDC_PROVIDER_ISSUER";

#[derive(PkceProvider)]
#[pkce(
    issuer = env("OIDC_PROVIDER_ISSUER"),
    client_id = "basic",
    client_secret = env("TEST_CLIENT_SECRET"),
    token_endpoint_auth_method = "client_secret_basic",
    redirect_uri = "http://127.0.0.1/callback",
    scope = ["openid", "profile", "email"],
)]
struct ByAttributes;

pkce_flow::providers!(enum Login, "derive_oidc.toml");

/// A whole login, with what the ID token and the user information say.
async fn whole_login(server: &OidcProvider, builder: ManagerBuilder) -> Outcome {
    let issuer = server.issuer().to_owned();
    let builder = builder.environment(move |name| match name {
        ISSUER_VARIABLE => Some(issuer.clone()),
        SECRET_VARIABLE => Some(SECRET.to_owned()),
        _ => None,
    });
    let manager = builder.build()?;
    let user = User::new("a browser's session");
    let login = manager.begin(&user).await?;
    let callback = UserAgent::new("alice").authorize(login.authorization_url()).await.callback();
    let tokens = manager.finish(&user, Callback::from_url(&callback)?).await?;
    assert_eq!(tokens.scope(), ["openid", "profile", "email"]);
    assert!(tokens.id_token().is_some(), "openid brings an ID token");
    assert_eq!(manager.userinfo(&tokens).await?.subject(), "alice");
    let renewed = manager.refresh(&tokens).await?;
    manager.revoke(&renewed).await?;
    Ok(())
}

#[tokio::test]
async fn a_derived_provider_logs_in() -> Outcome {
    let server = OidcProvider::start();
    whole_login(&server, ByAttributes::manager_builder()).await
}

#[tokio::test]
async fn every_provider_of_a_toml_logs_in() -> Outcome {
    let server = OidcProvider::start();
    for login in Login::ALL {
        whole_login(&server, login.manager_builder()).await?;
    }
    let public = "public".parse::<Login>()?;
    assert_eq!(public, Login::Public);
    whole_login(&server, Post::manager_builder()).await
}
