//! The rules of the model. [`check`] and [`declare`] go through the same function; the first one
//! passes over what the environment has not given yet.

mod endpoints;
mod known_scopes;
mod rules;
mod said;
mod text;
mod url;
mod variables;

use endpoints::Root;

use crate::code::Code;
use crate::model::{Declaration, ProfileApi};
use crate::problem::Problems;
use crate::report::Report;
use crate::resolved::Resolved;
use crate::value::Text;

pub(crate) use self::endpoints::Outcome;
pub(crate) use self::rules::ALGORITHMS;
pub(crate) use self::said::{Known, Said, Variables, look};
pub(crate) use self::text::{AUTHORIZATION, HEADERS, NEVER_IN_A_URL, TOKEN};
pub use self::text::{is_reserved_authorization_param, is_scope_token};
pub use self::url::is_loopback;
pub(crate) use self::url::{Use, check_url};

/// Checks all that can be known without the environment. A value that comes from the environment
/// and was not read yet passes.
///
/// # Errors
/// Every mistake of the declaration.
pub fn check(resolved: &Resolved) -> Result<(), Problems> {
    let mut report = Report::default();
    check_into(resolved, &mut report);
    report.finish()
}

/// Makes the model of a declaration whose environment was read
/// ([`Resolved::with_environment`]). Everything is checked again, now with those values.
///
/// ```
/// use pkce_flow_providers::{Draft, declare, resolve};
///
/// let draft = Draft {
///     name: "gitlab".to_owned(),
///     preset: Some("gitlab".to_owned()),
///     client_id: Some("our application id".into()),
///     redirect_uri: Some("http://127.0.0.1:8000/callback".into()),
///     ..Draft::default()
/// };
/// let gitlab = declare(&resolve(draft)?)?;
/// assert_eq!(gitlab.endpoints().token.as_deref(), Some("https://gitlab.com/oauth/token"));
/// # Ok::<(), pkce_flow_providers::Problems>(())
/// ```
///
/// # Errors
/// Every mistake of the declaration, and each environment variable that was not read. Where a
/// value came from the environment the problem names the variable and never shows the value.
pub fn declare(resolved: &Resolved) -> Result<Declaration, Problems> {
    let mut report = Report::default();
    for (path, name) in unread(resolved) {
        let what = format!("the environment variable `{name}` was not read");
        let help = "read the environment before the declaration is made".to_owned();
        report.add(Code::MissingEnvironmentVariable, &path, what, help);
    }
    let declaration = check_into(resolved, &mut report);
    report.finish()?;
    Ok(declaration)
}

fn unread(resolved: &Resolved) -> Vec<(crate::path::FieldPath, String)> {
    let draft = &resolved.draft;
    let keys = [
        ("client_id", &draft.client_id),
        ("redirect_uri", &draft.redirect_uri),
        ("root_url", &draft.root_url),
        ("issuer", &draft.issuer),
    ];
    let texts =
        keys.into_iter().filter_map(|(key, text)| Some((draft.path.key(key), text.as_ref()?)));
    let path = draft.path.key("variables");
    let variables = draft.variables.iter().map(|(name, text)| (path.key(name), text));
    texts
        .chain(variables)
        .filter_map(|(path, text)| match text {
            Text::Env(name) => Some((path, name.clone())),
            _ => None,
        })
        .collect()
}

