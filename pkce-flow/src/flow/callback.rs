//! What the browser brings back, RFC 6749 section 4.1.2 and RFC 9207.

use std::fmt;

use url::form_urlencoded;

use crate::error::{Error, ErrorCode, ProviderError};
use crate::secret::Secret;

/// The longest callback that is read, in octets.
const LONGEST: usize = 64 * 1024;

/// The parameters of an authorization response. Parsing checks their form only; that they belong
/// to a pending login of this user at this provider is what [`Manager::finish`] checks.
///
/// [`Manager::finish`]: crate::Manager::finish
///
/// ```
/// use pkce_flow::Callback;
///
/// let callback = Callback::from_query("code=c0de&state=st4te&iss=https%3A%2F%2Fidp.example")?;
/// let same = Callback::new("st4te", "c0de").with_iss("https://idp.example");
/// assert_eq!(callback, same);
///
/// // A parameter that stands twice is an attack or a bug; which one counts, nobody knows.
/// assert!(Callback::from_query("code=a&code=b&state=s").is_err());
/// # Ok::<(), pkce_flow::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    pub(crate) state: Option<Secret>,
    pub(crate) code: Option<Secret>,
    pub(crate) iss: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) error_description: Option<String>,
    pub(crate) error_uri: Option<String>,
}

impl Callback {
    /// The callback with these parameters, where a framework already took it apart.
    #[must_use]
    pub fn new(state: impl Into<String>, code: impl Into<String>) -> Self {
        Callback {
            state: Some(Secret::new(state)),
            code: Some(Secret::new(code)),
            ..Callback::empty()
        }
    }

    /// An error response with these parameters (RFC 6749 section 4.1.2.1).
    #[must_use]
    pub fn new_error(state: impl Into<String>, error: impl Into<String>) -> Self {
        Callback { state: Some(Secret::new(state)), error: Some(error.into()), ..Callback::empty() }
    }

    /// Adds `iss` (RFC 9207). Leave it out only where the provider sent none.
    #[must_use]
    pub fn with_iss(mut self, iss: impl Into<String>) -> Self {
        self.iss = Some(iss.into());
        self
    }

    fn empty() -> Self {
        Callback {
            state: None,
            code: None,
            iss: None,
            error: None,
            error_description: None,
            error_uri: None,
        }
    }

    /// Reads the query of the redirect URI as it was called, with or without `?`.
    ///
    /// # Errors
    /// [`ErrorCode::CallbackDuplicate`] for a parameter that stands twice,
    /// [`ErrorCode::CallbackMalformed`] for one without `state`, or without `code` and `error`.
    pub fn from_query(query: &str) -> Result<Self, Error> {
        Self::parse(query.strip_prefix('?').unwrap_or(query).as_bytes())
    }

    /// Reads the URL that was called, absolute or from its path on.
    ///
    /// # Errors
    /// As [`Callback::from_query`].
    pub fn from_url(url: &str) -> Result<Self, Error> {
        let without_fragment = url.split('#').next().unwrap_or_default();
        let query = without_fragment.split_once('?').map_or("", |(_, query)| query);
        Self::parse(query.as_bytes())
    }

    /// Reads the body of a POST, where the provider answers with `response_mode=form_post`.
    ///
    /// # Errors
    /// As [`Callback::from_query`].
    pub fn from_form(body: impl AsRef<[u8]>) -> Result<Self, Error> {
        Self::parse(body.as_ref())
    }

    fn parse(encoded: &[u8]) -> Result<Self, Error> {
        if encoded.len() > LONGEST {
            return Err(malformed("it is longer than 64 KiB"));
        }
        let mut callback = Callback::empty();
        let mut state = None;
        let mut code = None;
        for (name, value) in form_urlencoded::parse(encoded) {
            let slot = match &*name {
                "state" => &mut state,
                "code" => &mut code,
                "iss" => &mut callback.iss,
                "error" => &mut callback.error,
                "error_description" => &mut callback.error_description,
                "error_uri" => &mut callback.error_uri,
                // RFC 6749 section 4.1.2: unknown parameters are ignored.
                _ => continue,
            };
            if slot.is_some() {
                return Err(Error::new(
                    ErrorCode::CallbackDuplicate,
                    format!("the callback has the parameter `{name}` twice"),
                )
                .help("Start the login again"));
            }
            *slot = Some(value.into_owned());
        }
        callback.state = state.map(Secret::new);
        callback.code = code.map(Secret::new);
        callback.check()?;
        Ok(callback)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.state.as_ref().is_none_or(|state| state.expose().is_empty()) {
            return Err(match &self.error {
                // RFC 6749 demands the state here too. The text may be anybody's, so nothing of
                // it is shown.
                Some(_) => malformed("it reports an error but has no `state`"),
                None => malformed("it has no `state`"),
            });
        }
        if self.error.is_none() && self.code.as_ref().is_none_or(|code| code.expose().is_empty()) {
            return Err(malformed("it has neither `code` nor `error`"));
        }
        Ok(())
    }

