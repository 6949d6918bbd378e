//! What a test sets.

use std::time::Duration;

use serde_json::Value;

use crate::{client::Client, endpoint::Paths, person::Person};

/// What happens when an application asks for authorization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consent {
    /// A page asks the person. [`TestServer::approve`](crate::TestServer::approve) and
    /// [`deny`](crate::TestServer::deny) answer it, and so can a browser.
    #[default]
    Ask,
    /// Everything is allowed without a page.
    Approve,
    /// Everything is denied without a page.
    Deny,
}

/// Settings, some of which a test may change while the server runs.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) origin: String,
    pub(crate) issuer_path: String,
    pub(crate) issuer: String,
    pub(crate) paths: Paths,
    pub(crate) clients: Vec<Client>,
    pub(crate) consent: Consent,
    pub(crate) person: Person,
    pub(crate) profile_json: Option<Value>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) send_iss: bool,
    pub(crate) announce_iss: bool,
    pub(crate) rotate: bool,
    pub(crate) issue_refresh_tokens: bool,
    pub(crate) lifetimes: Lifetimes,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Lifetimes {
    pub(crate) ticket: Duration,
    pub(crate) code: Duration,
    pub(crate) access_token: Duration,
    pub(crate) refresh_token: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            ticket: Duration::from_secs(600),
            code: Duration::from_secs(60),
            access_token: Duration::from_secs(3_600),
            refresh_token: Duration::from_secs(30 * 24 * 3_600),
        }
    }
}

impl Settings {
    /// Where the consent page sends its form.
    pub(crate) fn decision_path(&self) -> String {
        format!("{}/decision", self.issuer_path)
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.id == id)
    }
}
