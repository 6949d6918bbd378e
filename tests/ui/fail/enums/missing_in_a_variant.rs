use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(preset = "gitlab", client_id = "app")]
enum Login {
    #[pkce(redirect_uri = "http://127.0.0.1/")]
    Work,
    #[pkce(scope = "read_api")]
    Home,
}

fn main() {
    let _ = [Login::Work.name(), Login::Home.name()];
}
