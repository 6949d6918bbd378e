//! `providers list`, `show` and `check`.

use serde_json::Value;

use crate::home::{CORP, Home, end};

const BAD: &str = "\
[providers.corp]
root_url = \"https://sso.corp.example/oauth/\"
client_id = \"corp-app\"
client_secret = \"hunter2\"
redirect_uri = \"http://example.org/callback\"
";

#[test]
fn a_good_file_ends_with_0_and_reads_no_environment() {
    let home = Home::new();
    let secret = "client_secret = { env = \"NOT_SET\" }\n";
    home.write("corp.toml", &format!("{CORP}{secret}"));
    let ended = home.run(&["providers", "check", "corp.toml"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let ended = home.run(&["providers", "check", "corp.toml", "--json"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "[]\n"));
}

#[test]
fn each_mistake_is_named_with_its_place_its_line_and_what_to_write() {
    let home = Home::new();
    home.write("corp.toml", BAD);
    let ended = home.run(&["providers", "check", "corp.toml"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(
        ended.stderr,
        "\
error[secret-in-clear]: `client_secret` is written out
 --> corp.toml:4:17
  |
4 | client_secret = …
  |                 ^
  |
  = help: write client_secret = { env = \"CORP_CLIENT_SECRET\" }, or { file = \"/run/secrets/…\" }, \
and get a new secret if this one was ever shared

error[http-not-loopback]: `http://example.org/callback` is http, and its host is not loopback
 --> corp.toml:5:16
  |
5 | redirect_uri = \"http://example.org/callback\"
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: write https://example.org/callback; http is for 127.0.0.0/8, [::1] and localhost alone

error: 2 mistakes in corp.toml
For more: pkce-flow explain CODE, for example secret-in-clear
"
    );
}

#[test]
fn json_has_code_path_place_what_and_help_of_each_mistake() {
    let home = Home::new();
    home.write("corp.toml", BAD);
    let ended = home.run(&["providers", "check", "corp.toml", "--json"]);
    assert_eq!(ended.code, Some(2));
    assert!(!ended.stdout.contains("hunter2"));
    let problems: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    let problem = &problems[1];
    assert_eq!(problem["code"], "http-not-loopback");
    assert_eq!(problem["path"], "providers.corp.redirect_uri");
    assert_eq!((&problem["line"], &problem["column"]), (&5.into(), &16.into()));
    assert!(problem["what"].as_str().is_some_and(|what| what.contains("http://example.org")));
    assert!(problem["help"].as_str().is_some_and(|help| help.contains("https")));
}

#[test]
fn toml_that_is_broken_is_shown_with_its_place() {
    let home = Home::new();
    home.write("corp.toml", "[providers.corp]\nclient_id = \n");
    let ended = home.run(&["providers", "check", "corp.toml"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("corp.toml:2:"), "{}", ended.stderr);
}

#[test]
fn a_missing_file_and_no_text_end_with_2() {
    let home = Home::new();
    assert_eq!(home.run(&["providers", "check", "nowhere.toml"]).code, Some(2));
    assert_eq!(home.run(&["providers", "check"]).code, Some(2));
    std::fs::write(home.path().join("bytes.toml"), [0xff, 0xfe]).expect("written");
    let ended = home.run(&["providers", "check", "bytes.toml"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("UTF-8"), "{}", ended.stderr);
}

#[test]
fn the_list_has_the_presets_and_with_config_the_tables() {
    let home = Home::new();
    home.write(
        "providers.toml",
        &format!("{CORP}\n{}", CORP.replace("corp]", "gitlab]").replace("callback", "gitlab")),
    );
    let names = |arguments: &[&str]| -> Vec<(String, String)> {
        let list: Value = serde_json::from_str(&home.run(arguments).stdout).expect("JSON");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let entries = list.as_array().expect("an array").iter();
        entries.map(|entry| (text(&entry["name"]), text(&entry["kind"]))).collect()
    };
    let presets = names(&["providers", "list", "--json"]);
    assert!(presets.contains(&("gitlab".to_owned(), "preset".to_owned())), "{presets:?}");
    assert!(!presets.iter().any(|(name, _)| name == "corp"));
    let all = names(&["providers", "list", "--json", "--config", "providers.toml"]);
    assert!(all.contains(&("corp".to_owned(), "table".to_owned())), "{all:?}");
    let gitlab: Vec<_> = all.iter().filter(|(name, _)| name == "gitlab").collect();
    assert_eq!(gitlab, [&("gitlab".to_owned(), "table".to_owned())]);
}

#[test]
fn list_entries_say_what_helps_to_choose() {
    let ended = Home::new().run(&["providers", "list", "--json"]);
    let list: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    for entry in list.as_array().expect("an array") {
        for key in ["name", "display_name", "documentation"] {
            assert!(entry[key].as_str().is_some_and(|text| !text.is_empty()), "{entry}");
        }
    }
}

#[test]
fn a_preset_is_shown_whole_with_tenant_variables_in_braces() {
    let home = Home::new();
    let ended = home.run(&["providers", "show", "gitlab", "--json"]);
    assert_eq!(ended.code, Some(0));
    let gitlab: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(gitlab["name"], "gitlab");
    assert_eq!(gitlab["token_endpoint"], "https://{domain}/oauth/token");
    let text = home.run(&["providers", "show", "gitlab"]).stdout;
    assert!(text.contains("token_endpoint = \"https://{domain}/oauth/token\"\n"), "{text}");
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest_one() {
    let ended = Home::new().run(&["providers", "show", "gitlb"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("`gitlab`"), "{}", ended.stderr);
}

#[test]
fn what_a_file_says_cannot_write_to_the_terminal() {
    let home = Home::new();
    home.write("corp.toml", &CORP.replace("corp-app", "\\u001b[31m"));
    let ended = end(&mut home.command(&["providers", "show", "corp", "--config", "corp.toml"]));
    assert!(!ended.stdout.contains('\u{1b}') && !ended.stderr.contains('\u{1b}'), "{ended:?}");
}
