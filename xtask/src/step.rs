//! Commands that are shown, timed and told of at the end.

use std::{
    env,
    ffi::{OsStr, OsString},
    iter,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{Outcome, root};

/// What was done, and how long each took.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<(String, Duration)>);

impl Steps {
    /// Does `work` under a name that is printed before, with its time after.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome) -> Outcome {
        println!("==> {name}");
        let start = Instant::now();
        let done = work();
        let took = start.elapsed();
        let word = if done.is_ok() { "done" } else { "FAILED" };
        println!("<== {name}: {word} after {:.1} s", took.as_secs_f64());
        self.0.push((name.to_owned(), took));
        done.map_err(|what| format!("{name}: {what}"))
    }

    /// Prints the list.
    pub(crate) fn summary(&self, title: &str) {
        println!("{title}");
        for (name, took) in &self.0 {
            println!("{:>8.1} s  {name}", took.as_secs_f64());
        }
        let all: Duration = self.0.iter().map(|(_, took)| *took).sum();
        println!("{:>8.1} s  in all", all.as_secs_f64());
    }
}

/// A cargo command at the workspace's root: the cargo that runs this program.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command, its streams being this program's.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let words = iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    let shown = format!("`{}`", words.join(" "));
    let status = command.stdin(Stdio::null()).status();
    let status = status.map_err(|error| format!("{shown} does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{shown} ended with {status}")) }
}

/// Runs a command for the first line of its standard output.
pub(crate) fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.lines().next().unwrap_or_default().to_owned())
}
