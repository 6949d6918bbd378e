pkce_flow::providers!(pub enum Login);

fn main() {}
