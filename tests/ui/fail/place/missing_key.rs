use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(
    preset = "gitlab",
    client_id = "app",
)]
struct Login;

fn main() {
    let _ = Login::manager();
}
