//! The one error type: what happened, what the provider said, what to do now.

mod code;
mod provider;

pub use code::{ErrorCode, Kind};
pub use provider::ProviderError;
pub(crate) use provider::tame;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use pkce_flow_providers::Problems;

/// A failure of a login, a refresh or any other call of this crate.
///
/// [`Error::kind`] says whose turn it is (the programmer's, the user's, the provider's), and
/// [`Error::code`] which check failed. `Display` tells what happened and what to do, in one line
/// unless a declaration has several mistakes. No secret is ever part of it, in `Debug` neither.
///
/// ```
/// use pkce_flow::{Kind, Providers};
///
/// let error = Providers::from_toml_str("[providers.corp]\nclient_id = ''").unwrap_err();
/// assert_eq!(error.kind(), Kind::Configuration);
/// assert!(error.problems().is_some_and(|problems| problems.len() > 1));
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    code: ErrorCode,
    what: String,
    help: Option<String>,
    provider: Option<ProviderError>,
    retry_after: Option<Duration>,
    problems: Option<Problems>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(code: ErrorCode, what: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            code,
            what: what.into(),
            help: None,
            provider: None,
            retry_after: None,
            problems: None,
            source: None,
        }))
    }

    /// What to do now: a sentence without its full stop.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    pub(crate) fn provider(mut self, provider: ProviderError) -> Self {
        self.0.provider = Some(provider);
        self
    }

    /// Takes secrets out of what the provider said.
    pub(crate) fn hide(mut self, secrets: &[&str]) -> Self {
        if let Some(said) = &mut self.0.provider {
            said.hide(secrets);
        }
        // Our own words, in which a short secret would be found by chance.
        provider::hide(&mut self.0.what, secrets, 8);
        self
    }

    pub(crate) fn retry_later(mut self, after: Option<Duration>) -> Self {
        self.0.retry_after = after;
        self
    }

    pub(crate) fn source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn set_boxed_source(&mut self, source: Box<dyn StdError + Send + Sync>) {
        self.0.source = Some(source);
    }

    /// Mistakes in a file, named with it.
    pub(crate) fn in_file(problems: Problems, path: &std::path::Path) -> Self {
        let mut error = Error::from(problems);
        error.0.what = format!("{}: {}", path.display(), error.0.what);
        error
    }

    /// Which check failed: stable, and finer than [`Error::kind`].
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Whose turn it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.code.kind()
    }

    /// What the provider said (RFC 6749 sections 4.1.2.1 and 5.2), where it said something.
    #[must_use]
    pub fn provider_error(&self) -> Option<&ProviderError> {
        self.0.provider.as_ref()
    }

    /// How long the provider asked to wait (`Retry-After`), where it did and the wait was too long
    /// to be done within the call.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The mistakes of a declaration, all of them, where those are the failure.
    #[must_use]
    pub fn problems(&self) -> Option<&Problems> {
        self.0.problems.as_ref()
    }

    /// Whether the user has to log in again: the tokens or the login are gone for good.
    ///
    /// `false` for whatever may pass by itself: a network that fails, a provider that is overloaded.
    #[must_use]
    pub fn needs_login(&self) -> bool {
        match self.0.code {
            ErrorCode::LoginExpired
            | ErrorCode::LoginAlreadyUsed
            | ErrorCode::LoginNotFound
            | ErrorCode::AccessTokenRefused
            | ErrorCode::NoRefreshToken => true,
            ErrorCode::TokenRefused => {
                self.0.provider.as_ref().is_some_and(|said| said.error() == Some("invalid_grant"))
            }
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.what)?;
        if let Some(said) = &self.0.provider {
            write!(f, ": {said}")?;
        }
        if let Some(problems) = &self.0.problems {
            write!(f, ":\n{problems}")?;
        }
        if let Some(help) = &self.0.help {
            write!(f, ". {help}")?;
        }
        Ok(())
    }
}

/// As `Display`, with the code and the causes: it is what `fn main() -> Result<(), Error>` prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} [{}]", self.0.code)?;
        let mut next = self.source();
        while let Some(cause) = next {
            write!(f, "\n  caused by: {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        let what = match problems.len() {
            1 => "the declaration has a mistake".to_owned(),
            n => format!("the declaration has {n} mistakes"),
        };
        let mut error = Error::new(ErrorCode::Declaration, what);
        error.0.problems = Some(problems);
        error
    }
}

/// So that [`Callback`](crate::Callback) itself can stand where a callback is parsed.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_can_cross_threads_and_be_boxed() {
        fn check<T: StdError + Send + Sync + 'static>() {}
        check::<Error>();
    }

    #[test]
    fn display_says_what_the_provider_said_and_what_to_do() {
        let error = Error::new(ErrorCode::TokenRefused, "the token endpoint refused the code")
            .provider(ProviderError::new(Some(400), Some("invalid_grant"), Some("too late"), None))
            .help("Start the login again");
        assert_eq!(
            error.to_string(),
            "the token endpoint refused the code: invalid_grant: too late (status 400). \
             Start the login again"
        );
        assert!(error.needs_login());
    }
}
