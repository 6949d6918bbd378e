use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/")]
enum Login {
    Work,
    #[pkce(name = "work")]
    Home,
}

fn main() {
    let _ = (Login::Work.manager(), Login::Home.to_string());
}
