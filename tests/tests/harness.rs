//! The harness itself: nothing that a test starts outlives the test.

use std::{
    fs,
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use serde_json::json;
use tests::{Chromium, DEADLINE, NodeServer};

#[test]
fn a_server_ends_with_its_value() {
    let server = NodeServer::oauth2_server(&json!({ "clients": [] }));
    let address = server.url().trim_start_matches("http://").to_owned();
    TcpStream::connect(&address).expect("the server listens");
    drop(server);
    TcpStream::connect(&address).expect_err("the server is gone");
}

/// So that no server is left behind where a test is killed and drops nothing.
#[test]
fn a_server_ends_with_its_standard_input() {
    let mut server = Command::new("node")
        .arg("oauth2-server.mjs")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("node"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("node starts");
    drop(server.stdin.take());
    let status = server.wait().expect("the server ends");
    assert!(status.success(), "{status}");
}

#[tokio::test]
async fn a_browser_ends_with_its_value() {
    let browser = Chromium::start().await;
    let profile = browser.profile().to_owned();
    assert!(is_used(&profile), "a browser runs on {}", profile.display());
    drop(browser);
    let deadline = Instant::now() + DEADLINE;
    while is_used(&profile) {
        assert!(Instant::now() < deadline, "a browser still runs on {}", profile.display());
        std::thread::yield_now();
    }
}

/// Whether a process was started with this profile.
fn is_used(profile: &Path) -> bool {
    let profile = profile.to_str().expect("a path is text");
    let processes = fs::read_dir("/proc").expect("the list of processes");
    processes.flatten().any(|process| {
        fs::read(process.path().join("cmdline"))
            .is_ok_and(|line| String::from_utf8_lossy(&line).contains(profile))
    })
}
