//! Which check failed, and whose turn it is then.

use std::fmt;

/// Whose turn it is after a failure. The command line has one exit code for each group, and a web
/// application one status:
///
/// ```
/// use pkce_flow::{Error, Kind};
///
/// fn status(error: &Error) -> u16 {
///     match error.kind() {
///         Kind::Refused => 403,
///         Kind::Expired | Kind::Security => 400, // begin again, in this browser
///         Kind::Provider | Kind::Network => 502,
///         _ => 500,
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The programmer's: a declaration, an argument or the environment is wrong.
    Configuration,
    /// The user or the provider said no.
    Refused,
    /// The login took too long, or was used before.
    Expired,
    /// A check failed that protects the user. Do not go on.
    Security,
    /// The provider answered what it should not.
    Provider,
    /// The provider was not reached, or not in time.
    Network,
    /// A store of this application failed, or the machine: a port that is taken, no randomness.
    Store,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $kind:ident;)*) => {
        /// Which check failed: one value for each failure that a program may want to tell apart.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $($(#[$doc])* $name,)*
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$name),*];

            /// The code as text, for logs: stable.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => $text,)* }
            }

            /// The group that the code belongs to.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(ErrorCode::$name => Kind::$kind,)* }
            }
        }
    };
}

codes! {
    /// The declaration has mistakes; [`Error::problems`](crate::Error::problems) lists them.
    Declaration = "declaration", Configuration;
    /// A providers TOML could not be read.
    FileUnreadable = "file-unreadable", Configuration;
    /// No provider of that name is declared.
    UnknownProvider = "unknown-provider", Configuration;
    /// The client secret's variable or file is missing, unreadable or empty.
    ClientSecret = "client-secret", Configuration;
    /// An argument of a call is wrong: a blank user, a reserved parameter.
    Argument = "argument", Configuration;
    /// The provider has no such endpoint, as far as declaration and metadata say.
    EndpointUnknown = "endpoint-unknown", Configuration;
    /// None of the client authentication methods that the provider takes is known here.
    AuthMethodUnknown = "auth-method-unknown", Configuration;
    /// The HTTP client could not be made, or was called where it cannot work.
    HttpClient = "http-client", Configuration;
    /// The user, or the provider on the user's behalf, said no: `access_denied`
    /// (RFC 6749 section 4.1.2.1).
    AccessDenied = "access-denied", Refused;
    /// The authorization server answered with another error (RFC 6749 section 4.1.2.1).
    AuthorizationRefused = "authorization-refused", Refused;
    /// The token endpoint does not take this client: `invalid_client`, `unauthorized_client`
    /// (RFC 6749 section 5.2). The registration is wrong, not the user.
    ClientRefused = "client-refused", Refused;
    /// The token endpoint answered with another error (RFC 6749 section 5.2).
    TokenRefused = "token-refused", Refused;
    /// The revocation endpoint answered with an error (RFC 7009 section 2.2.1).
    RevocationRefused = "revocation-refused", Refused;
    /// A resource did not accept the access token (RFC 6750 section 3.1).
    AccessTokenRefused = "access-token-refused", Refused;
    /// There is no refresh token, so the user has to log in again.
    NoRefreshToken = "no-refresh-token", Refused;
    /// The login was not finished in time.
    LoginExpired = "login-expired", Expired;
    /// The callback was delivered before: a pending login is used once.
    LoginAlreadyUsed = "login-already-used", Expired;
    /// No login with this state is pending: forged, forgotten, or begun by another process.
    LoginNotFound = "login-not-found", Security;
    /// The login was begun for another user.
    LoginOfOtherUser = "login-of-other-user", Security;
    /// The login was begun at another provider.
    LoginOfOtherProvider = "login-of-other-provider", Security;
    /// What the store gave back is not what was put there.
    LoginAltered = "login-altered", Security;
    /// The callback lacks `state`, or `code` and `error`, or is not one at all.
    CallbackMalformed = "callback-malformed", Security;
    /// A parameter stands twice in the callback (RFC 6749 section 3.1).
    CallbackDuplicate = "callback-duplicate", Security;
    /// `iss` in the callback is not the declared issuer (RFC 9207 section 2.4).
    IssuerMismatch = "issuer-mismatch", Security;
    /// The provider promises `iss` in the callback, and it is not there (RFC 9207 section 2.4).
    IssuerMissing = "issuer-missing", Security;
    /// The metadata is another issuer's (RFC 8414 section 3.3).
    MetadataIssuer = "metadata-issuer", Security;
    /// The subject of the userinfo answer is not the one expected.
    SubjectMismatch = "subject-mismatch", Security;
    /// The discovery document cannot be used.
    Metadata = "metadata", Provider;
    /// The token response is not one (RFC 6749 section 5.1).
    TokenResponse = "token-response", Provider;
    /// The userinfo or profile answer is not one.
    ProfileResponse = "profile-response", Provider;
    /// An answer with a status that says that the provider failed.
    Status = "status", Provider;
    /// The provider redirects a request that carries secrets; that is never followed.
    Redirect = "redirect", Provider;
    /// The answer is larger than is read.
    TooLarge = "too-large", Provider;
    /// The provider asks to come back later (429 or 503).
    Overloaded = "overloaded", Provider;
    /// The connection was not made.
    Connect = "connect", Network;
    /// The server's certificate was not trusted, or TLS failed otherwise.
    Tls = "tls", Network;
    /// No answer in time.
    Timeout = "timeout", Network;
    /// The connection broke.
    Connection = "connection", Network;
    /// The system's random generator failed.
    Randomness = "randomness", Store;
    /// The loopback redirect URI could not be listened on.
    Listen = "listen", Store;
    /// No browser could be opened.
    Browser = "browser", Store;
    /// A store failed.
    Store = "store", Store;
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
