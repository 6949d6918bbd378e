//! Writes `derive_build.toml` as Rust, as a user's build script does, for the test of that name.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    pkce_flow_codegen::build("tests/derive_build.toml")?;
    Ok(())
}
