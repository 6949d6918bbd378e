//! Fills a draft from its preset.

use crate::check::check_into;
use crate::code::Code;
use crate::deviations::DeviationsDraft;
use crate::draft::{Draft, ProfileDraft};
use crate::excerpt::quoted;
use crate::preset::Preset;
use crate::problem::{Problem, Problems};
use crate::report::Report;
use crate::resolved::Resolved;
use crate::value::Text;

/// Fills `draft` from its preset: what the draft states wins, the preset fills what it leaves out.
///
/// - Parameters, headers and deviations are filled one by one; a profile table that states its
///   own `url` is taken whole.
/// - Where the draft states an `issuer`, the preset's `issuer_template` and `id_token_issuers` are
///   not taken: they say the same thing in another way.
/// - Where the draft states a `root_url`, the authorization and the token endpoint are `authorize`
///   and `token` below it, unless the draft states them. Of the preset's other URLs (issuer, user
///   information, revocation, keys, profile …) only those of the same origin as `root_url` are
///   kept, so that a token never goes to a host that did not issue it. So for a GitLab of one's
///   own, `variables = { domain = "gitlab.corp.example" }` is the better way: it keeps them all.
/// - Without a client_secret a preset's `token_endpoint_auth_method` is not taken: the client is
///   public then.
///
/// A draft without a preset comes back as it is.
///
/// # Errors
/// What is wrong with the preset's name and the variables, and beside it everything that
/// [`check`](crate::check) finds.
pub fn resolve(draft: Draft) -> Result<Resolved, Problems> {
    let mut report = Report::default();
    let resolved = resolve_into(draft, &mut report);
    if report.len() > 0 {
        check_into(&resolved, &mut report);
    }
    report.finish()?;
    Ok(resolved)
}

pub(crate) fn resolve_into(mut draft: Draft, report: &mut Report) -> Resolved {
    let preset = match &draft.preset {
        None if report.is_excused(&draft.path.key("preset")) => {
            excuse_endpoints(&draft, report);
            None
        }
        None => {
            refuse_variables(&draft, report);
            None
        }
        Some(name) => {
            let preset = Preset::find(name);
            if preset.is_none() {
                unknown_preset(&draft, name, report);
            }
            preset
        }
    };
    let Some(preset) = preset else {
        return Resolved { draft, client_secret_required: false };
    };
    fill_variables(&mut draft, preset, report);
    fill(&mut draft, &preset.draft);
    Resolved { draft, client_secret_required: preset.client_secret_required }
}

fn refuse_variables(draft: &Draft, report: &mut Report) {
    let path = draft.path.key("variables");
    for name in draft.variables.keys() {
        let what = format!("the variable {} belongs to no preset", quoted(name));
        let help = "write preset = \"…\", or leave the variables out".to_owned();
        report.push(Problem::new(Code::UnknownVariable, path.key(name), what, help).at_key());
    }
}

fn unknown_preset(draft: &Draft, name: &str, report: &mut Report) {
    let path = draft.path.key("preset");
    let names: Vec<_> = Preset::names().collect();
    let help = match Preset::nearest(name) {
        Some(near) => format!("write preset = \"{near}\"; there are {}", names.join(", ")),
        None => format!("the presets are {}; or state the endpoints", names.join(", ")),
    };
    if name.trim().is_empty() {
        report.add(Code::EmptyValue, &path, "`preset` is empty".to_owned(), help);
    } else {
        let what = format!("there is no preset {}", quoted(name));
        report.add(Code::UnknownPreset, &path, what, help);
    }
    excuse_endpoints(draft, report);
}

/// The endpoints are missing because the preset is.
fn excuse_endpoints(draft: &Draft, report: &mut Report) {
    for key in ["authorization_endpoint", "token_endpoint"] {
        report.excuse(draft.path.key(key));
    }
}

