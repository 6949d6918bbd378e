use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(client_id = "app", redirect_uri = "http://app.example/")]
enum Login {
    #[pkce(preset = "gitlab")]
    GitLab,
    #[pkce(preset = "google")]
    Google,
}

fn main() {
    let _ = [Login::GitLab.name(), Login::Google.name()];
}
