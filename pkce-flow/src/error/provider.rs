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
        for text in [&mut self.error, &mut self.description, &mut self.uri].into_iter().flatten() {
            for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
                // A text that was cut may end in the first half of a secret.
                let start = secret.char_indices().nth(8).map_or(*secret, |(at, _)| &secret[..at]);
                if text.contains(secret) {
                    *text = text.replace(secret, "…");
                } else if let Some(at) = text.ends_with('…').then(|| text.rfind(start)).flatten()
                {
                    text.truncate(at);
                    text.push('…');
                }
            }
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
    fn a_long_description_is_cut() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(tame(&long).chars().count(), LONGEST + 1);
        assert!(tame(&long).ends_with('…'));
        assert!(!tame(&long[1..]).ends_with('…'));
    }
}
