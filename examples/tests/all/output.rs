//! Examples that print and end.

use crate::program::Program;

fn output(path: &str) -> String {
    Program::start(path, &[]).finish()
}

#[test]
fn quickstart_logs_in_and_refreshes() {
    assert_eq!(
        output(env!("CARGO_BIN_EXE_quickstart")),
        "granted: openid profile email\nhello, Ada Example\na new access token: true\n"
    );
}

#[test]
fn quickstart_has_at_most_thirty_lines() {
    let lines = include_str!("../../src/bin/quickstart.rs").lines().count();
    assert!(lines <= 30, "it has {lines}");
}

#[test]
fn blocking_prints_what_quickstart_prints() {
    let quickstart = output(env!("CARGO_BIN_EXE_quickstart"));
    assert_eq!(output(env!("CARGO_BIN_EXE_blocking")), quickstart);
}

#[test]
fn providers_toml_shows_each_provider_and_each_mistake() {
    let printed = output(env!("CARGO_BIN_EXE_providers_toml"));
    let (before, rest) =
        printed.split_once("http://127.0.0.1:").expect("the embedded server's URL");
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let printed = format!("{before}http://127.0.0.1:PORT{rest}");
    assert_eq!(printed, include_str!("providers_toml.txt"));
}

#[test]
fn custom_store_serves_two_managers_and_knows_a_replay() {
    assert_eq!(
        output(env!("CARGO_BIN_EXE_custom_store")),
        "begun by one, finished by the other: Ada Example\n\
         once more: this callback was delivered before, and a login is finished once. \
         Start the login again\n"
    );
}
