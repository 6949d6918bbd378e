//! One declared struct: its trait and its scopes.

use pkce_flow_providers::{Preset, Resolved};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::Names;
use super::scopes;
use super::value::declared;

/// `impl PkceProvider` for the struct, and its preset's scopes as associated constants.
pub(crate) fn struct_impl(
    names: &Names,
    ident: &Ident,
    name: &str,
    resolved: &Resolved,
) -> TokenStream {
    let body = declared(names, name, resolved);
    let preset = resolved.draft().preset.as_deref().and_then(Preset::find);
    let scopes = preset.map(|preset| scopes::constants(names, ident, preset));
    let derived = names.derived();
    let (provider_trait, declared) = (names.runtime("PkceProvider"), names.generated("Declared"));
    quote! {
        #derived
        impl #provider_trait for #ident {
            fn declared() -> &'static #declared {
                #body
            }
        }
        #scopes
    }
}
