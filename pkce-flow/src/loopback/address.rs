//! Where a loopback redirect URI is listened on, and how it reads with the real port.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::error::ListenError;
use crate::flow::redirect;

/// A redirect URI that this machine can listen on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) host: LoopbackHost,
    /// `None` where the redirect URI names no port or port 0: any free one will do.
    pub(super) port: Option<u16>,
    /// The path as a browser asks for it.
    pub(super) path: String,
    written: String,
}

/// The host of a loopback redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoopbackHost {
    Ip(IpAddr),
    /// A browser may try either family for it.
    Localhost,
}

impl LoopbackHost {
    /// The addresses to listen on; all but the first are left out where the machine lacks them.
    pub(super) fn addresses(self) -> Vec<IpAddr> {
        match self {
            Self::Ip(address) => vec![address],
            Self::Localhost => {
                vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]
            }
        }
    }
}

impl Address {
    pub(super) fn parse(redirect_uri: &str) -> Result<Self, ListenError> {
        let refuse = |why: &str| {
            ListenError::not_loopback(format!(
                "cannot listen on the redirect URI `{redirect_uri}`: {why}; use one such as \
                 `http://127.0.0.1/callback`, and register it at the provider"
            ))
        };
        let url = Url::parse(redirect_uri).map_err(|_| refuse("it is no absolute URL"))?;
        if url.scheme() != "http" {
            return Err(refuse("only `http` can be served on loopback"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("it has userinfo"));
        }
        if url.fragment().is_some() {
            return Err(refuse("it has a fragment"));
        }
        let host = match url.host() {
            Some(Host::Ipv4(ip)) if ip.is_loopback() => LoopbackHost::Ip(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) if ip.is_loopback() => LoopbackHost::Ip(IpAddr::V6(ip)),
            Some(Host::Domain("localhost")) => LoopbackHost::Localhost,
            _ => return Err(refuse("its host is not 127.0.0.1, [::1] or localhost")),
        };
        // `Url::port` hides the default port.
        let port = match written_port(redirect_uri) {
            "" => None,
            digits => match digits.parse().map_err(|_| refuse("its port is no number"))? {
                0 => None,
                port => Some(port),
            },
        };
        let path = url.path().to_owned();
        Ok(Self { host, port, path, written: redirect_uri.to_owned() })
    }

    /// The redirect URI with the real port; byte for byte as written where it names its port.
    pub(super) fn with_port(&self, port: u16) -> String {
        let found =
            if self.port.is_none() { redirect::with_port(&self.written, port) } else { None };
        found.unwrap_or_else(|| self.written.clone())
    }
}

/// The port as it stands in a URL; nothing where there is none.
fn written_port(url: &str) -> &str {
    let after_scheme = url.split_once("//").map_or("", |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    // The colons of an IPv6 address stand in brackets.
    let after_host = authority.rsplit(']').next().unwrap_or_default();
    after_host.split_once(':').map_or("", |(_, port)| port)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(uri: &str) -> Address {
        Address::parse(uri).unwrap_or_else(|error| panic!("{uri}: {error}"))
    }

    #[test]
    fn a_port_is_read_as_written_even_the_default_one() {
        for (uri, port) in [
            ("http://127.0.0.1:8000/callback", Some(8000)),
            ("http://127.0.0.1:80/callback", Some(80)),
            ("http://127.0.0.1/callback", None),
            ("http://127.0.0.1:0/callback", None),
            ("http://127.0.0.1", None),
            ("http://[::1]:9000/cb", Some(9000)),
            ("http://[::1]/cb", None),
            ("http://localhost?a=b:1", None),
        ] {
            assert_eq!(parsed(uri).port, port, "{uri}");
        }
    }

    #[test]
    fn the_real_port_goes_where_the_port_stands() {
        for (uri, expected) in [
            ("http://127.0.0.1/callback", "http://127.0.0.1:4711/callback"),
            ("http://127.0.0.1:0/callback", "http://127.0.0.1:4711/callback"),
            ("http://127.0.0.1", "http://127.0.0.1:4711"),
            ("http://[::1]/cb?x=%41", "http://[::1]:4711/cb?x=%41"),
            ("http://localhost:0?x=y", "http://localhost:4711?x=y"),
            ("http://127.0.0.1:8000/call%62ack", "http://127.0.0.1:8000/call%62ack"),
        ] {
            assert_eq!(parsed(uri).with_port(4711), expected);
        }
    }

    #[test]
    fn every_loopback_address_is_taken_and_nothing_else() {
        for uri in ["http://127.0.0.1/", "http://127.8.9.10/", "http://[::1]/", "http://localhost/"]
        {
            parsed(uri);
        }
        for uri in [
            "https://127.0.0.1/",
            "http://127.0.0.1.example.org/",
            "http://localhost.example.org/",
            "http://app.localhost/",
            "http://[::ffff:127.0.0.1]/",
            "http://192.168.0.1/",
            "http://0.0.0.0/",
            "http://127.0.0.1@evil.example/",
            "http://user@127.0.0.1/",
            "http://127.0.0.1/#fragment",
            "com.example.app:/callback",
            "/callback",
            "",
        ] {
            let error = Address::parse(uri).expect_err(uri);
            assert_eq!(error.kind(), super::super::ListenErrorKind::NotLoopback, "{uri}");
        }
    }

    #[test]
    fn the_path_is_what_a_browser_asks_for() {
        assert_eq!(parsed("http://127.0.0.1").path, "/");
        assert_eq!(parsed("http://127.0.0.1:1/oauth/callback/?a=b").path, "/oauth/callback/");
    }
}
