//! What the environment gives is checked by the same rules and never shown.

use pkce_flow_providers::{Code, Problems, ProvidersToml, Resolved, check, declare, resolve};

/// The codes that only the environment can give.
pub(crate) const CODES: &[Code] =
    &[Code::MissingEnvironmentVariable, Code::EmptyEnvironmentVariable];

const TEXT: &str = r#"[providers.app]
client_id = { env = "APP_ID" }
client_secret = { env = "APP_SECRET" }
redirect_uri = { env = "APP_URI" }
root_url = { env = "APP_ROOT" }
"#;

fn resolved() -> (ProvidersToml, Resolved) {
    let file = ProvidersToml::parse(TEXT).expect("values of the environment pass unread");
    let draft = file.draft("app").expect("the table is there").clone();
    let resolved = resolve(draft).expect("it has no preset");
    check(&resolved).expect("values of the environment pass unread");
    (file, resolved)
}

fn lines(problems: &Problems) -> Vec<String> {
    problems
        .iter()
        .map(|problem| format!("{} {}: {}", problem.path(), problem.code(), problem.what()))
        .collect()
}

#[test]
fn all_missing_and_empty_variables_come_at_once_with_their_place() {
    let (file, resolved) = resolved();
    let environment = |name: &str| (name == "APP_ID").then(String::new);
    let problems = resolved.with_environment(&environment).expect_err("nothing is set");
    assert_eq!(
        lines(&problems),
        [
            "providers.app.client_id empty-environment-variable: \
             the environment variable `APP_ID` is empty",
            "providers.app.redirect_uri missing-environment-variable: \
             the environment variable `APP_URI` is not set",
            "providers.app.root_url missing-environment-variable: \
             the environment variable `APP_ROOT` is not set",
            "providers.app.client_secret missing-environment-variable: \
             the environment variable `APP_SECRET` is not set",
        ]
    );
    let located = file.locate(problems);
    let places: Vec<_> =
        located.iter().filter_map(|problem| problem.location()).map(|at| at.line).collect();
    assert_eq!(places, [2, 3, 4, 5]);
}

#[test]
fn values_are_checked_by_the_same_rules_and_never_shown() {
    let (_, resolved) = resolved();
    let environment = |name: &str| {
        let value = match name {
            "APP_ID" => "hunter2\u{7}",
            "APP_URI" => "hunter2:/cb",
            "APP_ROOT" => "http://hunter2.example/",
            _ => "hunter2",
        };
        Some(value.to_owned())
    };
    let read = resolved.with_environment(&environment).expect("everything is set");
    let problems = declare(&read).expect_err("all three are wrong");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
    assert_eq!(codes, ["bad-client-id", "private-scheme-without-dot", "http-not-loopback"]);
    let shown = format!("{problems}\n{problems:?}\n{read:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("the environment variable `APP_ROOT`"), "{shown}");
}

#[test]
fn every_rule_of_urls_keeps_the_value_to_itself() {
    let (_, resolved) = resolved();
    for value in [
        "hunter2",
        "//hunter2",
        "https://hunter2 x",
        "https://a@hunter2",
        "https://hunter2#",
        "https://hunter2\\",
        "https://HUNTER2.hunter2",
        "https://hunter2:99999",
        "hunter2:8000",
        "javascript:hunter2",
        "https://app.example/?state=hunter2",
        "https://hunter2/?",
    ] {
        let environment = |name: &str| {
            let value = if name == "APP_ID" { "id" } else { value };
            Some(value.to_owned())
        };
        let read = resolved.with_environment(&environment).expect("everything is set");
        let problems = declare(&read).expect_err(value);
        let shown = format!("{problems}\n{problems:?}").to_lowercase();
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn good_values_make_a_declaration() {
    let (_, resolved) = resolved();
    let environment = |name: &str| {
        let value = match name {
            "APP_ID" => "id",
            "APP_URI" => "http://127.0.0.1/cb",
            "APP_ROOT" => "https://sso.example/oauth",
            _ => "secret",
        };
        Some(value.to_owned())
    };
    let read = resolved.with_environment(&environment).expect("everything is set");
    let app = declare(&read).expect("everything is right");
    assert_eq!(app.client_id(), "id");
    assert_eq!(app.endpoints().token.as_deref(), Some("https://sso.example/oauth/token"));
    assert_eq!(resolved.environment_variables(), ["APP_ID", "APP_ROOT", "APP_SECRET", "APP_URI"]);
}

#[test]
fn a_declaration_needs_its_environment_read() {
    let (_, resolved) = resolved();
    let problems = declare(&resolved).expect_err("nothing was read");
    assert_eq!(problems.len(), 3);
    assert!(problems.iter().all(|problem| problem.code() == Code::MissingEnvironmentVariable));
}
