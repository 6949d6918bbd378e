//! Tokens and refusals, written in another way than they should be.

use http::{StatusCode, header};
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::{
    body::{Answer, Body},
    faults::Fault,
    respond::{JSON, Refusal, Reply, json, reply, set, to_text},
};

/// Writes the answer of the token endpoint, as the faults want it.
pub(crate) fn encode_token_answer(
    faults: &[Fault],
    answer: Result<Map<String, Value>, Refusal>,
) -> Answer {
    let has = |fault| faults.contains(&fault);
    if has(Fault::TokenAnswerLost) {
        return Answer::Close;
    }
    let members = match answer {
        Ok(members) => members,
        Err(refusal) => return encode_refusal(faults, &refusal).into(),
    };
    let members = if has(Fault::NestedTokenResponse) {
        Map::from_iter([("data".to_owned(), Value::Object(members))])
    } else {
        members
    };
    let text = to_text(&members);
    let mut reply = if has(Fault::FormEncodedTokenResponse) {
        form(StatusCode::OK, &members)
    } else if has(Fault::TruncatedTokenResponse) {
        truncated(&text)
    } else if has(Fault::DuplicateJsonKeys) {
        let rest = text.strip_prefix('{').unwrap_or(&text);
        reply(StatusCode::OK, JSON, format!("{{\"access_token\":\"the-first\",{rest}"))
    } else {
        json(StatusCode::OK, &members)
    };
    if has(Fault::JsonWithWrongContentType) {
        set(&mut reply, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    }
    if has(Fault::JsonWithoutContentType) {
        reply.headers_mut().remove(header::CONTENT_TYPE);
    }
    if has(Fault::TokenStatus201) {
        *reply.status_mut() = StatusCode::CREATED;
    }
    // RFC 6749 section 5.1 asks for both of them.
    set(&mut reply, header::PRAGMA, "no-cache");
    reply.into()
}

fn encode_refusal(faults: &[Fault], refusal: &Refusal) -> Reply {
    let mut reply = if faults.contains(&Fault::FormEncodedTokenResponse) {
        form(refusal.status, &refusal.members())
    } else {
        refusal.reply()
    };
    if faults.contains(&Fault::TokenRefusalWithStatus200) {
        *reply.status_mut() = StatusCode::OK;
    }
    reply
}

fn form(status: StatusCode, members: &Map<String, Value>) -> Reply {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in members {
        match value {
            Value::String(value) => text.append_pair(name, value),
            other => text.append_pair(name, &other.to_string()),
        };
    }
    reply(status, "application/x-www-form-urlencoded", text.finish())
}

/// The length of the whole, the first half of it, and an end of the connection.
fn truncated(text: &str) -> Reply {
    let half = text.as_bytes()[..text.len() / 2].to_vec();
    let mut reply = reply(StatusCode::OK, JSON, Body::cut(half));
    set(&mut reply, header::CONTENT_LENGTH, &text.len().to_string());
    reply
}
