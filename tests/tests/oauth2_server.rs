//! Whole logins against the npm package @node-oauth/oauth2-server: plain OAuth 2.0, without
//! metadata, OpenID or `iss`.

use pkce_flow::{Callback, Error, ErrorCode, Kind, Manager, Providers, Tokens, User};
use serde_json::{Value, json};
use tests::{NodeServer, SECRET, SECRET_VARIABLE, UserAgent, parameter, with_parameter};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const CALLBACK: &str = "http://127.0.0.1:9/callback";
const OTHER: &str = "http://127.0.0.1:9/other";

fn start(more: &Value) -> NodeServer {
    let mut config = json!({
        "clients": [
            { "id": "public", "redirectUris": [CALLBACK, OTHER] },
            { "id": "confidential", "secret": SECRET, "redirectUris": [CALLBACK] },
        ],
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        config[key] = value.clone();
    }
    NodeServer::oauth2_server(&config)
}

/// The manager of a client; `more` is TOML for its table.
fn manager(server: &NodeServer, client: &str, more: &str) -> Result<Manager, Error> {
    let url = server.url();
    let declared = format!(
        "[providers.plain]\n\
         root_url = \"{url}\"\n\
         client_id = \"{client}\"\n\
         redirect_uri = \"{CALLBACK}\"\n\
         scope = \"read write\"\n\
         {more}\n\
         [providers.plain.profile]\n\
         url = \"{url}/api/me\"\n\
         subject = \"user.id\"\n\
         name = \"user.full_name\"\n\
         email = \"user.mail\"\n"
    );
    let environment = |name: &str| (name == SECRET_VARIABLE).then(|| SECRET.to_owned());
    Providers::from_toml_str(&declared)?.builder("plain")?.environment(environment).build()
}

async fn callback(manager: &Manager, user: &User) -> Result<String, Error> {
    let login = manager.begin(user).await?;
    Ok(UserAgent::new("octavia").authorize(login.authorization_url()).await.callback())
}

async fn log_in(manager: &Manager, user: &User) -> Result<Tokens, Error> {
    let callback = callback(manager, user).await?;
    manager.finish(user, Callback::from_url(&callback)?).await
}

#[track_caller]
fn assert_refused(error: &Error, status: u16, code: &str, description: &str) {
    let expected = match code {
        "invalid_client" => ErrorCode::ClientRefused,
        _ => ErrorCode::TokenRefused,
    };
    assert_eq!((error.kind(), error.code()), (Kind::Refused, expected), "{error}");
    let said = error.provider_error().expect("the server said why");
    assert_eq!(
        (said.status(), said.error(), said.description()),
        (Some(status), Some(code), Some(description))
    );
    assert!(error.to_string().contains(&format!("{code}: {description}")), "{error}");
}

#[tokio::test]
async fn a_public_client_logs_in_refreshes_and_reads_the_profile() -> Outcome {
    let server = start(&Value::Null);
    let manager = manager(&server, "public", "")?;
    let user = User::new("a browser's session");
    let tokens = log_in(&manager, &user).await?;
    assert_eq!(tokens.scope(), ["read", "write"]);
    assert!(tokens.id_token().is_none());

    let profile = manager.profile(&tokens).await?;
    assert_eq!(profile.subject(), "42");
    assert_eq!(
        (profile.name(), profile.email()),
        (Some("Octavia Test"), Some("octavia@example.org"))
    );

    let renewed = manager.refresh(&tokens).await?;
    assert!(renewed.refresh_token().is_some_and(|new| Some(new) != tokens.refresh_token()));
    assert_eq!(manager.profile(&renewed).await?.subject(), "42");
    let error = manager.refresh(&tokens).await.expect_err("a rotated refresh token is spent");
    assert_refused(&error, 400, "invalid_grant", "Invalid grant: refresh token is invalid");
    assert!(error.needs_login());
    Ok(())
}

#[tokio::test]
async fn a_refresh_token_is_kept_where_no_new_one_comes() -> Outcome {
    let server = start(&json!({ "rotation": false }));
    let manager = manager(&server, "public", "")?;
    let tokens = log_in(&manager, &User::new("a browser's session")).await?;
    let once = manager.refresh(&tokens).await?;
    assert_eq!(once.refresh_token(), tokens.refresh_token());
    let twice = manager.refresh(&once).await?;
    assert!(twice.access_token() != once.access_token());
    Ok(())
}

#[tokio::test]
async fn a_confidential_client_logs_in_by_post() -> Outcome {
    let server = start(&Value::Null);
    let secret = format!("client_secret = {{ env = \"{SECRET_VARIABLE}\" }}");
    let more = format!("{secret}\ntoken_endpoint_auth_method = \"client_secret_post\"");
    let manager = manager(&server, "confidential", &more)?;
    let tokens = log_in(&manager, &User::new("a browser's session")).await?;
    manager.refresh(&tokens).await?;
    Ok(())
}

/// This server takes client_secret_basic without the encoding of RFC 6749 section 2.3.1.
#[tokio::test]
async fn a_server_that_wants_basic_raw_needs_the_deviation() -> Outcome {
    let server = start(&Value::Null);
    let secret = format!("client_secret = {{ env = \"{SECRET_VARIABLE}\" }}");
    let basic = format!("{secret}\ntoken_endpoint_auth_method = \"client_secret_basic\"");
    let user = User::new("a browser's session");

    let by_the_rfc = manager(&server, "confidential", &basic)?;
    let error = log_in(&by_the_rfc, &user).await.expect_err("the server does not decode");
    assert_refused(&error, 401, "invalid_client", "Invalid client: client is invalid");

    let deviation = "[providers.plain.deviations]\nraw_client_secret_basic = true";
    let raw = manager(&server, "confidential", &format!("{basic}\n{deviation}"))?;
    let tokens = log_in(&raw, &user).await?;
    raw.refresh(&tokens).await?;
    Ok(())
}

#[tokio::test]
async fn a_wrong_verifier_is_refused() -> Outcome {
    let server = start(&Value::Null);
    let manager = manager(&server, "public", "")?;
    let user = User::new("a browser's session");
    let theirs = callback(&manager, &user).await?;
    let ours = callback(&manager, &user).await?;
    let code = parameter(&theirs, "code").ok_or("a code")?;
    let mixed = Callback::from_url(&with_parameter(&ours, "code", &code))?;
    let error = manager.finish(&user, mixed).await.expect_err("it is another verifier's code");
    assert_refused(&error, 400, "invalid_grant", "Invalid grant: code verifier is invalid");
    Ok(())
}

#[tokio::test]
async fn a_replayed_code_is_refused() -> Outcome {
    let server = start(&Value::Null);
    let manager = manager(&server, "public", "")?;
    let user = User::new("a browser's session");
    let first = callback(&manager, &user).await?;
    manager.finish(&user, Callback::from_url(&first)?).await?;
    let second = callback(&manager, &user).await?;
    let code = parameter(&first, "code").ok_or("a code")?;
    let replayed = Callback::from_url(&with_parameter(&second, "code", &code))?;
    let error = manager.finish(&user, replayed).await.expect_err("the code is spent");
    assert_refused(&error, 400, "invalid_grant", "Invalid grant: authorization code is invalid");
    Ok(())
}

#[tokio::test]
async fn a_wrong_redirect_uri_is_refused() -> Outcome {
    let server = start(&Value::Null);
    let manager = manager(&server, "public", "")?;
    let user = User::new("a browser's session");
    let login = manager.begin(&user).await?;
    let elsewhere = with_parameter(login.authorization_url(), "redirect_uri", OTHER);
    let callback = UserAgent::new("octavia").authorize(&elsewhere).await.callback();
    let callback = Callback::from_url(&callback)?;
    let error = manager.finish(&user, callback).await.expect_err("the code was sent elsewhere");
    assert_refused(&error, 400, "invalid_request", "Invalid request: `redirect_uri` is invalid");
    Ok(())
}

#[tokio::test]
async fn an_unregistered_redirect_uri_never_gets_a_code() -> Outcome {
    let server = start(&Value::Null);
    let manager = manager(
        &server,
        "confidential",
        &format!("client_secret = {{ env = \"{SECRET_VARIABLE}\" }}"),
    )?;
    let login = manager.begin(&User::new("a browser's session")).await?;
    let elsewhere = with_parameter(login.authorization_url(), "redirect_uri", OTHER);
    let page = UserAgent::new("octavia").authorize(&elsewhere).await.page();
    assert_eq!(page.status, 400);
    assert!(page.body.contains("`redirect_uri` does not match"), "{page:?}");
    Ok(())
}
