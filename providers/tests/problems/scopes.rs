//! client_id, scopes and parameters.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id\u0007"
"#,
        says: r#"4:13 bad-client-id
`id\u{7}` has a control character in it
write the client_id as the provider shows it"#,
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id"
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id "
"#,
        says: "4:13 bad-client-id
`id ` has white space around it
write the client_id as the provider shows it",
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "i d"
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "iд"
"#,
        says: "4:13 bad-client-id
`iд` has characters beyond ASCII in it
write the client_id as the provider shows it",
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a  b"
"#,
        says: "5:9 bad-scope
the scope has an empty token
write one space between tokens and none around them",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a b"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = ["a b"]
"#,
        says: r#"5:10 bad-scope
`a b` is not one scope token
write one token an item: "a", "b""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = ["a", "b"]
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = ["a", ""]
"#,
        says: "5:15 bad-scope
a scope token is empty
leave the item out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = ["a"]
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a\u00e9"
"#,
        says: r#"5:9 bad-scope
`aé` is not a scope token
write visible ASCII without `"` and `\` (RFC 6749 section 3.3), spaces between tokens"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "https://sso.example/a:b"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scopes_supported = ["a", "b\"c"]
"#,
        says: r#"5:26 bad-scope
`b"c` is not a scope token
write visible ASCII without `"` and `\` (RFC 6749 section 3.3), spaces between tokens"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scopes_supported = ["a", "b"]
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_authorization_params = { state = "x" }
"#,
        says: "5:32 reserved-parameter
the parameter `state` of the authorization request is reserved
leave it out; each login makes its own",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_authorization_params = { prompt = "x" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_authorization_params = { client_secret = "hunter2" }
"#,
        says: "5:32 reserved-parameter
the parameter `client_secret` of the authorization request is reserved
write the key client_secret of the provider's own table",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_authorization_params = { login_hint = "me" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_token_params = { client_secret = "hunter2" }
"#,
        says: "5:24 reserved-parameter
the parameter `client_secret` of the token request is reserved
write the key client_secret of the provider's own table",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_token_params = { audience = "x" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_token_params = { "" = "x" }
"#,
        says: "5:24 empty-parameter-name
a parameter of the token request has no name
write the parameter's name, or leave it out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
extra_token_params = { resource = "x" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { granted_scope_array = true, granted_scope_separator = "," }
"#,
        says: "5:70 contradiction
a list has no separator, and `granted_scope_array` is true
leave one of them out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { granted_scope_array = true }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { scope_separator = "" }
"#,
        says: r#"5:34 bad-separator
`scope_separator` is empty
write what stands between two scopes, such as ",""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { scope_separator = "," }
"#,
    },
];
