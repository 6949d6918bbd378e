//! The granted scope, in the forms that providers send it in.

use pkce_flow_providers::Deviations;
use serde_json::Value;

/// The granted scope tokens, or which deviation would be needed to read them.
pub(super) fn granted(value: &Value, deviations: &Deviations) -> Result<Vec<String>, Unread> {
    match value {
        Value::String(text) => {
            let separator = deviations.granted_scope_separator.as_deref().unwrap_or(" ");
            let tokens = text.split(separator).map(str::trim).filter(|token| !token.is_empty());
            Ok(tokens.map(str::to_owned).collect())
        }
        Value::Array(items) if deviations.granted_scope_array => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or(Unread::Wrong)).collect()
        }
        Value::Array(_) => Err(Unread::Array),
        _ => Err(Unread::Wrong),
    }
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// A list, where none was declared.
    Array,
    /// Neither text nor a list of texts.
    Wrong,
}
