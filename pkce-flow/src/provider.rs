//! The trait that a declared type has.

use crate::builder::ManagerBuilder;
use crate::error::Error;
use crate::generated::Declared;
use crate::manager::Manager;

/// A provider that was declared on a type, by `#[derive(PkceProvider)]`, by `providers!`, or as
/// generated source.
///
/// ```no_run
/// use pkce_flow::{PkceProvider, User};
///
/// #[derive(PkceProvider)]
/// #[pkce(
///     preset = "gitlab",
///     client_id = "our application id",
///     client_secret = env("GITLAB_CLIENT_SECRET"),
///     redirect_uri = "http://127.0.0.1:8000/oauth/gitlab/callback/",
///     scope = "read_api",
/// )]
/// struct GitLab;
///
/// # async fn login(session_id: &str, callback_query: &str) -> Result<(), pkce_flow::Error> {
/// let gitlab = GitLab::manager()?; // reads the environment, once
/// let user = User::new(session_id);
/// let login = gitlab.begin(&user).await?;
/// // send the browser to login.authorization_url(), and when it comes back:
/// let tokens = gitlab.finish(&user, callback_query).await?;
/// # Ok(()) }
/// ```
pub trait PkceProvider {
    /// What was declared, as constants.
    fn declared() -> &'static Declared;

    /// The provider's name: the key `name`, else its preset's, else the type's in snake_case.
    #[must_use]
    fn name() -> &'static str {
        Self::declared().name()
    }

    /// The manager: made at the first call, which reads the environment; the same one afterwards,
    /// so that it finds the logins that it began.
    ///
    /// # Errors
    /// What [`ManagerBuilder::build`] finds. A failure is not kept: the next call tries again.
    fn manager() -> Result<Manager, Error> {
        Self::declared().manager()
    }

    /// A builder for an independent manager, with seams of its own: for tests, and for stores that
    /// processes share.
    fn manager_builder() -> ManagerBuilder {
        Self::declared().manager_builder()
    }
}
