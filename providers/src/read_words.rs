//! What is said of a value that cannot be read.

use crate::code::Code;
use crate::excerpt::{printable, quoted};
use crate::path::{FieldPath, Segment};
use crate::problem::Problem;
use crate::raw::RawValue;
use crate::secrets::is_secret_name;

/// A name in a sentence: quoted, unless a secret may have been written where a name belongs.
pub(crate) fn name_of(path: &FieldPath) -> String {
    match path.last_key() {
        Some(key) if !key.is_empty() => quoted(key),
        _ => "the value".to_owned(),
    }
}

/// Marks the problem where the value below this key may be a secret.
pub(crate) fn maybe_secret(path: &FieldPath, problem: Problem) -> Problem {
    let named = path.segments().iter().any(|segment| match segment {
        Segment::Key(key) => is_secret_name(key),
        Segment::Index(_) => false,
    });
    if named { problem.secret() } else { problem }
}

/// The problem that a value has the wrong type.
pub(crate) fn wrong_type(path: &FieldPath, takes: &str, value: &RawValue) -> Problem {
    let what = format!("{} takes {takes}, not {}", name_of(path), value.kind());
    maybe_secret(path, Problem::new(Code::WrongType, path.clone(), what, right_type(path, takes)))
}

/// A line that has the right type.
fn right_type(path: &FieldPath, takes: &str) -> String {
    let is_item = matches!(path.segments().last(), Some(Segment::Index(_)));
    let key = printable(path.last_key().unwrap_or("key"));
    match takes {
        "a string" if is_item => "write \"…\"".to_owned(),
        "a string" => format!("write {key} = \"…\""),
        "true or false" => format!("write {key} = true, or {key} = false"),
        "a list of strings" => format!("write {key} = [\"…\"]"),
        "a string or a list of strings" => {
            format!("write {key} = \"one two\", or {key} = [\"one\", \"two\"]")
        }
        "a string or { env = \"NAME\" }" => {
            format!("write {key} = \"…\", or {{ env = \"NAME\" }}")
        }
        "a table of strings" => format!("write {key} = {{ name = \"value\" }}"),
        _ => format!("write {takes}"),
    }
}
