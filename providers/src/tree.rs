//! TOML text -> the neutral tree, and where each key and value stands.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::location::Place;
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::raw::{RawTable, RawValue};
use crate::syntax::syntax_problems;

/// A parsed text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) table: RawTable,
    pub(crate) places: BTreeMap<FieldPath, Place>,
    /// What is wrong with the TOML itself, already located.
    pub(crate) problems: Vec<Problem>,
    /// Whether the tree holds all that was written, but for what stands twice.
    pub(crate) whole: bool,
}

impl Tree {
    pub(crate) fn parse(text: &str) -> Tree {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut tree = Tree::default();
        tree.table = tree.read_table(root.get_ref(), &FieldPath::root());
        (tree.problems, tree.whole) = syntax_problems(text, &errors, &tree.places);
        tree
    }

    fn read_table(&mut self, table: &DeTable<'_>, path: &FieldPath) -> RawTable {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let name: &str = key.get_ref();
            let path = path.key(name);
            let at = key.span();
            let read = self.read_value(value.get_ref(), &path);
            let place = Place { key: Some(at.clone()), value: value.span() };
            self.places.insert(path, place);
            entries.push((at.start, (name.to_owned(), read)));
        }
        // The table is sorted by name; people read files from top to bottom.
        entries.sort_by_key(|(at, _)| *at);
        RawTable(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    fn read_value(&mut self, value: &DeValue<'_>, path: &FieldPath) -> RawValue {
        match value {
            DeValue::String(text) => RawValue::String(text.to_string()),
            DeValue::Boolean(value) => RawValue::Bool(*value),
            DeValue::Integer(_) => RawValue::Other("an integer"),
            DeValue::Float(_) => RawValue::Other("a float"),
            DeValue::Datetime(_) => RawValue::Other("a date or time"),
            DeValue::Table(table) => RawValue::Table(self.read_table(table, path)),
            DeValue::Array(items) => {
                let mut read = Vec::with_capacity(items.len());
                for (position, item) in items.iter().enumerate() {
                    let path = path.index(position);
                    read.push(self.read_value(item.get_ref(), &path));
                    self.places.insert(path, Place { key: None, value: item.span() });
                }
                RawValue::Array(read)
            }
        }
    }
}
