//! Values of a declaration -> constant expressions.

use pkce_flow_providers::{RawTable, RawValue, Resolved};
use proc_macro2::TokenStream;
use quote::quote;

use super::names::Names;

/// A block's statements that give the declaration as a static.
pub(crate) fn declared(names: &Names, name: &str, resolved: &Resolved) -> TokenStream {
    let values = entries(names, &resolved.to_raw());
    let required = resolved.client_secret_required().then(|| quote!(.client_secret_required()));
    let Names { declared, entries, .. } = names;
    quote! {
        const KEYS: #entries = #values;
        static DECLARED: #declared = #declared::new(#name, KEYS) #required;
        &DECLARED
    }
}

fn entries(names: &Names, table: &RawTable) -> TokenStream {
    let entries = table.0.iter().map(|(key, value)| {
        let value = expression(names, value);
        quote!((#key, #value))
    });
    quote!(&[#(#entries),*])
}

fn expression(names: &Names, value: &RawValue) -> TokenStream {
    let Names { text, template, flag, list, table, .. } = names;
    match value {
        RawValue::String(string) => quote!(#text(#string)),
        RawValue::Template(string) => quote!(#template(#string)),
        RawValue::Bool(value) => quote!(#flag(#value)),
        RawValue::Array(items) => {
            // Lists of a checked declaration hold strings alone.
            let items = items.iter().filter_map(|item| match item {
                RawValue::String(text) => Some(text),
                _ => None,
            });
            quote!(#list(&[#(#items),*]))
        }
        RawValue::Table(inner) => {
            let entries = entries(names, inner);
            quote!(#table(#entries))
        }
        // Nothing else comes out of a checked declaration.
        RawValue::Other(_) => quote!(#table(&[])),
    }
}
