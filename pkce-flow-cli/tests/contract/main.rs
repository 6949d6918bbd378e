//! The command line as scripts see it: streams, exit codes, files. What needs a server is tested
//! in the workspace's own test package.

mod check;
mod config;
mod help;
mod home;
mod streams;
mod vault;
