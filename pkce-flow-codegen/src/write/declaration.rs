//! One declared struct: its trait and its scopes.

use pkce_flow_providers::Resolved;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scopes;
use super::value::declared;

/// `impl PkceProvider` for the struct, and its preset's scopes as associated constants.
///
/// `krate` is the path of the pkce-flow crate, such as `::pkce_flow`.
pub(crate) fn struct_impl(
    krate: &TokenStream,
    ident: &Ident,
    name: &str,
    resolved: &Resolved,
) -> TokenStream {
    let declared = declared(krate, name, resolved);
    let scopes = scopes::constants(ident, resolved);
    quote! {
        #[automatically_derived]
        impl #krate::PkceProvider for #ident {
            fn declared() -> &'static #krate::generated::Declared {
                static DECLARED: #krate::generated::Declared = #declared;
                &DECLARED
            }
        }
        #scopes
    }
}
