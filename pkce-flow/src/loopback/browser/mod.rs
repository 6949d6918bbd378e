//! Opens the person's browser at an address, without a shell.

mod launch;
mod plan;
mod words;

use std::fmt;

use url::Url;

/// Why no browser was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BrowserError {
    /// The address is no `http` or `https` URL, so it is not handed to anything.
    NotAWebAddress,
    /// `BROWSER` is not set, or names text browsers only, and there is no display.
    NoBrowser,
    /// Every command that was tried failed; this is what the last one did.
    Failed {
        /// The program that was started.
        program: String,
        /// How it failed.
        reason: String,
    },
}

impl fmt::Display for BrowserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAWebAddress => f.write_str("only http and https addresses are opened"),
            Self::NoBrowser => f.write_str(
                "there is no browser to open: BROWSER names none, and there is no display",
            ),
            Self::Failed { program, reason } => {
                write!(f, "the browser could not be opened: `{program}` {reason}")
            }
        }
    }
}

impl std::error::Error for BrowserError {}

/// Opens the person's browser at this `http` or `https` address.
///
/// What is started: each command of the variable `BROWSER` (separated by colons; `%s` stands for
/// the address, which is else the last argument; quotes work as in a shell, and no shell runs),
/// or, where that is not set, the system's opener: `xdg-open` where there is a display, `open` on
/// macOS. A text browser counts as none: it cannot share the terminal with this program. The
/// child has no part in our standard streams.
///
/// A command that ends with an error within two seconds has failed, and the next one is tried.
/// This is the only way to see that nothing opened, so the call may take that long.
///
/// # Errors
/// [`BrowserError`] where nothing was opened. Show the address to the person then.
///
/// # Security
/// Another user of the machine may read the address in the list of processes while the opener
/// runs. An authorization URL has no secret in it: its `code_challenge` is a hash.
pub async fn open_browser(address: &str) -> Result<(), BrowserError> {
    // Spaces at the ends and control characters would be dropped silently by the parser.
    let visible = address.bytes().all(|byte| byte.is_ascii_graphic());
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    // The serialised form begins with its scheme: never with a `-`.
    let url = url.filter(|_| visible).ok_or(BrowserError::NotAWebAddress)?;
    let mut outcome = Err(BrowserError::NoBrowser);
    for command in plan::commands(url.as_str(), &plan::Surroundings::of_this_process()) {
        outcome = launch::launch(command).await;
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_web_addresses_are_opened() {
        for address in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-version",
            "--help",
            " https://a.example/",
            "https://a.example/ -x",
            "https://a.example/\n",
            "$(touch /tmp/x)",
            "data:text/html,x",
            "com.example.app:/callback",
            "",
        ] {
            assert_eq!(
                open_browser(address).await,
                Err(BrowserError::NotAWebAddress),
                "{address:?}"
            );
        }
    }
}
