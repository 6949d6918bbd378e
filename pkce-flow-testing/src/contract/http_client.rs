//! What every HTTP client must do.

use std::{net::TcpListener, time::Duration};

use http::{Method, Request, Response};
use pkce_flow::transport::{HttpClient, HttpError, HttpErrorKind, Limits};

use crate::contract::{
    join::join_all,
    script::{Act, Script, Seen},
};

/// Checks an [`HttpClient`]: requests arrive and answers come back unchanged, no redirect is
/// followed, nothing is sent twice, no cookie is kept, and the limits hold.
///
/// It talks to servers that it starts on 127.0.0.1, over plain http. What TLS must do is not
/// checked here.
///
/// # Panics
///
/// At the first broken rule, which the message names.
pub async fn http_client(client: impl HttpClient) {
    let rules = Rules(client);
    rules.a_request_arrives_unchanged().await;
    rules.a_request_without_a_body_has_none().await;
    rules.every_status_is_an_answer().await;
    rules.headers_and_body_come_back_unchanged().await;
    rules.no_redirect_is_followed().await;
    rules.no_cookie_is_kept().await;
    rules.the_body_has_a_limit().await;
    rules.the_exchange_has_a_time_limit().await;
    rules.a_connection_that_was_never_made_is_told_apart().await;
    rules.a_broken_answer_is_an_error().await;
    rules.nothing_is_sent_twice().await;
    rules.many_requests_run_side_by_side().await;
}

struct Rules<C>(C);

type Outcome = Result<Response<Vec<u8>>, HttpError>;

impl<C: HttpClient> Rules<C> {
    async fn a_request_arrives_unchanged(&self) {
        let rule = "method, path, query, headers and body arrive as they were given";
        let script = Script::start(|_, _| ok(b""));
        let body: Vec<u8> = (0..=u8::MAX).collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(script.url("/a%2Fb/%7E?x=%41+b&empty=&x=2"))
            .header("authorization", "Basic YTpi")
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-twice", "one")
            .header("x-twice", "two")
            .body(body.clone());
        let outcome = self.send(request).await;
        answer(rule, outcome);
        let seen = only(rule, &script);
        let line = "POST /a%2Fb/%7E?x=%41+b&empty=&x=2 HTTP/1.1";
        holds(rule, seen.line == line, &format!("the request line was {:?}", seen.line));
        for (name, value) in [
            ("authorization", "Basic YTpi"),
            ("accept", "application/json"),
            ("content-type", "application/x-www-form-urlencoded"),
        ] {
            let all: Vec<_> = values(&seen, name);
            holds(rule, all == [value], &format!("{name} arrived as {all:?}"));
        }
        let twice = values(&seen, "x-twice").join(", ").replace(", ", ",");
        holds(rule, twice == "one,two", "a header with two values arrived otherwise");
        holds(rule, seen.body == body, "the body arrived changed");
        let encoding = seen.header("accept-encoding").unwrap_or("identity");
        holds(
            rule,
            encoding == "identity",
            "Accept-Encoding was added, so the answer may come compressed",
        );
    }

    async fn a_request_without_a_body_has_none(&self) {
        let rule = "a request without a body is sent without one";
        let script = Script::start(|_, _| ok(b""));
        let outcome = self.get(&script.url("/")).await;
        answer(rule, outcome);
        let seen = only(rule, &script);
        holds(rule, seen.line == "GET / HTTP/1.1", "it was no GET");
        let length = seen.header("content-length").unwrap_or("0");
        let chunked = seen.header("transfer-encoding").is_some();
        holds(rule, length == "0" && !chunked, "a body was announced");
    }

    async fn every_status_is_an_answer(&self) {
        let rule = "every status is returned as an answer with its body";
        for status in [200, 201, 206, 304, 400, 401, 403, 404, 418, 429, 500, 503] {
            let body = if status == 304 { "" } else { "why" };
            let script =
                Script::start(move |_, _| say(status, "Retry-After: 1\r\n", body.as_bytes()));
            let outcome = self.get(&script.url("/")).await;
            let answer = answer(rule, outcome);
            let same = answer.status().as_u16() == status && answer.body() == body.as_bytes();
            holds(rule, same, &format!("{status} came back otherwise"));
            holds(rule, script.seen().len() == 1, &format!("{status} was tried again"));
        }
    }

