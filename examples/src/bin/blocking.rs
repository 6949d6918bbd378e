//! The quick start without async: the same names, in `pkce_flow::blocking`.

use pkce_flow::{User, blocking::Providers};
use pkce_flow_testing::TestServer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start();
    let provider = Providers::from_toml_str(&server.providers_toml())?.manager("test")?;

    let user = User::one_time()?;
    let login = provider.begin(&user)?;
    let callback = server.approve_blocking(login.authorization_url())?;

    let tokens = provider.finish(&user, callback)?;
    println!("granted: {}", tokens.scope().join(" "));

    let profile = provider.profile(&tokens)?;
    println!("hello, {}", profile.name().unwrap_or("you"));

    let renewed = provider.refresh(&tokens)?;
    println!("a new access token: {}", renewed.access_token() != tokens.access_token());
    Ok(())
}
