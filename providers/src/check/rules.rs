//! The rules of single keys, and of keys that must agree.

use super::endpoints::Outcome;
use super::said::{Known, Said, Variables, look};
use super::text;
use super::url::{Use, check_url};
use crate::code::Code;
use crate::draft::{Draft, ProfileDraft};
use crate::excerpt::quoted;
use crate::model::{AuthMethod, ResponseMode};
use crate::names::secret_variable;
use crate::path::FieldPath;
use crate::read_value::bad_env_name;
use crate::report::Report;
use crate::resolved::Resolved;
use crate::value::{SecretSource, Text};

/// Signatures that an ID token may have (RFC 7518 section 3.1, RFC 8037).
pub(crate) const ALGORITHMS: &[&str] = &[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    "HS256", "HS384", "HS512",
];

/// Names of environment variables, where a draft was made in code. The doors refuse them before.
pub(crate) fn environment_names(draft: &Draft, report: &mut Report) {
    let mut texts = vec![
        (draft.path.key("client_id"), draft.client_id.as_ref()),
        (draft.path.key("redirect_uri"), draft.redirect_uri.as_ref()),
        (draft.path.key("root_url"), draft.root_url.as_ref()),
        (draft.path.key("issuer"), draft.issuer.as_ref()),
    ];
    for (name, text) in &draft.variables {
        texts.push((draft.path.key("variables").key(name), Some(text)));
    }
    let secret = match &draft.client_secret {
        Some(SecretSource::Env(name)) => Some((draft.path.key("client_secret"), name.as_str())),
        _ => None,
    };
    let names = texts
        .into_iter()
        .filter_map(|(path, text)| Some((path, text.and_then(Text::env_name)?)))
        .chain(secret);
    for (path, name) in names {
        if let Some(problem) = bad_env_name(&path, name) {
            report.push(problem);
        }
    }
}

pub(crate) fn client_id(draft: &Draft, report: &mut Report) -> String {
    let path = draft.path.key("client_id");
    match look(draft.client_id.as_ref(), &path, &Variables::new()) {
        Known::Absent => {
            let what = "`client_id` is missing".to_owned();
            let help = "write client_id = \"…\", or { env = \"NAME\" }: the provider gave it when \
                        the application was registered"
                .to_owned();
            report.missing(Code::MissingClientId, &path, what, help);
            String::new()
        }
        Known::Unknown | Known::Bad => String::new(),
        Known::Is(said) => {
            text::check_client_id(&said, report);
            said.text
        }
    }
}

pub(crate) fn redirect_uri(draft: &Draft, report: &mut Report) -> String {
    let path = draft.path.key("redirect_uri");
    match look(draft.redirect_uri.as_ref(), &path, &Variables::new()) {
        Known::Absent => {
            let what = "`redirect_uri` is missing".to_owned();
            let help = "write redirect_uri = \"https://…\", or \"http://127.0.0.1/callback\" on \
                        loopback, as it was registered"
                .to_owned();
            report.missing(Code::MissingRedirectUri, &path, what, help);
            String::new()
        }
        Known::Unknown | Known::Bad => String::new(),
        Known::Is(said) => {
            let url = check_url(&said, Use::Redirect, report);
            let reserved = url.as_ref().and_then(|url| text::reserved_in_query(url, true));
            if let Some(name) = reserved {
                let what =
                    format!("the query of `redirect_uri` has the answer's own {}", quoted(&name));
                let help = "leave it out of the URL; the provider adds it".to_owned();
                report.add(Code::ReservedParameter, &path, what, help);
            }
            said.text
        }
    }
}

/// It is shown on login pages and in terminals.
pub(crate) fn display_name(draft: &Draft, report: &mut Report) {
    let Some(name) = &draft.display_name else { return };
    let path = draft.path.key("display_name");
    let help = "write the provider's name for people, or leave the key out".to_owned();
    if name.trim().is_empty() {
        report.add(Code::EmptyValue, &path, "`display_name` is empty".to_owned(), help);
    } else if name.chars().any(char::is_control) {
        let what = format!("{} has a control character in it", quoted(name));
        report.add(Code::BadDisplayName, &path, what, help);
    }
}

