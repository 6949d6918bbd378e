//! Names, presets, variables, the environment's names, secrets.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.1st]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
        says: r#"1:12 bad-table-name
the table's name `1st` does not become an identifier
begin with a letter, and use letters, digits, - and _; or add rust_name = "…""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
rust_name = "First"
"#,
    },
    Case {
        bad: r#"[providers.self]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
"#,
        says: r#"1:12 bad-table-name
the table's name `self` does not become an identifier
begin with a letter, and use letters, digits, - and _; or add rust_name = "…""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
rust_name = "Own"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
rust_name = "type"
"#,
        says: r#"5:13 bad-rust-name
`type` is not a name that a type can have
write letters, digits and _, a letter first, no keyword: rust_name = "GitLab""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
rust_name = "Type"
"#,
    },
    Case {
        bad: r#"[providers.git-lab]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"

[providers.git_lab]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb/2"
"#,
        says: "6:12 name-collision
the tables `git-lab` and `git_lab` both become the type `GitLab`
rename one of them, or give it a rust_name of its own",
        good: r#"[providers.git-lab]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"

[providers.git_lab]
rust_name = "Other"
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb/2"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlub"
"#,
        says: r#"4:10 unknown-preset
there is no preset `gitlub`
write preset = "gitlab"; there are auth0, github, gitlab, google, microsoft-entra"#,
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
preset = "zzzz"
"#,
        says: "4:10 unknown-preset
there is no preset `zzzz`
the presets are auth0, github, gitlab, google, microsoft-entra; or state the endpoints",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "google"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { tenant = "x" }
"#,
        says: "5:15 unknown-variable
the preset `gitlab` has no variable `tenant`
its variables are domain",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "gitlab.corp.example" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
variables = { domain = "x" }
"#,
        says: r#"5:15 unknown-variable
the variable `domain` belongs to no preset
write preset = "…", or leave the variables out"#,
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
preset = "auth0"
"#,
        says: r#"1:12 missing-variable
the preset `auth0` needs the variable `domain`
write variables.domain = "…": the tenant's host, such as name.eu.auth0.com, or a domain of its own"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "auth0"
variables = { domain = "name.eu.auth0.com" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "https://gitlab.corp.example" }
"#,
        says: r#"5:24 bad-variable-value
`https://gitlab.corp.example` has `/` in it
write domain = "gitlab.corp.example""#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "gitlab.corp.example" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "gitlab.com@evil.example" }
"#,
        says: "5:24 bad-variable-value
`gitlab.com@evil.example` has `@` in it
write letters, digits, `-`, `.` and `_` alone; a host may have `:` and a port",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "gitlab.com:8443" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "a b" }
"#,
        says: "5:24 bad-variable-value
`a b` has white space in it
write letters, digits, `-`, `.` and `_` alone; a host may have `:` and a port",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "a.b" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "microsoft-entra"
variables = { tenant = ".." }
"#,
        says: "5:24 bad-variable-value
`..` is no name
write a name",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "microsoft-entra"
variables = { tenant = "contoso.onmicrosoft.com" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "GitLab.corp.example" }
"#,
        says: "5:24 url-not-normal
`https://GitLab.corp.example` would be sent otherwise than it is written
write the host in lower case ASCII, and leave out default ports, `.` and `..`",
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
preset = "gitlab"
variables = { domain = "gitlab.corp.example" }
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "" }
"#,
        says: r#"4:21 bad-environment-name
the name of the environment variable is empty
write the variable's name alone, such as { env = "CLIENT_ID" }"#,
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "ID" }
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "A=B" }
"#,
        says: r#"4:21 bad-environment-name
the environment variable's name `A=B` has `=` in it
write the variable's name alone, such as { env = "CLIENT_ID" }"#,
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "A" }
"#,
    },
    Case {
        bad: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "A\u0000B" }
"#,
        says: r#"4:21 bad-environment-name
the environment variable's name `A\0B` has a NUL in it
write the variable's name alone, such as { env = "CLIENT_ID" }"#,
        good: r#"[providers.app]
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_id = { env = "A_B" }
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S=hunter2" }
"#,
        says: r#"5:25 bad-environment-name
the environment variable's name has `=` in it
write the variable's name alone, such as { env = "CLIENT_ID" }"#,
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
client_secret = "hunter2"
"#,
        says: r#"5:17 secret-in-clear
`client_secret` is written out
write client_secret = { env = "APP_CLIENT_SECRET" }, or { file = "/run/secrets/…" }, and get a new secret if this one was ever shared"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
client_secret = { env = "S" }
"#,
    },
];
