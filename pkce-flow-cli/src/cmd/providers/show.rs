//! `pkce-flow providers show`.

use std::path::Path;

use pkce_flow_providers::{Preset, resolve};
use serde_json::Value;

use super::{describe, toml};
use crate::args;
use crate::config;
use crate::exit::{Failure, Outcome};
use crate::output;

pub(crate) fn run(config: Option<&Path>, args: &args::Show) -> Outcome {
    let described = describe(config, &args.name)?;
    if args.json {
        return output::json(&described);
    }
    output::result(&toml::text(&described))
}

/// A table wins over a preset of its name.
fn describe(config: Option<&Path>, name: &str) -> Outcome<Value> {
    let file = config::load(config)?;
    if let Some(draft) = file.as_ref().and_then(|file| file.providers.draft(name)) {
        return Ok(describe::table(resolve(draft.clone())?.draft()));
    }
    if let Some(preset) = Preset::find(name) {
        return Ok(describe::preset(preset));
    }
    let near = Preset::nearest(name).map(|near| format!("do you mean `{near}`? "));
    Err(Failure::usage(format!("there is no provider `{name}`"))
        .help(format!("{}pkce-flow providers list shows them", near.unwrap_or_default())))
}
