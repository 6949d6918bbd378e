use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
#[pkce(
    preset = "gitlab",
    client_id = "our application id",
    client_secret = env("GITLAB_CLIENT_SECRET"),
    redirect_uri = "http://app.example/oauth/gitlab/callback",
    scope = "raed_api",
)]
struct GitLab;

fn main() {}
