//! What is wrong with broken TOML, in our words.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use crate::code::Code;
use crate::excerpt::{Excerpt, quoted};
use crate::location::{Place, locate};
use crate::path::{FieldPath, Segment};
use crate::problem::Problem;

/// What the parser says of a bare word, and of no value at all.
const UNQUOTED: &str = "string values must be quoted";

/// How many broken places of one text are reported.
const AT_MOST: usize = 10;
/// How many of the parser's errors are looked at for them.
const LOOKED_AT: usize = 200;

/// The problems of a broken text, and whether the rest of it may still be read as it was meant.
pub(crate) fn syntax_problems(
    text: &str,
    errors: &[Error],
    places: &BTreeMap<FieldPath, Place>,
) -> (Vec<Problem>, bool) {
    let mut problems = Vec::new();
    let mut last = None;
    let mut whole = true;
    for (position, error) in errors.iter().enumerate() {
        let is_duplicate = error.message().starts_with("duplicate key");
        whole &= is_duplicate;
        if position >= LOOKED_AT {
            continue;
        }
        let range = error.span().unwrap_or(text.len()..text.len());
        let location = locate(text, range.clone());
        let is_trail = last.is_some_and(|last| follows_from(text, last, location.range.start));
        last = last.max(Some(location.range.start));
        if is_trail || problems.len() == AT_MOST {
            continue;
        }
        let problem = if is_duplicate {
            duplicate(text, &range, places)
        } else {
            let (what, help) = if range.is_empty() && error.message().starts_with(UNQUOTED) {
                words("missing value")
            } else {
                words(error.message())
            };
            Problem::new(Code::TomlSyntax, FieldPath::root(), what, help)
        };
        let excerpt = Excerpt::new(text, range);
        problems.push(problem.located(location, excerpt));
    }
    (problems, whole)
}

/// Tells whether a mistake at `at` is the parser's way back from the one at `last`: nothing
/// between them begins anew, be it a key or a table.
fn follows_from(text: &str, last: usize, at: usize) -> bool {
    let (first, last) = (last.min(at), last.max(at));
    let end = text[last..].find('\n').map_or(text.len(), |end| last + end);
    let begins_anew = |line: &str| line.contains('=') || line.trim_start().starts_with('[');
    !text[first..end].lines().skip(1).any(begins_anew)
}

/// The parser's message in other words, and what to write instead.
fn words(message: &str) -> (String, String) {
    let (summary, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let (what, help) = match summary {
        UNQUOTED => ("a string is written in quotes", "put the value in quotes: key = \"value\""),
        "invalid basic string" if expected.contains('"') => {
            ("a string is not closed", "close it with \" on the same line")
        }
        "invalid literal string" if expected.contains('\'') => {
            ("a string is not closed", "close it with ' on the same line")
        }
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            ("a multi-line string is not closed", "close it with three quotes")
        }
        "missing assignment between key-value pairs" | "key with no value" => {
            ("a key has no `=`", "write key = \"value\", or [table] for a table")
        }
        "missing value" | "missing value for key" | "invalid value" => {
            ("a key has no value", "write a value behind the `=`, a string in quotes")
        }
        "extra `=`" | "extra assignment between key-value pairs" => {
            ("there is one `=` too many", "write one key, one `=`, one value a line")
        }
        "unclosed table" => ("the header of a table is not closed", "close it with ]"),
        "unclosed array table" => ("the header of a table is not closed", "close it with ]]"),
        "unclosed array" => ("a list is not closed", "close it with ]"),
        "unclosed inline table" => ("a table in braces is not closed", "close it with }"),
        "missing comma between array elements" => {
            ("two items of a list have no comma between them", "write a comma between them")
        }
        "missing comma between key-value pairs" => (
            "two keys in braces have no comma between them",
            "write a comma between them, or close the braces with } before",
        ),
        "extra comma in array" | "extra comma in inline table" => {
            ("there is one comma too many", "leave it out")
        }
        "unexpected `=` in array" => {
            ("a list holds values, not keys", "close the list with ] before, or write values alone")
        }
        "unexpected key or value" => {
            ("something follows the value on its line", "write each key on a line of its own")
        }
        "missing opening quote" => ("a string has no opening quote", "open it with \""),
        "missing escaped value" | "too few unicode value digits" => (
            "a backslash begins an escape that does not exist",
            "write \\\\ for a backslash, or put the string in single quotes",
        ),
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            ("the text is nested too deeply", "a providers TOML needs four levels at most")
        }
        "invalid unquoted key" | "unquoted keys cannot be empty" => (
            "a key has characters that need quotes",
            "letters, digits, _ and - stand alone; put any other key in quotes",
        ),
        _ => return other_words(summary, expected),
    };
    (what.to_owned(), help.to_owned())
}

fn other_words(summary: &str, expected: &str) -> (String, String) {
    let help = if expected.is_empty() {
        "the language is described at https://toml.io/en/v1.1.0".to_owned()
    } else {
        format!("expected is {}", expected.replace("newline", "a line break"))
    };
    let what = if summary.is_empty() { "this is not TOML" } else { summary };
    (what.to_owned(), help)
}

/// A key or a table that stands twice: which one, and where it stands for the first time.
fn duplicate(text: &str, range: &Range<usize>, places: &BTreeMap<FieldPath, Place>) -> Problem {
    let (path, is_table) = path_at(text, range);
    let kind = if is_table { "table" } else { "key" };
    let name = if is_table { format!("`{path}`") } else { quoted(path.last_key().unwrap_or("")) };
    let first = if is_table {
        let before = text.get(..range.start).unwrap_or_default();
        before.lines().position(|line| header(line).as_ref() == Some(&path)).map(|at| at + 1)
    } else {
        let key = places.get(&path).and_then(|place| place.key.clone());
        key.filter(|key| key.start != range.start).map(|key| locate(text, key).line)
    };
    let first =
        first.map(|line| format!(", for the first time in line {line}")).unwrap_or_default();
    let help = if is_table {
        "put the keys into one table, or give one of the tables another name"
    } else {
        "leave one of them out"
    };
    Problem::new(Code::DuplicateKey, path, format!("the {kind} {name} stands twice{first}"), help)
        .at_key()
}

/// The address of the key at `range`, and whether it is a table's header.
fn path_at(text: &str, range: &Range<usize>) -> (FieldPath, bool) {
    let start = locate(text, range.clone()).range.start;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default().trim_start();
    if let Some(path) = header(line) {
        return (path, true);
    }
    let table = text[..line_start].lines().rev().find_map(header).unwrap_or_default();
    let end = locate(text, range.clone()).range.end;
    let key = text.get(start..end).unwrap_or_default();
    (table.key(key.trim_matches(['"', '\''])), false)
}

/// The address that a line of the form `[a.b]` opens.
fn header(line: &str) -> Option<FieldPath> {
    // The line may end in a comment, or in the first half of a broken text.
    let line = line.trim();
    if !line.starts_with('[') {
        return None;
    }
    let root = DeTable::parse(line).ok()?;
    let mut path = FieldPath::root();
    let mut table = root.into_inner();
    while let Some((key, value)) = table.into_iter().next() {
        path = path.key(key.get_ref());
        table = match value.into_inner() {
            DeValue::Table(table) => table,
            DeValue::Array(_) => break,
            _ => return None,
        };
    }
    matches!(path.segments().first(), Some(Segment::Key(_))).then_some(path)
}
