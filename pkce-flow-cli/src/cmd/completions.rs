//! `pkce-flow completions`.

use clap::CommandFactory as _;

use crate::args::{Cli, Completions};
use crate::exit::{Failure, Outcome};
use crate::output;

pub(crate) fn run(args: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pkce-flow", &mut script);
    let script =
        String::from_utf8(script).map_err(|_| Failure::machine("the completions are not UTF-8"))?;
    output::result(&script)
}
