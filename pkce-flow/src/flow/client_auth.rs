//! Client authentication at the token and revocation endpoints, RFC 6749 section 2.3.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pkce_flow_providers::{AuthMethod, Declaration, Metadata};
use zeroize::Zeroizing;

use super::encode;
use crate::error::{Error, ErrorCode};
use crate::secret::Secret;

/// How one request authenticates the client.
pub(crate) struct ClientAuth {
    pub(crate) way: Way,
    secret: Option<Secret>,
}

/// Exactly one way (RFC 6749 section 2.3).
pub(crate) enum Way {
    /// The value of the header `Authorization`.
    Header(Zeroizing<String>),
    /// Parameters of the body.
    Body(Vec<(&'static str, Zeroizing<String>)>),
}

impl ClientAuth {
    pub(crate) fn new(
        declaration: &Declaration,
        method: AuthMethod,
        secret: Option<&Secret>,
    ) -> Result<Self, Error> {
        let client_id = declaration.client_id();
        let id = || ("client_id", Zeroizing::new(client_id.to_owned()));
        let secret_or_error = || {
            secret.ok_or_else(|| {
                Error::new(
                    ErrorCode::ClientSecret,
                    format!("the method {} needs a client secret", method.as_str()),
                )
                .help("Add client_secret to the declaration, or hand it to the builder")
            })
        };
        let way = match method {
            AuthMethod::ClientSecretBasic => {
                let secret = secret_or_error()?;
                let raw = declaration.deviations().raw_client_secret_basic;
                Way::Header(basic(client_id, secret, raw))
            }
            AuthMethod::ClientSecretPost => {
                let secret = Zeroizing::new(secret_or_error()?.expose().to_owned());
                Way::Body(vec![id(), ("client_secret", secret)])
            }
            _ => Way::Body(vec![id()]),
        };
        Ok(ClientAuth { way, secret: secret.cloned() })
    }

    /// What must be hidden where a provider sends it back: these, and those of the request.
    pub(crate) fn secrets<'a>(&'a self, of_request: &[&'a str]) -> Vec<&'a str> {
        let mut secrets = of_request.to_vec();
        secrets.extend(self.secret.as_ref().map(Secret::expose));
        if let Way::Header(value) = &self.way {
            secrets.extend(value.strip_prefix("Basic "));
        }
        secrets
    }
}

/// RFC 6749 section 2.3.1 has both parts percent-encoded before they become Basic's user name and
/// password; some providers decode nothing.
fn basic(client_id: &str, secret: &Secret, raw: bool) -> Zeroizing<String> {
    let mut pair = Zeroizing::new(String::new());
    if raw {
        pair.push_str(client_id);
        pair.push(':');
        pair.push_str(secret.expose());
    } else {
        encode::push(&mut pair, client_id);
        pair.push(':');
        encode::push(&mut pair, secret.expose());
    }
    Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())))
}

/// The method to use: the declared one; else `none` without a secret; else basic where the metadata
/// lists it, lists nothing, or lists only `none`; else post.
pub(crate) fn choose(
    declaration: &Declaration,
    has_secret: bool,
    metadata: Option<&Metadata>,
) -> Result<AuthMethod, Error> {
    if let Some(method) = declaration.token_endpoint_auth_method() {
        return Ok(method);
    }
    if !has_secret {
        return Ok(AuthMethod::None);
    }
    let listed = metadata
        .and_then(|metadata| metadata.token_endpoint_auth_methods_supported.as_deref())
        .unwrap_or_default();
    let lists = |name: &str| listed.iter().any(|method| method == name);
    if lists("client_secret_basic") || listed.iter().all(|method| method == "none") {
        Ok(AuthMethod::ClientSecretBasic)
    } else if lists("client_secret_post") {
        Ok(AuthMethod::ClientSecretPost)
    } else {
        Err(Error::new(
            ErrorCode::AuthMethodUnknown,
            format!(
                "the provider {} takes a secret in no way known here: its metadata lists {}",
                declaration.name(),
                listed
                    .iter()
                    .map(|method| crate::error::tame(method))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        )
        .help("State token_endpoint_auth_method in the declaration"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_credentials_are_percent_encoded_unless_raw() {
        let secret = Secret::new("s:e+c r%t/ü");
        let decoded = |raw| {
            let value = basic("my:app", &secret, raw);
            let bytes = STANDARD.decode(value.trim_start_matches("Basic ")).expect("base64");
            String::from_utf8(bytes).expect("text")
        };
        assert_eq!(decoded(false), "my%3Aapp:s%3Ae%2Bc%20r%25t%2F%C3%BC");
        assert_eq!(decoded(true), "my:app:s:e+c r%t/ü");
    }
}
