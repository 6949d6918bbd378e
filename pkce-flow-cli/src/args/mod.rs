//! The command line as clap sees it: types and help, nothing else.

mod declare;
mod providers;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use declare::{Explain, Generate, Import};
pub(crate) use providers::{Check, List, Providers, Show};

/// Log in to any OAuth 2.0 provider from the command line, and get a valid token for scripts.
///
/// A provider is a table of providers.toml, a bundled preset, or just an issuer. Every login is
/// an authorization code flow with PKCE in your own browser.
#[derive(Debug, Parser)]
#[command(
    name = "pkce-flow",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "\
Examples:
  pkce-flow login demo                       try it, with nothing to set up
  pkce-flow login gitlab --client-id 0123    a bundled preset and your application's id
  pkce-flow login corp                       the table [providers.corp] of providers.toml
  pkce-flow import https://idp.example       writes such a table from a provider's metadata
  curl -H \"Authorization: Bearer $(pkce-flow token corp)\" https://api.corp.example/

Exit codes:
  0 done · 1 a fault of this machine · 2 wrong usage or configuration · 3 refused, or log in again
  4 the network or the provider failed · 5 a security check failed · 130 interrupted"
)]
pub(crate) struct Cli {
    /// The providers file; without it ./providers.toml, then ~/.config/pkce-flow/providers.toml
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Login(Login),
    Token(Token),
    Refresh(Refresh),
    Revoke(Revoke),
    Userinfo(Userinfo),
    /// List, show and check providers
    #[command(subcommand)]
    Providers(Providers),
    Generate(Generate),
    Import(Import),
    Explain(Explain),
    Demo(Demo),
    Completions(Completions),
}

/// Log in with your browser and keep the tokens
///
/// Opens the browser, listens on the loopback redirect URI (RFC 8252), exchanges the code and
/// prints the tokens, shortened. They are kept for `pkce-flow token`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow login demo                                    the embedded provider, to try it
  pkce-flow login gitlab --client-id 0123 --scope read_api
  pkce-flow login corp --no-browser                       prints the address instead
  pkce-flow login --issuer https://idp.example --client-id app
  pkce-flow login corp --json --no-save > tokens.json     the whole token response")]
pub(crate) struct Login {
    #[command(flatten)]
    pub(crate) provider: Provider,
    /// Seconds to wait for the person
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// Print the address on standard error and open no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Do not keep the tokens
    #[arg(long)]
    pub(crate) no_save: bool,
    /// Seal the kept tokens; the key goes into the system's keyring
    #[arg(long, conflicts_with = "no_save")]
    pub(crate) keyring: bool,
    /// Print the token response as one JSON object, with the whole tokens
    #[arg(long)]
    pub(crate) json: bool,
}

/// Print a valid access token, refreshed when needed
///
/// The token stands alone on a line of standard output. It comes from the tokens that `login`
/// kept; nobody is asked anything.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  curl -H \"Authorization: Bearer $(pkce-flow token corp)\" https://api.corp.example/
  pkce-flow token corp --json        the token, its type, its scope and when it expires")]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) provider: Provider,
    /// Print one JSON object: access_token, token_type, scope, expires_at
    #[arg(long)]
    pub(crate) json: bool,
}

/// Get new tokens with the refresh token that was kept
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow refresh corp
  pkce-flow refresh corp --json      the whole token response")]
pub(crate) struct Refresh {
    #[command(flatten)]
    pub(crate) provider: Provider,
    /// Print the token response as one JSON object, with the whole tokens
    #[arg(long)]
    pub(crate) json: bool,
}

