//! The authorization URL, RFC 6749 section 4.1.1 with RFC 7636 section 4.3.

use pkce_flow_providers::Declaration;

use super::encode::push_pair;
use super::secrets::UserSecrets;

/// What does not change from login to login, encoded once.
#[derive(Debug)]
pub(crate) struct AuthorizationTemplate {
    /// Endpoint, response_type, client_id, code_challenge_method, response_mode.
    prefix: String,
    /// Declared redirect_uri and scope, for the logins that ask for just these.
    declared: String,
    redirect_uri: String,
    scope: Vec<String>,
    scope_separator: String,
    extra: Vec<(String, String)>,
    /// The extra parameters, encoded.
    extra_encoded: String,
}

impl AuthorizationTemplate {
    pub(crate) fn new(declaration: &Declaration, endpoint: &str) -> Self {
        let mut prefix = String::from(endpoint);
        if !prefix.contains('?') {
            prefix.push('?');
        }
        push_pair(&mut prefix, "response_type", "code");
        push_pair(&mut prefix, "client_id", declaration.client_id());
        push_pair(&mut prefix, "code_challenge_method", "S256");
        if let Some(mode) = declaration.response_mode() {
            push_pair(&mut prefix, "response_mode", mode.as_str());
        }
        let extra = declaration.extra_authorization_params().to_vec();
        let mut extra_encoded = String::new();
        for (name, value) in &extra {
            push_pair(&mut extra_encoded, name, value);
        }
        let mut template = AuthorizationTemplate {
            prefix,
            declared: String::new(),
            redirect_uri: declaration.redirect_uri().to_owned(),
            scope: declaration.scope().to_vec(),
            scope_separator: declaration
                .deviations()
                .scope_separator
                .clone()
                .unwrap_or_else(|| " ".to_owned()),
            extra,
            extra_encoded,
        };
        template.declared = template.redirect_and_scope(&template.redirect_uri, &template.scope);
        template
    }

    fn redirect_and_scope(&self, redirect_uri: &str, scope: &[String]) -> String {
        let mut out = String::new();
        push_pair(&mut out, "redirect_uri", redirect_uri);
        if !scope.is_empty() {
            push_pair(&mut out, "scope", &scope.join(&self.scope_separator));
        }
        out
    }

    /// The URL to send the browser to.
    pub(crate) fn url(&self, secrets: &UserSecrets) -> String {
        let mut url = String::with_capacity(self.prefix.len() + self.declared.len() + 256);
        url.push_str(&self.prefix);
        url.push('&');
        if secrets.redirect_uri == self.redirect_uri && secrets.scope == self.scope {
            url.push_str(&self.declared);
        } else {
            url.push_str(&self.redirect_and_scope(&secrets.redirect_uri, &secrets.scope));
        }
        if secrets.params.is_empty() {
            if !self.extra_encoded.is_empty() {
                url.push('&');
                url.push_str(&self.extra_encoded);
            }
        } else {
            let replaced = |name: &str| secrets.params.iter().any(|(own, _)| own == name);
            let kept = self.extra.iter().filter(|(name, _)| !replaced(name));
            for (name, value) in kept.chain(&secrets.params) {
                push_pair(&mut url, name, value);
            }
        }
        push_pair(&mut url, "state", secrets.state.expose());
        push_pair(&mut url, "code_challenge", &secrets.code_challenge);
        if let Some(nonce) = &secrets.nonce {
            push_pair(&mut url, "nonce", nonce.expose());
        }
        url
    }
}
