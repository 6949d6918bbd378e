//! How a command ends: exit codes, and failures with what to do next.

use std::error::Error as _;
use std::io;

use pkce_flow::{Error, Kind};
use pkce_flow_providers::Problems;

/// The exit codes. They are part of the contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Code {
    /// Done.
    Done = 0,
    /// The vault's store, or another fault of this machine.
    Machine = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// The user or the provider refused, nobody finished in time, or a login is needed.
    Refused = 3,
    /// The network or the provider failed.
    Provider = 4,
    /// A security check failed.
    Security = 5,
    /// Interrupted by SIGINT.
    Interrupted = 130,
    /// Terminated by SIGTERM.
    Terminated = 143,
}

impl From<Kind> for Code {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Configuration => Self::Usage,
            Kind::Refused | Kind::Expired => Self::Refused,
            Kind::Security => Self::Security,
            Kind::Provider | Kind::Network => Self::Provider,
            _ => Self::Machine,
        }
    }
}

/// Why a command ends without having done what it was asked for.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something went wrong; `help` says what to do next.
    Message { code: Code, what: String, help: Option<String> },
    /// A declaration has mistakes.
    Problems(Problems),
    /// All was said already.
    Silent(Code),
    /// Whoever read our output has gone; that is no fault.
    ClosedPipe,
}

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(code: Code, what: impl Into<String>) -> Self {
        Self::Message { code, what: what.into(), help: None }
    }

    pub(crate) fn usage(what: impl Into<String>) -> Self {
        Self::new(Code::Usage, what)
    }

    pub(crate) fn machine(what: impl Into<String>) -> Self {
        Self::new(Code::Machine, what)
    }

    /// Says what to do next, unless something else said it already.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        if let Self::Message { help: help @ None, .. } = &mut self {
            *help = Some(text.into());
        }
        self
    }

    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Message { code, .. } | Self::Silent(code) => *code as u8,
            Self::Problems(_) => Code::Usage as u8,
            Self::ClosedPipe => 0,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        if let Some(problems) = error.problems() {
            return Self::Problems(problems.clone());
        }
        let mut what = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let text = cause.to_string();
            if !what.contains(&text) {
                what = format!("{what}\n  caused by: {text}");
            }
            source = cause.source();
        }
        Self::new(error.kind().into(), what)
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

/// What writing to standard output came to.
pub(crate) fn written(outcome: io::Result<()>) -> Outcome {
    match outcome {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::ClosedPipe),
        Err(error) => Err(Failure::machine(format!("cannot write to standard output: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_map_to_the_codes_of_the_contract() {
        for (kind, code) in [
            (Kind::Configuration, 2),
            (Kind::Refused, 3),
            (Kind::Expired, 3),
            (Kind::Security, 5),
            (Kind::Provider, 4),
            (Kind::Network, 4),
            (Kind::Store, 1),
        ] {
            assert_eq!(Code::from(kind) as u8, code, "{kind:?}");
        }
    }

    #[test]
    fn a_closed_pipe_is_no_fault_and_a_full_disk_is_one() {
        let closed = written(Err(io::ErrorKind::BrokenPipe.into())).expect_err("closed");
        assert_eq!(closed.code(), 0);
        let full = written(Err(io::ErrorKind::StorageFull.into())).expect_err("full");
        assert_eq!(full.code(), 1);
    }

    #[test]
    fn the_first_help_stays() {
        let failure = Failure::usage("x").help("first").help("second");
        assert!(matches!(failure, Failure::Message { help: Some(help), .. } if help == "first"));
    }
}
