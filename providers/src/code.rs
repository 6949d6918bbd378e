//! The stable names of what can be wrong.

use std::fmt;

macro_rules! page {
    ($text:literal) => {
        include_str!(concat!("../codes/", $text, ".md"))
    };
}

macro_rules! codes {
    ($($variant:ident $module:ident = $text:literal: $meaning:literal,)*) => {
        /// What kind of mistake a [`Problem`](crate::Problem) is about.
        ///
        /// [`Code::as_str`] is stable: scripts may compare it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The stable name, such as `http-not-loopback`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text,)* }
            }

            /// One sentence that says which rule the code stands for.
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning,)* }
            }

            /// The long explanation, a page of Markdown of at most 80 columns: why the rule is
            /// there, a wrong and a right example, and what to do. [`codes`](crate::codes) has
            /// the same pages.
            pub const fn explanation(self) -> &'static str {
                match self { $(Code::$variant => page!($text),)* }
            }
        }

        /// One page for each [`Code`](crate::Code), and for each of those of
        /// [`MetadataError`](crate::MetadataError): the rule, why it is there, a wrong and a
        /// right example, and what to do. [`explanation`](crate::explanation) gives the same text.
        pub mod codes {
            $(#[doc = page!($text)] pub mod $module {})*
            #[doc = page!("metadata-not-json")] pub mod metadata_not_json {}
            #[doc = page!("metadata-too-large")] pub mod metadata_too_large {}
            #[doc = page!("metadata-issuer-mismatch")] pub mod metadata_issuer_mismatch {}
            #[doc = page!("metadata-bad-url")] pub mod metadata_bad_url {}
            #[doc = page!("metadata-wrong-type")] pub mod metadata_wrong_type {}
            #[doc = page!("metadata-no-s256")] pub mod metadata_no_s256 {}
        }
    };
}

