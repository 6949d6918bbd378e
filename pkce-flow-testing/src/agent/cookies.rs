//! Cookies for the length of one visit.

/// Cookies by host, as browsers share them between ports. Paths and lifetimes are not looked at.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<Cookie>);

#[derive(Debug)]
struct Cookie {
    host: String,
    name: String,
    value: String,
}

impl Cookies {
    /// Keeps what a `Set-Cookie` header says. An empty value, or an age of 0, removes.
    pub(super) fn keep(&mut self, host: &str, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        self.0.retain(|known| known.host != host || known.name != name);
        let removes = parts.any(|attribute| attribute.eq_ignore_ascii_case("max-age=0"));
        if !removes && !value.is_empty() {
            self.0.push(Cookie {
                host: host.to_owned(),
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
    }

    /// The value of the `Cookie` header for a host.
    pub(super) fn header(&self, host: &str) -> Option<String> {
        let of_host = self.0.iter().filter(|cookie| cookie.host == host);
        let pairs: Vec<String> =
            of_host.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_sent_to_their_host_alone_and_replaced_by_name() {
        let mut cookies = Cookies::default();
        cookies.keep("127.0.0.1", "session=1; HttpOnly; Path=/");
        cookies.keep("127.0.0.1", "session=2");
        cookies.keep("127.0.0.1", "other=3");
        assert_eq!(cookies.header("127.0.0.1").as_deref(), Some("session=2; other=3"));
        assert_eq!(cookies.header("localhost"), None);
        cookies.keep("127.0.0.1", "session=; Max-Age=0");
        assert_eq!(cookies.header("127.0.0.1").as_deref(), Some("other=3"));
    }
}
