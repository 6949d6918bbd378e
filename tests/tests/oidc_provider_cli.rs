//! The same logins by the command line, driven by a scripted user agent.

use serde_json::Value;
use tests::{
    Cli, Client, Finished, OidcProvider, Running, SECRET, SECRET_VARIABLE, UserAgent, parameter,
    with_parameter,
};

/// A machine with a providers TOML and the client secret in the environment.
fn machine(declared: &str) -> Cli {
    let cli = Cli::new().env(SECRET_VARIABLE, SECRET);
    cli.write("providers.toml", declared);
    cli
}

fn start_login(cli: &Cli, client: Client) -> Running {
    cli.start(["login", client.id(), "--no-browser", "--json"])
}

/// Signs in as alice and consents; the callback is not delivered yet.
async fn callback(login: &Running) -> String {
    UserAgent::new("alice").authorize(&login.authorization_url()).await.callback()
}

async fn deliver(callback: &str) {
    UserAgent::new("alice").open(callback).await;
}

#[track_caller]
fn json(finished: &Finished) -> Value {
    assert_eq!(finished.code, Some(0), "{finished:?}");
    serde_json::from_str(&finished.stdout).expect("standard output is one JSON object")
}

/// A failure: the exit code, nothing on standard output, and on standard error what the server
/// said.
#[track_caller]
fn assert_refused(finished: &Finished, said: &str) {
    assert_eq!(finished.code, Some(3), "{finished:?}");
    assert_eq!(finished.stdout, "");
    assert!(finished.stderr.contains(said), "{}", finished.stderr);
    assert!(!finished.stderr.contains(SECRET), "{}", finished.stderr);
}

/// Login, token, userinfo, refresh and revoke, one after the other.
async fn every_command(declared: &str, client: Client) {
    let cli = machine(declared);
    let login = start_login(&cli, client);
    deliver(&callback(&login).await).await;
    let tokens = json(&login.finish());
    for key in ["access_token", "refresh_token", "id_token", "expires_in", "expires_at"] {
        assert!(!tokens[key].is_null(), "{key}: {tokens}");
    }
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["scope"], "openid profile email");

    let name = client.id();
    let token = cli.run(["token", name]);
    assert_eq!(token.code, Some(0), "{token:?}");
    let access_token = tokens["access_token"].as_str().expect("a token is text");
    assert_eq!(token.stdout, format!("{access_token}\n"));

    let profile = json(&cli.run(["userinfo", name, "--json"]));
    assert_eq!(profile["sub"], "alice");
    assert_eq!(profile["email"], "alice@example.org");

    let renewed = json(&cli.run(["refresh", name, "--json"]));
    assert!(renewed["access_token"] != tokens["access_token"], "{renewed}");
    assert!(renewed["refresh_token"] != tokens["refresh_token"], "{renewed}");
    assert_eq!(json(&cli.run(["userinfo", name, "--json"]))["sub"], "alice");

    let revoked = cli.run(["revoke", name]);
    assert_eq!(revoked.code, Some(0), "{revoked:?}");
    let gone = cli.run(["token", name]);
    assert_eq!((gone.code, gone.stdout.as_str()), (Some(3), ""), "{gone:?}");
}

#[tokio::test]
async fn every_client_logs_in_by_explicit_endpoints() {
    let server = OidcProvider::start();
    for client in Client::ALL {
        every_command(&server.declared_by_endpoints(), client).await;
    }
}

#[tokio::test]
async fn every_client_logs_in_by_issuer_alone() {
    let server = OidcProvider::start();
    for client in Client::ALL {
        every_command(&server.declared_by_issuer(), client).await;
    }
}

#[tokio::test]
async fn an_issuer_and_a_client_id_are_enough() {
    let server = OidcProvider::start();
    let cli = Cli::new();
    let issuer = server.issuer();
    let login = cli.start([
        "login",
        "--issuer",
        issuer,
        "--client-id",
        "public",
        "--scope",
        "openid email",
        "--no-browser",
        "--json",
        "--no-save",
    ]);
    deliver(&callback(&login).await).await;
    assert_eq!(json(&login.finish())["scope"], "openid email");
}

#[tokio::test]
async fn tokens_are_shown_shortened_to_a_person() {
    let server = OidcProvider::start();
    let cli = machine(&server.declared_by_issuer());
    let login = cli.start(["login", "public", "--no-browser"]);
    deliver(&callback(&login).await).await;
    let shown = login.finish();
    assert_eq!(shown.code, Some(0), "{shown:?}");
    let token = cli.run(["token", "public"]);
    assert_eq!(token.code, Some(0), "{token:?}");
    let token = token.stdout.trim_end();
    assert!(!token.is_empty() && !shown.stdout.contains(token), "{}", shown.stdout);
    assert!(!shown.stderr.contains(token), "{}", shown.stderr);
}

