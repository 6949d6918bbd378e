//! Scopes that are almost known ones.

use crate::Case;

pub(crate) const CASES: &[Case] = &[
    Case {
        bad: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "raed_api"
"#,
        says: r#"5:9 unknown-scope
there is no known scope `raed_api`, but there is `read_api`
write read_api; if the provider does have `raed_api`, add unlisted_scope = ["raed_api"]"#,
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "raed_api"
unlisted_scope = ["raed_api"]
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = ["repo", "raed:usr", "gist"]
"#,
        says: r#"6:18 unknown-scope
there is no known scope `raed:usr`, but there is `read:user`
write read:user; if the provider does have `raed:usr`, add unlisted_scope = ["raed:usr"]"#,
        good: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = ["repo", "read:user", "gist", "site_admin"]
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "google"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "openid https://www.googleapis.com/auth/calender"
"#,
        says: r#"5:9 unknown-scope
there is no known scope `https://www.googleapis.com/auth/calender`, but there is `https://www.googleapis.com/auth/calendar`
write https://www.googleapis.com/auth/calendar; if the provider does have `https://www.googleapis.com/auth/calender`, add unlisted_scope = ["https://www.googleapis.com/auth/calender"]"#,
        good: r#"[providers.app]
preset = "google"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "openid https://www.googleapis.com/auth/books https://www.googleapis.com/auth/keep"
"#,
    },
    Case {
        bad: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scopes_supported = ["invoices.read", "invoices.write"]
scope = "Invoices.Read"
"#,
        says: r#"6:9 unknown-scope
there is no known scope `Invoices.Read`, but there is `invoices.read`
write invoices.read; if the provider does have `Invoices.Read`, add unlisted_scope = ["Invoices.Read"]"#,
        good: r#"[providers.app]
client_id = "id"
redirect_uri = "https://app.example/cb"
root_url = "https://sso.example/oauth/"
scopes_supported = ["invoices.read", "invoices.write"]
scopes_open = true
scope = "Invoices.Read"
"#,
    },
    // A provider with scopes of its users' own, and a declaration that lists them after all.
    Case {
        bad: r#"[providers.app]
preset = "auth0"
variables = { domain = "corp.eu.auth0.com" }
client_id = "id"
redirect_uri = "https://app.example/cb"
scopes_supported = ["openid", "read:messages"]
scope = "openid read:mesages"
"#,
        says: r#"7:9 unknown-scope
there is no known scope `read:mesages`, but there is `read:messages`
write read:messages; if the provider does have `read:mesages`, add unlisted_scope = ["read:mesages"]"#,
        good: r#"[providers.app]
preset = "auth0"
variables = { domain = "corp.eu.auth0.com" }
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "opneid read:mesages"
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "read_api"
unlisted_scope = ["read_apis"]
"#,
        says: "6:19 unused-unlisted-scope
`read_apis` is in `unlisted_scope` and not in `scope`
leave it out, or write it as `scope` has it",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = "read_api"
unlisted_scope = ["read_api"]
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
unlisted_scope = ["read_apis"]
"#,
        says: "5:19 unused-unlisted-scope
`read_apis` is in `unlisted_scope` and not in `scope`
leave it out, or write it as `scope` has it",
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
unlisted_scope = []
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = ["api"]
unlisted_scope = ["a pi"]
"#,
        says: r#"6:19 bad-scope
`a pi` is not one scope token
write one token an item: "a", "pi""#,
        good: r#"[providers.app]
preset = "gitlab"
client_id = "id"
redirect_uri = "https://app.example/cb"
scope = ["a", "pi"]
unlisted_scope = ["a", "pi"]
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = "repo,gist"
"#,
        says: "6:9 unknown-scope
`repo,gist` is one scope with a comma in it
write repo gist: spaces stand between scopes",
        good: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = "repo gist"
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = ["repo,gist"]
"#,
        says: r#"6:10 unknown-scope
`repo,gist` is one scope with a comma in it
write "repo", "gist""#,
        good: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = ["repo", "gist"]
"#,
    },
    Case {
        bad: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = "repo, gist"
"#,
        says: "6:9 unknown-scope
`repo,` is one scope with a comma in it
write repo: spaces stand between scopes",
        good: r#"[providers.app]
preset = "github"
client_id = "id"
client_secret = { env = "S" }
redirect_uri = "https://app.example/cb"
scope = "repo gist"
"#,
    },
];
