//! The scripted browser.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread,
};

use pkce_flow_testing::{TestServer, UserAgent};

use crate::{
    login::{GOOD, REDIRECT_URI, authorization_url, but},
    raw::param,
};

#[test]
fn it_allows_and_denies_on_the_consent_page_inside_and_outside_of_a_runtime() {
    let server = TestServer::start();
    let url = authorization_url(&server, &GOOD);
    let denied = server.deny_blocking(&url).expect("the page is there");
    assert_eq!(param(&denied, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&denied, "state").as_deref(), Some("the state & more"));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        // A runtime without I/O of its own is enough.
        let callback = server.approve(&url).await.expect("the page is there");
        assert!(callback.starts_with(&format!("{REDIRECT_URI}?code=")));
        let again = server.approve_blocking(&url).expect("the page is there");
        assert!(param(&again, "code").is_some());
        assert!(server.deny(&url).await.is_ok());
    });
}

#[test]
fn it_reports_what_an_error_page_says_without_the_query() {
    let server = TestServer::start();
    let url = authorization_url(&server, &but("client_id", Some("planted-secret")));
    let error = server.approve_blocking(&url).expect_err("nobody is registered");
    assert_eq!(error.status(), Some(400));
    let text = error.to_string();
    assert!(text.contains("No application is registered"), "{text}");
    assert!(!text.contains("planted-secret"), "{text}");
    assert!(server.approve_blocking(server.url()).is_err());
    assert!(server.approve_blocking("https://x.example/?redirect_uri=a").is_err());
    assert!(server.approve_blocking("nonsense").is_err());
}

/// An application that answers one request and tells what it got: the first line and the body.
fn application() -> (String, thread::JoinHandle<(String, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let thread = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a connection");
        let mut reader = BufReader::new(stream);
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first).expect("a line");
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("a line");
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().expect("a number");
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("the body");
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nDone";
        reader.get_mut().write_all(answer).expect("sent");
        (first, String::from_utf8(body).expect("a text"))
    });
    (format!("http://{address}/callback"), thread)
}

#[test]
fn it_delivers_the_callback_by_redirect() {
    let server = TestServer::start();
    let (redirect_uri, application) = application();
    let url = authorization_url(&server, &but("redirect_uri", Some(&redirect_uri)));
    let page = UserAgent::allowing().visit_blocking(&url).expect("a visit");
    assert_eq!((page.status(), page.body()), (200, "Done"));
    assert!(page.url().starts_with(&redirect_uri));
    let (first, _) = application.join().expect("it was called");
    assert!(first.starts_with("GET /callback?code="), "{first}");
}

#[test]
fn it_delivers_the_callback_by_form() {
    let server = TestServer::start();
    let (redirect_uri, application) = application();
    let mut params = but("redirect_uri", Some(&redirect_uri));
    params.push(("response_mode", "form_post"));
    let url = authorization_url(&server, &params);
    let page = UserAgent::denying().visit_blocking(&url).expect("a visit");
    assert_eq!(page.body(), "Done");
    let (first, body) = application.join().expect("it was called");
    assert!(first.starts_with("POST /callback HTTP"), "{first}");
    assert!(body.contains("error=access_denied"), "{body}");
    assert!(body.contains("state=the+state+%26+more"), "{body}");
}
