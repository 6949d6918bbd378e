//! Managers that log in at the server.

use std::time::Duration;

use pkce_flow::{Providers, User};
use pkce_flow_testing::{Client, ClientAuth, Endpoint, TestServer};
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime")
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn the_builders_log_in_with_every_client_authentication() -> Outcome {
    let clients = [
        Client::public("app"),
        Client::confidential("web app", "s3cret: +%&é").auth(ClientAuth::Basic),
        Client::confidential("web app", "s3cret: +%&é").auth(ClientAuth::Post),
        Client::confidential("web app", "s3cret: +%&é"),
    ];
    runtime().block_on(async {
        for client in clients {
            let server = TestServer::configure().client(client.clone()).start()?;
            let builders = [server.manager_builder()?, server.manager_builder_with_issuer()?];
            for builder in builders {
                let manager = builder.build()?;
                let user = User::new("session");
                let login = manager.begin(&user).await?;
                let callback = server.approve(login.authorization_url()).await?;
                let query = callback.split_once('?').map_or("", |(_, query)| query);
                let tokens = manager.finish(&user, query).await?;
                let info = manager.userinfo(&tokens).await?;
                assert_eq!(info.subject(), "test-user", "{client:?}");
                let refreshed = manager.refresh(&tokens).await?;
                manager.revoke(&refreshed).await?;
            }
        }
        Ok(())
    })
}

#[test]
fn the_manager_goes_by_the_clock_of_the_server() -> Outcome {
    let server = TestServer::start();
    runtime().block_on(async {
        let manager = server.manager_builder()?.build()?;
        let user = User::new("session");
        let login = manager.begin(&user).await?;
        let callback = server.approve(login.authorization_url()).await?;
        server.clock().advance(Duration::from_secs(11 * 60));
        let query = callback.split_once('?').map_or("", |(_, query)| query);
        let error = manager.finish(&user, query).await;
        let error = error.expect_err("the login is eleven minutes old");
        assert_eq!(error.kind(), pkce_flow::Kind::Expired);
        assert!(server.requests_of(Endpoint::Token).is_empty());
        Ok(())
    })
}

#[test]
fn a_server_stands_in_for_the_provider_of_a_declaration() -> Outcome {
    let providers = Providers::from_toml_str(
        r#"
        [providers.corp]
        root_url = "https://sso.corp.example/oauth/v2/"
        issuer = "https://sso.corp.example/"
        client_id = "corp-app"
        client_secret = { env = "CORP_SECRET" }
        token_endpoint_auth_method = "client_secret_basic"
        redirect_uri = "https://app.corp.example/callback"
        scope = "read"
        "#,
    )?;
    let server = TestServer::start();
    let origin = server.origin().parse()?;
    let manager = providers
        .builder("corp")?
        .client_secret("a secret".to_owned())
        .danger_endpoints_at(&origin)
        .build()?;
    server.stand_in_for(manager.declaration(), Some("a secret"));
    runtime().block_on(async {
        let user = User::new("session");
        let login = manager.begin(&user).await?;
        let callback = server.approve(login.authorization_url()).await?;
        assert!(callback.starts_with("https://app.corp.example/callback?code="));
        let query = callback.split_once('?').map_or("", |(_, query)| query);
        let tokens = manager.finish(&user, query).await?;
        assert_eq!(tokens.scope(), ["read"]);
        assert_eq!(server.requests_to("/oauth/v2/token").len(), 1);
        Ok(())
    })
}

#[test]
fn a_server_deviates_as_the_declaration_says() -> Outcome {
    let providers = Providers::from_toml_str(
        r#"
        [providers.github]
        preset = "github"
        client_id = "my-app"
        client_secret = { env = "GITHUB_SECRET" }
        redirect_uri = "https://app.example/github"
        scope = ["read:user", "user:email"]

        [providers.odd]
        root_url = "https://odd.example/"
        client_id = "odd app"
        client_secret = { env = "ODD_SECRET" }
        token_endpoint_auth_method = "client_secret_basic"
        redirect_uri = "https://app.example/odd"
        scope = ["one", "two"]
        [providers.odd.deviations]
        raw_client_secret_basic = true
        json_token_request = true
        missing_token_type = true
        granted_scope_array = true
        token_response_path = "data"
        "#,
    )?;
    for name in ["github", "odd"] {
        let server = TestServer::start();
        let origin = server.origin().parse()?;
        let manager = providers
            .builder(name)?
            .client_secret("100% secret: +".to_owned())
            .danger_endpoints_at(&origin)
            .build()?;
        server.stand_in_for(manager.declaration(), Some("100% secret: +"));
        runtime().block_on(async {
            let user = User::new("session");
            let login = manager.begin(&user).await?;
            let callback = server.approve(login.authorization_url()).await?;
            let query = callback.split_once('?').map_or("", |(_, query)| query);
            let tokens = manager.finish(&user, query).await?;
            assert_eq!(tokens.scope(), manager.declaration().scope(), "{name}");
            if name == "github" {
                let profile = manager.profile(&tokens).await?;
                assert_eq!(profile.email(), Some("ada@example.org"));
                assert_eq!(server.requests_to("/user").len(), 1);
            }
            Outcome::Ok(())
        })?;
    }
    Ok(())
}
