//! The build-script door: what `build.rs` of this package wrote, and what it says of mistakes.

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

// Names that the written source uses, too: it stands beside anything.
use pkce_flow::{Error, PkceProvider};

include!(concat!(env!("OUT_DIR"), "/providers.rs"));

#[test]
fn what_the_build_script_wrote_is_what_the_toml_declares() -> Result<(), Error> {
    assert_eq!(Provider::ALL, [Provider::Tenant, Provider::Manager]);
    assert_eq!((Tenant::name(), Manager::name()), ("our-tenant", "manager"));
    let manager: pkce_flow::Manager = Manager::manager()?;
    assert_eq!(manager.declaration().issuer(), Some("https://sso.corp.example"));
    Ok(())
}

/// Set in the process that plays the build script.
const AS_BUILD_SCRIPT: &str = "PKCE_FLOW_TEST_AS_BUILD_SCRIPT";

/// Does nothing but in that process.
#[test]
fn build_script() {
    if env::var_os(AS_BUILD_SCRIPT).is_some() {
        pkce_flow_codegen::build("providers.toml").expect("the build script's error");
    }
}

/// Runs a build script in a package of this text; nothing: the file is not there.
fn run(package: &Path, toml: Option<&str>) -> Output {
    if let Some(toml) = toml {
        fs::write(package.join("providers.toml"), toml).expect("the folder takes a file");
    }
    let mut command = Command::new(env::current_exe().expect("this test is a program"));
    command.args(["--exact", "build_script", "--nocapture"]);
    command.env(AS_BUILD_SCRIPT, "1").env("CARGO_MANIFEST_DIR", package);
    command.env("OUT_DIR", package).output().expect("it runs")
}

#[test]
fn a_build_script_is_run_again_when_the_toml_changes() {
    let package = tempfile::tempdir().expect("a folder");
    let output = run(package.path(), Some(""));
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    let file = package.path().join("providers.toml");
    let line = format!("cargo::rerun-if-changed={}", file.display());
    assert!(said.lines().any(|said| said == line), "{said}");
    let written = fs::read_to_string(package.path().join("providers.rs")).expect("it was written");
    assert!(written.contains("pub enum Provider {}"), "{written}");
}

#[test]
fn a_build_script_fails_with_every_mistake_and_its_place() {
    let package = tempfile::tempdir().expect("a folder");
    let toml = "[providers.corp]\npreset = \"gitlub\"\nclient_id = \"\"\n";
    let output = run(package.path(), Some(toml));
    assert!(!output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    for place in ["providers.toml:1:12: ", "providers.toml:2:10: ", "providers.toml:3:13: "] {
        assert!(said.contains(place), "{said}");
    }
    assert!(!package.path().join("providers.rs").exists());
}

#[test]
fn a_build_script_names_the_file_that_is_not_there() {
    let package = tempfile::tempdir().expect("a folder");
    let output = run(package.path(), None);
    assert!(!output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    let file = package.path().join("providers.toml");
    assert!(said.contains(&file.display().to_string()), "{said}");
}
