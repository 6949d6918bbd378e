//! What stands beside an error, so that it stays one message: uses of the type still compile.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The trait on a struct whose declaration is wrong.
pub(crate) fn struct_fallback(krate: &TokenStream, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #krate::PkceProvider for #ident {
            fn declared() -> &'static #krate::generated::Declared {
                ::core::unreachable!()
            }
        }
    }
}

/// The methods of an enum whose declaration is wrong.
pub(crate) fn enum_fallback(krate: &TokenStream, vis: &TokenStream, ident: &Ident) -> TokenStream {
    super::enumeration::face(krate, vis, ident, &[], &quote!(::core::unreachable!()))
}
