//! `explain`, and the way to it from `providers check`.

use pkce_flow_providers::Code;

use crate::home::{CORP, Home};

#[test]
fn every_code_is_listed_with_a_line_and_has_a_page() {
    let home = Home::new();
    let list = home.run(&["explain"]);
    assert_eq!((list.code, list.stderr.as_str()), (Some(0), ""));
    assert_eq!(list.stdout.lines().count(), Code::ALL.len());
    for (code, line) in Code::ALL.iter().zip(list.stdout.lines()) {
        assert!(line.starts_with(code.as_str()) && line.ends_with(code.meaning()), "{line}");
    }
    let page = home.run(&["explain", "mix-up"]);
    assert_eq!((page.code, page.stderr.as_str()), (Some(0), ""));
    assert!(page.stdout.starts_with("mix-up\n\n"), "{}", page.stdout);
    for part in ["\nWrong\n", "\nRight\n", "\n    [providers.gitlab]\n", "\nWhat to do\n"] {
        assert!(page.stdout.contains(part), "{part:?}: {}", page.stdout);
    }
}

#[test]
fn an_unknown_code_is_answered_with_the_nearest_one() {
    let home = Home::new();
    let ended = home.run(&["explain", "http-no-loopback"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("do you mean `http-not-loopback`?"), "{}", ended.stderr);
    let ended = home.run(&["explain", "zzz"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("pkce-flow explain lists them"), "{}", ended.stderr);
}

#[test]
fn a_check_says_once_how_to_read_more() {
    let home = Home::new();
    home.write("one.toml", &CORP.replace("http://127.0.0.1", "http://corp.example"));
    let one = home.run(&["providers", "check", "one.toml"]).stderr;
    assert!(one.ends_with("\nFor more: pkce-flow explain http-not-loopback\n"), "{one}");
    home.write("two.toml", "[providers.corp]\nissuer = 'https://a.example'\n");
    let two = home.run(&["providers", "check", "two.toml"]).stderr;
    let said = "\nFor more: pkce-flow explain CODE, for example missing-client-id\n";
    assert!(two.ends_with(said), "{two}");
    assert_eq!(two.matches("pkce-flow explain").count(), 1, "{two}");
}

#[test]
fn shells_complete_the_codes() {
    let home = Home::new();
    for shell in ["bash", "zsh"] {
        let script = home.run(&["completions", shell]).stdout;
        assert!(script.contains("http-not-loopback"), "{shell}");
    }
}
