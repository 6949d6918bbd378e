//! The build-script door.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Writes `OUT_DIR/providers.rs` from the TOML, whose path starts at the package's folder, and
/// tells cargo to do it again when the file changes. Call it from `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     pkce_flow_codegen::build("providers.toml")?;
///     Ok(())
/// }
/// ```
///
/// and take the result in with `include!(concat!(env!("OUT_DIR"), "/providers.rs"));`.
///
/// # Errors
/// A file that cannot be read or written, and every mistake in it, with line and column.
pub fn build(toml: impl AsRef<Path>) -> io::Result<PathBuf> {
    let folder = |name: &str| {
        env::var_os(name).map(PathBuf::from).ok_or_else(|| {
            io::Error::other(format!("{name} is not set: call this from a build script"))
        })
    };
    let written = toml.as_ref();
    let path = folder("CARGO_MANIFEST_DIR")?.join(written);
    println_for_cargo(&path)?;
    let text = fs::read_to_string(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    let name = written.display().to_string();
    let source = crate::file(&name, &text)
        .map_err(|problems| io::Error::new(io::ErrorKind::InvalidData, format!("\n{problems}")))?;
    let out = folder("OUT_DIR")?.join("providers.rs");
    fs::write(&out, source)?;
    Ok(out)
}

fn println_for_cargo(path: &Path) -> io::Result<()> {
    use io::Write as _;
    writeln!(io::stdout(), "cargo::rerun-if-changed={}", path.display())
}
