//! Declarations in code, for credentials that come from a database.

use pkce_flow_providers::{Draft, FieldPath, ScopeDraft, Text};

use crate::builder::ManagerBuilder;
use crate::error::Error;
use crate::manager::Manager;
use crate::secret::Secret;

/// An authorization server as its clients see it: a preset, an issuer, or endpoints.
///
/// It is not checked until a manager is made; then it is checked like any other declaration.
#[derive(Clone, Debug)]
pub struct Provider {
    draft: Draft,
}

macro_rules! text_keys {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, url: impl Into<String>) -> Self {
                self.draft.$name = Some(Text::Literal(url.into()));
                self
            }
        )*
    };
}

impl Provider {
    fn empty(name: &str) -> Self {
        let draft = Draft { name: name.to_owned(), path: FieldPath::root(), ..Draft::default() };
        Provider { draft }
    }

    /// A bundled provider, such as `gitlab`. It gives the provider its name.
    #[must_use]
    pub fn preset(name: &str) -> Self {
        let mut provider = Self::empty(name);
        provider.draft.preset = Some(name.to_owned());
        provider
    }

    /// A provider that describes itself at its issuer (RFC 8414, OpenID Connect Discovery).
    #[must_use]
    pub fn discovered(name: &str, issuer: impl Into<String>) -> Self {
        Self::empty(name).issuer(issuer)
    }

    /// A provider with `authorize` and `token` below this URL.
    #[must_use]
    pub fn at(name: &str, root_url: impl Into<String>) -> Self {
        Self::empty(name).root_url(root_url)
    }

    /// A provider with these two endpoints.
    #[must_use]
    pub fn with_endpoints(
        name: &str,
        authorization_endpoint: impl Into<String>,
        token_endpoint: impl Into<String>,
    ) -> Self {
        Self::empty(name)
            .authorization_endpoint(authorization_endpoint)
            .token_endpoint(token_endpoint)
    }

    /// The value of one of the preset's variables, such as `domain`.
    #[must_use]
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.draft.variables.insert(name.into(), Text::Literal(value.into()));
        self
    }

    text_keys! {
        /// The issuer identifier (RFC 8414 section 2), compared byte by byte.
        issuer;
        /// The URL that relative endpoints start at.
        root_url;
        /// The authorization endpoint: absolute, or relative to the root URL.
        authorization_endpoint;
        /// The token endpoint: absolute, or relative to the root URL.
        token_endpoint;
        /// OpenID Connect's UserInfo endpoint.
        userinfo_endpoint;
        /// The revocation endpoint (RFC 7009).
        revocation_endpoint;
    }
}

/// A registration at a provider: what a developer got by registering an application. With the
/// provider it makes a declaration, which is checked when the manager is made.
///
/// ```
/// # fn main() -> Result<(), pkce_flow::Error> {
/// use pkce_flow::{Provider, Registration, Secret};
///
/// let (client_id, client_secret) = ("app", Secret::new("from a database"));
/// let github = Registration::new(Provider::preset("github"))
///     .client_id(client_id)
///     .client_secret(client_secret)
///     .redirect_uri("https://app.example/callback/github")
///     .scope("read:user")
///     .manager()?;
/// assert_eq!(github.name(), "github");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Registration {
    draft: Draft,
    client_secret: Option<Secret>,
}

impl Registration {
    /// A registration at this provider, empty so far.
    #[must_use]
    pub fn new(provider: Provider) -> Self {
        Registration { draft: provider.draft, client_secret: None }
    }

    /// A registration from a draft, whatever it came from.
    #[must_use]
    pub fn from_draft(draft: Draft) -> Self {
        Registration { draft, client_secret: None }
    }

    /// The client identifier (RFC 6749 section 2.2).
    #[must_use]
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.draft.client_id = Some(Text::Literal(client_id.into()));
        self
    }

    /// The client secret (RFC 6749 section 2.3.1). Left out: a public client.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Where the provider sends the browser back to (RFC 6749 section 3.1.2), byte for byte as
    /// registered.
    #[must_use]
    pub fn redirect_uri(mut self, redirect_uri: impl Into<String>) -> Self {
        self.draft.redirect_uri = Some(Text::Literal(redirect_uri.into()));
        self
    }

    /// What to ask for: scope tokens with spaces between them (RFC 6749 section 3.3).
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.draft.scope = Some(ScopeDraft::Text(scope.into()));
        self
    }

    /// A scope token that is asked for although it looks like a slip of a known one.
    #[must_use]
    pub fn unlisted_scope(mut self, scope: impl Into<String>) -> Self {
        self.draft.unlisted_scope.push(scope.into());
        self
    }

    /// Another name for the provider than its preset's.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.draft.name = name.into();
        self
    }

    /// One more parameter of each authorization request, such as `prompt`.
    #[must_use]
    pub fn extra_authorization_param(
        mut self,
        name: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        self.draft.extra_authorization_params.push((name.into(), value.into()));
        self
    }

    /// A builder, for seams of your own.
    pub fn builder(self) -> ManagerBuilder {
        let builder = ManagerBuilder::new(self.draft, None);
        match self.client_secret {
            Some(secret) => builder.client_secret(secret),
            None => builder,
        }
    }

    /// The manager.
    ///
    /// # Errors
    /// What [`ManagerBuilder::build`] finds.
    pub fn manager(self) -> Result<Manager, Error> {
        self.builder().build()
    }
}
