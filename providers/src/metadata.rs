//! Discovery: RFC 8414 and OpenID Connect metadata. Pure: it makes URLs and reads documents.

use std::fmt;

use serde_json::{Map, Value};

use crate::check::{Said, Use, check_url};
use crate::excerpt::{printable, quoted};
use crate::path::FieldPath;
use crate::report::Report;

/// The largest document that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;
/// The largest number of items of one list.
const MAX_ITEMS: usize = 1000;

/// What an authorization server says about itself (RFC 8414 section 2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Metadata {
    /// The issuer, byte for byte the one that was asked for.
    pub issuer: String,
    /// RFC 6749 section 3.1.
    pub authorization_endpoint: Option<String>,
    /// RFC 6749 section 3.2.
    pub token_endpoint: Option<String>,
    /// OpenID Connect's UserInfo endpoint.
    pub userinfo_endpoint: Option<String>,
    /// RFC 7009.
    pub revocation_endpoint: Option<String>,
    /// RFC 7662.
    pub introspection_endpoint: Option<String>,
    /// RFC 8628.
    pub device_authorization_endpoint: Option<String>,
    /// RFC 9126.
    pub pushed_authorization_request_endpoint: Option<String>,
    /// OpenID Connect RP-Initiated Logout.
    pub end_session_endpoint: Option<String>,
    /// Where the keys are.
    pub jwks_uri: Option<String>,
    /// How clients may authenticate; nothing where the document does not say.
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// The challenge methods; where they are listed, S256 is among them.
    pub code_challenge_methods_supported: Option<Vec<String>>,
    /// How callbacks' parameters may travel.
    pub response_modes_supported: Option<Vec<String>>,
    /// The scopes that the server has.
    pub scopes_supported: Option<Vec<String>>,
    /// The algorithms of ID tokens' signatures.
    pub id_token_signing_alg_values_supported: Option<Vec<String>>,
    /// Whether callbacks always have `iss` (RFC 9207 section 3).
    pub authorization_response_iss_parameter_supported: bool,
}

/// Why a metadata document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataError {
    code: &'static str,
    what: String,
    help: String,
}

impl MetadataError {
    fn new(code: &'static str, what: String, help: &str) -> MetadataError {
        MetadataError { code, what, help: help.to_owned() }
    }

    /// Every code there is; each has a page in [`codes`](crate::codes).
    pub const CODES: &'static [&'static str] = &[
        "metadata-not-json",
        "metadata-too-large",
        "metadata-issuer-mismatch",
        "metadata-bad-url",
        "metadata-wrong-type",
        "metadata-no-s256",
    ];

    /// The stable code, such as `metadata-issuer-mismatch`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// What is wrong.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.help)
    }
}

impl std::error::Error for MetadataError {}

impl Metadata {
    /// Reads the document that the issuer `issuer` gave.
    ///
    /// The document's issuer must be equal, byte by byte (RFC 8414 section 3.3). Endpoints are
    /// checked as those of a declaration are. Without `code_challenge_methods_supported` S256 is
    /// used; a list without S256 is an error. Unknown members are passed over.
    ///
    /// # Errors
    /// The first thing that makes the document unusable.
    pub fn parse(json: &[u8], issuer: &str) -> Result<Metadata, MetadataError> {
        let document = object(json)?;
        check_issuer(&document, issuer)?;
        let metadata = Metadata {
            issuer: issuer.to_owned(),
            authorization_endpoint: url(&document, "authorization_endpoint")?,
            token_endpoint: url(&document, "token_endpoint")?,
            userinfo_endpoint: url(&document, "userinfo_endpoint")?,
            revocation_endpoint: url(&document, "revocation_endpoint")?,
            introspection_endpoint: url(&document, "introspection_endpoint")?,
            device_authorization_endpoint: url(&document, "device_authorization_endpoint")?,
            pushed_authorization_request_endpoint: url(
                &document,
                "pushed_authorization_request_endpoint",
            )?,
            end_session_endpoint: url(&document, "end_session_endpoint")?,
            jwks_uri: url(&document, "jwks_uri")?,
            token_endpoint_auth_methods_supported: list(
                &document,
                "token_endpoint_auth_methods_supported",
            )?,
            code_challenge_methods_supported: list(&document, "code_challenge_methods_supported")?,
            response_modes_supported: list(&document, "response_modes_supported")?,
            scopes_supported: list(&document, "scopes_supported")?,
            id_token_signing_alg_values_supported: list(
                &document,
                "id_token_signing_alg_values_supported",
            )?,
            authorization_response_iss_parameter_supported: flag(
                &document,
                "authorization_response_iss_parameter_supported",
            )?,
        };
        let methods = metadata.code_challenge_methods_supported.as_ref();
        if methods.is_some_and(|methods| !methods.iter().any(|method| method == "S256")) {
            return Err(MetadataError::new(
                "metadata-no-s256",
                "the metadata lists code_challenge_methods_supported without S256".to_owned(),
                "this provider cannot be used with PKCE as RFC 9700 asks for it",
            ));
        }
        Ok(metadata)
    }
}

