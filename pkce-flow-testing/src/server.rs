//! The server as a test holds it.

use std::{io, sync::Arc};

use serde_json::Value;

use crate::{
    agent::{AgentError, UserAgent},
    client::Client,
    clock::TestClock,
    endpoint::Endpoint,
    faults::Fault,
    listener::{Bound, Listener},
    person::Person,
    providers_toml,
    recorder::RecordedRequest,
    settings::{Consent, Settings},
    state::State,
};

/// An authorization server on 127.0.0.1, for as long as the value lives.
///
/// It has a thread and a runtime of its own, so it serves async and blocking tests alike. When it
/// is dropped, its port is closed and its thread is gone.
#[derive(Debug)]
pub struct TestServer {
    origin: String,
    url: String,
    state: Arc<State>,
    // Held for its drop, which stops the server.
    _listener: Listener,
}

impl TestServer {
    pub(crate) fn serve(
        bound: Bound,
        settings: Settings,
        clock: TestClock,
        url: String,
    ) -> io::Result<Self> {
        let origin = settings.origin.clone();
        let state = Arc::new(State::new(settings, clock));
        let listener = bound.serve(state.clone())?;
        Ok(Self { origin, url, state, _listener: listener })
    }

    /// The server's address with the issuer's path, without a slash at its end:
    /// `http://127.0.0.1:49152`. It is the issuer, unless
    /// [`TestServerBuilder::issuer`](crate::TestServerBuilder::issuer) set another.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The server's address without a path: `http://127.0.0.1:49152`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The issuer that the server claims to be.
    pub fn issuer(&self) -> String {
        self.state.settings().issuer.clone()
    }

    /// The URL of an endpoint.
    pub fn endpoint(&self, endpoint: Endpoint) -> String {
        let settings = self.state.settings();
        format!("{}{}", self.origin, settings.paths.primary(endpoint))
    }

    /// Serves an endpoint at one more path, as a provider has it: `/login/oauth/access_token`.
    pub fn serve_at(&self, endpoint: Endpoint, path: &str) {
        self.state.change(|settings| settings.paths.serve_at(endpoint, path));
    }

    /// A providers TOML with the table `[providers.test]`: the first client, each endpoint, the
    /// scope `openid profile email`.
    ///
    /// The secret of a client that has one is not written out: it is read from the environment
    /// variable [`SECRET_VARIABLE`](crate::SECRET_VARIABLE).
    pub fn providers_toml(&self) -> String {
        providers_toml::with_endpoints(&self.state.settings())
    }

    /// The same with the issuer alone, so that the endpoints come from the metadata.
    pub fn providers_toml_with_issuer(&self) -> String {
        providers_toml::with_issuer(&self.state.settings())
    }

    /// Registers one more client. One of the same id gives way to it.
    pub fn add_client(&self, client: Client) {
        self.state.change(|settings| {
            settings.clients.retain(|known| known.id != client.id);
            settings.clients.push(client);
        });
    }

    /// Changes the issuer that the server claims to be.
    pub fn set_issuer(&self, issuer: &str) {
        self.state.change(|settings| issuer.clone_into(&mut settings.issuer));
    }

    pub(crate) fn first_secret(&self) -> Option<String> {
        let settings = self.state.settings();
        settings.clients.first()?.secret.clone()
    }

    /// Changes what happens when an application asks.
    pub fn set_consent(&self, consent: Consent) {
        self.state.change(|settings| settings.consent = consent);
    }

    /// Changes who is signed in.
    pub fn set_person(&self, person: Person) {
        self.state.change(|settings| settings.person = person);
    }

    /// Sets the answer of the profile API ([`Endpoint::Profile`]), which otherwise is made of the
    /// [`Person`].
    pub fn set_profile_json(&self, answer: Value) {
        self.state.change(|settings| settings.profile_json = Some(answer));
    }

    /// The server's clock. Turn it, and codes and tokens expire.
    pub fn clock(&self) -> &TestClock {
        &self.state.clock
    }

    /// Orders a fault for the next request that it can strike.
    pub fn order(&self, fault: Fault) {
        self.order_times(fault, 1);
    }

    /// Orders a fault for the next requests. Of several orders each request gets one, in their
    /// order.
    pub fn order_times(&self, fault: Fault, times: u32) {
        self.state.orders.add(fault, Some(times));
    }

    /// Orders a fault for every request, until [`clear_faults`](Self::clear_faults). Several of
    /// them strike together, which makes the ways of a provider: form-encoded answers without
    /// `token_type`.
    pub fn order_always(&self, fault: Fault) {
        self.state.orders.add(fault, None);
    }

    /// Takes back all orders.
    pub fn clear_faults(&self) {
        self.state.orders.clear();
    }

    /// The requests that came, the last 1,000, oldest first. A request is there before it is
    /// answered. They hold the secrets of the test.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state.recorder.filtered(|_| true)
    }

    /// Those of the [`requests`](Self::requests) that went to this path.
    pub fn requests_to(&self, path: &str) -> Vec<RecordedRequest> {
        let recorder = &self.state.recorder;
        recorder.filtered(|request| request.path() == path)
    }

    /// Those of the [`requests`](Self::requests) that went to this endpoint, whatever its path.
    pub fn requests_of(&self, endpoint: Endpoint) -> Vec<RecordedRequest> {
        let recorder = &self.state.recorder;
        recorder.filtered(|request| request.endpoint() == Some(endpoint))
    }

    /// Forgets the requests that came so far.
    pub fn forget_requests(&self) {
        self.state.recorder.forget();
    }

    /// Opens an authorization URL, clicks Allow where a page asks, and returns the URL of the
    /// callback, without calling it. What a form would carry (`response_mode=form_post`) is
    /// returned as the query of that URL.
    ///
    /// It works in any async runtime.
    ///
    /// # Errors
    ///
    /// The server cannot be reached, or it shows an error page.
    pub async fn approve(&self, authorization_url: &str) -> Result<String, AgentError> {
        UserAgent::allowing().authorize(authorization_url).await
    }

    /// Like [`approve`](Self::approve), but clicks Deny.
    ///
    /// # Errors
    ///
    /// As for [`approve`](Self::approve).
    pub async fn deny(&self, authorization_url: &str) -> Result<String, AgentError> {
        UserAgent::denying().authorize(authorization_url).await
    }

    /// [`approve`](Self::approve) for blocking code. It works inside of an async runtime too.
    ///
    /// # Errors
    ///
    /// As for [`approve`](Self::approve).
    pub fn approve_blocking(&self, authorization_url: &str) -> Result<String, AgentError> {
        UserAgent::allowing().authorize_blocking(authorization_url)
    }

    /// [`deny`](Self::deny) for blocking code. It works inside of an async runtime too.
    ///
    /// # Errors
    ///
    /// As for [`approve`](Self::approve).
    pub fn deny_blocking(&self, authorization_url: &str) -> Result<String, AgentError> {
        UserAgent::denying().authorize_blocking(authorization_url)
    }
}
