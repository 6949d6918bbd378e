//! HTTP clients, one right and many wrong.

use std::sync::Mutex;

use http::{Request, Response, header};
use pkce_flow::transport::{HttpClient, HttpError, HttpErrorKind, Limits, ReqwestClient};
use pkce_flow_testing::contract;

use crate::{complaint, current_thread};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Flaw {
    DropsHeaders,
    DropsBody,
    AsksForGzip,
    StatusIsAnError,
    LosesHeaders,
    FollowsRedirects,
    KeepsCookies,
    NoSizeLimit,
    TooSmallSizeLimit,
    TimeoutIsOther,
    ConnectIsOther,
    TriesAgain,
    BreakIsConnect,
}

struct Flawed {
    flaw: Flaw,
    inner: ReqwestClient,
    cookie: Mutex<Option<header::HeaderValue>>,
}

impl Flawed {
    fn new(flaw: Flaw) -> Self {
        Self { flaw, inner: ReqwestClient::new(), cookie: Mutex::default() }
    }

    fn spoil(&self, request: &mut Request<Vec<u8>>, limits: &mut Limits) {
        match self.flaw {
            Flaw::DropsHeaders => request.headers_mut().clear(),
            Flaw::DropsBody => request.body_mut().clear(),
            Flaw::AsksForGzip => {
                let gzip = header::HeaderValue::from_static("gzip");
                request.headers_mut().insert(header::ACCEPT_ENCODING, gzip);
            }
            Flaw::NoSizeLimit => limits.max_response_bytes = 1_000_000_000,
            Flaw::TooSmallSizeLimit => limits.max_response_bytes /= 2,
            Flaw::KeepsCookies => {
                if let Some(cookie) = self.cookie.lock().expect("not poisoned").clone() {
                    request.headers_mut().insert(header::COOKIE, cookie);
                }
            }
            _ => {}
        }
    }
}

impl HttpClient for Flawed {
    async fn send(
        &self,
        mut request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, HttpError> {
        let mut limits = *limits;
        self.spoil(&mut request, &mut limits);
        let outcome = self.inner.send(request.clone(), &limits).await;
        match (self.flaw, outcome) {
            (Flaw::StatusIsAnError, Ok(answer)) if answer.status().as_u16() >= 400 => {
                Err(HttpError::new(HttpErrorKind::Other, "a status of 400 or more"))
            }
            (Flaw::LosesHeaders, Ok(mut answer)) => {
                answer.headers_mut().clear();
                Ok(answer)
            }
            (Flaw::FollowsRedirects, Ok(answer)) if answer.headers().contains_key("location") => {
                self.inner.send(request, &limits).await
            }
            (Flaw::KeepsCookies, Ok(answer)) => {
                let cookie = answer.headers().get(header::SET_COOKIE).cloned();
                *self.cookie.lock().expect("not poisoned") = cookie;
                Ok(answer)
            }
            (Flaw::TimeoutIsOther, Err(error)) if error.kind() == HttpErrorKind::Timeout => {
                Err(HttpError::new(HttpErrorKind::Other, "something"))
            }
            (Flaw::ConnectIsOther, Err(error)) if error.kind() == HttpErrorKind::Connect => {
                Err(HttpError::new(HttpErrorKind::Other, "something"))
            }
            (Flaw::BreakIsConnect, Err(error)) if error.kind() == HttpErrorKind::Other => {
                Err(HttpError::new(HttpErrorKind::Connect, "something"))
            }
            (Flaw::TriesAgain, Err(error)) if error.kind() == HttpErrorKind::Other => {
                self.inner.send(request, &limits).await
            }
            (_, outcome) => outcome,
        }
    }
}

#[test]
fn the_default_client_passes() {
    current_thread().block_on(contract::http_client(ReqwestClient::new()));
}

#[test]
fn every_flaw_is_named() {
    let runtime = current_thread();
    for (flaw, rule) in [
        (Flaw::DropsHeaders, "arrive as they were given"),
        (Flaw::DropsBody, "the body arrived changed"),
        (Flaw::AsksForGzip, "Accept-Encoding was added"),
        (Flaw::StatusIsAnError, "every status is returned"),
        (Flaw::LosesHeaders, "come back as they came"),
        (Flaw::FollowsRedirects, "no redirect is followed"),
        (Flaw::KeepsCookies, "no cookie is kept"),
        (Flaw::NoSizeLimit, "above max_response_bytes is TooLarge"),
        (Flaw::TooSmallSizeLimit, "one at the limit is not"),
        (Flaw::TimeoutIsOther, "is a Timeout"),
        (Flaw::ConnectIsOther, "refused is Connect"),
        (Flaw::BreakIsConnect, "not Connect"),
        (Flaw::TriesAgain, "was tried again"),
    ] {
        let said = complaint(&runtime, contract::http_client(Flawed::new(flaw)));
        assert!(said.contains(rule), "{flaw:?}: {said}");
        assert!(said.starts_with("the HTTP client breaks the rule"), "{said}");
    }
}
