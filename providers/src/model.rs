//! The checked model. [`declare`](crate::declare) alone makes it.

use crate::deviations::Deviations;
use crate::path::FieldPath;
use crate::value::SecretSource;

/// A declaration that was checked: a provider and a registration, ready to be used.
///
/// URLs and the client_id are byte for byte what was written.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Where the declaration was read; problems of a set say so.
    pub(crate) path: FieldPath,
    pub(crate) name: String,
    pub(crate) display_name: String,
    pub(crate) documentation: Option<String>,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<SecretSource>,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Vec<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) issuer_template: Option<String>,
    pub(crate) id_token_issuers: Vec<String>,
    pub(crate) endpoints: Endpoints,
    pub(crate) needs_discovery: bool,
    pub(crate) discovery: bool,
    pub(crate) iss_supported: Option<bool>,
    pub(crate) auth_method: Option<AuthMethod>,
    pub(crate) response_mode: Option<ResponseMode>,
    pub(crate) extra_authorization_params: Vec<(String, String)>,
    pub(crate) extra_token_params: Vec<(String, String)>,
    pub(crate) profile: Option<ProfileApi>,
    pub(crate) deviations: Deviations,
    pub(crate) id_token_signed_response_alg: Option<String>,
    pub(crate) scopes_supported: Vec<String>,
    pub(crate) scopes_open: bool,
}

impl Declaration {
    /// The provider's name, as the table or the code calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The provider's name for people; [`name`](Self::name) where none was given.
    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    /// Where the provider documents its OAuth 2.0.
    pub fn documentation(&self) -> Option<&str> {
        self.documentation.as_deref()
    }

    /// The client identifier (RFC 6749 section 2.2).
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Where the client secret comes from; nothing for a public client.
    pub fn client_secret(&self) -> Option<&SecretSource> {
        self.client_secret.as_ref()
    }

    /// The redirect URI (RFC 6749 section 3.1.2), byte for byte as written.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The scope tokens to ask for, in the order written.
    pub fn scope(&self) -> &[String] {
        &self.scope
    }

    /// The issuer identifier, byte for byte as written: what a callback's `iss` (RFC 9207) and an
    /// ID token's are compared with. Nothing means that it is not known.
    pub fn issuer(&self) -> Option<&str> {
        self.issuer.as_deref()
    }

    /// The issuer of ID tokens with a claim's name in braces, such as `{tenantid}`.
    pub fn issuer_template(&self) -> Option<&str> {
        self.issuer_template.as_deref()
    }

    /// Further issuers that ID tokens may name.
    pub fn id_token_issuers(&self) -> &[String] {
        &self.id_token_issuers
    }

    /// The endpoints that are known without metadata, as absolute URLs.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// Tells whether metadata must be asked for before a login can begin: the authorization or the
    /// token endpoint is missing, and the issuer is known.
    pub fn needs_discovery(&self) -> bool {
        self.needs_discovery
    }

    /// Tells whether metadata may be asked for at all: the issuer is known and `discovery` is not
    /// `false`.
    pub fn allows_discovery(&self) -> bool {
        self.discovery && self.issuer.is_some()
    }

    /// Whether the callback always has `iss` (RFC 9207 section 3), where that is stated.
    pub fn authorization_response_iss_parameter_supported(&self) -> Option<bool> {
        self.iss_supported
    }

    /// How the client authenticates at the token endpoint. Nothing: there is a secret and no
    /// method was stated, so the provider's metadata decides.
    pub fn token_endpoint_auth_method(&self) -> Option<AuthMethod> {
        self.auth_method
    }

    /// How the callback's parameters travel, where that is stated.
    pub fn response_mode(&self) -> Option<ResponseMode> {
        self.response_mode
    }

    /// Parameters of each authorization request besides the flow's own.
    pub fn extra_authorization_params(&self) -> &[(String, String)] {
        &self.extra_authorization_params
    }

    /// Parameters of each token request besides the flow's own.
    pub fn extra_token_params(&self) -> &[(String, String)] {
        &self.extra_token_params
    }

