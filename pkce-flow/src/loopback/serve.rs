//! Serves the listener's connections and picks out the callback that is waited for.

use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::JoinSet;

use super::Page;
use crate::{Callback, Secret};

/// How long a connection may take for its request.
const REQUEST_TIME: Duration = Duration::from_secs(10);
/// The largest request head. Codes of some providers have a few thousand bytes.
const HEAD_BYTES: usize = 64 * 1024;
/// The largest form of a callback that is posted.
const FORM_BYTES: usize = 64 * 1024;
/// A larger form is read up to here, so that its browser gets to see the refusal.
const FORM_BYTES_READ: usize = 1024 * 1024;

/// The callback on its way to the login, and what its connection waits for.
pub(super) struct Delivery {
    pub(super) callback: Callback,
    pub(super) page: oneshot::Sender<Page>,
    pub(super) closed: oneshot::Receiver<()>,
}

/// What the login waits for.
pub(super) struct Waiting {
    path: String,
    state: Secret,
    form_post: bool,
    /// Gone once the callback came: the first one is final.
    deliver: Mutex<Option<oneshot::Sender<Delivery>>>,
}

impl Waiting {
    pub(super) fn new(
        path: String,
        state: Secret,
        form_post: bool,
        deliver: oneshot::Sender<Delivery>,
    ) -> Self {
        Self { path, state, form_post, deliver: Mutex::new(Some(deliver)) }
    }

    fn take(&self) -> Option<oneshot::Sender<Delivery>> {
        self.deliver.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Accepts connections for ever. Aborting it closes the socket and all its connections.
pub(super) async fn accept(socket: TcpListener, waiting: Arc<Waiting>, room: Arc<Semaphore>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        // The semaphore is never closed, so this does not fail.
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        match socket.accept().await {
            Ok((stream, _)) => {
                connections.spawn(serve(stream, Arc::clone(&waiting), permit));
            }
            // Out of file descriptors, or the client went away: the next one may do better.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// One connection with one request: without keep-alive nothing keeps the listener from closing.
async fn serve(stream: TcpStream, waiting: Arc<Waiting>, _permit: OwnedSemaphorePermit) {
    // Dropped at the end of this function, which tells the responder that all is written.
    let (_open, closed) = oneshot::channel();
    let closed = Mutex::new(Some(closed));
    let service = service_fn(|request| {
        let closed = closed.lock().unwrap_or_else(PoisonError::into_inner).take();
        let waiting = Arc::clone(&waiting);
        async move { Ok::<_, Infallible>(answer(request, &waiting, closed).await) }
    });
    // A broken connection is the client's affair.
    let _ = http1::Builder::new()
        .keep_alive(false)
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIME)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    waiting: &Waiting,
    closed: Option<oneshot::Receiver<()>>,
) -> Response<Full<Bytes>> {
    let callback = match read_callback(request, waiting).await {
        Ok(callback) => callback,
        Err(refusal) => return refusal.into_response(),
    };
    let (page, shown) = oneshot::channel();
    let answered = || {
        Page::refusal(
            StatusCode::CONFLICT,
            "This login was answered already",
            "Only the first answer counts. You can close this window.",
        )
        .into_response()
    };
    let (Some(deliver), Some(closed)) = (waiting.take(), closed) else { return answered() };
    if deliver.send(Delivery { callback, page, closed }).is_err() {
        return answered();
    }
    match shown.await {
        Ok(page) => page.into_response(),
        Err(_) => Page::failure("The program gave the login up.").into_response(),
    }
}

/// The callback that is waited for, or the page for everything else.
async fn read_callback(request: Request<Incoming>, waiting: &Waiting) -> Result<Callback, Page> {
    if request.uri().path() != waiting.path {
        return Err(Page::refusal(
            StatusCode::NOT_FOUND,
            "Nothing here",
            "This address only waits for the answer of a login.",
        ));
    }
    let callback = match *request.method() {
        Method::GET => {
            let query = request.uri().query().unwrap_or_default();
            is_callback(query.as_bytes())?;
            Callback::from_query(query)
        }
        Method::POST if waiting.form_post => {
            let form = read_form(request.into_body()).await?;
            is_callback(&form)?;
            Callback::from_form(&form)
        }
        _ => return Err(wrong_method(waiting.form_post)),
    };
    let callback = callback.map_err(|_| {
        Page::refusal(
            StatusCode::BAD_REQUEST,
            "This is no answer of a login",
            "A parameter is missing, malformed or given twice. The login still waits.",
        )
    })?;
    if !callback.state_matches(waiting.state.expose()) {
        return Err(Page::refusal(
            StatusCode::BAD_REQUEST,
            "This answer belongs to another login",
            "Its state is not the one of the login that waits here. It was ignored, and the \
             login still waits. If you did not start it yourself, close this window.",
        ));
    }
    Ok(callback)
}

/// Tells a person who looks at the address by hand from a malformed callback.
fn is_callback(parameters: &[u8]) -> Result<(), Page> {
    let any = url::form_urlencoded::parse(parameters)
        .any(|(key, _)| matches!(&*key, "state" | "code" | "error" | "iss"));
    if any {
        return Ok(());
    }
    Err(Page::refusal(
        StatusCode::BAD_REQUEST,
        "Waiting for the login",
        "This address waits for the answer of a login. Go on in the window in which you sign in.",
    ))
}

async fn read_form(body: Incoming) -> Result<Bytes, Page> {
    let form = Limited::new(body, FORM_BYTES_READ).collect();
    match tokio::time::timeout(REQUEST_TIME, form).await {
        Ok(Ok(form)) => Some(form.to_bytes()).filter(|form| form.len() <= FORM_BYTES),
        _ => None,
    }
    .ok_or_else(|| {
        Page::refusal(
            StatusCode::PAYLOAD_TOO_LARGE,
            "This is no answer of a login",
            "The form is too large, or did not arrive whole. The login still waits.",
        )
    })
}

fn wrong_method(form_post: bool) -> Page {
    Page::refusal(
        StatusCode::METHOD_NOT_ALLOWED,
        "This is no answer of a login",
        "It came by another method than the login asked for. The login still waits.",
    )
    .allow(if form_post { "GET, POST" } else { "GET" })
}
