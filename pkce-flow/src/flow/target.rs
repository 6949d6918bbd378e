//! Where the requests of a flow go: what the declaration says, and what metadata adds.

use http::Uri;
use pkce_flow_providers::{AuthMethod, Declaration, Metadata};
use url::Url;

use super::authorize::AuthorizationTemplate;
use super::client_auth::choose;
use crate::error::{Error, ErrorCode};

/// Everything about the provider that a flow needs, known and checked.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) authorization: AuthorizationTemplate,
    pub(crate) token: Uri,
    pub(crate) userinfo: Option<Uri>,
    pub(crate) revocation: Option<Uri>,
    pub(crate) auth_method: AuthMethod,
    /// Whether the provider promises `iss` in the callback (RFC 9207 section 3).
    pub(crate) iss_promised: bool,
}

impl Target {
    pub(crate) fn new(
        declaration: &Declaration,
        metadata: Option<&Metadata>,
        has_secret: bool,
        moved_to: Option<&Url>,
    ) -> Result<Self, Error> {
        let stated = declaration.endpoints();
        let pick = |own: &Option<String>, found: fn(&Metadata) -> Option<&String>| {
            own.clone().or_else(|| metadata.and_then(found).cloned())
        };
        let required =
            |key: &str, endpoint: Option<String>| endpoint.ok_or_else(|| unknown(declaration, key));
        let authorization = required(
            "authorization_endpoint",
            pick(&stated.authorization, |found| found.authorization_endpoint.as_ref()),
        )?;
        let token =
            required("token_endpoint", pick(&stated.token, |found| found.token_endpoint.as_ref()))?;
        let optional = |key: &str, endpoint: Option<String>| {
            endpoint.map(|endpoint| uri(key, &endpoint, moved_to)).transpose()
        };
        Ok(Target {
            authorization: AuthorizationTemplate::new(
                declaration,
                &moved(&authorization, moved_to),
            ),
            token: uri("token_endpoint", &token, moved_to)?,
            userinfo: optional(
                "userinfo_endpoint",
                pick(&stated.userinfo, |found| found.userinfo_endpoint.as_ref()),
            )?,
            revocation: optional(
                "revocation_endpoint",
                pick(&stated.revocation, |found| found.revocation_endpoint.as_ref()),
            )?,
            auth_method: choose(declaration, has_secret, metadata)?,
            iss_promised: declaration
                .authorization_response_iss_parameter_supported()
                .unwrap_or_else(|| {
                    metadata
                        .is_some_and(|found| found.authorization_response_iss_parameter_supported)
                }),
        })
    }
}

/// The endpoint as something to send to.
pub(crate) fn uri(key: &str, endpoint: &str, moved_to: Option<&Url>) -> Result<Uri, Error> {
    moved(endpoint, moved_to).parse().map_err(|source: http::uri::InvalidUri| {
        Error::new(ErrorCode::EndpointUnknown, format!("{key} is no URL to send to")).source(source)
    })
}

/// The endpoint at another origin, its path and query kept.
pub(crate) fn moved(endpoint: &str, moved_to: Option<&Url>) -> String {
    let Some(origin) = moved_to else {
        return endpoint.to_owned();
    };
    let path = endpoint
        .split_once("://")
        .and_then(|(_, rest)| rest.find(['/', '?']).map(|at| &rest[at..]))
        .unwrap_or("/");
    format!("{}{path}", origin.as_str().trim_end_matches('/'))
}

pub(crate) fn unknown(declaration: &Declaration, key: &str) -> Error {
    Error::new(
        ErrorCode::EndpointUnknown,
        format!("no {key} is known of the provider {}", declaration.name()),
    )
    .help(format!("Add {key} to its declaration"))
}
