//! The two streams: results on standard output, everything for people on standard error.

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write as _};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde_json::Value;

use crate::exit::{Outcome, written};

pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const KEY: Style = Style::new().bold();
pub(crate) const MARGIN: Style = AnsiColor::Blue.on_default().bold();
pub(crate) const DIM: Style = Style::new().dimmed();

/// Text in a style; the streams drop the style where it is not wanted.
pub(crate) fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Writes a result to standard output, whole. Nothing else writes there, so that it stays empty
/// where a command fails.
pub(crate) fn result(text: &str) -> Outcome {
    let stdout = io::stdout();
    let choice = color(&stdout);
    let mut stream = AutoStream::new(stdout.lock(), choice);
    written(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()))
}

/// Writes one JSON value to standard output.
pub(crate) fn json(value: &Value) -> Outcome {
    result(&format!("{value:#}\n"))
}

/// Writes a line for people to standard error.
pub(crate) fn note(text: impl Display) {
    let stderr = io::stderr();
    let choice = color(&stderr);
    // Where standard error is closed nobody can be told so.
    let _ = writeln!(AutoStream::new(stderr.lock(), choice), "{text}");
}

/// Colours only on a terminal, and never with NO_COLOR: no variable turns them on elsewhere.
fn color(stream: &impl IsTerminal) -> ColorChoice {
    let variable = |name| std::env::var_os(name);
    choice(stream.is_terminal(), variable("NO_COLOR"), variable("TERM"))
}

fn choice(terminal: bool, no_color: Option<OsString>, term: Option<OsString>) -> ColorChoice {
    // An empty NO_COLOR counts as none (no-color.org).
    let unwanted = no_color.is_some_and(|value| !value.is_empty());
    let unable = term.is_some_and(|value| value == "dumb");
    if terminal && !unwanted && !unable { ColorChoice::AlwaysAnsi } else { ColorChoice::Never }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_need_a_terminal_and_no_word_against_them() {
        let some = |text: &str| Some(OsString::from(text));
        assert_eq!(choice(true, None, some("xterm")), ColorChoice::AlwaysAnsi);
        assert_eq!(choice(true, some(""), None), ColorChoice::AlwaysAnsi);
        assert_eq!(choice(true, some("1"), some("xterm")), ColorChoice::Never);
        assert_eq!(choice(true, None, some("dumb")), ColorChoice::Never);
        assert_eq!(choice(false, None, some("xterm")), ColorChoice::Never);
    }
}
