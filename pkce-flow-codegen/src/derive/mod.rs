//! `#[derive(PkceProvider)]`: parse, check, generate; on a mistake its message and a fallback.

mod attr;
mod declared;
mod shape;
mod spans;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::DeriveInput;

use self::attr::Said;
use self::declared::{Declared, declare};
use self::shape::{Shape, VariantShape};
use crate::write as codegen;

/// The expansion of `#[derive(PkceProvider)]` on this type: its implementations, or every mistake
/// as a `compile_error!` at its place, with a fallback so that no other error follows.
#[must_use]
pub fn derive_pkce_provider(input: TokenStream) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => expand(&input),
        Err(error) => error.to_compile_error(),
    }
}

fn expand(input: &DeriveInput) -> TokenStream {
    let mut errors = Vec::new();
    let said = attr::read(&input.attrs, &mut errors);
    let krate = match &said.krate {
        Some(path) => path.to_token_stream(),
        None => quote!(::pkce_flow),
    };
    match shape::read(input) {
        // A shape that is wrong is the one mistake: what a trait is missing from comes of it.
        Err(error) => error.to_compile_error(),
        Ok(Shape::Struct) => {
            let declared = declare(&input.ident, &said, &mut errors);
            match declared.filter(|_| errors.is_empty()) {
                Some(Declared { name, resolved }) => {
                    codegen::struct_impl(&krate, &input.ident, &name, &resolved)
                }
                None => {
                    let fallback = codegen::struct_fallback(&krate, &input.ident);
                    with_errors(errors, fallback)
                }
            }
        }
        Ok(Shape::Enum(variants)) => {
            let vis = input.vis.to_token_stream();
            let variants = declare_variants(&said, variants, &mut errors);
            if errors.is_empty() {
                codegen::enum_impl(&krate, &vis, &input.ident, &variants)
            } else {
                with_errors(errors, codegen::enum_fallback(&krate, &vis, &input.ident))
            }
        }
    }
}

fn declare_variants(
    shared: &Said,
    variants: Vec<VariantShape>,
    errors: &mut Vec<syn::Error>,
) -> Vec<codegen::Variant> {
    if let Some(name) = &shared.name {
        errors.push(syn::Error::new(name.span(), "`name` is one variant's: write it there"));
    }
    let mut declared = Vec::new();
    let mut names: BTreeMap<String, proc_macro2::Ident> = BTreeMap::new();
    for variant in variants {
        let mut own = attr::read(&variant.attributes, errors);
        let place = own.place;
        inherit(&mut own, shared);
        own.place = place;
        let Some(Declared { name, resolved }) = declare(&variant.ident, &own, errors) else {
            continue;
        };
        if let Some(first) = names.get(&name) {
            let span = own.name.as_ref().map_or_else(|| variant.ident.span(), syn::LitStr::span);
            errors.push(syn::Error::new(
                span,
                format!("the provider `{name}` is declared twice, first by `{first}` [name-collision]\nhelp: give this variant a name of its own: #[pkce(name = \"…\")]"),
            ));
        }
        names.entry(name.clone()).or_insert_with(|| variant.ident.clone());
        let cfgs = variant.cfgs;
        declared.push(codegen::Variant { ident: variant.ident, name, resolved, cfgs });
    }
    declared
}

/// What the enum says holds where the variant says nothing. A variant that names a preset or an
/// endpoint of its own takes the rest all the same; `root_url` is no exception.
fn inherit(own: &mut Said, shared: &Said) {
    for (key, value) in &shared.table.0 {
        if own.table.get(key).is_none() {
            own.table.0.push((key.clone(), value.clone()));
        }
    }
    own.spans.fill(&shared.spans);
}

/// All messages, and what keeps them from being followed by others.
fn with_errors(errors: Vec<syn::Error>, fallback: TokenStream) -> TokenStream {
    let errors = errors.into_iter().map(|error| error.to_compile_error());
    quote!(#(#errors)* #fallback)
}
