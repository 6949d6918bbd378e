//! A JSON Schema of a providers TOML, for editors: taplo, Even Better TOML and their like complete
//! keys and check values with it.
//!
//! It is generated from [`keys`](crate::keys) and the presets, and says of the rules what a schema
//! can say. It never refuses what [`ProvidersToml::parse`](crate::ProvidersToml::parse) accepts.
//! A file points at it in its first line:
//!
//! ```toml
//! #:schema ./providers.schema.json
//! ```

mod values;

use serde_json::{Map, Value, json};

use crate::keys::{DECLARATION_KEYS, Key, Kind};
use crate::preset::Preset;

/// The schema as a document of JSON, with a line break at its end. The same version of this crate
/// gives the same bytes.
///
/// It is of draft-07, the newest one that editors of TOML understand, and has no references, which
/// they resolve only in part.
pub fn providers_toml() -> String {
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Providers of pkce-flow",
        "description": "One table [providers.NAME] for each OAuth 2.0 provider.",
        "type": "object",
        "properties": {
            "providers": {
                "description": "One table [providers.NAME] for each OAuth 2.0 provider.",
                "type": "object",
                "patternProperties": {
                    // Every name; what follows here is about some of them.
                    "^": declaration(),
                    values::NO_TYPE_NAME: { "required": ["rust_name"] },
                },
            },
        },
        "additionalProperties": false,
    });
    // The same bytes in every build: a feature of serde_json keeps the order of insertion.
    schema.sort_all_objects();
    format!("{schema:#}\n")
}

/// One table `[providers.NAME]`.
fn declaration() -> Value {
    let mut schema = table(DECLARATION_KEYS);
    let rules = json!({
        "description": "One provider, and what was got by registering with it.",
        "required": ["client_id", "redirect_uri"],
        "anyOf": [
            { "required": ["preset"] },
            { "required": ["root_url"] },
            { "required": ["authorization_endpoint", "token_endpoint"] },
            { "required": ["issuer"], "properties": { "discovery": { "const": true } } },
        ],
        "dependencies": {
            "variables": ["preset"],
            "token_endpoint_auth_method": {
                "if": { "properties": { "token_endpoint_auth_method": { "const": "none" } } },
                "then": { "not": { "required": ["client_secret"] } },
                "else": { "required": ["client_secret"] },
            },
        },
    });
    extend(&mut schema, rules);
    extend(&mut schema, presets());
    schema
}

/// What each preset asks for beyond what every table must have: one `if` within the `else` of the
/// other, since editors do not look into `allOf`.
fn presets() -> Value {
    // Without a preset a profile says its own URL.
    let otherwise = json!({ "properties": { "profile": { "required": ["url"] } } });
    Preset::names().filter_map(Preset::find).fold(otherwise, |otherwise, preset| {
        let name = &preset.name;
        json!({
            "if": { "required": ["preset"], "properties": { "preset": { "const": name } } },
            "then": preset_rules(preset),
            "else": otherwise,
        })
    })
}

fn preset_rules(preset: &Preset) -> Value {
    let names: Vec<_> = preset.variables.iter().map(|variable| &variable.name).collect();
    let open = preset.variables.iter().filter(|variable| variable.default.is_none());
    let needed: Vec<_> = open.map(|variable| &variable.name).collect();
    let mut required = Vec::new();
    if !needed.is_empty() {
        required.push("variables");
    }
    if preset.client_secret_required {
        required.push("client_secret");
    }
    let mut properties = json!({
        "variables": { "propertyNames": { "enum": names }, "required": needed },
    });
    if names.is_empty() {
        // An empty table of variables says nothing, and is right.
        properties = json!({ "variables": { "maxProperties": 0 } });
    }
    if preset.draft.profile.is_none() {
        extend(&mut properties, json!({ "profile": { "required": ["url"] } }));
    }
    json!({ "required": required, "properties": properties })
}

/// A table with these keys and no others.
fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut schema = match key.kind {
        Kind::String | Kind::Endpoint => values::string(key.name),
        Kind::Text => values::text(values::string(key.name)),
        Kind::Secret => values::secret(),
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Strings => values::strings(key.name),
        Kind::Scope => values::scope(),
        Kind::Params => values::params(key.name),
        Kind::Variables => variables(),
        // Only a preset has these.
        Kind::VariableDeclarations => json!({ "type": "object" }),
        Kind::Table(keys) => table(keys),
    };
    extend(&mut schema, json!({ "description": key.doc }));
    schema
}

/// The variables of all presets, so that an editor completes them.
fn variables() -> Value {
    let text = || values::text(values::string("variables"));
    let mut known = Map::new();
    for preset in Preset::names().filter_map(Preset::find) {
        for variable in &preset.variables {
            let line = format!("{}: {}", preset.name, variable.description);
            let schema = known.entry(variable.name.clone()).or_insert_with(text);
            let doc = match schema.get("description").and_then(Value::as_str) {
                Some(others) => format!("{others}\n{line}"),
                None => line,
            };
            extend(schema, json!({ "description": doc }));
        }
    }
    json!({ "type": "object", "properties": known, "additionalProperties": text() })
}

/// Puts the members of `more` into `schema`.
fn extend(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}
