pkce_flow::providers!("mistakes.toml", enum Login);

fn main() {}
