//! The authorization code flow with PKCE as requests made and answers read: no I/O here.

pub(crate) mod authorize;
pub(crate) mod callback;
pub(crate) mod client_auth;
pub(crate) mod encode;
pub(crate) mod options;
pub(crate) mod pending;
pub(crate) mod redirect;
pub(crate) mod request;
pub(crate) mod secrets;
pub(crate) mod target;
