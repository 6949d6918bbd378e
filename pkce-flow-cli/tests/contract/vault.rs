//! The vault as a file that was written before.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::home::{CORP, Home, end};

const VAULT: &str = ".local/share/pkce-flow/vault.json";

/// A home with the table `corp` and a vault with these tokens for it.
fn home(tokens: Value) -> Home {
    let home = Home::new();
    home.write("providers.toml", CORP);
    let entry = json!({
        "name": "corp",
        "provider": "https://sso.corp.example/oauth/token",
        "client_id": "corp-app",
        "tokens": tokens,
    });
    home.write(VAULT, &json!({ "format": 1, "tokens": [entry] }).to_string());
    home
}

fn in_seconds(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    i64::try_from(now.as_secs()).expect("in range") + seconds
}

fn tokens(expires_in: i64) -> Value {
    json!({
        "access_token": "an-access-token",
        "token_type": "Bearer",
        "expires_at": in_seconds(expires_in),
        "scope": ["read"],
        "requested_scope": ["read"],
        "members": {},
    })
}

#[test]
fn a_token_that_is_valid_stands_alone_on_a_line() {
    let home = home(tokens(3600));
    let ended = home.run(&["token", "corp"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "an-access-token\n"));
    assert_eq!(ended.stderr, "");
    let ended = home.run(&["token", "corp", "--json"]);
    let object: Value = serde_json::from_str(&ended.stdout).expect("JSON");
    assert_eq!(object["access_token"], "an-access-token");
    assert!(object["expires_at"].as_i64().is_some_and(|end| end > in_seconds(3000)));
}

#[test]
fn a_token_without_a_known_end_is_taken_as_it_is() {
    let home = home(json!({ "access_token": "an-access-token", "token_type": "Bearer" }));
    let ended = home.run(&["token", "corp"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "an-access-token\n"));
}

#[test]
fn an_expired_token_that_cannot_be_refreshed_needs_a_login() {
    let home = home(tokens(-10));
    for command in ["token", "refresh", "userinfo"] {
        let ended = home.run(&[command, "corp"]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""), "{command}");
        assert!(ended.stderr.contains("pkce-flow login corp"), "{}", ended.stderr);
    }
}

#[test]
fn a_changed_declaration_does_not_get_the_tokens() {
    for (from, to) in [
        ("https://sso.corp.example/", "https://sso.evil.example/"),
        ("corp-app", "another-app"),
        ("[providers.corp]", "[providers.other]"),
    ] {
        let home = home(tokens(3600));
        home.write("providers.toml", &CORP.replace(from, to));
        let name = if to.contains("other]") { "other" } else { "corp" };
        let ended = home.run(&["token", name]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""), "{to}");
    }
}

#[test]
fn without_tokens_nothing_is_made() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    let ended = home.run(&["token", "corp"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(3), ""));
    assert!(!home.path().join(".local").exists());
}

#[test]
fn xdg_data_home_comes_in_the_place_of_the_default() {
    let home = home(tokens(3600));
    let folder: PathBuf = home.path().join(".local/share");
    let elsewhere = home.path().join("data");
    fs::rename(folder, &elsewhere).expect("moved");
    assert_eq!(home.run(&["token", "corp"]).code, Some(3));
    let mut command = home.command(&["token", "corp"]);
    assert_eq!(end(command.env("XDG_DATA_HOME", elsewhere)).code, Some(0));
}

#[test]
fn a_damaged_vault_says_where_and_is_left_as_it_is() {
    let damaged = [
        "".to_owned(),
        "{".to_owned(),
        "{\"format\":1,\n\"tokens\":[{\"name\":\"corp\"}]}".to_owned(),
        "{\"format\":99,\"tokens\":[]}".to_owned(),
        "{\"format\":1,\"sealed\":7}".to_owned(),
    ];
    for text in damaged {
        let home = Home::new();
        home.write("providers.toml", CORP);
        let path = home.write(VAULT, &text);
        for command in ["token", "login", "refresh", "revoke", "userinfo"] {
            let ended = home.run(&[command, "corp"]);
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{command} {text}");
            assert!(ended.stderr.contains("vault.json"), "{}", ended.stderr);
        }
        assert_eq!(fs::read_to_string(path).expect("it is still there"), text);
    }
}

#[test]
fn tokens_that_cannot_be_read_name_the_vault() {
    let home = home(json!({ "access_token": 7 }));
    let ended = home.run(&["token", "corp"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains("vault.json"), "{}", ended.stderr);
}

#[test]
fn a_refresh_that_cannot_reach_the_provider_loses_nothing() {
    let mut kept = tokens(-10);
    kept["refresh_token"] = "a-refresh-token".into();
    let home = home(kept);
    // A port that was free a moment ago, on a host that answers at once.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port();
    let local = format!("http://127.0.0.1:{port}/oauth/");
    let file = CORP.replace("https://sso.corp.example/oauth/", &local);
    home.write("providers.toml", &file);
    let path = home.path().join(VAULT);
    let vault = fs::read_to_string(&path).expect("the vault");
    let moved = vault.replace("https://sso.corp.example/oauth/", &local);
    fs::write(&path, &moved).expect("written");
    let ended = home.run(&["token", "corp"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{}", ended.stderr);
    assert_eq!(fs::read_to_string(path).expect("the vault"), moved);
}

#[test]
fn a_sealed_vault_without_a_keyring_ends_with_2() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    let sealed = json!({ "key": "vault-1", "nonce": "", "data": "" });
    home.write(VAULT, &json!({ "format": 1, "sealed": sealed }).to_string());
    let mut command = home.command(&["token", "corp"]);
    let ended = end(command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"));
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("keyring"), "{}", ended.stderr);
}

#[test]
fn login_with_a_keyring_that_is_not_there_ends_with_2_before_anybody_signs_in() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    let mut command = home.command(&["login", "corp", "--keyring", "--no-browser"]);
    let ended = end(command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"));
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""));
    assert!(!ended.stderr.contains("code_challenge"), "{}", ended.stderr);
}

#[test]
fn a_folder_that_cannot_be_made_is_said_before_anybody_signs_in() {
    let home = Home::new();
    home.write("providers.toml", CORP);
    home.write(".local/share", "a file where a folder should be");
    let ended = home.run(&["login", "corp", "--no-browser"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""));
    assert!(!ended.stderr.contains("code_challenge"), "{}", ended.stderr);
}

#[test]
fn one_process_waits_for_another_that_changes_the_vault() {
    let home = home(tokens(-10));
    let lock = home.path().join(".local/share/pkce-flow/vault.lock");
    let file = fs::File::create(lock).expect("the lock's file");
    file.lock().expect("nobody else has it");
    let mut child = home
        .command(&["token", "corp"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut first_line = String::new();
    let stderr = child.stderr.take().expect("piped");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(stderr), &mut first_line)
        .expect("it says what it waits for");
    assert!(first_line.starts_with("waiting for another pkce-flow"), "{first_line}");
    assert!(child.try_wait().expect("a child").is_none());
    drop(file);
    assert_eq!(child.wait().expect("it ends").code(), Some(3));
}
