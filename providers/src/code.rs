//! The stable names of what can be wrong.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal: $meaning:literal,)*) => {
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
        }
    };
}

codes! {
    // The shape of the text.
    TomlSyntax = "toml-syntax": "The text is not TOML.",
    DuplicateKey = "duplicate-key": "A key or table stands twice.",
    UnknownKey = "unknown-key": "There is no key of this name here.",
    WrongType = "wrong-type": "The value has another type than its key takes.",
    EmptyValue = "empty-value": "The value is empty or blank.",
    // Names.
    BadTableName = "bad-table-name": "The name of a table does not become an identifier of Rust.",
    BadRustName = "bad-rust-name": "The value of `rust_name` is not an identifier of Rust.",
    NameCollision = "name-collision": "Two tables would become one type.",
    // Presets and their variables.
    UnknownPreset = "unknown-preset": "There is no preset of this name.",
    UnknownVariable = "unknown-variable": "The preset has no variable of this name.",
    MissingVariable = "missing-variable": "The preset has a variable without a default.",
    BadVariableValue = "bad-variable-value": "The value would leave its place in the URL.",
    // The environment and secrets.
    BadEnvironmentName = "bad-environment-name":
        "The name of an environment variable is empty or has `=` or NUL.",
    MissingEnvironmentVariable = "missing-environment-variable":
        "An environment variable that a declaration names is not set.",
    EmptyEnvironmentVariable = "empty-environment-variable":
        "An environment variable that a declaration names is empty.",
    SecretInClear = "secret-in-clear": "A secret is written out.",
    // What must be there.
    MissingClientId = "missing-client-id": "A registration has a client_id.",
    MissingRedirectUri = "missing-redirect-uri": "A registration has a redirect_uri.",
    MissingEndpoint = "missing-endpoint": "A login needs an authorization and a token endpoint.",
    MissingClientSecret = "missing-client-secret": "A client_secret is needed.",
    MissingProfileUrl = "missing-profile-url": "A profile table has a url.",
    // URLs.
    IllegalUrlCharacter = "illegal-url-character":
        "A URL has no white space, no control character and no backslash.",
    RelativeUrl = "relative-url": "The URL must be absolute.",
    MalformedUrl = "malformed-url": "The value is not a URL.",
    HttpNotLoopback = "http-not-loopback": "http is for loopback only; all else is https.",
    SchemeNotHttps = "scheme-not-https": "The URL has another scheme than https.",
    UserinfoInUrl = "userinfo-in-url": "A URL has no userinfo.",
    FragmentInUrl = "fragment-in-url": "A URL has no fragment.",
    QueryInUrl = "query-in-url": "An issuer and a root_url have no query.",
    UrlNotNormal = "url-not-normal": "The URL would be sent otherwise than it is written.",
    RelativeWithoutRootUrl = "relative-without-root-url":
        "A relative endpoint needs a root_url.",
    BadRelativeEndpoint = "bad-relative-endpoint":
        "A relative endpoint stays below root_url.",
    PrivateSchemeWithoutDot = "private-scheme-without-dot":
        "A private-use scheme has a dot in it.",
    DangerousScheme = "dangerous-scheme": "The scheme of a redirect_uri runs or opens something.",
    // The rest of the model.
    BadClientId = "bad-client-id": "The client_id has characters that RFC 6749 does not allow.",
    BadScope = "bad-scope": "A scope token has characters that RFC 6749 does not allow.",
    ReservedParameter = "reserved-parameter": "The parameter belongs to the flow itself.",
    EmptyParameterName = "empty-parameter-name": "A parameter has a name.",
    BadHeader = "bad-header": "The name or value of a header has illegal characters.",
    ReservedHeader = "reserved-header": "The header belongs to the request itself.",
    UnknownAuthMethod = "unknown-auth-method": "The client authentication is not known.",
    UnknownResponseMode = "unknown-response-mode": "The response mode is not known.",
    UnknownSigningAlgorithm = "unknown-signing-algorithm":
        "The algorithm of an ID token's signature is not known, or is no signature.",
    UnknownProfileMethod = "unknown-profile-method": "A profile is fetched by GET or POST.",
    Contradiction = "contradiction": "Two keys contradict each other.",
    NoS256 = "no-s256": "The provider lists challenge methods and S256 is not among them.",
    BadSeparator = "bad-separator": "A separator of scopes is empty or has control characters.",
    BadJsonPath = "bad-json-path": "A dotted path into JSON has an empty part.",
    BadIssuerTemplate = "bad-issuer-template": "An issuer template has exactly one placeholder.",
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
