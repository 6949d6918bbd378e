//! A request as handlers see it: whole, its body read within a bound.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Bytes, Incoming as HyperBody};
use tokio::time::timeout;

use crate::{
    recorder::RecordedRequest,
    respond::{Reply, reply},
    state::State,
};

const MOST_BODY: usize = 64 * 1024;
const BODY_TIME: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Incoming {
    /// Reads a request and records it. A body that is too large or too slow is an answer.
    pub(crate) async fn read(
        request: Request<HyperBody>,
        state: &Arc<State>,
    ) -> Result<Self, Reply> {
        let (parts, body) = request.into_parts();
        let endpoint = state.settings().paths.at(parts.uri.path());
        let collected = timeout(BODY_TIME, Limited::new(body, MOST_BODY).collect()).await;
        let (body, trouble) = match collected {
            Ok(Ok(body)) => (body.to_bytes(), None),
            Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
                (Bytes::new(), Some((StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.\n")))
            }
            Ok(Err(_)) => {
                (Bytes::new(), Some((StatusCode::BAD_REQUEST, "The body is broken off.\n")))
            }
            Err(_) => {
                (Bytes::new(), Some((StatusCode::REQUEST_TIMEOUT, "The body is too slow.\n")))
            }
        };
        let recorded = RecordedRequest::new(&parts, endpoint, &body);
        state.recorder.add(recorded);
        if let Some((status, text)) = trouble {
            return Err(reply(status, "text/plain; charset=utf-8", text));
        }
        Ok(Self {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        })
    }

    /// The media type of the body in lower case, without its parameters; empty where none is said.
    pub(crate) fn media_type(&self) -> String {
        let value = self.headers.get(header::CONTENT_TYPE);
        let text = value.and_then(|value| value.to_str().ok()).unwrap_or("");
        let end = text.find(';').unwrap_or(text.len());
        text[..end].trim().to_ascii_lowercase()
    }
}
