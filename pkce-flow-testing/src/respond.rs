//! Making answers: JSON, pages, redirects, refusals.

use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value, json};

use crate::body::Body;

pub(crate) type Reply = Response<Body>;

pub(crate) const JSON: &str = "application/json";
pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// Nothing that this server says may be kept by a cache.
pub(crate) fn reply(status: StatusCode, content_type: &str, body: impl Into<Body>) -> Reply {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = status;
    set(&mut reply, header::CACHE_CONTROL, "no-store");
    if !content_type.is_empty() {
        set(&mut reply, header::CONTENT_TYPE, content_type);
        set(&mut reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    }
    reply
}

pub(crate) fn json(status: StatusCode, members: &Map<String, Value>) -> Reply {
    reply(status, JSON, to_text(members))
}

pub(crate) fn to_text(members: &Map<String, Value>) -> String {
    Value::Object(members.clone()).to_string()
}

/// 303, so that no browser sends a form again to where it is redirected (RFC 9700 section 4.12).
pub(crate) fn see_other(location: &str) -> Option<Reply> {
    let location = HeaderValue::from_str(location).ok()?;
    let mut reply = reply(StatusCode::SEE_OTHER, "", Body::empty());
    set(&mut reply, header::REFERRER_POLICY, "no-referrer");
    reply.headers_mut().insert(header::LOCATION, location);
    Some(reply)
}

pub(crate) fn method_not_allowed(allow: &str) -> Reply {
    let mut reply = reply(
        StatusCode::METHOD_NOT_ALLOWED,
        "text/plain; charset=utf-8",
        format!("This endpoint takes {allow}.\n"),
    );
    set(&mut reply, header::ALLOW, allow);
    reply
}

/// Sets a header. A value that no header can have is left out.
pub(crate) fn set(reply: &mut Reply, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
}

/// The answer to a bearer token that opens nothing (RFC 6750 section 3.1).
pub(crate) fn invalid_token() -> Reply {
    challenge(
        StatusCode::UNAUTHORIZED,
        "Bearer realm=\"userinfo\", error=\"invalid_token\", \
         error_description=\"the access token is unknown, expired or revoked\"",
    )
}

pub(crate) fn challenge(status: StatusCode, value: &str) -> Reply {
    let mut reply = reply(status, JSON, "{}");
    set(&mut reply, header::WWW_AUTHENTICATE, value);
    reply
}

/// An error answer (RFC 6749 section 5.2).
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) error: &'static str,
    pub(crate) description: String,
    /// The value of `WWW-Authenticate`.
    pub(crate) challenge: Option<&'static str>,
}

impl Refusal {
    pub(crate) fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error,
            description: description.into(),
            challenge: None,
        }
    }

    pub(crate) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    pub(crate) fn invalid_grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    pub(crate) fn members(&self) -> Map<String, Value> {
        Map::from_iter([
            ("error".to_owned(), json!(self.error)),
            ("error_description".to_owned(), json!(self.description)),
        ])
    }

    pub(crate) fn reply(&self) -> Reply {
        let mut reply = json(self.status, &self.members());
        if let Some(challenge) = self.challenge {
            set(&mut reply, header::WWW_AUTHENTICATE, challenge);
        }
        reply
    }
}
