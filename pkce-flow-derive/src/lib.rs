//! The macros of pkce-flow. Depend on `pkce-flow`, which re-exports them.

use std::path::{Path, PathBuf};

use proc_macro::{Span, TokenStream};

/// Declares a provider on a unit-like struct, or one for each variant of an enum.
///
/// Every key that a table of a providers TOML has can stand in `#[pkce(…)]`:
///
/// - `key = "string"`, `key = ["a", "list"]`, `key = true`
/// - `key = env("NAME")` for client_id, client_secret, redirect_uri, root_url, issuer and variables;
///   `client_secret = file("/run/secrets/…")`
/// - `variables(domain = "gitlab.corp.example")` for a table; a key that is no identifier is a
///   string literal there
/// - `name = "…"`, the provider's name; left out, it is the preset's, else the identifier in
///   snake_case
/// - `crate = "path"`, where `pkce-flow` was renamed
///
/// On an enum each variant is a provider, and what `#[pkce(…)]` says on the enum itself holds for
/// every variant that does not say otherwise.
///
/// All mistakes of a declaration come at once, each on the value that is wrong.
#[proc_macro_derive(PkceProvider, attributes(pkce))]
pub fn derive_pkce_provider(input: TokenStream) -> TokenStream {
    pkce_flow_codegen::derive_pkce_provider(input.into()).into()
}

/// Declares every provider of a providers TOML: a struct for each table, named in UpperCamelCase
/// after it (`rust_name` overrides), and `pub enum Provider` of all.
///
/// ```text
/// pkce_flow::providers!("providers.toml");
/// pkce_flow::providers!(pub(crate) enum Login, "config/providers.toml");
/// pkce_flow::providers!("providers.toml", crate = renamed::pkce_flow);
/// ```
///
/// The path starts at the package's folder, else beside the calling file. A change of the file
/// rebuilds. A mistake in it is reported with line and column, and shows the line.
#[proc_macro]
pub fn providers(input: TokenStream) -> TokenStream {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    // rustc names files from where cargo runs, which is the workspace's folder.
    let calling = Span::call_site().local_file().and_then(|file| std::path::absolute(file).ok());
    let beside = calling.as_deref().and_then(Path::parent).map(Path::to_owned);
    let folders: Vec<PathBuf> = [package, beside].into_iter().flatten().collect();
    pkce_flow_codegen::providers_macro(input.into(), &folders).into()
}
