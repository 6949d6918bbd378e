//! The command line as scripts use it: streams, exit codes, pages and files, against the embedded
//! server over real sockets.

mod browser;
mod demo;
mod login;
mod machine;
mod refusals;
mod vault;
