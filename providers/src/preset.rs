//! The bundled presets: one TOML file each, embedded, parsed one at a time.

use std::sync::OnceLock;

use crate::code::Code;
use crate::draft::Draft;
use crate::keys::{DECLARATION_KEYS, Key, PRESET_KEYS, Part, VARIABLE_KEYS, nearest};
use crate::path::FieldPath;
use crate::problem::{Problem, Problems};
use crate::raw::{RawTable, RawValue};
use crate::read::read_provider_facts;
use crate::read_value::Reader;
use crate::report::Report;
use crate::unknown_key::unknown_key;

/// Every preset: its name and its file. Sorted by name.
const BUNDLED: &[(&str, &str)] = &[
    ("auth0", include_str!("../presets/auth0.toml")),
    ("github", include_str!("../presets/github.toml")),
    ("gitlab", include_str!("../presets/gitlab.toml")),
    ("google", include_str!("../presets/google.toml")),
    ("microsoft-entra", include_str!("../presets/microsoft-entra.toml")),
];

/// A provider that comes with the project.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Preset {
    /// The name that a declaration calls it by.
    pub name: String,
    /// The provider's name for people.
    pub display_name: String,
    /// Where the provider documents its OAuth 2.0.
    pub documentation: String,
    /// The day when the facts were checked, `YYYY-MM-DD`.
    pub checked: String,
    /// No login without a client secret.
    pub client_secret_required: bool,
    /// The variables of the templates.
    pub variables: Vec<Variable>,
    /// The scopes that the provider is known to have, each with a word on it.
    pub scopes: Vec<KnownScope>,
    /// What the preset fills in. Its URLs are templates, in which `{name}` is a variable.
    pub draft: Draft,
    /// The file as it was written, for whoever wants to show it.
    pub raw: RawTable,
}

/// A scope that a provider is known to have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownScope {
    /// The scope token.
    pub name: String,
    /// What it allows, in a few words.
    pub description: String,
}

/// A variable of a preset's templates, such as the host of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// The name, as it stands in braces.
    pub name: String,
    /// The value where a declaration gives none.
    pub default: Option<String>,
    /// What it is.
    pub description: String,
}

impl Preset {
    /// The preset of this name. It is parsed once, and no other one is.
    pub fn find(name: &str) -> Option<&'static Preset> {
        static PARSED: [OnceLock<Option<Preset>>; BUNDLED.len()] =
            [const { OnceLock::new() }; BUNDLED.len()];
        let position = BUNDLED.binary_search_by_key(&name, |(name, _)| name).ok()?;
        let (name, text) = BUNDLED.get(position)?;
        // A test proves that each bundled file parses.
        PARSED.get(position)?.get_or_init(|| Preset::parse(name, text).ok()).as_ref()
    }

    /// The names of all presets, sorted.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUNDLED.iter().map(|(name, _)| *name)
    }

    /// The preset that `name` most probably was meant to be.
    pub fn nearest(name: &str) -> Option<&'static str> {
        // The names by which these providers were or are called, too.
        match name.to_ascii_lowercase().as_str() {
            "azure" | "azuread" | "azure-ad" | "entra" | "entra-id" | "microsoft" => {
                Some("microsoft-entra")
            }
            _ => nearest(name, Preset::names()),
        }
    }

    /// Reads the text of one preset.
    ///
    /// # Errors
    /// Everything that is wrong with its keys and types.
    pub fn parse(name: &str, text: &str) -> Result<Preset, Problems> {
        let tree = crate::tree::Tree::parse(text);
        let mut report = Report::default();
        for problem in tree.problems {
            report.push(problem);
        }
        let preset = read_preset(name, tree.table, &mut report);
        report.finish()?;
        Ok(preset)
    }
}

fn read_preset(name: &str, raw: RawTable, report: &mut Report) -> Preset {
    let draft = read_provider_facts(&raw, report);
    let mut preset = Preset {
        name: name.to_owned(),
        display_name: draft.display_name.clone().unwrap_or_default(),
        documentation: draft.documentation.clone().unwrap_or_default(),
        checked: String::new(),
        client_secret_required: false,
        variables: Vec::new(),
        scopes: Vec::new(),
        draft,
        raw: RawTable::default(),
    };
    let keys: Vec<Key> = DECLARATION_KEYS
        .iter()
        .filter(|key| key.part == Part::Provider)
        .chain(PRESET_KEYS)
        .copied()
        .collect();
    for (key, value) in &raw.0 {
        let path = FieldPath::root().key(key);
        let mut read = Reader { report, provider: name, template: true };
        match key.as_str() {
            "checked" => preset.checked = read.string(&path, value).unwrap_or_default(),
            "client_secret_required" => {
                preset.client_secret_required = read.bool(&path, value).unwrap_or_default();
            }
            "variables" => preset.variables = variables(&mut read, &path, value),
            "scopes" => preset.scopes = scopes(&mut read, &path, value),
            "scopes_supported" => {
                let what = "a preset has no `scopes_supported`".to_owned();
                let help = "write the table [scopes], with a word on each scope".to_owned();
                report.push(Problem::new(Code::UnknownKey, path, what, help).at_key());
            }
            _ if keys.iter().any(|known| known.name == key) => {}
            _ => unknown_key(report, &path, key, &keys),
        }
    }
    for (key, value) in [
        ("display_name", &preset.display_name),
        ("documentation", &preset.documentation),
        ("checked", &preset.checked),
    ] {
        if value.trim().is_empty() {
            let path = FieldPath::root().key(key);
            let what = format!("a preset says its `{key}`");
            report.missing(Code::EmptyValue, &path, what, format!("write {key} = \"…\""));
        }
    }
    preset.draft.scopes_supported = preset.scopes.iter().map(|scope| scope.name.clone()).collect();
    preset.raw = raw;
    preset
}

fn scopes(read: &mut Reader<'_>, path: &FieldPath, value: &RawValue) -> Vec<KnownScope> {
    let described = read.params(path, value);
    described.into_iter().map(|(name, description)| KnownScope { name, description }).collect()
}

fn variables(read: &mut Reader<'_>, path: &FieldPath, value: &RawValue) -> Vec<Variable> {
    let Some(table) = read.table(path, value, "a table") else {
        return Vec::new();
    };
    let mut variables = Vec::new();
    for (name, value) in &table.0 {
        let path = path.key(name);
        let Some(fields) = read.table(&path, value, "a table") else {
            continue;
        };
        let mut variable =
            Variable { name: name.clone(), default: None, description: String::new() };
        for (key, value) in &fields.0 {
            let path = path.key(key);
            match key.as_str() {
                "default" => variable.default = read.string(&path, value),
                "description" => {
                    variable.description = read.string(&path, value).unwrap_or_default();
                }
                _ => unknown_key(read.report, &path, key, VARIABLE_KEYS),
            }
        }
        variables.push(variable);
    }
    variables
}
