//! The embedded provider, for `login demo` and `pkce-flow demo`.

mod app;
mod pages;
mod reply;
mod sessions;

use std::sync::Arc;

use pkce_flow::loopback::open_browser;
use pkce_flow::{Manager, Registration};
use pkce_flow_providers::{ProvidersToml, Text};
use pkce_flow_testing::{Client, TestServer};
use tokio::net::TcpListener;

use self::app::App;
use crate::args;
use crate::exit::{Failure, Outcome};
use crate::output;

/// The embedded provider's name for people.
pub(crate) const NAME: &str = "the embedded provider";

/// The embedded provider and a manager for it. It ends with this value.
#[derive(Debug)]
pub(crate) struct Embedded {
    pub(crate) manager: Manager,
    server: TestServer,
}

impl Embedded {
    /// Starts it for a program that listens on any loopback port.
    pub(crate) fn start() -> Outcome<Self> {
        Self::start_for("http://127.0.0.1/callback")
    }

    fn start_for(redirect_uri: &str) -> Outcome<Self> {
        let client = Client::public("test-client").redirect_uri(redirect_uri).name("pkce-flow");
        let server = TestServer::configure().client(client).start().map_err(|error| {
            Failure::machine(format!("the embedded provider does not start: {error}"))
        })?;
        let file = ProvidersToml::parse(&server.providers_toml())?;
        let mut draft = file.drafts().first().cloned().unwrap_or_default();
        draft.display_name = Some(NAME.to_owned());
        draft.redirect_uri = Some(Text::Literal(redirect_uri.to_owned()));
        let manager = Registration::from_draft(draft).manager()?;
        Ok(Self { manager, server })
    }
}

/// `pkce-flow demo`: runs until it is interrupted.
pub(crate) async fn run(args: &args::Demo) -> Outcome {
    let listener = TcpListener::bind(("127.0.0.1", args.port)).await.map_err(|error| {
        Failure::machine(format!("cannot listen on 127.0.0.1:{}: {error}", args.port))
            .help("choose another port with --port, or leave it out for any free one")
    })?;
    let port = listener
        .local_addr()
        .map_err(|error| Failure::machine(format!("the listener has no address: {error}")))?
        .port();
    let origin = format!("http://127.0.0.1:{port}");
    let embedded = Embedded::start_for(&format!("{origin}/callback"))?;
    let app = Arc::new(App::new(embedded.manager.clone(), &origin, embedded.server.origin()));
    output::note(format_args!("The sign-in page of the demo:\n\n{origin}/\n"));
    output::note(format_args!(
        "Its provider, whose issuer this is:\n\n{}\n",
        embedded.server.url()
    ));
    output::note("Press Ctrl-C to end it. Nothing is kept.");
    let url = format!("{origin}/");
    let opening = async {
        if !args.no_browser
            && let Err(reason) = open_browser(&url).await
        {
            output::note(format_args!("{reason}. Open the address above."));
        }
        std::future::pending::<Outcome>().await
    };
    tokio::select! {
        never = opening => never,
        never = app::serve(listener, app) => never,
    }
}
