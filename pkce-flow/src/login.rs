//! Beginning and finishing a login.

use std::fmt;
use std::sync::atomic::Ordering;

use tracing::Instrument as _;

use crate::error::{Error, ErrorCode};
use crate::flow::callback::Callback;
use crate::flow::options::LoginOptions;
use crate::flow::pending::{PendingLogin, opened, sealed};
use crate::flow::secrets::UserSecrets;
use crate::flow::{redirect, request};
use crate::manager::{Inner, LOGIN_LIFETIME, Manager};
use crate::secret::Secret;
use crate::store::{PendingRecord, StoreError, Taken, lookup_key};
use crate::token::{self, Asked, Tokens};
use crate::transport::Retry;
use crate::user::User;

/// A login that has begun: send the browser to its URL.
pub struct Login {
    authorization_url: String,
}

impl Login {
    /// Where to send the browser. It is made for one login of one user: do not cache it.
    #[must_use]
    pub fn authorization_url(&self) -> &str {
        &self.authorization_url
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL holds the state.
        f.write_str("Login(…)")
    }
}

impl Manager {
    /// Begins a login for the user: makes and stores its secrets, and builds the URL to send the
    /// browser to (RFC 6749 section 4.1.1 with RFC 7636 section 4.3).
    ///
    /// # Errors
    /// When the user is blank, the store fails, or metadata is needed and cannot be had.
    pub async fn begin(&self, user: &User) -> Result<Login, Error> {
        self.begin_with(user, LoginOptions::default()).await
    }

    /// As [`Manager::begin`], with what this one login asks for beyond the declaration.
    ///
    /// # Errors
    /// As [`Manager::begin`], and [`ErrorCode::Argument`] for options that cannot be sent.
    pub async fn begin_with(&self, user: &User, options: LoginOptions) -> Result<Login, Error> {
        let span = tracing::debug_span!("begin", provider = self.name());
        async {
            let secrets = self.make_user_secrets_with(user, options).await?;
            let authorization_url = self.authorization_url(&secrets).await?;
            Ok(Login { authorization_url })
        }
        .instrument(span)
        .await
    }

    /// The first step of [`Manager::begin`] alone: makes the secrets of a login and stores them.
    ///
    /// # Errors
    /// When the user is blank or the store fails.
    pub async fn make_user_secrets(&self, user: &User) -> Result<UserSecrets, Error> {
        self.make_user_secrets_with(user, LoginOptions::default()).await
    }

    /// As [`Manager::make_user_secrets`], with options.
    ///
    /// # Errors
    /// As there, and [`ErrorCode::Argument`] for options that cannot be sent.
    pub async fn make_user_secrets_with(
        &self,
        user: &User,
        options: LoginOptions,
    ) -> Result<UserSecrets, Error> {
        user.check()?;
        // A login that cannot go on is not begun: metadata is asked for before anything is kept.
        self.0.target().await?;
        let secrets = self.0.secrets(options)?;
        let owner = user.owner();
        let value = sealed(&secrets, &owner, &self.0.identity)?;
        let now = self.0.clock.now();
        let record =
            PendingRecord::new(value, owner, now + LOGIN_LIFETIME, now + 2 * LOGIN_LIFETIME);
        self.0
            .store
            .put(&lookup_key(secrets.state.expose()), record)
            .await
            .map_err(failed_store)?;
        Ok(secrets)
    }

    /// The second step of [`Manager::begin`] alone: the URL to send the browser to.
    ///
    /// # Errors
    /// When metadata is needed and cannot be had.
    pub async fn authorization_url(&self, secrets: &UserSecrets) -> Result<String, Error> {
        Ok(self.0.target().await?.authorization.url(secrets))
    }

    /// Finishes a login with what the browser brought back: a query or a whole URL as text, or a
    /// [`Callback`]. It checks everything, and exchanges the code for tokens.
    ///
    /// # Errors
    /// A user who did not begin the login, or is blank because the browser brought no session, is
    /// [`ErrorCode::LoginOfOtherUser`].
    /// Each check has its own [`ErrorCode`]. Whatever the outcome, the login is spent.
    pub async fn finish<C>(&self, user: &User, callback: C) -> Result<Tokens, Error>
    where
        C: TryInto<Callback>,
        Error: From<C::Error>,
    {
        let callback = callback.try_into()?;
        self.fetch_access_token(user, &callback).await
    }

    /// The last step of [`Manager::finish`] alone, for a callback that is already parsed. It checks
    /// all that `finish` checks.
    ///
    /// # Errors
    /// As [`Manager::finish`].
    pub async fn fetch_access_token(
        &self,
        user: &User,
        callback: &Callback,
    ) -> Result<Tokens, Error> {
        let span = tracing::debug_span!("finish", provider = self.name());
        async {
            let outcome = self.0.finish(user, callback).await;
            match &outcome {
                Ok(_) => tracing::debug!("login finished"),
                Err(error) => tracing::debug!(code = %error.code(), "login failed"),
            }
            outcome
        }
        .instrument(span)
        .await
    }
}

