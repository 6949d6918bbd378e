use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
enum Login {}

fn main() {
    let _ = ("one".parse::<Login>(), Login::ALL);
}