    /// Whether the callback's state is this one, in constant time.
    #[must_use]
    pub fn state_matches(&self, state: &str) -> bool {
        self.state.as_ref().is_some_and(|own| *own == Secret::new(state))
    }

    /// What the provider said, where this is an error response.
    #[must_use]
    pub fn provider_error(&self) -> Option<ProviderError> {
        self.error.as_ref().map(|error| {
            ProviderError::new(
                None,
                Some(error),
                self.error_description.as_deref(),
                self.error_uri.as_deref(),
            )
        })
    }
}

fn malformed(what: &str) -> Error {
    Error::new(ErrorCode::CallbackMalformed, format!("this is not a callback of a login: {what}"))
        .help("Start the login again")
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback")
            .field("state", &self.state)
            .field("code", &self.code)
            .field("iss", &self.iss)
            .field("error", &self.provider_error())
            .finish()
    }
}

/// A query, or a whole URL: what stands before `?` has neither `=` nor `&` in it then.
impl TryFrom<&str> for Callback {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        match text.split_once('?') {
            Some((before, _)) if !before.is_empty() && !before.contains(['=', '&']) => {
                Callback::from_url(text)
            }
            _ => Callback::from_query(text),
        }
    }
}

impl TryFrom<&String> for Callback {
    type Error = Error;

    fn try_from(text: &String) -> Result<Self, Error> {
        Callback::try_from(text.as_str())
    }
}

impl TryFrom<String> for Callback {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Callback::try_from(text.as_str())
    }
}

impl From<&Callback> for Callback {
    fn from(callback: &Callback) -> Self {
        callback.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(query: &str) -> ErrorCode {
        Callback::from_query(query).expect_err(query).code()
    }

    #[test]
    fn a_parameter_that_stands_twice_is_refused_even_with_one_value() {
        for name in ["state", "code", "iss", "error", "error_description", "error_uri"] {
            let query = format!("{name}=a&state=s&code=c&{name}=a");
            assert_eq!(code_of(&query), ErrorCode::CallbackDuplicate, "{name}");
        }
        assert_eq!(code_of("state=s&code=c&c%6fde=d"), ErrorCode::CallbackDuplicate);
    }

    #[test]
    fn unknown_parameters_are_passed_over_twice_too() {
        let callback = Callback::from_query("?x=1&state=s&x=2&code=c&session_state=z");
        assert_eq!(callback.expect("a callback"), Callback::new("s", "c"));
    }

    #[test]
    fn what_is_no_callback_is_refused() {
        let long = format!("state=s&code={}", "c".repeat(LONGEST));
        for query in
            ["", "?", "code=c", "state=s", "state=&code=c", "state=s&code=", "error=e", &long]
        {
            assert_eq!(code_of(query), ErrorCode::CallbackMalformed);
        }
    }

    #[test]
    fn query_url_and_form_are_the_same_callback() {
        let wanted = Callback::new("s t", "c/d").with_iss("https://a.example");
        let query = "state=s+t&code=c%2Fd&iss=https%3A%2F%2Fa.example";
        let url = format!("https://app.example/cb?{query}#_=_");
        assert_eq!(Callback::from_query(query).expect("query"), wanted);
        assert_eq!(Callback::from_url(&url).expect("url"), wanted);
        assert_eq!(Callback::from_url(&url[19..]).expect("path"), wanted);
        assert_eq!(Callback::from_form(query).expect("form"), wanted);
        for text in [query, &url, &url[19..], &format!("?{query}")] {
            assert_eq!(Callback::try_from(text).expect(text), wanted);
        }
    }

    #[test]
    fn debug_shows_no_code_and_no_state() {
        let shown = format!("{:?}", Callback::new("planted-state", "planted-code"));
        assert!(!shown.contains("planted"), "{shown}");
    }
}
