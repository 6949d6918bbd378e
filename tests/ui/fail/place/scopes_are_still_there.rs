use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(preset = "gitlab", client_id = "app", redirect_url = "http://127.0.0.1/")]
struct Login;

fn main() {
    let _ = (Login::READ_API, Login::manager());
}
