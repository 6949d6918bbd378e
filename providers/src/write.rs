//! A draft -> the neutral tree: what reading the tree gives back. Generated source and whoever
//! shows a filled declaration go through here.

use crate::deviations::DeviationsDraft;
use crate::draft::{Draft, ProfileDraft};
use crate::raw::{RawTable, RawValue};
use crate::resolved::Resolved;
use crate::value::{ScopeDraft, SecretSource, Text};

impl Resolved {
    /// The filled declaration as a tree, under the keys of a providers TOML, in their order.
    /// What presets left as templates is [`RawValue::Template`].
    pub fn to_raw(&self) -> RawTable {
        self.draft.to_raw()
    }
}

impl Draft {
    /// The draft as a tree, under the keys of a providers TOML, in their order. The preset's name
    /// is left out: [`resolve`](crate::resolve) has filled in what it stands for.
    pub fn to_raw(&self) -> RawTable {
        let mut out = Writer::default();
        out.variables(self);
        out.text("client_id", self.client_id.as_ref());
        out.secret(self.client_secret.as_ref());
        out.text("redirect_uri", self.redirect_uri.as_ref());
        match &self.scope {
            Some(ScopeDraft::Text(scope)) => out.string("scope", Some(scope)),
            Some(ScopeDraft::List(scope)) => out.list("scope", Some(scope)),
            None => {}
        }
        out.list("unlisted_scope", Some(&self.unlisted_scope));
        out.text("root_url", self.root_url.as_ref());
        out.string("display_name", self.display_name.as_ref());
        out.string("documentation", self.documentation.as_ref());
        out.text("issuer", self.issuer.as_ref());
        out.flag("discovery", self.discovery);
        out.string("issuer_template", self.issuer_template.as_ref());
        out.list("id_token_issuers", Some(&self.id_token_issuers));
        out.flag(
            "authorization_response_iss_parameter_supported",
            self.authorization_response_iss_parameter_supported,
        );
        for (key, endpoint) in [
            ("authorization_endpoint", &self.authorization_endpoint),
            ("token_endpoint", &self.token_endpoint),
            ("userinfo_endpoint", &self.userinfo_endpoint),
            ("revocation_endpoint", &self.revocation_endpoint),
            ("introspection_endpoint", &self.introspection_endpoint),
            ("device_authorization_endpoint", &self.device_authorization_endpoint),
            ("pushed_authorization_request_endpoint", &self.pushed_authorization_request_endpoint),
            ("end_session_endpoint", &self.end_session_endpoint),
            ("jwks_uri", &self.jwks_uri),
        ] {
            out.text(key, endpoint.as_ref());
        }
        out.string("token_endpoint_auth_method", self.token_endpoint_auth_method.as_ref());
        out.string("id_token_signed_response_alg", self.id_token_signed_response_alg.as_ref());
        out.list("scopes_supported", Some(&self.scopes_supported));
        out.flag("scopes_open", self.scopes_open);
        out.list(
            "code_challenge_methods_supported",
            self.code_challenge_methods_supported.as_ref(),
        );
        out.string("response_mode", self.response_mode.as_ref());
        out.pairs("extra_authorization_params", &self.extra_authorization_params);
        out.pairs("extra_token_params", &self.extra_token_params);
        if let Some(profile) = &self.profile {
            out.table("profile", profile_table(profile));
        }
        out.table("deviations", deviations_table(&self.deviations));
        out.0
    }
}

fn profile_table(profile: &ProfileDraft) -> RawTable {
    let mut out = Writer::default();
    out.text("url", profile.url.as_ref());
    out.string("method", profile.method.as_ref());
    out.pairs("headers", &profile.headers);
    for (key, path) in [
        ("subject", &profile.subject),
        ("name", &profile.name),
        ("email", &profile.email),
        ("email_verified", &profile.email_verified),
        ("picture", &profile.picture),
    ] {
        out.string(key, path.as_ref());
    }
    out.0
}

fn deviations_table(deviations: &DeviationsDraft) -> RawTable {
    let mut out = Writer::default();
    out.flag("raw_client_secret_basic", deviations.raw_client_secret_basic);
    out.flag("json_token_request", deviations.json_token_request);
    out.pairs("token_request_headers", &deviations.token_request_headers);
    out.flag("token_errors_with_status_200", deviations.token_errors_with_status_200);
    out.flag("form_encoded_token_response", deviations.form_encoded_token_response);
    out.flag("missing_token_type", deviations.missing_token_type);
    out.string("scope_separator", deviations.scope_separator.as_ref());
    out.string("granted_scope_separator", deviations.granted_scope_separator.as_ref());
    out.flag("granted_scope_array", deviations.granted_scope_array);
    out.string("token_response_path", deviations.token_response_path.as_ref());
    out.0
}

#[derive(Default)]
struct Writer(RawTable);

impl Writer {
    fn put(&mut self, key: &str, value: RawValue) {
        self.0.0.push((key.to_owned(), value));
    }

    fn string(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.put(key, RawValue::String(value.clone()));
        }
    }

    fn flag(&mut self, key: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.put(key, RawValue::Bool(value));
        }
    }

    fn list(&mut self, key: &str, items: Option<&Vec<String>>) {
        if let Some(items) = items.filter(|items| !items.is_empty()) {
            let items = items.iter().cloned().map(RawValue::String).collect();
            self.put(key, RawValue::Array(items));
        }
    }

    fn table(&mut self, key: &str, table: RawTable) {
        if !table.0.is_empty() {
            self.put(key, RawValue::Table(table));
        }
    }

    fn pairs(&mut self, key: &str, pairs: &[(String, String)]) {
        let entries =
            pairs.iter().map(|(name, value)| (name.clone(), RawValue::String(value.clone())));
        self.table(key, RawTable(entries.collect()));
    }

    fn text(&mut self, key: &str, text: Option<&Text>) {
        if let Some(text) = text {
            self.put(key, text_value(text));
        }
    }

    fn variables(&mut self, draft: &Draft) {
        let entries =
            draft.variables.iter().map(|(name, text)| (name.clone(), text_value(text))).collect();
        self.table("variables", RawTable(entries));
    }

    fn secret(&mut self, source: Option<&SecretSource>) {
        let source = match source {
            Some(SecretSource::Env(name)) => source_value("env", name.clone()),
            Some(SecretSource::File(path)) => source_value("file", path.display().to_string()),
            // Handed over in code: there is nothing to write.
            Some(SecretSource::Given) | None => return,
        };
        self.put("client_secret", source);
    }
}

fn text_value(text: &Text) -> RawValue {
    match text {
        Text::Literal(value) => RawValue::String(value.clone()),
        Text::Template(value) => RawValue::Template(value.clone()),
        // What the environment held is not written down.
        Text::Env(name) | Text::FromEnv { name, .. } => source_value("env", name.clone()),
    }
}

fn source_value(key: &str, value: String) -> RawValue {
    RawValue::Table(RawTable(vec![(key.to_owned(), RawValue::String(value))]))
}
