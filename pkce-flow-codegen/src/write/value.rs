//! Values of a declaration -> constant expressions.

use pkce_flow_providers::{RawTable, RawValue, Resolved};
use proc_macro2::TokenStream;
use quote::quote;

/// `Declared::new(…)` for the declaration, in the scope of `generated`'s names.
pub(crate) fn declared(krate: &TokenStream, name: &str, resolved: &Resolved) -> TokenStream {
    let entries = entries(krate, &resolved.to_raw());
    let required = resolved.client_secret_required().then(|| quote!(.client_secret_required()));
    quote!(#krate::generated::Declared::new(#name, #entries) #required)
}

fn entries(krate: &TokenStream, table: &RawTable) -> TokenStream {
    let entries = table.0.iter().map(|(key, value)| {
        let value = expression(krate, value);
        quote!((#key, #value))
    });
    quote!(&[#(#entries),*])
}

fn expression(krate: &TokenStream, value: &RawValue) -> TokenStream {
    let generated = quote!(#krate::generated);
    match value {
        RawValue::String(text) => quote!(#generated::text(#text)),
        RawValue::Template(text) => quote!(#generated::template(#text)),
        RawValue::Bool(flag) => quote!(#generated::flag(#flag)),
        RawValue::Array(items) => {
            // Lists of a checked declaration hold strings alone.
            let items = items.iter().filter_map(|item| match item {
                RawValue::String(text) => Some(text),
                _ => None,
            });
            quote!(#generated::list(&[#(#items),*]))
        }
        RawValue::Table(table) => {
            let entries = entries(krate, table);
            quote!(#generated::table(#entries))
        }
        // Nothing else comes out of a checked declaration.
        RawValue::Other(_) => quote!(#generated::table(&[])),
    }
}
