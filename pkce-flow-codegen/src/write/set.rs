//! A whole providers TOML: a struct a table, and the enum of all.

use pkce_flow_providers::{Resolved, type_name_of};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::declaration::struct_impl;
use super::enumeration::{Face, face};
use super::names::Names;

/// What the types of a set are called and how far they are seen.
#[derive(Clone, Debug)]
pub(crate) struct Set<'a> {
    /// How to call what is used.
    pub(crate) names: Names,
    /// The visibility of every type, such as `pub`.
    pub(crate) vis: TokenStream,
    /// The enum of all.
    pub(crate) ident: Ident,
    /// The file that the tables stand in, for documentation.
    pub(crate) file: &'a str,
}

/// A documented struct for each declaration, with its trait and its scopes, and the enum of all.
pub(crate) fn set(set: &Set<'_>, declarations: &[Resolved]) -> TokenStream {
    let Set { names, vis, ident: enum_ident, file } = set;
    let file = file.escape_debug().to_string();
    let named: Vec<(Ident, &Resolved)> = declarations
        .iter()
        // A name that is no identifier is a mistake of the file, reported before.
        .filter_map(|resolved| Some((type_name_of(resolved.draft())?, resolved)))
        .map(|(name, resolved)| (Ident::new(&name, Span::call_site()), resolved))
        .collect();
    let structs = named.iter().map(|(ident, resolved)| {
        let docs = docs(resolved, &file);
        let body = struct_impl(names, ident, &resolved.draft().name, resolved);
        let derives = derives(names, false);
        let may_be_unused = names.may_be_unused();
        quote! {
            #(#[doc = #docs])*
            #derives
            #may_be_unused
            #vis struct #ident;
            #body
        }
    });
    let variants = named.iter().map(|(ident, resolved)| {
        let doc = format!(" {}.", display_name(resolved));
        quote!(#[doc = #doc] #ident)
    });
    let provider_trait = names.runtime("PkceProvider");
    let arms = named.iter().map(|(ident, _)| {
        if names.trait_in_scope() {
            quote!(Self::#ident => #ident::declared(),)
        } else {
            quote!(Self::#ident => <#ident as #provider_trait>::declared(),)
        }
    });
    let all: Vec<_> = named.iter().map(|(ident, _)| quote!(Self::#ident)).collect();
    let declared =
        if named.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms)* }) };
    let face_of = Face {
        names,
        vis,
        parameters: TokenStream::new(),
        this: quote!(#enum_ident),
        all: all.as_slice(),
    };
    let face = face(&face_of, &declared);
    let doc = format!(" Every provider of `{file}`.");
    let derives = derives(names, true);
    let may_be_unused = names.may_be_unused();
    quote! {
        #(#structs)*
        #[doc = #doc]
        #derives
        #may_be_unused
        #vis enum #enum_ident { #(#variants),* }
        #face
    }
}

/// The enum is a value that programs compare and keep in maps; of a struct nobody makes values.
fn derives(names: &Names, is_enum: bool) -> TokenStream {
    match (names.for_people(), is_enum) {
        (true, true) => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]),
        (true, false) => quote!(#[derive(Debug)]),
        (false, true) => quote! {
            #[derive(
                ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug,
                ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,
            )]
        },
        (false, false) => quote!(#[derive(::core::fmt::Debug)]),
    }
}

fn display_name(resolved: &Resolved) -> &str {
    let draft = resolved.draft();
    draft.display_name.as_deref().unwrap_or(&draft.name)
}

fn docs(resolved: &Resolved, file: &str) -> Vec<String> {
    let name = display_name(resolved);
    let mut docs = vec![format!(
        " {name}, as the table `[providers.{}]` of `{file}` declares it.",
        resolved.draft().name
    )];
    if let Some(page) = &resolved.draft().documentation {
        docs.push(String::new());
        docs.push(format!(" The provider's documentation: <{page}>"));
    }
    docs
}
