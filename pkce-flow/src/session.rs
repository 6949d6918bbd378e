//! What tokens are good for after a login: refresh, revocation, userinfo.

use http::{Method, StatusCode};
use pkce_flow_providers::ProfileApi;
use serde_json::Value;
use tracing::Instrument as _;

use crate::error::{Error, ErrorCode, ProviderError};
use crate::flow::request;
use crate::flow::target::{Target, unknown, uri};
use crate::manager::{Inner, Manager};
use crate::profile::{Profile, UserInfo};
use crate::secret::Secret;
use crate::token::{self, Asked, Tokens, parse_object};
use crate::transport::Retry;

impl Manager {
    /// New tokens for the refresh token of these (RFC 6749 section 6). Where the answer brings no
    /// refresh token, the old one stays.
    ///
    /// Store the result before you use it: with most providers the old refresh token is spent.
    ///
    /// # Errors
    /// [`ErrorCode::NoRefreshToken`] without one; [`ErrorCode::TokenRefused`] where the provider
    /// says no ([`Error::needs_login`] tells whether for good). After any other error the old
    /// tokens are as good as before: try again later.
    pub async fn refresh(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        let span = tracing::debug_span!("refresh", provider = self.name());
        self.0.refresh(tokens).instrument(span).await
    }

    /// Revokes the refresh token, where there is one, and the access token (RFC 7009).
    ///
    /// # Errors
    /// [`ErrorCode::EndpointUnknown`] where the provider has no revocation endpoint; else what the
    /// provider said.
    pub async fn revoke(&self, tokens: &Tokens) -> Result<(), Error> {
        let span = tracing::debug_span!("revoke", provider = self.name());
        self.0.revoke(tokens).instrument(span).await
    }

    /// OpenID Connect's userinfo (OpenID Connect Core section 5.3). It needs the scope `openid`.
    ///
    /// # Errors
    /// [`ErrorCode::EndpointUnknown`] where there is no userinfo endpoint,
    /// [`ErrorCode::AccessTokenRefused`] where the token is not accepted.
    pub async fn userinfo(&self, tokens: &Tokens) -> Result<UserInfo, Error> {
        let span = tracing::debug_span!("userinfo", provider = self.name());
        self.0.userinfo(tokens).instrument(span).await
    }

    /// Who the user is: by OpenID's userinfo where `openid` was granted, else by the provider's own
    /// profile API.
    ///
    /// # Errors
    /// As [`Manager::userinfo`].
    pub async fn profile(&self, tokens: &Tokens) -> Result<Profile, Error> {
        let span = tracing::debug_span!("profile", provider = self.name());
        self.0.profile(tokens).instrument(span).await
    }
}

impl Inner {
    async fn refresh(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        let refresh_token = tokens.refresh_token().ok_or_else(|| {
            Error::new(ErrorCode::NoRefreshToken, "these tokens cannot be refreshed").help(
                "Log in again; for a refresh token the provider may want a scope such as \
                 offline_access, or a parameter",
            )
        })?;
        let target = self.target().await?;
        let auth = self.client_auth(&target).await?;
        let request = request::refresh(&self.declaration, &target.token, &auth, refresh_token)?;
        let asked = Asked {
            declaration: &self.declaration,
            // RFC 6749 section 6: without a word from the provider the scope is as before.
            requested_scope: tokens.scope(),
            at: self.clock.now(),
            refresh_token: Some(refresh_token),
        };
        let answer = self.exchange().send("the token endpoint", request, Retry::SingleUse).await?;
        let mut renewed = token::read(&answer, &asked)
            .map_err(|error| error.hide(&auth.secrets(&[refresh_token.expose()])))?;
        renewed.requested_scope = tokens.requested_scope().to_vec();
        if renewed.id_token.is_none() {
            renewed.id_token = tokens.id_token().cloned();
        }
        Ok(renewed)
    }

