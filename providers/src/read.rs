//! The neutral tree -> a draft. Every door goes through here, so that unknown keys, wrong types
//! and secrets written out have the same codes and words behind all of them.

use std::collections::BTreeMap;

use crate::draft::{Draft, ProfileDraft};
use crate::keys::{DECLARATION_KEYS, DEVIATION_KEYS, Key, PROFILE_KEYS, Part};
use crate::path::FieldPath;
use crate::problem::Problem;
use crate::raw::{RawTable, RawValue};
use crate::read_value::Reader;
use crate::report::Report;
use crate::unknown_key::unknown_key;
use crate::value::Text;

/// Reads one declaration, the table at `path`, into a draft.
///
/// What could not be read is left out of the draft and is a problem. Nothing else is checked.
pub fn read_declaration(name: &str, path: &FieldPath, table: &RawTable) -> (Draft, Vec<Problem>) {
    let mut report = Report::default();
    let draft = read_into(name, path, table, &mut report);
    (draft, report.into_vec())
}

/// Like [`read_declaration`], into a report that goes on.
pub(crate) fn read_into(
    name: &str,
    path: &FieldPath,
    table: &RawTable,
    report: &mut Report,
) -> Draft {
    let mut reader = Reader { report, provider: name, template: false };
    let mut draft = Draft { name: name.to_owned(), path: path.clone(), ..Draft::default() };
    for (key, value) in &table.0 {
        let path = path.key(key);
        if DECLARATION_KEYS.iter().any(|known| known.name == key) {
            provider_key(&mut reader, &mut draft, key, &path, value);
            registration_key(&mut reader, &mut draft, key, &path, value);
        } else {
            unknown_key(reader.report, &path, key, DECLARATION_KEYS);
        }
    }
    draft
}

/// Reads the facts about a provider out of a preset; keys that are not such facts are passed over.
pub(crate) fn read_provider_facts(table: &RawTable, report: &mut Report) -> Draft {
    let mut reader = Reader { report, provider: "", template: true };
    let mut draft = Draft::default();
    for (key, value) in &table.0 {
        let known = DECLARATION_KEYS.iter().find(|known| known.name == key);
        if known.is_some_and(|known: &Key| known.part == Part::Provider) {
            provider_key(&mut reader, &mut draft, key, &FieldPath::root().key(key), value);
        }
    }
    draft
}

fn provider_key(
    read: &mut Reader<'_>,
    draft: &mut Draft,
    key: &str,
    path: &FieldPath,
    value: &RawValue,
) {
    match key {
        "display_name" => draft.display_name = read.string(path, value),
        "documentation" => draft.documentation = read.string(path, value),
        "issuer" => draft.issuer = read.text(path, value),
        "discovery" => draft.discovery = read.bool(path, value),
        "issuer_template" => draft.issuer_template = read.string(path, value),
        "id_token_issuers" => {
            draft.id_token_issuers = read.strings(path, value).unwrap_or_default()
        }
        "authorization_response_iss_parameter_supported" => {
            draft.authorization_response_iss_parameter_supported = read.bool(path, value);
        }
        "authorization_endpoint" => draft.authorization_endpoint = read.url(path, value),
        "token_endpoint" => draft.token_endpoint = read.url(path, value),
        "userinfo_endpoint" => draft.userinfo_endpoint = read.url(path, value),
        "revocation_endpoint" => draft.revocation_endpoint = read.url(path, value),
        "introspection_endpoint" => draft.introspection_endpoint = read.url(path, value),
        "device_authorization_endpoint" => {
            draft.device_authorization_endpoint = read.url(path, value);
        }
        "pushed_authorization_request_endpoint" => {
            draft.pushed_authorization_request_endpoint = read.url(path, value);
        }
        "end_session_endpoint" => draft.end_session_endpoint = read.url(path, value),
        "jwks_uri" => draft.jwks_uri = read.url(path, value),
        "token_endpoint_auth_method" => {
            draft.token_endpoint_auth_method = read.string(path, value);
        }
        "id_token_signed_response_alg" => {
            draft.id_token_signed_response_alg = read.string(path, value);
        }
        "scopes_supported" => {
            draft.scopes_supported = read.strings(path, value).unwrap_or_default()
        }
        "scopes_open" => draft.scopes_open = read.bool(path, value),
        "code_challenge_methods_supported" => {
            draft.code_challenge_methods_supported = read.strings(path, value);
        }
        "response_mode" => draft.response_mode = read.string(path, value),
        "extra_authorization_params" => draft.extra_authorization_params = read.params(path, value),
        "extra_token_params" => draft.extra_token_params = read.params(path, value),
        "profile" => draft.profile = profile(read, path, value),
        "deviations" => deviations(read, draft, path, value),
        _ => {}
    }
}

