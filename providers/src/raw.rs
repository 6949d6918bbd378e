//! The neutral tree between the doors and the drafts. It knows neither TOML nor attributes.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A value as a door read it, before any key was looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum RawValue {
    /// A string.
    String(String),
    /// A preset's text, in which `{name}` stands for a variable. Generated source alone has it.
    Template(String),
    /// `true` or `false`.
    Bool(bool),
    /// A value that no key takes; the text says what it is, such as `an integer`.
    Other(&'static str),
    /// A list.
    Array(Vec<RawValue>),
    /// A table.
    Table(RawTable),
}

impl RawValue {
    /// What the value is, for a message: `a string`.
    pub fn kind(&self) -> &'static str {
        match self {
            RawValue::String(_) | RawValue::Template(_) => "a string",
            RawValue::Bool(_) => "a boolean",
            RawValue::Other(kind) => kind,
            RawValue::Array(_) => "a list",
            RawValue::Table(_) => "a table",
        }
    }
}

/// A table as a door read it: keys in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawTable(pub Vec<(String, RawValue)>);

impl RawTable {
    /// The value of the key `name`.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

impl Serialize for RawValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            RawValue::String(text) | RawValue::Template(text) => serializer.serialize_str(text),
            RawValue::Bool(value) => serializer.serialize_bool(*value),
            RawValue::Other(kind) => serializer.serialize_str(kind),
            RawValue::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            RawValue::Table(table) => table.serialize(serializer),
        }
    }
}

impl Serialize for RawTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
