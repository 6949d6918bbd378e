//! The folders of this user, as the XDG base directory specification names them.

use std::env;
use std::path::PathBuf;

use crate::exit::{Failure, Outcome};

/// `$XDG_CONFIG_HOME`, else `~/.config`; `None` where there is no home.
pub(crate) fn config() -> Option<PathBuf> {
    variable("XDG_CONFIG_HOME").or_else(|| Some(variable("HOME")?.join(".config")))
}

/// `$XDG_DATA_HOME`, else `~/.local/share`.
pub(crate) fn data() -> Outcome<PathBuf> {
    variable("XDG_DATA_HOME").or_else(|| Some(variable("HOME")?.join(".local/share"))).ok_or_else(
        || {
            Failure::machine("there is no folder for the tokens: HOME is not set")
                .help("set HOME, or XDG_DATA_HOME, to an absolute path")
        },
    )
}

/// The specification says to pass over a path that is not absolute.
fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute())
}
