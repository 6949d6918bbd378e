//! `pkce-flow providers` and the commands below it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum Providers {
    List(List),
    Show(Show),
    Check(Check),
    /// Print the JSON Schema of a providers file, for editors
    ///
    /// Editors that know taplo (Even Better TOML in VS Code, Helix, Zed, Neovim) then complete keys,
    /// presets and variables, and check values while you write.
    #[command(after_help = "\
Examples:
  pkce-flow providers schema > providers.schema.json

Then let this be the first line of providers.toml:
  #:schema ./providers.schema.json")]
    Schema,
}

/// List the bundled presets, with --config the tables of that file too
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow providers list
  pkce-flow providers list --config providers.toml --json")]
pub(crate) struct List {
    /// Print an array of JSON objects
    #[arg(long)]
    pub(crate) json: bool,
}

/// Show all that a preset or a table says, its known scopes too
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow providers show gitlab
  pkce-flow providers show microsoft-entra --json")]
pub(crate) struct Show {
    /// A preset, or a table of the providers file
    pub(crate) name: String,
    /// Print one JSON object with the keys of the TOML
    #[arg(long)]
    pub(crate) json: bool,
}

/// Find every mistake of a providers file, each with its line
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow providers check providers.toml
  pkce-flow providers check providers.toml --json

It reads no environment and asks no server. Exit code 0: no mistake; 2: mistakes.
pkce-flow explain CODE says more about a mistake.")]
pub(crate) struct Check {
    /// The file; without it the one that the other commands read
    pub(crate) file: Option<PathBuf>,
    /// Print an array of JSON objects: code, path, line, column, what, help
    #[arg(long)]
    pub(crate) json: bool,
}
