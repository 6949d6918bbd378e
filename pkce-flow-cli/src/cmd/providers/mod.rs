//! `pkce-flow providers`.

mod check;
mod describe;
mod list;
mod show;
mod toml;

use std::path::Path;

use pkce_flow_providers::schema;

use crate::args::Providers;
use crate::exit::Outcome;
use crate::output;

pub(crate) fn run(config: Option<&Path>, args: &Providers) -> Outcome {
    match args {
        Providers::List(args) => list::run(config, args),
        Providers::Show(args) => show::run(config, args),
        Providers::Check(args) => check::run(config, args),
        Providers::Schema => output::result(&schema::providers_toml()),
    }
}
