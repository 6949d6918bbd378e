//! A providers TOML, whatever is wrong in it -> the same written as attributes.

use std::collections::BTreeSet;

use pkce_flow_providers::keys::DECLARATION_KEYS;
use pkce_flow_providers::{Code, type_name};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use toml::Value;

/// The codes that this corpus cannot bring into attributes. The first is about the text of a TOML.
/// The others attributes have in a way of their own, for which `ui/fail` has cases: keys that stand
/// twice are no TOML, and a type has its name.
pub(crate) const NO_ATTRIBUTES: &[Code] = &[
    Code::TomlSyntax,
    Code::DuplicateKey,
    Code::BadTableName,
    Code::BadRustName,
    Code::NameCollision,
];

/// The tables as a struct, or as an enum with a variant for each. Nothing where attributes cannot
/// say it: what is no TOML, what stands outside of `[providers.NAME]`, a header with one name more
/// (`[providers.corp.sso]`), and the types' names.
pub(crate) fn declaration(text: &str) -> Option<TokenStream> {
    let file: toml::Table = toml::from_str(text).ok()?;
    let [("providers", Value::Table(tables))] = pairs(&file).as_slice() else {
        return None;
    };
    let declared = pairs(tables).into_iter().map(|(name, table)| {
        let Value::Table(table) = table else {
            return None;
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let ident = type_name(name).filter(|_| name.chars().all(is_name))?;
        let header = table.values().all(Value::is_table)
            && table.keys().all(|key| DECLARATION_KEYS.iter().all(|known| known.name != key));
        if header && !table.is_empty() || table.contains_key("rust_name") {
            return None;
        }
        let ident = Ident::new(&ident, Span::call_site());
        let entries = entries(table);
        Some((ident, quote!(#[pkce(name = #name, #entries)])))
    });
    let declared: Vec<(Ident, TokenStream)> = declared.collect::<Option<_>>()?;
    let types: BTreeSet<&Ident> = declared.iter().map(|(ident, _)| ident).collect();
    match declared.as_slice() {
        _ if types.len() < declared.len() => None,
        [] => None,
        [(ident, attribute)] => Some(quote!(#attribute struct #ident;)),
        several => {
            let variants = several.iter().map(|(ident, attribute)| quote!(#attribute #ident));
            Some(quote!(enum Login { #(#variants),* }))
        }
    }
}

fn pairs(table: &toml::Table) -> Vec<(&str, &Value)> {
    table.iter().map(|(key, value)| (key.as_str(), value)).collect()
}

fn entries(table: &toml::Table) -> TokenStream {
    let entries = table.iter().map(|(key, value)| {
        let key = Literal::string(key);
        match value {
            Value::Table(inner) => match source(inner) {
                Some(source) => quote!(#key = #source),
                None => {
                    let inner = entries(inner);
                    quote!(#key(#inner))
                }
            },
            other => {
                let value = simple(other);
                quote!(#key = #value)
            }
        }
    });
    quote!(#(#entries),*)
}

/// `env("NAME")`, `file("PATH")`.
fn source(table: &toml::Table) -> Option<TokenStream> {
    match pairs(table).as_slice() {
        [(key @ ("env" | "file"), Value::String(text))] => {
            let key = Ident::new(key, Span::call_site());
            Some(quote!(#key(#text)))
        }
        _ => None,
    }
}

fn simple(value: &Value) -> TokenStream {
    match value {
        Value::String(text) => quote!(#text),
        Value::Boolean(flag) => quote!(#flag),
        Value::Integer(number) => quote!(#number),
        Value::Float(number) => quote!(#number),
        // Rust has no literal of a date; a character is as wrong.
        Value::Datetime(_) => quote!('d'),
        Value::Array(items) => {
            let items = items.iter().map(simple);
            quote!([#(#items),*])
        }
        Value::Table(table) => match source(table) {
            Some(source) => source,
            None => {
                let inner = entries(table);
                quote!({ #inner })
            }
        },
    }
}
