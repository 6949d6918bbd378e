//! Every key there is: its name, what it takes and one line about it.

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A string.
    String,
    /// A string or `{ env = "NAME" }`.
    Text,
    /// An absolute URL, or a path relative to root_url.
    Endpoint,
    /// `{ env = "NAME" }` or `{ file = "PATH" }`, never a string.
    Secret,
    /// `true` or `false`.
    Bool,
    /// A list of strings.
    Strings,
    /// A string with spaces in it, or a list of strings.
    Scope,
    /// A table of strings, with any keys.
    Params,
    /// A table of strings or `{ env = "NAME" }`, with any keys.
    Variables,
    /// A table of variables' declarations, with any keys.
    VariableDeclarations,
    /// A table with these keys.
    Table(&'static [Key]),
}

impl Kind {
    /// What the key takes, for a message: `a string`.
    pub const fn describe(self) -> &'static str {
        match self {
            Kind::String | Kind::Endpoint => "a string",
            Kind::Text => "a string or { env = \"NAME\" }",
            Kind::Secret => "{ env = \"NAME\" } or { file = \"PATH\" }",
            Kind::Bool => "true or false",
            Kind::Strings => "a list of strings",
            Kind::Scope => "a string or a list of strings",
            Kind::Params => "a table of strings",
            Kind::Variables => "a table of strings or { env = \"NAME\" }",
            Kind::VariableDeclarations | Kind::Table(_) => "a table",
        }
    }
}

/// Where a key may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// A fact about the provider: in a declaration and in a preset.
    Provider,
    /// What a developer got by registering: in a declaration alone.
    Registration,
    /// About a preset itself: in a preset alone.
    Preset,
}

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Key {
    /// The name, as it is written.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Where it may stand.
    pub part: Part,
    /// One line about it.
    pub doc: &'static str,
}

const fn provider(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, part: Part::Provider, doc }
}

const fn registration(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, part: Part::Registration, doc }
}

const fn preset(name: &'static str, kind: Kind, doc: &'static str) -> Key {
    Key { name, kind, part: Part::Preset, doc }
}

/// The keys of a whole providers TOML.
pub const FILE_KEYS: &[Key] =
    &[registration("providers", Kind::Table(DECLARATION_KEYS), "One table for each provider.")];

/// The keys of one declaration: a table `[providers.NAME]`, or the attributes of one type.
pub const DECLARATION_KEYS: &[Key] = &[
    registration("preset", Kind::String, "The preset that fills what is left out."),
    registration("variables", Kind::Variables, "The values of the preset's variables."),
    registration("client_id", Kind::Text, "The client identifier (RFC 6749 section 2.2)."),
    registration(
        "client_secret",
        Kind::Secret,
        "Where the client secret comes from; it is never written out.",
    ),
    registration(
        "redirect_uri",
        Kind::Text,
        "Where the provider sends the browser back to, as registered.",
    ),
    registration("scope", Kind::Scope, "The scope to ask for (RFC 6749 section 3.3)."),
    registration(
        "unlisted_scope",
        Kind::Strings,
        "Scopes asked for that the provider has, though they look like a slip of a known one.",
    ),
    registration("root_url", Kind::Text, "The URL that relative endpoints start at."),
    registration("rust_name", Kind::String, "The generated type's name."),
    provider("display_name", Kind::String, "The provider's name for people."),
    provider("documentation", Kind::String, "Where the provider documents its OAuth 2.0."),
    provider("issuer", Kind::Text, "The issuer identifier (RFC 8414 section 2, RFC 9207)."),
    provider("discovery", Kind::Bool, "false: the issuer has no metadata to ask for."),
    provider("issuer_template", Kind::String, "The issuer of ID tokens, a claim in braces."),
    provider("id_token_issuers", Kind::Strings, "Further issuers that ID tokens may name."),
    provider(
        "authorization_response_iss_parameter_supported",
        Kind::Bool,
        "Whether the callback always has iss (RFC 9207 section 3).",
    ),
    provider(
        "authorization_endpoint",
        Kind::Endpoint,
        "Where the browser is sent (RFC 6749 section 3.1).",
    ),
    provider(
        "token_endpoint",
        Kind::Endpoint,
        "Where the code is exchanged (RFC 6749 section 3.2).",
    ),
    provider("userinfo_endpoint", Kind::Endpoint, "OpenID Connect's UserInfo endpoint."),
    provider("revocation_endpoint", Kind::Endpoint, "Where tokens are revoked (RFC 7009)."),
    provider("introspection_endpoint", Kind::Endpoint, "Where tokens are looked up (RFC 7662)."),
    provider(
        "device_authorization_endpoint",
        Kind::Endpoint,
        "Where a device begins its login (RFC 8628).",
    ),
    provider(
        "pushed_authorization_request_endpoint",
        Kind::Endpoint,
        "Where requests are pushed (RFC 9126).",
    ),
    provider("end_session_endpoint", Kind::Endpoint, "OpenID Connect's end session endpoint."),
    provider("jwks_uri", Kind::Endpoint, "Where the provider's keys are."),
    provider(
        "token_endpoint_auth_method",
        Kind::String,
        "client_secret_basic, client_secret_post or none (RFC 7591 section 2).",
    ),
    provider(
        "id_token_signed_response_alg",
        Kind::String,
        "The algorithm of ID tokens' signatures, such as RS256.",
    ),
    provider("scopes_supported", Kind::Strings, "Scopes that the provider is known to have."),
    provider("scopes_open", Kind::Bool, "true: the provider has scopes of its users' own."),
    provider(
        "code_challenge_methods_supported",
        Kind::Strings,
        "The challenge methods that the provider lists; S256 must be among them.",
    ),
    provider("response_mode", Kind::String, "query or form_post."),
    provider(
        "extra_authorization_params",
        Kind::Params,
        "Parameters of each authorization request besides the flow's own.",
    ),
    provider(
        "extra_token_params",
        Kind::Params,
        "Parameters of each token request besides the flow's own.",
    ),
    provider("profile", Kind::Table(PROFILE_KEYS), "The provider's own profile API."),
    provider("deviations", Kind::Table(DEVIATION_KEYS), "Where the provider departs from RFCs."),
];

