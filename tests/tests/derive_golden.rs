//! What the generator writes, compared with `pkce-flow-codegen/tests/golden/`.
//! `UPDATE_GOLDEN=1 cargo test -p tests --test derive_golden` writes it anew.

use std::path::{Path, PathBuf};
use std::{env, fs};

use pkce_flow_codegen::{file, is_current};

/// Each is compiled by the test `derive_golden_compiles`, too.
const NAMES: &[&str] = &["one", "preset", "every_kind", "names", "empty"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pkce-flow-codegen/tests/golden")
}

fn read(name: &str, extension: &str) -> String {
    let path = folder().join(name).with_extension(extension);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn generated(name: &str) -> String {
    let toml = read(name, "toml");
    file(&format!("{name}.toml"), &toml).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_generator_writes_what_is_committed() {
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    for name in NAMES {
        let new = generated(name);
        let path = folder().join(name).with_extension("rs");
        if update {
            fs::write(&path, &new).expect("the golden file can be written");
        }
        assert_eq!(new, read(name, "rs"), "{name}: see it, then run again with UPDATE_GOLDEN=1");
    }
}

#[test]
fn no_golden_file_is_without_its_test_or_too_long_to_read() {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let lines = fs::read_to_string(&path).expect("it is text").lines().count();
        assert!(lines < 150, "{}: {lines} lines", path.display());
        let name = path.file_stem().and_then(|name| name.to_str()).expect("it has a name");
        names.push(name.to_owned());
    }
    names.sort_unstable();
    names.dedup();
    let mut known: Vec<&str> = NAMES.to_vec();
    known.sort_unstable();
    assert_eq!(names, known);
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    for name in NAMES {
        assert_eq!(generated(name), generated(name));
    }
}

#[test]
fn who_formatted_the_file_does_not_make_it_stale_and_an_edit_does() {
    let toml = read("one", "toml");
    let new = generated("one");
    let reformatted = new.replace("    ", "  ").replace("\n\n", "\n");
    assert_ne!(reformatted, new);
    assert_eq!(is_current(&reformatted, "one.toml", &toml), Ok(true));
    let edited = new.replace("corp-app", "other-app");
    assert_eq!(is_current(&edited, "one.toml", &toml), Ok(false));
    assert_eq!(is_current("not Rust", "one.toml", &toml), Ok(false));
}
