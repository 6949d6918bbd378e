//! Issuers and endpoints.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example\\token"
"#,
        says: r#"5:18 illegal-url-character
`https://sso.example\token` has a backslash in it
write / where a slash is meant"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example\n"
"#,
        says: r#"5:10 illegal-url-character
`https://sso.example\n` has a control character in it
leave it out"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://"
"#,
        says: "5:10 malformed-url
`https://` is not a URL: empty host
write an absolute https URL, such as https://sso.example.org/",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "http://sso.example/token"
"#,
        says: "5:18 http-not-loopback
`http://sso.example/token` is http, and its host is not loopback
write https://sso.example/token; http is for 127.0.0.0/8, [::1] and localhost alone",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "ftp://sso.example/token"
"#,
        says: "5:18 scheme-not-https
`ftp://sso.example/token` has the scheme `ftp`
write an https URL; http is for loopback only",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://me:hunter2@sso.example"
"#,
        says: "5:10 userinfo-in-url
the URL of `issuer` has userinfo before its host
leave out everything from behind `//` up to the `@`",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example?tenant=1"
"#,
        says: "5:10 query-in-url
`https://sso.example?tenant=1` has a query
leave out the `?` and all behind it",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example/tenant/1"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://SSO.example"
"#,
        says: "5:10 url-not-normal
`https://SSO.example` would be sent as `https://sso.example`
write https://sso.example",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example/"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example:443/token"
"#,
        says: "5:18 url-not-normal
`https://sso.example:443/token` would be sent as `https://sso.example/token`
write https://sso.example/token",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example:8443/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/a/../token"
"#,
        says: "5:18 url-not-normal
`https://sso.example/a/../token` would be sent as `https://sso.example/token`
write https://sso.example/token",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
authorization_endpoint = "authorize"
token_endpoint = "https://sso.example/token"
"#,
        says: r#"4:26 relative-without-root-url
`authorize` is relative, and there is no root_url
write root_url = "https://…/" beside it, or an absolute URL"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
authorization_endpoint = "authorize"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "/token"
"#,
        says: "5:18 bad-relative-endpoint
the relative endpoint `/token` begins with `/`
write token",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "../token"
"#,
        says: "5:18 bad-relative-endpoint
the relative endpoint `../token` has `.` or `..` in it
write a path below root_url, or an absolute URL",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "v2/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "a\\token"
"#,
        says: r#"5:18 bad-relative-endpoint
the relative endpoint `a\token` has a backslash in it
write / where a slash is meant"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "a/token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
authorization_endpoint = "authorize?client_id=x"
"#,
        says: "5:26 reserved-parameter
the query of `authorization_endpoint` has the flow's own `client_id`
leave it out of the URL; each login makes its own",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
authorization_endpoint = "authorize?tenant=x"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "./token"
"#,
        says: "5:18 bad-relative-endpoint
the relative endpoint `./token` has `.` or `..` in it
write a path below root_url, or an absolute URL",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "...token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "..%2Ftoken"
"#,
        says: "5:18 bad-relative-endpoint
the relative endpoint `..%2Ftoken` has an encoded dot or slash in it
write it without the encoding",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "%20token"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "tök"
"#,
        says: "5:18 url-not-normal
`tök` would be sent as `https://sso.example/oauth/t%C3%B6k`
write https://sso.example/oauth/t%C3%B6k",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "t%C3%B6k"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https:sso.example"
"#,
        says: "5:10 malformed-url
`https:sso.example` has no `//` behind its scheme
write an absolute https URL, such as https://sso.example.org/",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/%zz"
"#,
        says: "5:18 illegal-url-character
`https://sso.example/%zz` has a `%` without two hexadecimal digits behind it
write it percent-encoded, % as %25",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint = "https://sso.example/%25zz"
"#,
    },
];
