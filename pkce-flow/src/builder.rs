//! Makes a manager: reads the environment once, checks, and takes the seams.

use std::future::Future;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pkce_flow_providers::{
    Declaration, Draft, Problems, ProvidersToml, Resolved, SecretSource, declare, resolve,
};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::clock::{Clock, SystemClock};
use crate::discovery::Targets;
use crate::error::{Error, ErrorCode};
use crate::manager::{BoxError, ClientSecret, Inner, Manager};
use crate::secret::Secret;
use crate::store::{DynPendingStore, MemoryStore, PendingStore};
use crate::transport::{DefaultRuntime, DynHttpClient, DynRuntime, HttpClient, Limits, Runtime};

/// Reads an environment variable.
type Environment = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Makes a [`Manager`]: with a store that processes share, another HTTP client, a clock to turn.
///
/// ```
/// # fn main() -> Result<(), pkce_flow::Error> {
/// use pkce_flow::{MemoryStore, Providers};
///
/// let providers = Providers::from_toml_str(r#"
///     [providers.gitlab]
///     preset = "gitlab"
///     client_id = { env = "GITLAB_CLIENT_ID" }
///     redirect_uri = "http://127.0.0.1:8000/callback"
///     scope = "read_api"
/// "#)?;
/// let gitlab = providers
///     .builder("gitlab")?
///     .environment(|name| (name == "GITLAB_CLIENT_ID").then(|| "my-app".to_owned()))
///     .pending_store(MemoryStore::with_capacity(1_000))
///     .build()?;
/// assert_eq!(gitlab.declaration().client_id(), "my-app");
/// # Ok(()) }
/// ```
#[must_use = "a builder does nothing until build() is called"]
pub struct ManagerBuilder {
    origin: Origin,
    source: Option<Arc<ProvidersToml>>,
    environment: Environment,
    secret: Option<ClientSecret>,
    store: Option<Box<dyn DynPendingStore>>,
    client: Option<Box<dyn DynHttpClient>>,
    runtime: Box<dyn DynRuntime>,
    clock: Box<dyn Clock>,
    limits: Limits,
    moved_to: Option<Url>,
}

/// What the declaration is made of. Only a draft needs the presets.
enum Origin {
    Draft(Draft),
    Resolved(Resolved),
}

impl ManagerBuilder {
    pub(crate) fn new(draft: Draft, source: Option<Arc<ProvidersToml>>) -> Self {
        Self::from_origin(Origin::Draft(draft), source)
    }

    pub(crate) fn from_resolved(resolved: Resolved) -> Self {
        Self::from_origin(Origin::Resolved(resolved), None)
    }

    fn from_origin(origin: Origin, source: Option<Arc<ProvidersToml>>) -> Self {
        ManagerBuilder {
            origin,
            source,
            environment: Box::new(|name| std::env::var(name).ok()),
            secret: None,
            store: None,
            client: None,
            runtime: Box::new(DefaultRuntime),
            clock: Box::new(SystemClock),
            limits: Limits::default(),
            moved_to: None,
        }
    }

    /// Where logins wait for their callbacks. Default: a [`MemoryStore`], for one process.
    pub fn pending_store(mut self, store: impl PendingStore) -> Self {
        self.store = Some(Box::new(store));
        self
    }

    /// What sends the requests. Default: reqwest.
    pub fn http_client(mut self, client: impl HttpClient) -> Self {
        self.client = Some(Box::new(client));
        self
    }

    /// How long requests may take and how large answers may be, all attempts of one exchange
    /// together. Default: [`Limits::default`].
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What time it is. Default: the system's clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// How waiting is done. Default: by tokio inside of it, by a thread elsewhere.
    pub fn runtime(mut self, runtime: impl Runtime) -> Self {
        self.runtime = Box::new(runtime);
        self
    }

    /// Where the declaration's environment variables are read. Default: the process's.
    pub fn environment(
        mut self,
        lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Box::new(lookup);
        self
    }

