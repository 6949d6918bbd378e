//! `pkce-flow providers`.

mod check;
mod describe;
mod list;
mod show;
mod toml;

use std::path::Path;

use crate::args::Providers;
use crate::exit::Outcome;

pub(crate) fn run(config: Option<&Path>, args: &Providers) -> Outcome {
    match args {
        Providers::List(args) => list::run(config, args),
        Providers::Show(args) => show::run(config, args),
        Providers::Check(args) => check::run(config, args),
    }
}
