//! Settings of a server before it starts.

use std::{io, time::Duration};

use crate::{
    client::Client,
    clock::TestClock,
    endpoint::{Endpoint, Paths, with_slash},
    listener::Bound,
    person::Person,
    server::TestServer,
    settings::{Consent, Lifetimes, Settings},
};

/// How a [`TestServer`] shall be. Made by [`TestServer::configure`].
#[derive(Debug)]
#[must_use = "a builder starts nothing by itself: call start()"]
pub struct TestServerBuilder {
    clients: Vec<Client>,
    consent: Consent,
    port: u16,
    issuer_path: String,
    issuer: Option<String>,
    moved: Vec<(Endpoint, String)>,
    person: Person,
    scopes: Option<Vec<String>>,
    send_iss: bool,
    announce_iss: bool,
    rotate: bool,
    issue_refresh_tokens: bool,
    lifetimes: Lifetimes,
    clock: TestClock,
}

impl TestServer {
    /// Starts a server with the public client `test-client`, on any free port.
    ///
    /// # Panics
    ///
    /// When the system gives no socket on loopback or no thread. [`TestServerBuilder::start`]
    /// returns the error instead.
    pub fn start() -> Self {
        Self::configure().start().expect("a server can be started on a free port of 127.0.0.1")
    }

    /// Begins with the settings of [`start`](Self::start).
    pub fn configure() -> TestServerBuilder {
        TestServerBuilder::new()
    }
}

impl TestServerBuilder {
    pub(crate) fn new() -> Self {
        Self {
            clients: Vec::new(),
            consent: Consent::default(),
            port: 0,
            issuer_path: String::new(),
            issuer: None,
            moved: Vec::new(),
            person: Person::default(),
            scopes: None,
            send_iss: true,
            announce_iss: true,
            rotate: true,
            issue_refresh_tokens: true,
            lifetimes: Lifetimes::default(),
            clock: TestClock::new(),
        }
    }

    /// Registers a client. Without any there is the public client `test-client`.
    pub fn client(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    /// Sets what happens when an application asks: a page ([`Consent::Ask`]) by default.
    pub fn consent(mut self, consent: Consent) -> Self {
        self.consent = consent;
        self
    }

    /// Sets the port. By default, and for 0, it is any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets a path that the issuer has, such as `/tenant`; endpoints are below it.
    pub fn issuer_path(mut self, path: &str) -> Self {
        let path = with_slash(path);
        path.trim_end_matches('/').clone_into(&mut self.issuer_path);
        self
    }

    /// Sets the issuer that the server claims to be, in its metadata and as `iss` of callbacks
    /// (RFC 9207), such as `https://github.com/login/oauth`. It may be another than its address.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Serves an endpoint at another path than the usual one. Metadata names it.
    ///
    /// [`TestServer::serve_at`] adds a path instead.
    pub fn path(mut self, endpoint: Endpoint, path: &str) -> Self {
        self.moved.push((endpoint, with_slash(path)));
        self
    }

    /// Sets who is signed in.
    pub fn person(mut self, person: Person) -> Self {
        self.person = person;
        self
    }

    /// Sets the scopes that exist. Any other is refused with `invalid_scope`; without this, none
    /// is.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Whether callbacks carry `iss` (RFC 9207 section 2). They do by default.
    pub fn send_iss(mut self, send: bool) -> Self {
        self.send_iss = send;
        self
    }

    /// Whether metadata promises `iss` (RFC 9207 section 3). It does by default.
    pub fn announce_iss(mut self, announce: bool) -> Self {
        self.announce_iss = announce;
        self
    }

    /// Whether a refresh gives a new refresh token and spends the old one, by default yes. Then a
    /// second use of the old one revokes all that came of it (RFC 9700 section 4.14.2). Without
    /// rotation a refresh answers without a refresh token and the old one stays good.
    pub fn rotate_refresh_tokens(mut self, rotate: bool) -> Self {
        self.rotate = rotate;
        self
    }

    /// Whether a code gives a refresh token at all. It does by default, without `offline_access`.
    pub fn issue_refresh_tokens(mut self, issue: bool) -> Self {
        self.issue_refresh_tokens = issue;
        self
    }

    /// Sets how long a code can be exchanged: 60 seconds by default.
    pub fn code_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetimes.code = lifetime;
        self
    }

    /// Sets how long an access token is good: an hour by default.
    pub fn access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetimes.access_token = lifetime;
        self
    }

    /// Sets how long a refresh token is good: 30 days by default.
    pub fn refresh_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetimes.refresh_token = lifetime;
        self
    }

    /// Sets the clock, so that a test can share and turn it.
    pub fn clock(mut self, clock: TestClock) -> Self {
        self.clock = clock;
        self
    }

    /// Starts the server on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// The port is taken, or the system gives no socket or thread.
    pub fn start(self) -> io::Result<TestServer> {
        let bound = Bound::new(self.port)?;
        let origin = format!("http://127.0.0.1:{}", bound.port()?);
        let url = format!("{origin}{}", self.issuer_path);
        let mut clients = self.clients;
        if clients.is_empty() {
            clients.push(Client::public("test-client").name("Test client"));
        }
        let settings = Settings {
            issuer: self.issuer.unwrap_or_else(|| url.clone()),
            paths: Paths::new(&self.issuer_path, self.moved),
            origin: origin.clone(),
            issuer_path: self.issuer_path,
            clients,
            consent: self.consent,
            person: self.person,
            profile_json: None,
            scopes: self.scopes,
            send_iss: self.send_iss,
            announce_iss: self.announce_iss,
            rotate: self.rotate,
            issue_refresh_tokens: self.issue_refresh_tokens,
            lifetimes: self.lifetimes,
        };
        TestServer::serve(bound, settings, self.clock, url)
    }
}
