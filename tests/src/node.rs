//! Authorization servers that this project did not write, as node processes.

use std::{
    io::Write,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
};

use serde_json::Value;

use crate::output::Output;

/// A running server of `tests/node`. It ends with this value, and with the test that started it.
#[derive(Debug)]
pub struct NodeServer {
    child: Child,
    // The server ends when this closes.
    stdin: Option<ChildStdin>,
    stderr: Output,
    url: String,
}

impl NodeServer {
    /// Starts the npm package oidc-provider; the script's head lists the keys of `config`.
    ///
    /// # Panics
    ///
    /// Where node or the packages are missing, or the server does not come up.
    pub fn oidc_provider(config: &Value) -> Self {
        Self::start("oidc-provider.mjs", config)
    }

    /// Starts the npm package @node-oauth/oauth2-server; the script's head lists the keys of
    /// `config`.
    ///
    /// # Panics
    ///
    /// Where node or the packages are missing, or the server does not come up.
    pub fn oauth2_server(config: &Value) -> Self {
        Self::start("oauth2-server.mjs", config)
    }

    /// `http://127.0.0.1:PORT`, or the same with https; no slash at its end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server wrote to its standard error so far.
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// The first line of standard error that `wanted` accepts, past or to come.
    ///
    /// # Panics
    ///
    /// Where it does not come; the message shows what did.
    #[track_caller]
    pub fn wait_for_line(&self, wanted: impl Fn(&str) -> bool) -> String {
        self.stderr
            .line(wanted)
            .unwrap_or_else(|what| panic!("{what}; the server wrote:\n{}", self.stderr()))
    }

    fn start(script: &str, config: &Value) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("node");
        assert!(
            folder.join("node_modules").is_dir(),
            "the npm packages are missing: run `cargo xtask test`, or `npm ci` in {}",
            folder.display()
        );
        let mut child = Command::new("node")
            .arg(script)
            .current_dir(&folder)
            // oidc-provider tells here, and to nobody else, why it refuses a grant.
            .env("DEBUG", "oidc-provider:error")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("node (20 or newer) does not start: {error}"));
        let mut stdin = child.stdin.take().expect("standard input is piped");
        let stdout = Output::follow(child.stdout.take().expect("standard output is piped"));
        let stderr = Output::follow(child.stderr.take().expect("standard error is piped"));
        let written = writeln!(stdin, "{config}");
        let mut server = Self { child, stdin: Some(stdin), stderr, url: String::new() };

        let ready = stdout.line(|line| line.starts_with('{')).unwrap_or_else(|what| {
            panic!("{script} did not start ({what}; {written:?}); it wrote:\n{}", server.stderr())
        });
        let ready: Value = serde_json::from_str(&ready).expect("the ready line is JSON");
        server.url = ready["url"].as_str().expect("the ready line has a url").to_owned();
        server
    }
}

impl Drop for NodeServer {
    fn drop(&mut self) {
        drop(self.stdin.take());
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
