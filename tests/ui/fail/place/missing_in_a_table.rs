use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(
    issuer = "https://sso.example",
    client_id = "app",
    redirect_uri = "http://127.0.0.1/",
    profile(subject = "id"),
)]
struct Login;

fn main() {
    let _ = Login::manager();
}