    /// The provider's own profile API.
    pub fn profile(&self) -> Option<&ProfileApi> {
        self.profile.as_ref()
    }

    /// How the provider departs from the RFCs.
    pub fn deviations(&self) -> &Deviations {
        &self.deviations
    }

    /// The algorithm of ID tokens' signatures, where it is stated.
    pub fn id_token_signed_response_alg(&self) -> Option<&str> {
        self.id_token_signed_response_alg.as_deref()
    }

    /// Scopes that the provider is known to have. It may have more.
    pub fn scopes_supported(&self) -> &[String] {
        &self.scopes_supported
    }

    /// Tells whether the provider has scopes of its users' own beside
    /// [`scopes_supported`](Self::scopes_supported).
    pub fn scopes_open(&self) -> bool {
        self.scopes_open
    }
}

/// The endpoints of a provider, each an absolute URL, byte for byte as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Endpoints {
    /// The authorization endpoint (RFC 6749 section 3.1).
    pub authorization: Option<String>,
    /// The token endpoint (RFC 6749 section 3.2).
    pub token: Option<String>,
    /// OpenID Connect's UserInfo endpoint.
    pub userinfo: Option<String>,
    /// The revocation endpoint (RFC 7009).
    pub revocation: Option<String>,
    /// The introspection endpoint (RFC 7662).
    pub introspection: Option<String>,
    /// The device authorization endpoint (RFC 8628).
    pub device_authorization: Option<String>,
    /// The pushed authorization request endpoint (RFC 9126).
    pub pushed_authorization_request: Option<String>,
    /// OpenID Connect's end session endpoint.
    pub end_session: Option<String>,
    /// Where the provider's keys are (RFC 8414 section 2).
    pub jwks_uri: Option<String>,
}

/// How a client authenticates at the token endpoint (RFC 7591 section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthMethod {
    /// HTTP Basic (RFC 6749 section 2.3.1).
    ClientSecretBasic,
    /// `client_id` and `client_secret` in the body (RFC 6749 section 2.3.1).
    ClientSecretPost,
    /// A public client: `client_id` in the body, no secret.
    None,
}

impl AuthMethod {
    /// Every method there is.
    pub const ALL: &'static [AuthMethod] =
        &[AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::None];

    /// The name of RFC 7591 section 2.
    pub const fn as_str(self) -> &'static str {
        match self {
            AuthMethod::ClientSecretBasic => "client_secret_basic",
            AuthMethod::ClientSecretPost => "client_secret_post",
            AuthMethod::None => "none",
        }
    }

    /// The method of this name, if there is one.
    pub fn from_name(name: &str) -> Option<AuthMethod> {
        AuthMethod::ALL.iter().copied().find(|method| method.as_str() == name)
    }
}

/// How the callback's parameters travel (OAuth 2.0 Multiple Response Types, Form Post).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of the redirect.
    Query,
    /// In the body of a POST to the redirect URI.
    FormPost,
}

impl ResponseMode {
    /// The value of the parameter `response_mode`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ResponseMode::Query => "query",
            ResponseMode::FormPost => "form_post",
        }
    }

    /// The mode of this name, if there is one.
    pub fn from_name(name: &str) -> Option<ResponseMode> {
        [ResponseMode::Query, ResponseMode::FormPost].into_iter().find(|mode| mode.as_str() == name)
    }
}

/// A provider's own profile API. The paths are dotted paths into the JSON answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileApi {
    /// The absolute URL of the call.
    pub url: String,
    /// `GET` or `POST`.
    pub method: String,
    /// Headers that the call carries.
    pub headers: Vec<(String, String)>,
    /// Where the subject sits.
    pub subject: Option<String>,
    /// Where the name sits.
    pub name: Option<String>,
    /// Where the e-mail address sits.
    pub email: Option<String>,
    /// Where it says whether the address was verified.
    pub email_verified: Option<String>,
    /// Where the picture's URL sits.
    pub picture: Option<String>,
}
