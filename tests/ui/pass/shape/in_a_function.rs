//! A declaration in a function's body, and one in a block of it.
#![deny(warnings)]

use pkce_flow::PkceProvider;

fn name() -> &'static str {
    #[derive(PkceProvider)]
    #[pkce(root_url = "https://sso.example/", client_id = "a", redirect_uri = "http://127.0.0.1/")]
    struct CorpSSO;

    CorpSSO::name()
}

fn main() {
    assert_eq!(name(), "corp_sso");
    let one = {
        #[derive(PkceProvider)]
        #[pkce(client_id = "a", redirect_uri = "http://127.0.0.1/")]
        enum Login {
            #[pkce(preset = "google")]
            Google,
        }
        Login::Google.to_string()
    };
    assert_eq!(one, "google");
}
