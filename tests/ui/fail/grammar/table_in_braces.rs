use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(
    preset = "auth0",
    variables = { domain = "corp.auth0.com" },
    client_id = "app",
    redirect_uri = "http://127.0.0.1/",
)]
struct Login;

fn main() {}
