//! An example that runs.

use std::io::{BufRead, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

/// A running program, which ends with the value.
pub struct Program(Child);

impl Program {
    pub fn start(path: &str, arguments: &[&str]) -> Program {
        let mut command = Command::new(path);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Program(command.spawn().expect("the example starts"))
    }

    /// The first line on standard output that begins with the prefix, without it.
    pub fn stdout_line(&mut self, prefix: &str) -> String {
        let stdout = self.0.stdout.take().expect("standard output is read once");
        line(BufReader::new(stdout), prefix)
    }

    /// The same for standard error.
    pub fn stderr_line(&mut self, prefix: &str) -> String {
        let stderr = self.0.stderr.as_mut().expect("standard error is a pipe");
        line(BufReader::new(stderr), prefix)
    }

    /// Waits for the end, which must be a success, and gives what was printed on standard output.
    pub fn finish(mut self) -> String {
        let mut printed = String::new();
        let stdout = self.0.stdout.as_mut().expect("standard output is a pipe");
        stdout.read_to_string(&mut printed).expect("the example prints text");
        let mut complaint = String::new();
        let stderr = self.0.stderr.as_mut().expect("standard error is a pipe");
        stderr.read_to_string(&mut complaint).expect("the example complains in text");
        let status = self.0.wait().expect("the example ends");
        assert!(status.success(), "{status}: {complaint}");
        printed
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn line(stream: impl BufRead, prefix: &str) -> String {
    let lines = stream.lines().map(|line| line.expect("the example prints text"));
    let mut matching = lines.filter_map(|line| line.strip_prefix(prefix).map(str::to_owned));
    matching.next().unwrap_or_else(|| panic!("the example ended without a line `{prefix}…`"))
}
