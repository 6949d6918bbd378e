//! A declaration -> the static that holds it: for people a table of constants, for the compiler
//! alone one literal, which is much less work for it.

use pkce_flow_providers::{RawTable, RawValue, Resolved};
use proc_macro2::TokenStream;
use quote::quote;

use super::names::Names;

/// A block's statements that give the declaration as a static.
pub(crate) fn declared(names: &Names, name: &str, resolved: &Resolved) -> TokenStream {
    let required = resolved.client_secret_required().then(|| quote!(.client_secret_required()));
    let declared = names.generated("Declared");
    let keys = resolved.to_raw();
    if names.for_people() {
        let constants = names.generated("Entries");
        let keys = entries(names, &keys);
        quote! {
            const KEYS: #constants = #keys;
            static DECLARED: #declared = #declared::new(#name, KEYS) #required;
            &DECLARED
        }
    } else {
        let keys = keys.pack();
        quote! {
            static DECLARED: #declared = #declared::packed(#name, #keys) #required;
            &DECLARED
        }
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
    let (function, argument) = match value {
        RawValue::String(string) => ("text", quote!(#string)),
        RawValue::Template(string) => ("template", quote!(#string)),
        RawValue::Bool(value) => ("flag", quote!(#value)),
        RawValue::Array(items) => {
            // Lists of a checked declaration hold strings alone.
            let items = items.iter().filter_map(|item| match item {
                RawValue::String(text) => Some(text),
                _ => None,
            });
            ("list", quote!(&[#(#items),*]))
        }
        RawValue::Table(inner) => ("table", entries(names, inner)),
        // Nothing else comes out of a checked declaration.
        RawValue::Other(_) => ("table", quote!(&[])),
    };
    let function = names.generated(function);
    quote!(#function(#argument))
}
