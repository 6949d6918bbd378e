//! A whole login of a desktop program.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::{BrowserError, ListenError, ListenErrorKind, Listener, Page, open_browser};
use crate::{Error, ErrorCode, LoginOptions, Manager, Tokens, User};

/// How long a person may take, unless told otherwise.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Logs a person in: listens on the manager's loopback redirect URI, opens the browser, waits for
/// the callback, exchanges the code and shows the person how it went.
///
/// [`LoopbackLogin`] is the same with settings.
///
/// ```no_run
/// # async fn example() -> Result<(), pkce_flow::Error> {
/// let providers = pkce_flow::Providers::from_toml_file("providers.toml")?;
/// let gitlab = providers.manager("gitlab")?;
/// let tokens = pkce_flow::loopback::login(&gitlab).await?;
/// # let _ = tokens; Ok(()) }
/// ```
///
/// # Errors
/// As [`LoopbackLogin::run`].
pub async fn login(manager: &Manager) -> Result<Tokens, Error> {
    LoopbackLogin::new(manager).run().await
}

/// A login of a desktop program, with settings.
///
/// ```no_run
/// use std::time::Duration;
/// use pkce_flow::loopback::LoopbackLogin;
///
/// # async fn example(gitlab: pkce_flow::Manager) -> Result<(), pkce_flow::Error> {
/// let tokens = LoopbackLogin::new(&gitlab)
///     .timeout(Duration::from_secs(120))
///     .on_authorization_url(|url| eprintln!("If no browser opens, go to {url}"))
///     .run()
///     .await?;
/// # let _ = tokens; Ok(()) }
/// ```
#[must_use = "nothing happens before `run`"]
pub struct LoopbackLogin<'a> {
    manager: &'a Manager,
    options: LoginOptions,
    open_browser: bool,
    timeout: Duration,
    on_authorization_url: Option<ShowUrl<'a>>,
}

type ShowUrl<'a> = Box<dyn FnOnce(&str) + Send + 'a>;

impl<'a> LoopbackLogin<'a> {
    /// A login that opens the browser and waits five minutes.
    pub fn new(manager: &'a Manager) -> Self {
        Self {
            manager,
            options: LoginOptions::default(),
            open_browser: true,
            timeout: TIMEOUT,
            on_authorization_url: None,
        }
    }

    /// Whether the browser is opened. Without it, show the address that
    /// [`on_authorization_url`](Self::on_authorization_url) gives.
    pub fn open_browser(mut self, open: bool) -> Self {
        self.open_browser = open;
        self
    }

    /// How long the person may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Called once with the authorization URL, as soon as its callback can be received and before
    /// a browser is opened. With it, a browser that cannot be opened is no error.
    pub fn on_authorization_url(mut self, show: impl FnOnce(&str) + Send + 'a) -> Self {
        self.on_authorization_url = Some(Box::new(show));
        self
    }

    /// Scope, extra parameters and hints of this login. The port is the listener's.
    pub fn options(mut self, options: LoginOptions) -> Self {
        self.options = options;
        self
    }

    /// Runs the login to its end.
    ///
    /// # Errors
    /// - `Argument`: the redirect URI is not `http` on loopback.
    /// - `Listen`: the redirect URI's port is taken, or the system refused.
    /// - `Browser`: no browser can be opened, and nobody asked for the authorization URL.
    /// - `LoginExpired`: nobody finished in time.
    /// - whatever [`Manager::begin_with`] and [`Manager::finish`] may say.
    pub async fn run(self) -> Result<Tokens, Error> {
        let listener = Listener::bind(self.manager.declaration().redirect_uri())?;
        let user = User::one_time()?;
        let options = self.options.loopback_port(listener.port());
        let login = self.manager.begin_with(&user, options).await?;
        let shown = self.on_authorization_url.is_some();
        if let Some(show) = self.on_authorization_url {
            show(login.authorization_url());
        }
        let opening = async {
            match open_browser(login.authorization_url()).await {
                Err(error) if !shown => Err(error),
                _ => Ok(()),
            }
        };
        let opening = async { if self.open_browser { opening.await } else { Ok(()) } };
        let receiving = unless(opening, listener.receive(&login));
        let received = match tokio::time::timeout(self.timeout, receiving).await {
            Ok(received) => received?,
            Err(_) => return Err(expired(self.timeout)),
        };
        let outcome = self.manager.finish(&user, received.callback).await;
        let page = match &outcome {
            Ok(_) => Page::success(self.manager.declaration().display_name()),
            Err(error) => Page::from_error(error),
        };
        received.responder.respond(page).await;
        outcome
    }
}

/// The output of `receiving`, unless `opening` fails before; both run at once.
async fn unless<T>(
    opening: impl Future<Output = Result<(), BrowserError>>,
    receiving: impl Future<Output = T>,
) -> Result<T, Error> {
    let (mut opening, mut receiving) = (pin!(opening), pin!(receiving));
    let mut opened = false;
    std::future::poll_fn(move |context| {
        if let Poll::Ready(received) = receiving.as_mut().poll(context) {
            return Poll::Ready(Ok(received));
        }
        if !opened && let Poll::Ready(outcome) = opening.as_mut().poll(context) {
            opened = true;
            if let Err(error) = outcome {
                return Poll::Ready(Err(Error::from(error)));
            }
        }
        Poll::Pending
    })
    .await
}

fn expired(timeout: Duration) -> Error {
    let what = format!("nobody finished the login within {timeout:?}");
    Error::new(ErrorCode::LoginExpired, what).help("Start the login again")
}

impl From<ListenError> for Error {
    fn from(error: ListenError) -> Self {
        let code = match error.kind() {
            ListenErrorKind::NotLoopback => ErrorCode::Argument,
            ListenErrorKind::Taken | ListenErrorKind::System => ErrorCode::Listen,
        };
        Error::new(code, error.to_string())
    }
}

impl From<BrowserError> for Error {
    fn from(error: BrowserError) -> Self {
        Error::new(ErrorCode::Browser, error.to_string())
            .help("Show the authorization URL with `on_authorization_url`, for a browser elsewhere")
    }
}

impl fmt::Debug for LoopbackLogin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopbackLogin")
            .field("manager", &self.manager.name())
            .field("open_browser", &self.open_browser)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