fn registration_key(
    read: &mut Reader<'_>,
    draft: &mut Draft,
    key: &str,
    path: &FieldPath,
    value: &RawValue,
) {
    match key {
        "preset" => draft.preset = read.string(path, value),
        "variables" => draft.variables = variables(read, path, value),
        "client_id" => draft.client_id = read.text(path, value),
        "client_secret" => draft.client_secret = read.secret(path, value),
        "redirect_uri" => draft.redirect_uri = read.text(path, value),
        "scope" => draft.scope = read.scope(path, value),
        "unlisted_scope" => draft.unlisted_scope = read.strings(path, value).unwrap_or_default(),
        "root_url" => draft.root_url = read.text(path, value),
        "rust_name" => draft.rust_name = read.string(path, value),
        _ => {}
    }
}

fn variables(read: &mut Reader<'_>, path: &FieldPath, value: &RawValue) -> BTreeMap<String, Text> {
    let Some(table) = read.table(path, value, "a table of strings or { env = \"NAME\" }") else {
        return BTreeMap::new();
    };
    let mut variables = BTreeMap::new();
    for (name, value) in &table.0 {
        if let Some(text) = read.text(&path.key(name), value) {
            variables.insert(name.clone(), text);
        }
    }
    variables
}

fn profile(read: &mut Reader<'_>, path: &FieldPath, value: &RawValue) -> Option<ProfileDraft> {
    let table = read.table(path, value, "a table")?;
    let mut profile = ProfileDraft::default();
    for (key, value) in &table.0 {
        let path = path.key(key);
        match key.as_str() {
            "url" => profile.url = read.url(&path, value),
            "method" => profile.method = read.string(&path, value),
            "headers" => profile.headers = read.params(&path, value),
            "subject" => profile.subject = read.string(&path, value),
            "name" => profile.name = read.string(&path, value),
            "email" => profile.email = read.string(&path, value),
            "email_verified" => profile.email_verified = read.string(&path, value),
            "picture" => profile.picture = read.string(&path, value),
            _ => unknown_key(read.report, &path, key, PROFILE_KEYS),
        }
    }
    Some(profile)
}

fn deviations(read: &mut Reader<'_>, draft: &mut Draft, path: &FieldPath, value: &RawValue) {
    let Some(table) = read.table(path, value, "a table") else {
        return;
    };
    let all = &mut draft.deviations;
    for (key, value) in &table.0 {
        let path = path.key(key);
        match key.as_str() {
            "raw_client_secret_basic" => all.raw_client_secret_basic = read.bool(&path, value),
            "json_token_request" => all.json_token_request = read.bool(&path, value),
            "token_request_headers" => all.token_request_headers = read.params(&path, value),
            "token_errors_with_status_200" => {
                all.token_errors_with_status_200 = read.bool(&path, value);
            }
            "form_encoded_token_response" => {
                all.form_encoded_token_response = read.bool(&path, value);
            }
            "missing_token_type" => all.missing_token_type = read.bool(&path, value),
            "scope_separator" => all.scope_separator = read.string(&path, value),
            "granted_scope_separator" => all.granted_scope_separator = read.string(&path, value),
            "granted_scope_array" => all.granted_scope_array = read.bool(&path, value),
            "token_response_path" => all.token_response_path = read.string(&path, value),
            _ => unknown_key(read.report, &path, key, DEVIATION_KEYS),
        }
    }
}