impl Inner {
    fn secrets(&self, options: LoginOptions) -> Result<UserSecrets, Error> {
        let argument = |what: String| Error::new(ErrorCode::Argument, what);
        let declared = self.declaration.redirect_uri();
        let redirect_uri = match options.loopback_port {
            None => declared.to_owned(),
            Some(port) => redirect::with_port(declared, port).ok_or_else(|| {
                argument(format!("a port was given, but {declared} is not on loopback"))
            })?,
        };
        let scope = match options.scope {
            None => self.declaration.scope().to_vec(),
            Some(scope) => {
                if let Some(bad) =
                    scope.iter().find(|token| !pkce_flow_providers::is_scope_token(token))
                {
                    return Err(argument(format!("`{}` is no scope token", bad.escape_debug()))
                        .help("Write scope tokens with one space between them"));
                }
                scope
            }
        };
        for (name, _) in &options.params {
            if pkce_flow_providers::is_reserved_authorization_param(name) {
                return Err(argument(format!(
                    "the parameter `{name}` belongs to the flow and cannot be set"
                )));
            }
        }
        UserSecrets::generate(redirect_uri, scope, options.params)
    }

    async fn finish(&self, user: &User, callback: &Callback) -> Result<Tokens, Error> {
        callback.check()?;
        let state = callback.state.as_ref().ok_or_else(|| {
            Error::new(ErrorCode::CallbackMalformed, "the callback has no `state`")
        })?;
        let login = self.take(state, user).await?;
        let target = self.target().await?;
        let promised = target.iss_promised || self.iss_required.load(Ordering::Relaxed);
        self.check_iss(callback, promised)?;
        if let Some(said) = callback.provider_error() {
            let help = match said.error() {
                Some("access_denied") => "Start the login again to allow it",
                Some("login_required" | "interaction_required" | "consent_required") => {
                    "Start the login again without `prompt=none`"
                }
                _ => "Check the declaration, or try again later",
            };
            let code = match said.error() {
                Some("access_denied") => ErrorCode::AccessDenied,
                _ => ErrorCode::AuthorizationRefused,
            };
            return Err(Error::new(code, "the login was refused")
                .provider(said)
                .hide(&[state.expose()])
                .help(help));
        }
        let code = callback.code.as_ref().ok_or_else(|| {
            Error::new(ErrorCode::CallbackMalformed, "the callback has no `code`")
        })?;
        let auth = self.client_auth(&target).await?;
        let request = request::exchange(&self.declaration, &target.token, &auth, code, &login)?;
        let asked = Asked {
            declaration: &self.declaration,
            requested_scope: &login.scope,
            at: self.clock.now(),
            refresh_token: None,
        };
        let answer = self.exchange().send("the token endpoint", request, Retry::SingleUse).await?;
        let verifier = login.code_verifier.expose();
        token::read(&answer, &asked)
            .map_err(|error| error.hide(&auth.secrets(&[code.expose(), verifier, state.expose()])))
    }

    /// Takes the pending login of this state, which spends it whatever comes next, and checks that
    /// it is this user's, at this provider, and not too old.
    async fn take(&self, state: &Secret, user: &User) -> Result<PendingLogin, Error> {
        let taken = self.store.take(&lookup_key(state.expose())).await.map_err(failed_store)?;
        let record = match taken {
            Taken::Pending(record) => record,
            Taken::Spent => {
                return Err(Error::new(
                    ErrorCode::LoginAlreadyUsed,
                    "this callback was delivered before, and a login is finished once",
                )
                .help("Start the login again"));
            }
            Taken::Missing => return Err(self.not_found()),
        };
        let login = opened(state, record.value())?;
        login.check(&user.owner(), &self.identity)?;
        if record.expires_at() <= self.clock.now() {
            return Err(Error::new(
                ErrorCode::LoginExpired,
                format!("this login took longer than {} minutes", LOGIN_LIFETIME.as_secs() / 60),
            )
            .help("Start the login again"));
        }
        Ok(login)
    }

    fn not_found(&self) -> Error {
        let what = "no login with this `state` is pending: it is forged, or older than 20 minutes";
        if self.store.is_shared() {
            Error::new(ErrorCode::LoginNotFound, what).help("Start the login again")
        } else {
            Error::new(
                ErrorCode::LoginNotFound,
                format!("{what}, or another process has begun it: pending logins are in memory"),
            )
            .help(
                "Start the login again; where several processes serve one application, or it was \
                 restarted, give the builder a PendingStore that they share",
            )
        }
    }

    /// RFC 9207 section 2.4. The declared issuer counts, announced or not.
    fn check_iss(&self, callback: &Callback, promised: bool) -> Result<(), Error> {
        let Some(issuer) = self.declaration.issuer() else {
            if callback.iss.is_some() {
                tracing::debug!(
                    "the callback has `iss`, but no issuer is declared to compare with"
                );
            }
            return Ok(());
        };
        match &callback.iss {
            Some(iss) if iss == issuer => Ok(()),
            Some(iss) => Err(Error::new(
                ErrorCode::IssuerMismatch,
                format!(
                    "the callback comes from the issuer {}, and the login was begun at {issuer}",
                    crate::error::tame(iss)
                ),
            )
            .help(
                "Do not go on with this login; if it always happens, correct issuer in the \
                 declaration (RFC 9207)",
            )),
            None if promised && callback.error.is_none() => Err(Error::new(
                ErrorCode::IssuerMissing,
                "the provider promises `iss` in the callback, and it is missing (RFC 9207)",
            )
            .help("Do not go on with this login; start it again")),
            None => Ok(()),
        }
    }
}

fn failed_store(source: StoreError) -> Error {
    Error::new(ErrorCode::Store, format!("the store of pending logins failed: {source}"))
        .help("Check the store, then start the login again")
        .source(source)
}
