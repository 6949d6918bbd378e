//! A machine with a providers file for the embedded server.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
};

use pkce_flow_testing::{Page, TestServer, UserAgent};
use serde_json::Value;
use tests::{Cli, Finished, Running};

/// The table's name.
pub(crate) const NAME: &str = "test";

pub(crate) fn machine(server: &TestServer) -> Cli {
    with_file(&server.providers_toml())
}

pub(crate) fn with_file(providers: &str) -> Cli {
    let cli = Cli::new();
    cli.write("providers.toml", providers);
    cli
}

/// `login test --no-browser` and more.
pub(crate) fn login(cli: &Cli, more: &[&str]) -> Running {
    cli.start(["login", NAME, "--no-browser"].iter().chain(more))
}

/// Logs in with tokens that are kept.
pub(crate) fn logged_in(cli: &Cli) {
    let running = login(cli, &["--json"]);
    allow(&running);
    json(&running.finish());
}

/// Signs in and consents; the page that the person sees in the end.
pub(crate) fn allow(running: &Running) -> Page {
    UserAgent::allowing()
        .visit_blocking(&running.authorization_url())
        .expect("the way leads to a page")
}

/// The one JSON object on standard output.
#[track_caller]
pub(crate) fn json(finished: &Finished) -> Value {
    assert_eq!(finished.code, Some(0), "{finished:?}");
    serde_json::from_str(&finished.stdout).expect("standard output is one JSON object")
}

/// A failure: this exit code, nothing on standard output, a word on standard error.
#[track_caller]
pub(crate) fn assert_fails(finished: &Finished, code: i32, word: &str) {
    assert_eq!(finished.code, Some(code), "{finished:?}");
    assert_eq!(finished.stdout, "", "{finished:?}");
    assert!(finished.stderr.contains(word), "{finished:?}");
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

/// Where a login listens.
pub(crate) fn redirect_uri(running: &Running) -> String {
    tests::parameter(&running.authorization_url(), "redirect_uri").expect("a redirect_uri")
}

/// Asks a loopback URL by hand, and gives the whole answer.
pub(crate) fn get(url: &str) -> String {
    send("GET", url, &[])
}

/// The same by any method, with headers.
pub(crate) fn send(method: &str, url: &str, headers: &[(&str, &str)]) -> String {
    let rest = url.strip_prefix("http://").expect("a loopback URL");
    let (host, target) = rest.split_once('/').expect("a path");
    let mut request =
        format!("{method} /{target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

/// The status of an answer.
pub(crate) fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

/// A header of an answer.
#[track_caller]
pub(crate) fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let mut lines = answer.lines().take_while(|line| !line.is_empty());
    lines
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
        .unwrap_or_else(|| panic!("no {name} in {answer}"))
}
