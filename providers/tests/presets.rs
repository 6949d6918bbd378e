//! Every bundled preset parses, resolves and checks, and the list is the folder.

use std::collections::BTreeMap;
use std::path::Path;

use pkce_flow_providers::{
    AuthMethod, Declaration, Draft, Preset, Problems, ScopeDraft, SecretSource, Text, check,
    declare, is_scope_token, resolve,
};

/// A draft that states what a person must state, and a secret where one is needed.
fn draft(preset: &Preset) -> Draft {
    let variables = preset.variables.iter().filter(|variable| variable.default.is_none());
    Draft {
        name: preset.name.clone(),
        preset: Some(preset.name.clone()),
        client_id: Some("id".into()),
        client_secret: preset
            .client_secret_required
            .then(|| SecretSource::Env("SECRET".to_owned())),
        redirect_uri: Some("http://127.0.0.1/callback".into()),
        variables: variables
            .map(|variable| (variable.name.clone(), Text::from("tenant.example")))
            .collect(),
        ..Draft::default()
    }
}

fn find(name: &str) -> &'static Preset {
    Preset::find(name).expect("the preset is bundled")
}

fn declared(name: &str) -> Result<Declaration, Problems> {
    declare(&resolve(draft(find(name)))?)
}

#[test]
fn the_list_is_the_folder_and_is_sorted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of presets is there")
        .map(|entry| entry.expect("an entry can be read").file_name())
        .map(|name| name.to_str().expect("names are UTF-8").to_owned())
        .collect();
    files.sort();
    let listed: Vec<String> = Preset::names().map(|name| format!("{name}.toml")).collect();
    assert_eq!(files, listed);
}

#[test]
fn every_preset_parses_resolves_and_checks() {
    for name in Preset::names() {
        let text = std::fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("presets").join(format!("{name}.toml")),
        )
        .expect("the file of the preset is there");
        let preset = Preset::parse(name, &text).unwrap_or_else(|problems| {
            panic!("{name}:\n{problems}");
        });
        assert_eq!(&preset, find(name));
        let resolved =
            resolve(draft(&preset)).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        check(&resolved).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        let declaration =
            declare(&resolved).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        assert!(!declaration.needs_discovery(), "{name} states both endpoints");
        assert!(declaration.endpoints().authorization.is_some(), "{name}");
        assert!(declaration.endpoints().token.is_some(), "{name}");
    }
}

#[test]
fn every_preset_says_where_it_is_documented_and_when_it_was_checked() {
    for name in Preset::names() {
        let preset = find(name);
        assert!(preset.documentation.starts_with("https://"), "{name}");
        let digits: Vec<usize> = preset.checked.split('-').map(str::len).collect();
        assert_eq!(digits, [4, 2, 2], "{name}: {}", preset.checked);
        for variable in &preset.variables {
            assert!(!variable.description.is_empty(), "{name}: {}", variable.name);
        }
    }
}

#[test]
fn every_preset_lists_its_scopes_once_with_a_word_on_each() {
    for name in Preset::names() {
        let preset = find(name);
        assert!(preset.scopes.len() >= 4, "{name}");
        for (position, scope) in preset.scopes.iter().enumerate() {
            assert!(is_scope_token(&scope.name), "{name}: {}", scope.name);
            assert!(scope.description.len() > 3, "{name}: {}", scope.name);
            assert!(!scope.description.ends_with('.'), "{name}: {}", scope.name);
            let earlier = &preset.scopes[..position];
            assert!(earlier.iter().all(|earlier| earlier.name != scope.name), "{}", scope.name);
        }
        let listed: Vec<_> = preset.scopes.iter().map(|scope| scope.name.clone()).collect();
        let declaration = declared(name).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert_eq!(declaration.scopes_supported(), listed);
        let is_open = ["auth0", "microsoft-entra"].contains(&name);
        assert_eq!(declaration.scopes_open(), is_open, "{name}");
    }
}

#[test]
fn every_scope_of_a_preset_may_be_asked_for_together_with_all_the_others() -> Result<(), Problems> {
    for name in Preset::names() {
        let mut all = draft(find(name));
        let scopes = find(name).scopes.iter().map(|scope| scope.name.clone());
        all.scope = Some(ScopeDraft::List(scopes.collect()));
        all.scopes_open = Some(false);
        declare(&resolve(all)?)?;
    }
    Ok(())
}

#[test]
fn a_preset_that_lists_scopes_without_a_word_on_them_is_refused() {
    let text = "display_name = \"X\"\ndocumentation = \"https://x.example\"\n\
                checked = \"2026-11-25\"\nscopes_supported = [\"a\"]\n";
    let problems = Preset::parse("x", text).expect_err("a preset has a table of scopes");
    let shown: Vec<_> = problems.iter().map(|problem| problem.what()).collect();
    assert_eq!(shown, ["a preset has no `scopes_supported`"]);
}

#[test]
fn no_preset_promises_iss_that_its_provider_does_not_announce() -> Result<(), Problems> {
    // A promise makes a callback without iss an error; GitHub began to send it and has no
    // metadata that says so, and its Enterprise Server lags behind.
    for name in Preset::names() {
        let stated = declared(name)?.authorization_response_iss_parameter_supported();
        assert_eq!(stated, None, "{name}");
    }
    Ok(())
}

#[test]
fn gitlab_is_a_public_client_without_a_secret_and_posts_it_otherwise() -> Result<(), Problems> {
    let public = declared("gitlab")?;
    assert_eq!(public.token_endpoint_auth_method(), Some(AuthMethod::None));
    assert_eq!(public.issuer(), Some("https://gitlab.com"));
    let profile = public.profile().expect("gitlab has a profile API");
    assert_eq!(profile.url, "https://gitlab.com/api/v4/user");
    assert_eq!(profile.subject.as_deref(), Some("id"));

    let mut with_secret = draft(find("gitlab"));
    with_secret.client_secret = Some(SecretSource::Given);
    let confidential = declare(&resolve(with_secret)?)?;
    let method = confidential.token_endpoint_auth_method();
    assert_eq!(method, Some(AuthMethod::ClientSecretPost));
    Ok(())
}

