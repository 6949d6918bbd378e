//! Metadata of the provider, fetched when the first login begins: OpenID Connect Discovery
//! section 4, then RFC 8414 section 3.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use pkce_flow_providers::{
    Declaration, Draft, Metadata, MetadataError, declare, oauth_authorization_server_url,
    openid_configuration_url, resolve,
};
use url::Url;

use crate::clock::SystemClock;
use crate::error::{Error, ErrorCode};
use crate::flow::request;
use crate::flow::target::{Target, uri};
use crate::transport::{DefaultRuntime, Exchange, HttpClient, Limits, Retry};

/// How long metadata is used before it is asked for again.
const FRESH: Duration = Duration::from_secs(60 * 60);

/// How often who waits for another one's answer looks for it.
const POLL: Duration = Duration::from_millis(10);

/// What is known of the provider: from the declaration at once, or from metadata, kept.
pub(crate) enum Targets {
    Declared(Arc<Target>),
    Discovered(Known),
}

impl Targets {
    pub(crate) fn new(
        declaration: &Declaration,
        has_secret: bool,
        moved_to: Option<&Url>,
    ) -> Result<Self, Error> {
        if declaration.needs_discovery() {
            return Ok(Targets::Discovered(Known::default()));
        }
        Target::new(declaration, None, has_secret, moved_to).map(Arc::new).map(Targets::Declared)
    }

    /// The provider's endpoints; one request at a time asks for them. A failure is not kept, and
    /// does not take away what was known.
    pub(crate) async fn get(
        &self,
        declaration: &Declaration,
        has_secret: bool,
        moved_to: Option<&Url>,
        exchange: &Exchange<'_>,
    ) -> Result<Arc<Target>, Error> {
        let known = match self {
            Targets::Declared(target) => return Ok(Arc::clone(target)),
            Targets::Discovered(known) => known,
        };
        let mut failures = None;
        let asking = loop {
            match known.turn(exchange, &mut failures) {
                Turn::Known(target) => return Ok(target),
                Turn::Failed(error) => return Err(error),
                Turn::Ask(asking) => break asking,
                // Polled, so that it waits on a thread as well as in a task, and never for longer
                // than whoever asks may take.
                Turn::Wait => exchange.runtime.sleep(POLL).await,
            }
        };
        let issuer = declaration.issuer().unwrap_or_default();
        let found = fetch(issuer, moved_to, exchange).await.and_then(|metadata| {
            Target::new(declaration, Some(&metadata), has_secret, moved_to).map(Arc::new)
        });
        let now = exchange.clock.now();
        let mut state = asking.known.lock();
        match (found, &mut state.kept) {
            (Ok(target), kept) => {
                *kept = Some((now + FRESH, Arc::clone(&target)));
                Ok(target)
            }
            (Err(error), Some((end, target))) if error.code() != ErrorCode::MetadataIssuer => {
                tracing::warn!(provider = declaration.name(), %error, "using older metadata");
                *end = now + FRESH / 10;
                Ok(Arc::clone(target))
            }
            (Err(error), _) => {
                state.failures += 1;
                state.failure = Some((error.code(), error.to_string()));
                Err(error)
            }
        }
    }
}

/// What discovery found. Its lock is never held while something is waited for.
#[derive(Default)]
pub(crate) struct Known(Mutex<State>);

#[derive(Default)]
struct State {
    kept: Option<(SystemTime, Arc<Target>)>,
    /// Since when somebody asks.
    asked: Option<Instant>,
    /// How often asking failed, and what the last failure was, for those who wait.
    failures: u64,
    failure: Option<(ErrorCode, String)>,
}

/// Whose turn it is.
enum Turn<'k> {
    Known(Arc<Target>),
    Failed(Error),
    Ask(Asking<'k>),
    Wait,
}

/// The turn to ask. It ends with this value, also where the caller gives up.
struct Asking<'k> {
    known: &'k Known,
    since: Instant,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let mut state = self.known.lock();
        if state.asked == Some(self.since) {
            state.asked = None;
        }
    }
}

