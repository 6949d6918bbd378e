//! The rest of the model.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "com.example.app:/cb"
response_mode = "form_post"
"#,
        says: "5:17 contradiction
a form is not posted to a private-use scheme, and `response_mode` is form_post
leave response_mode out, or write an https redirect_uri",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "com.example.app:/cb"
response_mode = "query"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { "Acc ept" = "x" } }
"#,
        says: "5:42 bad-header
`Acc ept` is not the name of a header
write letters, digits and -, such as Accept",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { Accept = "x" } }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { Accept = "a\r\nB: c" } }
"#,
        says: "5:51 bad-header
the value of the header `Accept` has illegal characters
write visible ASCII and spaces, no white space around them",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { Accept = "a, b" } }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { Accept = "a", accept = "b" } }
"#,
        says: "5:56 bad-header
the header `accept` stands twice
leave one of them out; the case of letters does not count",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { Accept = "a" } }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { Authorization = "Basic hunter2" } }
"#,
        says: "5:42 reserved-header
the header `Authorization` belongs to the request itself
leave it out; credentials come from client_secret or the token",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_request_headers = { X-Version = "2" } }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
token_endpoint_auth_method = "client_secret_bsic"
"#,
        says: "6:30 unknown-auth-method
`client_secret_bsic` is not a client authentication known here
write client_secret_basic; there are client_secret_basic, client_secret_post, none",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
token_endpoint_auth_method = "client_secret_basic"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
token_endpoint_auth_method = "private_key_jwt"
"#,
        says: "6:30 unknown-auth-method
`private_key_jwt` is not a client authentication known here
write one of client_secret_basic, client_secret_post, none",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
token_endpoint_auth_method = "none"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
token_endpoint_auth_method = "none"
"#,
        says: "6:30 contradiction
`token_endpoint_auth_method` is none, and there is a `client_secret`
leave one of them out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S", file = "/s" }
"#,
        says: r#"5:37 contradiction
`file` stands beside another source
write one of them: { env = "NAME" } or { file = "PATH" }"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { file = "/s" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
discovery = true
"#,
        says: r#"5:13 contradiction
`discovery` is true, and there is no `issuer` to ask
write issuer = "https://…", or leave discovery out"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
discovery = true
issuer = "https://sso.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
token_endpoint_auth_method = "client_secret_post"
deviations = { raw_client_secret_basic = true }
"#,
        says: r#"7:42 contradiction
`raw_client_secret_basic` is about client_secret_basic alone
leave it out, or write token_endpoint_auth_method = "client_secret_basic""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
deviations = { raw_client_secret_basic = true }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { form_encoded_token_response = true, token_response_path = "data" }
"#,
        says: "5:74 contradiction
a form has no objects, and `form_encoded_token_response` is true
leave one of them out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { token_response_path = "data" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
response_mode = "fragment"
"#,
        says: "5:17 unknown-response-mode
`fragment` is not a response mode known here
write query or form_post; a fragment never reaches a server",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
response_mode = "form_post"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
id_token_signed_response_alg = "none"
"#,
        says: "5:32 unknown-signing-algorithm
`none` is no signature
write one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, HS256, HS384, HS512",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
id_token_signed_response_alg = "ES256"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
id_token_signed_response_alg = "RS1"
"#,
        says: "5:32 unknown-signing-algorithm
`RS1` is not a signature algorithm known here
write one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, HS256, HS384, HS512",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
id_token_signed_response_alg = "RS256"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
profile = { url = "me", method = "PUT" }
"#,
        says: "5:34 unknown-profile-method
`PUT` is not a method for a profile
write GET or POST",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
profile = { url = "me", method = "POST" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
code_challenge_methods_supported = ["plain"]
"#,
        says: "5:36 no-s256
`plain` is not S256
S256 is the one method used here; leave the key out where the provider lists nothing",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
code_challenge_methods_supported = ["plain", "S256"]
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
code_challenge_methods_supported = []
"#,
        says: "5:36 no-s256
the list of challenge methods is empty
S256 is the one method used here; leave the key out where the provider lists nothing",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
code_challenge_methods_supported = ["S256"]
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
profile = { url = "me", subject = "user..id" }
"#,
        says: "5:35 bad-json-path
the path `user..id` into JSON has an empty part
write the names of members with dots between them, such as data.user.id",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
profile = { url = "me", subject = "user.id" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer_template = "https://{tid}.sso.example/"
"#,
        says: "5:19 bad-issuer-template
`https://{tid}.sso.example/` is not an issuer template
write an https URL with the name of one claim in braces, such as https://sso.example.org/{tid}/v2.0",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer_template = "https://sso.example/{tid}/v2.0"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
display_name = "Our\u001b[2J sign-in"
"#,
        says: r#"5:16 bad-display-name
`Our\u{1b}[2J sign-in` has a control character in it
write the provider's name for people, or leave the key out"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
display_name = "Größe & Söhne 🦀"
"#,
    },
];
