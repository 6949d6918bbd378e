use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(client_id = "app")]
enum Login {
    #[pkce(preset = "gitlab", redirect_uri = "https://app.example/callback")]
    GitLab,
    #[pkce(preset = "google", redirect_uri = "https://app.example/callback")]
    Google,
}

fn main() {
    let _ = [Login::GitLab.name(), Login::Google.name()];
}
