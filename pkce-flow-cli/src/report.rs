//! Shows failures: what happened, where, and what to do next.

use std::fmt::Write as _;

use pkce_flow_providers::{Problem, Problems};
use serde_json::{Value, json};

use crate::exit::{Code, Failure};
use crate::output::{self, BAD, HELP, KEY, MARGIN, styled};

/// Says on standard error why a command failed.
pub(crate) fn failure(failure: &Failure) {
    match failure {
        Failure::Message { code, what, help } => message(*code, what, help.as_deref()),
        Failure::Problems(problems) => all(problems),
        Failure::Silent(_) | Failure::ClosedPipe => {}
    }
}

fn message(code: Code, what: &str, help: Option<&str>) {
    if matches!(code, Code::Interrupted | Code::Terminated) {
        output::note(what);
    } else {
        output::note(format_args!("{}: {what}", styled(BAD, "error")));
    }
    if let Some(help) = help {
        output::note(format_args!("{}: {help}", styled(HELP, "help")));
    }
}

/// Every problem of a declaration, with its line where it has one.
fn all(problems: &Problems) {
    for problem in problems {
        output::note(format_args!("{}\n", one(problem)));
    }
    let count = match problems.len() {
        1 => "1 mistake".to_owned(),
        many => format!("{many} mistakes"),
    };
    let place = problems.iter().find_map(Problem::file).map(|file| format!(" in {file}"));
    output::note(format_args!("{}: {count}{}", styled(BAD, "error"), place.unwrap_or_default()));
    if let Some(more) = more(problems) {
        output::note(more);
    }
}

/// How to read more about the mistakes.
fn more(problems: &Problems) -> Option<String> {
    let first = problems.iter().next()?.code();
    Some(if problems.iter().all(|problem| problem.code() == first) {
        format!("For more: pkce-flow explain {first}")
    } else {
        format!("For more: pkce-flow explain CODE, for example {first}")
    })
}

/// One problem, laid out as the Rust compiler does it.
fn one(problem: &Problem) -> String {
    let mut text = format!(
        "{}: {}",
        styled(BAD, format_args!("error[{}]", problem.code())),
        styled(KEY, problem.what())
    );
    let margin = |text| styled(MARGIN, text);
    let mut gutter = " ".to_owned();
    if let Some(location) = problem.location() {
        let (line, column) = (location.line.to_string(), location.column);
        gutter = " ".repeat(line.len());
        let file = problem.file().unwrap_or("providers file");
        // Writing to a String does not fail.
        let _ = write!(text, "\n{gutter}{} {file}:{line}:{column}", margin("-->"));
        if let Some(excerpt) = problem.excerpt() {
            let bar = margin("|");
            let _ = write!(text, "\n{gutter} {bar}");
            let _ = write!(text, "\n{} {bar} {}", styled(MARGIN, line), excerpt.text());
            let _ = write!(text, "\n{gutter} {bar} {}", styled(BAD, excerpt.carets()));
            let _ = write!(text, "\n{gutter} {bar}");
        }
    } else if !problem.path().is_root() {
        let _ = write!(text, "\n{gutter}{} {}", margin("-->"), problem.path());
    }
    let _ = write!(text, "\n{gutter} {} {}: {}", margin("="), styled(KEY, "help"), problem.help());
    text
}

/// The problems as an array for programs.
pub(crate) fn as_json(problems: &Problems) -> Value {
    problems
        .iter()
        .map(|problem| {
            json!({
                "code": problem.code().as_str(),
                "path": problem.path().to_string(),
                "line": problem.location().map(|location| location.line),
                "column": problem.location().map(|location| location.column),
                "what": problem.what(),
                "help": problem.help(),
            })
        })
        .collect()
}

/// One line about a failure that does not end the command.
pub(crate) fn summary(failure: &Failure) -> String {
    match failure {
        Failure::Message { what, .. } => what.clone(),
        Failure::Problems(problems) => problems.to_string(),
        Failure::Silent(_) | Failure::ClosedPipe => String::new(),
    }
}