/// Where OpenID Connect Discovery has the metadata of `issuer`: the path is appended.
///
/// ```
/// use pkce_flow_providers::openid_configuration_url;
///
/// assert_eq!(
///     openid_configuration_url("https://idp.example/tenant"),
///     "https://idp.example/tenant/.well-known/openid-configuration"
/// );
/// ```
pub fn openid_configuration_url(issuer: &str) -> String {
    format!("{}/.well-known/openid-configuration", issuer.strip_suffix('/').unwrap_or(issuer))
}

/// Where RFC 8414 section 3.1 has the metadata of `issuer`: between host and path.
///
/// ```
/// use pkce_flow_providers::oauth_authorization_server_url;
///
/// assert_eq!(
///     oauth_authorization_server_url("https://idp.example/tenant"),
///     "https://idp.example/.well-known/oauth-authorization-server/tenant"
/// );
/// ```
pub fn oauth_authorization_server_url(issuer: &str) -> String {
    let behind_scheme = issuer.find("://").map_or(0, |at| at + 3);
    let path = issuer[behind_scheme..].find('/').map_or(issuer.len(), |at| behind_scheme + at);
    let (host, path) = issuer.split_at(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    format!("{host}/.well-known/oauth-authorization-server{path}")
}

fn object(json: &[u8]) -> Result<Map<String, Value>, MetadataError> {
    let help = "check that the issuer is the provider's, and see what it answers there";
    if json.len() > MAX_BYTES {
        let what = format!("the metadata is larger than {MAX_BYTES} bytes");
        return Err(MetadataError::new("metadata-too-large", what, help));
    }
    match serde_json::from_slice(json) {
        Ok(Value::Object(document)) => Ok(document),
        Ok(_) => {
            let what = "the metadata is JSON, but not an object".to_owned();
            Err(MetadataError::new("metadata-not-json", what, help))
        }
        Err(error) => {
            let what = format!("the metadata is not JSON: {}", printable(&error.to_string()));
            Err(MetadataError::new("metadata-not-json", what, help))
        }
    }
}

fn check_issuer(document: &Map<String, Value>, issuer: &str) -> Result<(), MetadataError> {
    match document.get("issuer") {
        Some(Value::String(found)) if found == issuer => Ok(()),
        Some(Value::String(found)) => Err(MetadataError::new(
            "metadata-issuer-mismatch",
            format!("the metadata is of the issuer {}, not of {}", quoted(found), quoted(issuer)),
            "write the issuer exactly as the provider does, also its last slash",
        )),
        _ => Err(MetadataError::new(
            "metadata-issuer-mismatch",
            "the metadata names no issuer".to_owned(),
            "RFC 8414 section 2 requires it; state the endpoints instead",
        )),
    }
}

fn url(document: &Map<String, Value>, key: &str) -> Result<Option<String>, MetadataError> {
    let text = match document.get(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text,
        Some(_) => return Err(wrong_type(key, "a string")),
    };
    let mut report = Report::default();
    let said = Said::literal(text, FieldPath::root().key(key));
    match check_url(&said, Use::Endpoint, &mut report) {
        Some(_) => Ok(Some(text.clone())),
        None => {
            let what =
                report.into_vec().into_iter().next().map(|problem| problem.what().to_owned());
            let what = format!("the metadata's `{key}`: {}", what.unwrap_or_default());
            let help = "the provider must correct it; state the endpoints instead";
            Err(MetadataError::new("metadata-bad-url", what, help))
        }
    }
}

fn list(document: &Map<String, Value>, key: &str) -> Result<Option<Vec<String>>, MetadataError> {
    let items = match document.get(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(items)) if items.len() <= MAX_ITEMS => items,
        Some(_) => return Err(wrong_type(key, "a list of strings")),
    };
    let read: Option<Vec<String>> =
        items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
    read.map(Some).ok_or_else(|| wrong_type(key, "a list of strings"))
}

fn flag(document: &Map<String, Value>, key: &str) -> Result<bool, MetadataError> {
    match document.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(value)) => Ok(*value),
        Some(_) => Err(wrong_type(key, "true or false")),
    }
}

fn wrong_type(key: &str, takes: &str) -> MetadataError {
    let what = format!("the metadata's `{key}` is not {takes}");
    MetadataError::new("metadata-wrong-type", what, "state the endpoints instead of the issuer")
}
