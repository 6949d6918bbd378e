//! The manager of one provider: it joins flow, store and transport.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use pkce_flow_providers::Declaration;
use url::Url;

use crate::clock::Clock;
use crate::discovery::Targets;
use crate::error::{Error, ErrorCode};
use crate::flow::client_auth::ClientAuth;
use crate::flow::target::Target;
use crate::secret::Secret;
use crate::store::DynPendingStore;
use crate::transport::{DynHttpClient, DynRuntime, Exchange, Limits};

/// How long a login may take.
pub(crate) const LOGIN_LIFETIME: Duration = Duration::from_secs(10 * 60);

/// A provider, checked and usable: it begins and finishes logins, refreshes and revokes tokens.
///
/// It has no type parameters, and a clone is the same manager: put it into any framework's state,
/// or many of them into one map. See the [crate's page](crate) for a whole login. After it:
///
/// ```no_run
/// # async fn after(gitlab: pkce_flow::Manager, mut tokens: pkce_flow::Tokens) -> Result<(), pkce_flow::Error> {
/// let profile = gitlab.profile(&tokens).await?; // who it is
/// println!("{} is {}", profile.subject(), profile.name().unwrap_or("somebody"));
///
/// if tokens.refresh_token().is_some() {
///     tokens = gitlab.refresh(&tokens).await?; // store these before you use them
/// }
/// gitlab.revoke(&tokens).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Manager(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) declaration: Declaration,
    pub(crate) secret: ClientSecret,
    pub(crate) store: Box<dyn DynPendingStore>,
    pub(crate) client: Box<dyn DynHttpClient>,
    pub(crate) runtime: Box<dyn DynRuntime>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) targets: Targets,
    pub(crate) moved_to: Option<Url>,
    /// Whether a callback without `iss` is refused even where nothing promised one: another
    /// provider of the set comes back to the same redirect_uri (RFC 9700 section 4.4).
    pub(crate) iss_required: AtomicBool,
    /// What a pending login is bound to.
    pub(crate) identity: String,
}

/// Makes a client secret for one request.
pub(crate) type SecretMaker =
    Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Secret, BoxError>> + Send>> + Send + Sync>;
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

pub(crate) enum ClientSecret {
    None,
    Fixed(Secret),
    Made(SecretMaker),
}

impl ClientSecret {
    pub(crate) fn is_some(&self) -> bool {
        !matches!(self, ClientSecret::None)
    }
}

impl Manager {
    /// The provider's name: its table's name, or the one given in code.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.declaration.name()
    }

    /// What was declared.
    #[must_use]
    pub fn declaration(&self) -> &Declaration {
        &self.0.declaration
    }
}

impl Manager {
    pub(crate) fn require_iss(&self) {
        self.0.iss_required.store(true, Ordering::Relaxed);
    }
}

impl Inner {
    pub(crate) fn exchange(&self) -> Exchange<'_> {
        Exchange {
            client: &*self.client,
            runtime: &*self.runtime,
            clock: &*self.clock,
            limits: self.limits,
        }
    }

    pub(crate) async fn target(&self) -> Result<Arc<Target>, Error> {
        let moved_to = self.moved_to.as_ref();
        let has_secret = self.secret.is_some();
        self.targets.get(&self.declaration, has_secret, moved_to, &self.exchange()).await
    }

    /// Authenticates one request, with a secret that may be made just for it.
    pub(crate) async fn client_auth(&self, target: &Target) -> Result<ClientAuth, Error> {
        let made;
        let secret = match &self.secret {
            ClientSecret::None => None,
            ClientSecret::Fixed(secret) => Some(secret),
            ClientSecret::Made(make) => {
                made = make().await.map_err(|source| {
                    let mut error = Error::new(
                        ErrorCode::ClientSecret,
                        "the client secret could not be made for this request",
                    );
                    error.set_boxed_source(source);
                    error
                })?;
                Some(&made)
            }
        };
        ClientAuth::new(&self.declaration, target.auth_method, secret)
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Manager")
            .field("name", &self.name())
            .field("client_id", &self.0.declaration.client_id())
            .finish_non_exhaustive()
    }
}
