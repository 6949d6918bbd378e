//! The macros of pkce-flow. Depend on `pkce-flow`, which re-exports them.

use std::path::{Path, PathBuf};

use proc_macro::{Span, TokenStream};

/// Declares a provider on a struct without fields, or one on each variant of an enum.
///
/// ```text
/// #[derive(PkceProvider)]
/// #[pkce(
///     preset = "gitlab",
///     client_id = "our application id",
///     client_secret = env("GITLAB_CLIENT_SECRET"),
///     redirect_uri = "http://127.0.0.1:8000/oauth/gitlab/callback/",
///     scope = "read_api",
/// )]
/// struct GitLab;
/// ```
///
/// # Keys and values
///
/// Every key that a table of a providers TOML has can stand in `#[pkce(…)]`, but for `rust_name`:
///
/// - `key = "string"`, `key = ["a", "list"]`, `key = true`
/// - `key = env("NAME")` for client_id, client_secret, redirect_uri, root_url, issuer and variables:
///   the variable is read when the manager is made; `client_secret = file("/run/secrets/…")`
/// - `variables(domain = "gitlab.corp.example")` for a table; a key that is no identifier is a
///   string literal there
///
/// A value is written out. Constants, macros such as `concat!` and other expressions are none:
/// attributes are read before any of those is known. A literal that a `macro_rules!` macro was
/// given can stand there.
///
/// Two keys are the attributes' own:
///
/// - `name = "…"`, the provider's name: ASCII letters, digits, `-` and `_`, as it may be a part of
///   URLs (`/login/{provider}`). Left out, it is the preset's, else the identifier in snake_case.
/// - `crate = "path"` or `crate = $crate::path`, where `pkce-flow` was renamed or re-exported
///
/// # Structs
///
/// The struct gets the trait `PkceProvider`, and its preset's scopes as associated constants:
/// `GitLab::READ_API`.
///
/// # Enums
///
/// ```text
/// #[derive(PkceProvider)]
/// #[pkce(client_id = env("CLIENT_ID"))] // for all of them
/// enum Login {
///     #[pkce(preset = "gitlab", redirect_uri = "https://app.example/login/gitlab/callback")]
///     GitLab,
///     #[pkce(preset = "google", redirect_uri = "https://app.example/login/google/callback")]
///     Google,
/// }
/// ```
///
/// Each variant is a provider: `Login::GitLab.manager()`. The enum gets the methods `manager`,
/// `manager_builder`, `name` and `declared`, the constant `ALL` of all variants, `Display`, which
/// shows the name, and `FromStr`, which reads it.
///
/// What `#[pkce(…)]` says on the enum itself holds for every variant that does not say otherwise:
///
/// - A variant's value takes the place of the enum's. A `scope` does so whole: nothing is merged
///   into it, so that what is asked for stands in one place.
/// - Tables (`variables`, `extra_authorization_params`, `extra_token_params`, `profile`,
///   `deviations`) are merged key by key, as those of a preset are.
/// - A variant with a preset of its own takes no `variables` of the enum's preset. Beside it, or
///   beside a `root_url` of its own, the enum must not say where another provider is (`root_url`,
///   `issuer`, endpoints): that is an error, since codes of one provider would go to another.
/// - Where the preset is the enum's, a variant's name is its identifier in snake_case.
///
/// Two variants of one name are an error; so are two with one redirect_uri where the issuer cannot
/// tell their callbacks apart (mix-up, RFC 9700 section 4.4).
///
/// # Mistakes
///
/// All mistakes of a declaration come at once, each on the value that is wrong, and nothing else
/// follows from them.
#[proc_macro_derive(PkceProvider, attributes(pkce))]
pub fn derive_pkce_provider(input: TokenStream) -> TokenStream {
    pkce_flow_codegen::derive_pkce_provider(input.into(), lex).into()
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
/// The structs are seen as far as the enum is. Struct and enum get what
/// [`derive(PkceProvider)`](macro@PkceProvider) gives them, and `Debug`; the enum gets `Clone`,
/// `Copy`, `PartialEq`, `Eq` and `Hash`, too.
///
/// The path starts at the package's folder, else beside the calling file. A change of the file
/// rebuilds. Mistakes in it come all at once, each with line and column, and show the line.
#[proc_macro]
pub fn providers(input: TokenStream) -> TokenStream {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    // rustc names files from where cargo runs, which is the workspace's folder.
    let calling = Span::call_site().local_file().and_then(|file| std::path::absolute(file).ok());
    let beside = calling.as_deref().and_then(Path::parent).map(Path::to_owned);
    let folders: Vec<PathBuf> = [package, beside].into_iter().flatten().collect();
    pkce_flow_codegen::providers_macro(input.into(), &folders, lex).into()
}

/// By the compiler, which is optimized.
fn lex(text: &str) -> proc_macro2::TokenStream {
    // What the generator writes always parses.
    text.parse::<TokenStream>().unwrap_or_default().into()
}