impl Known {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `failures`: how many there were when the caller began to wait.
    fn turn(&self, exchange: &Exchange<'_>, failures: &mut Option<u64>) -> Turn<'_> {
        let mut state = self.lock();
        // Two exchanges, and whoever is never polled again is not waited for.
        let longest = exchange.limits.timeout * 2 + Duration::from_secs(1);
        let is_asked = state.asked.is_some_and(|since| since.elapsed() < longest);
        if let Some((end, target)) = &state.kept
            && (*end > exchange.clock.now() || is_asked)
        {
            // While somebody asks anew, the others go on with what is known.
            return Turn::Known(Arc::clone(target));
        }
        let began = *failures.get_or_insert(state.failures);
        if began != state.failures
            && let Some((code, what)) = &state.failure
        {
            return Turn::Failed(Error::new(*code, what.clone()));
        }
        if is_asked {
            return Turn::Wait;
        }
        let since = Instant::now();
        state.asked = Some(since);
        Turn::Ask(Asking { known: self, since })
    }
}

/// Asks an issuer for its metadata: where OpenID Connect Discovery section 4 puts it, then where
/// RFC 8414 section 3 does. A login needs no call of this; it is for whoever writes declarations.
///
/// The issuer is checked as one in a declaration is, and the metadata must name the same, byte by
/// byte. The requests are bound by [`Limits::default`], follow no redirect, and are tried again
/// as those of a login are.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")] async fn look() -> Result<(), pkce_flow::Error> {
/// use pkce_flow::transport::ReqwestClient;
///
/// let metadata = pkce_flow::discover("https://idp.example/", &ReqwestClient::new()).await?;
/// println!("{:?}", metadata.authorization_endpoint);
/// # Ok(()) }
/// ```
///
/// # Errors
/// [`ErrorCode::Argument`] for an issuer that no declaration may have, [`ErrorCode::Metadata`] and
/// [`ErrorCode::MetadataIssuer`] for metadata that cannot be used, and the codes of a network that
/// fails.
pub async fn discover(issuer: &str, client: &impl HttpClient) -> Result<Metadata, Error> {
    check_issuer(issuer)?;
    let exchange = Exchange {
        client,
        runtime: &DefaultRuntime,
        clock: &SystemClock,
        limits: Limits::default(),
    };
    fetch(issuer, None, &exchange).await
}

/// Checks the issuer by the rules of declarations, in one that is right but for it.
fn check_issuer(issuer: &str) -> Result<(), Error> {
    let draft = Draft {
        name: "issuer".to_owned(),
        issuer: Some(issuer.into()),
        client_id: Some("client".into()),
        redirect_uri: Some("http://127.0.0.1/callback".into()),
        ..Draft::default()
    };
    let Err(problems) = resolve(draft).and_then(|resolved| declare(&resolved)) else {
        return Ok(());
    };
    let first = problems.iter().next();
    let (what, help) = first.map(|problem| (problem.what(), problem.help())).unwrap_or_default();
    Err(Error::new(ErrorCode::Argument, what).help(sentence(help)))
}

async fn fetch(
    issuer: &str,
    moved_to: Option<&Url>,
    exchange: &Exchange<'_>,
) -> Result<Metadata, Error> {
    let places = [openid_configuration_url(issuer), oauth_authorization_server_url(issuer)];
    let mut refused = None;
    let mut unusable_first = None;
    for url in places {
        let request = request::metadata(&uri("issuer", &url, moved_to)?);
        // A web application in front may redirect or answer with a page where it knows no path.
        let answer =
            match exchange.send("the metadata of the issuer", request, Retry::Idempotent).await {
                Err(error) if error.code() == ErrorCode::Redirect => {
                    unusable_first.get_or_insert(error);
                    continue;
                }
                // What the first place said is told rather than that there is no second.
                Err(error) => return Err(unusable_first.unwrap_or(error)),
                Ok(answer) => answer,
            };
        if answer.status().is_success() {
            match Metadata::parse(answer.body(), issuer) {
                Err(error) if error.code() == "metadata-not-json" => {
                    unusable_first.get_or_insert(unusable(&url, &error));
                }
                parsed => return parsed.map_err(|error| unusable(&url, &error)),
            }
        } else {
            refused.get_or_insert((url, answer.status().as_u16()));
        }
    }
    if let Some(error) = unusable_first {
        return Err(error);
    }
    let (url, status) = refused.unwrap_or_default();
    Err(Error::new(
        ErrorCode::Metadata,
        format!(
            "the issuer has no metadata at {url} (status {status}), nor where RFC 8414 puts it"
        ),
    )
    .help("Check the issuer, or state the endpoints in the declaration"))
}

fn unusable(url: &str, error: &MetadataError) -> Error {
    let code = match error.code() {
        "metadata-issuer-mismatch" => ErrorCode::MetadataIssuer,
        _ => ErrorCode::Metadata,
    };
    Error::new(code, format!("the metadata at {url} cannot be used: {}", error.what()))
        .help(sentence(error.help()))
}

/// A help text as a sentence, as this crate's errors have them.
fn sentence(help: &str) -> String {
    let mut letters = help.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block_on::block_on;
    use crate::transport::HttpError;

    /// Answers at one URL alone.
    struct One(&'static str, &'static str);

    impl HttpClient for One {
        async fn send(
            &self,
            request: http::Request<Vec<u8>>,
            _limits: &Limits,
        ) -> Result<http::Response<Vec<u8>>, HttpError> {
            let mut answer = http::Response::new(self.1.into());
            if request.uri() != self.0 {
                *answer.status_mut() = http::StatusCode::NOT_FOUND;
            }
            Ok(answer)
        }
    }

    const OPENID: &str = "https://idp.example/a/.well-known/openid-configuration";
    const RFC_8414: &str = "https://idp.example/.well-known/oauth-authorization-server/a";
    const DOCUMENT: &str = r#"{ "issuer": "https://idp.example/a",
        "token_endpoint": "https://idp.example/a/token" }"#;

    #[test]
    fn metadata_is_found_at_either_place() {
        for place in [OPENID, RFC_8414] {
            let found = block_on(discover("https://idp.example/a", &One(place, DOCUMENT)));
            let found = found.expect("it is there");
            assert_eq!(found.token_endpoint.as_deref(), Some("https://idp.example/a/token"));
        }
    }

    #[test]
    fn the_issuer_is_compared_byte_by_byte() {
        let found = block_on(discover("https://idp.example/a/", &One(OPENID, DOCUMENT)));
        assert_eq!(found.expect_err("a slash more").code(), ErrorCode::MetadataIssuer);
    }

    #[test]
    fn an_issuer_that_no_declaration_may_have_is_not_asked() {
        for issuer in ["", "idp.example", "http://idp.example", "https://idp.example/?a=b", "x y"] {
            let refused = block_on(discover(issuer, &One(OPENID, DOCUMENT))).expect_err(issuer);
            assert_eq!(refused.code(), ErrorCode::Argument, "{issuer}");
        }
    }

    #[test]
    fn metadata_that_is_nowhere_says_where_it_was_looked_for() {
        let found = block_on(discover("https://idp.example/a", &One("https://b.example/", "")));
        let error = found.expect_err("nowhere");
        assert_eq!(error.code(), ErrorCode::Metadata);
        assert!(error.to_string().contains(OPENID), "{error}");
    }
}
