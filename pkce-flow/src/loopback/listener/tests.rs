//! The listener over real sockets.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::*;
use crate::loopback::Page;

const STATE: &str = "the-pending-state";

struct Login {
    port: u16,
    received: JoinHandle<Received>,
}

/// A listener that waits for `STATE` at `/callback`.
fn wait(form_post: bool) -> Login {
    let listener = Listener::bind("http://127.0.0.1/callback").expect("a free port");
    let port = listener.port();
    assert_eq!(listener.redirect_uri(), format!("http://127.0.0.1:{port}/callback"));
    let state = Secret::new(STATE.to_owned());
    Login { port, received: tokio::spawn(listener.receive_state(state, form_post)) }
}

impl Login {
    async fn open(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("it listens");
        stream.write_all(request.as_bytes()).await.expect("it reads");
        stream
    }

    async fn send(&self, request: &str) -> String {
        read(self.open(request).await).await
    }

    async fn get(&self, target: &str) -> String {
        self.send(&format!("GET {target} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")).await
    }

    async fn post(&self, body: &str) -> String {
        let length = body.len();
        let head = "POST /callback HTTP/1.1\r\nhost: x\r\n\
                    content-type: application/x-www-form-urlencoded";
        self.send(&format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}")).await
    }

    async fn received(self) -> Received {
        tokio::time::timeout(Duration::from_secs(60), self.received)
            .await
            .expect("the callback came")
            .expect("the task ran to its end")
    }
}

