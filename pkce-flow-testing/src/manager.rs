//! Managers that log in at the server, and servers that stand in for a provider.

use pkce_flow::generated::Declared;
use pkce_flow::transport::{HttpClient, HttpError, HttpErrorKind, Limits};
use pkce_flow::{Clock, Declaration, Error, ManagerBuilder, PkceProvider, Providers};
use url::Url;

use crate::{
    client::{Client, ClientAuth},
    clock::TestClock,
    endpoint::Endpoint,
    faults::Fault,
    providers_toml,
    server::TestServer,
};

impl Clock for TestClock {
    fn now(&self) -> std::time::SystemTime {
        self.now()
    }
}

impl TestServer {
    /// A builder of a manager for the first client, with the server's clock and the client's
    /// secret.
    ///
    /// # Errors
    ///
    /// The builder's settings make no declaration: a redirect URI that no client may have, for
    /// instance.
    pub fn manager_builder(&self) -> Result<ManagerBuilder, Error> {
        self.builder_from(&self.providers_toml())
    }

    /// The same with the issuer alone, so that the manager asks for the metadata.
    ///
    /// # Errors
    ///
    /// As for [`manager_builder`](Self::manager_builder).
    pub fn manager_builder_with_issuer(&self) -> Result<ManagerBuilder, Error> {
        self.builder_from(&self.providers_toml_with_issuer())
    }

    fn builder_from(&self, toml: &str) -> Result<ManagerBuilder, Error> {
        let builder = Providers::from_toml_str(toml)?
            .builder(providers_toml::NAME)?
            .clock(self.clock().clone());
        Ok(match self.first_secret() {
            Some(secret) => builder.client_secret(secret),
            None => builder,
        })
    }

    /// A builder of a manager for the very declaration that ships, at this server instead of its
    /// provider:
    ///
    /// - every endpoint is at this server, under its own path, and all else is as declared;
    /// - the declaration's environment variables have values that suit their keys, and a
    ///   client_secret is not read from its file;
    /// - this server knows the client, its secret and redirect URI, claims the issuer, and
    ///   deviates as the provider does ([`stand_in_for`](Self::stand_in_for));
    /// - the manager goes by this server's clock.
    ///
    /// ```
    /// use pkce_flow::{Callback, PkceProvider, User};
    /// use pkce_flow_testing::TestServer;
    ///
    /// #[derive(PkceProvider)]
    /// #[pkce(
    ///     preset = "github",
    ///     client_id = env("GITHUB_CLIENT_ID"),
    ///     client_secret = env("GITHUB_CLIENT_SECRET"),
    ///     redirect_uri = "https://app.example/login/github",
    ///     scope = "read:user",
    /// )]
    /// struct GitHub;
    ///
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    /// # runtime.block_on(async {
    /// let server = TestServer::start();
    /// let github = server.builder::<GitHub>().build()?;
    ///
    /// let user = User::new("the id of a session");
    /// let login = github.begin(&user).await?;
    /// let callback = server.approve(login.authorization_url()).await?;
    /// let tokens = github.finish(&user, Callback::from_url(&callback)?).await?;
    /// assert_eq!(tokens.scope(), ["read:user"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder<P: PkceProvider>(&self) -> ManagerBuilder {
        self.builder_of(P::declared())
    }

    /// [`builder`](Self::builder) for a variant of a declared enum:
    /// `server.builder_of(Login::GitHub.declared())`.
    pub fn builder_of(&self, declared: &'static Declared) -> ManagerBuilder {
        let environment = move |name: &str| {
            let variables = declared.environment_variables();
            let (key, _) = variables.into_iter().find(|(_, variable)| variable == name)?;
            Some(value_for(&key).to_owned())
        };
        let secret = declared.states("client_secret").then_some(SECRET);
        let make = || {
            let builder = declared.manager_builder().environment(environment);
            let builder = match secret {
                Some(secret) => builder.client_secret(secret.to_owned()),
                None => builder,
            };
            match Url::parse(self.origin()) {
                Ok(origin) => builder.danger_endpoints_at(&origin),
                Err(_) => builder,
            }
        };
        // What is wrong with the declaration, the caller's own build() says.
        if let Ok(manager) = make().http_client(NoClient).build() {
            self.stand_in_for(manager.declaration(), secret);
        }
        make().clock(self.clock().clone())
    }

    /// Stands in for the provider of a declaration, so that the very declaration that ships is
    /// tested, with [`ManagerBuilder::danger_endpoints_at`] and this server's
    /// [`origin`](Self::origin).
    ///
    /// It serves the endpoints under their paths, claims the issuer, registers the client with
    /// this secret, and orders for always what the declaration says of how the provider deviates.
    /// An answer inside of another object is made for `token_response_path = "data"` alone.
    pub fn stand_in_for(&self, declaration: &Declaration, client_secret: Option<&str>) {
        let endpoints = declaration.endpoints();
        let profile = declaration.profile().map(|profile| profile.url.as_str());
        let served = [
            (Endpoint::Authorization, endpoints.authorization.as_deref()),
            (Endpoint::Token, endpoints.token.as_deref()),
            (Endpoint::Revocation, endpoints.revocation.as_deref()),
            (Endpoint::UserInfo, endpoints.userinfo.as_deref()),
            (Endpoint::Profile, profile),
        ];
        for (endpoint, url) in served {
            if let Some(url) = url.and_then(|url| Url::parse(url).ok()) {
                self.serve_at(endpoint, url.path());
            }
        }
        if let Some(issuer) = declaration.issuer() {
            self.set_issuer(issuer);
        }
        self.add_client(client_of(declaration, client_secret));
        for fault in deviations_of(declaration) {
            self.order_always(fault);
        }
    }
}

