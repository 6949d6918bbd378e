//! Providers from a TOML file: `examples/providers.toml`.

use pkce_flow::{Error, Providers, User};
use pkce_flow_testing::TestServer;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/providers.toml");

const BROKEN: &str = r#"[providers.work]
preset = "gitlub"
client_id = "our app"
client_secret = "s3cr3t"
redirect_uri = "http://app.example/callback"
scop = "read_api"
"#;

#[tokio::main]
async fn main() -> Result<(), Error> {
    // Stands in for the provider of which only the issuer is declared.
    let server = TestServer::start();
    let issuer = server.issuer();
    // By default the process's environment is read. A test, or this example, gives its own.
    let environment = move |name: &str| match name {
        "GITLAB_DOMAIN" => Some("gitlab.corp.example".to_owned()),
        "GITLAB_CLIENT_ID" => Some("our-client-id".to_owned()),
        "GITHUB_CLIENT_SECRET" => Some("not a real one".to_owned()),
        "SSO_ISSUER" => Some(issuer.clone()),
        _ => None,
    };

    let providers = Providers::from_toml_file(FILE)?;
    for name in providers.names() {
        let manager = providers.builder(name)?.environment(environment.clone()).build()?;
        println!("{name}: {}", manager.declaration().display_name());

        let login = manager.begin(&User::one_time()?).await?;
        let (endpoint, query) = login.authorization_url().split_once('?').unwrap_or_default();
        println!("  {endpoint}");
        for parameter in query.split('&').filter(|parameter| is_constant(parameter)) {
            println!("    {parameter}");
        }
    }

    // All mistakes come at once. `error.problems()` has them one by one, with code, line, column.
    if let Err(error) = Providers::from_toml_str(BROKEN) {
        println!("\n{error}");
    }
    Ok(())
}

/// Whether the parameter is the same in every login. These three are made anew for each one.
fn is_constant(parameter: &str) -> bool {
    !["state=", "nonce=", "code_challenge="].iter().any(|fresh| parameter.starts_with(fresh))
}
