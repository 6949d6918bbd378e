//! A JSON object for people: as TOML, the tables after the keys.

use serde_json::{Map, Value};

use crate::output::{KEY, styled};
use crate::show::printable;

/// The object as the lines of a TOML file.
pub(super) fn text(value: &Value) -> String {
    let mut text = String::new();
    if let Some(object) = value.as_object() {
        write(&mut text, "", object);
    }
    text
}

fn write(text: &mut String, path: &str, object: &Map<String, Value>) {
    let (tables, keys): (Vec<_>, Vec<_>) = object.iter().partition(|(_, value)| is_table(value));
    for (key, value) in keys {
        let key = styled(KEY, printable(&quoted_key(key)));
        text.push_str(&format!("{key} = {}\n", inline(value)));
    }
    for (key, value) in tables {
        let path =
            if path.is_empty() { quoted_key(key) } else { format!("{path}.{}", quoted_key(key)) };
        let Some(object) = value.as_object() else {
            continue;
        };
        if object.values().any(|value| !is_table(value)) {
            text.push_str(&format!("\n{}\n", styled(KEY, format_args!("[{}]", printable(&path)))));
        }
        write(text, &path, object);
    }
}

/// `{ env = "NAME" }` and `{ file = "PATH" }` stand on the line of their key.
fn is_table(value: &Value) -> bool {
    value.as_object().is_some_and(|object| {
        !(object.len() == 1 && object.keys().all(|key| key == "env" || key == "file"))
    })
}

fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(key, value)| format!("{} = {}", quoted_key(key), inline(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        // JSON's strings are strings of TOML.
        other => printable(&other.to_string()),
    }
}

fn quoted_key(key: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(bare) {
        key.to_owned()
    } else {
        Value::from(key).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_come_first_and_tables_after_them() {
        let value = json!({
            "name": "x",
            "variables": { "domain": { "default": "a.example" } },
            "client_id": { "env": "ID" },
            "scopes": ["a", "b"],
        });
        let plain = anstream::adapter::strip_str(&text(&value)).to_string();
        assert_eq!(
            plain,
            "name = \"x\"\nclient_id = { env = \"ID\" }\nscopes = [\"a\", \"b\"]\n\n\
             [variables.domain]\ndefault = \"a.example\"\n"
        );
    }
}
