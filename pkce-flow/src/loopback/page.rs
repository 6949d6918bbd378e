//! The pages that a person sees in the browser at the end of a login.

use std::sync::LazyLock;

use base64::Engine as _;
use http::header::{self, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Full;
use hyper::body::Bytes;
use sha2::{Digest as _, Sha256};

use crate::{Error, Kind};

/// A page for the browser that brought the callback.
///
/// It is one small document with nothing from elsewhere: no script, no picture, and a style that
/// the content security policy names by its hash. All text is escaped.
#[derive(Debug, Clone)]
pub struct Page {
    status: StatusCode,
    tone: Tone,
    title: String,
    text: String,
    /// The methods that the address takes, where another one was used.
    allow: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
enum Tone {
    Good,
    Bad,
}

impl Page {
    /// The login succeeded at the provider of this name, and the window can be closed.
    pub fn success(provider: &str) -> Self {
        Self {
            status: StatusCode::OK,
            tone: Tone::Good,
            title: "You are signed in".to_owned(),
            text: format!("The login at {provider} is complete. You can close this window."),
            allow: None,
        }
    }

    /// The login failed, for this reason. An empty line begins a new paragraph. Keep secrets out.
    pub fn failure(reason: &str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            tone: Tone::Bad,
            title: "The login failed".to_owned(),
            text: format!("{reason}\n\nYou can close this window and start the login again."),
            allow: None,
        }
    }

    /// The login failed with this error, told to a person who knows nothing of OAuth.
    pub fn from_error(error: &Error) -> Self {
        let denied = error.provider_error().and_then(|said| said.error()) == Some("access_denied");
        let told = match error.kind() {
            Kind::Refused if denied => {
                return Self::failure("Access was denied, so nobody was signed in.");
            }
            Kind::Refused => "The provider refused the login.",
            Kind::Expired => "The login took too long, or was answered before.",
            Kind::Security => "The answer was not the one that was expected, so it was not used.",
            Kind::Network => "The provider could not be reached.",
            Kind::Provider => "The provider did not answer as it should.",
            _ => "The program could not finish the login.",
        };
        Self::failure(&format!("{told}\n\nDetails: {error}"))
    }

    /// A request that is no callback of the login that waits.
    pub(super) fn refusal(status: StatusCode, title: &str, text: &str) -> Self {
        Self {
            status,
            tone: Tone::Bad,
            title: title.to_owned(),
            text: text.to_owned(),
            allow: None,
        }
    }

    pub(super) fn allow(mut self, methods: &'static str) -> Self {
        self.allow = Some(methods);
        self
    }

    pub(super) fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(Bytes::from(self.html())));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
        if let Some(methods) = self.allow {
            headers.insert(header::ALLOW, HeaderValue::from_static(methods));
        }
        response
    }

    fn html(&self) -> String {
        let (class, sign) = match self.tone {
            Tone::Good => ("good", "&#10003;"),
            Tone::Bad => ("bad", "!"),
        };
        let title = escape(&self.title);
        let paragraphs: String = self
            .text
            .split("\n\n")
            .map(|paragraph| format!("<p>{}</p>\n", escape(paragraph)))
            .collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <main class=\"{class}\">\n<div class=\"sign\" aria-hidden=\"true\">{sign}</div>\n\
             <h1>{title}</h1>\n{paragraphs}</main>\n</body>\n</html>\n"
        )
    }
}

const STYLE: &str = "\
:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--text:#1c2024;--dim:#5c6570;\
--good:#18794e;--bad:#c62a2f}\
@media (prefers-color-scheme:dark){:root{--back:#111315;--card:#1b1e21;--text:#eceef0;\
--dim:#a0a8b0;--good:#4cc38a;--bad:#ff7a7a}}\
*{box-sizing:border-box}\
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;\
background:var(--back);color:var(--text);font:1rem/1.5 system-ui,sans-serif}\
main{width:100%;max-width:30rem;padding:2.5rem 2rem;border-radius:1rem;background:var(--card);\
box-shadow:0 1px 3px rgba(0,0,0,.12),0 8px 32px rgba(0,0,0,.08);text-align:center}\
.sign{width:3.5rem;height:3.5rem;margin:0 auto 1rem;border:2px solid;border-radius:50%;\
font-size:1.75rem;line-height:3.25rem}\
.good .sign{color:var(--good)}.bad .sign{color:var(--bad)}\
h1{margin:0 0 .5rem;font-size:1.375rem;line-height:1.3}\
p{margin:.5rem 0 0;color:var(--dim);overflow-wrap:anywhere}";

/// Nothing but the style above may be loaded or run (RFC 9700 section 4.2.4).
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    // Base64 and the text around it are visible ASCII.
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorCode, ProviderError};

    #[test]
    fn text_from_outside_is_escaped() {
        let html = Page::failure("<script>alert('x')</script> & \"more\"").html();
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more"));
        let html = Page::success("<b>Corp</b>").html();
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn a_denial_is_told_without_jargon_and_other_errors_with_details() {
        let refused = |code: &str| {
            Error::new(ErrorCode::AuthorizationRefused, "the provider refused")
                .provider(ProviderError::new(None, Some(code), None, None))
        };
        let denied = Page::from_error(&refused("access_denied"));
        assert!(!denied.text.contains("access_denied"), "{}", denied.text);
        let failed = Page::from_error(&refused("server_error"));
        assert!(failed.text.contains("server_error"), "{}", failed.text);
    }

    #[test]
    fn every_page_is_locked_down() {
        for page in [
            Page::success("GitLab"),
            Page::failure("denied"),
            Page::refusal(StatusCode::NOT_FOUND, "Nothing here", "…"),
        ] {
            let response = page.into_response();
            let headers = response.headers();
            let policy = headers["content-security-policy"].to_str().expect("ASCII");
            assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
            assert_eq!(headers["cache-control"], "no-store");
            assert_eq!(headers["referrer-policy"], "no-referrer");
            assert_eq!(headers["x-content-type-options"], "nosniff");
        }
    }

    #[test]
    fn pages_have_nothing_from_elsewhere() {
        for page in [Page::success("GitLab"), Page::failure("denied")] {
            let html = page.html();
            for word in ["http:", "https:", "src=", "href=", "url(", "<script", "style=\""] {
                assert!(!html.contains(word), "{word} in {html}");
            }
        }
    }
}
