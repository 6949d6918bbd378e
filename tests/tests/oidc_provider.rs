//! Whole logins in code, against the npm package oidc-provider.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use pkce_flow::{
    Callback, Error, ErrorCode, Kind, Manager, ManagerBuilder, Providers, Tokens, User,
    store::{PendingRecord, PendingStore, StoreError, Taken},
};
use tests::{Client, OidcProvider, SECRET, SECRET_VARIABLE, UserAgent, parameter, with_parameter};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn builder(declared: &str, client: Client, secret: &'static str) -> Result<ManagerBuilder, Error> {
    let builder = Providers::from_toml_str(declared)?.builder(client.id())?;
    Ok(builder.environment(move |name| (name == SECRET_VARIABLE).then(|| secret.to_owned())))
}

fn manager(declared: &str, client: Client) -> Result<Manager, Error> {
    builder(declared, client, SECRET)?.build()
}

/// Begins a login, signs in as alice and consents; the callback is not delivered yet.
async fn callback(manager: &Manager, user: &User) -> Result<String, Error> {
    let login = manager.begin(user).await?;
    Ok(UserAgent::new("alice").authorize(login.authorization_url()).await.callback())
}

async fn log_in(manager: &Manager, user: &User) -> Result<Tokens, Error> {
    let callback = callback(manager, user).await?;
    manager.finish(user, Callback::from_url(&callback)?).await
}

/// Everything that one login is good for.
async fn whole_login(declared: &str, client: Client) -> Outcome {
    let manager = manager(declared, client)?;
    let user = User::new("a browser's session");
    let tokens = log_in(&manager, &user).await?;
    assert_eq!(tokens.token_type(), "Bearer");
    assert_eq!(tokens.scope(), ["openid", "profile", "email"]);
    assert!(tokens.id_token().is_some(), "openid brings an ID token");
    let expires_at = tokens.expires_at().ok_or("a lifetime is sent")?;
    let left = expires_at.duration_since(SystemTime::now())?;
    assert!(left <= Duration::from_secs(3600) && left > Duration::from_secs(3000), "{left:?}");

    let info = manager.userinfo(&tokens).await?;
    assert_eq!(info.subject(), "alice");
    let profile = manager.profile(&tokens).await?;
    assert_eq!(profile.name(), Some("alice of the test"));
    assert_eq!(
        (profile.email(), profile.email_verified()),
        (Some("alice@example.org"), Some(true))
    );

    let renewed = manager.refresh(&tokens).await?;
    assert!(renewed.access_token() != tokens.access_token(), "a refresh gives a new access token");
    assert!(renewed.refresh_token().is_some_and(|new| Some(new) != tokens.refresh_token()));
    assert_eq!(manager.userinfo(&renewed).await?.subject(), "alice");

    manager.revoke(&renewed).await?;
    let refused = manager.refresh(&renewed).await.expect_err("a revoked token is of no use");
    assert_eq!(refused.code(), ErrorCode::TokenRefused);
    assert!(refused.needs_login(), "{refused}");
    let refused = manager.userinfo(&renewed).await.expect_err("a revoked token is of no use");
    assert_eq!(refused.code(), ErrorCode::AccessTokenRefused);
    assert_eq!(said(&refused), (Some(401), Some("invalid_token")));
    Ok(())
}

fn said(error: &Error) -> (Option<u16>, Option<&str>) {
    error.provider_error().map_or((None, None), |said| (said.status(), said.error()))
}

#[track_caller]
fn assert_grant_refused(error: &Error) {
    assert_eq!((error.kind(), error.code()), (Kind::Refused, ErrorCode::TokenRefused), "{error}");
    assert_eq!(said(error), (Some(400), Some("invalid_grant")));
    let shown = error.to_string();
    assert!(shown.contains("invalid_grant: grant request is invalid"), "{shown}");
}

#[tokio::test]
async fn every_client_logs_in_by_explicit_endpoints() -> Outcome {
    let server = OidcProvider::start();
    for client in Client::ALL {
        whole_login(&server.declared_by_endpoints(), client).await?;
    }
    Ok(())
}

