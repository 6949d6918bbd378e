//! What a good declaration becomes.

use std::collections::BTreeSet;

use pkce_flow_providers::{
    AuthMethod, Code, Declaration, FieldPath, Problems, ProvidersToml, RawValue, Resolved,
    ResponseMode, check_table, declare, resolve,
};

fn resolved(lines: &str) -> Result<Resolved, Problems> {
    let text = format!("[providers.app]\nclient_id = \"id\"\n{lines}\n");
    let file = ProvidersToml::parse(&text)?;
    resolve(file.draft("app").expect("the table is there").clone())
}

fn declared(lines: &str) -> Result<Declaration, Problems> {
    declare(&resolved(lines)?)
}

#[test]
fn urls_are_kept_byte_for_byte() -> Result<(), Problems> {
    for (issuer, redirect_uri) in [
        ("https://sso.example", "https://app.example"),
        ("https://sso.example/", "https://app.example/"),
        ("https://sso.example/a%2Fb", "http://127.0.0.5:80"),
        ("http://localhost:8080", "http://[::1]:0/cb?x=%7E"),
        ("http://127.0.0.1", "com.example.app:/cb"),
    ] {
        let app = declared(&format!("issuer = \"{issuer}\"\nredirect_uri = \"{redirect_uri}\""))?;
        assert_eq!(app.issuer(), Some(issuer));
        assert_eq!(app.redirect_uri(), redirect_uri);
    }
    Ok(())
}

#[test]
fn relative_endpoints_start_at_the_root_and_absolute_ones_stay() -> Result<(), Problems> {
    let app = declared(
        "redirect_uri = \"https://app.example/cb\"\nroot_url = \"https://sso.example/oauth\"\n\
         token_endpoint = \"v2/token\"\nrevocation_endpoint = \"https://other.example/revoke\"",
    )?;
    let endpoints = app.endpoints();
    let authorization = endpoints.authorization.as_deref();
    assert_eq!(authorization, Some("https://sso.example/oauth/authorize"));
    assert_eq!(endpoints.token.as_deref(), Some("https://sso.example/oauth/v2/token"));
    assert_eq!(endpoints.revocation.as_deref(), Some("https://other.example/revoke"));
    assert!(!app.needs_discovery());
    Ok(())
}

#[test]
fn discovery_is_needed_only_where_an_endpoint_is_missing_and_no_root_is_given()
-> Result<(), Problems> {
    let uri = "redirect_uri = \"https://app.example/cb\"\nissuer = \"https://sso.example\"\n";
    let both = "authorization_endpoint = \"https://sso.example/a\"\n\
                token_endpoint = \"https://sso.example/t\"";
    for (more, needs, allows) in [
        ("", true, true),
        ("authorization_endpoint = \"https://sso.example/a\"", true, true),
        (both, false, true),
        ("root_url = \"https://sso.example/\"", false, true),
        ("root_url = \"https://sso.example/\"\ndiscovery = false", false, false),
    ] {
        let app = declared(&format!("{uri}{more}"))?;
        assert_eq!((app.needs_discovery(), app.allows_discovery()), (needs, allows), "{more}");
    }
    Ok(())
}

#[test]
fn the_client_authentication_follows_from_method_and_secret() -> Result<(), Problems> {
    let root = "redirect_uri = \"https://app.example/cb\"\nroot_url = \"https://sso.example/\"\n";
    let secret = "client_secret = { env = \"S\" }\n";
    for (more, method) in [
        ("".to_owned(), Some(AuthMethod::None)),
        ("token_endpoint_auth_method = \"none\"".to_owned(), Some(AuthMethod::None)),
        (secret.to_owned(), None),
        (
            format!("{secret}token_endpoint_auth_method = \"client_secret_basic\""),
            Some(AuthMethod::ClientSecretBasic),
        ),
        (
            format!("{secret}token_endpoint_auth_method = \"client_secret_post\""),
            Some(AuthMethod::ClientSecretPost),
        ),
    ] {
        let app = declared(&format!("{root}{more}"))?;
        assert_eq!(app.token_endpoint_auth_method(), method, "{more}");
    }
    Ok(())
}