/// Revoke the kept tokens at the provider (RFC 7009) and forget them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow revoke corp")]
pub(crate) struct Revoke {
    #[command(flatten)]
    pub(crate) provider: Provider,
    /// Print what was done as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Show the profile of the person who logged in
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow userinfo corp
  pkce-flow userinfo corp --json     as the provider sent it")]
pub(crate) struct Userinfo {
    #[command(flatten)]
    pub(crate) provider: Provider,
    /// Print the profile as the provider sent it, one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which provider is meant, and what is stated over its table or preset.
#[derive(Debug, Args, Clone, Default, PartialEq, Eq)]
pub(crate) struct Provider {
    /// A table of the providers file, a preset (with --client-id), or a name for --issuer
    pub(crate) name: Option<String>,
    /// The issuer; its metadata says the rest. Needs --client-id
    #[arg(long, value_name = "URL")]
    pub(crate) issuer: Option<String>,
    /// Your application's client_id
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// The environment variable that holds the client secret
    #[arg(long, value_name = "NAME")]
    pub(crate) client_secret_env: Option<String>,
    /// The loopback redirect URI [default for presets and issuers: http://127.0.0.1/callback]
    #[arg(long, value_name = "URL")]
    pub(crate) redirect_uri: Option<String>,
    /// The scope to ask for, tokens with spaces between; `providers show` lists a preset's
    #[arg(long)]
    pub(crate) scope: Option<String>,
    /// A variable of the preset, such as domain=gitlab.corp.example; may be given again
    #[arg(long = "variable", value_name = "K=V", value_parser = variable)]
    pub(crate) variables: Vec<(String, String)>,
}

impl Provider {
    /// The keys of the declaration that arguments can state, and the arguments.
    pub(crate) const fn arguments() -> [(&'static str, &'static str); 6] {
        [
            ("issuer", "--issuer"),
            ("client_id", "--client-id"),
            ("client_secret", "--client-secret-env"),
            ("redirect_uri", "--redirect-uri"),
            ("scope", "--scope"),
            ("variables", "--variable"),
        ]
    }

    /// Those that were given.
    pub(crate) fn given(&self) -> Vec<(&'static str, &'static str)> {
        let given = [
            self.issuer.is_some(),
            self.client_id.is_some(),
            self.client_secret_env.is_some(),
            self.redirect_uri.is_some(),
            self.scope.is_some(),
            !self.variables.is_empty(),
        ];
        Self::arguments()
            .into_iter()
            .zip(given)
            .filter_map(|(it, given)| given.then_some(it))
            .collect()
    }
}

/// Play with the embedded provider: a sign-in page in your browser
///
/// Starts a provider and a small web application on this machine, prints its address, and runs
/// until it is interrupted. Nothing is kept.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow demo
  pkce-flow demo --port 8000 --no-browser")]
pub(crate) struct Demo {
    /// The port of the sign-in page; any free one without it
    #[arg(long, default_value = "0", hide_default_value = true)]
    pub(crate) port: u16,
    /// Print the address and open no browser
    #[arg(long)]
    pub(crate) no_browser: bool,
}

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pkce-flow completions bash > ~/.local/share/bash-completion/completions/pkce-flow
  pkce-flow completions zsh > ~/.zfunc/_pkce-flow
  pkce-flow completions fish > ~/.config/fish/completions/pkce-flow.fish")]
pub(crate) struct Completions {
    /// Which shell
    pub(crate) shell: Shell,
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(seconds) if (1..=86_400).contains(&seconds) => Ok(Duration::from_secs(seconds)),
        _ => Err("a whole number of seconds from 1 to 86400 is needed".to_owned()),
    }
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_name_and_an_issuer_do_each_without_the_other() {
        Cli::try_parse_from(["pkce-flow", "login", "--issuer", "https://i.example"]).expect("one");
        Cli::try_parse_from(["pkce-flow", "token", "corp", "--config", "x"]).expect("the other");
    }

    #[test]
    fn a_variable_has_a_name() {
        assert_eq!(variable("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        variable("=b").expect_err("no name");
        variable("a").expect_err("no value");
    }

    #[test]
    fn a_timeout_is_a_positive_number() {
        assert_eq!(seconds("1"), Ok(Duration::from_secs(1)));
        for text in ["0", "-1", "1.5", "x", "", "86401"] {
            seconds(text).expect_err(text);
        }
    }
}