/// The keys of `[providers.NAME.profile]`.
pub const PROFILE_KEYS: &[Key] = &[
    provider("url", Kind::Endpoint, "The URL of the call."),
    provider("method", Kind::String, "GET (the default) or POST."),
    provider("headers", Kind::Params, "Headers that the call carries."),
    provider("subject", Kind::String, "The dotted path to the subject in the JSON answer."),
    provider("name", Kind::String, "The dotted path to the name."),
    provider("email", Kind::String, "The dotted path to the e-mail address."),
    provider("email_verified", Kind::String, "The dotted path to whether it was verified."),
    provider("picture", Kind::String, "The dotted path to the picture's URL."),
];

/// The keys of `[providers.NAME.deviations]`.
pub const DEVIATION_KEYS: &[Key] = &[
    provider(
        "raw_client_secret_basic",
        Kind::Bool,
        "client_secret_basic without the percent-encoding of RFC 6749 section 2.3.1.",
    ),
    provider("json_token_request", Kind::Bool, "The token request's body is JSON."),
    provider("token_request_headers", Kind::Params, "Headers of each token request."),
    provider("token_errors_with_status_200", Kind::Bool, "Errors come with status 200."),
    provider("form_encoded_token_response", Kind::Bool, "The token response is a form."),
    provider("missing_token_type", Kind::Bool, "The token response has no token_type."),
    provider("scope_separator", Kind::String, "Between the scopes that are asked for."),
    provider("granted_scope_separator", Kind::String, "Between the scopes that were granted."),
    provider("granted_scope_array", Kind::Bool, "The granted scope is a list."),
    provider("token_response_path", Kind::String, "The dotted path to the response's members."),
];

/// The keys that only a preset has; beside them it has those of [`Part::Provider`].
pub const PRESET_KEYS: &[Key] = &[
    preset("checked", Kind::String, "The day when the facts were checked, YYYY-MM-DD."),
    preset("client_secret_required", Kind::Bool, "No login without a client secret."),
    preset("variables", Kind::VariableDeclarations, "The variables of the templates."),
    preset("scopes", Kind::Params, "The provider's scopes, each with a word on it."),
];

/// The keys of a preset's `[variables.NAME]`.
pub const VARIABLE_KEYS: &[Key] = &[
    preset("default", Kind::String, "The value where a declaration gives none."),
    preset("description", Kind::String, "What the variable is."),
];

/// The key that `name` most probably was meant to be.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase().replace(['-', ' '], "_");
    known
        .into_iter()
        .map(|key| (strsim::jaro_winkler(&name, &key.replace('-', "_")), key))
        .filter(|(likeness, _)| *likeness >= 0.85)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::{DECLARATION_KEYS, nearest};

    #[test]
    fn the_nearest_key_is_found_and_a_far_one_is_not() {
        let names = || DECLARATION_KEYS.iter().map(|key| key.name);
        assert_eq!(nearest("clientid", names()), Some("client_id"));
        assert_eq!(nearest("Client-ID", names()), Some("client_id"));
        assert_eq!(nearest("token_endpont", names()), Some("token_endpoint"));
        assert_eq!(nearest("scopes", names()), Some("scope"));
        assert_eq!(nearest("zzz", names()), None);
    }
}