    async fn headers_and_body_come_back_unchanged(&self) {
        let rule = "headers and body of an answer come back as they came";
        let body: Vec<u8> = (0..=u8::MAX).collect();
        let sent = body.clone();
        let headers = "Content-Type: text/PLAIN; x=1\r\nContent-Encoding: gzip\r\n\
             X-Twice: one\r\nX-Twice: two\r\n";
        let script = Script::start(move |_, _| say(200, headers, &sent));
        let outcome = self.get(&script.url("/")).await;
        let answer = answer(rule, outcome);
        let value = |name: &str| answer.headers().get(name).map(|value| value.as_bytes().to_vec());
        holds(
            rule,
            value("content-type").as_deref() == Some(b"text/PLAIN; x=1"),
            "Content-Type came back otherwise",
        );
        holds(
            rule,
            value("content-encoding").as_deref() == Some(b"gzip") && *answer.body() == body,
            "an answer that says Content-Encoding: gzip was unpacked or lost",
        );
        let twice = answer.headers().get_all("x-twice").iter().count();
        holds(rule, twice == 2, "a header that came twice came back otherwise");
    }

    async fn no_redirect_is_followed(&self) {
        let rule = "no redirect is followed";
        for status in [301, 302, 303, 307, 308] {
            let script = Script::start(move |_, _| say(status, "Location: /elsewhere\r\n", b""));
            for method in [Method::GET, Method::POST] {
                let request =
                    Request::builder().method(method).uri(script.url("/")).body(Vec::new());
                let outcome = self.send(request).await;
                let answer = answer(rule, outcome);
                let location = answer.headers().get("location");
                let same = answer.status().as_u16() == status && location.is_some();
                holds(rule, same, &format!("{status} was not returned with its Location"));
            }
            let seen = script.seen().len();
            holds(rule, seen == 2, &format!("{status} led to {seen} requests instead of 2"));
        }
    }

    async fn no_cookie_is_kept(&self) {
        let rule = "no cookie is kept";
        let script = Script::start(|_, _| say(200, "Set-Cookie: a=b; Path=/\r\n", b""));
        for _ in 0..2 {
            let outcome = self.get(&script.url("/")).await;
            answer(rule, outcome);
        }
        let kept = script.seen().iter().any(|seen| seen.header("cookie").is_some());
        holds(rule, !kept, "the second request had a Cookie header");
    }

    async fn the_body_has_a_limit(&self) {
        let rule = "a body above max_response_bytes is TooLarge, one at the limit is not";
        let mut limits = Limits::default();
        limits.max_response_bytes = 1_000;
        let exact = Script::start(|_, _| ok(&[b'a'; 1_000]));
        let outcome = self.get_within(&exact.url("/"), &limits).await;
        holds(rule, answer(rule, outcome).body().len() == 1_000, "1,000 bytes came back otherwise");
        let above = Script::start(|_, _| ok(&[b'a'; 1_001]));
        let outcome = self.get_within(&above.url("/"), &limits).await;
        fails(rule, "1,001 bytes of 1,000", &outcome, &[HttpErrorKind::TooLarge]);
        let endless = Script::start(|_, _| Act::Drip {
            head: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(),
            piece: [b"100\r\n", &[b'a'; 256][..], b"\r\n"].concat(),
            pause: Duration::from_millis(1),
        });
        let outcome = self.get_within(&endless.url("/"), &limits).await;
        fails(rule, "an endless body", &outcome, &[HttpErrorKind::TooLarge]);
    }

    async fn the_exchange_has_a_time_limit(&self) {
        let rule = "an exchange that takes longer than timeout is a Timeout";
        let mut limits = Limits::default();
        limits.timeout = Duration::from_millis(300);
        let pause = Duration::from_millis(20);
        for (what, head, piece) in [
            ("silence", "", ""),
            ("a head that drips", "HTTP/1.1 200 OK\r\nX-Drip: ", "a"),
            ("a body that drips", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "a"),
        ] {
            let script = Script::start(move |_, _| Act::Drip {
                head: head.into(),
                piece: piece.into(),
                pause,
            });
            let outcome = self.get_within(&script.url("/"), &limits).await;
            fails(rule, what, &outcome, &[HttpErrorKind::Timeout]);
            holds(rule, script.seen().len() == 1, "it was tried again");
        }
    }

