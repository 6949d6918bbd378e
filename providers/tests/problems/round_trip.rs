//! A filled declaration is written as a tree and read again, as generated source does it: the
//! same model comes back, and the same verdict.

use pkce_flow_providers::{
    Draft, Preset, ProvidersToml, Resolved, SecretSource, Text, check, declare, read_declaration,
    resolve,
};

use crate::cases;

/// Whoever reads a generated declaration has neither the text nor the preset.
fn again(resolved: &Resolved) -> Resolved {
    let draft = resolved.draft();
    let (read, problems) = read_declaration(&draft.name, &draft.path, &resolved.to_raw());
    assert_eq!(problems, [], "what was written can be read: {draft:?}");
    Resolved::from_filled(read, resolved.client_secret_required())
}

/// A value for whatever variable the corpus names.
fn environment(name: &str) -> Option<String> {
    let value = match name {
        "URI" | "APP_URI" => "https://app.example/cb",
        "ROOT" | "APP_ROOT" => "https://sso.example/",
        "DOMAIN" => "sso.example",
        _ => "value",
    };
    Some(value.to_owned())
}

fn model(resolved: &Resolved) -> String {
    let read = resolved.with_environment(&environment).expect("every variable is set");
    match declare(&read) {
        Ok(declaration) => format!("{declaration:?}"),
        Err(problems) => problems.to_string(),
    }
}

fn assert_comes_back(draft: &Draft) {
    let resolved = resolve(draft.clone()).unwrap_or_else(|problems| panic!("{problems}"));
    let again = again(&resolved);
    assert_eq!(check(&resolved), check(&again));
    assert_eq!(model(&resolved), model(&again));
}

#[test]
fn every_good_declaration_of_the_corpus_comes_back() {
    let reference = include_str!("../../reference.toml");
    let mut compared = 0;
    for text in cases().map(|case| case.good).chain([reference]) {
        let file = ProvidersToml::parse(text).unwrap_or_else(|problems| panic!("{problems}"));
        for draft in file.drafts() {
            assert_comes_back(draft);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn every_preset_comes_back_as_public_and_as_confidential_client() {
    for preset in Preset::names().filter_map(Preset::find) {
        let open = preset.variables.iter().filter(|variable| variable.default.is_none());
        let variables = open.map(|open| (open.name.clone(), Text::from("tenant.example")));
        let public = Draft {
            name: preset.name.clone(),
            preset: Some(preset.name.clone()),
            client_id: Some("id".into()),
            redirect_uri: Some("https://app.example/cb".into()),
            variables: variables.collect(),
            ..Draft::default()
        };
        for secret in [
            None,
            Some(SecretSource::Env("SECRET".to_owned())),
            Some(SecretSource::File("/run/secrets/app".into())),
        ] {
            assert_comes_back(&Draft { client_secret: secret, ..public.clone() });
        }
    }
}

#[test]
fn a_scope_that_is_almost_known_is_refused_without_the_preset_too() {
    let draft = |more: &str| {
        let text = format!(
            "[providers.app]\npreset = \"gitlab\"\nclient_id = \"id\"\n\
             redirect_uri = \"https://app.example/cb\"\nscope = \"raed_api\"\n\
             unlisted_scope = [\"raed_api\"]\n{more}"
        );
        let file = ProvidersToml::parse(&text).unwrap_or_else(|problems| panic!("{problems}"));
        file.draft("app").expect("the table is there").clone()
    };
    let mut resolved = resolve(draft("")).expect("it is right");
    assert_comes_back(resolved.draft());
    let mut edited = resolved.draft().clone();
    edited.unlisted_scope.clear();
    resolved = Resolved::from_filled(edited, false);
    let problems = check(&again(&resolved)).expect_err("the known scopes came along");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
    assert_eq!(codes, ["unknown-scope"]);

    let mut open = resolve(draft("scopes_open = true\n")).expect("it is right").draft().clone();
    open.unlisted_scope.clear();
    check(&again(&Resolved::from_filled(open, false))).expect("scopes_open came along");
}
