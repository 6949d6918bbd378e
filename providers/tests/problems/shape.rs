//! The shape of the text: TOML and keys.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: "[providers.app]
client_id = abc
",
        says: r#"2:13 toml-syntax
a string is written in quotes
put the value in quotes: key = "value""#,
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "abc
scope = "x"
"#,
        says: r#"2:17 toml-syntax
a string is not closed
close it with " on the same line"#,
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app
client_id = "abc"
"#,
        says: "1:15 toml-syntax
the header of a table is not closed
close it with ]",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: "[providers.app]
client_id =
",
        says: "2:12 toml-syntax
a key has no value
write a value behind the `=`, a string in quotes",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
scope = ["a" "b"]
"#,
        says: "2:14 toml-syntax
two items of a list have no comma between them
write a comma between them",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_secret = "hunter2
"#,
        says: r#"2:25 toml-syntax
a string is not closed
close it with " on the same line"#,
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id"
client_id = "other"
"#,
        says: "5:1 duplicate-key
the key `client_id` stands twice, for the first time in line 4
leave one of them out",
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "id"
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "gitlab"
client_id = "id"

[providers.app]
redirect_uri = "https://app.example/cb"
"#,
        says: "5:12 duplicate-key
the table `providers.app` stands twice, for the first time in line 1
put the keys into one table, or give one of the tables another name",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
clientid = "id"
"#,
        says: "4:1 unknown-key
there is no key `clientid` here
write client_id",
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
token_url = "token"
"#,
        says: "5:1 unknown-key
there is no key `token_url` here
write token_endpoint",
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
json_token_request = true
"#,
        says: "5:1 unknown-key
there is no key `json_token_request` here
put it into the table `deviations`: deviations.json_token_request = …",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { json_token_request = true }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
deviations = { scope = "a" }
"#,
        says: "5:16 unknown-key
there is no key `scope` here
put it into the provider's own table, one level up",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a"
"#,
    },
    Case {
        bad: r#"[gitlab]
preset = "gitlab"
"#,
        says: "1:2 unknown-key
there is no table `gitlab` here
write [providers.gitlab]",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
clientsecret = "hunter2"
"#,
        says: "5:1 unknown-key
there is no key `clientsecret` here
write client_secret",
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
client_secret = { envv = "S" }
"#,
        says: r#"5:19 unknown-key
there is no key `envv` here
write { env = "NAME" } or { file = "PATH" }"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
"#,
    },
    Case {
        bad: r#"[providers.corp.sso]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
"#,
        says: "1:17 unknown-key
the table `providers.corp.sso` is one level too deep
write [providers.corp-sso]: each provider is one table",
        good: r#"[providers.corp-sso]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
"#,
    },
];
