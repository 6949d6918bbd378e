//! The commands.

mod completions;
mod demo;
mod explain;
mod generate;
mod import;
mod login;
mod person;
mod providers;
mod refresh;
mod revoke;
mod token;
mod userinfo;
mod valid;

use crate::args::{Cli, Command};
use crate::exit::Outcome;

/// Runs the command that the arguments ask for.
pub(crate) async fn run(cli: &Cli) -> Outcome {
    let config = cli.config.as_deref();
    match &cli.command {
        Command::Login(args) => login::run(config, args).await,
        Command::Token(args) => token::run(config, args).await,
        Command::Refresh(args) => refresh::run(config, args).await,
        Command::Revoke(args) => revoke::run(config, args).await,
        Command::Userinfo(args) => userinfo::run(config, args).await,
        Command::Providers(args) => providers::run(config, args),
        Command::Generate(args) => generate::run(args),
        Command::Import(args) => import::run(args).await,
        Command::Explain(args) => explain::run(args),
        Command::Demo(args) => demo::run(args).await,
        Command::Completions(args) => completions::run(args),
    }
}