fn fill_variables(draft: &mut Draft, preset: &Preset, report: &mut Report) {
    let path = draft.path.key("variables");
    let known: Vec<_> = preset.variables.iter().map(|known| known.name.as_str()).collect();
    for name in draft.variables.keys().filter(|name| !known.contains(&name.as_str())) {
        let what = format!("the preset `{}` has no variable {}", preset.name, quoted(name));
        let help = if known.is_empty() {
            "leave the variables out".to_owned()
        } else {
            let near = crate::keys::nearest(name, known.iter().copied());
            if let Some(near) = near {
                report.excuse(path.key(near));
            }
            format!("its variables are {}", known.join(", "))
        };
        report.push(Problem::new(Code::UnknownVariable, path.key(name), what, help).at_key());
    }
    for variable in &preset.variables {
        if draft.variables.contains_key(&variable.name) || report.is_reported(&path) {
            continue;
        }
        if let Some(default) = &variable.default {
            draft.variables.insert(variable.name.clone(), Text::Literal(default.clone()));
            continue;
        }
        let what = format!("the preset `{}` needs the variable `{}`", preset.name, variable.name);
        let help = format!("write variables.{} = \"…\": {}", variable.name, variable.description);
        report.missing(Code::MissingVariable, &path.key(&variable.name), what, help);
    }
}

macro_rules! fill_each {
    ($draft:ident, $preset:ident: $($field:ident),* $(,)?) => {
        $(if $draft.$field.is_none() { $draft.$field.clone_from(&$preset.$field); })*
    };
}

fn fill(draft: &mut Draft, preset: &Draft) {
    if draft.root_url.is_none() {
        if draft.issuer.is_none() {
            fill_each!(draft, preset: issuer_template);
            if draft.id_token_issuers.is_empty() {
                draft.id_token_issuers.clone_from(&preset.id_token_issuers);
            }
        }
        fill_each!(draft, preset: authorization_endpoint, token_endpoint,
            authorization_response_iss_parameter_supported);
    }
    if draft.client_secret.is_some() {
        fill_each!(draft, preset: token_endpoint_auth_method);
    }
    fill_each!(draft, preset: issuer, userinfo_endpoint, revocation_endpoint,
        introspection_endpoint, device_authorization_endpoint,
        pushed_authorization_request_endpoint, end_session_endpoint, jwks_uri, discovery,
        id_token_signed_response_alg, code_challenge_methods_supported, response_mode,
        display_name, documentation);
    if draft.scopes_supported.is_empty() {
        // Whether a list is open belongs to the list.
        draft.scopes_supported.clone_from(&preset.scopes_supported);
        fill_each!(draft, preset: scopes_open);
    }
    fill_pairs(&mut draft.extra_authorization_params, &preset.extra_authorization_params);
    fill_pairs(&mut draft.extra_token_params, &preset.extra_token_params);
    fill_profile(draft, preset);
    fill_deviations(&mut draft.deviations, &preset.deviations);
}

fn fill_pairs(pairs: &mut Vec<(String, String)>, preset: &[(String, String)]) {
    for (name, value) in preset {
        if !pairs.iter().any(|(stated, _)| stated == name) {
            pairs.push((name.clone(), value.clone()));
        }
    }
}

fn fill_headers(headers: &mut Vec<(String, String)>, preset: &[(String, String)]) {
    for (name, value) in preset {
        if !headers.iter().any(|(stated, _)| stated.eq_ignore_ascii_case(name)) {
            headers.push((name.clone(), value.clone()));
        }
    }
}

fn fill_profile(draft: &mut Draft, preset: &Draft) {
    let Some(preset) = &preset.profile else {
        return;
    };
    let profile = draft.profile.get_or_insert_with(ProfileDraft::default);
    if profile.url.is_some() {
        return;
    }
    fill_each!(profile, preset: url, method, subject, name, email, email_verified, picture);
    fill_headers(&mut profile.headers, &preset.headers);
}

fn fill_deviations(stated: &mut DeviationsDraft, preset: &DeviationsDraft) {
    fill_each!(stated, preset: raw_client_secret_basic, json_token_request,
        token_errors_with_status_200, form_encoded_token_response, missing_token_type,
        scope_separator, granted_scope_separator, granted_scope_array, token_response_path);
    fill_headers(&mut stated.token_request_headers, &preset.token_request_headers);
}
