use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
enum Login {
    #[pkce(preset = "gitlab", client_id = "app", redirect_uri = "http://127.0.0.1/")]
    GitLab(u8),
}

fn main() {
    let _ = Login::GitLab(1).manager();
}
