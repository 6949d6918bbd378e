//! Types and empty values.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
discovery = "yes"
"#,
        says: "5:13 wrong-type
`discovery` takes true or false, not a string
write discovery = true, or discovery = false",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
discovery = false
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = 3
"#,
        says: r#"5:9 wrong-type
`scope` takes a string or a list of strings, not an integer
write scope = "one two", or scope = ["one", "two"]"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = ["a", 1]
"#,
        says: r#"5:15 wrong-type
`scope` takes a string, not an integer
write "…""#,
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
scope = { env = "SCOPE" }
"#,
        says: "5:9 wrong-type
`scope` does not come from the environment
write a string; client_id, client_secret, redirect_uri, root_url, issuer and variables may come from the environment",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = { env = "URI" }
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = {}
"#,
        says: r#"4:13 wrong-type
`client_id` is an empty table
write a string or { env = "NAME" }"#,
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "ID" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = 12345
"#,
        says: r#"5:17 wrong-type
`client_secret` takes { env = "NAME" } or { file = "PATH" }, not an integer
write { env = "NAME" } or { file = "PATH" }"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
"#,
    },
    Case {
        bad: r#"[providers]
gitlab = "x"
"#,
        says: "2:1 wrong-type
`gitlab` takes a table [providers.gitlab], not a string
write a table [providers.gitlab]",
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
client_id = " "
"#,
        says: "4:13 empty-value
`client_id` is blank
write the client_id as the provider shows it",
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = "i d"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = ""
"#,
        says: "5:9 empty-value
`scope` is empty
write at least one scope token, or leave the key out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = []
"#,
        says: "5:9 empty-value
`scope` is empty
write at least one scope token, or leave the key out",
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
root_url = "https://sso.example/oauth/"
redirect_uri = ""
"#,
        says: "4:16 empty-value
`redirect_uri` is empty
write an absolute URL: https://app.example.org/callback, or http://127.0.0.1/callback on loopback",
        good: r#"[providers.app]
client_id = "id"
root_url = "https://sso.example/oauth/"
redirect_uri = "https://app.example"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { file = "" }
"#,
        says: "5:26 empty-value
`file` is empty
write the path of the file that holds the secret",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { file = "/run/secrets/app" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example"
id_token_issuers = ["sso.example", ""]
"#,
        says: "6:36 empty-value
an item of `id_token_issuers` is empty
write it as the ID token's `iss` has it",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
issuer = "https://sso.example"
id_token_issuers = ["sso.example"]
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = 3
variables = { domain = "x" }
"#,
        says: r#"4:10 wrong-type
`preset` takes a string, not an integer
write preset = "…""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "x" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
presett = "gitlab"
"#,
        says: "4:1 unknown-key
there is no key `presett` here
write preset",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "auth0"
variables = "x"
"#,
        says: r#"5:13 wrong-type
`variables` takes a table of strings or { env = "NAME" }, not a string
write a table of strings or { env = "NAME" }"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "auth0"
variables = { domain = { env = "DOMAIN" } }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = 3
token_endpoint = "token"
"#,
        says: r#"4:12 wrong-type
`root_url` takes a string or { env = "NAME" }, not an integer
write root_url = "…", or { env = "NAME" }"#,
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
issuer_url = "https://sso.example"
"#,
        says: "4:1 unknown-key
there is no key `issuer_url` here
write issuer",
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
preset = "gitlab"
colour = "red"
"#,
        says: "5:1 unknown-key
there is no key `colour` here
the keys that most declarations need are preset or root_url or issuer, client_id, client_secret, redirect_uri and scope; reference.toml of pkce-flow has them all",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "auth0"
domain = "x"
"#,
        says: "5:1 unknown-key
there is no key `domain` here
write variables.domain = \"…\", which the preset puts into its URLs",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "auth0"
variables.domain = "x"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
pkce = true
"#,
        says: "5:1 unknown-key
there is no key `pkce` here
leave it out; every login uses PKCE with S256",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scope = "a"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = ""
"#,
        says: "4:10 empty-value
`preset` is empty
the presets are auth0, github, gitlab, google, microsoft-entra; or state the endpoints",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
"#,
    },
    Case {
        bad: "\u{feff}[providers.app]\npreset = \"gitlab\"\nclient_id = 3\nredirect_uri = \"https://app.example/cb\"\n",
        says: r#"3:13 wrong-type
`client_id` takes a string or { env = "NAME" }, not an integer
write client_id = "…", or { env = "NAME" }"#,
        good: "\u{feff}[providers.app]\npreset = \"gitlab\"\nclient_id = \"3\"\nredirect_uri = \"https://app.example/cb\"\n",
    },
    Case {
        bad: r#"client_id = "x"
"#,
        says: "1:1 unknown-key
there is no key `client_id` here
write one table [providers.NAME] for each provider, and its keys in there",
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
display_name = " "
"#,
        says: "5:16 empty-value
`display_name` is empty
write the provider's name for people, or leave the key out",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
display_name = "App"
"#,
    },
];
