use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(root_url = "https://sso.example/", client_id = "app", redirect_uri = "http://127.0.0.1/")]
enum Login {
    Corp,
    #[pkce(preset = "gitlab")]
    GitLab,
}

fn main() {
    let _ = [Login::Corp.name(), Login::GitLab.name()];
}