/// The client secret of declarations that have one.
const SECRET: &str = "test-client-secret";

/// What an environment variable holds that a declaration reads for this key.
fn value_for(key: &str) -> &'static str {
    match key {
        "client_id" => "test-client",
        "client_secret" => SECRET,
        "redirect_uri" => "http://127.0.0.1/callback",
        "issuer" => "https://provider.example",
        "root_url" => "https://provider.example/oauth/",
        // A variable of a preset: the name of a tenant, or its host.
        _ => "tenant.example",
    }
}

/// For a manager that is only asked what was declared.
struct NoClient;

impl HttpClient for NoClient {
    async fn send(
        &self,
        _: http::Request<Vec<u8>>,
        _: &Limits,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        Err(HttpError::new(HttpErrorKind::Other, "this manager sends nothing"))
    }
}

fn client_of(declaration: &Declaration, secret: Option<&str>) -> Client {
    let id = declaration.client_id();
    let client = match secret {
        Some(secret) => Client::confidential(id, secret),
        None => Client::public(id),
    };
    let method = declaration.token_endpoint_auth_method().map(|method| method.as_str());
    let raw = declaration.deviations().raw_client_secret_basic;
    let client = match (secret, method) {
        (Some(_), Some("client_secret_basic")) if raw => client.auth(ClientAuth::BasicRaw),
        (Some(_), Some("client_secret_basic")) => client.auth(ClientAuth::Basic),
        (Some(_), Some("client_secret_post")) => client.auth(ClientAuth::Post),
        _ => client,
    };
    client.redirect_uri(declaration.redirect_uri())
}

fn deviations_of(declaration: &Declaration) -> impl Iterator<Item = Fault> {
    let deviations = declaration.deviations();
    let commas = deviations.granted_scope_separator.as_deref() == Some(",");
    let nested = deviations.token_response_path.as_deref() == Some("data");
    [
        (deviations.token_errors_with_status_200, Fault::TokenRefusalWithStatus200),
        (deviations.form_encoded_token_response, Fault::FormEncodedTokenResponse),
        (deviations.missing_token_type, Fault::MissingTokenType),
        (deviations.granted_scope_array, Fault::ScopeAsArray),
        (commas, Fault::ScopeWithCommas),
        (nested, Fault::NestedTokenResponse),
    ]
    .into_iter()
    .filter_map(|(deviates, fault)| deviates.then_some(fault))
}
