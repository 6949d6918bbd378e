//! Declarations that ship, tested at the embedded server.

use std::process::Command;

use pkce_flow::{Callback, Manager, PkceProvider, Tokens, User};
use pkce_flow_testing::{Endpoint, TestServer};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[derive(PkceProvider)]
#[pkce(
    preset = "github",
    client_id = env("GITHUB_CLIENT_ID"),
    client_secret = env("GITHUB_CLIENT_SECRET"),
    redirect_uri = env("GITHUB_REDIRECT_URI"),
    scope = ["read:user", "user:email"],
)]
struct GitHub;

#[derive(PkceProvider)]
#[pkce(
    preset = "gitlab",
    variables(domain = env("GITLAB_DOMAIN")),
    client_id = "our application id",
    client_secret = file("/run/secrets/there-is-none"),
    redirect_uri = "https://app.example/login/gitlab",
    scope = "read_user openid",
)]
struct GitLab;

#[derive(PkceProvider)]
#[pkce(
    issuer = env("SSO_ISSUER"),
    client_id = "app",
    redirect_uri = "http://127.0.0.1/callback",
    scope = "profile",
)]
struct Sso;

#[derive(PkceProvider)]
#[pkce(client_id = env("CLIENT_ID"), redirect_uri = "http://127.0.0.1/callback")]
enum Login {
    #[pkce(root_url = env("ROOT_URL"), authorization_endpoint = "go", scope = "one two")]
    Corp,
    #[pkce(preset = "gitlab", scope = "read_api")]
    GitLab,
}

async fn log_in(server: &TestServer, manager: &Manager) -> Outcome<Tokens> {
    let user = User::new("a browser's session");
    let login = manager.begin(&user).await?;
    let callback = server.approve(login.authorization_url()).await?;
    Ok(manager.finish(&user, Callback::from_url(&callback)?).await?)
}

#[tokio::test]
async fn a_preset_that_deviates_logs_in_and_shows_its_profile() -> Outcome {
    let server = TestServer::start();
    let github = server.builder::<GitHub>().build()?;
    let tokens = log_in(&server, &github).await?;
    assert_eq!(tokens.scope(), ["read:user", "user:email"]);
    assert_eq!(server.requests_to("/login/oauth/access_token").len(), 1);
    assert_eq!(github.profile(&tokens).await?.email(), Some("ada@example.org"));
    Ok(())
}

#[tokio::test]
async fn a_preset_with_a_tenant_and_a_secret_in_a_file_logs_in_and_renews() -> Outcome {
    let server = TestServer::start();
    let gitlab = server.builder::<GitLab>().build()?;
    let tokens = log_in(&server, &gitlab).await?;
    assert_eq!(tokens.scope(), ["read_user", "openid"]);
    assert_eq!(gitlab.userinfo(&tokens).await?.subject(), "test-user");
    let renewed = gitlab.refresh(&tokens).await?;
    gitlab.revoke(&renewed).await?;
    // The refresh token and the access token.
    assert_eq!(server.requests_to("/oauth/revoke").len(), 2);
    Ok(())
}

#[tokio::test]
async fn an_issuer_from_the_environment_is_discovered_at_the_server() -> Outcome {
    let server = TestServer::start();
    let sso = server.builder::<Sso>().build()?;
    let tokens = log_in(&server, &sso).await?;
    assert_eq!(tokens.scope(), ["profile"]);
    assert_eq!(server.requests_of(Endpoint::OpenidConfiguration).len(), 1);
    Ok(())
}

#[tokio::test]
async fn each_variant_of_an_enum_logs_in() -> Outcome {
    for (login, scope) in [(Login::Corp, &["one", "two"][..]), (Login::GitLab, &["read_api"][..])] {
        let server = TestServer::start();
        let manager = server.builder_of(login.declared()).build()?;
        let tokens = log_in(&server, &manager).await?;
        assert_eq!(tokens.scope(), scope, "{login}");
    }
    Ok(())
}

#[test]
fn a_declaration_says_what_it_reads_from_the_environment() {
    let read = GitHub::declared().environment_variables();
    let names: Vec<_> = read.iter().map(|(key, name)| (key.as_str(), name.as_str())).collect();
    let expected = [
        ("client_id", "GITHUB_CLIENT_ID"),
        ("client_secret", "GITHUB_CLIENT_SECRET"),
        ("redirect_uri", "GITHUB_REDIRECT_URI"),
    ];
    assert_eq!(names, expected);
    let read = GitLab::declared().environment_variables();
    assert_eq!(read, [("variables.domain".to_owned(), "GITLAB_DOMAIN".to_owned())]);
}

#[derive(PkceProvider)]
#[pkce(client_id = "app", redirect_uri = env("PKCE_FLOW_TEST_SHARED_REDIRECT_URI"))]
enum Shared {
    #[pkce(preset = "gitlab")]
    GitLab,
    #[pkce(preset = "google")]
    Google,
}

/// Does nothing but in the process that [`of_one_redirect_uri_in_the_environment_one_manager_is_made`]
/// starts: a process's environment is set from outside.
#[test]
fn with_one_redirect_uri_in_the_environment() {
    if std::env::var_os("PKCE_FLOW_TEST_SHARED_REDIRECT_URI").is_some() {
        let google = Shared::Google.manager().expect("the first has nothing beside it");
        let refused = Shared::GitLab.manager().expect_err("the second is not told apart");
        assert!(refused.to_string().contains("[mix-up]"), "{refused}");
        let again = Shared::Google.manager().expect("the first stays");
        assert_eq!(again.declaration().redirect_uri(), google.declaration().redirect_uri());
    }
}

#[test]
fn of_one_redirect_uri_in_the_environment_one_manager_is_made() -> Outcome {
    for (redirect_uri, refused) in
        [("https://app.example/callback", true), ("http://127.0.0.1/callback", false)]
    {
        let output = Command::new(std::env::current_exe()?)
            .args(["--exact", "with_one_redirect_uri_in_the_environment"])
            .env("PKCE_FLOW_TEST_SHARED_REDIRECT_URI", redirect_uri)
            .output()?;
        assert_eq!(output.status.success(), refused, "{redirect_uri}: {output:?}");
    }
    Ok(())
}