#[test]
fn a_gitlab_of_ones_own_keeps_every_endpoint_by_its_domain() -> Result<(), Problems> {
    let mut own = draft(find("gitlab"));
    own.variables = BTreeMap::from([("domain".to_owned(), "gitlab.corp.example:8443".into())]);
    let own = declare(&resolve(own)?)?;
    assert_eq!(own.issuer(), Some("https://gitlab.corp.example:8443"));
    let revocation = own.endpoints().revocation.as_deref();
    assert_eq!(revocation, Some("https://gitlab.corp.example:8443/oauth/revoke"));
    Ok(())
}

#[test]
fn a_root_url_keeps_of_the_preset_only_what_is_of_its_origin() -> Result<(), Problems> {
    let mut moved = draft(find("gitlab"));
    moved.root_url = Some("https://gitlab.corp.example/oauth".into());
    let moved = declare(&resolve(moved)?)?;
    let endpoints = moved.endpoints();
    let authorization = endpoints.authorization.as_deref();
    assert_eq!(authorization, Some("https://gitlab.corp.example/oauth/authorize"));
    assert_eq!(endpoints.token.as_deref(), Some("https://gitlab.corp.example/oauth/token"));
    assert_eq!((&endpoints.userinfo, &endpoints.revocation), (&None, &None));
    assert_eq!((moved.issuer(), moved.profile()), (None, None));

    let mut same = draft(find("gitlab"));
    same.root_url = Some("https://gitlab.com/oauth/".into());
    let same = declare(&resolve(same)?)?;
    assert_eq!(same.endpoints().revocation.as_deref(), Some("https://gitlab.com/oauth/revoke"));
    assert_eq!(same.issuer(), Some("https://gitlab.com"));
    Ok(())
}

#[test]
fn a_root_url_from_the_environment_keeps_the_token_from_the_presets_host() -> Result<(), Problems> {
    let mut moved = draft(find("gitlab"));
    moved.root_url = Some(Text::Env("ROOT".to_owned()));
    let resolved = resolve(moved)?;
    check(&resolved)?;
    let environment = |_: &str| Some("https://gitlab.corp.example/oauth/".to_owned());
    let moved = declare(&resolved.with_environment(&environment)?)?;
    assert_eq!(moved.endpoints().revocation, None);
    assert_eq!(moved.profile(), None);
    Ok(())
}

#[test]
fn github_has_an_issuer_without_discovery_and_its_deviations() -> Result<(), Problems> {
    let github = declared("github")?;
    assert_eq!(github.issuer(), Some("https://github.com/login/oauth"));
    assert!(!github.allows_discovery());
    let deviations = github.deviations();
    assert!(deviations.token_errors_with_status_200);
    assert_eq!(deviations.granted_scope_separator.as_deref(), Some(","));
    let accept = [("Accept".to_owned(), "application/json".to_owned())];
    assert_eq!(deviations.token_request_headers, accept);
    let profile = github.profile().expect("github has a profile API");
    assert_eq!(profile.url, "https://api.github.com/user");
    Ok(())
}

#[test]
fn entra_has_no_issuer_but_a_template() -> Result<(), Problems> {
    let entra = declared("microsoft-entra")?;
    assert_eq!(entra.issuer(), None);
    let template = Some("https://login.microsoftonline.com/{tid}/v2.0");
    assert_eq!(entra.issuer_template(), template);
    let token = entra.endpoints().token.as_deref();
    assert_eq!(token, Some("https://login.microsoftonline.com/common/oauth2/v2.0/token"));

    let mut one_tenant = draft(find("microsoft-entra"));
    let issuer = "https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0";
    one_tenant.issuer = Some(issuer.into());
    let one_tenant = declare(&resolve(one_tenant)?)?;
    assert_eq!(one_tenant.issuer(), Some(issuer));
    assert_eq!(one_tenant.issuer_template(), None, "the stated issuer says it all");
    Ok(())
}

#[test]
fn auth0_needs_its_domain_and_its_issuer_ends_in_a_slash() -> Result<(), Problems> {
    assert_eq!(declared("auth0")?.issuer(), Some("https://tenant.example/"));
    let mut without = draft(find("auth0"));
    without.variables.clear();
    let problems = resolve(without).expect_err("there is no default");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
    assert_eq!(codes, ["missing-variable"]);
    Ok(())
}

#[test]
fn what_a_declaration_states_wins_key_by_key() -> Result<(), Problems> {
    let mut stated = draft(find("github"));
    stated.deviations.token_errors_with_status_200 = Some(false);
    stated.deviations.token_request_headers = vec![("accept".to_owned(), "text/plain".to_owned())];
    stated.token_endpoint = Some("https://github.corp.example/token".into());
    let stated = declare(&resolve(stated)?)?;
    assert!(!stated.deviations().token_errors_with_status_200);
    assert_eq!(stated.deviations().granted_scope_separator.as_deref(), Some(","));
    assert_eq!(stated.deviations().token_request_headers.len(), 1);
    assert_eq!(stated.endpoints().token.as_deref(), Some("https://github.corp.example/token"));
    Ok(())
}

#[test]
fn names_of_other_times_lead_to_the_preset() {
    assert_eq!(Preset::nearest("Azure-AD"), Some("microsoft-entra"));
    assert_eq!(Preset::nearest("GitHub"), Some("github"));
    assert_eq!(Preset::nearest("zzzz"), None);
}
