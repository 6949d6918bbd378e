//! What a provider said when it refused, cut to a bound and escaped.

use std::fmt;

/// The longest member kept, in characters.
const LONGEST: usize = 500;

/// `error`, `error_description`, `error_uri` and the HTTP status, as the provider sent them
/// (RFC 6749 sections 4.1.2.1 and 5.2). Cut to 500 characters each; control characters and
/// terminal escapes are shown as `\u{…}`. Text from outside: escape it again for HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderError {
    status: Option<u16>,
    error: Option<String>,
    description: Option<String>,
    uri: Option<String>,
}

/// What RFC 6749 (sections 4.1.2.1 and 5.2), RFC 6750, RFC 7009 and OpenID Connect call errors.
const CODES: &[&str] = &[
    "access_denied",
    "consent_required",
    "insufficient_scope",
    "interaction_required",
    "invalid_client",
    "invalid_grant",
    "invalid_request",
    "invalid_scope",
    "invalid_token",
    "login_required",
    "server_error",
    "temporarily_unavailable",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "unsupported_token_type",
];

/// Takes these secrets out of a text, as they are and as a form has them. Those with fewer octets
/// than `shortest` stay.
pub(crate) fn hide(text: &mut String, secrets: &[&str], shortest: usize) {
    for secret in secrets.iter().filter(|secret| secret.len() >= shortest.max(1)) {
        let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        for secret in [*secret, encoded.as_str()] {
            if text.contains(secret) {
                *text = text.replace(secret, "…");
            }
            // A text that was cut may end in the first half of a secret.
            let start = secret.char_indices().nth(8).map_or(secret, |(at, _)| &secret[..at]);
            if let Some(at) = text.ends_with('…').then(|| text.rfind(start)).flatten() {
                text.truncate(at);
                text.push('…');
            }
        }
    }
}

impl ProviderError {
    pub(crate) fn new(
        status: Option<u16>,
        error: Option<&str>,
        description: Option<&str>,
        uri: Option<&str>,
    ) -> Self {
        ProviderError {
            status,
            error: error.map(tame),
            description: description.map(tame),
            uri: uri.map(tame),
        }
    }

    /// The same without these secrets, which a provider may have sent back in its text.
    pub(crate) fn hide(&mut self, secrets: &[&str]) {
        // A code of the RFCs holds no secret, whatever the secret is.
        let error = self.error.as_mut().filter(|error| !CODES.contains(&error.as_str()));
        let texts = [error, self.description.as_mut(), self.uri.as_mut()];
        for text in texts.into_iter().flatten() {
            hide(text, secrets, 1);
        }
    }

    /// The HTTP status, where the error came in an HTTP answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The `error` code, such as `invalid_grant` or `access_denied`.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// `error_description`: for a developer, not for the user.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// `error_uri`: a page about the error. Do not open it unseen.
    #[must_use]
    pub fn uri(&self) -> Option<&str> {
        self.uri.as_deref()
    }
}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.error, &self.description) {
            (Some(error), Some(description)) => write!(f, "{error}: {description}")?,
            (Some(text), None) | (None, Some(text)) => f.write_str(text)?,
            (None, None) => f.write_str("no error code")?,
        }
        if let Some(uri) = &self.uri {
            write!(f, ", see {uri}")?;
        }
        if let Some(status) = self.status {
            write!(f, " (status {status})")?;
        }
        Ok(())
    }
}

/// Text from outside, made harmless for a terminal and a log line, and bounded.
pub(crate) fn tame(text: &str) -> String {
    let mut out = String::new();
    for (seen, c) in text.chars().enumerate() {
        if seen == LONGEST {
            out.push('…');
            break;
        }
        // Bidirectional overrides can make a line read as another one.
        let misleading = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_control() || misleading {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_are_shown_not_sent() {
        assert_eq!(tame("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\u{a}");
    }

    #[test]
    fn secrets_that_a_provider_sends_back_are_hidden() {
        let long = format!("{}planted-secret", "x".repeat(LONGEST - 10));
        for text in ["code planted-secret is used", "planted-secret", &long] {
            let mut said = ProviderError::new(None, Some(text), Some(text), Some(text));
            said.hide(&["planted-secret", ""]);
            assert!(!said.to_string().contains("planted-"), "{said}");
        }
    }

    #[test]
    fn secrets_are_hidden_whole_and_cut_and_as_a_form_has_them() {
        let long = format!("4/planted-code {}4/planted-code", "x".repeat(LONGEST - 27));
        for text in ["code=4%2Fplanted-code is used", &long] {
            let mut said = ProviderError::new(None, None, Some(text), None);
            said.hide(&["4/planted-code"]);
            assert!(!said.to_string().contains("planted"), "{said}");
        }
    }

    #[test]
    fn a_code_of_the_rfcs_stays_whatever_the_secret_is() {
        let mut said = ProviderError::new(None, Some("invalid_grant"), None, None);
        said.hide(&["grant"]);
        assert_eq!(said.error(), Some("invalid_grant"));
    }

    #[test]
    fn a_long_description_is_cut() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(tame(&long).chars().count(), LONGEST + 1);
        assert!(tame(&long).ends_with('…'));
        assert!(!tame(&long[1..]).ends_with('…'));
    }
}
