//! What the generator writes: compared with `pkce-flow-codegen/tests/golden/`, and compiled with
//! warnings denied. `UPDATE_GOLDEN=1 cargo test -p tests --test derive_golden` writes it anew.

use std::path::{Path, PathBuf};
use std::{env, fs};

use pkce_flow_codegen::{file, is_current};

/// The generated files, each a module, as a program has them.
macro_rules! golden {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(
            #[deny(warnings, missing_docs, missing_debug_implementations, unreachable_pub)]
            #[deny(clippy::all, clippy::pedantic, clippy::missing_errors_doc)]
            #[allow(dead_code, reason = "types and methods that this test does not use")]
            #[allow(non_camel_case_types, reason = "rust_name is as the file has it")]
            pub mod $name {
                include!(concat!("../../pkce-flow-codegen/tests/golden/", stringify!($name), ".rs"));
            }
        )*
    };
}

golden!(one presets every_kind names empty);

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

#[test]
fn a_generated_provider_is_the_one_that_the_toml_declares() {
    use pkce_flow::{PkceProvider as _, Providers};
    let from_toml = Providers::from_toml_str(&read("presets", "toml")).expect("it is right");
    let environment = |name: &str| Some(format!("value-of-{name}"));
    let built = [
        ("github", presets::Github::manager_builder()),
        ("our-gitlab", presets::Provider::GitLab.manager_builder()),
    ];
    for (name, builder) in built {
        // The secret's file is not there.
        let written = builder.environment(environment).client_secret("secret".to_owned()).build();
        let read = from_toml.builder(name).expect("the table is there");
        let read = read.environment(environment).client_secret("secret".to_owned()).build();
        let (written, read) = (written.expect("it is right"), read.expect("it is right"));
        assert_eq!(format!("{:?}", written.declaration()), format!("{:?}", read.declaration()));
    }
    assert_eq!(presets::GitLab::READ_API, "read_api");
    assert_eq!("our-gitlab".parse::<presets::Provider>().ok(), Some(presets::Provider::GitLab));
}
