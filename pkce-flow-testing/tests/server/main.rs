//! The server from outside, over real sockets, by a client that shares no code with it.

mod agent;
mod authorize;
mod client_auth;
mod faults;
mod lifecycle;
mod login;
mod raw;
mod resources;
mod tokens;