codes! {
    // The shape of the text.
    TomlSyntax toml_syntax = "toml-syntax": "The text is not TOML.",
    DuplicateKey duplicate_key = "duplicate-key": "A key or table stands twice.",
    UnknownKey unknown_key = "unknown-key": "There is no key of this name here.",
    WrongType wrong_type = "wrong-type": "The value has another type than its key takes.",
    EmptyValue empty_value = "empty-value": "The value is empty or blank.",
    // Names.
    BadTableName bad_table_name = "bad-table-name":
        "The name of a table does not become an identifier of Rust.",
    BadRustName bad_rust_name = "bad-rust-name":
        "The value of `rust_name` is not an identifier of Rust.",
    NameCollision name_collision = "name-collision": "Two tables would become one type.",
    // Presets and their variables.
    UnknownPreset unknown_preset = "unknown-preset": "There is no preset of this name.",
    UnknownVariable unknown_variable = "unknown-variable":
        "The preset has no variable of this name.",
    MissingVariable missing_variable = "missing-variable":
        "The preset has a variable without a default.",
    BadVariableValue bad_variable_value = "bad-variable-value":
        "The value would leave its place in the URL.",
    // The environment and secrets.
    BadEnvironmentName bad_environment_name = "bad-environment-name":
        "The name of an environment variable is empty or has `=`, NUL, `$` or braces.",
    MissingEnvironmentVariable missing_environment_variable = "missing-environment-variable":
        "An environment variable that a declaration names is not set.",
    EmptyEnvironmentVariable empty_environment_variable = "empty-environment-variable":
        "An environment variable that a declaration names is empty.",
    SecretInClear secret_in_clear = "secret-in-clear": "A secret is written out.",
    // What must be there.
    MissingClientId missing_client_id = "missing-client-id": "A registration has a client_id.",
    MissingRedirectUri missing_redirect_uri = "missing-redirect-uri":
        "A registration has a redirect_uri.",
    MissingEndpoint missing_endpoint = "missing-endpoint":
        "A login needs an authorization and a token endpoint.",
    MissingClientSecret missing_client_secret = "missing-client-secret":
        "A client_secret is needed.",
    MissingProfileUrl missing_profile_url = "missing-profile-url": "A profile table has a url.",
    // URLs.
    IllegalUrlCharacter illegal_url_character = "illegal-url-character":
        "A URL has no white space, no control character and no backslash.",
    RelativeUrl relative_url = "relative-url": "The URL must be absolute.",
    MalformedUrl malformed_url = "malformed-url": "The value is not a URL.",
    HttpNotLoopback http_not_loopback = "http-not-loopback":
        "http is for loopback only; all else is https.",
    SchemeNotHttps scheme_not_https = "scheme-not-https": "The URL has another scheme than https.",
    UserinfoInUrl userinfo_in_url = "userinfo-in-url": "A URL has no userinfo.",
    FragmentInUrl fragment_in_url = "fragment-in-url": "A URL has no fragment.",
    QueryInUrl query_in_url = "query-in-url": "An issuer and a root_url have no query.",
    UrlNotNormal url_not_normal = "url-not-normal":
        "The URL would be sent otherwise than it is written.",
    RelativeWithoutRootUrl relative_without_root_url = "relative-without-root-url":
        "A relative endpoint needs a root_url.",
    BadRelativeEndpoint bad_relative_endpoint = "bad-relative-endpoint":
        "A relative endpoint stays below root_url.",
    PrivateSchemeWithoutDot private_scheme_without_dot = "private-scheme-without-dot":
        "A private-use scheme has a dot in it.",
    DangerousScheme dangerous_scheme = "dangerous-scheme":
        "The scheme of a redirect_uri runs or opens something.",
    // The rest of the model.
    BadClientId bad_client_id = "bad-client-id":
        "The client_id has characters that RFC 6749 does not allow.",
    UnknownScope unknown_scope = "unknown-scope":
        "A scope is almost one that the provider is known to have.",
    UnusedUnlistedScope unused_unlisted_scope = "unused-unlisted-scope":
        "A scope of `unlisted_scope` is not asked for.",
    BadScope bad_scope = "bad-scope": "A scope token has characters that RFC 6749 does not allow.",
    ReservedParameter reserved_parameter = "reserved-parameter":
        "The parameter belongs to the flow itself.",
    EmptyParameterName empty_parameter_name = "empty-parameter-name": "A parameter has a name.",
    BadHeader bad_header = "bad-header": "The name or value of a header has illegal characters.",
    ReservedHeader reserved_header = "reserved-header":
        "The header belongs to the request itself.",
    UnknownAuthMethod unknown_auth_method = "unknown-auth-method":
        "The client authentication is not known.",
    UnknownResponseMode unknown_response_mode = "unknown-response-mode":
        "The response mode is not known.",
    UnknownSigningAlgorithm unknown_signing_algorithm = "unknown-signing-algorithm":
        "The algorithm of an ID token's signature is not known, or is no signature.",
    UnknownProfileMethod unknown_profile_method = "unknown-profile-method":
        "A profile is fetched by GET or POST.",
    Contradiction contradiction = "contradiction": "Two keys contradict each other.",
    NoS256 no_s256 = "no-s256": "The provider lists challenge methods and S256 is not among them.",
    BadSeparator bad_separator = "bad-separator":
        "A separator of scopes is empty or has control characters.",
    BadJsonPath bad_json_path = "bad-json-path": "A dotted path into JSON has an empty part.",
    BadDisplayName bad_display_name = "bad-display-name":
        "A display_name has no control characters.",
    BadIssuerTemplate bad_issuer_template = "bad-issuer-template":
        "An issuer template has exactly one placeholder.",
    // What several declarations are together.
    MixUp mix_up = "mix-up":
        "Two declarations have one redirect_uri, and the issuer does not tell them apart.",
}

/// The pages of what can be wrong with metadata.
const METADATA: &[(&str, &str)] = &[
    ("metadata-not-json", page!("metadata-not-json")),
    ("metadata-too-large", page!("metadata-too-large")),
    ("metadata-issuer-mismatch", page!("metadata-issuer-mismatch")),
    ("metadata-bad-url", page!("metadata-bad-url")),
    ("metadata-wrong-type", page!("metadata-wrong-type")),
    ("metadata-no-s256", page!("metadata-no-s256")),
];

/// The long explanation of the code of this name: one of [`Code`], or one of a
/// [`MetadataError`](crate::MetadataError).
///
/// ```
/// let page = pkce_flow_providers::explanation("metadata-issuer-mismatch").expect("it has a page");
/// assert!(page.starts_with("# metadata-issuer-mismatch"));
/// ```
pub fn explanation(code: &str) -> Option<&'static str> {
    let metadata = || METADATA.iter().find(|(name, _)| *name == code).map(|(_, page)| *page);
    Code::from_name(code).map(Code::explanation).or_else(metadata)
}

impl Code {
    /// The code of this stable name.
    ///
    /// ```
    /// use pkce_flow_providers::Code;
    ///
    /// let code = Code::from_name("http-not-loopback").expect("there is such a code");
    /// assert!(code.explanation().starts_with("# http-not-loopback"));
    /// assert_eq!(Code::from_name("no-such-code"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(
                name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{name}"
            );
        }
    }
}
