//! A scripted browser: opens URLs, follows redirects, decides on the consent page.

mod cookies;
mod exchange;
mod form;
mod journey;

use std::{error::Error, fmt, future::Future, thread};

use tokio::{runtime, sync::oneshot};

use self::journey::Journey;

/// A browser without eyes, for tests: it speaks http to loopback, keeps cookies for the length of
/// one visit, follows redirects and clicks one button of the consent page.
///
/// ```
/// use pkce_flow_testing::{TestServer, UserAgent};
///
/// let server = TestServer::start();
/// let page = UserAgent::allowing().visit_blocking(server.url())?;
/// assert_eq!(page.status(), 200);
/// # Ok::<(), pkce_flow_testing::AgentError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct UserAgent {
    decision: &'static str,
}

impl UserAgent {
    /// Clicks Allow.
    pub fn allowing() -> Self {
        Self { decision: "allow" }
    }

    /// Clicks Deny.
    pub fn denying() -> Self {
        Self { decision: "deny" }
    }

    /// Opens an authorization URL and stops before the callback, whose URL it returns. What a form
    /// would carry (`response_mode=form_post`) is returned as the query of that URL.
    ///
    /// # Errors
    ///
    /// The server cannot be reached, or its answer does not lead back to the `redirect_uri`.
    pub async fn authorize(&self, authorization_url: &str) -> Result<String, AgentError> {
        elsewhere(Journey::new(self.decision).authorize(authorization_url.to_owned())).await
    }

    /// Opens a URL and goes on to where it leads: over redirects and the consent page to the
    /// application, to which it delivers the callback, by a form where one is asked for.
    ///
    /// # Errors
    ///
    /// A server cannot be reached, or there are more than 20 redirects.
    pub async fn visit(&self, url: &str) -> Result<Page, AgentError> {
        elsewhere(Journey::new(self.decision).visit(url.to_owned())).await
    }

    /// [`authorize`](Self::authorize) for blocking code, inside of an async runtime too.
    ///
    /// # Errors
    ///
    /// As for [`authorize`](Self::authorize).
    pub fn authorize_blocking(&self, authorization_url: &str) -> Result<String, AgentError> {
        blocking(Journey::new(self.decision).authorize(authorization_url.to_owned()))
    }

    /// [`visit`](Self::visit) for blocking code, inside of an async runtime too.
    ///
    /// # Errors
    ///
    /// As for [`visit`](Self::visit).
    pub fn visit_blocking(&self, url: &str) -> Result<Page, AgentError> {
        blocking(Journey::new(self.decision).visit(url.to_owned()))
    }
}

/// Where a visit ended.
#[derive(Clone)]
pub struct Page {
    pub(crate) url: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Page {
    /// The address of the page. That of a callback holds the code.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The first value of a header, whose name may be in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("url", &without_query(&self.url))
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Why the scripted browser could not go on. It names addresses without their query.
#[derive(Clone, Debug)]
pub struct AgentError {
    what: String,
    status: Option<u16>,
}

impl AgentError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), status: None }
    }

    pub(crate) fn with_status(status: u16, what: impl Into<String>) -> Self {
        Self { what: what.into(), status: Some(status) }
    }

    fn lost() -> Self {
        Self::new("the thread of the scripted browser ended without a result")
    }

    /// The HTTP status of the page that it stopped at.
    pub fn status(&self) -> Option<u16> {
        self.status
    }
}

impl fmt::Display for AgentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for AgentError {}

pub(crate) fn without_query(url: &str) -> &str {
    url.split_once(['?', '#']).map_or(url, |(before, _)| before)
}

type Outcome<T> = Result<T, AgentError>;

/// Runs a journey on a thread with a runtime of its own, so that it needs none of the caller's.
async fn elsewhere<T: Send + 'static>(
    journey: impl Future<Output = Outcome<T>> + Send + 'static,
) -> Outcome<T> {
    let (send, receive) = oneshot::channel();
    // Who no longer waits wants no result.
    spawn(move || drop(send.send(run(journey))))?;
    receive.await.unwrap_or_else(|_| Err(AgentError::lost()))
}

/// The same for a caller that blocks.
fn blocking<T: Send + 'static>(
    journey: impl Future<Output = Outcome<T>> + Send + 'static,
) -> Outcome<T> {
    let thread = spawn(move || run(journey))?;
    thread.join().unwrap_or_else(|_| Err(AgentError::lost()))
}

fn spawn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Outcome<thread::JoinHandle<T>> {
    thread::Builder::new()
        .name("scripted browser".into())
        .spawn(work)
        .map_err(|error| AgentError::new(format!("no thread for the browser: {error}")))
}

fn run<T>(journey: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| AgentError::new(format!("no runtime for the browser: {error}")))?
        .block_on(journey)
}