    /// The client secret, where it comes from elsewhere than environment or file.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(ClientSecret::Fixed(secret.into()));
        self
    }

    /// A client secret that is made anew for each request that needs it, such as Apple's signed
    /// JWT.
    pub fn client_secret_with<F, Fut, E>(mut self, make: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Secret, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        self.secret = Some(ClientSecret::Made(Box::new(move || {
            let made = make();
            Box::pin(async move { made.await.map_err(Into::into) })
        })));
        self
    }

    /// Moves every endpoint to this loopback origin, paths and all else kept: so the declaration
    /// that ships is tested against a server on this machine. `danger`: whoever listens there gets
    /// codes and client secrets.
    pub fn danger_endpoints_at(mut self, origin: &Url) -> Self {
        self.moved_to = Some(origin.clone());
        self
    }

    /// Reads the environment, checks the declaration, and makes the manager.
    ///
    /// # Errors
    /// [`ErrorCode::Declaration`] with all mistakes at once, [`ErrorCode::ClientSecret`] for a
    /// secret that cannot be read, [`ErrorCode::Argument`] for an origin that is not on loopback.
    pub fn build(mut self) -> Result<Manager, Error> {
        if let Some(origin) = &self.moved_to {
            check_origin(origin)?;
        }
        let declaration = self.declaration().map_err(|problems| match &self.source {
            Some(source) => Error::from(source.locate(problems)),
            None => Error::from(problems),
        })?;
        let secret = match self.secret.take() {
            Some(ClientSecret::Fixed(secret)) if secret.expose().is_empty() => {
                return Err(Error::new(
                    ErrorCode::ClientSecret,
                    "the client_secret given is empty",
                )
                .help("Give client_secret() the secret, or leave the call out"));
            }
            Some(given) => given,
            None => read_secret(declaration.client_secret(), &*self.environment)?,
        };
        let targets = Targets::new(&declaration, secret.is_some(), self.moved_to.as_ref())?;
        let client = match self.client.take() {
            Some(client) => client,
            None => default_client()?,
        };
        Ok(Manager(Arc::new(Inner {
            identity: identity(&declaration),
            iss_required: false.into(),
            declaration,
            secret,
            store: self.store.unwrap_or_else(|| Box::new(MemoryStore::new())),
            client,
            runtime: self.runtime,
            clock: self.clock,
            limits: self.limits,
            targets,
            moved_to: self.moved_to,
        })))
    }

    fn declaration(&self) -> Result<Declaration, Problems> {
        let given = self.secret.is_some();
        let resolved = match &self.origin {
            Origin::Draft(draft) => {
                let mut draft = draft.clone();
                if given {
                    draft.client_secret = Some(SecretSource::Given);
                }
                resolve(draft)?
            }
            Origin::Resolved(resolved) if given => {
                let mut draft = resolved.draft().clone();
                draft.client_secret = Some(SecretSource::Given);
                Resolved::from_filled(draft, resolved.client_secret_required())
            }
            Origin::Resolved(resolved) => resolved.clone(),
        };
        declare(&resolved.with_environment(&*self.environment)?)
    }

    fn name(&self) -> &str {
        match &self.origin {
            Origin::Draft(draft) => &draft.name,
            Origin::Resolved(resolved) => &resolved.draft().name,
        }
    }
}

impl std::fmt::Debug for ManagerBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ManagerBuilder").field("name", &self.name()).finish_non_exhaustive()
    }
}

#[cfg(feature = "reqwest")]
#[expect(clippy::unnecessary_wraps, reason = "without reqwest there is no default, an error")]
fn default_client() -> Result<Box<dyn DynHttpClient>, Error> {
    Ok(Box::new(crate::transport::ReqwestClient::new()))
}

#[cfg(not(feature = "reqwest"))]
fn default_client() -> Result<Box<dyn DynHttpClient>, Error> {
    Err(Error::new(ErrorCode::HttpClient, "this build has no HTTP client of its own")
        .help("Turn on the feature reqwest, or give the builder a client with http_client()"))
}

fn check_origin(origin: &Url) -> Result<(), Error> {
    let loopback = pkce_flow_providers::is_loopback(origin);
    if loopback && matches!(origin.scheme(), "http" | "https") {
        return Ok(());
    }
    Err(Error::new(ErrorCode::Argument, "endpoints can be moved to an origin on loopback only")
        .help("Give something like http://127.0.0.1:8080"))
}

fn read_secret(
    source: Option<&SecretSource>,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<ClientSecret, Error> {
    let text = match source {
        None => return Ok(ClientSecret::None),
        Some(SecretSource::Env(name)) => environment(name).ok_or_else(|| {
            Error::new(
                ErrorCode::ClientSecret,
                format!("the environment variable {name} for client_secret is not set"),
            )
        })?,
        Some(SecretSource::File(path)) => {
            let text = std::fs::read_to_string(path).map_err(|source| {
                Error::new(
                    ErrorCode::ClientSecret,
                    format!("the client_secret file {} cannot be read: {source}", path.display()),
                )
                .help("Check the path and its permissions")
                .source(source)
            })?;
            // Editors and `echo` end a file with a line break, which is not part of the secret.
            let secret = text.trim_end_matches(['\r', '\n']);
            if secret.trim().is_empty() {
                return Err(Error::new(
                    ErrorCode::ClientSecret,
                    format!("the client_secret file {} is empty", path.display()),
                )
                .help("Write the secret into it"));
            }
            secret.to_owned()
        }
        Some(_) => {
            return Err(Error::new(
                ErrorCode::ClientSecret,
                "the declaration says that its client secret is handed over, and it was not",
            )
            .help("Call client_secret() on the builder"));
        }
    };
    Ok(ClientSecret::Fixed(Secret::new(text)))
}

/// What tells this provider's logins from another's in a shared store: name, where codes are
/// redeemed, and for whom.
fn identity(declaration: &Declaration) -> String {
    let place = declaration.endpoints().token.as_deref().or(declaration.issuer());
    let mut hash = Sha256::new();
    for part in [declaration.name(), place.unwrap_or_default(), declaration.client_id()] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(&hash.finalize()[..16])
}
