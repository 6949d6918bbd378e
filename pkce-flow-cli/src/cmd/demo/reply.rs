//! The responses of the demo, all locked down.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{self, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use sha2::{Digest as _, Sha256};

use super::pages::{self, Html};
use super::sessions::COOKIE;

/// A response before its headers.
#[derive(Debug)]
pub(super) struct Reply {
    status: u16,
    body: String,
    headers: Vec<(HeaderName, String)>,
    /// Where forms of the page may lead, beside the page's own origin.
    form_action: String,
    referrer_policy: &'static str,
}

/// A page.
pub(super) fn page(status: u16, html: &Html) -> Reply {
    let headers = vec![(header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned())];
    Reply {
        status,
        body: html.whole(),
        headers,
        form_action: String::new(),
        referrer_policy: "no-referrer",
    }
}

/// A page whose form may be answered by a redirect to another origin.
///
/// With `no-referrer` browsers would send its form with `Origin: null`, and the application could
/// not tell it from another page's.
pub(super) fn page_with_form(html: &Html, leads_to: &str) -> Reply {
    Reply { form_action: format!(" {leads_to}"), referrer_policy: "same-origin", ..page(200, html) }
}

/// A redirect that the browser follows by GET.
pub(super) fn redirect(to: &str) -> Reply {
    let headers = vec![(header::LOCATION, to.to_owned())];
    Reply {
        status: 303,
        body: String::new(),
        headers,
        form_action: String::new(),
        referrer_policy: "no-referrer",
    }
}

impl Reply {
    /// Gives the browser a session. `Lax` lets the callback, a navigation from elsewhere, bring it.
    pub(super) fn with_session(mut self, id: &str) -> Self {
        let cookie = format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Lax");
        self.headers.push((header::SET_COOKIE, cookie));
        self
    }

    pub(super) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.body)));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let policy = format!(
            "default-src 'none'; style-src '{}'; form-action 'self'{}; base-uri 'none'; \
             frame-ancestors 'none'",
            *STYLE_HASH, self.form_action
        );
        let always = [
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::REFERRER_POLICY, self.referrer_policy.to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        ];
        for (name, value) in always.into_iter().chain(self.headers) {
            // All of it is visible ASCII; what is not must not be sent.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

static STYLE_HASH: LazyLock<String> =
    LazyLock::new(|| format!("sha256-{}", STANDARD.encode(Sha256::digest(pages::STYLE))));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_is_locked_down() {
        for reply in [
            page(200, &pages::start()),
            page_with_form(&pages::start(), "http://127.0.0.1:1"),
            page(404, &pages::not_found()),
            redirect("/").with_session("id"),
        ] {
            let response = reply.into_response();
            let policy = response.headers()["content-security-policy"].to_str().expect("ASCII");
            assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
            assert_eq!(response.headers()["cache-control"], "no-store");
            let referrer = response.headers()["referrer-policy"].to_str().expect("ASCII");
            assert!(["no-referrer", "same-origin"].contains(&referrer), "{referrer}");
        }
    }
}
