//! What stands beside an error, so that it stays one message: uses of the type still compile.

use pkce_flow_providers::Preset;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Generics;

use super::enumeration::{Face, face};
use super::names::Names;
use super::scopes;

/// The trait on a struct whose declaration is wrong, and the scopes of the preset that it names.
pub(crate) fn struct_fallback(
    names: &Names,
    ident: &Ident,
    generics: &Generics,
    preset: Option<&'static Preset>,
) -> TokenStream {
    let preset = preset.filter(|_| generics.params.is_empty());
    let scopes = preset.map(|preset| scopes::constants(names, ident, preset));
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let (provider_trait, declared) = (names.runtime("PkceProvider"), names.generated("Declared"));
    quote! {
        #[automatically_derived]
        impl #parameters #provider_trait for #ident #arguments #bounds {
            fn declared() -> &'static #declared {
                ::core::unreachable!()
            }
        }
        #scopes
    }
}

/// The methods of an enum whose declaration is wrong.
pub(crate) fn enum_fallback(
    names: &Names,
    vis: &TokenStream,
    ident: &Ident,
    generics: &Generics,
) -> TokenStream {
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let face_of = Face {
        names,
        vis,
        parameters: quote!(#parameters),
        this: quote!(#ident #arguments #bounds),
        all: &[],
    };
    face(&face_of, &quote!(::core::unreachable!()))
}