#[test]
fn scopes_and_parameters_keep_their_order() -> Result<(), Problems> {
    let app = declared(
        "redirect_uri = \"https://app.example/cb\"\nroot_url = \"https://sso.example/\"\n\
         scope = \"zulu alpha mike\"\nresponse_mode = \"form_post\"\n\
         extra_authorization_params = { zulu = \"1\", alpha = \"2\", mike = \"3\" }\n\
         profile = { url = \"https://sso.example/me\", subject = \"user.id\" }",
    )?;
    assert_eq!(app.scope(), ["zulu", "alpha", "mike"]);
    let names: Vec<_> =
        app.extra_authorization_params().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["zulu", "alpha", "mike"]);
    assert_eq!(app.response_mode(), Some(ResponseMode::FormPost));
    let profile = app.profile().expect("it is declared");
    assert_eq!((profile.method.as_str(), profile.url.as_str()), ("GET", "https://sso.example/me"));
    assert_eq!(app.display_name(), "app");
    Ok(())
}

#[test]
fn a_filled_draft_needs_its_preset_no_more() -> Result<(), Problems> {
    let github = "preset = \"github\"\nredirect_uri = \"https://app.example/cb\"\n\
                  client_secret = { env = \"S\" }";
    let first = resolved(github)?;
    let again = Resolved::from_filled(first.draft().clone(), first.client_secret_required());
    assert_eq!(first, again);
    assert_eq!(format!("{:?}", declare(&first)?), format!("{:?}", declare(&again)?));

    let mut without = first.draft().clone();
    without.client_secret = None;
    let problems = declare(&Resolved::from_filled(without, true)).expect_err("a secret is needed");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
    assert_eq!(codes, ["missing-client-secret"]);
    Ok(())
}

#[test]
fn a_parameter_that_code_states_twice_is_refused_once() -> Result<(), Problems> {
    let root = "redirect_uri = \"https://app.example/cb\"\nroot_url = \"https://sso.example/\"";
    let mut draft = resolved(root)?.draft().clone();
    let twice = ("prompt".to_owned(), "login".to_owned());
    draft.extra_authorization_params = vec![twice.clone(), twice];
    let problems = declare(&resolve(draft)?).expect_err("it stands twice");
    let codes: Vec<_> = problems.iter().map(|problem| problem.code().as_str()).collect();
    assert_eq!(codes, ["duplicate-key"]);
    Ok(())
}

#[test]
fn a_table_that_another_door_read_is_checked_as_one_of_a_text() -> Result<(), Problems> {
    let text = |lines: &str| format!("[providers.app]\nclient_id = \"id\"\n{lines}\n");
    let good =
        text("redirect_uri = \"https://app.example/cb\"\nroot_url = \"https://sso.example/\"");
    let file = ProvidersToml::parse(&good)?;
    let path = FieldPath::root().key("providers").key("app");
    let table = file.table("app").expect("the table is there").clone();
    let resolved = check_table("app", &path, &table, &BTreeSet::new())?;
    assert_eq!(resolved, resolve(file.draft("app").expect("it is there").clone())?);

    // Every mistake at once; what was written and could not be read is not missing.
    let mut broken = table;
    broken.0.retain(|(key, _)| key != "root_url");
    broken.0.push(("scop".to_owned(), RawValue::Bool(true)));
    let codes = |unread: &BTreeSet<FieldPath>| -> Vec<Code> {
        let problems = check_table("app", &path, &broken, unread).expect_err("it has a mistake");
        problems.iter().map(|problem| problem.code()).collect()
    };
    assert_eq!(codes(&BTreeSet::new()), [Code::UnknownKey, Code::MissingEndpoint]);
    assert_eq!(codes(&BTreeSet::from([path.key("root_url")])), [Code::UnknownKey]);
    Ok(())
}
