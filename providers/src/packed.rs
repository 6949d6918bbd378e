//! A tree as one text: what macros put into a program. One literal is much less work for the
//! compiler than a table of constants.
//!
//! A string is its length in bytes, a colon, and itself. A table is its entries one after the other,
//! each a string and a value. A value is a letter and what belongs to it.

use crate::raw::{RawTable, RawValue};

/// Deeper than any declaration goes.
const DEPTH: usize = 8;

impl RawTable {
    /// The tree as one text, which [`unpack`](Self::unpack) reads. [`RawValue::Other`] is left out:
    /// no key takes it.
    pub fn pack(&self) -> String {
        let mut packed = String::new();
        pack_table(self, &mut packed);
        packed
    }

    /// The tree that was packed; nothing, where the text is none.
    ///
    /// ```
    /// use pkce_flow_providers::{RawTable, RawValue};
    ///
    /// let table = RawTable(vec![("client_id".to_owned(), RawValue::String("app".to_owned()))]);
    /// assert_eq!(table.pack(), "9:client_ids3:app");
    /// assert_eq!(RawTable::unpack("9:client_ids3:app"), Some(table));
    /// assert_eq!(RawTable::unpack("9:client_id"), None);
    /// ```
    pub fn unpack(packed: &str) -> Option<RawTable> {
        let mut rest = packed;
        let table = unpack_table(&mut rest, DEPTH)?;
        rest.is_empty().then_some(table)
    }
}

fn pack_text(text: &str, packed: &mut String) {
    packed.push_str(&text.len().to_string());
    packed.push(':');
    packed.push_str(text);
}

fn pack_table(table: &RawTable, packed: &mut String) {
    for (key, value) in &table.0 {
        if !matches!(value, RawValue::Other(_)) {
            pack_text(key, packed);
            pack_value(value, packed);
        }
    }
}

fn pack_value(value: &RawValue, packed: &mut String) {
    match value {
        RawValue::String(text) => {
            packed.push('s');
            pack_text(text, packed);
        }
        RawValue::Template(text) => {
            packed.push('t');
            pack_text(text, packed);
        }
        RawValue::Bool(flag) => packed.push(if *flag { 'y' } else { 'n' }),
        RawValue::Array(items) => {
            packed.push('[');
            for item in items {
                pack_value(item, packed);
            }
            packed.push(']');
        }
        RawValue::Table(table) => {
            packed.push('{');
            pack_table(table, packed);
            packed.push('}');
        }
        RawValue::Other(_) => {}
    }
}

fn unpack_text(rest: &mut &str) -> Option<String> {
    let (length, behind) = rest.split_once(':')?;
    let (text, behind) = behind.split_at_checked(length.parse().ok()?)?;
    *rest = behind;
    Some(text.to_owned())
}

fn unpack_table(rest: &mut &str, depth: usize) -> Option<RawTable> {
    let mut table = RawTable::default();
    while rest.starts_with(|c: char| c.is_ascii_digit()) {
        let key = unpack_text(rest)?;
        table.0.push((key, unpack_value(rest, depth)?));
    }
    Some(table)
}

fn unpack_value(rest: &mut &str, depth: usize) -> Option<RawValue> {
    let depth = depth.checked_sub(1)?;
    let kind = rest.chars().next()?;
    *rest = &rest[kind.len_utf8()..];
    Some(match kind {
        's' => RawValue::String(unpack_text(rest)?),
        't' => RawValue::Template(unpack_text(rest)?),
        'y' => RawValue::Bool(true),
        'n' => RawValue::Bool(false),
        '[' => {
            let mut items = Vec::new();
            while !rest.starts_with(']') {
                items.push(unpack_value(rest, depth)?);
            }
            *rest = &rest[1..];
            RawValue::Array(items)
        }
        '{' => {
            let table = unpack_table(rest, depth)?;
            *rest = rest.strip_prefix('}')?;
            RawValue::Table(table)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> RawValue {
        RawValue::String(text.to_owned())
    }

    fn table(entries: &[(&str, RawValue)]) -> RawTable {
        RawTable(entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    #[test]
    fn every_kind_comes_back_as_it_was() {
        let inner = table(&[("env", text("")), ("9:", RawValue::Bool(true)), ("", text("}]"))]);
        let whole = table(&[
            ("a", text("ä\n\"9:s")),
            ("b", RawValue::Template("https://{domain}".to_owned())),
            ("c", RawValue::Bool(false)),
            ("d", RawValue::Array(vec![text("1"), text("[")])),
            ("e", RawValue::Array(Vec::new())),
            ("f", RawValue::Table(inner)),
            ("g", RawValue::Table(RawTable::default())),
        ]);
        assert_eq!(RawTable::unpack(&whole.pack()), Some(whole));
        assert_eq!(RawTable::unpack(""), Some(RawTable::default()));
    }

    #[test]
    fn what_was_not_packed_is_nothing() {
        let packed = table(&[("key", RawValue::Table(table(&[("env", text("NAME"))])))]).pack();
        for end in 1..packed.len() {
            assert_eq!(RawTable::unpack(&packed[..end]), None, "{}", &packed[..end]);
        }
        for wrong in ["x", "1:a", "1:ax", "9:a", "-1:as0:", "2:äs1:ä", "1:a[", "1:as1:bz"] {
            assert_eq!(RawTable::unpack(wrong), None, "{wrong}");
        }
        assert_eq!(RawTable::unpack(&"1:a{".repeat(100_000)), None, "and no stack is used up");
        assert_eq!(RawTable::unpack(&format!("1:a{}", "[".repeat(100_000))), None);
    }
}
