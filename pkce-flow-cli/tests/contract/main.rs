//! The command line as scripts see it: streams, exit codes, files. What needs a server is tested
//! in the workspace's own test package.

mod check;
mod config;
mod explain;
mod generate;
mod help;
mod home;
mod import;
mod schema;
mod streams;
mod vault;
