//! What the attributes of one type or variant say: keys and values as the neutral tree, each with
//! its place.

use std::collections::BTreeSet;

use pkce_flow_providers::{Code, FieldPath, Preset, RawTable, RawValue};
use proc_macro2::{Delimiter, Group};
use syn::{Attribute, LitStr, Meta, Path};

use super::grammar::{entries, twice};
use super::place::{Place, Places};
use super::tree::{Entry, Value};

/// What the attributes of one type or variant say.
#[derive(Clone, Default)]
pub(crate) struct Said {
    pub(crate) table: RawTable,
    pub(crate) places: Places,
    /// The key `name`.
    pub(crate) name: Option<(String, Place)>,
    /// The key `crate`, and where it stands.
    pub(crate) krate: Option<(Path, Place)>,
    /// The first attribute, where what is missing is reported. Nothing: there is none.
    pub(crate) place: Option<Place>,
    /// Tells whether that attribute is the enum's: the variant has none.
    pub(crate) place_is_of_enum: bool,
    /// Whether there is an attribute without keys, which was reported: nothing is missing, then.
    pub(crate) keyless: bool,
    /// Keys that were written and could not be read, which was reported.
    pub(crate) broken: BTreeSet<FieldPath>,
    /// Keys that an enum says for its variants.
    pub(crate) from_enum: BTreeSet<String>,
}

impl Said {
    /// Tells whether the enum says this key, not the variant.
    pub(crate) fn inherited(&self, key: &str) -> bool {
        self.from_enum.contains(key)
    }

    /// The preset that is named, or the one that was meant.
    pub(crate) fn preset(&self) -> Option<&'static Preset> {
        match self.table.get("preset") {
            Some(RawValue::String(name)) => {
                Preset::find(name).or_else(|| Preset::find(Preset::nearest(name)?))
            }
            _ => None,
        }
    }
}

/// Reads every `#[pkce(…)]`; mistakes are collected.
pub(crate) fn read(attributes: &[Attribute], errors: &mut Vec<syn::Error>) -> Said {
    let mut reader = Reader { said: Said::default(), errors };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("pkce")) {
        let place = Place::at(attribute.path().segments[0].ident.span());
        reader.said.place.get_or_insert(place);
        match &attribute.meta {
            Meta::List(list) => {
                let mut group = Group::new(Delimiter::None, list.tokens.clone());
                group.set_span(list.delimiter.span().join());
                for entry in entries(&group, reader.errors) {
                    reader.take(entry);
                }
            }
            _ => {
                reader.said.keyless = true;
                reader.errors.push(place.mistake(
                    "`pkce` takes keys in parentheses",
                    "write #[pkce(preset = \"…\", client_id = \"…\", redirect_uri = \"…\")]",
                ));
            }
        }
    }
    reader.said
}

struct Reader<'e> {
    said: Said,
    errors: &'e mut Vec<syn::Error>,
}

impl Reader<'_> {
    /// Takes one entry of the attribute itself: `name` and `crate` are ours, the rest is the
    /// model's.
    fn take(&mut self, entry: Entry) {
        match (entry.key.as_str(), &entry.value) {
            ("name" | "crate" | "rust_name", None) => {}
            ("name", Some(Value::Text(text, place))) => match self.said.name {
                Some(_) => self.errors.push(twice("name", entry.place)),
                None => self.said.name = Some((text.clone(), *place)),
            },
            ("crate", Some(Value::Path(path, _))) => self.take_crate(path.clone(), entry.place),
            ("crate", Some(Value::Text(text, place))) => match path(text, *place) {
                Some(path) => self.take_crate(path, entry.place),
                None => self.errors.push(place.mistake(
                    "`crate` takes the path of pkce-flow",
                    "write what it was renamed to, \"renamed\", or \"crate::reexported\"",
                )),
            },
            (key @ ("name" | "crate"), Some(_)) => {
                let help = format!("write {key} = \"…\"");
                let what = format!("`{key}` takes a string");
                self.errors.push(entry.place.coded(Code::WrongType, &what, &help));
            }
            ("rust_name", Some(_)) => self.errors.push(entry.place.coded(
                Code::UnknownKey,
                "`rust_name` is for a providers TOML: here the type has its name",
                "leave it out, or write name = \"…\" for the provider's name",
            )),
            _ => {
                let mut table = std::mem::take(&mut self.said.table);
                self.insert(entry, &FieldPath::root(), &mut table);
                self.said.table = table;
            }
        }
    }

    fn take_crate(&mut self, path: Path, place: Place) {
        match self.said.krate {
            Some(_) => self.errors.push(twice("crate", place)),
            None => self.said.krate = Some((path, place)),
        }
    }

    fn insert(&mut self, entry: Entry, above: &FieldPath, table: &mut RawTable) {
        let path = above.key(&entry.key);
        if self.said.places.of_key(&path).is_some() {
            self.errors.push(twice(&entry.key, entry.place));
            return;
        }
        self.said.places.key(path.clone(), entry.place);
        match entry.value {
            Some(value) => {
                let value = self.raw(value, &path);
                table.0.push((entry.key, value));
            }
            None => {
                self.said.broken.insert(path);
            }
        }
    }

    fn raw(&mut self, value: Value, path: &FieldPath) -> RawValue {
        match value {
            Value::Text(text, place) => {
                self.said.places.value(path.clone(), place);
                RawValue::String(text)
            }
            Value::Flag(flag, place) => {
                self.said.places.value(path.clone(), place);
                RawValue::Bool(flag)
            }
            // Only the key `crate` is read as a path.
            Value::Path(_, place) => {
                self.said.places.value(path.clone(), place);
                RawValue::Other("a path")
            }
            Value::Other(what, place) => {
                self.said.places.value(path.clone(), place);
                RawValue::Other(what)
            }
            Value::List(items, place) => {
                self.said.places.value(path.clone(), place);
                let items = items.into_iter().enumerate();
                RawValue::Array(items.map(|(at, item)| self.raw(item, &path.index(at))).collect())
            }
            Value::Source(key, whole, text, place) => {
                self.said.places.value(path.clone(), whole);
                self.said.places.value(path.key(&key), place);
                RawValue::Table(RawTable(vec![(key, RawValue::String(text))]))
            }
            Value::Table(entries, place) => {
                self.said.places.value(path.clone(), place);
                let mut table = RawTable::default();
                for entry in entries {
                    self.insert(entry, path, &mut table);
                }
                RawValue::Table(table)
            }
        }
    }
}

/// The path that a string holds, its tokens where the string stands. `::` in front is left to us.
fn path(text: &str, place: Place) -> Option<Path> {
    let literal = LitStr::new(text, place.start());
    let path = literal.parse_with(Path::parse_mod_style).ok()?;
    path.segments.first()?;
    Some(path)
}
