//! Which providers file is read, and which provider a name means.

use crate::home::{CORP, Home, end};

/// Nothing was kept, so a name that is known ends with 3, and an unknown one with 2.
fn code(home: &Home, arguments: &[&str]) -> Option<i32> {
    home.run(arguments).code
}

#[test]
fn the_file_is_looked_for_here_and_then_in_the_configuration_folder() {
    for place in ["providers.toml", ".config/pkce-flow/providers.toml"] {
        let home = Home::new();
        assert_eq!(code(&home, &["token", "corp"]), Some(2));
        home.write(place, CORP);
        assert_eq!(code(&home, &["token", "corp"]), Some(3), "{place}");
    }
}

#[test]
fn xdg_config_home_comes_in_the_place_of_the_default() {
    let home = Home::new();
    let path = home.write("xdg/pkce-flow/providers.toml", CORP);
    let folder = path.ancestors().nth(2).expect("a folder").to_owned();
    let mut command = home.command(&["token", "corp"]);
    assert_eq!(end(command.env("XDG_CONFIG_HOME", folder)).code, Some(3));
    // A path that is not absolute is passed over.
    let mut command = home.command(&["token", "corp"]);
    assert_eq!(end(command.env("XDG_CONFIG_HOME", "xdg")).code, Some(2));
}

#[test]
fn the_file_here_wins_over_the_users_and_the_named_one_over_both() {
    let home = Home::new();
    home.write(".config/pkce-flow/providers.toml", &CORP.replace("corp]", "users]"));
    home.write("providers.toml", CORP);
    home.write("other.toml", &CORP.replace("corp]", "other]"));
    assert_eq!(code(&home, &["token", "corp"]), Some(3));
    assert_eq!(code(&home, &["token", "users"]), Some(2));
    for arguments in
        [["--config", "other.toml", "token", "other"], ["token", "other", "--config", "other.toml"]]
    {
        assert_eq!(code(&home, &arguments), Some(3));
    }
    assert_eq!(code(&home, &["token", "corp", "--config", "other.toml"]), Some(2));
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let ended = Home::new().run(&["token", "corp", "--config", "nowhere.toml"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("nowhere.toml"), "{}", ended.stderr);
}

#[test]
fn every_command_shows_the_mistakes_of_the_file_it_reads() {
    let home = Home::new();
    home.write("providers.toml", &CORP.replace("http://127.0.0.1", "http://example.org"));
    for arguments in [
        &["login", "corp"][..],
        &["token", "corp"],
        &["refresh", "corp"],
        &["revoke", "corp"],
        &["userinfo", "corp"],
        &["providers", "show", "corp"],
        &["providers", "list", "--config", "providers.toml"],
    ] {
        let ended = home.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ended.stderr.contains("providers.toml:4:16"), "{}", ended.stderr);
    }
}

#[test]
fn a_preset_needs_no_file_where_a_client_id_is_given() {
    let home = Home::new();
    assert_eq!(code(&home, &["token", "gitlab", "--client-id", "x"]), Some(3));
    let ended = home.run(&["token", "gitlab"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--client-id"), "{}", ended.stderr);
}

#[test]
fn an_issuer_and_a_client_id_need_no_name() {
    let home = Home::new();
    let both = ["token", "--issuer", "https://idp.example", "--client-id", "x"];
    assert_eq!(code(&home, &both), Some(3));
    assert_eq!(code(&home, &both[..3]), Some(2));
}

#[test]
fn a_missing_variable_of_the_environment_is_named_with_its_line() {
    let home = Home::new();
    let secret = "client_secret = { env = \"CORP_SECRET\" }\n";
    home.write("providers.toml", &format!("{CORP}{secret}"));
    let ended = home.run(&["token", "corp"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("CORP_SECRET"), "{}", ended.stderr);
    assert!(ended.stderr.contains("providers.toml:6:"), "{}", ended.stderr);
    let mut command = home.command(&["token", "corp"]);
    assert_eq!(end(command.env("CORP_SECRET", "hunter2")).code, Some(3));
}

#[test]
fn an_argument_at_fault_is_named_and_no_line_of_the_file() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    let ended = home.run(&["login", "corp", "--redirect-uri", "http://example.org/callback"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--redirect-uri"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("providers.toml:4"), "{}", ended.stderr);
}

#[test]
fn a_redirect_uri_elsewhere_cannot_be_listened_on() {
    let home = Home::new();
    home.write("providers.toml", &CORP.replace("http://127.0.0.1", "https://app.corp.example"));
    let ended = home.run(&["login", "corp", "--no-browser", "--timeout", "1"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("https://app.corp.example/callback"), "{}", ended.stderr);
}

#[test]
fn the_demo_takes_no_settings_of_a_provider() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    for arguments in [
        &["login", "demo", "--config", "providers.toml"][..],
        &["login", "demo", "--client-id", "x"],
        &["login", "demo", "--keyring"],
    ] {
        assert_eq!(code(&home, arguments), Some(2), "{arguments:?}");
    }
}
