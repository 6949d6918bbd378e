pkce_flow::providers!("mistakes.toml");

fn main() {
    let _ = Provider::ALL;
}
