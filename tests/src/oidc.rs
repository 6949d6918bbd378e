//! oidc-provider with clients of every kind, and declarations of them.

use serde_json::{Value, json};
use url::Url;

use crate::{NodeServer, TestAuthority};

/// The variable that the declarations read the client secret from.
pub const SECRET_VARIABLE: &str = "TEST_CLIENT_SECRET";

/// A client secret with every character that the form encoding of client_secret_basic changes
/// (RFC 6749 section 2.3.1).
pub const SECRET: &str = "s:e+c%r/e t&=~";

/// How a client authenticates at the token endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// It does not: a public client.
    Public,
    /// client_secret_basic.
    Basic,
    /// client_secret_post.
    Post,
}

impl Client {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Public, Self::Basic, Self::Post];

    /// The client_id, which is the name of its table too.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Basic => "basic",
            Self::Post => "post",
        }
    }

    const fn method(self) -> &'static str {
        match self {
            Self::Public => "none",
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
        }
    }
}

/// The npm package oidc-provider with the clients of [`Client`], each with the loopback redirect
/// URIs `http://127.0.0.1/callback` and `http://127.0.0.1/other`, on any port.
#[derive(Debug)]
pub struct OidcProvider(NodeServer);

impl OidcProvider {
    /// Starts it over http.
    ///
    /// # Panics
    ///
    /// As [`NodeServer::oidc_provider`].
    pub fn start() -> Self {
        Self::with_tls(&Value::Null)
    }

    /// Starts it over https, with the authority's certificate.
    ///
    /// # Panics
    ///
    /// As [`NodeServer::oidc_provider`].
    pub fn start_under(authority: &TestAuthority) -> Self {
        Self::with_tls(&authority.tls())
    }

    /// The issuer.
    pub fn issuer(&self) -> &str {
        self.0.url()
    }

    /// Waits until the server tells why it refused a request. To the client it only says that "the
    /// grant request is invalid".
    ///
    /// # Panics
    ///
    /// Where it does not.
    #[track_caller]
    pub fn refused_because(&self, reason: &str) {
        self.0.wait_for_line(|line| line.contains(reason));
    }

    /// A providers TOML with a table for each client: the issuer alone, no endpoint.
    pub fn declared_by_issuer(&self) -> String {
        self.tables(&format!("issuer = \"{}\"", self.issuer()))
    }

    /// A providers TOML with a table for each client: every endpoint, and no issuer to ask.
    pub fn declared_by_endpoints(&self) -> String {
        let url = self.issuer();
        self.tables(&format!(
            "authorization_endpoint = \"{url}/auth\"\n\
             token_endpoint = \"{url}/token\"\n\
             userinfo_endpoint = \"{url}/me\"\n\
             revocation_endpoint = \"{url}/token/revocation\""
        ))
    }

    fn tables(&self, server: &str) -> String {
        let table = |client: Client| {
            let (id, method) = (client.id(), client.method());
            let mut table = format!(
                "[providers.{id}]\n\
                 {server}\n\
                 client_id = \"{id}\"\n\
                 redirect_uri = \"http://127.0.0.1/callback\"\n\
                 scope = \"openid profile email\"\n"
            );
            if client != Client::Public {
                table += &format!(
                    "client_secret = {{ env = \"{SECRET_VARIABLE}\" }}\n\
                     token_endpoint_auth_method = \"{method}\"\n"
                );
            }
            table
        };
        Client::ALL.map(table).join("\n")
    }

    fn with_tls(tls: &Value) -> Self {
        let clients = Client::ALL.map(|client| {
            let mut metadata = json!({
                "client_id": client.id(),
                "token_endpoint_auth_method": client.method(),
                "redirect_uris": ["http://127.0.0.1/callback", "http://127.0.0.1/other"],
            });
            if client != Client::Public {
                metadata["client_secret"] = SECRET.into();
            }
            metadata
        });
        Self(NodeServer::oidc_provider(&json!({ "clients": clients, "tls": tls })))
    }
}

/// The value of a parameter of a URL's query.
///
/// # Panics
///
/// Where the URL is none.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap_or_else(|error| panic!("{url} is no URL: {error}"));
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The URL with another value of a parameter.
///
/// # Panics
///
/// Where the URL is none.
pub fn with_parameter(url: &str, name: &str, value: &str) -> String {
    let mut url = Url::parse(url).unwrap_or_else(|error| panic!("{url} is no URL: {error}"));
    let pairs: Vec<(String, String)> = url
        .query_pairs()
        .map(|(key, old)| (key.to_string(), if key == name { value.into() } else { old.into() }))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url.into()
}
