//! Several declarations that share a redirect_uri.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.gitlab]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"

[providers.google]
preset = "google"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
        says: "9:16 mix-up
`gitlab` has the same redirect_uri, and `iss` does not tell their callbacks apart: `gitlab` is not known to send it always
give each provider a redirect_uri of its own and register it there; else one provider can get a code of the other (mix-up, RFC 9700 section 4.4)",
        good: r#"[providers.gitlab]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb/gitlab"

[providers.google]
preset = "google"
client_id = "id"
redirect_uri = "https://app.example/cb/google"
"#,
    },
    // The slash of a host alone makes no other URL.
    Case {
        bad: r#"[providers.one]
issuer = "https://one.example"
authorization_response_iss_parameter_supported = true
client_id = "id"
redirect_uri = "https://app.example"

[providers.two]
root_url = "https://two.example/"
client_id = "id"
redirect_uri = "https://app.example/"
"#,
        says: "10:16 mix-up
`one` has the same redirect_uri, and `iss` does not tell their callbacks apart: `two` has no issuer
give each provider a redirect_uri of its own and register it there; else one provider can get a code of the other (mix-up, RFC 9700 section 4.4)",
        good: r#"[providers.one]
issuer = "https://one.example"
authorization_response_iss_parameter_supported = true
client_id = "id"
redirect_uri = "https://app.example"

[providers.two]
issuer = "https://two.example"
root_url = "https://two.example/"
authorization_response_iss_parameter_supported = true
client_id = "id"
redirect_uri = "https://app.example/"
"#,
    },
    Case {
        bad: r#"[providers.one]
issuer = "https://sso.example"
authorization_response_iss_parameter_supported = true
client_id = "id"
redirect_uri = "com.example.app:/cb"

[providers.two]
issuer = "https://sso.example"
authorization_response_iss_parameter_supported = true
client_id = "other"
redirect_uri = "com.example.app:/cb"
"#,
        says: "11:16 mix-up
`one` has the same redirect_uri, and `iss` does not tell their callbacks apart: both have the same issuer
give each provider a redirect_uri of its own and register it there; else one provider can get a code of the other (mix-up, RFC 9700 section 4.4)",
        // Metadata is asked for before a login, and says whether iss is sent.
        good: r#"[providers.one]
issuer = "https://one.example"
client_id = "id"
redirect_uri = "com.example.app:/cb"

[providers.two]
issuer = "https://two.example"
client_id = "other"
redirect_uri = "com.example.app:/cb"
"#,
    },
    Case {
        bad: r#"[providers.one]
issuer = "https://one.example"
authorization_response_iss_parameter_supported = false
client_id = "id"
redirect_uri = "https://app.example/cb"

[providers.two]
issuer = "https://two.example"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
        says: "10:16 mix-up
`one` has the same redirect_uri, and `iss` does not tell their callbacks apart: `one` is not known to send it always
give each provider a redirect_uri of its own and register it there; else one provider can get a code of the other (mix-up, RFC 9700 section 4.4)",
        good: r#"[providers.one]
root_url = "https://one.example/"
client_id = "id"
redirect_uri = "http://127.0.0.1:8000/cb"

[providers.two]
root_url = "https://two.example/"
client_id = "id"
redirect_uri = "http://127.0.0.1:8000/cb"
"#,
    },
];
