//! Clients as the server knows them, and the rule for their redirect URIs.

use std::fmt;

/// How a client proves who it is at the token endpoint (`token_endpoint_auth_method`, RFC 7591
/// section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuth {
    /// `none`: a public client, which names itself by `client_id`.
    None,
    /// `client_secret_basic`: id and secret are percent-encoded first (RFC 6749 section 2.3.1).
    Basic,
    /// `client_secret_basic` as some providers take it: id and secret just as they are.
    BasicRaw,
    /// `client_secret_post`: `client_id` and `client_secret` in the body.
    Post,
    /// [`Basic`](Self::Basic) or [`Post`](Self::Post), whichever the client uses.
    BasicOrPost,
}

/// An application that is registered at the server.
///
/// ```
/// use pkce_flow_testing::{Client, ClientAuth};
///
/// let web = Client::confidential("web", "a secret for tests")
///     .auth(ClientAuth::Basic)
///     .redirect_uri("https://app.example/callback")
///     .name("The web shop");
/// # let _ = web;
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) id: String,
    pub(crate) secret: Option<String>,
    pub(crate) auth: ClientAuth,
    pub(crate) name: Option<String>,
    redirect_uris: Vec<String>,
}

/// Where a client without a redirect URI of its own is sent.
const DEFAULT_REDIRECT_URI: &str = "http://127.0.0.1/callback";

impl Client {
    /// A client without a secret: a desktop program, a command line.
    pub fn public(client_id: impl Into<String>) -> Self {
        Self {
            id: client_id.into(),
            secret: None,
            auth: ClientAuth::None,
            name: None,
            redirect_uris: Vec::new(),
        }
    }

    /// A client with a secret, which it may send either way ([`ClientAuth::BasicOrPost`]).
    pub fn confidential(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self {
            secret: Some(client_secret.into()),
            auth: ClientAuth::BasicOrPost,
            ..Self::public(client_id)
        }
    }

    /// Sets the one way in which this client must authenticate.
    pub fn auth(mut self, auth: ClientAuth) -> Self {
        self.auth = auth;
        self
    }

    /// Adds a redirect URI. Without any it is `http://127.0.0.1/callback`.
    ///
    /// It is compared byte for byte. A loopback one (`http://127.0.0.1`, `http://[::1]`, and
    /// `http://localhost` too) matches with any port (RFC 8252 section 7.3).
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uris.push(uri.into());
        self
    }

    /// The name that the consent page shows. Without one it shows the id.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub(crate) fn first_redirect_uri(&self) -> &str {
        self.redirect_uris.first().map_or(DEFAULT_REDIRECT_URI, String::as_str)
    }

    pub(crate) fn allows_redirect_to(&self, uri: &str) -> bool {
        if self.redirect_uris.is_empty() {
            return matches(DEFAULT_REDIRECT_URI, uri);
        }
        self.redirect_uris.iter().any(|known| matches(known, uri))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("auth", &self.auth)
            .field("redirect_uris", &self.redirect_uris)
            .finish_non_exhaustive()
    }
}

fn matches(known: &str, asked: &str) -> bool {
    if asked.contains('#') || asked.chars().any(char::is_control) {
        return false;
    }
    known == asked
        || match (loopback_parts(known), loopback_parts(asked)) {
            (Some(known), Some(asked)) => known == asked,
            _ => false,
        }
}

/// Host and the rest of an http URL on loopback, its port left out.
fn loopback_parts(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = match authority.rsplit_once(':') {
        // The colons of a bare `[::1]` belong to the address.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let port_is_good = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let host_is_loopback = matches!(host, "127.0.0.1" | "[::1]" | "localhost");
    (port_is_good && host_is_loopback).then_some((host, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(known: &str, asked: &str) -> bool {
        Client::public("app").redirect_uri(known).allows_redirect_to(asked)
    }

    #[test]
    fn a_loopback_redirect_matches_with_any_port() {
        assert!(allowed("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"));
        assert!(allowed("http://127.0.0.1:8000/cb", "http://127.0.0.1/cb"));
        assert!(allowed("http://[::1]/cb", "http://[::1]:49152/cb"));
        assert!(allowed("http://localhost/cb", "http://localhost:1/cb"));
    }

    #[test]
    fn everything_but_the_port_must_be_equal() {
        for asked in [
            "http://127.0.0.1:1/other",
            "http://127.0.0.1:1/cb/",
            "http://127.0.0.1:1/cb?a=b",
            "http://localhost:1/cb",
            "http://[::1]:1/cb",
            "https://127.0.0.1:1/cb",
            "http://127.0.0.1.example.org:1/cb",
            "http://127.0.0.1:1@example.org/cb",
            "http://127.0.0.1:99999/cb",
            "http://127.0.0.1:/cb",
            "http://127.0.0.1:1/cb#fragment",
            "http://127.0.0.1:1/CB",
            "",
        ] {
            assert!(!allowed("http://127.0.0.1/cb", asked), "{asked}");
        }
    }

    #[test]
    fn a_redirect_elsewhere_is_compared_byte_for_byte() {
        assert!(allowed("https://app.example/cb", "https://app.example/cb"));
        for asked in [
            "https://app.example:443/cb",
            "https://APP.example/cb",
            "https://app.example/cb/../cb",
            "https://app.example/cb?x",
        ] {
            assert!(!allowed("https://app.example/cb", asked), "{asked}");
        }
    }

    #[test]
    fn the_secret_is_not_in_the_debug_output() {
        let client = Client::confidential("web", "planted-secret");
        assert!(!format!("{client:?}").contains("planted-secret"));
    }
}
