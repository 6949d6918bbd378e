use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce("gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/")]
struct Login;

fn main() {}
