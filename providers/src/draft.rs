//! What a person wrote, before anything was checked.

use std::collections::BTreeMap;

use crate::deviations::DeviationsDraft;
use crate::path::FieldPath;
use crate::value::{ScopeDraft, SecretSource, Text};

/// One declaration as it was written: a table of a providers TOML, attributes, or code.
///
/// Nothing in it was checked. [`resolve`](crate::resolve) fills it from its preset,
/// [`check`](crate::check) and [`declare`](crate::declare) check it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The provider's name: the table's name, `gitlab` of `[providers.gitlab]`.
    pub name: String,
    /// The name of the preset that fills what is left out.
    pub preset: Option<String>,
    /// The values of the preset's variables.
    pub variables: BTreeMap<String, Text>,
    /// The client identifier (RFC 6749 section 2.2).
    pub client_id: Option<Text>,
    /// Where the client secret comes from (RFC 6749 section 2.3.1).
    pub client_secret: Option<SecretSource>,
    /// Where the provider sends the browser back to (RFC 6749 section 3.1.2).
    pub redirect_uri: Option<Text>,
    /// The scope that is asked for (RFC 6749 section 3.3).
    pub scope: Option<ScopeDraft>,
    /// Scopes of [`scope`](Self::scope) that the provider has, though each looks like a slip of
    /// one that is known.
    pub unlisted_scope: Vec<String>,
    /// The URL that relative endpoints start at.
    pub root_url: Option<Text>,
    /// The issuer identifier (RFC 8414 section 2, RFC 9207).
    pub issuer: Option<Text>,
    /// The authorization endpoint (RFC 6749 section 3.1).
    pub authorization_endpoint: Option<Text>,
    /// The token endpoint (RFC 6749 section 3.2).
    pub token_endpoint: Option<Text>,
    /// OpenID Connect's UserInfo endpoint.
    pub userinfo_endpoint: Option<Text>,
    /// The revocation endpoint (RFC 7009).
    pub revocation_endpoint: Option<Text>,
    /// The introspection endpoint (RFC 7662).
    pub introspection_endpoint: Option<Text>,
    /// The device authorization endpoint (RFC 8628).
    pub device_authorization_endpoint: Option<Text>,
    /// The pushed authorization request endpoint (RFC 9126).
    pub pushed_authorization_request_endpoint: Option<Text>,
    /// OpenID Connect's end session endpoint.
    pub end_session_endpoint: Option<Text>,
    /// Where the provider's keys are (RFC 8414 section 2).
    pub jwks_uri: Option<Text>,
    /// `false`: the issuer has no metadata to ask for.
    pub discovery: Option<bool>,
    /// The issuer of ID tokens, with a claim's name in braces where tenants differ.
    pub issuer_template: Option<String>,
    /// Further issuers that ID tokens may name.
    pub id_token_issuers: Vec<String>,
    /// Whether the callback always has `iss` (RFC 9207 section 3).
    pub authorization_response_iss_parameter_supported: Option<bool>,
    /// How the client authenticates at the token endpoint (RFC 7591 section 2).
    pub token_endpoint_auth_method: Option<String>,
    /// The algorithm of ID tokens' signatures.
    pub id_token_signed_response_alg: Option<String>,
    /// Scopes that the provider is known to have.
    pub scopes_supported: Vec<String>,
    /// `true`: the provider has scopes of its users' own, so that one which is not known is no
    /// slip.
    pub scopes_open: Option<bool>,
    /// The challenge methods that the provider lists (RFC 8414 section 2).
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// How the callback's parameters travel: `query` or `form_post`.
    pub response_mode: Option<String>,
    /// Parameters that each authorization request carries besides the flow's own.
    pub extra_authorization_params: Vec<(String, String)>,
    /// Parameters that each token request carries besides the flow's own.
    pub extra_token_params: Vec<(String, String)>,
    /// The provider's own profile API.
    pub profile: Option<ProfileDraft>,
    /// How the provider departs from the RFCs.
    pub deviations: DeviationsDraft,
    /// The provider's name for people.
    pub display_name: Option<String>,
    /// Where the provider documents its OAuth 2.0.
    pub documentation: Option<String>,
    /// The generated type's name, instead of the one made from [`Draft::name`].
    pub rust_name: Option<String>,
    /// The address of the table that this draft was read from; the root where there was none.
    pub path: FieldPath,
}

/// A provider's own profile API, unchecked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProfileDraft {
    /// The URL of the call.
    pub url: Option<Text>,
    /// `GET` (the default) or `POST`.
    pub method: Option<String>,
    /// Headers that the call carries.
    pub headers: Vec<(String, String)>,
    /// The dotted path to the subject in the JSON answer.
    pub subject: Option<String>,
    /// The dotted path to the name.
    pub name: Option<String>,
    /// The dotted path to the e-mail address.
    pub email: Option<String>,
    /// The dotted path to whether the address was verified.
    pub email_verified: Option<String>,
    /// The dotted path to the picture's URL.
    pub picture: Option<String>,
}
