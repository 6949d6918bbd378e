//! The grammar of `#[pkce(…)]`: entries with commas between them, each `key = value` or
//! `key(entries)`. Whatever is wrong in one entry, the others are read.

use std::vec::IntoIter;

use pkce_flow_providers::Code;
use proc_macro2::{Delimiter, Group, TokenTree};
use syn::ext::IdentExt as _;

use super::place::{Place, visible};
use super::value::{Value, value};

/// `key = value` or `key(…)`.
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    /// Nothing where it could not be read, which was reported.
    pub(crate) value: Option<Value>,
}

/// The tokens of a group, one after the other.
pub(crate) type Tokens = std::iter::Peekable<IntoIter<TokenTree>>;

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

/// A key: an identifier, a keyword too, or a string literal.
fn key(token: &TokenTree) -> Option<(String, Place)> {
    let key = match token {
        TokenTree::Ident(ident) => ident.unraw().to_string(),
        TokenTree::Literal(literal) => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => text.value(),
            _ => return None,
        },
        _ => return None,
    };
    Some((key, Place::at(token.span())))
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

/// Takes the comma. Where the next entry follows without one, that entry is read all the same.
pub(crate) fn end_entry(tokens: &mut Tokens, errors: &mut Vec<syn::Error>) {
    let Some(token) = tokens.peek().cloned() else {
        return;
    };
    if is_comma(&token) {
        tokens.next();
        return;
    }
    let what = format!("expected a comma, found {}", shown(&token));
    errors.push(Place::at(token.span()).mistake(&what, "write a comma before it"));
    if !begins_entry(tokens) && !matches!(token, TokenTree::Literal(_)) {
        skip_entry(tokens);
    }
}

/// Tells whether `key =` or `key(` is next.
pub(crate) fn begins_entry(tokens: &Tokens) -> bool {
    let mut ahead = tokens.clone();
    let is_key = ahead.next().is_some_and(|token| key(&token).is_some());
    is_key
        && ahead.next().is_some_and(|token| match token {
            TokenTree::Punct(punct) => punct.as_char() == '=',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
            _ => false,
        })
}

/// A token for a message; what is written out may be a secret.
fn shown(token: &TokenTree) -> String {
    match token {
        TokenTree::Literal(_) => "a literal".to_owned(),
        TokenTree::Group(_) => "a group".to_owned(),
        other => format!("`{other}`"),
    }
}

pub(crate) fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// Goes to the next entry.
fn skip_entry(tokens: &mut Tokens) {
    for token in tokens.by_ref() {
        if is_comma(&token) {
            break;
        }
    }
}

/// The mistake that a key stands twice.
pub(crate) fn twice(key: &str, place: Place) -> syn::Error {
    let what = format!("the key `{key}` stands twice");
    place.coded(Code::DuplicateKey, &what, "leave one of them out")
}