/// issuer_template, id_token_issuers and discovery.
pub(crate) fn issuers(draft: &Draft, issuer: &Outcome, report: &mut Report) {
    if let Some(template) = &draft.issuer_template {
        let path = draft.path.key("issuer_template");
        if !is_issuer_template(template) {
            let what = format!("{} is not an issuer template", quoted(template));
            let help = "write an https URL with the name of one claim in braces, such as \
                        https://sso.example.org/{tid}/v2.0"
                .to_owned();
            report.add(Code::BadIssuerTemplate, &path, what, help);
        }
    }
    let path = draft.path.key("id_token_issuers");
    for (position, issuer) in draft.id_token_issuers.iter().enumerate() {
        let help = "write it as the ID token's `iss` has it".to_owned();
        if issuer.is_empty() {
            let what = "an item of `id_token_issuers` is empty".to_owned();
            report.add(Code::EmptyValue, &path.index(position), what, help);
        } else if issuer.chars().any(|c| c.is_whitespace() || c.is_control()) {
            let what = format!("{} has white space or a control character in it", quoted(issuer));
            report.add(Code::IllegalUrlCharacter, &path.index(position), what, help);
        }
    }
    if draft.discovery == Some(true) && *issuer == Outcome::Absent {
        let what = "`discovery` is true, and there is no `issuer` to ask".to_owned();
        let help = "write issuer = \"https://…\", or leave discovery out".to_owned();
        report.missing(Code::Contradiction, &draft.path.key("discovery"), what, help);
    }
}

fn is_issuer_template(template: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else {
        return false;
    };
    let Some((claim, after)) = rest.split_once('}') else {
        return false;
    };
    let named = !claim.is_empty() && claim.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    // The claim must not choose the host: whoever names the claim would choose the issuer.
    let behind_host = before.strip_prefix("https://").is_some_and(|rest| rest.contains('/'));
    let filled = format!("{before}x{after}");
    let said = Said::literal(&filled, FieldPath::root());
    named
        && behind_host
        && !filled.contains(['{', '}'])
        && check_url(&said, Use::Issuer, &mut Report::default()).is_some()
}

/// The client authentication (RFC 7591 section 2) and the secret it needs.
pub(crate) fn auth_method(resolved: &Resolved, report: &mut Report) -> Option<AuthMethod> {
    let draft = &resolved.draft;
    let secret_path = draft.path.key("client_secret");
    let has_secret = draft.client_secret.is_some() || report.is_excused(&secret_path);
    let path = draft.path.key("token_endpoint_auth_method");
    let stated = match draft.token_endpoint_auth_method.as_deref() {
        None => None,
        Some(name) => match AuthMethod::from_name(name) {
            Some(method) => Some(method),
            None => {
                let known: Vec<_> = AuthMethod::ALL.iter().map(|known| known.as_str()).collect();
                let part = |known: &&str| !name.is_empty() && known.ends_with(name);
                let near = known.iter().copied().find(part);
                let near = near.or_else(|| crate::keys::nearest(name, known.iter().copied()));
                let what = format!("{} is not a client authentication known here", quoted(name));
                let help = match near {
                    Some(near) => format!("write {near}; there are {}", known.join(", ")),
                    None => format!("write one of {}", known.join(", ")),
                };
                report.add(Code::UnknownAuthMethod, &path, what, help);
                return None;
            }
        },
    };
    let secret_help =
        format!("write client_secret = {{ env = \"{}\" }}", secret_variable(&draft.name));
    match (stated, has_secret) {
        (Some(AuthMethod::None), true) => {
            let what = "`token_endpoint_auth_method` is none, and there is a `client_secret`";
            let help = "leave one of them out".to_owned();
            report.add(Code::Contradiction, &path, what.to_owned(), help);
        }
        (_, false) if resolved.client_secret_required => {
            let preset = draft.preset.as_deref().unwrap_or(&draft.name);
            let what = format!("the preset {} needs a `client_secret`", quoted(preset));
            report.missing(Code::MissingClientSecret, &secret_path, what, secret_help);
        }
        (Some(method @ (AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost)), false) => {
            let what = format!("`{}` needs a `client_secret`", method.as_str());
            let help = format!("{secret_help}, or leave token_endpoint_auth_method out");
            report.missing(Code::MissingClientSecret, &secret_path, what, help);
        }
        (None, false) => return Some(AuthMethod::None),
        _ => {}
    }
    let raw = draft.deviations.raw_client_secret_basic == Some(true);
    if raw && stated.is_some_and(|method| method != AuthMethod::ClientSecretBasic) {
        let what = "`raw_client_secret_basic` is about client_secret_basic alone".to_owned();
        let help = "leave it out, or write token_endpoint_auth_method = \"client_secret_basic\"";
        let path = draft.path.key("deviations").key("raw_client_secret_basic");
        report.add(Code::Contradiction, &path, what, help.to_owned());
    }
    stated
}

