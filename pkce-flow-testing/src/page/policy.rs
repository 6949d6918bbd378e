//! Headers of a page: what it may load, where its forms may go, who may keep it.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{StatusCode, header};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::{
    page::STYLE,
    respond::{HTML, Reply, reply, set},
};

/// What a page needs beside its own style.
#[derive(Debug, Default)]
pub(super) struct Policy {
    /// Where its form may lead, as sources of a Content Security Policy.
    pub(super) form_action: Option<String>,
    /// The one script that it has.
    pub(super) script: Option<&'static str>,
}

pub(super) fn send(status: StatusCode, page: &str, policy: &Policy) -> Reply {
    let mut reply = reply(status, HTML, page.to_owned());
    let script = policy.script.map_or("'none'".to_owned(), hash);
    let form_action = policy.form_action.as_deref().unwrap_or("'none'");
    let content = format!(
        "default-src 'none'; style-src {}; script-src {script}; form-action {form_action}; \
         base-uri 'none'; frame-ancestors 'none'",
        hash(STYLE)
    );
    set(&mut reply, header::CONTENT_SECURITY_POLICY, &content);
    set(&mut reply, header::X_FRAME_OPTIONS, "DENY");
    set(&mut reply, header::REFERRER_POLICY, "no-referrer");
    reply
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The source that covers a redirect URI.
///
/// Chromium holds `form-action` against every redirect that follows a form, so the policy of the
/// consent page must name where the application lives. A policy can name 127.0.0.1 and host names,
/// but no other address; there the scheme alone stands.
pub(super) fn source_of(redirect_uri: &str) -> String {
    let Ok(url) = Url::parse(redirect_uri) else {
        return "'none'".into();
    };
    match url.host() {
        // Other schemes have no origin that could be written.
        _ if !matches!(url.scheme(), "http" | "https") => format!("{}:", url.scheme()),
        Some(url::Host::Domain(_)) => url.origin().ascii_serialization(),
        Some(url::Host::Ipv4(address)) if address.octets() == [127, 0, 0, 1] => {
            url.origin().ascii_serialization()
        }
        _ => format!("{}:", url.scheme()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_may_lead_to_the_application_and_no_further() {
        for (uri, source) in [
            ("http://127.0.0.1:8000/cb?x=1", "http://127.0.0.1:8000"),
            ("http://localhost:8000/cb", "http://localhost:8000"),
            ("https://app.example/cb", "https://app.example"),
            ("http://[::1]:8000/cb", "http:"),
            ("com.example.app:/cb", "com.example.app:"),
            ("com.example.app://host/cb", "com.example.app:"),
        ] {
            assert_eq!(source_of(uri), source);
        }
    }
}
