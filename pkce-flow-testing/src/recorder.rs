//! The requests that came, for a test to look at.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Mutex, PoisonError},
};

use http::request::Parts;
use url::form_urlencoded;

use crate::endpoint::Endpoint;

/// So many requests are kept, the newest.
const MOST: usize = 1_000;

/// A request as the server received it.
///
/// It holds the secrets of the test: codes, tokens, client secrets. Its `Debug` output leaves
/// values out.
#[derive(Clone)]
pub struct RecordedRequest {
    endpoint: Option<Endpoint>,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl RecordedRequest {
    pub(crate) fn new(parts: &Parts, endpoint: Option<Endpoint>, body: &[u8]) -> Self {
        let headers = parts.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        Self {
            endpoint,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }

    /// The endpoint that it went to; none for the consent page, the start page and unknown paths.
    pub fn endpoint(&self) -> Option<Endpoint> {
        self.endpoint
    }

    /// The method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, as it was sent.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query without its `?`, as it was sent; empty where there was none.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// All headers in their order. Names are in lower case.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The first value of a header, whose name may be in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text; bytes that are no UTF-8 are replaced.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The first value of a parameter of the query, decoded.
    pub fn query_param(&self, name: &str) -> Option<String> {
        first(&self.query, name)
    }

    /// The first value of a parameter of a form, decoded.
    pub fn form_param(&self, name: &str) -> Option<String> {
        first(&self.body, name)
    }
}

fn first(text: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(text.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Recorder(Mutex<VecDeque<RecordedRequest>>);

impl Recorder {
    pub(crate) fn add(&self, request: RecordedRequest) {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() >= MOST {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn filtered(
        &self,
        wanted: impl Fn(&RecordedRequest) -> bool,
    ) -> Vec<RecordedRequest> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().filter(|request| wanted(request)).cloned().collect()
    }

    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_requests_are_kept() {
        let recorder = Recorder::default();
        for index in 0..MOST + 5 {
            let request = http::Request::builder().uri(format!("/{index}")).body(());
            let (parts, ()) = request.expect("a good request").into_parts();
            recorder.add(RecordedRequest::new(&parts, None, b""));
        }
        let kept = recorder.filtered(|_| true);
        assert_eq!(kept.len(), MOST);
        assert_eq!(kept.first().map(RecordedRequest::path), Some("/5"));
    }

    #[test]
    fn the_debug_output_has_no_values() {
        let request = http::Request::builder()
            .uri("/cb?code=planted-secret")
            .header("authorization", "planted-secret")
            .body(());
        let (parts, ()) = request.expect("a good request").into_parts();
        let recorded = RecordedRequest::new(&parts, None, b"planted-secret");
        assert!(!format!("{recorded:?}").contains("planted-secret"));
        assert_eq!(recorded.query_param("code").as_deref(), Some("planted-secret"));
    }
}
