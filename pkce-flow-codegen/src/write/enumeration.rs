//! A declared enum: each variant is one provider.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use pkce_flow_providers::Resolved;

use super::value::declared;

/// A variant of a declared enum.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    /// The variant.
    pub(crate) ident: Ident,
    /// The provider's name.
    pub(crate) name: String,
    /// What was declared of it.
    pub(crate) resolved: Resolved,
    /// The variant's `cfg` attributes, so that each arm stands and falls with it.
    pub(crate) cfgs: Vec<TokenStream>,
}

/// Methods, constants and traits of the enum: `manager`, `manager_builder`, `name`, `ALL`,
/// `FromStr`, `Display`.
///
/// `vis` is the enum's own visibility.
pub(crate) fn enum_impl(
    krate: &TokenStream,
    vis: &TokenStream,
    ident: &Ident,
    variants: &[Variant],
) -> TokenStream {
    let arms = variants.iter().map(|variant| {
        let declared = declared(krate, &variant.name, &variant.resolved);
        let (cfgs, ident) = (&variant.cfgs, &variant.ident);
        quote! {
            #(#cfgs)*
            Self::#ident => {
                static DECLARED: #krate::generated::Declared = #declared;
                &DECLARED
            }
        }
    });
    let variants: Vec<_> =
        variants.iter().map(|variant| (variant.ident.clone(), variant.cfgs.clone())).collect();
    let body = quote!(match self { #(#arms)* });
    face(krate, vis, ident, &variants, &body)
}

/// What every enum of providers can do, given how it finds a variant's declaration.
pub(crate) fn face(
    krate: &TokenStream,
    vis: &TokenStream,
    ident: &Ident,
    variants: &[(Ident, Vec<TokenStream>)],
    declared: &TokenStream,
) -> TokenStream {
    let all: Vec<_> =
        variants.iter().map(|(variant, cfgs)| quote!(#(#cfgs)* Self::#variant)).collect();
    quote! {
        #[allow(dead_code, reason = "a program uses some of an enum's methods")]
        #[automatically_derived]
        impl #ident {
            /// Every provider, in the order of their declaration.
            #vis const ALL: &'static [Self] = &[#(#all),*];

            fn declared(&self) -> &'static #krate::generated::Declared {
                #declared
            }

            /// The provider's name, which `Display` shows and `FromStr` reads.
            #vis fn name(&self) -> &'static str {
                self.declared().name()
            }

            /// The manager: made at the first call, which reads the environment; the same one
            /// afterwards.
            ///
            /// # Errors
            /// What `ManagerBuilder::build` finds. A failure is not kept.
            #vis fn manager(&self) -> ::core::result::Result<#krate::Manager, #krate::Error> {
                self.declared().manager()
            }

            /// A builder for an independent manager.
            #vis fn manager_builder(&self) -> #krate::ManagerBuilder {
                self.declared().manager_builder()
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.declared().name())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for #ident {
            type Err = #krate::Error;

            fn from_str(name: &str) -> ::core::result::Result<Self, Self::Err> {
                #krate::generated::find([#(#all),*], Self::name, name)
            }
        }
    }
}
