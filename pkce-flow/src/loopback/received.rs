//! The callback of the login that waited, and the answer that its browser still waits for.

use std::fmt;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::Page;
use crate::Callback;

/// How long a browser may take to accept its page.
const DELIVERY: Duration = Duration::from_secs(5);

/// The callback of the login that a [`Listener`](super::Listener) waited for.
///
/// Finish the login with `callback`, then tell the person how it went with `responder`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Received {
    /// The callback: its state is the pending one; everything else is for
    /// [`Manager::finish`](crate::Manager::finish) to check.
    pub callback: Callback,
    /// Answers the browser.
    pub responder: Responder,
}

/// Answers the browser that brought the callback. Until then the browser shows a page that loads.
#[must_use = "the browser waits for a page"]
pub struct Responder {
    page: oneshot::Sender<Page>,
    /// Ends when the connection of the callback is closed.
    closed: oneshot::Receiver<()>,
    tasks: JoinSet<()>,
}

impl Responder {
    pub(super) fn new(
        page: oneshot::Sender<Page>,
        closed: oneshot::Receiver<()>,
        tasks: JoinSet<()>,
    ) -> Self {
        Self { page, closed, tasks }
    }

    /// Sends the page, waits until it is written whole, and closes the listener.
    ///
    /// A browser that went away in between is no error; one that does not read is given up after
    /// five seconds.
    pub async fn respond(mut self, page: Page) {
        if self.page.send(page).is_ok() {
            // An error of `closed` means that the connection is gone, which is what is waited for.
            let _ = tokio::time::timeout(DELIVERY, self.closed).await;
        }
        self.tasks.shutdown().await;
    }
}

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Responder").finish_non_exhaustive()
    }
}
