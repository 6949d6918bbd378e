//! `cargo xtask test`: all tests, and first what they need.

use crate::{
    Outcome, install,
    step::{Steps, cargo, run},
};

/// Installs, then runs `cargo test` with every feature. Cargo's own lines go through.
pub(crate) fn run_all(arguments: &[&str]) -> Outcome {
    let mut steps = Steps::default();
    let done = all(&mut steps, arguments);
    steps.summary("cargo xtask test:");
    done
}

fn all(steps: &mut Steps, arguments: &[&str]) -> Outcome {
    steps.step("node packages", install::node_packages)?;
    steps.step("browser", install::browser)?;
    steps.step("keyring", install::keyring)?;
    steps.step("cargo test", || {
        let all = ["test", "--workspace", "--all-features", "--no-fail-fast"];
        run(&mut cargo(&[&all[..], arguments].concat()))
    })
}
