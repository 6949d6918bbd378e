//! Which declarations may share a redirect_uri.

use pkce_flow_providers::{
    Code, Declaration, Draft, Problems, ProvidersToml, Resolved, check_pair, check_set, declare,
    resolve, share_redirect_uri,
};

use crate::said;

fn app(name: &str, redirect_uri: &str, more: &str) -> String {
    format!("[providers.{name}]\nclient_id = \"id\"\nredirect_uri = {redirect_uri}\n{more}\n")
}

/// The declarations of the text, with this environment.
fn read(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Vec<Resolved> {
    let file = ProvidersToml::parse(text).unwrap_or_else(|problems| panic!("{problems}"));
    let resolved = |draft: &Draft| resolve(draft.clone())?.with_environment(environment);
    let all: Result<Vec<Resolved>, Problems> = file.drafts().iter().map(resolved).collect();
    all.unwrap_or_else(|problems| panic!("{problems}"))
}

fn declared(resolved: &[Resolved]) -> Vec<Declaration> {
    let all: Result<Vec<_>, Problems> = resolved.iter().map(declare).collect();
    all.unwrap_or_else(|problems| panic!("{problems}"))
}

const ROOT: &str = "root_url = \"https://sso.example/\"";

#[test]
fn what_the_environment_gives_is_compared_when_the_declarations_are_made() {
    let uri = "{ env = \"URI\" }";
    let text = format!("{}{}", app("one", uri, ROOT), app("two", uri, ROOT));
    let hunter = |_: &str| Some("https://hunter2.example/cb".to_owned());
    let resolved = read(&text, &hunter);
    let [one, two] = &declared(&resolved)[..] else { panic!("two tables") };
    let problem = check_pair(one, two).expect("they share a redirect_uri");
    assert_eq!(problem.code(), Code::MixUp);
    assert_eq!(problem.path().to_string(), "providers.two.redirect_uri");
    assert!(!format!("{problem}{problem:?}").contains("hunter2"), "{problem}");

    let all: Vec<&Resolved> = resolved.iter().collect();
    assert_eq!(check_set(&all), [(1, problem)], "both ways say the same");

    let loopback = |_: &str| Some("http://127.0.0.1/cb".to_owned());
    let [one, two] = &declared(&read(&text, &loopback))[..] else { panic!("two tables") };
    assert_eq!(check_pair(one, two), None, "each listener serves one login");
    assert!(!share_redirect_uri(one, two));
}

#[test]
fn an_issuer_of_the_environment_is_compared_then_too() {
    let uri = "\"https://app.example/cb\"";
    let issuer = |name: &str| {
        format!(
            "issuer = {{ env = \"{name}\" }}\n\
             authorization_response_iss_parameter_supported = true"
        )
    };
    let text = format!("{}{}", app("one", uri, &issuer("ONE")), app("two", uri, &issuer("TWO")));
    let same = |_: &str| Some("https://sso.example".to_owned());
    let [one, two] = &declared(&read(&text, &same))[..] else { panic!("two tables") };
    let problem = check_pair(one, two).expect("the issuers are equal");
    assert!(problem.what().ends_with("both have the same issuer"), "{problem}");

    let own = |name: &str| Some(format!("https://{}.example", name.to_lowercase()));
    let [one, two] = &declared(&read(&text, &own))[..] else { panic!("two tables") };
    assert_eq!(check_pair(one, two), None);
    assert!(share_redirect_uri(one, two));
}

#[test]
fn each_later_declaration_is_reported_once_and_names_an_earlier_one() {
    let uri = "\"https://app.example/cb\"";
    let names = ["one", "two", "three", "four"];
    let text: String = names.iter().map(|name| app(name, uri, ROOT)).collect();
    let shown = said(&text);
    let what: Vec<_> = shown.lines().skip(1).step_by(3).collect();
    assert_eq!(what.len(), 3, "{shown}");
    assert!(what.iter().all(|what| what.starts_with("`one` has the same")), "{shown}");
}

#[test]
fn a_table_with_a_mistake_of_its_own_is_not_compared() {
    let uri = "\"https://app.example/cb\"";
    let text = format!("{}{}", app("one", uri, "preset = \"gitlub\""), app("two", uri, ROOT));
    let codes: Vec<_> = said(&text).lines().step_by(3).map(str::to_owned).collect();
    assert_eq!(codes, ["4:10 unknown-preset"]);
}

#[test]
fn thousands_of_declarations_are_compared_in_reasonable_time() {
    let table = |at: usize| {
        let more = format!(
            "issuer = \"https://sso{at}.example\"\n\
             authorization_response_iss_parameter_supported = true"
        );
        app(&format!("a{at}"), "\"https://app.example/cb\"", &more)
    };
    let text: String = (0..1000).map(table).collect();
    assert_eq!(said(&text), "nothing");
}
