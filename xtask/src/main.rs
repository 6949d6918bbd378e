//! The project's own commands. `cargo xtask` lists them.
//!
//! This program has no dependencies, because it is compiled before everything else.
#![expect(clippy::print_stdout, reason = "it talks to whoever runs it")]
#![expect(clippy::print_stderr, reason = "it talks to whoever runs it")]

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

mod bench;
mod ci;
mod install;
mod step;
mod test;
mod tidy;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test [ARGUMENTS]  all tests; installs what they need and the machine lacks;
                    the arguments go to `cargo test`
  ci                all that must pass before a change lands
  tidy              rules about the source that no compiler holds
  bench-compile     how long declarations take to compile, as a table
  arrows            which module imports which, as ARCHITECTURE.md lists it";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["test", rest @ ..] => test::run_all(rest),
        ["ci"] => ci::run_all(),
        ["tidy"] => tidy::run(),
        ["bench-compile"] => bench::compile_time(),
        ["arrows"] => tidy::print_arrows(),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

/// What went wrong and what to do about it, in a line or a few.
type Outcome<T = ()> = Result<T, String>;

/// The workspace's folder.
fn root() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.parent().unwrap_or(folder).to_owned()
}
