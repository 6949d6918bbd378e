//! The list of faults: variant, name and the endpoint that it strikes.

use crate::endpoint::Endpoint;

macro_rules! faults {
    ($(
        $(#[doc = $doc:literal])+
        $variant:ident $({ $field:ident = $default:literal })? = $name:literal at $endpoint:ident;
    )+) => {
        /// A way to misbehave that can be ordered by name
        /// ([`TestServer::order`](crate::TestServer::order)).
        ///
        /// A fault that answers instead of the endpoint leaves the code or refresh token of the
        /// request unspent; one that changes an answer does not, as there was an answer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Fault {
            $(
                $(#[doc = $doc])+
                $variant $({
                    /// How many.
                    $field: u64,
                })?,
            )+
        }

        impl Fault {
            /// Every fault, those with a number with a small one.
            pub const ALL: &'static [Self] = &[$(Self::$variant $({ $field: $default })?,)+];

            /// Its name, such as `token-error-with-status-200`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name,)+
                }
            }

            /// What the server does then.
            pub fn description(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => concat!($($doc,)+).trim_start(),)+
                }
            }

            /// The endpoint that misbehaves. Faults of metadata strike both forms of it, faults of
            /// userinfo the profile API too.
            pub fn endpoint(self) -> Endpoint {
                match self {
                    $(Self::$variant { .. } => Endpoint::$endpoint,)+
                }
            }

            /// The number of a fault that has one.
            pub(super) fn number(self) -> Option<u64> {
                match self {
                    $($(Self::$variant { $field } => Some($field),)?)+
                    _ => None,
                }
            }

            /// The same fault with another number, where it has one.
            pub(super) fn with_number(self, number: u64) -> Option<Self> {
                match self {
                    $($(Self::$variant { .. } => Some(Self::$variant { $field: number }),)?)+
                    _ => None,
                }
            }
        }
    };
}

