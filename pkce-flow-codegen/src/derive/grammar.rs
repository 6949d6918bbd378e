//! The grammar of `#[pkce(…)]`: entries with commas between them, each `key = value` or
//! `key(entries)`. Whatever is wrong in one entry, the others are read.

use pkce_flow_providers::{Code, Preset};
use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenTree};
use syn::ext::IdentExt as _;

use super::place::{Place, visible};
use super::tokens::{Tokens, begins_entry, end_entry, is_comma, key, shown, skip_entry};
use super::tree::{Entry, Value};
use super::value::value;

/// Reads the entries of a group; mistakes are collected.
pub(crate) fn entries(group: &Group, errors: &mut Vec<syn::Error>) -> Vec<Entry> {
    let mut tokens = commas(visible(group.stream()), errors).into_iter().peekable();
    let mut entries = Vec::new();
    while let Some(token) = tokens.next() {
        if let Some((text, place)) = lone_text(&token, &mut tokens) {
            let help = match Preset::find(&text) {
                // Read as what was meant, so that nothing follows from it.
                Some(preset) => {
                    let value = Some(Value::Text(text, place));
                    entries.push(Entry { key: "preset".to_owned(), place, value });
                    format!("write preset = \"{}\"", preset.name)
                }
                None => "write key = \"…\"".to_owned(),
            };
            errors.push(place.mistake("this value has no key", &help));
            continue;
        }
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

/// A string in an entry's place without anything behind it, and the comma is taken.
fn lone_text(token: &TokenTree, tokens: &mut Tokens) -> Option<(String, Place)> {
    let TokenTree::Literal(_) = token else { return None };
    let lone = key(token)?;
    match tokens.peek() {
        None => Some(lone),
        Some(next) if is_comma(next) => {
            tokens.next();
            Some(lone)
        }
        Some(_) => None,
    }
}

/// The tokens with commas where semicolons stand, which are reported.
fn commas(tokens: Vec<TokenTree>, errors: &mut Vec<syn::Error>) -> Vec<TokenTree> {
    let tokens = tokens.into_iter().map(|token| match &token {
        TokenTree::Punct(punct) if punct.as_char() == ';' => {
            let place = Place::at(punct.span());
            errors.push(place.mistake("expected a comma, found `;`", "write a comma instead"));
            TokenTree::Punct(Punct::new(',', Spacing::Alone))
        }
        _ => token,
    });
    tokens.collect()
}

/// Reports a second value beside the first, and passes over it.
fn second_value(key: &str, tokens: &mut Tokens, errors: &mut Vec<syn::Error>) {
    let Some(token @ TokenTree::Literal(_)) = tokens.peek().cloned() else {
        return;
    };
    if begins_entry(tokens) {
        return;
    }
    let help = format!("write one string, or a list: {key} = [\"…\", \"…\"]");
    errors.push(Place::at(token.span()).mistake("a second value stands beside the first", &help));
    while tokens.next_if(|token| matches!(token, TokenTree::Literal(_))).is_some() {}
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
            second_value(key, tokens, errors);
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
