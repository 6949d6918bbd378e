//! Many mistakes at once, and how they look.

use pkce_flow_providers::{Draft, FieldPath, Preset, ProvidersToml, ScopeDraft, resolve};

use crate::said;

#[test]
fn every_mistake_of_the_whole_file_comes_at_once_in_its_order() {
    let text = r#"
[providers.one]
preset = "gitlub"
client_id = " "
redirect_uri = "http://example.org/cb"

[providers.two]
root_url = "https://sso.example/"
client_secret = "hunter2"
redirect_uri = "https://app.example/cb"
scope = "a  b"
extra_token_params = { code = "x" }
"#;
    let codes: Vec<String> = said(text)
        .lines()
        .step_by(3)
        .map(|line| line.split(' ').nth(1).expect("a code").to_owned())
        .collect();
    assert_eq!(
        codes,
        [
            "unknown-preset",
            "empty-value",
            "http-not-loopback",
            "missing-client-id",
            "secret-in-clear",
            "bad-scope",
            "reserved-parameter",
        ]
    );
}

#[test]
fn a_problem_shows_file_line_column_the_line_and_a_caret() {
    let text = "[providers.gitlab]\npreset = \"gitlab\"\nclient_id = \"id\"\n\
                redirect_uri = \"http://app.example/cb\"\nclient_secret = \"hunter2\" # old\n";
    let problems = ProvidersToml::parse(text).expect_err("two mistakes").in_file("providers.toml");
    let shown = "\
providers.toml:4:16: `http://app.example/cb` is http, and its host is not loopback [http-not-loopback]
  |
4 | redirect_uri = \"http://app.example/cb\"
  |                ^^^^^^^^^^^^^^^^^^^^^^^
  = help: write https://app.example/cb; http is for 127.0.0.0/8, [::1] and localhost alone
providers.toml:5:17: `client_secret` is written out [secret-in-clear]
  |
5 | client_secret = …
  |                 ^
  = help: write client_secret = { env = \"GITLAB_CLIENT_SECRET\" }, or { file = \"/run/secrets/…\" }, \
and get a new secret if this one was ever shared";
    assert_eq!(problems.to_string(), shown);
}

#[test]
fn code_without_a_text_gets_the_same_words_without_a_place() {
    let draft = Draft {
        name: "gitlab".to_owned(),
        preset: Some("gitlab".to_owned()),
        redirect_uri: Some("http://app.example/cb".into()),
        scope: Some(ScopeDraft::Text(String::new())),
        path: FieldPath::root().key("gitlab"),
        ..Draft::default()
    };
    let resolved = resolve(draft).expect("the preset is there");
    let problems = pkce_flow_providers::check(&resolved).expect_err("three mistakes");
    let paths: Vec<_> = problems.iter().map(|problem| problem.path().to_string()).collect();
    assert_eq!(paths, ["gitlab.client_id", "gitlab.redirect_uri", "gitlab.scope"]);
    assert!(problems.iter().all(|problem| problem.location().is_none()));
    let last = problems.iter().last().expect("the scope").to_string();
    let shown = "gitlab.scope: `scope` is empty [empty-value]\n  \
                 help: write at least one scope token, or leave the key out";
    assert_eq!(last, shown);
}

#[test]
fn a_mistake_in_the_preset_comes_with_all_the_others() {
    let draft = Draft { preset: Some("gitlub".to_owned()), ..Draft::default() };
    let problems = resolve(draft).expect_err("there is no such preset");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
    assert_eq!(codes, ["unknown-preset", "missing-client-id", "missing-redirect-uri"]);
}

#[test]
fn the_reference_is_a_good_file_and_has_every_key() {
    let text = include_str!("../../reference.toml");
    let file = ProvidersToml::parse(text).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(file.names().collect::<Vec<_>>(), ["full", "gitlab"]);
    let all = [
        pkce_flow_providers::keys::DECLARATION_KEYS,
        pkce_flow_providers::keys::PROFILE_KEYS,
        pkce_flow_providers::keys::DEVIATION_KEYS,
    ];
    for key in all.into_iter().flatten() {
        let written = [format!("\n{} = ", key.name), format!(".{}]\n", key.name)];
        assert!(written.iter().any(|form| text.contains(form)), "{} is not shown", key.name);
    }
}

#[test]
fn every_key_is_read() {
    let file =
        ProvidersToml::parse(include_str!("../../reference.toml")).expect("the reference is good");
    let full = file.draft("full").expect("the table is there");
    let shown = format!("{full:?}");
    // What was not read would still be at its default.
    for (key, unread) in [("preset", true), ("variables", true), ("client_id", false)] {
        let none = format!("{key}: None");
        let empty = format!("{key}: {{}}");
        assert_eq!(shown.contains(&none) || shown.contains(&empty), unread, "{key}");
    }
    assert_eq!(shown.matches(": None").count(), 1, "only preset is left out: {shown}");
    assert!(!shown.contains(": []"), "{shown}");
}

#[test]
fn a_presets_keys_are_checked_like_any_others() {
    let text = "display_name = \"X\"\ndocumentaton = \"https://x.example\"\nchecked = 1\n\
                client_id = \"id\"\n";
    let problems = Preset::parse("x", text).expect_err("three mistakes");
    let shown: Vec<_> = problems.iter().map(|problem| problem.what().to_owned()).collect();
    assert_eq!(
        shown,
        [
            "there is no key `documentaton` here",
            "`checked` takes a string, not an integer",
            "there is no key `client_id` here",
        ]
    );
}