    async fn revoke(&self, tokens: &Tokens) -> Result<(), Error> {
        let target = self.target().await?;
        if let Some(refresh_token) = tokens.refresh_token() {
            self.revoke_one(&target, refresh_token, "refresh_token").await?;
        }
        self.revoke_one(&target, tokens.access_token(), "access_token").await
    }

    async fn revoke_one(&self, target: &Target, token: &Secret, hint: &str) -> Result<(), Error> {
        let endpoint = target
            .revocation
            .as_ref()
            .ok_or_else(|| unknown(&self.declaration, "revocation_endpoint"))?;
        let auth = self.client_auth(target).await?;
        let request = request::revoke(endpoint, &auth, token, hint)?;
        let answer =
            self.exchange().send("the revocation endpoint", request, Retry::Idempotent).await?;
        if answer.status().is_success() {
            return Ok(());
        }
        let body = parse_object(answer.body()).unwrap_or_default();
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        // RFC 7009 section 2.2.1: some servers revoke refresh tokens only, and with one of those
        // its access tokens.
        if hint == "access_token" && text("error") == Some("unsupported_token_type") {
            return Ok(());
        }
        // Section 2.2: a token that is invalid by now is what was wanted.
        if text("error") == Some("invalid_token") && !answer.status().is_server_error() {
            return Ok(());
        }
        let said = ProviderError::new(
            Some(answer.status().as_u16()),
            text("error"),
            text("error_description"),
            text("error_uri"),
        );
        let (code, what) = if answer.status().is_server_error() {
            (ErrorCode::Status, "the revocation endpoint failed")
        } else {
            (ErrorCode::RevocationRefused, "the revocation endpoint refused")
        };
        Err(Error::new(code, what)
            .provider(said)
            .hide(&auth.secrets(&[token.expose()]))
            .help("The token may still be valid: try again"))
    }

    async fn userinfo(&self, tokens: &Tokens) -> Result<UserInfo, Error> {
        let target = self.target().await?;
        let endpoint = target
            .userinfo
            .as_ref()
            .ok_or_else(|| unknown(&self.declaration, "userinfo_endpoint"))?;
        let request = request::resource("GET", endpoint, tokens.access_token(), &[])?;
        let answer =
            self.exchange().send("the userinfo endpoint", request, Retry::Idempotent).await?;
        UserInfo::read(&answer).map_err(|error| error.hide(&[tokens.access_token().expose()]))
    }

    async fn profile(&self, tokens: &Tokens) -> Result<Profile, Error> {
        let target = self.target().await?;
        let openid = tokens.scope().iter().any(|token| token == "openid");
        match self.declaration.profile() {
            _ if openid && target.userinfo.is_some() => {
                self.userinfo(tokens).await.map(Profile::from_userinfo)
            }
            Some(api) => self.own_profile(tokens, api).await,
            None if target.userinfo.is_some() => Err(Error::new(
                ErrorCode::AccessTokenRefused,
                "the scope `openid` was not granted, and without it nobody says who the user is",
            )
            .help("Add openid to the scope in the declaration, and log in again")),
            None => Err(unknown(&self.declaration, "userinfo_endpoint")),
        }
    }

    async fn own_profile(&self, tokens: &Tokens, api: &ProfileApi) -> Result<Profile, Error> {
        let url = uri("profile.url", &api.url, self.moved_to.as_ref())?;
        let request = request::resource(&api.method, &url, tokens.access_token(), &api.headers)?;
        let retry =
            if request.method() == Method::GET { Retry::Idempotent } else { Retry::SingleUse };
        let answer = self.exchange().send("the profile API", request, retry).await?;
        if answer.status() == StatusCode::NO_CONTENT {
            return Err(Error::new(ErrorCode::ProfileResponse, "the profile API answered nothing"));
        }
        Profile::read(&answer, api).map_err(|error| error.hide(&[tokens.access_token().expose()]))
    }
}
