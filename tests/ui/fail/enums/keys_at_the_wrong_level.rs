use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(name = "all", client_id = "app", redirect_uri = "http://127.0.0.1/")]
enum Login {
    #[pkce(preset = "gitlab", crate = "pkce_flow")]
    GitLab,
}

fn main() {
    let _ = Login::GitLab.name();
}
