//! Answers that come instead of tokens. The request is not looked at and spends nothing.

use http::{StatusCode, header};
use serde_json::{Map, json};

use crate::{
    body::{Answer, Body},
    faults::Fault,
    incoming::Incoming,
    respond::{HTML, JSON, Refusal, Reply, json as json_reply, reply, set},
    settings::Settings,
};

const MEGABYTE: usize = 1_000_000;

/// The answer of the first fault that answers by itself.
pub(crate) fn instead_of_token(
    faults: &[Fault],
    request: &Incoming,
    settings: &Settings,
) -> Option<Answer> {
    faults.iter().find_map(|fault| answer(*fault, request, settings))
}

fn answer(fault: Fault, request: &Incoming, settings: &Settings) -> Option<Answer> {
    let refused = || Refusal::invalid_grant("an ordered fault: the grant is refused");
    let reply = match fault {
        Fault::TokenErrorWithStatus200 => json_reply(StatusCode::OK, &refused().members()),
        Fault::TokenErrorInvalidGrant | Fault::RefreshRefusedAsInvalidGrant => refused().reply(),
        Fault::TokenErrorWithHostileText => hostile_refusal(),
        Fault::TokenErrorEchoesRequest => echo(request),
        Fault::TokenStatus500 => html_page(StatusCode::INTERNAL_SERVER_ERROR),
        Fault::TokenStatus429RetryAfter { seconds } => {
            retry_after(StatusCode::TOO_MANY_REQUESTS, &seconds.to_string())
        }
        Fault::TokenStatus503RetryAfter { seconds } => {
            retry_after(StatusCode::SERVICE_UNAVAILABLE, &seconds.to_string())
        }
        Fault::TokenStatus503RetryAfterDate => {
            retry_after(StatusCode::SERVICE_UNAVAILABLE, "Fri, 31 Dec 2100 23:59:59 GMT")
        }
        Fault::TokenRedirectToAnotherHost => redirect(request, settings),
        Fault::EmptyTokenResponse => reply(StatusCode::OK, JSON, Body::empty()),
        Fault::WrongContentType => html_page(StatusCode::OK),
        Fault::SlowTokenResponse => reply(StatusCode::OK, JSON, Body::drip()),
        Fault::TenMegabyteTokenResponse => ten_megabytes(),
        Fault::DeeplyNestedTokenResponse => reply(StatusCode::OK, JSON, "[".repeat(100_000)),
        Fault::TokenResponseIsNoObject => reply(StatusCode::OK, JSON, "[1,2,3]"),
        Fault::TokenResponseIsNoUtf8 => {
            reply(StatusCode::OK, JSON, &b"{\"access_token\":\"\xff\xfe\"}"[..])
        }
        Fault::SilentTokenEndpoint => return Some(Answer::Silence),
        Fault::TokenConnectionClosed => return Some(Answer::Close),
        _ => return None,
    };
    Some(reply.into())
}

/// A page of HTML, as proxies and overloaded servers send it.
pub(super) fn html_page(status: StatusCode) -> Reply {
    let page = format!("<!doctype html><title>{status}</title><h1>{status}</h1>\n");
    reply(status, HTML, page)
}

pub(super) fn retry_after(status: StatusCode, when: &str) -> Reply {
    let refusal = Refusal {
        status,
        ..Refusal::new("temporarily_unavailable", "an ordered fault: come back later")
    };
    let mut reply = refusal.reply();
    set(&mut reply, header::RETRY_AFTER, when);
    reply
}

/// A JSON object and ten megabytes of blanks after it, made while they are sent.
pub(super) fn ten_megabytes() -> Reply {
    let body = Body::Padded { first: Some("{}".into()), blanks: 10 * MEGABYTE };
    reply(StatusCode::OK, JSON, body)
}

fn echo(request: &Incoming) -> Reply {
    let mut text = String::from("this was sent:");
    for (name, value) in url::form_urlencoded::parse(&request.body) {
        text.push_str(&format!(" {name}={value}"));
    }
    if let Some(value) = request.headers.get(header::AUTHORIZATION) {
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    let members = Map::from_iter([
        ("error".to_owned(), json!("invalid_request")),
        ("error_description".to_owned(), json!(text)),
    ]);
    json_reply(StatusCode::BAD_REQUEST, &members)
}

fn redirect(request: &Incoming, settings: &Settings) -> Reply {
    let elsewhere = settings.origin.replace("127.0.0.1", "localhost");
    let mut reply = reply(StatusCode::TEMPORARY_REDIRECT, "", Body::empty());
    let location = format!("{elsewhere}{}", request.path);
    set(&mut reply, header::LOCATION, &location);
    reply
}

/// What would break a line of a log, paint a terminal or fill a screen.
fn hostile_refusal() -> Reply {
    let text = "\u{1b}[31mred\u{1b}[0m\r\nforged line\u{0}\u{202e}".repeat(4_000);
    let members = Map::from_iter([
        ("error".to_owned(), json!("invalid_grant")),
        ("error_description".to_owned(), json!(text)),
        ("error_uri".to_owned(), json!("javascript:alert(1)\n\u{1b}[2J")),
    ]);
    json_reply(StatusCode::BAD_REQUEST, &members)
}
