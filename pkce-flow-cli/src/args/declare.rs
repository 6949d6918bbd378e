//! The commands that help to write declarations: `generate`, `import` and `explain`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use pkce_flow_providers::{Code, type_name};

/// Write Rust source from a providers file
///
/// One struct for each table, an enum of all, presets filled in: the source needs pkce-flow, and
/// neither its macros nor the TOML. The same file gives the same source. Output that is current is
/// not written again, so that nothing rebuilds.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow generate providers.toml                              to standard output
  pkce-flow generate providers.toml -o src/providers.rs
  pkce-flow generate providers.toml -o src/providers.rs --check  in CI: is it current?

Exit codes: 0 written, or current; 2 mistakes in the file, or with --check: stale or missing.
What a formatter does to the source does not make it stale.")]
pub(crate) struct Generate {
    /// The providers file
    pub(crate) file: PathBuf,
    /// Where the source goes; standard output without it
    #[arg(short, long, value_name = "OUT.rs")]
    pub(crate) output: Option<PathBuf>,
    /// Write nothing, and fail where OUT.rs is stale or missing
    #[arg(long, requires = "output")]
    pub(crate) check: bool,
}

/// Write a table for a providers file from a provider's metadata
///
/// Asks the issuer for its metadata (OpenID Connect Discovery, then RFC 8414) and writes what that
/// says, and no more. client_id, redirect_uri and scope are for you to fill in.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow import https://idp.example/                       to standard output
  pkce-flow import https://idp.example/ --name corp -o providers.toml

The issuer is compared with the metadata's byte by byte, its last slash too.
Exit codes: 4 there is no metadata, or none that can be used; 5 it is another issuer's.")]
pub(crate) struct Import {
    /// The issuer, as the provider writes it
    #[arg(value_name = "ISSUER_URL")]
    pub(crate) issuer: String,
    /// The table's name; made of the issuer's host without it
    #[arg(long, value_parser = table_name)]
    pub(crate) name: Option<String>,
    /// The file that the table is added to; standard output without it
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Explain a mistake that `providers check` names
///
/// Says why there is such a rule, with a wrong and a right example. Without a code it lists them
/// all.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow explain http-not-loopback
  pkce-flow explain                       the codes, a line on each")]
pub(crate) struct Explain {
    /// The code, as in error[http-not-loopback]
    #[arg(value_parser = CodeParser, hide_possible_values = true)]
    pub(crate) code: Option<String>,
}

/// Takes any text, so that the command answers with the nearest code; the codes are for completion.
#[derive(Debug, Clone)]
struct CodeParser;

impl TypedValueParser for CodeParser {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            Code::ALL.iter().map(|code| PossibleValue::new(code.as_str()).help(code.meaning())),
        ))
    }
}

fn table_name(text: &str) -> Result<String, String> {
    match type_name(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("begin with a letter, and use letters, digits, - and _".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use crate::args::Cli;

    #[test]
    fn a_check_needs_something_to_check() {
        let check = ["pkce-flow", "generate", "providers.toml", "--check"];
        Cli::try_parse_from(check).expect_err("without -o there is nothing");
        Cli::try_parse_from(check.iter().chain(&["-o", "p.rs"])).expect("both");
    }

    #[test]
    fn a_tables_name_becomes_a_type() {
        let import = |name| {
            Cli::try_parse_from(["pkce-flow", "import", "https://idp.example", "--name", name])
        };
        import("my-corp").expect("a name");
        for name in ["", "1st", "a/b", "self", "]\n[x"] {
            import(name).expect_err(name);
        }
    }
}
