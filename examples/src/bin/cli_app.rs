//! A desktop program: it opens the browser and receives the callback on loopback (RFC 8252).
//!
//! With `--no-browser` it only shows where to go.

use pkce_flow::{Error, Manager, Tokens, loopback::LoopbackLogin};
use pkce_flow_testing::TestServer;

/// The whole login.
async fn log_in(provider: &Manager, open_browser: bool) -> Result<Tokens, Error> {
    LoopbackLogin::new(provider)
        .open_browser(open_browser)
        .on_authorization_url(|url| eprintln!("Log in here, if no browser opens:\n{url}"))
        .run()
        .await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Your program reads its providers.toml instead. The redirect_uri of a desktop program is
    // http://127.0.0.1/callback: without a port, so that any free one will do.
    let server = TestServer::start();
    let providers = pkce_flow::Providers::from_toml_str(&server.providers_toml())?;
    let provider = providers.manager("test")?;

    let open_browser = !std::env::args().any(|argument| argument == "--no-browser");
    let tokens = log_in(&provider, open_browser).await?;

    let profile = provider.profile(&tokens).await?;
    println!("hello, {}", profile.name().unwrap_or("you"));
    Ok(())
}
