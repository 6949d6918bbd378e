//! The build-script door.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

/// Writes `OUT_DIR/providers.rs` from the TOML, whose path starts at the package's folder, and
/// tells cargo to do it again when the file changes. In `Cargo.toml`, with the formatter:
///
/// ```toml
/// [build-dependencies]
/// pkce-flow-codegen = { version = "0.1", features = ["format"] }
/// ```
///
/// In `build.rs`:
///
/// ```no_run
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     pkce_flow_codegen::build("providers.toml")?;
///     Ok(())
/// }
/// ```
///
/// and take the result in with `include!(concat!(env!("OUT_DIR"), "/providers.rs"));`. It has no
/// `use` lines, so it stands beside whatever your file has.
///
/// # Errors
/// A file that cannot be read or written, and every mistake in it, with line and column.
pub fn build(toml: impl AsRef<Path>) -> Result<PathBuf, BuildError> {
    let written = toml.as_ref();
    let path = folder("CARGO_MANIFEST_DIR")?.join(written);
    let failed =
        |path: &Path, error: &io::Error| BuildError(format!("{}: {error}", path.display()));
    writeln!(io::stdout(), "cargo::rerun-if-changed={}", path.display())
        .map_err(|error| failed(Path::new("standard output"), &error))?;
    let text = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
    let source = crate::file::included(&written.display().to_string(), &text)
        .map_err(|problems| BuildError(problems.to_string()))?;
    let out = folder("OUT_DIR")?.join("providers.rs");
    fs::write(&out, source).map_err(|error| failed(&out, &error))?;
    Ok(out)
}

fn folder(variable: &str) -> Result<PathBuf, BuildError> {
    let value = env::var_os(variable);
    value.map(PathBuf::from).ok_or_else(|| {
        BuildError(format!(
            "{variable} is not set: call this from a build script, which cargo runs"
        ))
    })
}

/// What a build script fails with.
///
/// `Debug` shows the same text as `Display`: a `main` that returns an error prints it by `Debug`,
/// and the text has lines that point at the mistakes.
pub struct BuildError(String);

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}
