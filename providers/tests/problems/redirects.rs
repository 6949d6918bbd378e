//! Redirect URIs.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/c b"
"#,
        says: "4:16 illegal-url-character
`https://app.example/c b` has white space in it
leave it out, or write it as %20",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/c%20b"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "/callback"
"#,
        says: "4:16 relative-url
`/callback` is not an absolute URL
write https://app.example.org/callback",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/callback"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "${BASE}/callback"
"#,
        says: r#"4:16 relative-url
`${BASE}/callback` is not an absolute URL
write the whole URL: nothing is filled into it, but redirect_uri = { env = "REDIRECT_URI" } is read when the program runs"#,
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = { env = "REDIRECT_URI" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "localhost:8000/cb"
"#,
        says: "4:16 relative-url
`localhost:8000/cb` is not an absolute URL
write http://localhost:8000/cb",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://localhost:8000/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "app.example.org/cb"
"#,
        says: "4:16 relative-url
`app.example.org/cb` is not an absolute URL
write https://app.example.org/cb",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example.org/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://127.0.0.1.example.org/cb"
"#,
        says: "4:16 http-not-loopback
`http://127.0.0.1.example.org/cb` is http, and its host only looks like loopback
write https://127.0.0.1.example.org/cb; http is for 127.0.0.0/8, [::1] and localhost alone",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://127.0.0.1/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://localhost.example.org/cb"
"#,
        says: "4:16 http-not-loopback
`http://localhost.example.org/cb` is http, and its host only looks like loopback
write https://localhost.example.org/cb; http is for 127.0.0.0/8, [::1] and localhost alone",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://localhost/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://[::ffff:7f00:1]/cb"
"#,
        says: "4:16 http-not-loopback
`http://[::ffff:7f00:1]/cb` is http, and its host only looks like loopback
write https://[::ffff:7f00:1]/cb; http is for 127.0.0.0/8, [::1] and localhost alone",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://[::1]:0/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://0.0.0.0/cb"
"#,
        says: "4:16 http-not-loopback
`http://0.0.0.0/cb` is http, and its host is not loopback
write https://0.0.0.0/cb; http is for 127.0.0.0/8, [::1] and localhost alone",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://127.0.0.5:80/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/cb#x"
"#,
        says: "4:16 fragment-in-url
`https://app.example/cb#x` has a fragment
leave out the `#` and all behind it",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/cb?x=1"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://bücher.example/cb"
"#,
        says: "4:16 url-not-normal
`https://bücher.example/cb` would be sent as `https://xn--bcher-kva.example/cb`
write https://xn--bcher-kva.example/cb",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://xn--bcher-kva.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://0x7f.1/cb"
"#,
        says: "4:16 url-not-normal
`http://0x7f.1/cb` would be sent as `http://127.0.0.1/cb`
write http://127.0.0.1/cb",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "http://127.0.0.1/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "myapp:/cb"
"#,
        says: "4:16 private-scheme-without-dot
`myapp:/cb` has the private-use scheme `myapp`, which has no dot
write a domain of yours in reverse, such as com.example.app:/callback (RFC 8252 section 7.1)",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "com.example.app:/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "urn:ietf:wg:oauth:2.0:oob"
"#,
        says: "4:16 private-scheme-without-dot
`urn:ietf:wg:oauth:2.0:oob` has the private-use scheme `urn`, which has no dot
out-of-band redirects are retired; listen on loopback: http://127.0.0.1/callback",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "com.example.app://cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "javascript:alert(1)"
"#,
        says: "4:16 dangerous-scheme
`javascript:alert(1)` has the scheme `javascript`
write an absolute URL: https://app.example.org/callback, or http://127.0.0.1/callback on loopback",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/cb?state=x"
"#,
        says: "4:16 reserved-parameter
the query of `redirect_uri` has the answer's own `state`
leave it out of the URL; the provider adds it",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/cb?next=x"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://*.example/cb"
"#,
        says: "4:16 malformed-url
`https://*.example/cb` has a wildcard in its host
write the one host that is meant",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://a.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/a|b"
"#,
        says: "4:16 illegal-url-character
`https://app.example/a|b` has the character `|` in it
write it percent-encoded, % as %25",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/a%7Cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = { env = "${BASE}" }
"#,
        says: r#"4:24 bad-environment-name
the environment variable's name `${BASE}` is written as shells have it
write the variable's name alone, such as { env = "CLIENT_ID" }"#,
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = { env = "BASE" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = { file = "/run/redirect" }
"#,
        says: r#"4:18 unknown-key
`file` is for `client_secret` alone
write a string or { env = "NAME" }"#,
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = { env = "NAME" }
"#,
    },
];
