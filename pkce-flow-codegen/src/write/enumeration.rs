//! A declared enum: each variant is one provider.

use pkce_flow_providers::Resolved;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::Names;
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

/// Methods, constants and traits of the enum. `vis` is the enum's own visibility.
pub(crate) fn enum_impl(
    names: &Names,
    vis: &TokenStream,
    ident: &Ident,
    variants: &[Variant],
) -> TokenStream {
    let arms = variants.iter().map(|Variant { ident, name, resolved, cfgs }| {
        let body = declared(names, name, resolved);
        quote! {
            #(#cfgs)*
            Self::#ident => { #body }
        }
    });
    let all: Vec<_> =
        variants.iter().map(|Variant { ident, cfgs, .. }| quote!(#(#cfgs)* Self::#ident)).collect();
    let face_of =
        Face { names, vis, parameters: quote!(), this: quote!(#ident), all: all.as_slice() };
    face(&face_of, &quote!(match self { #(#arms)* }))
}

/// What an enum's methods and traits are made of.
pub(crate) struct Face<'a> {
    pub(crate) names: &'a Names,
    pub(crate) vis: &'a TokenStream,
    /// The enum's parameters: none, unless they are the mistake.
    pub(crate) parameters: TokenStream,
    /// The enum.
    pub(crate) this: TokenStream,
    /// Every variant: `Self::GitLab`.
    pub(crate) all: &'a [TokenStream],
}

/// What every enum of providers can do, given how it finds a variant's declaration.
pub(crate) fn face(face: &Face<'_>, declared: &TokenStream) -> TokenStream {
    let Face { names, vis, parameters, this, all } = face;
    let (derived, may_be_unused) = (names.derived(), names.may_be_unused());
    let (manager, manager_builder) = (names.runtime("Manager"), names.runtime("ManagerBuilder"));
    let (error, result) = (names.runtime("Error"), names.result());
    let (find, declared_type) = (names.generated("find"), names.generated("Declared"));
    let (str, fmt, from_str) = (names.str(), names.fmt(), names.trait_from_str());
    // Where the declaration is wrong, a variant may have taken the constant's name.
    let set = if all.is_empty() { quote!(&[]) } else { quote!(Self::ALL) };
    quote! {
        #may_be_unused
        impl #parameters #this {
            /// Every provider, in the order of their declaration.
            #vis const ALL: &'static [Self] = &[#(#all),*];

            /// What was declared, as constants.
            #[must_use]
            #vis fn declared(&self) -> &'static #declared_type {
                #declared
            }

            /// The provider's name, which `Display` shows and `FromStr` reads.
            #[must_use]
            #vis fn name(&self) -> &'static #str {
                self.declared().name()
            }

            /// The manager: made at the first call, which reads the environment; the same one
            /// afterwards.
            ///
            /// # Errors
            ///
            /// What `ManagerBuilder::build` finds, and a `redirect_uri` that this provider
            /// shares with another one where no issuer tells their callbacks apart. A failure is not
            /// kept.
            #vis fn manager(&self) -> #result<#manager, #error> {
                self.declared().manager_among(#set, Self::declared)
            }

            /// A builder for an independent manager.
            #vis fn manager_builder(&self) -> #manager_builder {
                self.declared().manager_builder()
            }
        }

        #derived
        impl #parameters #fmt::Display for #this {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.write_str(self.name())
            }
        }

        #derived
        impl #parameters #from_str for #this {
            type Err = #error;

            fn from_str(name: &#str) -> #result<Self, #error> {
                #find([#(#all),*], Self::name, name)
            }
        }
    }
}