async fn read(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("a whole answer");
    answer
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[tokio::test]
async fn everything_but_the_callback_is_refused_and_the_waiting_goes_on() {
    let login = wait(false);
    for (target, expected) in [
        ("/favicon.ico", "404"),
        ("/", "404"),
        ("/callback/", "404"),
        ("/callback/more?state=the-pending-state&code=c", "404"),
        ("/callback", "400"),
        ("/callback?", "400"),
        ("/callback?x=y", "400"),
        ("/callback?code=c", "400"),
        ("/callback?code=c&state=forged", "400"),
        ("/callback?code=c&state=", "400"),
        ("/callback?code=c&state=the-pending-stat", "400"),
        ("/callback?code=c&state=the-pending-state&state=the-pending-state", "400"),
    ] {
        let answer = login.get(target).await;
        assert_eq!(status(&answer), expected, "{target}");
        assert!(answer.contains("content-security-policy: default-src 'none'"), "{answer}");
        assert!(!answer.contains(STATE), "{answer}");
    }
    let post = login.post("code=c&state=the-pending-state").await;
    assert_eq!(status(&post), "405");
    assert!(post.contains("allow: GET\r\n"), "{post}");
    for method in ["HEAD", "PUT", "OPTIONS", "DELETE"] {
        let target = "/callback?code=c&state=the-pending-state";
        let answer = login.send(&format!("{method} {target} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(status(&answer), "405", "{method}");
    }
    let browser = login.open("GET /callback?code=c&state=the-pending-state HTTP/1.1\r\n\r\n").await;
    let received = login.received().await;
    received.responder.respond(Page::success("Corp")).await;
    assert_eq!(status(&read(browser).await), "200");
}

#[tokio::test]
async fn the_page_comes_whole_after_the_login_was_finished() {
    let login = wait(false);
    let port = login.port;
    let browser = login.open("GET /callback?code=c&state=the-pending-state HTTP/1.1\r\n\r\n").await;
    let received = login.received().await;
    let mut nothing = [0];
    let early = browser.try_read(&mut nothing).expect_err("no answer before the login is finished");
    assert_eq!(early.kind(), std::io::ErrorKind::WouldBlock);
    received.responder.respond(Page::failure("<denied>")).await;
    let answer = read(browser).await;
    assert_eq!(status(&answer), "400");
    assert!(answer.contains("&lt;denied&gt;") && answer.ends_with("</html>\n"), "{answer}");
    TcpStream::connect(("127.0.0.1", port)).await.expect_err("the listener is closed");
}

#[tokio::test]
async fn a_form_is_taken_where_the_login_asked_for_one() {
    let login = wait(true);
    assert_eq!(status(&login.post("code=c&state=forged").await), "400");
    assert_eq!(status(&login.post("").await), "400");
    assert_eq!(status(&login.post(&"x".repeat(100_000)).await), "413");
    let body = "code=c&state=the-pending-state";
    let head = format!("POST /callback HTTP/1.1\r\ncontent-length: {}\r\n\r\n", body.len());
    let browser = login.open(&format!("{head}{body}")).await;
    login.received().await.responder.respond(Page::success("Corp")).await;
    assert_eq!(status(&read(browser).await), "200");
}

#[tokio::test]
async fn spare_and_broken_connections_do_not_hold_anything_up() {
    let login = wait(false);
    let mut spare = Vec::new();
    for request in ["", "GET /callback?code=c&sta", "\u{16}\u{3}\u{1} hello", "GET / HTTP/1.1\r\n"]
    {
        spare.push(login.open(request).await);
    }
    let kept = "GET /favicon.ico HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n";
    assert_eq!(status(&login.send(kept).await), "404");
    let browser = login.open("GET /callback?code=c&state=the-pending-state HTTP/1.1\r\n\r\n").await;
    login.received().await.responder.respond(Page::success("Corp")).await;
    assert_eq!(status(&read(browser).await), "200");
    drop(spare);
}

#[tokio::test]
async fn only_the_first_callback_counts() {
    let login = wait(false);
    let port = login.port;
    let first = login.open("GET /callback?code=c&state=the-pending-state HTTP/1.1\r\n\r\n").await;
    let received = login.received().await;
    let mut second = TcpStream::connect(("127.0.0.1", port)).await.expect("it still listens");
    let request = b"GET /callback?code=d&state=the-pending-state HTTP/1.1\r\n\r\n";
    second.write_all(request).await.expect("it reads");
    assert_eq!(status(&read(second).await), "409");
    received.responder.respond(Page::success("Corp")).await;
    assert_eq!(status(&read(first).await), "200");
}

#[tokio::test]
async fn a_browser_that_goes_away_does_not_hold_the_login_up() {
    let login = wait(false);
    let browser = login.open("GET /callback?code=c&state=the-pending-state HTTP/1.1\r\n\r\n").await;
    let received = login.received().await;
    drop(browser);
    received.responder.respond(Page::success("Corp")).await;
}

#[tokio::test]
async fn a_fixed_port_is_free_again_after_each_login() {
    let mut port = 0;
    for _ in 0..3 {
        let listener = Listener::bind(&format!("http://127.0.0.1:{port}/callback")).expect("free");
        port = listener.port();
        let state = Secret::new(STATE.to_owned());
        let login = Login { port, received: tokio::spawn(listener.receive_state(state, false)) };
        let browser =
            login.open("GET /callback?code=c&state=the-pending-state HTTP/1.1\r\n\r\n").await;
        login.received().await.responder.respond(Page::success("Corp")).await;
        assert_eq!(status(&read(browser).await), "200");
    }
}

#[tokio::test]
async fn localhost_answers_on_every_family_that_the_machine_has() {
    let listener = Listener::bind("http://localhost/callback").expect("a free port");
    let port = listener.port();
    let sockets: Vec<_> =
        listener.sockets.iter().map(|socket| socket.local_addr().expect("bound")).collect();
    let state = Secret::new(STATE.to_owned());
    let login = Login { port, received: tokio::spawn(listener.receive_state(state, false)) };
    for socket in sockets {
        let mut stream = TcpStream::connect(socket).await.expect("it listens");
        stream.write_all(b"GET /favicon.ico HTTP/1.1\r\n\r\n").await.expect("it reads");
        assert_eq!(status(&read(stream).await), "404");
    }
    login.received.abort();
}
