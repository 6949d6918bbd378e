//! How written source calls what it uses: by whole paths, or by short names and `use` lines.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// How text becomes tokens. The compiler does it much faster than a macro, which is not optimized.
pub type Lex = fn(&str) -> TokenStream;

/// The names that written source needs, made when they are asked for: a macro is not optimized,
/// and most declarations need few.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    krate: TokenStream,
    lex: Lex,
    /// The types of a file of its own, which has `use` lines; nothing where a macro writes.
    types: Option<BTreeSet<String>>,
}

impl Names {
    /// Whole paths, which hold wherever the source stands, whatever names there are around it.
    pub(crate) fn whole_paths(krate: TokenStream, lex: Lex) -> Self {
        Names { krate, lex, types: None }
    }

    /// Short names for a file of its own that declares these types: a name that one of them has,
    /// too, stays a whole path.
    #[cfg(feature = "format")]
    pub(crate) fn short(krate: TokenStream, lex: Lex, types: BTreeSet<String>) -> Self {
        Names { krate, lex, types: Some(types) }
    }

    /// The tokens of this text, which has nothing of the user's in it.
    pub(crate) fn tokens(&self, text: &str) -> TokenStream {
        (self.lex)(text)
    }

    /// What `pkce_flow` has at its root.
    pub(crate) fn runtime(&self, name: &str) -> TokenStream {
        let krate = &self.krate;
        self.named(name, |name| quote!(#krate::#name))
    }

    /// What `pkce_flow::generated` has.
    pub(crate) fn generated(&self, name: &str) -> TokenStream {
        let krate = &self.krate;
        self.named(name, |name| quote!(#krate::generated::#name))
    }

    pub(crate) fn result(&self) -> TokenStream {
        self.named("Result", |name| quote!(::core::result::#name))
    }

    pub(crate) fn str(&self) -> TokenStream {
        self.named("str", |name| quote!(::core::primitive::#name))
    }

    pub(crate) fn fmt(&self) -> TokenStream {
        self.named("fmt", |name| quote!(::core::#name))
    }

    pub(crate) fn trait_from_str(&self) -> TokenStream {
        self.named("FromStr", |name| quote!(::core::str::#name))
    }

    fn named(&self, name: &str, whole: impl FnOnce(Ident) -> TokenStream) -> TokenStream {
        let ident = Ident::new(name, Span::call_site());
        if self.types.as_ref().is_some_and(|types| !types.contains(name)) {
            quote!(#ident)
        } else {
            whole(ident)
        }
    }

    /// Whether the trait's functions can be called on a type by its name.
    pub(crate) fn trait_in_scope(&self) -> bool {
        self.types.as_ref().is_some_and(|types| !types.contains("PkceProvider"))
    }

    /// Whether people read the source; else macros wrote it.
    pub(crate) fn for_people(&self) -> bool {
        self.types.is_some()
    }

    /// `#[automatically_derived]`, where a macro wrote it, so that lints and documentation know.
    pub(crate) fn derived(&self) -> Option<TokenStream> {
        (!self.for_people()).then(|| quote!(#[automatically_derived]))
    }

    /// `#[allow(dead_code)]`, but in a file of its own, which has that once, at its top.
    pub(crate) fn may_be_unused(&self) -> Option<TokenStream> {
        (!self.for_people()).then(
            || quote!(#[allow(dead_code, reason = "a program uses some of what is declared")]),
        )
    }
}
