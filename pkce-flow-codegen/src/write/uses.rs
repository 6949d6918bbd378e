//! The `use` lines of a file: those of the short names that its source really has.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

/// What may be taken in, by the path that it is taken from.
const STD: &[(&str, &str)] = &[("std::fmt", "fmt"), ("std::str::FromStr", "FromStr")];
const RUNTIME: &[&str] = &["Error", "Manager", "ManagerBuilder", "PkceProvider"];
const GENERATED: &[&str] =
    &["Declared", "Entries", "find", "flag", "list", "table", "template", "text"];

/// The lines for this source, in the order that rustfmt gives them. Names of `types` are the
/// file's own.
pub(crate) fn use_lines(source: &TokenStream, types: &BTreeSet<String>) -> String {
    let mut used = BTreeSet::new();
    collect(source.clone(), &mut used);
    let taken = |name: &&&str| used.contains(**name) && !types.contains(**name);
    let mut lines = String::new();
    let mut std: Vec<_> =
        STD.iter().filter(|(_, name)| taken(&name)).map(|(path, _)| *path).collect();
    std.sort_unstable();
    for path in &std {
        lines += &format!("use {path};\n");
    }
    let mut ours = String::new();
    for (path, names) in [("pkce_flow::generated", GENERATED), ("pkce_flow", RUNTIME)] {
        let names: Vec<&str> = names.iter().filter(taken).copied().collect();
        match names.as_slice() {
            [] => {}
            [name] => ours += &format!("use {path}::{name};\n"),
            names => ours += &format!("use {path}::{{{}}};\n", names.join(", ")),
        }
    }
    if !lines.is_empty() && !ours.is_empty() {
        lines.push('\n');
    }
    lines + &ours
}

/// The identifiers that begin a path: what stands behind `::` or `.` is found there.
fn collect(source: TokenStream, used: &mut BTreeSet<String>) {
    let (mut before, mut last) = (' ', ' ');
    for token in source {
        let mark = match token {
            TokenTree::Ident(ident) => {
                if last != '.' && (before, last) != (':', ':') {
                    used.insert(ident.to_string());
                }
                ' '
            }
            TokenTree::Group(group) => {
                collect(group.stream(), used);
                ' '
            }
            TokenTree::Punct(punct) => punct.as_char(),
            TokenTree::Literal(_) => ' ',
        };
        (before, last) = (last, mark);
    }
}
