//! Parameters of a request: from a query, a form or a JSON object; nothing twice.

use serde_json::Value;
use url::form_urlencoded;

/// Name and value pairs in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads `application/x-www-form-urlencoded`. Bytes that are no UTF-8 after decoding are
    /// refused, and so is a `%` that no two hexadecimal digits follow.
    pub(crate) fn from_form(text: &[u8]) -> Result<Self, &'static str> {
        if !percent_signs_are_right(text) {
            return Err("a % is not followed by two hexadecimal digits");
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(text).into_owned().collect();
        // The parser puts U+FFFD where bytes are no UTF-8; nobody sends that on purpose.
        if pairs.iter().any(|(name, value)| name.contains('\u{FFFD}') || value.contains('\u{FFFD}'))
        {
            return Err("a parameter is not UTF-8");
        }
        Ok(Self(pairs))
    }

    /// Reads a JSON object whose members are texts.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, &'static str> {
        let Ok(Value::Object(members)) = serde_json::from_slice(text) else {
            return Err("the body is not a JSON object");
        };
        let pairs = members.into_iter().map(|(name, value)| match value {
            Value::String(value) => Ok((name, value)),
            _ => Err("a member of the JSON object is not a text"),
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// The value of a parameter. An empty one counts as left out (RFC 6749 section 3.1).
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// A parameter that comes more than once, which RFC 6749 section 3.1 forbids.
    pub(crate) fn duplicate(&self) -> Option<&str> {
        self.0
            .iter()
            .enumerate()
            .find(|(index, (name, _))| self.0[..*index].iter().any(|(known, _)| known == name))
            .map(|(_, (name, _))| name.as_str())
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(known, _)| known == name).count()
    }
}

/// Decodes one value as a form would (RFC 6749 section 2.3.1: id and secret of Basic).
pub(crate) fn decode_component(text: &str) -> Option<String> {
    let mut quoted = String::from("v=");
    // A bare `&` would end the value.
    quoted.push_str(&text.replace('&', "%26"));
    let params = Params::from_form(quoted.as_bytes()).ok()?;
    params.0.into_iter().next().map(|(_, value)| value)
}

fn percent_signs_are_right(text: &[u8]) -> bool {
    text.iter().enumerate().all(|(index, byte)| {
        *byte != b'%'
            || text
                .get(index + 1..index + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_decoded_and_its_duplicates_are_seen() {
        let params = Params::from_form(b"a=1+2%203&b=&a=4").expect("a good form");
        assert_eq!(params.get("a"), Some("1 2 3"));
        assert_eq!(params.get("b"), None);
        assert!(params.has("b"));
        assert_eq!(params.duplicate(), Some("a"));
        assert_eq!(params.count("a"), 2);
    }

    #[test]
    fn a_broken_form_is_refused() {
        for bad in ["a=%", "a=%1", "a=%zz", "a=%ff", "%C3=1"] {
            assert!(Params::from_form(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn json_members_are_texts() {
        let params = Params::from_json(br#"{"a":"1"}"#).expect("a good object");
        assert_eq!(params.get("a"), Some("1"));
        for bad in [&br#"{"a":1}"#[..], b"[]", b"", b"{", b"\xff"] {
            assert!(Params::from_json(bad).is_err());
        }
    }

    #[test]
    fn a_component_keeps_what_a_form_would_split_at() {
        assert_eq!(decode_component("a%3Ab+c&d=e").as_deref(), Some("a:b c&d=e"));
        assert_eq!(decode_component("%zz"), None);
        assert_eq!(decode_component("").as_deref(), Some(""));
    }
}
