//! `import`, as far as no server is needed.

use std::fs;

use crate::home::{CORP, Home};

/// Nobody listens there, so that whoever asks ends with 4.
const NOBODY: &str = "http://127.0.0.1:1";

#[test]
fn an_issuer_that_no_declaration_may_have_is_not_asked() {
    let home = Home::new();
    for (issuer, word) in [
        ("idp.example", "absolute"),
        ("http://idp.example", "loopback"),
        ("https://idp.example/?tenant=a", "query"),
        ("https://user@idp.example/", "userinfo"),
        ("https://idp.example/#a", "fragment"),
        ("", "empty"),
    ] {
        let ended = home.run(&["import", issuer]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{issuer}: {ended:?}");
        assert!(ended.stderr.contains(word), "{issuer}: {}", ended.stderr);
    }
}

#[test]
fn a_server_that_is_not_there_ends_with_4_and_leaves_no_file() {
    let home = Home::new();
    let ended = home.run(&["import", NOBODY, "-o", "providers.toml"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{ended:?}");
    assert!(!home.path().join("providers.toml").exists());
}

#[test]
fn a_name_that_is_taken_is_said_before_anybody_is_asked() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    // The second becomes the same type.
    for name in ["corp", "Corp"] {
        let ended = home.run(&["import", NOBODY, "--name", name, "-o", "providers.toml"]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert!(ended.stderr.contains("has the table [providers.corp] already"), "{ended:?}");
        assert!(ended.stderr.contains("--name"), "{}", ended.stderr);
    }
    assert_eq!(fs::read_to_string(home.path().join("providers.toml")).expect("there"), CORP);
}

#[test]
fn the_name_of_the_demo_is_no_tables() {
    let ended = Home::new().run(&["import", NOBODY, "--name", "demo"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("embedded provider"), "{}", ended.stderr);
}

#[test]
fn a_file_with_mistakes_gets_no_table() {
    let home = Home::new();
    home.write("providers.toml", &CORP.replace("client_id", "client"));
    let ended = home.run(&["import", NOBODY, "-o", "providers.toml"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains(" --> providers.toml:"), "{}", ended.stderr);
}
