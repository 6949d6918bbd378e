//! The words of every mistake, as tables: a bad declaration, what is said about it, a good twin.

mod environment;
mod known_scopes;
mod known_scopes_alone;
mod missing;
mod names;
mod redirects;
mod round_trip;
mod rules;
mod schema;
mod scopes;
mod sets;
mod sets_rules;
mod shape;
mod together;
mod types;
mod urls;

use std::collections::BTreeSet;

use pkce_flow_providers::{Code, ProvidersToml};

/// One mistake.
struct Case {
    /// A providers TOML with the mistake.
    bad: &'static str,
    /// `LINE:COLUMN CODE`, what is wrong, and what to write instead, on a line each.
    says: &'static str,
    /// The same without the mistake.
    good: &'static str,
}

fn cases() -> impl Iterator<Item = &'static Case> {
    [
        shape::CASES,
        types::CASES,
        names::CASES,
        missing::CASES,
        urls::CASES,
        redirects::CASES,
        scopes::CASES,
        rules::CASES,
        known_scopes::CASES,
        sets::CASES,
    ]
    .into_iter()
    .flatten()
}

/// What is said about a text, three lines a problem.
fn said(text: &str) -> String {
    let Err(problems) = ProvidersToml::parse(text) else {
        return "nothing".to_owned();
    };
    let said: Vec<String> = problems
        .iter()
        .map(|problem| {
            let at = problem.location().expect("what is wrong in a text has a place");
            let code = problem.code();
            format!("{}:{} {code}\n{}\n{}", at.line, at.column, problem.what(), problem.help())
        })
        .collect();
    said.join("\n")
}

#[test]
fn each_mistake_is_said_once_with_place_and_help() {
    for case in cases() {
        assert_eq!(said(case.bad), case.says, "of this text:\n{}", case.bad);
    }
}

#[test]
fn each_good_twin_passes() {
    for case in cases() {
        assert_eq!(said(case.good), "nothing", "of this text:\n{}", case.good);
    }
}

#[test]
fn no_code_is_untested() {
    let mut untested: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for case in cases() {
        let code = case.says.lines().next().and_then(|line| line.split(' ').nth(1));
        untested.remove(code.expect("the first line has a code"));
    }
    for code in environment::CODES {
        untested.remove(code.as_str());
    }
    assert!(untested.is_empty(), "codes without a test: {untested:?}");
}

#[test]
fn no_message_and_no_excerpt_shows_a_secret() {
    let mut planted = 0;
    for case in cases().filter(|case| case.bad.contains("hunter2")) {
        let problems = ProvidersToml::parse(case.bad).expect_err("the case is bad");
        let shown = format!("{problems}\n{problems:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        planted += 1;
    }
    assert!(planted >= 8, "only {planted} cases have a secret in them");
}
