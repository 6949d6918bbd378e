//! `pkce-flow generate`.

use std::fs;
use std::io;
use std::path::Path;

use crate::args::Generate;
use crate::config;
use crate::exit::{Failure, Outcome};
use crate::output::{self, GOOD, styled};
use crate::place;
use crate::show::{printable, quoted};

pub(crate) fn run(args: &Generate) -> Outcome {
    let toml = config::read(&args.file)?;
    // The file's name alone: the same source comes out wherever the command was started.
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let in_file = |problems| config::in_file(problems, &args.file);
    let source = pkce_flow_codegen::file(&name, &toml).map_err(in_file)?;
    let Some(out) = &args.output else {
        return output::result(&source);
    };
    let old = there(out)?;
    let current = match &old {
        Some(old) => pkce_flow_codegen::is_current(old, &name, &toml).map_err(in_file)?,
        None => false,
    };
    match (current, args.check) {
        (true, true) => output::result(&format!("{}: current\n", styled(GOOD, out.display()))),
        (true, false) => {
            output::note(format_args!("{} is current, nothing was written", out.display()));
            Ok(())
        }
        (false, true) => Err(stale(args, out, old.as_deref(), &source)),
        (false, false) => {
            if old.as_deref().is_some_and(|old| !is_generated(old, &source)) {
                return Err(Failure::usage(format!(
                    "{} is there, and `pkce-flow generate` did not write it",
                    out.display()
                ))
                .help("name another file, or delete this one"));
            }
            place::put(out, &source)?;
            output::note(format_args!("{} is written", out.display()));
            Ok(())
        }
    }
}

/// Whether a file may be replaced: it says on a line of its own that it was generated, as every
/// output does in its first line, or it is empty.
fn is_generated(old: &str, new: &str) -> bool {
    let said = new.split(" from ").next().unwrap_or_default();
    old.trim().is_empty() || old.lines().any(|line| line.starts_with(said))
}

/// The output of last time. What is not UTF-8 is none that is current.
fn there(out: &Path) -> Outcome<Option<String>> {
    match fs::metadata(out) {
        // Nothing is read from a terminal or a pipe.
        Ok(there) if !there.is_file() => return Ok(None),
        _ => {}
    }
    match fs::read(out) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::machine(format!("cannot read {}: {error}", out.display()))),
    }
}

fn stale(args: &Generate, out: &Path, old: Option<&str>, new: &str) -> Failure {
    let what = match old {
        None => format!("{} is missing", out.display()),
        Some(old) => {
            let (line, there, wanted) = first_difference(old, new);
            format!(
                "{} is stale; line {line} is the first that differs\n  there:  {}\n  wanted: {}",
                out.display(),
                shown(there),
                shown(wanted)
            )
        }
    };
    let word = |path: &Path| quoted(path.display().to_string());
    Failure::usage(what).help(format!(
        "make it current: pkce-flow generate {} -o {}",
        word(&args.file),
        word(out)
    ))
}

fn shown(line: Option<&str>) -> String {
    line.map_or_else(|| "(nothing)".to_owned(), |line| printable(line.trim()))
}

/// The first line of `old` that says something else than `new` does, counted from 1, and both.
///
/// Where a formatter breaks lines and puts commas is no difference, unless there is no other.
fn first_difference<'t>(old: &'t str, new: &'t str) -> (usize, Option<&'t str>, Option<&'t str>) {
    let matters = |&(_, c): &(usize, char)| !c.is_whitespace() && c != ',';
    let (mut olds, mut news) = (said(old).filter(matters), said(new).filter(matters));
    loop {
        match (olds.next(), news.next()) {
            (None, None) => break,
            (Some((_, a)), Some((_, b))) if a == b => {}
            (a, b) => {
                let place = |found: Option<(usize, char)>| found.map(|(line, _)| line);
                let (there, wanted) = (place(a), place(b));
                let line = there.unwrap_or_else(|| old.lines().count());
                return (
                    line + 1,
                    there.and_then(|line| old.lines().nth(line)),
                    wanted.and_then(|line| new.lines().nth(line)),
                );
            }
        }
    }
    let (mut olds, mut news) = (old.lines(), new.lines());
    let mut line = 0;
    loop {
        line += 1;
        match (olds.next(), news.next()) {
            (Some(a), Some(b)) if a == b => {}
            (there, wanted) => return (line, there, wanted),
        }
    }
}

/// Each character with its line, counted from 0.
fn said(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.lines().enumerate().flat_map(|(line, text)| text.chars().map(move |c| (line, c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_one_of_meaning() {
        let (old, new) = ("f(\n    a,\n    b,\n)\ng(c)\n", "f(a, b)\ng(d)\n");
        assert_eq!(first_difference(old, new), (5, Some("g(c)"), Some("g(d)")));
    }

    #[test]
    fn text_that_ends_early_differs_behind_its_end() {
        assert_eq!(first_difference("a\n", "a\nb\n"), (2, None, Some("b")));
        assert_eq!(first_difference("a\nb\n", "a\n"), (2, Some("b"), None));
        assert_eq!(first_difference("", "a\n"), (1, None, Some("a")));
    }

    #[test]
    fn white_space_counts_where_nothing_else_differs() {
        assert_eq!(first_difference("a b\n", "ab\n"), (1, Some("a b"), Some("ab")));
    }
}
