//! Starts a command and watches whether it fails at once.

use std::process::{self, ExitStatus, Stdio};
use std::time::Duration;
use std::{io, thread};

use tokio::sync::oneshot;

use super::BrowserError;
use super::plan::Command;

/// An opener that finds no browser ends well within this; a browser that runs is then taken for
/// opened.
const WATCH: Duration = Duration::from_secs(2);

pub(super) async fn launch(command: Command) -> Result<(), BrowserError> {
    let failed = |reason: String| BrowserError::Failed { program: command.program.clone(), reason };
    let mut child = process::Command::new(&command.program);
    child
        .args(&command.arguments)
        .envs(command.environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // The browser is the person's: an interrupt of this program is not meant for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut child, 0);
    let ended = spawn_and_wait(child).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => failed("is not installed".to_owned()),
        _ => failed(format!("does not start: {error}")),
    })?;
    match tokio::time::timeout(WATCH, ended).await {
        Ok(Ok(status)) if !status.success() => Err(failed(format!("ended with {status}"))),
        // It ended well, or it still runs.
        _ => Ok(()),
    }
}

/// A thread waits for the child for as long as it runs, so that it leaves no zombie.
fn spawn_and_wait(mut command: process::Command) -> io::Result<oneshot::Receiver<ExitStatus>> {
    let (tell, ended) = oneshot::channel();
    let mut child = command.spawn()?;
    thread::Builder::new().name("browser".to_owned()).spawn(move || {
        if let Ok(status) = child.wait() {
            // Nobody listens any more when the watch is over.
            let _ = tell.send(status);
        }
    })?;
    Ok(ended)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        Command {
            program: "sh".to_owned(),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            environment: Vec::new(),
        }
    }

    #[tokio::test]
    async fn an_opener_that_ends_with_an_error_has_failed() {
        let error = launch(shell("exit 3")).await.expect_err("it failed");
        assert!(error.to_string().contains("`sh` ended with exit status: 3"), "{error}");
    }

    #[tokio::test]
    async fn an_opener_that_ends_well_has_opened() {
        launch(shell("exit 0")).await.expect("it ended well");
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_named() {
        let command = Command {
            program: "no-such-browser-here".to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
        };
        let error = launch(command).await.expect_err("there is none");
        assert!(error.to_string().contains("`no-such-browser-here` is not installed"), "{error}");
    }

    #[tokio::test]
    async fn a_browser_that_keeps_running_has_opened() {
        let (hold, held) = io::pipe().expect("a pipe");
        let mut command = process::Command::new("cat");
        command.stdin(hold).stdout(Stdio::null());
        let ended = spawn_and_wait(command).expect("cat starts");
        assert!(tokio::time::timeout(Duration::from_millis(1), ended).await.is_err());
        drop(held); // The child ends with its input.
    }
}