#[tokio::test]
async fn every_client_logs_in_by_issuer_alone() -> Outcome {
    let server = OidcProvider::start();
    for client in Client::ALL {
        whole_login(&server.declared_by_issuer(), client).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_cancelled_sign_in_is_reported_as_what_it_is() -> Outcome {
    let server = OidcProvider::start();
    let manager = manager(&server.declared_by_issuer(), Client::Public)?;
    let user = User::new("a browser's session");
    let login = manager.begin(&user).await?;
    let callback = UserAgent::new("alice").cancel(login.authorization_url()).await.callback();
    let error = manager
        .finish(&user, Callback::from_url(&callback)?)
        .await
        .expect_err("the person said no");
    assert_eq!(error.code(), ErrorCode::AccessDenied);
    assert_eq!(said(&error), (None, Some("access_denied")));
    assert!(error.to_string().contains("End-User aborted interaction"), "{error}");
    Ok(())
}

/// An attacker's code, slipped into another login: its verifier does not fit.
#[tokio::test]
async fn a_wrong_verifier_is_refused() -> Outcome {
    let server = OidcProvider::start();
    let manager = manager(&server.declared_by_issuer(), Client::Public)?;
    let user = User::new("a browser's session");
    let theirs = callback(&manager, &user).await?;
    let ours = callback(&manager, &user).await?;
    let code = parameter(&theirs, "code").ok_or("a code")?;
    let mixed = with_parameter(&ours, "code", &code);
    let error = manager
        .finish(&user, Callback::from_url(&mixed)?)
        .await
        .expect_err("the code belongs to another verifier");
    assert_grant_refused(&error);
    server.refused_because("code_verifier does not match code_challenge");
    Ok(())
}

#[tokio::test]
async fn a_replayed_code_is_refused_by_the_server_too() -> Outcome {
    let server = OidcProvider::start();
    let manager = builder(&server.declared_by_issuer(), Client::Basic, SECRET)?
        .pending_store(NeverSpent::default())
        .build()?;
    let user = User::new("a browser's session");
    let callback = Callback::from_url(&callback(&manager, &user).await?)?;
    let tokens = manager.finish(&user, callback.clone()).await?;
    let error = manager.finish(&user, callback).await.expect_err("the code is spent");
    assert_grant_refused(&error);
    server.refused_because("authorization code already consumed");
    // RFC 6749 section 4.1.2: the tokens of a code that comes twice are revoked.
    manager.refresh(&tokens).await.expect_err("the server revoked what the code had brought");
    Ok(())
}

#[tokio::test]
async fn a_wrong_redirect_uri_is_refused_at_the_token_endpoint() -> Outcome {
    let server = OidcProvider::start();
    let manager = manager(&server.declared_by_issuer(), Client::Post)?;
    let user = User::new("a browser's session");
    let login = manager.begin(&user).await?;
    let elsewhere =
        with_parameter(login.authorization_url(), "redirect_uri", "http://127.0.0.1/other");
    let callback = UserAgent::new("alice").authorize(&elsewhere).await.callback();
    assert!(callback.starts_with("http://127.0.0.1/other?"), "{callback}");
    let error = manager
        .finish(&user, Callback::from_url(&callback)?)
        .await
        .expect_err("the code was sent elsewhere");
    assert_grant_refused(&error);
    server.refused_because("authorization code redirect_uri mismatch");
    Ok(())
}

#[tokio::test]
async fn an_unregistered_redirect_uri_never_gets_a_code() -> Outcome {
    let server = OidcProvider::start();
    let declared = server.declared_by_issuer().replace("/callback", "/unregistered");
    let manager = manager(&declared, Client::Public)?;
    let login = manager.begin(&User::new("a browser's session")).await?;
    let page = UserAgent::new("alice").authorize(login.authorization_url()).await.page();
    assert_eq!(page.status, 400);
    assert!(page.body.contains("invalid_redirect_uri"), "{page:?}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_secret_is_refused() -> Outcome {
    let server = OidcProvider::start();
    for client in [Client::Basic, Client::Post] {
        let manager = builder(&server.declared_by_issuer(), client, "wr:ong +%")?.build()?;
        let user = User::new("a browser's session");
        let error = log_in(&manager, &user).await.expect_err("the secret is wrong");
        assert_eq!((error.kind(), error.code()), (Kind::Refused, ErrorCode::ClientRefused));
        assert_eq!(said(&error), (Some(401), Some("invalid_client")));
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("client authentication failed"), "{shown}");
        assert!(!shown.contains("wr:ong"), "a secret is never shown: {shown}");
        server.refused_because("invalid secret provided");
    }
    Ok(())
}

/// A store that a faulty application could have: what was taken can be taken again.
#[derive(Debug, Default)]
struct NeverSpent(Mutex<HashMap<String, PendingRecord>>);

impl PendingStore for NeverSpent {
    async fn put(&self, key: &str, record: PendingRecord) -> Result<(), StoreError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), record);
        Ok(())
    }

    async fn take(&self, key: &str) -> Result<Taken, StoreError> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(records.get(key).cloned().map_or(Taken::Missing, Taken::Pending))
    }
}
