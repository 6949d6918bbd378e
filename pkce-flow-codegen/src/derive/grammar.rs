//! The grammar of `#[pkce(…)]`: entries with commas between them, each `key = value` or
//! `key(entries)`. Whatever is wrong in one entry, the others are read.

use pkce_flow_providers::Code;
use proc_macro2::{Delimiter, Group, TokenTree};
use syn::ext::IdentExt as _;

use super::place::{Place, visible};
use super::tokens::{Tokens, end_entry, is_comma, key, shown, skip_entry};
use super::tree::{Entry, Value};
use super::value::value;

/// Reads the entries of a group; mistakes are collected.
pub(crate) fn entries(group: &Group, errors: &mut Vec<syn::Error>) -> Vec<Entry> {
    let mut tokens = visible(group.stream()).into_iter().peekable();
    let mut entries = Vec::new();
    while let Some(token) = tokens.next() {
        let Some((key, place)) = key(&token) else {
            let what = format!("expected a key, found {}", shown(&token));
            let place = Place::at(token.span());
            errors.push(place.mistake(&what, "write key = \"value\", and commas between them"));
            if !is_comma(&token) {
                skip_entry(&mut tokens);
            }
            continue;
        };
        let value = after_key(&key, place, &mut tokens, errors);
        entries.push(Entry { key, place, value });
    }
    entries
}

/// What follows a key, up to the comma and with it.
fn after_key(
    key: &str,
    place: Place,
    tokens: &mut Tokens,
    errors: &mut Vec<syn::Error>,
) -> Option<Value> {
    match tokens.peek().cloned() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            tokens.next();
            let table = Value::Table(entries(&group, errors), Place::of_group(&group));
            end_entry(tokens, errors);
            Some(table)
        }
        Some(TokenTree::Group(group)) => {
            let what = format!("the table `{key}` stands in parentheses");
            let help = format!("write {key}(… = \"…\")");
            errors.push(Place::of_group(&group).mistake(&what, &help));
            skip_entry(tokens);
            None
        }
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            tokens.next();
            let value = value(tokens, Place::at(punct.span()), key, errors);
            end_entry(tokens, errors);
            value
        }
        Some(TokenTree::Punct(punct)) if punct.as_char() == '.' => {
            tokens.next();
            let inner = match tokens.peek() {
                Some(TokenTree::Ident(ident)) => ident.unraw().to_string(),
                _ => "…".to_owned(),
            };
            let what = format!("`{key}` is a table, which has no dotted keys here");
            let help = format!("write {key}({inner} = \"…\")");
            errors.push(place.mistake(&what, &help));
            skip_entry(tokens);
            None
        }
        Some(token) if !is_comma(&token) => {
            let what =
                format!("expected `=` or `(` after the key `{key}`, found {}", shown(&token));
            let help = format!("write {key} = \"…\"");
            errors.push(Place::at(token.span()).mistake(&what, &help));
            skip_entry(tokens);
            None
        }
        _ => {
            tokens.next();
            let help = format!("write {key} = \"…\"");
            errors.push(place.mistake(&format!("the key `{key}` has no value"), &help));
            None
        }
    }
}

/// The mistake that a key stands twice.
pub(crate) fn twice(key: &str, place: Place) -> syn::Error {
    let what = format!("the key `{key}` stands twice");
    place.coded(Code::DuplicateKey, &what, "leave one of them out")
}
