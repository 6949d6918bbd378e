//! The listener on a loopback redirect URI.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;
use url::Url;

use super::address::Address;
use super::bind::bind;
use super::error::ListenError;
use super::received::{Received, Responder};
use super::serve::{self, Delivery, Waiting};
use crate::{Login, Secret};

/// Connections that are served at once. Browsers open spare ones.
const CONNECTIONS: usize = 64;

/// Listens on a loopback redirect URI (RFC 8252 section 7.3) until the callback of one login comes.
///
/// Bind it before the login is begun: where the redirect URI names no port, the port that was found
/// belongs into [`LoginOptions::loopback_port`](crate::LoginOptions::loopback_port). Connections
/// are accepted from then on and answered by [`receive`](Listener::receive). Dropping the listener
/// closes it.
#[derive(Debug)]
pub struct Listener {
    sockets: Vec<TcpListener>,
    address: Address,
    redirect_uri: String,
    port: u16,
}

impl Listener {
    /// Listens on the redirect URI: an `http` one on 127.0.0.0/8, `[::1]` or `localhost`. Its port is
    /// taken where it has one, else any free one. For `localhost` both families are listened on.
    ///
    /// # Errors
    /// [`ListenError`] where the redirect URI is not loopback, the port is taken, or the system
    /// refuses.
    pub fn bind(redirect_uri: &str) -> Result<Self, ListenError> {
        let address = Address::parse(redirect_uri)?;
        let (sockets, port) = bind(&address)?;
        let redirect_uri = address.with_port(port);
        Ok(Self { sockets, address, redirect_uri, port })
    }

    /// The redirect URI with the port that is listened on; byte for byte as it was given where it
    /// names a port.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// The port that is listened on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers requests until the callback of this login comes.
    ///
    /// Everything else gets a 4xx page. There is no deadline: wrap it in `tokio::time::timeout`.
    /// Dropping the future closes the listener.
    pub async fn receive(self, login: &Login) -> Received {
        let url = Url::parse(login.authorization_url()).ok();
        let parameter = |name: &str| {
            let mut pairs = url.as_ref()?.query_pairs();
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        let form_post = parameter("response_mode").as_deref() == Some("form_post");
        self.receive_state(Secret::new(parameter("state").unwrap_or_default()), form_post).await
    }

    async fn receive_state(self, state: Secret, form_post: bool) -> Received {
        let (deliver, delivered) = oneshot::channel();
        let waiting = Arc::new(Waiting::new(self.address.path, state, form_post, deliver));
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        let mut tasks = JoinSet::new();
        for socket in self.sockets {
            tasks.spawn(serve::accept(socket, Arc::clone(&waiting), Arc::clone(&room)));
        }
        match delivered.await {
            Ok(Delivery { callback, page, closed }) => {
                Received { callback, responder: Responder::new(page, closed, tasks) }
            }
            // `waiting` above keeps the sender until it has delivered.
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests;
