//! The part of a login in which a person acts: address, browser, callback.

use std::time::Duration;

use pkce_flow::loopback::{Listener, Page, Received, Responder, open_browser};
use pkce_flow::{Error, LoginOptions, Manager, Tokens, User};
use pkce_flow_testing::UserAgent;

use crate::exit::{Code, Failure, Outcome};
use crate::output;

/// How a login reaches its person.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) timeout: Duration,
    pub(crate) no_browser: bool,
    /// Where no browser can be opened, a scripted one approves: for the embedded provider alone.
    pub(crate) scripted: bool,
}

/// A login that is done; the browser still waits for its page.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) tokens: Tokens,
    responder: Responder,
    provider: String,
}

impl Done {
    /// Shows the person in the browser how it went.
    pub(crate) async fn show<T>(self, outcome: &Outcome<T>) -> Tokens {
        let page = match outcome {
            Ok(_) => Page::success(&self.provider),
            Err(_) => Page::failure("The login succeeded, but the tokens could not be kept."),
        };
        self.responder.respond(page).await;
        self.tokens
    }
}

/// Logs a person in.
pub(crate) async fn log_in(manager: &Manager, person: &Person) -> Outcome<Done> {
    let declaration = manager.declaration();
    let listener = Listener::bind(declaration.redirect_uri()).map_err(Error::from)?;
    let user = User::one_time()?;
    let options = LoginOptions::new().loopback_port(listener.port());
    let login = manager.begin_with(&user, options).await?;
    let url = login.authorization_url();
    let receiving = tokio::time::timeout(person.timeout, listener.receive(&login));
    let Received { callback, responder, .. } = tokio::select! {
        received = receiving => received.map_err(|_| nobody_came(person.timeout))?,
        failure = ask(url, person) => return Err(failure),
    };
    match manager.finish(&user, callback).await {
        Ok(tokens) => {
            Ok(Done { tokens, responder, provider: declaration.display_name().to_owned() })
        }
        Err(error) => {
            responder.respond(Page::from_error(&error)).await;
            Err(error.into())
        }
    }
}

/// Brings the address to the person, then waits for ever: the answer comes by the listener.
async fn ask(url: &str, person: &Person) -> Failure {
    if person.no_browser {
        show_address("Open this address in a browser to sign in:", url);
        return std::future::pending().await;
    }
    match open_browser(url).await {
        Ok(()) => {
            show_address(
                "Sign in in your browser. Should none have opened, go to this address:",
                url,
            );
        }
        Err(reason) if person.scripted => {
            output::note(format_args!(
                "{reason}.\nSo the demo approves by itself, over HTTP all the same."
            ));
            if let Err(error) = UserAgent::allowing().visit(url).await {
                return Failure::machine(format!("the demo could not approve: {error}"));
            }
        }
        Err(reason) => {
            output::note(format_args!("{reason}."));
            show_address("Open this address in a browser to sign in:", url);
        }
    }
    std::future::pending().await
}

/// The address stands alone on its line, for programs that look for it.
fn show_address(what: &str, url: &str) {
    output::note(format_args!("{what}\n\n{url}\n"));
}

fn nobody_came(timeout: Duration) -> Failure {
    let time = match timeout.as_secs() {
        1 => "a second".to_owned(),
        seconds => format!("{seconds} seconds"),
    };
    Failure::new(Code::Refused, format!("nobody finished the login within {time}"))
        .help("start the login again; --timeout SECONDS gives the person longer")
}
