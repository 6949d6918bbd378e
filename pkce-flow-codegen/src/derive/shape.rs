//! What may carry a declaration: a struct without fields, or an enum of variants without.

use pkce_flow_providers::keys::DECLARATION_KEYS;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, Ident};

use super::place::Place;

/// A type that can carry declarations, or what comes nearest.
pub(crate) enum Shape {
    Struct,
    Enum(Vec<VariantShape>),
    /// Nothing that a declaration could be about.
    Neither,
}

pub(crate) struct VariantShape {
    pub(crate) ident: Ident,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) cfgs: Vec<TokenStream>,
}

/// The shape; what is wrong with it is collected.
pub(crate) fn read(input: &DeriveInput, errors: &mut Vec<syn::Error>) -> Shape {
    if !input.generics.params.is_empty() {
        errors.push(syn::Error::new_spanned(
            &input.generics,
            format!(
                "a provider is one declaration, so its type has no parameters\nhelp: write `{} {}` \
                 without them",
                keyword(&input.data),
                input.ident
            ),
        ));
        return Shape::Neither;
    }
    match &input.data {
        Data::Struct(data) => {
            if let Some(attribute) = of_a_field(&data.fields) {
                errors.push(Place::at(attribute).mistake(
                    "#[pkce(…)] stands on a field: a provider's keys stand above the struct",
                    &format!(
                        "write #[pkce(preset = \"…\", client_id = env(\"CLIENT_ID\"), \
                         redirect_uri = \"…\")] above `struct {};`",
                        input.ident
                    ),
                ));
                return Shape::Neither;
            }
            if !data.fields.is_empty() {
                errors.push(fields(&data.fields, &format!("struct {};", input.ident), "struct"));
            }
            Shape::Struct
        }
        Data::Enum(data) => {
            if data.variants.is_empty() {
                let what = format!("the enum `{}` has no variant", input.ident);
                let help = "write one for each provider, each with its own #[pkce(…)]";
                errors.push(Place::at(input.ident.span()).mistake(&what, help));
                return Shape::Neither;
            }
            let variants = data.variants.iter().map(|variant| {
                if !variant.fields.is_empty() {
                    errors.push(fields(&variant.fields, &variant.ident.to_string(), "variant"));
                }
                if variant.ident == "ALL" {
                    let what = "the variant `ALL` hides the constant of all providers";
                    let help = "call it otherwise; name = \"all\" keeps the provider's name";
                    errors.push(Place::at(variant.ident.span()).mistake(what, help));
                }
                let cfgs =
                    variant.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
                VariantShape {
                    ident: variant.ident.clone(),
                    cfgs: cfgs.map(|attribute| attribute.to_token_stream()).collect(),
                    attributes: variant.attrs.clone(),
                }
            });
            Shape::Enum(variants.collect())
        }
        Data::Union(data) => {
            errors.push(Place::at(data.union_token.span()).mistake(
                "a union cannot be a provider",
                "write a struct without fields, or an enum",
            ));
            Shape::Neither
        }
    }
}

/// Where `#[pkce(…)]` stands on a field.
fn of_a_field(fields: &Fields) -> Option<Span> {
    let attributes = fields.iter().flat_map(|field| &field.attrs);
    let ours = attributes.filter_map(|attribute| attribute.path().get_ident());
    ours.filter(|ident| *ident == "pkce").map(Ident::span).next()
}

fn keyword(data: &Data) -> &'static str {
    match data {
        Data::Struct(_) => "struct",
        Data::Enum(_) => "enum",
        Data::Union(_) => "union",
    }
}

fn fields(fields: &Fields, instead: &str, kind: &str) -> syn::Error {
    let is_key = |name: &Ident| DECLARATION_KEYS.iter().any(|key| name == key.name);
    let key = fields.iter().filter_map(|field| field.ident.as_ref()).find(|name| is_key(name));
    let more = key.map_or_else(String::new, |key| {
        let variable = key.to_string().to_ascii_uppercase();
        format!("; what differs from place to place is read: #[pkce({key} = env(\"{variable}\"))]")
    });
    let what = format!("a provider's {kind} has no fields\nhelp: write `{instead}`{more}");
    syn::Error::new_spanned(fields, what)
}
