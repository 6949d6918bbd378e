//! The grammar of `#[pkce(…)]`: keys and values -> the neutral tree, every value with its span.

use pkce_flow_providers::{FieldPath, RawTable, RawValue};
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitBool, LitStr, Path, Token, bracketed, parenthesized};

use super::spans::Spans;

/// What the attributes of one type or variant say.
#[derive(Clone, Default)]
pub(crate) struct Said {
    pub(crate) table: RawTable,
    pub(crate) spans: Spans,
    /// The key `name`.
    pub(crate) name: Option<LitStr>,
    /// The key `crate`.
    pub(crate) krate: Option<Path>,
    /// Where to point for what is missing: the first attribute's path.
    pub(crate) place: Option<Span>,
}

/// Reads every `#[pkce(…)]`; grammatical mistakes are collected.
pub(crate) fn read(attributes: &[Attribute], errors: &mut Vec<syn::Error>) -> Said {
    let mut said = Said::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("pkce")) {
        let span = attribute.path().segments[0].ident.span();
        said.place.get_or_insert(span);
        match attribute.parse_args_with(Punctuated::<Entry, Token![,]>::parse_terminated) {
            Ok(entries) => {
                for entry in entries {
                    take(entry, &mut said, errors);
                }
            }
            Err(error) => errors.push(error),
        }
    }
    said
}

fn take(entry: Entry, said: &mut Said, errors: &mut Vec<syn::Error>) {
    match (entry.key.as_str(), &entry.value) {
        ("name", Value::Text(text)) => match &said.name {
            Some(_) => errors.push(twice(&entry)),
            None => said.name = Some(text.clone()),
        },
        ("name", _) => errors.push(syn::Error::new(entry.key_span, "`name` takes a string")),
        ("crate", Value::Text(text)) => match text.parse_with(Path::parse_mod_style) {
            Ok(path) => said.krate = Some(path),
            Err(_) => errors.push(syn::Error::new(
                text.span(),
                "`crate` takes the path of pkce-flow, such as \"renamed\" or \"my::pkce_flow\"",
            )),
        },
        ("crate", _) => errors.push(syn::Error::new(entry.key_span, "`crate` takes a string")),
        _ => insert(entry, &FieldPath::root(), &mut said.table, &mut said.spans, errors),
    }
}

fn insert(
    entry: Entry,
    above: &FieldPath,
    table: &mut RawTable,
    spans: &mut Spans,
    errors: &mut Vec<syn::Error>,
) {
    if table.get(&entry.key).is_some() {
        errors.push(twice(&entry));
        return;
    }
    let path = above.key(&entry.key);
    spans.key(path.clone(), entry.key_span);
    let value = raw(entry.value, &path, spans, errors);
    table.0.push((entry.key, value));
}

fn twice(entry: &Entry) -> syn::Error {
    syn::Error::new(entry.key_span, format!("the key `{}` stands twice", entry.key))
}

fn raw(
    value: Value,
    path: &FieldPath,
    spans: &mut Spans,
    errors: &mut Vec<syn::Error>,
) -> RawValue {
    match value {
        Value::Text(text) => {
            spans.value(path.clone(), text.span());
            RawValue::String(text.value())
        }
        Value::Flag(flag) => {
            spans.value(path.clone(), flag.span());
            RawValue::Bool(flag.value())
        }
        Value::Other(what, span) => {
            spans.value(path.clone(), span);
            RawValue::Other(what)
        }
        Value::List(items, span) => {
            spans.value(path.clone(), span);
            let items = items.into_iter().enumerate();
            RawValue::Array(
                items.map(|(at, item)| raw(item, &path.index(at), spans, errors)).collect(),
            )
        }
        Value::Source(key, text, span) => {
            spans.value(path.clone(), span);
            spans.value(path.key(&key), text.span());
            RawValue::Table(RawTable(vec![(key, RawValue::String(text.value()))]))
        }
        Value::Table(entries, span) => {
            spans.value(path.clone(), span);
            let mut table = RawTable::default();
            for entry in entries {
                insert(entry, path, &mut table, spans, errors);
            }
            RawValue::Table(table)
        }
    }
}

/// `key = value` or `key(…)`.
struct Entry {
    key: String,
    key_span: Span,
    value: Value,
}

enum Value {
    Text(LitStr),
    Flag(LitBool),
    List(Vec<Value>, Span),
    /// `env("NAME")`, `file("path")`
    Source(String, LitStr, Span),
    Table(Vec<Entry>, Span),
    /// What no key takes; the text says what it is.
    Other(&'static str, Span),
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (key, key_span) = if input.peek(LitStr) {
            let literal: LitStr = input.parse()?;
            (literal.value(), literal.span())
        } else if input.peek(Ident::peek_any) {
            let ident = input.call(Ident::parse_any)?;
            (ident.unraw().to_string(), ident.span())
        } else {
            return Err(input.error("expected a key, such as client_id = \"…\""));
        };
        if input.peek(syn::token::Paren) {
            let content;
            parenthesized!(content in input);
            let entries = content.parse_terminated(Entry::parse, Token![,])?;
            let value = Value::Table(entries.into_iter().collect(), key_span);
            return Ok(Entry { key, key_span, value });
        }
        if !input.peek(Token![=]) {
            let what = format!("`{key}` has no value: write {key} = \"…\"");
            return Err(syn::Error::new(key_span, what));
        }
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        Ok(Entry { key, key_span, value })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Value::Text);
        }
        if input.peek(LitBool) {
            return input.parse().map(Value::Flag);
        }
        if input.peek(syn::token::Bracket) {
            let content;
            let brackets = bracketed!(content in input);
            let items = content.parse_terminated(Value::parse, Token![,])?;
            return Ok(Value::List(items.into_iter().collect(), brackets.span.join()));
        }
        if input.peek(syn::Lit) {
            let literal: syn::Lit = input.parse()?;
            let what = match &literal {
                syn::Lit::Int(_) => "an integer",
                syn::Lit::Float(_) => "a float",
                _ => "a literal of another type",
            };
            return Ok(Value::Other(what, literal.span()));
        }
        if input.peek(Ident::peek_any) && input.peek2(syn::token::Paren) {
            let source = input.call(Ident::parse_any)?;
            let content;
            parenthesized!(content in input);
            if source != "env" && source != "file" {
                let _rest: TokenStream = content.parse()?;
                return Err(syn::Error::new(
                    source.span(),
                    "a value is a string, a list of strings, env(\"NAME\") or file(\"PATH\"): it \
                     must be known when the program is compiled",
                ));
            }
            let Ok(text) = content.parse::<LitStr>() else {
                let what = format!("write {source}(\"…\") with a string literal in it");
                return Err(syn::Error::new(source.span(), what));
            };
            if !content.is_empty() {
                return Err(content.error("expected nothing more"));
            }
            return Ok(Value::Source(source.to_string(), text, source.span()));
        }
        Err(input.error(
            "expected a string literal, a list of them, true, false, env(\"NAME\") or \
             file(\"PATH\"): a value must be known when the program is compiled",
        ))
    }
}
