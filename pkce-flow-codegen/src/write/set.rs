//! A whole providers TOML: a struct a table, and the enum of all.

use pkce_flow_providers::{Resolved, type_name_of};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::declaration::struct_impl;
use super::enumeration::face;

/// What the types of a set are called and how far they are seen.
#[derive(Clone, Debug)]
pub(crate) struct SetNames {
    /// The visibility of every type, such as `pub`.
    pub(crate) vis: TokenStream,
    /// The enum of all.
    pub(crate) set: Ident,
    /// The file that the tables stand in, for documentation.
    pub(crate) file: String,
}

/// A documented struct for each declaration, with its trait and its scopes, and the enum of all.
pub(crate) fn set(krate: &TokenStream, names: &SetNames, declarations: &[Resolved]) -> TokenStream {
    let SetNames { vis, set, file } = names;
    let named: Vec<(Ident, &Resolved)> = declarations
        .iter()
        // A name that is no identifier is a mistake of the file, reported before.
        .filter_map(|resolved| Some((type_name_of(resolved.draft())?, resolved)))
        .map(|(name, resolved)| (Ident::new(&name, Span::call_site()), resolved))
        .collect();
    let structs = named.iter().map(|(ident, resolved)| {
        let draft = resolved.draft();
        let docs = docs(resolved, file);
        let body = struct_impl(krate, ident, &draft.name, resolved);
        quote! {
            #(#[doc = #docs])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #vis struct #ident;
            #body
        }
    });
    let variants = named.iter().map(|(ident, resolved)| {
        let doc = format!(" {}.", display_name(resolved));
        quote!(#[doc = #doc] #ident)
    });
    let arms = named
        .iter()
        .map(|(ident, _)| quote!(Self::#ident => <#ident as #krate::PkceProvider>::declared(),));
    let idents: Vec<_> = named.iter().map(|(ident, _)| (ident.clone(), Vec::new())).collect();
    let body =
        if named.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms)* }) };
    let face = face(krate, vis, set, &idents, &body);
    let set_doc = format!(" Every provider of {file}.");
    quote! {
        #(#structs)*
        #[doc = #set_doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #vis enum #set { #(#variants),* }
        #face
    }
}

fn display_name(resolved: &Resolved) -> &str {
    let draft = resolved.draft();
    draft.display_name.as_deref().unwrap_or(&draft.name)
}

fn docs(resolved: &Resolved, file: &str) -> Vec<String> {
    let name = display_name(resolved);
    let mut docs = vec![format!(
        " {name}, as the table `[providers.{}]` of {file} declares it.",
        resolved.draft().name
    )];
    if let Some(page) = &resolved.draft().documentation {
        docs.push(String::new());
        docs.push(format!(" The provider's documentation: <{page}>"));
    }
    docs
}
