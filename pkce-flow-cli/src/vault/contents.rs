//! What a vault holds: tokens by name, provider and client.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Key;

/// The layout that is written. A later one is refused, never guessed.
pub(super) const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
pub(super) struct Contents {
    format: u32,
    tokens: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    /// The issuer, or the token endpoint.
    provider: String,
    client_id: String,
    tokens: Value,
}

impl Entry {
    fn is(&self, key: &Key) -> bool {
        self.name == key.name && self.provider == key.provider && self.client_id == key.client_id
    }
}

impl Default for Contents {
    fn default() -> Self {
        Self { format: FORMAT, tokens: Vec::new() }
    }
}

impl Contents {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| place(&error))
    }

    pub(super) fn to_text(&self) -> String {
        // Strings and JSON values always serialise.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    pub(super) fn find(&self, key: &Key) -> Option<String> {
        self.tokens.iter().find(|entry| entry.is(key)).map(|entry| entry.tokens.to_string())
    }

    pub(super) fn put(&mut self, key: &Key, tokens: &str) -> Result<(), String> {
        let tokens = serde_json::from_str(tokens)
            .map_err(|error| format!("the tokens cannot be kept: {}", place(&error)))?;
        self.remove(key);
        self.tokens.push(Entry {
            name: key.name.clone(),
            provider: key.provider.clone(),
            client_id: key.client_id.clone(),
            tokens,
        });
        Ok(())
    }

    pub(super) fn remove(&mut self, key: &Key) -> bool {
        let before = self.tokens.len();
        self.tokens.retain(|entry| !entry.is(key));
        self.tokens.len() < before
    }
}

/// Where JSON is broken. The message of serde_json may quote a value, so it stays out.
pub(super) fn place(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        serde_json::error::Category::Eof => "the JSON ends too early",
        serde_json::error::Category::Syntax => "there is no valid JSON",
        _ => "a member is missing or of the wrong type",
    };
    format!("{what} at line {}, column {}", error.line(), error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, provider: &str, client_id: &str) -> Key {
        Key { name: name.into(), provider: provider.into(), client_id: client_id.into() }
    }

    #[test]
    fn a_changed_declaration_does_not_get_the_others_tokens() {
        let mut contents = Contents::default();
        let corp = key("corp", "https://idp.example", "app");
        contents.put(&corp, r#"{"access_token":"a"}"#).expect("JSON");
        assert!(contents.find(&corp).is_some());
        for other in [
            key("other", "https://idp.example", "app"),
            key("corp", "https://evil.example", "app"),
            key("corp", "https://idp.example", "other"),
        ] {
            assert!(contents.find(&other).is_none(), "{other:?}");
        }
    }

    #[test]
    fn new_tokens_replace_the_old_ones_and_survive_the_file() {
        let mut contents = Contents::default();
        let corp = key("corp", "https://idp.example", "app");
        contents.put(&corp, r#"{"access_token":"a"}"#).expect("JSON");
        contents.put(&corp, r#"{"access_token":"b"}"#).expect("JSON");
        let mut read = Contents::parse(&contents.to_text()).expect("our own file");
        assert_eq!(read.find(&corp).as_deref(), Some(r#"{"access_token":"b"}"#));
        assert!(read.remove(&corp));
        assert!(!read.remove(&corp));
    }

    #[test]
    fn a_damaged_file_says_where_and_quotes_nothing() {
        for (text, expected) in [
            ("", "line 1, column 0"),
            ("{\"format\":1,\n\"tokens\": SECRET}", "line 2, column 11"),
            ("{\"format\":1,\"tokens\":[{\"name\":\"SECRET\"}]}", "line 1"),
            ("{\"format\":1,\"tokens\":\"SECRET\"}", "line 1"),
        ] {
            let error = Contents::parse(text).err().expect("damaged");
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("SECRET"), "{error}");
        }
    }
}
