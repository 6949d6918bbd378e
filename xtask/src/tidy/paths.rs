//! The paths that a file uses, out of its tokens.

/// A path from a starting word, and the name by which its end is known afterwards.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Used {
    /// `["crate", "store", "MemoryStore"]`
    pub(super) path: Vec<String>,
    /// The last segment, or what `as` makes of it.
    pub(super) name: String,
}

/// Every path that starts with `crate`, `self`, `super` or one of `children`, use trees unfolded.
pub(super) fn used(tokens: &[String], children: &[String]) -> Vec<Used> {
    let starts = |token: &String| {
        ["crate", "self", "super"].contains(&token.as_str()) || children.contains(token)
    };
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let inside_a_path = at > 0 && tokens[at - 1] == "::";
        if !inside_a_path && starts(&tokens[at]) && text(tokens, at + 1) == "::" {
            tree(tokens, at, &[], &mut found);
        }
    }
    found
}

/// The modules that a file declares in files of their own: `mod name;`.
pub(super) fn children(tokens: &[String]) -> Vec<String> {
    tokens
        .windows(3)
        .filter(|three| three[0] == "mod" && three[2] == ";")
        .map(|three| three[1].clone())
        .collect()
}

/// Reads a use tree and gives the position after it.
fn tree(tokens: &[String], start: usize, before: &[String], found: &mut Vec<Used>) -> usize {
    let mut path = before.to_vec();
    let mut at = start;
    loop {
        match text(tokens, at) {
            "{" => return branches(tokens, at + 1, &path, found),
            "*" => {
                found.push(Used { path, name: "*".to_owned() });
                return at + 1;
            }
            // `self` at the end of a tree is the path before it.
            "self" if !path.is_empty() => {}
            segment => path.push(segment.to_owned()),
        }
        at += 1;
        if text(tokens, at) != "::" {
            break;
        }
        at += 1;
        if text(tokens, at) == "<" {
            // A turbofish ends the path.
            break;
        }
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if text(tokens, at) == "as" {
        name = text(tokens, at + 1).to_owned();
        at += 2;
    }
    found.push(Used { path, name });
    at
}

fn branches(tokens: &[String], start: usize, path: &[String], found: &mut Vec<Used>) -> usize {
    let mut at = start;
    while at < tokens.len() {
        match text(tokens, at) {
            "}" => return at + 1,
            "," => at += 1,
            _ => at = tree(tokens, at, path, found).max(at + 1),
        }
    }
    at
}

fn text(tokens: &[String], at: usize) -> &str {
    tokens.get(at).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::rust::tokens;

    fn paths(source: &str) -> Vec<String> {
        let tokens = tokens(source);
        used(&tokens, &children(&tokens))
            .iter()
            .map(|used| format!("{} {}", used.path.join("::"), used.name))
            .collect()
    }

    #[test]
    fn use_trees_are_unfolded() {
        assert_eq!(
            paths("use crate::{a, b::{self, c as d}, e::*}; use std::fmt;"),
            ["crate::a a", "crate::b b", "crate::b::c d", "crate::e *"]
        );
    }

    #[test]
    fn paths_in_expressions_count_and_visibility_does_not() {
        assert_eq!(
            paths("pub(crate) fn f() -> super::A { crate::b::c::<u8>(x::crate_name) }"),
            ["super::A A", "crate::b::c c"]
        );
    }

    #[test]
    fn a_module_declared_here_starts_a_path() {
        assert_eq!(paths("mod a; pub use a::B; use c::D; a::f();"), ["a::B B", "a::f f"]);
    }
}