pub(crate) fn response_mode(draft: &Draft, report: &mut Report) -> Option<ResponseMode> {
    let name = draft.response_mode.as_deref()?;
    let mode = ResponseMode::from_name(name);
    let path = draft.path.key("response_mode");
    let redirect_uri = draft.redirect_uri.as_ref().and_then(Text::known).unwrap_or_default();
    let is_private_use =
        super::url::scheme(redirect_uri).is_some_and(|scheme| !matches!(scheme, "http" | "https"));
    if mode == Some(ResponseMode::FormPost) && is_private_use {
        let what = "a form is not posted to a private-use scheme, and `response_mode` is form_post";
        let help = "leave response_mode out, or write an https redirect_uri".to_owned();
        report.add(Code::Contradiction, &path, what.to_owned(), help);
    }
    if mode.is_none() {
        let what = format!("{} is not a response mode known here", quoted(name));
        let help = "write query or form_post; a fragment never reaches a server".to_owned();
        report.add(Code::UnknownResponseMode, &path, what, help);
    }
    mode
}

/// RFC 7636 section 4.2, RFC 9700 section 2.1.1: S256 or nothing.
pub(crate) fn challenge_methods(draft: &Draft, report: &mut Report) {
    let Some(methods) = &draft.code_challenge_methods_supported else {
        return;
    };
    if !methods.iter().any(|method| method == "S256") {
        let path = draft.path.key("code_challenge_methods_supported");
        let shown = methods.iter().map(|method| quoted(method)).collect::<Vec<_>>().join(", ");
        let what = match methods.as_slice() {
            [] => "the list of challenge methods is empty".to_owned(),
            _ => format!("{shown} is not S256"),
        };
        let help = "S256 is the one method used here; leave the key out where the provider lists \
                    nothing"
            .to_owned();
        report.add(Code::NoS256, &path, what, help);
    }
}

pub(crate) fn signing_algorithm(draft: &Draft, report: &mut Report) {
    let Some(name) = &draft.id_token_signed_response_alg else {
        return;
    };
    if !ALGORITHMS.contains(&name.as_str()) {
        let what = if name == "none" {
            "`none` is no signature".to_owned()
        } else {
            format!("{} is not a signature algorithm known here", quoted(name))
        };
        let help = format!("write one of {}", ALGORITHMS.join(", "));
        let path = draft.path.key("id_token_signed_response_alg");
        report.add(Code::UnknownSigningAlgorithm, &path, what, help);
    }
}

pub(crate) fn deviations(draft: &Draft, report: &mut Report) {
    let all = &draft.deviations;
    let path = draft.path.key("deviations");
    text::check_headers(&all.token_request_headers, &path.key("token_request_headers"), report);
    text::check_separator(all.scope_separator.as_ref(), &path.key("scope_separator"), report);
    let granted = path.key("granted_scope_separator");
    text::check_separator(all.granted_scope_separator.as_ref(), &granted, report);
    let response_path = path.key("token_response_path");
    text::check_json_path(all.token_response_path.as_ref(), &response_path, report);
    let mut contradiction = |key: &str, what: &str| {
        let help = "leave one of them out".to_owned();
        report.add(Code::Contradiction, &path.key(key), what.to_owned(), help);
    };
    let is_list = all.granted_scope_array == Some(true);
    if is_list && all.granted_scope_separator.is_some() {
        contradiction(
            "granted_scope_separator",
            "a list has no separator, and `granted_scope_array` is true",
        );
    }
    if all.form_encoded_token_response == Some(true) {
        if is_list {
            contradiction(
                "granted_scope_array",
                "a form has no list, and `form_encoded_token_response` is true",
            );
        }
        if all.token_response_path.is_some() {
            contradiction(
                "token_response_path",
                "a form has no objects, and `form_encoded_token_response` is true",
            );
        }
    }
}

pub(crate) fn profile(profile: &ProfileDraft, path: &FieldPath, report: &mut Report) {
    if let Some(method) = &profile.method
        && !matches!(method.as_str(), "GET" | "POST")
    {
        let what = format!("{} is not a method for a profile", quoted(method));
        let help = "write GET or POST".to_owned();
        report.add(Code::UnknownProfileMethod, &path.key("method"), what, help);
    }
    text::check_headers(&profile.headers, &path.key("headers"), report);
    for (key, value) in [
        ("subject", &profile.subject),
        ("name", &profile.name),
        ("email", &profile.email),
        ("email_verified", &profile.email_verified),
        ("picture", &profile.picture),
    ] {
        text::check_json_path(value.as_ref(), &path.key(key), report);
    }
}
