//! How written source calls what it uses: by whole paths, or by short names and `use` lines.

#[cfg(feature = "format")]
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
#[cfg(feature = "format")]
use proc_macro2::{Ident, Span};
use quote::quote;

/// The names that written source needs, as the tokens that stand for each.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) provider_trait: TokenStream,
    pub(crate) manager: TokenStream,
    pub(crate) manager_builder: TokenStream,
    pub(crate) error: TokenStream,
    pub(crate) declared: TokenStream,
    pub(crate) entries: TokenStream,
    pub(crate) text: TokenStream,
    pub(crate) template: TokenStream,
    pub(crate) flag: TokenStream,
    pub(crate) list: TokenStream,
    pub(crate) table: TokenStream,
    pub(crate) find: TokenStream,
    pub(crate) result: TokenStream,
    pub(crate) str: TokenStream,
    pub(crate) fmt: TokenStream,
    pub(crate) from_str: TokenStream,
    /// Whether the trait's functions can be called on a type by its name.
    pub(crate) trait_in_scope: bool,
    /// Whether macros wrote it, so that lints and documentation know.
    pub(crate) derived: bool,
}

impl Names {
    /// Whole paths, which hold wherever the source stands, whatever names there are around it.
    pub(crate) fn whole_paths(krate: &TokenStream) -> Self {
        let generated = quote!(#krate::generated);
        Names {
            provider_trait: quote!(#krate::PkceProvider),
            manager: quote!(#krate::Manager),
            manager_builder: quote!(#krate::ManagerBuilder),
            error: quote!(#krate::Error),
            declared: quote!(#generated::Declared),
            entries: quote!(#generated::Entries),
            text: quote!(#generated::text),
            template: quote!(#generated::template),
            flag: quote!(#generated::flag),
            list: quote!(#generated::list),
            table: quote!(#generated::table),
            find: quote!(#generated::find),
            result: quote!(::core::result::Result),
            str: quote!(::core::primitive::str),
            fmt: quote!(::core::fmt),
            from_str: quote!(::core::str::FromStr),
            trait_in_scope: false,
            derived: true,
        }
    }

    /// Short names for a file of its own that declares these types: a name that one of them has,
    /// too, stays a whole path.
    #[cfg(feature = "format")]
    pub(crate) fn short(krate: &TokenStream, types: &BTreeSet<String>) -> Self {
        let trait_in_scope = !types.contains("PkceProvider");
        let mut names = Names { trait_in_scope, derived: false, ..Self::whole_paths(krate) };
        for (slot, name) in names.slots() {
            if !types.contains(name) {
                let ident = Ident::new(name, Span::call_site());
                *slot = quote!(#ident);
            }
        }
        names
    }

    #[cfg(feature = "format")]
    fn slots(&mut self) -> [(&mut TokenStream, &'static str); 16] {
        [
            (&mut self.provider_trait, "PkceProvider"),
            (&mut self.manager, "Manager"),
            (&mut self.manager_builder, "ManagerBuilder"),
            (&mut self.error, "Error"),
            (&mut self.declared, "Declared"),
            (&mut self.entries, "Entries"),
            (&mut self.text, "text"),
            (&mut self.template, "template"),
            (&mut self.flag, "flag"),
            (&mut self.list, "list"),
            (&mut self.table, "table"),
            (&mut self.find, "find"),
            (&mut self.result, "Result"),
            (&mut self.str, "str"),
            (&mut self.fmt, "fmt"),
            (&mut self.from_str, "FromStr"),
        ]
    }

    /// `#[automatically_derived]`, where a macro wrote it.
    pub(crate) fn derived(&self) -> Option<TokenStream> {
        self.derived.then(|| quote!(#[automatically_derived]))
    }

    /// `#[allow(dead_code)]`, but in a file of its own, which has that once, at its top.
    pub(crate) fn may_be_unused(&self) -> Option<TokenStream> {
        self.derived.then(
            || quote!(#[allow(dead_code, reason = "a program uses some of what is declared")]),
        )
    }
}
