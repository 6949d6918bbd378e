use pkce_flow::PkceProvider;

const ID: &str = "app";

#[derive(PkceProvider)]
#[pkce(preset = "gitlab", client_id = ID, redirect_uri = "http://127.0.0.1/")]
struct Login;

fn main() {
    let _ = (Login::manager(), ID);
}
