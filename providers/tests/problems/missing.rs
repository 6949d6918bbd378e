//! What must be there.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
"#,
        says: r#"1:12 missing-client-id
`client_id` is missing
write client_id = "…", or { env = "NAME" }: the provider gave it when the application was registered"#,
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
"#,
        says: r#"1:12 missing-redirect-uri
`redirect_uri` is missing
write redirect_uri = "https://…", or "http://127.0.0.1/callback" on loopback, as it was registered"#,
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
        says: r#"1:12 missing-endpoint
there is neither `authorization_endpoint` nor `token_endpoint`
write both out, or root_url = "https://…/", or the issuer, whose metadata gives them, or a preset"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
issuer = "https://sso.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
issuer = "https://sso.example"
discovery = false
"#,
        says: "1:12 missing-endpoint
there is neither `authorization_endpoint` nor `token_endpoint`, and discovery = false
write both out, or leave out discovery = false",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
issuer = "https://sso.example"
discovery = true
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
authorization_endpoint = "https://sso.example/a"
"#,
        says: r#"1:12 missing-endpoint
`token_endpoint` is missing
write it out, or root_url = "https://…/", or the issuer, whose metadata gives it, or a preset"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
authorization_endpoint = "https://sso.example/a"
token_endpoint = "https://sso.example/t"
"#,
    },
    Case {
        bad: r#"[providers.github]
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
        says: r#"1:12 missing-endpoint
there is neither `authorization_endpoint` nor `token_endpoint`
write preset = "github", or root_url, or issuer, or the endpoint itself"#,
        good: r#"[providers.github]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "github"
"#,
        says: r#"1:12 missing-client-secret
the preset `github` needs a `client_secret`
write client_secret = { env = "APP_CLIENT_SECRET" }"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "github"
client_secret = { env = "S" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint_auth_method = "client_secret_post"
"#,
        says: r#"1:12 missing-client-secret
`client_secret_post` needs a `client_secret`
write client_secret = { env = "APP_CLIENT_SECRET" }, or leave token_endpoint_auth_method out"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint_auth_method = "client_secret_post"
client_secret = { env = "S" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
profile = { subject = "id" }
"#,
        says: "5:1 missing-profile-url
the profile has no `url`
write profile.url, or leave the profile out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
profile = { url = "me", subject = "id" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint_auth_method = "basic"
"#,
        says: "6:30 unknown-auth-method
`basic` is not a client authentication known here
write client_secret_basic; there are client_secret_basic, client_secret_post, none",
        good: r#"[providers.app]
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint_auth_method = "client_secret_basic"
"#,
    },
];
