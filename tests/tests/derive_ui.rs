//! Where each error sits, and which hard shapes compile: the programs of `ui/`.
//!
//! What is said is tested elsewhere; these cases prove places, and that one mistake gives one
//! message. `TRYBUILD=overwrite cargo test -p tests --test derive_ui` writes new expectations.
//! `cargo test -p tests --test derive_ui -- derive_ui trybuild=NAME` runs one case.

use std::fs;
use std::io::Write as _;
use std::process::Command;

/// The compiler whose way of showing errors the expectations hold.
const PINNED: &str = "rustc 1.95.";

#[test]
fn each_mistake_is_one_message_at_its_place() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    if !version.starts_with(PINNED) {
        // Past the capture of test output: nobody shall take this for a pass.
        let said = format!(
            "\nSKIPPED: tests/ui/fail was NOT tested: it holds errors as {PINNED}x shows them, \
             and this is {version}\n"
        );
        std::io::stderr().write_all(said.as_bytes()).expect("standard error takes text");
        return;
    }
    trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
}

#[test]
fn the_hard_shapes_compile_and_run() {
    trybuild::TestCases::new().pass("ui/pass/*/*.rs");
}

#[test]
fn the_readme_shows_what_the_compiler_says() {
    let said = fs::read_to_string("ui/fail/readme/two_mistakes.stderr").expect("it is there");
    let said = said.replace("ui/fail/readme/two_mistakes.rs", "src/main.rs");
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&format!("```text\n{said}```\n")), "README.md has not:\n{said}");
}
