//! `#[derive(PkceProvider)]`: parse, check, generate; on a mistake its message and a fallback.

mod attr;
mod declared;
mod grammar;
mod inherit;
mod name;
mod place;
mod shape;
mod tokens;
mod tree;
mod value;
mod words;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::{Data, DeriveInput};

use self::declared::{declare, declare_variants};
use self::shape::Shape;
use crate::write::{self, Lex, Names};

/// The expansion of `#[derive(PkceProvider)]` on this type: its implementations, or every mistake
/// as a `compile_error!` at its place, with a fallback so that no other error follows.
#[must_use]
pub fn derive_pkce_provider(input: TokenStream, lex: Lex) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => expand(&input, lex),
        Err(error) => error.to_compile_error(),
    }
}

fn expand(input: &DeriveInput, lex: Lex) -> TokenStream {
    let mut errors = Vec::new();
    let said = attr::read(&input.attrs, &mut errors);
    let krate = match &said.krate {
        Some((path, _)) => path.to_token_stream(),
        None => quote!(::pkce_flow),
    };
    let names = Names::whole_paths(krate, lex);
    let vis = input.vis.to_token_stream();
    let expansion = match shape::read(input, &mut errors) {
        Shape::Struct => declare(&input.ident, &said, &mut errors).map(|declared| {
            write::struct_impl(&names, &input.ident, &declared.name, &declared.resolved)
        }),
        Shape::Enum(variants) => {
            let variants = declare_variants(&said, variants, &mut errors);
            Some(write::enum_impl(&names, &vis, &input.ident, &variants))
        }
        Shape::Neither => None,
    };
    match expansion {
        Some(expansion) if errors.is_empty() => expansion,
        _ => {
            let errors = errors.into_iter().map(|error| error.to_compile_error());
            let fallback = match &input.data {
                Data::Enum(_) => write::enum_fallback(&names, &vis, &input.ident, &input.generics),
                _ => {
                    let preset = said.preset();
                    write::struct_fallback(&names, &input.ident, &input.generics, preset)
                }
            };
            quote!(#(#errors)* #fallback)
        }
    }
}
