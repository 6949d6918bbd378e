//! Every fault that the embedded server can be ordered ends in a clear error within the deadline,
//! or is one that a tolerant client lives with.

mod embedded;

use std::time::Duration;

use pkce_flow::{Callback, Error, ErrorCode};
use pkce_flow_testing::{Endpoint, Fault, TestServer};

use embedded::{discovering_builder, user};

/// Everything that a login and its tokens go through.
async fn whole_life(server: &TestServer) -> Result<(), Error> {
    let manager = discovering_builder(server).build()?;
    let login = manager.begin(&user()).await?;
    let url = server.approve(login.authorization_url()).await.expect("the server redirects");
    let tokens = manager.finish(&user(), Callback::from_url(&url)?).await?;
    let tokens = match tokens.refresh_token() {
        Some(_) => manager.refresh(&tokens).await?,
        None => tokens,
    };
    manager.userinfo(&tokens).await?;
    manager.revoke(&tokens).await
}

/// The error that a fault must end in; `None` where the client must live with it.
fn expected(fault: Fault) -> Option<ErrorCode> {
    use ErrorCode::*;
    Some(match fault {
        Fault::TokenErrorWithStatus200
        | Fault::FormEncodedTokenResponse
        | Fault::EmptyTokenResponse
        | Fault::WrongContentType
        | Fault::DeeplyNestedTokenResponse
        | Fault::TokenResponseIsNoObject
        | Fault::TokenResponseIsNoUtf8
        | Fault::JsonWithWrongContentType
        | Fault::DuplicateJsonKeys
        | Fault::NestedTokenResponse
        | Fault::MissingTokenType
        | Fault::TokenTypeMac
        | Fault::MissingAccessToken
        | Fault::EmptyAccessToken
        | Fault::AccessTokenWithLineEnd
        | Fault::ExpiresInAsWord
        | Fault::ExpiresInNegative
        | Fault::ScopeAsArray => TokenResponse,
        Fault::TokenErrorInvalidGrant
        | Fault::RefreshRefusedAsInvalidGrant
        | Fault::TokenErrorWithHostileText
        | Fault::TokenErrorEchoesRequest
        | Fault::CallbackWithForeignCode => TokenRefused,
        Fault::TokenStatus500 | Fault::UserinfoStatus500 | Fault::RevocationStatus500 => Status,
        Fault::TokenStatus429RetryAfter { .. }
        | Fault::TokenStatus503RetryAfter { .. }
        | Fault::TokenStatus503RetryAfterDate
        | Fault::UserinfoStatus503RetryAfter { .. }
        | Fault::RevocationStatus503RetryAfter { .. } => Overloaded,
        Fault::TokenRedirectToAnotherHost => Redirect,
        Fault::SlowTokenResponse | Fault::SilentTokenEndpoint => Timeout,
        Fault::TokenConnectionClosed | Fault::TokenAnswerLost | Fault::TruncatedTokenResponse => {
            Connection
        }
        Fault::TenMegabyteTokenResponse | Fault::TenMegabyteMetadata => TooLarge,
        Fault::CallbackWithoutIss => IssuerMissing,
        Fault::CallbackWithWrongIss
        | Fault::CallbackIssWithSlash
        | Fault::CallbackErrorWithWrongIss => IssuerMismatch,
        Fault::CallbackWithoutState | Fault::CallbackWithoutCode => CallbackMalformed,
        Fault::CallbackWithAlteredState => LoginNotFound,
        Fault::CallbackWithTwoCodes | Fault::CallbackWithTwoStates => CallbackDuplicate,
        Fault::CallbackError | Fault::CallbackErrorWithoutIss => AuthorizationRefused,
        Fault::CallbackWithCodeAndError => AccessDenied,
        Fault::MetadataWithWrongIssuer => MetadataIssuer,
        Fault::MetadataWithoutTokenEndpoint => EndpointUnknown,
        Fault::MetadataWithoutS256
        | Fault::MetadataWithHttpTokenEndpoint
        | Fault::MetadataStatus404
        | Fault::MetadataStatus500
        | Fault::MetadataIsNoJson => Metadata,
        Fault::UserinfoWithoutSub | Fault::UserinfoIsNoJson => ProfileResponse,
        Fault::UserinfoStatus401 => AccessTokenRefused,
        Fault::RevocationUnsupported => RevocationRefused,
        // What RFC 6749 allows, or what a client may not stumble over.
        Fault::TokenRefusalWithStatus200
        | Fault::JsonWithoutContentType
        | Fault::TokenStatus201
        | Fault::TokenTypeUpperCase
        | Fault::MissingExpiresIn
        | Fault::ExpiresInAsText
        | Fault::ExpiresInZero
        | Fault::ExpiresInHuge
        | Fault::ExpiresInGreatestInteger
        | Fault::ExpiresInFraction
        | Fault::MissingScope
        | Fault::ScopeWithCommas
        | Fault::ScopeNarrowed
        | Fault::MissingRefreshToken
        | Fault::RefreshWithoutRefreshToken
        | Fault::UnknownMembers
        | Fault::CallbackWithUnknownParams
        | Fault::MetadataWithoutChallengeMethods
        | Fault::OpenidMetadataStatus404
        // Nothing to compare with before ID tokens are verified.
        | Fault::UserinfoOtherSub => return None,
        other => panic!("say what {other} must end in"),
    })
}

