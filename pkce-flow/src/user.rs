//! Whose browser a login belongs to.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, ErrorCode};
use crate::random;
use crate::secret::Secret;

/// Whose browser a login belongs to: the id of a browser's session, or of a user who is already
/// signed in. Never a constant, never something typed: the callback is accepted only for the user
/// that the login was begun for, which is what stops an attacker from slipping in a login of his
/// own (RFC 9700 section 4.7).
///
/// Frameworks give a session a new id when somebody signs in. Give `finish` the id from before, the
/// one that `begin` got; with a cookie of its own for this id, logins under way in other tabs go on.
///
/// ```
/// use pkce_flow::User;
///
/// let session_id = "k3J9…"; // from your web framework's session
/// let user = User::new(session_id);
/// assert_eq!(format!("{user:?}"), "User(…)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct User(Secret);

impl User {
    /// The user with this session id or account id. A blank one is refused when a login begins.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        User(Secret::new(id))
    }

    /// A user for one login: for programs that serve one person and are their own session, such
    /// as a command line. Keep the value from `begin` to `finish`.
    ///
    /// # Errors
    /// [`ErrorCode::Randomness`] when the system's generator fails.
    pub fn one_time() -> Result<Self, Error> {
        Ok(User(Secret::new(URL_SAFE_NO_PAD.encode(random::octets::<32>()?.as_slice()))))
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.0.expose().trim().is_empty() {
            return Err(Error::new(ErrorCode::Argument, "the user's id is blank")
                .help("Give the id of the browser's session, or of the user who is signed in"));
        }
        Ok(())
    }

    /// A name for the user that tells nothing about the id, for stores and comparison.
    pub(crate) fn owner(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"pkce-flow owner\0");
        hash.update(self.0.expose().as_bytes());
        URL_SAFE_NO_PAD.encode(hash.finalize())
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A session id is as good as a password while the session lives.
        f.write_str("User(…)")
    }
}

impl From<String> for User {
    fn from(id: String) -> Self {
        User::new(id)
    }
}

impl From<&str> for User {
    fn from(id: &str) -> Self {
        User::new(id)
    }
}
