//! The command line `pkce-flow` as a child process, with a home of its own.

use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Instant,
};

use tempfile::TempDir;

use crate::{DEADLINE, output::Output};

/// An account on a machine where nothing was set up: an empty home, which is also the current
/// folder, no display, no browser, and of the environment PATH alone.
#[derive(Debug)]
pub struct Cli {
    home: TempDir,
    variables: Vec<(OsString, OsString)>,
}

/// A command that runs. It is killed with this value.
#[derive(Debug)]
pub struct Running {
    // Until the end is waited for.
    child: Option<Child>,
    command: String,
    stdout: Output,
    stderr: Output,
}

/// A command that has ended.
#[derive(Debug)]
pub struct Finished {
    /// The exit code; none where a signal ended it.
    pub code: Option<i32>,
    /// All of standard output.
    pub stdout: String,
    /// All of standard error.
    pub stderr: String,
}

impl Cli {
    /// A new home.
    ///
    /// # Panics
    ///
    /// Where the folder cannot be made.
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a home"), variables: Vec::new() }
    }

    /// Sets an environment variable for all later commands.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// The home, which is the current folder of every command.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file below the home and says where it is.
    ///
    /// # Panics
    ///
    /// Where it cannot be written.
    pub fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.home().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        fs::write(&path, text).expect("a file is written");
        path
    }

    /// Starts a command.
    ///
    /// # Panics
    ///
    /// Where the binary cannot be built or started.
    pub fn start<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Running {
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .current_dir(self.home())
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let shown = format!("{command:?}");
        let mut child =
            command.spawn().unwrap_or_else(|error| panic!("{shown} does not start: {error}"));
        let stdout = Output::follow(child.stdout.take().expect("standard output is piped"));
        let stderr = Output::follow(child.stderr.take().expect("standard error is piped"));
        Running { child: Some(child), command: shown, stdout, stderr }
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    ///
    /// Where it cannot be started, or does not end in time.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Finished {
        self.start(arguments).finish()
    }
}

impl Default for Cli {
    fn default() -> Self {
        Self::new()
    }
}

impl Running {
    /// The first line of standard error that `wanted` accepts, past or to come.
    ///
    /// # Panics
    ///
    /// Where it does not come; the message shows what did.
    #[track_caller]
    pub fn wait_for_line(&self, wanted: impl Fn(&str) -> bool) -> String {
        self.stderr.line(wanted).unwrap_or_else(|what| self.fail(what))
    }

    /// The authorization URL, which `login --no-browser` writes alone on a line of standard error.
    ///
    /// # Panics
    ///
    /// Where it does not come; the message shows what did.
    #[track_caller]
    pub fn authorization_url(&self) -> String {
        self.wait_for_line(|line| line.starts_with("http") && line.contains("code_challenge="))
    }

    /// Sends SIGINT, as Ctrl-C does.
    ///
    /// # Panics
    ///
    /// Where the signal cannot be sent.
    pub fn interrupt(&self) {
        signal(self.id(), "INT");
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.as_ref().expect("only `finish` takes the child").id()
    }

    /// What it wrote to standard error so far.
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// Waits for the end.
    ///
    /// # Panics
    ///
    /// Where it does not come in time.
    #[track_caller]
    pub fn finish(mut self) -> Finished {
        let deadline = Instant::now() + DEADLINE;
        let (Some(stdout), Some(stderr)) =
            (self.stdout.whole(deadline), self.stderr.whole(deadline))
        else {
            self.fail("it did not end in time")
        };
        let child = self.child.take().expect("only `finish` takes the child");
        match wait(child, deadline) {
            Some(status) => Finished { code: status.code(), stdout, stderr },
            None => self.fail("it closed its streams and did not end in time"),
        }
    }

    #[track_caller]
    fn fail(&self, what: &str) -> ! {
        panic!(
            "{}: {what}\n--- standard output\n{}\n--- standard error\n{}",
            self.command,
            self.stdout.text(),
            self.stderr.text()
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Waits for an end that is near: the streams are closed already.
fn wait(mut child: Child, deadline: Instant) -> Option<ExitStatus> {
    let (sender, receiver) = mpsc::channel();
    let id = child.id();
    thread::spawn(move || sender.send(child.wait()));
    let left = deadline.saturating_duration_since(Instant::now());
    match receiver.recv_timeout(left) {
        Ok(status) => Some(status.expect("a child can be waited for")),
        Err(_) => {
            signal(id, "KILL");
            None
        }
    }
}

/// Sends a signal by the shell's own `kill`, which is everywhere.
fn signal(id: u32, name: &str) {
    let sent = Command::new("sh")
        .args(["-c", "kill -s \"$0\" \"$1\"", name, &id.to_string()])
        .status()
        .expect("sh starts");
    assert!(sent.success(), "SIG{name} was not sent to process {id}");
}

/// The binary, built once a test process: it belongs to another package, so cargo does not say
/// where it is.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let profile = profile_folder();
        let target = profile.parent().expect("the profile's folder is in the target folder");
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // The same selection of packages and features as the tests', so that nothing is built
        // twice.
        cargo.args(["build", "--quiet", "--workspace", "--bin", "pkce-flow"]);
        if cfg!(feature = "servers") {
            cargo.arg("--all-features");
        }
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        let built = cargo
            .arg("--target-dir")
            .arg(target)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdin(Stdio::null())
            .output()
            .expect("cargo starts");
        assert!(
            built.status.success(),
            "pkce-flow does not build:\n{}",
            String::from_utf8_lossy(&built.stderr)
        );
        profile.join("pkce-flow")
    })
}

/// `target/debug`, or what stands for it: two up from this test, `target/debug/deps/NAME-HASH`.
pub(crate) fn profile_folder() -> PathBuf {
    let test = env::current_exe().expect("a test knows where it is");
    let folder = test.ancestors().nth(2).expect("a test is in the folder deps");
    folder.to_owned()
}
