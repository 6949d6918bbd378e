//! How a browser is opened, and what happens where none can be.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf};

use pkce_flow_testing::TestServer;
use tests::Cli;

use crate::machine::{NAME, allow, json, machine};

/// An executable below the home.
fn script(cli: &Cli, name: &str, text: &str) -> PathBuf {
    let path = cli.write(name, text);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("ours");
    path
}

#[test]
fn browser_gets_the_address_as_one_argument_and_no_stream_of_ours() {
    let server = TestServer::start();
    let cli = machine(&server);
    let browser = script(
        &cli,
        "my browser",
        "#!/bin/sh\necho noise; echo noise >&2\nprintf '%s|%s' \"$#\" \"$2\" > \"$HOME/opened\"\n",
    );
    let cli = cli.env("BROWSER", format!("'{}' --new %s", browser.display()));
    let running = cli.start(["login", NAME, "--json"]);
    let address = running.authorization_url();
    allow(&running);
    let finished = running.finish();
    json(&finished);
    assert!(!finished.stderr.contains("noise"), "{}", finished.stderr);
    let opened = fs::read_to_string(cli.home().join("opened")).expect("the browser was opened");
    assert_eq!(opened, format!("2|{address}"));
}

#[test]
fn where_no_browser_can_be_opened_the_login_goes_on_without() {
    let server = TestServer::start();
    for browser in ["false", "/no/such/browser", "w3m:/usr/bin/lynx %s", ""] {
        let cli = machine(&server).env("BROWSER", browser);
        let running = cli.start(["login", NAME, "--json"]);
        running.wait_for_line(|line| line.contains("browser"));
        allow(&running);
        json(&running.finish());
    }
}
