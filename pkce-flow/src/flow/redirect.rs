//! Loopback redirect URIs, RFC 8252 section 7.3.

use url::Url;

/// Whether the redirect URI is one that a program on this machine listens on: http on
/// 127.0.0.0/8, `[::1]` or exactly `localhost`.
pub(crate) fn is_loopback(redirect_uri: &str) -> bool {
    Url::parse(redirect_uri)
        .is_ok_and(|url| url.scheme() == "http" && pkce_flow_providers::is_loopback(&url))
}

/// The same redirect URI on this port; all else stays byte for byte.
pub(crate) fn with_port(redirect_uri: &str, port: u16) -> Option<String> {
    if !is_loopback(redirect_uri) {
        return None;
    }
    let (scheme, rest) = redirect_uri.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = match authority.rfind(':') {
        Some(colon) if !authority[colon..].contains(']') => &authority[..colon],
        _ => authority,
    };
    Some(format!("{scheme}://{host}:{port}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_set_and_nothing_else_changes() {
        let cases = [
            ("http://127.0.0.1/cb", "http://127.0.0.1:7/cb"),
            ("http://127.0.0.1:0/cb?a=b", "http://127.0.0.1:7/cb?a=b"),
            ("http://[::1]:80/", "http://[::1]:7/"),
            ("http://[::1]", "http://[::1]:7"),
            ("http://localhost:1?x", "http://localhost:7?x"),
        ];
        for (given, wanted) in cases {
            assert_eq!(with_port(given, 7).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn what_only_looks_like_loopback_is_none() {
        for uri in [
            "https://127.0.0.1/cb",
            "http://127.0.0.1.example.org/",
            "http://localhost.example.org/",
            "http://10.0.0.1/",
            "com.example.app:/cb",
        ] {
            assert_eq!(with_port(uri, 7), None, "{uri}");
        }
    }
}
