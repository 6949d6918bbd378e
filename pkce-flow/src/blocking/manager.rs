//! `Manager`, `ManagerBuilder` and `Providers` without async.

use std::path::Path;

use super::adapter::{Blocking, HttpClient, PendingStore, ThreadSleep};
use super::ureq_client::UreqClient;
use crate::block_on::block_on;
use crate::{
    Callback, Declaration, Error, Login, LoginOptions, Profile, Registration, Secret, Tokens, User,
    UserInfo, UserSecrets,
};

/// [`crate::Manager`] without async: the same calls, which block the thread.
#[derive(Clone, Debug)]
pub struct Manager(crate::Manager);

impl Manager {
    /// See [`crate::Manager::name`].
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// See [`crate::Manager::declaration`].
    #[must_use]
    pub fn declaration(&self) -> &Declaration {
        self.0.declaration()
    }

    /// See [`crate::Manager::begin`].
    ///
    /// # Errors
    /// As there.
    pub fn begin(&self, user: &User) -> Result<Login, Error> {
        block_on(self.0.begin(user))
    }

    /// See [`crate::Manager::begin_with`].
    ///
    /// # Errors
    /// As there.
    pub fn begin_with(&self, user: &User, options: LoginOptions) -> Result<Login, Error> {
        block_on(self.0.begin_with(user, options))
    }

    /// See [`crate::Manager::make_user_secrets`].
    ///
    /// # Errors
    /// As there.
    pub fn make_user_secrets(&self, user: &User) -> Result<UserSecrets, Error> {
        block_on(self.0.make_user_secrets(user))
    }

    /// See [`crate::Manager::authorization_url`].
    ///
    /// # Errors
    /// As there.
    pub fn authorization_url(&self, secrets: &UserSecrets) -> Result<String, Error> {
        block_on(self.0.authorization_url(secrets))
    }

    /// See [`crate::Manager::finish`].
    ///
    /// # Errors
    /// As there.
    pub fn finish<C>(&self, user: &User, callback: C) -> Result<Tokens, Error>
    where
        C: TryInto<Callback>,
        Error: From<C::Error>,
    {
        block_on(self.0.finish(user, callback))
    }

    /// See [`crate::Manager::fetch_access_token`].
    ///
    /// # Errors
    /// As there.
    pub fn fetch_access_token(&self, user: &User, callback: &Callback) -> Result<Tokens, Error> {
        block_on(self.0.fetch_access_token(user, callback))
    }

    /// See [`crate::Manager::refresh`].
    ///
    /// # Errors
    /// As there.
    pub fn refresh(&self, tokens: &Tokens) -> Result<Tokens, Error> {
        block_on(self.0.refresh(tokens))
    }

    /// See [`crate::Manager::revoke`].
    ///
    /// # Errors
    /// As there.
    pub fn revoke(&self, tokens: &Tokens) -> Result<(), Error> {
        block_on(self.0.revoke(tokens))
    }

    /// See [`crate::Manager::userinfo`].
    ///
    /// # Errors
    /// As there.
    pub fn userinfo(&self, tokens: &Tokens) -> Result<UserInfo, Error> {
        block_on(self.0.userinfo(tokens))
    }

    /// See [`crate::Manager::profile`].
    ///
    /// # Errors
    /// As there.
    pub fn profile(&self, tokens: &Tokens) -> Result<Profile, Error> {
        block_on(self.0.profile(tokens))
    }
}

/// [`crate::ManagerBuilder`] for a blocking manager.
#[derive(Debug)]
#[must_use = "a builder does nothing until build() is called"]
pub struct ManagerBuilder {
    builder: crate::ManagerBuilder,
}

impl ManagerBuilder {
    fn new(builder: crate::ManagerBuilder) -> Self {
        let client = Blocking(UreqClient::new());
        ManagerBuilder { builder: builder.http_client(client).runtime(ThreadSleep) }
    }

    /// Where logins wait for their callbacks. Default: a [`MemoryStore`](crate::MemoryStore).
    pub fn pending_store(self, store: impl PendingStore) -> Self {
        self.with(|builder| builder.pending_store(Blocking(store)))
    }

    /// What sends the requests. Default: [`UreqClient`].
    pub fn http_client(self, client: impl HttpClient) -> Self {
        self.with(|builder| builder.http_client(Blocking(client)))
    }

    /// Everything of the async builder that is not async: clock, environment, client secret,
    /// limits.
    pub fn with(self, set: impl FnOnce(crate::ManagerBuilder) -> crate::ManagerBuilder) -> Self {
        ManagerBuilder { builder: set(self.builder) }
    }

    /// See [`crate::ManagerBuilder::environment`].
    pub fn environment(
        self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.with(|builder| builder.environment(lookup))
    }

    /// See [`crate::ManagerBuilder::limits`].
    pub fn limits(self, limits: crate::transport::Limits) -> Self {
        self.with(|builder| builder.limits(limits))
    }

    /// See [`crate::ManagerBuilder::clock`].
    pub fn clock(self, clock: impl crate::Clock) -> Self {
        self.with(|builder| builder.clock(clock))
    }

    /// The client secret, where it comes from elsewhere than environment or file.
    pub fn client_secret(self, secret: impl Into<Secret>) -> Self {
        self.with(|builder| builder.client_secret(secret))
    }

    /// Reads the environment, checks the declaration, and makes the manager.
    ///
    /// # Errors
    /// As [`crate::ManagerBuilder::build`].
    pub fn build(self) -> Result<Manager, Error> {
        self.builder.build().map(Manager)
    }
}

impl From<Registration> for ManagerBuilder {
    fn from(registration: Registration) -> Self {
        ManagerBuilder::new(registration.builder())
    }
}

/// [`crate::Providers`] for blocking managers.
#[derive(Clone, Debug)]
pub struct Providers {
    providers: crate::Providers,
}

impl Providers {
    /// See [`crate::Providers::from_toml_str`].
    ///
    /// # Errors
    /// As there.
    pub fn from_toml_str(text: &str) -> Result<Self, Error> {
        crate::Providers::from_toml_str(text).map(|providers| Providers { providers })
    }

    /// See [`crate::Providers::from_toml_file`].
    ///
    /// # Errors
    /// As there.
    pub fn from_toml_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        crate::Providers::from_toml_file(path).map(|providers| Providers { providers })
    }

    /// The names of the providers, in the order of the text.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.providers.names()
    }

    /// See [`crate::Providers::manager`]: made once, then the same one.
    ///
    /// # Errors
    /// As there.
    pub fn manager(&self, name: &str) -> Result<Manager, Error> {
        self.providers
            .manager_made_by(name, |builder| {
                ManagerBuilder::new(builder).build().map(|manager| manager.0)
            })
            .map(Manager)
    }

    /// See [`crate::Providers::builder`].
    ///
    /// # Errors
    /// As there.
    pub fn builder(&self, name: &str) -> Result<ManagerBuilder, Error> {
        self.providers.builder(name).map(ManagerBuilder::new)
    }
}
