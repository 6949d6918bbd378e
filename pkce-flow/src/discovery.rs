//! Metadata of the provider, fetched when the first login begins: OpenID Connect Discovery
//! section 4, then RFC 8414 section 3.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use pkce_flow_providers::{
    Declaration, Metadata, MetadataError, oauth_authorization_server_url, openid_configuration_url,
};
use tokio::sync::Mutex;
use url::Url;

use crate::error::{Error, ErrorCode};
use crate::flow::request;
use crate::flow::target::{Target, uri};
use crate::transport::{Exchange, Retry};

/// How long metadata is used before it is asked for again.
const FRESH: Duration = Duration::from_secs(60 * 60);

/// What is known of the provider: from the declaration at once, or from metadata, kept.
pub(crate) enum Targets {
    Declared(Arc<Target>),
    Discovered(Mutex<Option<(SystemTime, Arc<Target>)>>),
}

impl Targets {
    pub(crate) fn new(
        declaration: &Declaration,
        has_secret: bool,
        moved_to: Option<&Url>,
    ) -> Result<Self, Error> {
        if declaration.needs_discovery() {
            return Ok(Targets::Discovered(Mutex::new(None)));
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
        let kept = match self {
            Targets::Declared(target) => return Ok(Arc::clone(target)),
            Targets::Discovered(kept) => kept,
        };
        let mut kept = kept.lock().await;
        let now = exchange.clock.now();
        if let Some((end, target)) = &*kept
            && *end > now
        {
            return Ok(Arc::clone(target));
        }
        let found = discover(declaration, moved_to, exchange).await.and_then(|metadata| {
            Target::new(declaration, Some(&metadata), has_secret, moved_to).map(Arc::new)
        });
        match (found, &mut *kept) {
            (Ok(target), slot) => {
                *slot = Some((now + FRESH, Arc::clone(&target)));
                Ok(target)
            }
            (Err(error), Some((end, target))) if error.code() != ErrorCode::MetadataIssuer => {
                tracing::warn!(provider = declaration.name(), %error, "using older metadata");
                *end = now + FRESH / 10;
                Ok(Arc::clone(target))
            }
            (Err(error), _) => Err(error),
        }
    }
}

async fn discover(
    declaration: &Declaration,
    moved_to: Option<&Url>,
    exchange: &Exchange<'_>,
) -> Result<Metadata, Error> {
    let issuer = declaration.issuer().unwrap_or_default();
    let mut refusal = None;
    for url in [openid_configuration_url(issuer), oauth_authorization_server_url(issuer)] {
        let request = request::metadata(&uri("issuer", &url, moved_to)?);
        let answer =
            exchange.send("the metadata of the issuer", request, Retry::Idempotent).await?;
        if answer.status().is_success() {
            return Metadata::parse(answer.body(), issuer).map_err(|error| unusable(&url, &error));
        }
        refusal.get_or_insert((url, answer.status().as_u16()));
    }
    let (url, status) = refusal.unwrap_or_default();
    Err(Error::new(
        ErrorCode::Metadata,
        format!(
            "the issuer has no metadata at {url} (status {status}), nor where RFC 8414 puts it"
        ),
    )
    .help("Check issuer in the declaration, or state the endpoints there"))
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
