//! `providers!("file.toml")`.

use std::path::{Path, PathBuf};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Token, Visibility};

use crate::checked::declarations;
use crate::write::{Lex, Names, Set, set};

/// `pub enum Name, "file.toml", crate = path`; the first and the last part may be left out.
struct Input {
    vis: TokenStream,
    set: Ident,
    file: LitStr,
    krate: TokenStream,
}

const USAGE: &str = "write providers!(\"providers.toml\"), or \
                     providers!(pub enum Login, \"providers.toml\")";

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (vis, set) = if input.peek(LitStr) {
            (quote!(pub), Ident::new("Provider", Span::call_site()))
        } else {
            let attributes = input.call(Attribute::parse_outer)?;
            if let Some(attribute) = attributes.first() {
                let what = "the enum takes no attributes\nhelp: leave it out";
                return Err(syn::Error::new_spanned(attribute, what));
            }
            let vis: Visibility = input.parse()?;
            if !input.peek(Token![enum]) {
                let what = format!("expected the path of a providers TOML\nhelp: {USAGE}");
                return Err(input.error(what));
            }
            input.parse::<Token![enum]>()?;
            let set = input.parse()?;
            if input.is_empty() {
                let what = format!("the path of the providers TOML is missing\nhelp: {USAGE}");
                return Err(syn::Error::new(input.span(), what));
            }
            input.parse::<Token![,]>()?;
            (vis.to_token_stream(), set)
        };
        let file = input.parse().map_err(|error: syn::Error| {
            let what = "the path of the providers TOML is a string literal";
            syn::Error::new(error.span(), format!("{what}\nhelp: {USAGE}"))
        })?;
        let mut krate = quote!(::pkce_flow);
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                if !input.peek(Token![crate]) {
                    let what = "after the path only `crate = …` may stand";
                    return Err(input.error(format!("{what}\nhelp: {USAGE}")));
                }
                input.parse::<Token![crate]>()?;
                input.parse::<Token![=]>()?;
                krate = if input.peek(LitStr) {
                    input.parse::<LitStr>()?.parse_with(syn::Path::parse_mod_style)?
                } else {
                    input.call(syn::Path::parse_mod_style)?
                }
                .to_token_stream();
                input.parse::<Option<Token![,]>>()?;
            }
        }
        Ok(Input { vis, set, file, krate })
    }
}

/// The expansion of `providers!(…)`. The file is looked for in these folders, one after the other:
/// the package's, then the calling file's.
#[must_use]
pub fn providers_macro(input: TokenStream, folders: &[PathBuf], lex: Lex) -> TokenStream {
    match syn::parse2(input) {
        Ok(input) => expand(&input, folders, lex),
        Err(error) => error.to_compile_error(),
    }
}

fn expand(input: &Input, folders: &[PathBuf], lex: Lex) -> TokenStream {
    let written = input.file.value();
    let names = Names::whole_paths(input.krate.clone(), lex);
    let (path, text) = match find(&written, folders).and_then(|path| read(&path)) {
        Ok(found) => found,
        Err(what) => return failed(input, &what),
    };
    // So that a change of the file rebuilds what was made of it.
    let rebuild = quote!(
        const _: &[::core::primitive::u8] = ::core::include_bytes!(#path);
    );
    let expansion = match declarations(&text, &input.set.to_string()) {
        Ok(declarations) => {
            let (vis, ident) = (input.vis.clone(), input.set.clone());
            set(&Set { names, vis, ident, file: &written }, &declarations)
        }
        Err(problems) => {
            let problems = problems.in_file(&written);
            let (first, more) = match problems.len() {
                1 => ("a mistake in the providers TOML".to_owned(), ""),
                many => (format!("{many} mistakes in the providers TOML"), "\n"),
            };
            let all: Vec<_> = problems.iter().map(ToString::to_string).collect();
            failed(input, &format!("{first}\n\n{}", all.join(&format!("\n{more}"))))
        }
    };
    quote!(#rebuild #expansion)
}

/// The message on the path, and nothing else: of a name that a failed macro may have made the
/// compiler says nothing, and an enum without variants would be one error for each use.
fn failed(input: &Input, what: &str) -> TokenStream {
    syn::Error::new(input.file.span(), what).to_compile_error()
}

fn find(written: &str, folders: &[PathBuf]) -> Result<PathBuf, String> {
    let tried: Vec<_> = folders.iter().map(|folder| folder.join(written)).collect();
    tried.iter().find(|path| path.is_file()).cloned().ok_or_else(|| {
        if let Some(folder) = tried.iter().find(|path| path.is_dir()) {
            let folder = folder.display();
            return format!("`{folder}` is a folder\nhelp: write the path of a providers TOML");
        }
        let tried: Vec<_> = tried.iter().map(|path| format!("`{}`", path.display())).collect();
        format!(
            "there is no file {}\nhelp: the path starts at the package's folder, else beside this \
             file",
            tried.join(", nor ")
        )
    })
}

/// The path as `include_bytes!` takes it, and what the file holds.
fn read(path: &Path) -> Result<(String, String), String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    match path.to_str() {
        Some(path) => Ok((path.to_owned(), text)),
        None => Err(format!("the path {} is not UTF-8", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use quote::quote;

    use proc_macro2::TokenStream;

    use super::providers_macro;

    fn lex(text: &str) -> TokenStream {
        text.parse().expect("it is Rust")
    }

    #[test]
    fn a_file_that_is_nowhere_is_named_with_each_place_where_it_was_looked_for() {
        let folders = [PathBuf::from("/no/package"), PathBuf::from("/no/package/src")];
        let said = providers_macro(quote!("providers.toml"), &folders, lex).to_string();
        let what = "there is no file `/no/package/providers.toml`, nor \
                    `/no/package/src/providers.toml`";
        assert!(said.contains(what), "{said}");
    }

    #[test]
    fn what_is_no_path_is_told_how_to_call_it() {
        for input in [
            quote!(),
            quote!(FILE),
            quote!(pub enum Login),
            quote!(pub enum Login, FILE),
            quote!(struct Login, "providers.toml"),
            quote!(#[derive(Clone)] enum Login, "providers.toml"),
            quote!("providers.toml", enum Login),
        ] {
            let said = providers_macro(input.clone(), &[], lex).to_string();
            assert!(said.contains("help: "), "{input}: {said}");
        }
    }
}
