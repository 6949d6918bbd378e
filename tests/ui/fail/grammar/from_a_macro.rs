use pkce_flow::PkceProvider;

macro_rules! login {
    ($name:ident, $uri:literal) => {
        #[derive(PkceProvider)]
        #[pkce(preset = "gitlab", client_id = "app", redirect_uri = $uri)]
        struct $name;
    };
}

login!(Right, "http://127.0.0.1/");
login!(Wrong, "http://app.example/");

fn main() {
    let _ = (Right::manager(), Wrong::manager());
}
