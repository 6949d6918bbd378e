//! What may carry a declaration: a struct without fields, or an enum of variants without.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, Data, DeriveInput, Fields, Ident};

/// A type that can carry declarations.
pub(crate) enum Shape {
    Struct,
    Enum(Vec<VariantShape>),
}

pub(crate) struct VariantShape {
    pub(crate) ident: Ident,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) cfgs: Vec<TokenStream>,
}

/// The shape, or the one thing that is wrong with it.
pub(crate) fn read(input: &DeriveInput) -> syn::Result<Shape> {
    if !input.generics.params.is_empty() {
        return Err(syn::Error::new_spanned(
            &input.generics,
            "a provider is one declaration, so its type takes no parameters: remove them",
        ));
    }
    match &input.data {
        Data::Struct(data) => {
            if let Fields::Unit = data.fields {
                return Ok(Shape::Struct);
            }
            if data.fields.is_empty() {
                return Ok(Shape::Struct);
            }
            Err(syn::Error::new_spanned(
                &data.fields,
                format!("a provider's struct has no fields: write `struct {};`", input.ident),
            ))
        }
        Data::Enum(data) => {
            let mut variants = Vec::new();
            for variant in &data.variants {
                if !matches!(variant.fields, Fields::Unit) {
                    return Err(syn::Error::new_spanned(
                        &variant.fields,
                        format!("a provider's variant has no fields: write `{}`", variant.ident),
                    ));
                }
                let cfgs =
                    variant.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
                variants.push(VariantShape {
                    ident: variant.ident.clone(),
                    cfgs: cfgs.map(|attribute| attribute.to_token_stream()).collect(),
                    attributes: variant.attrs.clone(),
                });
            }
            if variants.is_empty() {
                return Err(syn::Error::new_spanned(
                    &input.ident,
                    "an enum of providers has a variant for each: there is none",
                ));
            }
            Ok(Shape::Enum(variants))
        }
        Data::Union(data) => Err(syn::Error::new_spanned(
            data.union_token,
            "a union cannot be a provider: use a struct without fields, or an enum",
        )),
    }
}
