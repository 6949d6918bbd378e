use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
struct Login {
    #[pkce(preset = "gitlab", env = "CLIENT_ID")]
    client_id: String,
}

fn main() {}
