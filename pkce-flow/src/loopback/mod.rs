//! Logins of desktop programs and command lines, as RFC 8252 describes them: listen on loopback,
//! open the browser, and take the callback (feature `loopback`).
//!
//! [`login`] does all of it. [`LoopbackLogin`] is the same with settings, and [`Listener`],
//! [`open_browser`] and [`Page`] are its parts, for programs that need something between.
//!
//! The listener accepts connections of this machine alone. A callback whose state is not the
//! pending one gets an error page and the waiting goes on, and so does every other request
//! (RFC 8252 section 8.9). The right callback is answered after the login was finished, so that the
//! page tells the truth.
//!
//! Everything here needs a tokio runtime with its network and time drivers on.

mod address;
mod bind;
mod browser;
mod error;
mod listener;
mod login;
mod page;
mod received;
mod serve;

pub use browser::{BrowserError, open_browser};
pub use error::{ListenError, ListenErrorKind};
pub use listener::Listener;
pub use login::{LoopbackLogin, login};
pub use page::Page;
pub use received::{Received, Responder};