/// Checks everything and makes the model. Where something was reported the model is worthless.
pub(crate) fn check_into(resolved: &Resolved, report: &mut Report) -> Declaration {
    let draft = &resolved.draft;
    let path = &draft.path;
    rules::environment_names(draft, report);
    let variables = variables::check_variables(draft, report);

    let client_id = rules::client_id(draft, report);
    let redirect_uri = rules::redirect_uri(draft, report);
    let scope = match &draft.scope {
        Some(scope) => text::check_scope(scope, &path.key("scope"), report),
        None => Vec::new(),
    };
    text::check_known_scopes(&draft.scopes_supported, &path.key("scopes_supported"), report);
    text::check_known_scopes(&draft.unlisted_scope, &path.key("unlisted_scope"), report);
    known_scopes::check_asked(draft, &scope, report);

    let root = Root::of(draft, &variables, report);
    let issuer = endpoints::issuer(draft, &variables, &root, report);
    let (endpoints, needs_discovery) =
        endpoints::endpoints(draft, &variables, &root, &issuer, report);
    rules::issuers(draft, &issuer, report);
    rules::display_name(draft, report);
    let documentation = path.key("documentation");
    if let Some(text) = &draft.documentation {
        check_url(&Said::literal(text, documentation), Use::Documentation, report);
    }

    let auth_method = rules::auth_method(resolved, report);
    let response_mode = rules::response_mode(draft, report);
    rules::challenge_methods(draft, report);
    rules::signing_algorithm(draft, report);
    for (params, request, key) in [
        (
            &draft.extra_authorization_params,
            text::Request::Authorization,
            "extra_authorization_params",
        ),
        (&draft.extra_token_params, text::Request::Token, "extra_token_params"),
    ] {
        text::check_params(params, request, &path.key(key), report);
    }
    rules::deviations(draft, report);
    let profile = profile(draft, &variables, &root, report);
    // With the issuer of another origin gone, its promise is gone, too.
    let has_issuer = issuer != Outcome::Absent;
    Declaration {
        path: path.clone(),
        name: draft.name.clone(),
        display_name: draft.display_name.clone().unwrap_or_else(|| draft.name.clone()),
        documentation: draft.documentation.clone(),
        client_id,
        client_secret: draft.client_secret.clone(),
        redirect_uri,
        scope,
        issuer: issuer.into_option(),
        issuer_template: draft.issuer_template.clone(),
        id_token_issuers: draft.id_token_issuers.clone(),
        endpoints,
        needs_discovery,
        discovery: draft.discovery != Some(false),
        iss_supported: draft.authorization_response_iss_parameter_supported.filter(|_| has_issuer),
        auth_method,
        response_mode,
        extra_authorization_params: draft.extra_authorization_params.clone(),
        extra_token_params: draft.extra_token_params.clone(),
        profile,
        deviations: draft.deviations.to_deviations(),
        id_token_signed_response_alg: draft.id_token_signed_response_alg.clone(),
        scopes_supported: draft.scopes_supported.clone(),
        scopes_open: draft.scopes_open == Some(true),
    }
}

/// The issuer, and whether metadata is asked for before a login. What is wrong is not reported
/// here.
pub(crate) fn identity(resolved: &Resolved) -> (Outcome, bool) {
    let draft = &resolved.draft;
    let mut unheard = Report::default();
    let variables = variables::check_variables(draft, &mut unheard);
    let root = Root::of(draft, &variables, &mut unheard);
    let issuer = endpoints::issuer(draft, &variables, &root, &mut unheard);
    let (_, needs_discovery) =
        endpoints::endpoints(draft, &variables, &root, &issuer, &mut unheard);
    (issuer, needs_discovery)
}

fn profile(
    draft: &crate::draft::Draft,
    variables: &Variables,
    root: &Root,
    report: &mut Report,
) -> Option<ProfileApi> {
    let profile = draft.profile.as_ref()?;
    let path = draft.path.key("profile");
    rules::profile(profile, &path, report);
    if matches!(look(profile.url.as_ref(), &path.key("url"), variables), Known::Absent) {
        let what = "the profile has no `url`".to_owned();
        let help = "write profile.url, or leave the profile out".to_owned();
        report.missing(Code::MissingProfileUrl, &path.key("url"), what, help);
    }
    let url = endpoints::endpoint(profile.url.as_ref(), &path.key("url"), variables, root, report)
        .into_option()?;
    Some(ProfileApi {
        url,
        method: profile.method.clone().unwrap_or_else(|| "GET".to_owned()),
        headers: profile.headers.clone(),
        subject: profile.subject.clone(),
        name: profile.name.clone(),
        email: profile.email.clone(),
        email_verified: profile.email_verified.clone(),
        picture: profile.picture.clone(),
    })
}
