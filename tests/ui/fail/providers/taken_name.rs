pkce_flow::providers!("taken_name.toml");

fn main() {
    let _ = Provider::ALL;
}
