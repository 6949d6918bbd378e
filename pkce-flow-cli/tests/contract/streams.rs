//! What happens to output that is not wanted, or that nobody reads.

use std::process::{Command, Stdio};
use std::{fs, io};

use crate::home::{Home, end};

/// Commands that write a result without any server.
const WRITERS: &[&[&str]] = &[
    &["providers", "list"],
    &["providers", "list", "--json"],
    &["providers", "show", "gitlab"],
    &["providers", "schema"],
    &["explain"],
    &["explain", "mix-up"],
    &["completions", "bash"],
    &["--help"],
    &["login", "--help"],
    &["--version"],
];

#[test]
fn colours_are_for_terminals_whatever_the_environment_says() {
    let home = Home::new();
    for arguments in WRITERS.iter().chain(&[&["login"][..], &["token", "nobody"]]) {
        let mut command = home.command(arguments);
        command.env("CLICOLOR_FORCE", "1").env("FORCE_COLOR", "1").env("TERM", "xterm-256color");
        let ended = end(&mut command);
        assert!(!ended.stdout.contains('\u{1b}'), "{arguments:?}");
        assert!(!ended.stderr.contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = Home::new();
    for arguments in WRITERS {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let mut command = home.command(arguments);
        let output = command.stdout(writer).stderr(Stdio::piped()).output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn a_closed_standard_error_is_no_fault_of_its_own() {
    let home = Home::new();
    for (arguments, code) in [(&["token", "nobody"][..], 2), (&["login"], 2)] {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        let status = home.command(arguments).stderr(writer).stdout(Stdio::null()).status();
        assert_eq!(status.expect("it starts").code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn streams_that_were_never_open_are_no_fault() {
    let home = Home::new();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "exec \"$0\" providers list >&- 2>&- <&-", env!("CARGO_BIN_EXE_pkce-flow")])
        .current_dir(home.path());
    assert_eq!(end(&mut shell).code, Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_ends_with_1() {
    let home = Home::new();
    for arguments in WRITERS {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let mut command = home.command(arguments);
        let output = command.stdout(full).stderr(Stdio::piped()).output().expect("it starts");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("cannot write to standard output"), "{stderr}");
    }
}
