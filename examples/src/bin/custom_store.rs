//! A store of one's own for pending logins: files in a folder, in `src/file_store.rs`.
//!
//! By default a login waits in memory. Where several processes serve one application, the callback
//! may come to another one than began the login, and they need a store that they share.

use examples::FileStore;
use pkce_flow::{Providers, User};
use pkce_flow_testing::TestServer;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = TestServer::start();
    let folder = tempfile::tempdir()?;

    // What each process of the application does when it starts.
    let start = || {
        let providers = Providers::from_toml_str(&server.providers_toml())?;
        let store = FileStore::open(folder.path())?;
        let manager = providers.builder("test")?.pending_store(store).build()?;
        Ok::<_, Box<dyn std::error::Error>>(manager)
    };
    let (one, other) = (start()?, start()?);

    let user = User::one_time()?;
    let login = one.begin(&user).await?;
    let callback = server.approve(login.authorization_url()).await?;

    let tokens = other.finish(&user, &callback).await?;
    let profile = other.profile(&tokens).await?;
    println!("begun by one, finished by the other: {}", profile.name().unwrap_or("somebody"));

    // The store keeps a tombstone, so that a callback that comes twice is known as one.
    if let Err(error) = one.finish(&user, &callback).await {
        println!("once more: {error}");
    }
    Ok(())
}
