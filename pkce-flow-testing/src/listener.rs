//! The thread of a server: accepts connections, serves them, and ends when it is told to.

use std::{
    future::{Future, poll_fn},
    io,
    net::{Ipv4Addr, TcpListener as StdListener},
    pin::pin,
    sync::Arc,
    task::Poll,
    thread::{self, JoinHandle},
    time::Duration,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    runtime,
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{route, state::State};

const HEADER_TIME: Duration = Duration::from_secs(10);
const MOST_HEADER_BYTES: usize = 64 * 1024;
const MOST_HEADERS: usize = 100;
const MOST_CONNECTIONS: usize = 1_000;
/// What an answer under way gets to come to its end when the server stops.
const GRACE: Duration = Duration::from_millis(250);

/// A running listener. It stops when dropped, and its thread is gone by then.
#[derive(Debug)]
pub(crate) struct Listener {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// A socket that is bound on loopback but not served yet.
#[derive(Debug)]
pub(crate) struct Bound(StdListener);

impl Bound {
    /// Binds 127.0.0.1; port 0 is any free one.
    pub(crate) fn new(port: u16) -> io::Result<Self> {
        let listener = StdListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        Ok(Self(listener))
    }

    pub(crate) fn port(&self) -> io::Result<u16> {
        Ok(self.0.local_addr()?.port())
    }

    pub(crate) fn serve(self, state: Arc<State>) -> io::Result<Listener> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(self.0)?
        };
        let (stop, stopped) = watch::channel(false);
        let thread = thread::Builder::new()
            .name("pkce-flow-testing".into())
            .spawn(move || runtime.block_on(accept(listener, state, stopped)))?;
        Ok(Listener { stop, thread: Some(thread) })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            // A panic of that thread was reported by the thread itself.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, state: Arc<State>, stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let mut stop = pin!(wait_for(stopped.clone()));
    while let First::Work(accepted) = first(listener.accept(), stop.as_mut()).await {
        match accepted {
            Ok((stream, _)) => {
                while connections.try_join_next().is_some() {}
                if connections.len() < MOST_CONNECTIONS {
                    connections.spawn(serve(stream, state.clone(), stopped.clone()));
                }
            }
            // Out of file descriptors, most likely: others must end before it goes on.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    // Whoever drips for ever is cut off.
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(GRACE, all).await;
}

async fn serve(stream: TcpStream, state: Arc<State>, stopped: watch::Receiver<bool>) {
    // Small answers should not wait for more to send.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| route::serve(request, state.clone()));
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .max_buf_size(MOST_HEADER_BYTES)
            .max_headers(MOST_HEADERS)
            .serve_connection(TokioIo::new(stream), service)
    );
    // An error here is a client that went away or an ordered fault.
    if let First::Stop = first(connection.as_mut(), pin!(wait_for(stopped))).await {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

async fn wait_for(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a stop too.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

enum First<T> {
    Work(T),
    Stop,
}

/// Works until it is done or told to stop.
async fn first<W, S>(work: W, mut stop: std::pin::Pin<&mut S>) -> First<W::Output>
where
    W: Future,
    S: Future<Output = ()>,
{
    let mut work = pin!(work);
    poll_fn(|context| {
        if stop.as_mut().poll(context).is_ready() {
            return Poll::Ready(First::Stop);
        }
        work.as_mut().poll(context).map(First::Work)
    })
    .await
}