faults! {
    // Answers of the token endpoint that are no tokens.

    /// A refusal (`invalid_grant`) with status 200.
    TokenErrorWithStatus200 = "token-error-with-status-200" at Token;
    /// What the request is refused for anyway is said with status 200; a good request goes well.
    TokenRefusalWithStatus200 = "token-refusal-with-status-200" at Token;
    /// A refusal (`invalid_grant`) with status 400.
    TokenErrorInvalidGrant = "token-error-invalid-grant" at Token;
    /// A refresh is refused (`invalid_grant`); a code is exchanged as ever.
    RefreshRefusedAsInvalidGrant = "refresh-refused-as-invalid-grant" at Token;
    /// A refusal whose `error_description` is 100,000 characters with escape sequences and line
    /// ends.
    TokenErrorWithHostileText = "token-error-with-hostile-text" at Token;
    /// A refusal whose `error_description` sends the whole request back: the body and the header
    /// `Authorization`, secrets and all.
    TokenErrorEchoesRequest = "token-error-echoes-request" at Token;
    /// Status 500 and a page of HTML.
    TokenStatus500 = "token-status-500" at Token;
    /// Status 429 with `Retry-After` in seconds.
    TokenStatus429RetryAfter { seconds = 1 } = "token-status-429-retry-after" at Token;
    /// Status 503 with `Retry-After` in seconds.
    TokenStatus503RetryAfter { seconds = 1 } = "token-status-503-retry-after" at Token;
    /// Status 503 with `Retry-After` as a date far away.
    TokenStatus503RetryAfterDate = "token-status-503-retry-after-date" at Token;
    /// Status 307 to the same path at another host name (`localhost`), where this server listens
    /// too, so that its recorder shows whether a client followed.
    TokenRedirectToAnotherHost = "token-redirect-to-another-host" at Token;
    /// Status 200, the right headers and no body.
    EmptyTokenResponse = "empty-token-response" at Token;
    /// Status 200 and a page of HTML as `text/html`.
    WrongContentType = "wrong-content-type" at Token;
    /// Status 200, then one byte at a time, for ever.
    SlowTokenResponse = "slow-token-response" at Token;
    /// No answer; the connection stays open.
    SilentTokenEndpoint = "silent-token-endpoint" at Token;
    /// The connection is closed without an answer, and the request did nothing.
    TokenConnectionClosed = "token-connection-closed" at Token;
    /// The connection is closed without an answer, but the code or refresh token is spent.
    TokenAnswerLost = "token-answer-lost" at Token;
    /// Ten megabytes of JSON, streamed without a length.
    TenMegabyteTokenResponse = "ten-megabyte-token-response" at Token;
    /// JSON that nests 100,000 deep.
    DeeplyNestedTokenResponse = "deeply-nested-token-response" at Token;
    /// A JSON array.
    TokenResponseIsNoObject = "token-response-is-no-object" at Token;
    /// Bytes that are no UTF-8, said to be JSON.
    TokenResponseIsNoUtf8 = "token-response-is-no-utf8" at Token;

    // Tokens, sent in another way.

    /// The connection breaks in the middle of the tokens.
    TruncatedTokenResponse = "truncated-token-response" at Token;
    /// The tokens as `application/x-www-form-urlencoded`.
    FormEncodedTokenResponse = "form-encoded-token-response" at Token;
    /// The tokens as JSON that is said to be `text/plain`.
    JsonWithWrongContentType = "json-with-wrong-content-type" at Token;
    /// The tokens as JSON without a `Content-Type`.
    JsonWithoutContentType = "json-without-content-type" at Token;
    /// The tokens with status 201.
    TokenStatus201 = "token-status-201" at Token;
    /// The member `access_token` comes twice, first with another value.
    DuplicateJsonKeys = "duplicate-json-keys" at Token;
    /// The tokens as the member `data` of the answer.
    NestedTokenResponse = "nested-token-response" at Token;

    // Tokens with other members.

    /// No `token_type`.
    MissingTokenType = "missing-token-type" at Token;
    /// `token_type` is `mac`.
    TokenTypeMac = "token-type-mac" at Token;
    /// `token_type` is `BEARER`, which is right.
    TokenTypeUpperCase = "token-type-upper-case" at Token;
    /// No `access_token`.
    MissingAccessToken = "missing-access-token" at Token;
    /// `access_token` is an empty text.
    EmptyAccessToken = "empty-access-token" at Token;
    /// `access_token` has a line end, which no header can carry.
    AccessTokenWithLineEnd = "access-token-with-line-end" at Token;
    /// No `expires_in`, which is allowed.
    MissingExpiresIn = "missing-expires-in" at Token;
    /// `expires_in` as a decimal text.
    ExpiresInAsText = "expires-in-as-text" at Token;
    /// `expires_in` is a word.
    ExpiresInAsWord = "expires-in-as-word" at Token;
    /// `expires_in` is 0.
    ExpiresInZero = "expires-in-zero" at Token;
    /// `expires_in` is -1.
    ExpiresInNegative = "expires-in-negative" at Token;
    /// `expires_in` is 1e20.
    ExpiresInHuge = "expires-in-huge" at Token;
    /// `expires_in` is the greatest number of 64 bits.
    ExpiresInGreatestInteger = "expires-in-greatest-integer" at Token;
    /// `expires_in` is 3599.5.
    ExpiresInFraction = "expires-in-fraction" at Token;
    /// No `scope`, which means the scope that was asked for.
    MissingScope = "missing-scope" at Token;
    /// `scope` as a JSON array.
    ScopeAsArray = "scope-as-array" at Token;
    /// `scope` with commas.
    ScopeWithCommas = "scope-with-commas" at Token;
    /// `scope` has only the first token of what was asked for.
    ScopeNarrowed = "scope-narrowed" at Token;
    /// No `refresh_token`, for a code or a refresh.
    MissingRefreshToken = "missing-refresh-token" at Token;
    /// A refresh gives no new `refresh_token`; the old one stays good.
    RefreshWithoutRefreshToken = "refresh-without-refresh-token" at Token;
    /// Members that no RFC knows: a text, a number, a list, an object, null.
    UnknownMembers = "unknown-members" at Token;

    // The callback.

    /// No `iss`.
    CallbackWithoutIss = "callback-without-iss" at Authorization;
    /// `iss` with a `1` at its end.
    CallbackWithWrongIss = "callback-with-wrong-iss" at Authorization;
    /// `iss` with a `/` at its end: equal to a URL parser, but not byte for byte.
    CallbackIssWithSlash = "callback-iss-with-slash" at Authorization;
    /// No `state`.
    CallbackWithoutState = "callback-without-state" at Authorization;
    /// `state` with a `1` at its end.
    CallbackWithAlteredState = "callback-with-altered-state" at Authorization;
    /// `code` twice, with two values.
    CallbackWithTwoCodes = "callback-with-two-codes" at Authorization;
    /// `state` twice, with two values.
    CallbackWithTwoStates = "callback-with-two-states" at Authorization;
    /// No `code` and no `error`.
    CallbackWithoutCode = "callback-without-code" at Authorization;
    /// A `code` that nobody gave out.
    CallbackWithForeignCode = "callback-with-foreign-code" at Authorization;
    /// `error=server_error` instead of a code.
    CallbackError = "callback-error" at Authorization;
    /// `error=server_error` without `iss`.
    CallbackErrorWithoutIss = "callback-error-without-iss" at Authorization;
    /// `error=access_denied` with a wrong `iss`.
    CallbackErrorWithWrongIss = "callback-error-with-wrong-iss" at Authorization;
    /// Both `code` and `error`.
    CallbackWithCodeAndError = "callback-with-code-and-error" at Authorization;
    /// Parameters that no RFC knows.
    CallbackWithUnknownParams = "callback-with-unknown-params" at Authorization;

    // Metadata.

    /// `issuer` with a `1` at its end.
    MetadataWithWrongIssuer = "metadata-with-wrong-issuer" at OpenidConfiguration;
    /// `code_challenge_methods_supported` lists only `plain`.
    MetadataWithoutS256 = "metadata-without-s256" at OpenidConfiguration;
    /// No `code_challenge_methods_supported`.
    MetadataWithoutChallengeMethods = "metadata-without-challenge-methods" at OpenidConfiguration;
    /// No `token_endpoint`.
    MetadataWithoutTokenEndpoint = "metadata-without-token-endpoint" at OpenidConfiguration;
    /// `token_endpoint` is http and not on loopback.
    MetadataWithHttpTokenEndpoint = "metadata-with-http-token-endpoint" at OpenidConfiguration;
    /// Status 404, both forms.
    MetadataStatus404 = "metadata-status-404" at OpenidConfiguration;
    /// Status 404 for OpenID's form only, so that the form of RFC 8414 is asked.
    OpenidMetadataStatus404 = "openid-metadata-status-404" at OpenidConfiguration;
    /// Status 500.
    MetadataStatus500 = "metadata-status-500" at OpenidConfiguration;
    /// A page of HTML.
    MetadataIsNoJson = "metadata-is-no-json" at OpenidConfiguration;
    /// Ten megabytes of JSON, streamed without a length.
    TenMegabyteMetadata = "ten-megabyte-metadata" at OpenidConfiguration;

    // Userinfo, the profile API and revocation.

    /// `sub` with a `1` at its end.
    UserinfoOtherSub = "userinfo-other-sub" at UserInfo;
    /// No `sub`.
    UserinfoWithoutSub = "userinfo-without-sub" at UserInfo;
    /// Status 401 with `error="invalid_token"` in `WWW-Authenticate`.
    UserinfoStatus401 = "userinfo-status-401" at UserInfo;
    /// Status 500.
    UserinfoStatus500 = "userinfo-status-500" at UserInfo;
    /// Status 503 with `Retry-After` in seconds.
    UserinfoStatus503RetryAfter { seconds = 1 } = "userinfo-status-503-retry-after" at UserInfo;
    /// A page of HTML.
    UserinfoIsNoJson = "userinfo-is-no-json" at UserInfo;
    /// Status 500.
    RevocationStatus500 = "revocation-status-500" at Revocation;
    /// Status 503 with `Retry-After` in seconds.
    RevocationStatus503RetryAfter { seconds = 1 } =
        "revocation-status-503-retry-after" at Revocation;
    /// A refusal (`unsupported_token_type`) with status 400.
    RevocationUnsupported = "revocation-unsupported" at Revocation;
}