#[tokio::test]
async fn a_cancelled_sign_in_ends_with_what_the_server_said() {
    let server = OidcProvider::start();
    let cli = machine(&server.declared_by_issuer());
    let login = start_login(&cli, Client::Public);
    let refused = UserAgent::new("alice").cancel(&login.authorization_url()).await.callback();
    deliver(&refused).await;
    assert_refused(&login.finish(), "access_denied: End-User aborted interaction");
}

/// A code that was made for another login, with this login's state.
#[tokio::test]
async fn a_wrong_verifier_is_refused() {
    let server = OidcProvider::start();
    let cli = machine(&server.declared_by_issuer());
    let theirs = start_login(&cli, Client::Public);
    let code = parameter(&callback(&theirs).await, "code").expect("a code");
    let ours = start_login(&cli, Client::Public);
    deliver(&with_parameter(&callback(&ours).await, "code", &code)).await;
    assert_refused(&ours.finish(), "invalid_grant: grant request is invalid");
    server.refused_because("code_verifier does not match code_challenge");
}

#[tokio::test]
async fn a_replayed_code_is_refused() {
    let server = OidcProvider::start();
    let cli = machine(&server.declared_by_issuer());
    let first = start_login(&cli, Client::Basic);
    let used = callback(&first).await;
    deliver(&used).await;
    json(&first.finish());

    let code = parameter(&used, "code").expect("a code");
    let second = start_login(&cli, Client::Basic);
    deliver(&with_parameter(&callback(&second).await, "code", &code)).await;
    assert_refused(&second.finish(), "invalid_grant: grant request is invalid");
}

#[tokio::test]
async fn a_wrong_redirect_uri_is_refused_at_the_token_endpoint() {
    let server = OidcProvider::start();
    let cli = machine(&server.declared_by_issuer());
    let login = start_login(&cli, Client::Post);
    let url = login.authorization_url();
    let declared = parameter(&url, "redirect_uri").expect("a redirect_uri");
    let elsewhere = declared.replace("/callback", "/other");
    let callback = UserAgent::new("alice")
        .authorize(&with_parameter(&url, "redirect_uri", &elsewhere))
        .await
        .callback();
    deliver(&callback.replace("/other?", "/callback?")).await;
    assert_refused(&login.finish(), "invalid_grant: grant request is invalid");
    server.refused_because("authorization code redirect_uri mismatch");
}

#[tokio::test]
async fn a_wrong_secret_is_refused() {
    let server = OidcProvider::start();
    for client in [Client::Basic, Client::Post] {
        let cli = Cli::new().env(SECRET_VARIABLE, "wr:ong +%");
        cli.write("providers.toml", &server.declared_by_issuer());
        let login = start_login(&cli, client);
        deliver(&callback(&login).await).await;
        let finished = login.finish();
        assert_refused(&finished, "invalid_client: client authentication failed");
        assert!(!finished.stderr.contains("wr:ong"), "{}", finished.stderr);
        server.refused_because("invalid secret provided");
    }
}

/// From the issuer's address alone to tokens, with a client_id in the environment.
#[tokio::test]
async fn an_imported_table_logs_in() {
    let server = OidcProvider::start();
    let cli = Cli::new().env("THEIRS_CLIENT_ID", Client::Public.id());
    let imported = cli.run(["import", server.issuer(), "--name", "theirs", "-o", "providers.toml"]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let checked = cli.run(["providers", "check"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    let table = json(&cli.run(["providers", "show", "theirs", "--json"]));
    assert_eq!(table["issuer"], server.issuer());
    assert_eq!(table["userinfo_endpoint"], format!("{}/me", server.issuer()));
    assert_eq!(table["authorization_response_iss_parameter_supported"], true);

    let login = cli.start(["login", "theirs", "--no-browser", "--json", "--scope", "openid email"]);
    deliver(&callback(&login).await).await;
    assert_eq!(json(&login.finish())["scope"], "openid email");
}

#[test]
fn an_issuer_with_another_slash_is_not_the_servers() {
    let server = OidcProvider::start();
    let refused = Cli::new().run(["import", &format!("{}/", server.issuer())]);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(5), ""), "{refused:?}");
}
