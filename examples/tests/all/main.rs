//! Runs the examples, as a person would, and compares what they print.

mod axum_login;
mod cli_app;
mod file_store;
mod http;
mod output;
mod program;
