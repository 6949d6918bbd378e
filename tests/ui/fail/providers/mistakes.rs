mod login {
    pkce_flow::providers!("mistakes.toml");
}

use login::{Corp, Provider};
use pkce_flow::PkceProvider as _;

fn name(provider: Provider) -> &'static str {
    match provider {
        Provider::Gitlab => "GitLab",
        Provider::Corp => Corp::name(),
    }
}

fn main() {
    let _ = (Provider::ALL, Provider::Gitlab.manager(), login::Gitlab::manager());
    let _ = name(Provider::Corp);
}
