//! `application/x-www-form-urlencoded` (RFC 6749 appendix B).

use url::form_urlencoded::byte_serialize;

/// Appends `name=value`, encoded, after `&` where something stands before.
///
/// A space becomes `%20`, which every decoder understands; `+` is not understood by all.
pub(crate) fn push_pair(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() && !out.ends_with(['?', '&']) {
        out.push('&');
    }
    push(out, name);
    out.push('=');
    push(out, value);
}

/// Appends the text, encoded.
pub(crate) fn push(out: &mut String, text: &str) {
    for part in byte_serialize(text.as_bytes()) {
        if part == "+" { out.push_str("%20") } else { out.push_str(part) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_could_be_misread_is_encoded() {
        let mut out = String::from("https://a.example/?");
        push_pair(&mut out, "a b", "c+d&e=f/%ü");
        push_pair(&mut out, "g", "");
        assert_eq!(out, "https://a.example/?a%20b=c%2Bd%26e%3Df%2F%25%C3%BC&g=");
    }
}
