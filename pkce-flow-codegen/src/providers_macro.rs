//! `providers!("file.toml")`.

use std::path::PathBuf;

use pkce_flow_providers::{ProvidersToml, resolve};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token, Visibility};

use crate::write::{SetNames, enum_fallback, set};

/// `pub enum Name, "file.toml", crate = path`; the first and the last part may be left out.
struct Input {
    vis: TokenStream,
    set: Ident,
    file: LitStr,
    krate: TokenStream,
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (vis, set) = if input.peek(LitStr) {
            (quote!(pub), Ident::new("Provider", Span::call_site()))
        } else {
            let vis: Visibility = input.parse()?;
            if !input.peek(Token![enum]) {
                return Err(input.error(
                    "expected the path of a providers TOML, such as providers!(\"providers.toml\"), \
                     or `pub enum Name,` before it",
                ));
            }
            input.parse::<Token![enum]>()?;
            let set = input.parse()?;
            input.parse::<Token![,]>()?;
            (vis.to_token_stream(), set)
        };
        let file = input.parse()?;
        let mut krate = quote!(::pkce_flow);
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
            if !input.is_empty() {
                input.parse::<Token![crate]>()?;
                input.parse::<Token![=]>()?;
                krate = input.call(syn::Path::parse_mod_style)?.to_token_stream();
            }
        }
        Ok(Input { vis, set, file, krate })
    }
}

/// The expansion of `providers!(…)`. The file is looked for in these folders, one after the other:
/// the package's, then the calling file's.
#[must_use]
pub fn providers_macro(input: TokenStream, folders: &[PathBuf]) -> TokenStream {
    syn::parse2(input)
        .and_then(|input| expand(&input, folders))
        .unwrap_or_else(|error: syn::Error| error.to_compile_error())
}

fn expand(input: &Input, folders: &[PathBuf]) -> syn::Result<TokenStream> {
    let written = input.file.value();
    let fail = |what: String| syn::Error::new(input.file.span(), what);
    let path = find(&written, folders).map_err(&fail)?;
    let text = std::fs::read_to_string(&path)
        .map_err(|error| fail(format!("{} cannot be read: {error}", path.display())))?;
    let Some(path) = path.to_str() else {
        return Err(fail(format!("the path {} is not UTF-8", path.display())));
    };
    // So that a change of the file rebuilds what was made of it.
    let rebuild = quote!(
        const _: &[u8] = ::core::include_bytes!(#path);
    );
    let declarations = ProvidersToml::parse(&text)
        .and_then(|file| file.drafts().iter().cloned().map(resolve).collect::<Result<Vec<_>, _>>());
    Ok(match declarations {
        Ok(declarations) => {
            let names = SetNames { vis: input.vis.clone(), set: input.set.clone(), file: written };
            let tokens = set(&input.krate, &names, &declarations);
            quote!(#rebuild #tokens)
        }
        Err(problems) => {
            let error = fail(format!("{}", problems.in_file(&written))).to_compile_error();
            let fallback = enum_fallback(&input.krate, &input.vis, &input.set);
            let (vis, set) = (&input.vis, &input.set);
            quote!(#rebuild #error #vis enum #set {} #fallback)
        }
    })
}

fn find(written: &str, folders: &[PathBuf]) -> Result<PathBuf, String> {
    let tried: Vec<_> = folders.iter().map(|folder| folder.join(written)).collect();
    tried.iter().find(|path| path.is_file()).cloned().ok_or_else(|| {
        let tried: Vec<_> = tried.iter().map(|path| format!("`{}`", path.display())).collect();
        format!("there is no file {}", tried.join(", nor "))
    })
}