    async fn a_connection_that_was_never_made_is_told_apart(&self) {
        let rule = "a connection that was refused is Connect";
        let bound = TcpListener::bind("127.0.0.1:0").expect("a socket can be bound");
        let address = bound.local_addr().expect("a bound socket has an address");
        drop(bound);
        let outcome = self.get(&format!("http://{address}/")).await;
        fails(rule, "a closed port", &outcome, &[HttpErrorKind::Connect]);
    }

    async fn a_broken_answer_is_an_error(&self) {
        let rule = "an answer that breaks off or is no HTTP is an error, and not Connect";
        for (what, bytes) in [
            ("no answer", &b""[..]),
            ("half a head", b"HTTP/1.1 200"),
            ("half a body", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
            ("no HTTP", b"220 mail.example ESMTP\r\n\r\n"),
        ] {
            let script = Script::start(move |_, _| Act::SayAndClose(bytes.to_vec()));
            let outcome = self.get(&script.url("/")).await;
            fails(rule, what, &outcome, &[HttpErrorKind::Other]);
            holds(rule, script.seen().len() == 1, &format!("{what} was tried again"));
        }
    }

    async fn nothing_is_sent_twice(&self) {
        let rule = "a request is not sent again when its connection, used before, breaks";
        let script = Script::start(|index, _| match index {
            0 => ok(b"first"),
            _ => Act::SayAndClose(Vec::new()),
        });
        let outcome = self.get(&script.url("/first")).await;
        answer(rule, outcome);
        let request = Request::builder()
            .method(Method::POST)
            .uri(script.url("/second"))
            .body(b"code=single-use".to_vec());
        let outcome = self.send(request).await;
        fails(rule, "a connection that breaks", &outcome, &[HttpErrorKind::Other]);
        let seen = script.seen().len();
        holds(rule, seen == 2, &format!("{seen} requests came instead of 2"));
    }

    async fn many_requests_run_side_by_side(&self) {
        let rule = "of many requests at once each gets its own answer";
        let script = Script::start(|_, seen| ok(seen.line.as_bytes()));
        let requests = (0..32).map(|index| {
            let url = script.url(&format!("/{index}"));
            async move { self.get(&url).await }
        });
        let outcomes = join_all(requests).await;
        for (index, outcome) in outcomes.into_iter().enumerate() {
            let line = format!("GET /{index} HTTP/1.1");
            let own = *answer(rule, outcome).body() == line.as_bytes();
            holds(rule, own, "an answer went to another request");
        }
    }

    async fn get(&self, url: &str) -> Outcome {
        self.get_within(url, &Limits::default()).await
    }

    async fn get_within(&self, url: &str, limits: &Limits) -> Outcome {
        let request = Request::builder().uri(url).body(Vec::new());
        self.0.send(request.expect("the suite makes good requests"), limits).await
    }

    async fn send(&self, request: http::Result<Request<Vec<u8>>>) -> Outcome {
        let request = request.expect("the suite makes good requests");
        self.0.send(request, &Limits::default()).await
    }
}

fn ok(body: &[u8]) -> Act {
    say(200, "", body)
}

fn say(status: u16, headers: &str, body: &[u8]) -> Act {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} Any\r\n{headers}Content-Length: {length}\r\n\r\n");
    Act::Say([head.as_bytes(), body].concat())
}

fn values<'a>(seen: &'a Seen, name: &str) -> Vec<&'a str> {
    let headers = seen.headers.iter();
    let named = headers.filter(|(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str()).collect()
}

fn only(rule: &str, script: &Script) -> Seen {
    let mut seen = script.seen();
    holds(rule, seen.len() == 1, &format!("{} requests came instead of 1", seen.len()));
    seen.remove(0)
}

fn answer(rule: &str, outcome: Outcome) -> Response<Vec<u8>> {
    match outcome {
        Ok(answer) => answer,
        Err(error) => panic!("{}: there was an error instead of an answer: {error}", broken(rule)),
    }
}

fn fails(rule: &str, what: &str, outcome: &Outcome, wanted: &[HttpErrorKind]) {
    match outcome {
        Ok(_) => panic!("{}: {what} gave an answer", broken(rule)),
        Err(error) => holds(
            rule,
            wanted.contains(&error.kind()),
            &format!("{what} gave {:?} ({error}) instead of {wanted:?}", error.kind()),
        ),
    }
}

fn holds(rule: &str, holds: bool, what: &str) {
    assert!(holds, "{}: {what}", broken(rule));
}

fn broken(rule: &str) -> String {
    format!("the HTTP client breaks the rule \"{rule}\"")
}
