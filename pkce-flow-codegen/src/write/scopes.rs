//! A preset's scopes as associated constants, so that an editor's completion lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use pkce_flow_providers::{Preset, is_identifier};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::names::Names;

/// `impl Type { pub const READ_API: &'static str = "read_api"; … }`, or nothing without scopes.
/// They are seen as far as the type is.
pub(crate) fn constants(names: &Names, ident: &Ident, preset: &'static Preset) -> TokenStream {
    if preset.scopes.is_empty() {
        return TokenStream::new();
    }
    let constants = match names.for_people() {
        true => names.tokens(&text(preset, &names.str())),
        // A macro writes it for many types, and is not optimized.
        false => {
            static WRITTEN: Mutex<BTreeMap<&str, Arc<str>>> = Mutex::new(BTreeMap::new());
            let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
            let text =
                written.entry(&preset.name).or_insert_with(|| text(preset, &names.str()).into());
            names.tokens(text)
        }
    };
    let may_be_unused = names.may_be_unused();
    quote! {
        #may_be_unused
        impl #ident { #constants }
    }
}

/// The constants, for any type that this preset stands behind.
fn text(preset: &Preset, str: &TokenStream) -> String {
    let mut constants = String::new();
    let mut taken = BTreeSet::new();
    for scope in &preset.scopes {
        let Some(constant) = constant_name(&scope.name) else { continue };
        // Two scopes may differ in punctuation alone; the first has the name.
        if taken.insert(constant.clone()) {
            let name = &scope.name;
            let doc = match scope.description.trim() {
                "" => format!(" The scope `{name}`."),
                description => format!(" `{name}`: {description}"),
            };
            let _ = write!(
                constants,
                "#[doc = {doc:?}] pub const {constant}: &'static {str} = {name:?};"
            );
        }
    }
    constants
}

/// `read:user` -> `READ_USER`; of a URL its last part. Nothing where no identifier comes of it.
fn constant_name(scope: &str) -> Option<String> {
    let short = match scope.split_once("://") {
        Some((_, rest)) => rest.trim_end_matches('/').rsplit('/').next().unwrap_or(rest),
        None => scope,
    };
    let mut name = String::new();
    for c in short.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_uppercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_').to_owned();
    is_identifier(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::constant_name;

    #[test]
    fn scopes_become_constants_that_one_would_write() {
        let cases = [
            ("read_api", Some("READ_API")),
            ("read:user", Some("READ_USER")),
            ("User.Read", Some("USER_READ")),
            ("https://www.googleapis.com/auth/drive.file", Some("DRIVE_FILE")),
            ("https://mail.google.com/", Some("MAIL_GOOGLE_COM")),
            ("42", None),
            ("*", None),
        ];
        for (scope, constant) in cases {
            assert_eq!(constant_name(scope).as_deref(), constant, "{scope}");
        }
    }
}
