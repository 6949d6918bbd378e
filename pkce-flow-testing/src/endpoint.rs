//! The endpoints, and the paths at which they are served.

use std::{collections::HashMap, fmt};

/// An endpoint of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// `authorization_endpoint` (RFC 6749 section 3.1): `/authorize`.
    Authorization,
    /// `token_endpoint` (RFC 6749 section 3.2): `/token`.
    Token,
    /// `revocation_endpoint` (RFC 7009): `/revoke`.
    Revocation,
    /// `userinfo_endpoint` (OpenID Connect Core 1.0 section 5.3): `/userinfo`. It needs `openid`.
    UserInfo,
    /// A provider's own profile API, which wants a bearer token and knows no scopes: `/profile`.
    Profile,
    /// OpenID's metadata: the issuer's path, then `/.well-known/openid-configuration`.
    OpenidConfiguration,
    /// The metadata of RFC 8414: `/.well-known/oauth-authorization-server`, then the issuer's path.
    OauthAuthorizationServer,
}

impl Endpoint {
    /// All endpoints.
    pub const ALL: &'static [Self] = &[
        Self::Authorization,
        Self::Token,
        Self::Revocation,
        Self::UserInfo,
        Self::Profile,
        Self::OpenidConfiguration,
        Self::OauthAuthorizationServer,
    ];

    /// Its short name, such as `token`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::Token => "token",
            Self::Revocation => "revocation",
            Self::UserInfo => "userinfo",
            Self::Profile => "profile",
            Self::OpenidConfiguration => "openid-configuration",
            Self::OauthAuthorizationServer => "oauth-authorization-server",
        }
    }

    fn default_path(self, issuer_path: &str) -> String {
        let name = match self {
            Self::Authorization => "/authorize",
            Self::Token => "/token",
            Self::Revocation => "/revoke",
            Self::UserInfo => "/userinfo",
            Self::Profile => "/profile",
            Self::OpenidConfiguration => "/.well-known/openid-configuration",
            // RFC 8414 section 3.1 puts the well-known part before the issuer's path.
            Self::OauthAuthorizationServer => {
                return format!("/.well-known/oauth-authorization-server{issuer_path}");
            }
        };
        format!("{issuer_path}{name}")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Which endpoint answers at which path.
#[derive(Debug)]
pub(crate) struct Paths {
    primary: HashMap<Endpoint, String>,
    by_path: HashMap<String, Endpoint>,
}

impl Paths {
    /// `moved` has the paths that replace the usual ones.
    pub(crate) fn new(issuer_path: &str, moved: Vec<(Endpoint, String)>) -> Self {
        let mut primary: HashMap<_, _> = Endpoint::ALL
            .iter()
            .map(|endpoint| (*endpoint, endpoint.default_path(issuer_path)))
            .collect();
        primary.extend(moved);
        let by_path = primary.iter().map(|(endpoint, path)| (path.clone(), *endpoint)).collect();
        Self { primary, by_path }
    }

    pub(crate) fn serve_at(&mut self, endpoint: Endpoint, path: &str) {
        self.by_path.insert(with_slash(path), endpoint);
    }

    pub(crate) fn at(&self, path: &str) -> Option<Endpoint> {
        self.by_path.get(path).copied()
    }

    pub(crate) fn primary(&self, endpoint: Endpoint) -> &str {
        self.primary.get(&endpoint).map_or("/", String::as_str)
    }
}

/// A path always starts with a slash.
pub(crate) fn with_slash(path: &str) -> String {
    if path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_metadata_documents_sit_where_their_standards_say() {
        let paths = Paths::new("/tenant/a", Vec::new());
        assert_eq!(
            paths.primary(Endpoint::OpenidConfiguration),
            "/tenant/a/.well-known/openid-configuration"
        );
        assert_eq!(
            paths.primary(Endpoint::OauthAuthorizationServer),
            "/.well-known/oauth-authorization-server/tenant/a"
        );
    }

    #[test]
    fn an_endpoint_answers_at_every_path_that_it_was_given() {
        let mut paths = Paths::new("", vec![(Endpoint::Token, "/oauth/token".into())]);
        paths.serve_at(Endpoint::Token, "login/oauth/access_token");
        assert_eq!(paths.at("/oauth/token"), Some(Endpoint::Token));
        assert_eq!(paths.at("/login/oauth/access_token"), Some(Endpoint::Token));
        assert_eq!(paths.at("/token"), None);
        assert_eq!(paths.primary(Endpoint::Token), "/oauth/token");
    }
}
