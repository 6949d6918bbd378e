//! A whole login, at a provider that this program starts itself.
use pkce_flow::{PkceProvider, User};
use pkce_flow_testing::TestServer;

#[derive(PkceProvider)]
#[pkce(preset = "gitlab", client_id = "our application id", scope = "openid profile email")]
#[pkce(redirect_uri = "http://127.0.0.1:8000/callback")]
struct GitLab;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start();
    let gitlab = server.builder::<GitLab>().build()?; // for gitlab.com itself: GitLab::manager()?

    // Whose browser this is. In a web application: User::new(the id of the browser's session).
    let user = User::one_time()?;
    let login = gitlab.begin(&user).await?;
    // A person opens this URL and clicks Allow. Here a scripted browser does.
    let callback = server.approve(login.authorization_url()).await?;
    // Checks that the callback belongs to this login, and exchanges its code for tokens.
    let tokens = gitlab.finish(&user, callback).await?;
    println!("granted: {}", tokens.scope().join(" "));

    let profile = gitlab.profile(&tokens).await?;
    println!("hello, {}", profile.name().unwrap_or("you"));
    let renewed = gitlab.refresh(&tokens).await?;
    println!("a new access token: {}", renewed.access_token() != tokens.access_token());
    Ok(())
}
