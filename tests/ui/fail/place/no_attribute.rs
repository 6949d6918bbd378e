use pkce_flow::PkceProvider;

#[derive(PkceProvider)]
struct Login;

fn main() {
    let _ = Login::manager();
}
