//! A web application with one button, to play with: what a server does with pkce-flow.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use pkce_flow::{Error, Manager, User};
use tokio::net::{TcpListener, TcpStream};

use super::pages;
use super::reply::{self, Reply};
use super::sessions::{Session, Sessions};
use crate::exit::Outcome;

/// How long a connection may take for the head of its request.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// The application: one provider, and the sessions of the browsers.
#[derive(Debug)]
pub(super) struct App {
    manager: Manager,
    sessions: Sessions,
    origin: String,
    /// Where the form's redirect leads.
    provider_origin: String,
}

impl App {
    pub(super) fn new(manager: Manager, origin: &str, provider_origin: &str) -> Self {
        Self {
            manager,
            sessions: Sessions::default(),
            origin: origin.to_owned(),
            provider_origin: provider_origin.to_owned(),
        }
    }

    async fn answer(&self, request: &Request<Incoming>) -> Reply {
        match (request.method(), request.uri().path()) {
            (&Method::GET, "/") => self.start_page(request),
            (&Method::POST, "/login") => self.begin(request).await,
            (&Method::GET, "/callback") => self.finish(request).await,
            (&Method::POST, "/logout") => self.log_out(request),
            (_, "/" | "/login" | "/callback" | "/logout") => {
                reply::page(405, &pages::wrong_method())
            }
            _ => reply::page(404, &pages::not_found()),
        }
    }

    fn start_page(&self, request: &Request<Incoming>) -> Reply {
        match self.sessions.of(cookies(request)) {
            Some((_, Session { signed_in: Some(person), .. })) => {
                reply::page_with_form(&pages::signed_in(&person), "")
            }
            _ => reply::page_with_form(&pages::start(), &self.provider_origin),
        }
    }

    /// Begins a login for this browser. It is a POST of this very page, so that no other page can
    /// start one (login CSRF).
    async fn begin(&self, request: &Request<Incoming>) -> Reply {
        if !self.is_own(request) {
            return reply::page(403, &pages::foreign());
        }
        let session = match self.sessions.create() {
            Ok(session) => session,
            Err(failure) => {
                return reply::page(500, &pages::failed(&crate::report::summary(&failure)));
            }
        };
        match self.manager.begin(&User::new(&*session)).await {
            Ok(login) => reply::redirect(login.authorization_url()).with_session(&session),
            Err(error) => self.failed(&error),
        }
    }

    async fn finish(&self, request: &Request<Incoming>) -> Reply {
        let Some((id, _)) = self.sessions.of(cookies(request)) else {
            return reply::page(400, &pages::no_session());
        };
        let query = request.uri().query().unwrap_or_default();
        let tokens = match self.manager.finish(&User::new(&*id), query).await {
            Ok(tokens) => tokens,
            Err(error) => return self.failed(&error),
        };
        match self.manager.profile(&tokens).await {
            Ok(profile) => {
                self.sessions.sign_in(&id, pages::Person::new(&profile, &tokens));
                // The callback's address, with its code, leaves the browser's address line.
                reply::redirect("/")
            }
            Err(error) => self.failed(&error),
        }
    }

    fn log_out(&self, request: &Request<Incoming>) -> Reply {
        if !self.is_own(request) {
            return reply::page(403, &pages::foreign());
        }
        if let Some((id, _)) = self.sessions.of(cookies(request)) {
            self.sessions.remove(&id);
        }
        reply::redirect("/")
    }

    fn failed(&self, error: &Error) -> Reply {
        let denied =
            error.provider_error().is_some_and(|said| said.error() == Some("access_denied"));
        let page = if denied { pages::denied() } else { pages::failed(&error.to_string()) };
        reply::page(400, &page)
    }

    /// Browsers send `Origin` with every form that is posted.
    fn is_own(&self, request: &Request<Incoming>) -> bool {
        request.headers().get(header::ORIGIN).is_some_and(|origin| origin == self.origin.as_str())
    }
}

fn cookies(request: &Request<Incoming>) -> impl Iterator<Item = &str> {
    request.headers().get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok())
}

/// Serves the application for ever.
pub(super) async fn serve(listener: TcpListener, app: Arc<App>) -> Outcome {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve_one(stream, Arc::clone(&app)));
            }
            // Out of file descriptors, or the browser went away: the next one may do better.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn serve_one(stream: TcpStream, app: Arc<App>) {
    let service = service_fn(|request| {
        let app = Arc::clone(&app);
        async move { Ok::<_, Infallible>(app.answer(&request).await.into_response()) }
    });
    // A broken connection is the browser's affair.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
