//! Why a listener could not be opened.

use std::fmt;
use std::io;

/// What kind of fault kept a [`Listener`](super::Listener) from listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListenErrorKind {
    /// The redirect URI is none that this machine can listen on: not `http`, or not loopback.
    NotLoopback,
    /// Another program listens on the port.
    Taken,
    /// The operating system refused for another reason.
    System,
}

/// The redirect URI could not be listened on. Its text says what to do.
#[derive(Debug)]
pub struct ListenError {
    kind: ListenErrorKind,
    message: String,
    source: Option<io::Error>,
}

impl ListenError {
    pub(super) fn not_loopback(message: impl Into<String>) -> Self {
        Self { kind: ListenErrorKind::NotLoopback, message: message.into(), source: None }
    }

    pub(super) fn system(message: impl Into<String>, source: Option<io::Error>) -> Self {
        Self { kind: ListenErrorKind::System, message: message.into(), source }
    }

    pub(super) fn taken(message: impl Into<String>, source: io::Error) -> Self {
        Self { kind: ListenErrorKind::Taken, message: message.into(), source: Some(source) }
    }

    /// The kind of fault.
    pub fn kind(&self) -> ListenErrorKind {
        self.kind
    }
}

impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ListenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
