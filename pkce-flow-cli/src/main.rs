//! The command line `pkce-flow`: log in to any OAuth 2.0 provider, and get a valid token for
//! scripts.

mod args;
mod arguments;
mod cmd;
mod config;
mod dirs;
mod exit;
mod interrupt;
mod output;
mod place;
mod report;
mod show;
mod vault;

use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory as _, FromArgMatches as _};

use crate::exit::{Failure, Outcome};

fn main() -> ExitCode {
    match parse().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// The arguments; help, version and wrong usage are shown here, by our rules for the streams.
fn parse() -> Outcome<args::Cli> {
    let command = args::Cli::command().color(ColorChoice::Always);
    let parsed = command.try_get_matches().and_then(|found| args::Cli::from_arg_matches(&found));
    parsed.map_err(|error| {
        let text = error.render().ansi().to_string();
        if error.use_stderr() {
            output::note(text.trim_end());
            return Failure::Silent(exit::Code::Usage);
        }
        match output::result(&text) {
            Ok(()) => Failure::Silent(exit::Code::Done),
            Err(failure) => failure,
        }
    })
}

fn run(cli: args::Cli) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::machine(format!("cannot start: {error}")))?;
    let outcome = runtime.block_on(interrupt::listening(cmd::run(&cli)));
    // A keyring that asks the person, or a lookup of a name, may still be going on.
    runtime.shutdown_background();
    outcome
}
