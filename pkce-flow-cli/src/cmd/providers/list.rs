//! `pkce-flow providers list`.

use std::path::Path;

use pkce_flow_providers::{Preset, resolve};
use serde_json::{Value, json};

use super::describe;
use crate::args;
use crate::config;
use crate::exit::Outcome;
use crate::output::{self, DIM, KEY, styled};
use crate::show::printable;

pub(crate) fn run(config: Option<&Path>, args: &args::List) -> Outcome {
    let mut providers = match config {
        Some(path) => tables(path)?,
        None => Vec::new(),
    };
    let taken: Vec<Value> = providers.iter().map(|table| table["name"].clone()).collect();
    // A table wins over the preset of its name.
    providers.extend(presets().filter(|preset| !taken.contains(&preset["name"])));
    if args.json {
        return output::json(&providers.into());
    }
    output::result(&text(&providers))
}

fn presets() -> impl Iterator<Item = Value> {
    Preset::names().filter_map(Preset::find).map(|preset| {
        let variables: Vec<Value> = preset
            .variables
            .iter()
            .map(|variable| {
                json!({
                    "name": variable.name,
                    "default": variable.default,
                    "description": variable.description,
                })
            })
            .collect();
        json!({
            "name": preset.name,
            "display_name": preset.display_name,
            "documentation": preset.documentation,
            "kind": "preset",
            "client_secret_required": preset.client_secret_required,
            "variables": variables,
            "scopes_supported": preset.draft.scopes_supported,
            "scopes": describe::scopes(preset),
            "checked": preset.checked,
        })
    })
}

fn tables(path: &Path) -> Outcome<Vec<Value>> {
    let Some(file) = config::load(Some(path))? else {
        return Ok(Vec::new());
    };
    let mut tables = Vec::new();
    for table in file.providers.drafts() {
        let resolved = resolve(table.clone())?;
        let draft = resolved.draft();
        tables.push(json!({
            "name": draft.name,
            "display_name": draft.display_name.as_ref().unwrap_or(&draft.name),
            "documentation": draft.documentation,
            "kind": "table",
            "file": file.path.display().to_string(),
            "preset": draft.preset,
            "environment_variables": resolved.environment_variables(),
        }));
    }
    Ok(tables)
}

fn text(providers: &[Value]) -> String {
    let field = |provider: &Value, key: &str| provider[key].as_str().map(printable);
    let width = |key| {
        let lengths = providers.iter().filter_map(|one| field(one, key));
        lengths.map(|text| text.chars().count()).max().unwrap_or_default()
    };
    let (names, titles) = (width("name"), width("display_name"));
    let mut text = String::new();
    for provider in providers {
        let name = field(provider, "name").unwrap_or_default();
        let title = field(provider, "display_name").unwrap_or_default();
        let about = match field(provider, "file") {
            Some(file) => format!("table of {file}"),
            None => about_preset(provider),
        };
        let name = styled(KEY, format_args!("{name:names$}"));
        let line = match about.as_str() {
            "" => format!("{name}  {title}\n"),
            about => format!("{name}  {title:titles$}  {}\n", styled(DIM, about)),
        };
        text.push_str(&line);
    }
    text
}

/// What a registration at this preset needs beside a client_id.
fn about_preset(preset: &Value) -> String {
    let mut needs = Vec::new();
    if preset["client_secret_required"] == true {
        needs.push("needs a client secret".to_owned());
    }
    for variable in preset["variables"].as_array().into_iter().flatten() {
        let name = variable["name"].as_str().unwrap_or_default();
        needs.push(match variable["default"].as_str() {
            Some(default) => format!("{name} = {default}"),
            None => format!("needs {name}"),
        });
    }
    needs.join(", ")
}
