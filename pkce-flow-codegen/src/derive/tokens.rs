//! The tokens of `#[pkce(…)]`, and where one entry ends and the next begins.

use std::iter::Peekable;
use std::vec::IntoIter;

use proc_macro2::{Delimiter, TokenTree};
use syn::ext::IdentExt as _;

use super::place::Place;

/// The tokens of a group, one after the other.
pub(crate) type Tokens = Peekable<IntoIter<TokenTree>>;

/// A key: an identifier, a keyword too, or a string literal.
pub(crate) fn key(token: &TokenTree) -> Option<(String, Place)> {
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
pub(crate) fn shown(token: &TokenTree) -> String {
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
pub(crate) fn skip_entry(tokens: &mut Tokens) {
    for token in tokens.by_ref() {
        if is_comma(&token) {
            break;
        }
    }
}
