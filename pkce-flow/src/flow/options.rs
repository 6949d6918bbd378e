//! What one login asks for beyond its declaration.

/// What one login asks for beyond its declaration. All of it is kept with the pending login.
///
/// ```
/// use pkce_flow::LoginOptions;
///
/// let options = LoginOptions::new()
///     .scope("read_api read_user")
///     .login_hint("ada@example.com")
///     .param("prompt", "select_account");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginOptions {
    pub(crate) scope: Option<Vec<String>>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) loopback_port: Option<u16>,
}

impl LoginOptions {
    /// Nothing beyond the declaration.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for these scopes instead of the declared ones: tokens with spaces between them
    /// (RFC 6749 section 3.3).
    #[must_use]
    pub fn scope(mut self, scope: &str) -> Self {
        self.scope = Some(scope.split(' ').map(str::to_owned).collect());
        self
    }

    /// Adds a parameter to the authorization request, or replaces the declared one of that name.
    /// What the flow itself sends (`state`, `redirect_uri` and so on) is refused when the login
    /// begins.
    #[must_use]
    pub fn param(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.params.retain(|(known, _)| *known != name);
        self.params.push((name, value.into()));
        self
    }

    /// Tells the provider which account is meant (OpenID Connect Core section 3.1.2.1).
    #[must_use]
    pub fn login_hint(self, hint: impl Into<String>) -> Self {
        self.param("login_hint", hint)
    }

    /// The port that this login's listener got, where the declared redirect URI is on loopback
    /// (RFC 8252 section 7.3).
    #[must_use]
    pub fn loopback_port(mut self, port: u16) -> Self {
        self.loopback_port = Some(port);
        self
    }
}
