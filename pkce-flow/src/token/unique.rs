//! JSON objects in which no name stands twice.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

struct Unique(Map<String, Value>);

/// The document as an object. Two members of one name are refused (RFC 8259 section 4): which of
/// two access tokens counts, nobody knows.
pub(crate) fn parse_object(json: &[u8]) -> Result<Map<String, Value>, String> {
    serde_json::from_slice::<Unique>(json).map(|unique| unique.0).map_err(|error| {
        // serde's text may quote what it met; the place and the class are enough.
        if error.to_string().starts_with("two members") {
            "it has two members of one name".to_owned()
        } else if error.is_eof() {
            "it ends too early".to_owned()
        } else if error.is_data() {
            "it is no JSON object".to_owned()
        } else {
            format!("it is no JSON (line {}, column {})", error.line(), error.column())
        }
    })
}

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueVisitor)
    }
}

struct UniqueVisitor;

impl<'de> Visitor<'de> for UniqueVisitor {
    type Value = Unique;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Unique, A::Error> {
        let mut object = Map::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("two members of one name"));
            }
        }
        Ok(Unique(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_broken_json_is_named_without_its_text() {
        let cases = [
            (r#"{"a":1,"a":2}"#, "it has two members of one name"),
            (r#"{"a":"planted"#, "it ends too early"),
            ("", "it ends too early"),
            (r#"["planted"]"#, "it is no JSON object"),
            ("<html>planted", "it is no JSON (line 1, column 1)"),
        ];
        for (json, wanted) in cases {
            assert_eq!(parse_object(json.as_bytes()), Err(wanted.to_owned()), "{json}");
        }
    }
}
