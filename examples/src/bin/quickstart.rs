//! A whole login, at a provider that this program starts itself.

use pkce_flow::{Providers, User};
use pkce_flow_testing::TestServer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start();
    let provider = Providers::from_toml_str(&server.providers_toml())?.manager("test")?;

    // Whose browser this is. In a web application: User::new(the id of the browser's session).
    let user = User::one_time()?;
    let login = provider.begin(&user).await?;

    // A person opens this URL and clicks Allow. Here a scripted browser does.
    let callback = server.approve(login.authorization_url()).await?;

    // Checks that the callback belongs to this login, and exchanges its code for tokens.
    let tokens = provider.finish(&user, callback).await?;
    println!("granted: {}", tokens.scope().join(" "));

    let profile = provider.profile(&tokens).await?;
    println!("hello, {}", profile.name().unwrap_or("you"));

    let renewed = provider.refresh(&tokens).await?;
    println!("a new access token: {}", renewed.access_token() != tokens.access_token());
    Ok(())
}
