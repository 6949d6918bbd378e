//! Where each key and value of a declaration stands, and mistakes there.

use std::collections::BTreeMap;

use pkce_flow_providers::{Code, FieldPath, Problem};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

use super::words::in_attributes;

/// From the first token of something to its last one.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    start: Span,
    end: Span,
}

impl Place {
    pub(crate) fn at(span: Span) -> Self {
        Place { start: span, end: span }
    }

    pub(crate) fn from_to(start: Span, end: Span) -> Self {
        Place { start, end }
    }

    /// What is between the delimiters, and they themselves.
    pub(crate) fn of_group(group: &Group) -> Self {
        Place { start: group.span_open(), end: group.span_close() }
    }

    /// All of these tokens, or this place where there are none.
    pub(crate) fn of(tokens: &[TokenTree], otherwise: Place) -> Self {
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Place { start: first.span(), end: last.span() },
            _ => otherwise,
        }
    }

    pub(crate) fn start(self) -> Span {
        self.start
    }

    /// A mistake of the attributes' own grammar, which has no code.
    pub(crate) fn mistake(self, what: &str, help: &str) -> syn::Error {
        self.error(format!("{what}\nhelp: {help}"))
    }

    /// A mistake that every door has, with its code.
    pub(crate) fn coded(self, code: Code, what: &str, help: &str) -> syn::Error {
        self.error(format!("{what} [{code}]\nhelp: {help}"))
    }

    fn error(self, text: String) -> syn::Error {
        // rustc marks everything from the first token to the last one.
        let (start, end) = (Ident::new("start", self.start), Ident::new("end", self.end));
        syn::Error::new_spanned(quote!(#start #end), text)
    }
}

/// The address of a key -> where it and its value stand.
#[derive(Clone, Default)]
pub(crate) struct Places {
    keys: BTreeMap<FieldPath, Place>,
    values: BTreeMap<FieldPath, Place>,
}

impl Places {
    pub(crate) fn key(&mut self, path: FieldPath, place: Place) {
        self.keys.insert(path, place);
    }

    pub(crate) fn value(&mut self, path: FieldPath, place: Place) {
        self.values.insert(path, place);
    }

    /// What `other` says where this says nothing: an enum's attributes below a variant's.
    pub(crate) fn fill(&mut self, other: &Places) {
        for (path, place) in &other.keys {
            self.keys.entry(path.clone()).or_insert(*place);
        }
        for (path, place) in &other.values {
            self.values.entry(path.clone()).or_insert(*place);
        }
    }

    /// Where this key was written.
    pub(crate) fn of_key(&self, path: &FieldPath) -> Option<Place> {
        self.keys.get(path).copied()
    }

    /// The value at fault, or its key, or the nearest table above that was written.
    fn of(&self, problem: &Problem) -> Option<Place> {
        let mut path = problem.path().clone();
        let here = if problem.is_at_key() { self.keys.get(&path) } else { None };
        let here = here.or_else(|| self.values.get(&path)).or_else(|| self.keys.get(&path));
        if let Some(place) = here {
            return Some(*place);
        }
        while let Some(above) = path.parent() {
            if let Some(place) = self.keys.get(&above).or_else(|| self.values.get(&above)) {
                return Some(*place);
            }
            path = above;
        }
        None
    }

    /// The mistake at its place here, if it is about anything that was written here.
    pub(crate) fn error(&self, problem: &Problem) -> Option<syn::Error> {
        self.of(problem).map(|place| error_at(place, problem))
    }
}

/// The mistake at this place, in the words of attributes.
pub(crate) fn error_at(place: Place, problem: &Problem) -> syn::Error {
    let (what, help) = (in_attributes(problem.what()), in_attributes(problem.help()));
    place.coded(problem.code(), &what, &help)
}

/// The same tokens without the invisible groups that `macro_rules!` puts around what it was given.
pub(crate) fn visible(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::None => {
                flat.extend(visible(group.stream()));
            }
            other => flat.push(other),
        }
    }
    flat
}