#[tokio::test]
async fn every_fault_ends_as_it_must_and_within_the_deadline() {
    let server = TestServer::start();
    for fault in Fault::ALL {
        // Seconds that cannot pass within the short limits.
        let ordered = match fault {
            Fault::TokenStatus429RetryAfter { .. } => {
                Fault::TokenStatus429RetryAfter { seconds: 30 }
            }
            Fault::TokenStatus503RetryAfter { .. } => {
                Fault::TokenStatus503RetryAfter { seconds: 30 }
            }
            Fault::UserinfoStatus503RetryAfter { .. } => {
                Fault::UserinfoStatus503RetryAfter { seconds: 30 }
            }
            Fault::RevocationStatus503RetryAfter { .. } => {
                Fault::RevocationStatus503RetryAfter { seconds: 30 }
            }
            other => *other,
        };
        server.clear_faults();
        server.order_always(ordered);
        let outcome = tokio::time::timeout(Duration::from_secs(60), whole_life(&server))
            .await
            .unwrap_or_else(|_| panic!("{fault} hangs"));
        assert_eq!(
            outcome.as_ref().err().map(Error::code),
            expected(*fault),
            "{fault}: {outcome:?}"
        );
        if let Err(error) = outcome {
            let text = error.to_string();
            assert!(text.len() < 2_500, "{fault}: an error of {} octets", text.len());
            assert!(!text.contains('\u{1b}'), "{fault}: an escape sequence gets through");
            assert!(text.contains(". "), "{fault}: nothing says what to do: {text}");
        }
    }
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_is_kept_where_it_fits() {
    let server = TestServer::start();
    server.order(Fault::TokenStatus429RetryAfter { seconds: 1 });
    embedded::log_in(&server, &embedded::manager(&server)).await.expect("the second try goes well");
    assert_eq!(server.requests_of(Endpoint::Token).len(), 2);
}

#[tokio::test]
async fn a_wait_that_does_not_fit_is_told_to_the_caller() {
    let server = TestServer::start();
    server.order(Fault::TokenStatus503RetryAfter { seconds: 77 });
    let error =
        embedded::log_in(&server, &embedded::manager(&server)).await.expect_err("overloaded");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(77)));
    assert_eq!(server.requests_of(Endpoint::Token).len(), 1);
}

#[tokio::test]
async fn a_code_is_never_sent_twice_after_the_server_may_have_seen_it() {
    for fault in [
        Fault::TokenStatus500,
        Fault::TokenConnectionClosed,
        Fault::TokenAnswerLost,
        Fault::TruncatedTokenResponse,
        Fault::SilentTokenEndpoint,
        Fault::TokenRedirectToAnotherHost,
    ] {
        let server = TestServer::start();
        server.order_always(fault);
        embedded::log_in(&server, &embedded::manager(&server)).await.expect_err("it fails");
        assert_eq!(server.requests_of(Endpoint::Token).len(), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_failure_of_the_server_while_only_reading_is_tried_again() {
    let server = TestServer::start();
    let manager = discovering_builder(&server).build().expect("a right declaration");
    server.order(Fault::MetadataStatus500);
    let tokens = embedded::log_in(&server, &manager).await.expect("metadata is asked for again");
    server.order(Fault::UserinfoStatus500);
    manager.userinfo(&tokens).await.expect("userinfo is asked for again");
}

#[tokio::test]
async fn a_failed_discovery_is_not_kept() {
    let server = TestServer::start();
    let manager = discovering_builder(&server).build().expect("a right declaration");
    server.order_always(Fault::MetadataStatus404);
    manager.begin(&user()).await.expect_err("there is no metadata");
    server.clear_faults();
    embedded::log_in(&server, &manager).await.expect("now there is");
}
