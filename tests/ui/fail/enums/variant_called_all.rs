use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
enum Login {
    #[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/")]
    ALL,
}

fn main() {
    let _ = Login::ALL;
}
