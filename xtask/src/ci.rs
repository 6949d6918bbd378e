//! `cargo xtask ci`: all that must pass before a change lands.

use crate::{
    Outcome,
    step::{Steps, cargo, run},
    tidy,
};

/// Runs every step, in an order that fails early; the first failure ends it.
pub(crate) fn run_all() -> Outcome {
    let mut steps = Steps::default();
    let done = all(&mut steps);
    steps.summary("ci:");
    done
}

/// What a user may turn on, apart from everything at once.
const FEATURES: [&str; 6] =
    ["", "derive", "reqwest,ring", "blocking,ring", "blocking,aws-lc-rs", "loopback"];

fn all(steps: &mut Steps) -> Outcome {
    steps.step("fmt", || cargo_step(&["fmt", "--all", "--check"]))?;
    steps.step("tidy", tidy::run)?;
    steps.step("clippy", || {
        let what = ["clippy", "--locked", "--workspace", "--all-targets", "--all-features"];
        cargo_step(&[&what[..], &["--", "-D", "warnings"]].concat())
    })?;
    steps.step("features", || {
        let check = ["clippy", "--locked", "--no-default-features", "-p"];
        for features in FEATURES {
            let what = ["pkce-flow", "--features", features, "--", "-D", "warnings"];
            cargo_step(&[&check[..], &what].concat())?;
        }
        cargo_step(&[&check[..], &["pkce-flow-cli", "--", "-D", "warnings"]].concat())
    })?;
    steps.step("doc", || {
        let mut doc = cargo(&["doc", "--locked", "--workspace", "--no-deps"]);
        run(doc.env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    // The README's own command, so that what it promises is what is checked.
    steps.step("test", || cargo_step(&["xtask", "test"]))?;
    steps.step("package", || cargo_step(&["package", "--locked", "--workspace"]))
}

fn cargo_step(arguments: &[&str]) -> Outcome {
    run(&mut cargo(arguments))
}
