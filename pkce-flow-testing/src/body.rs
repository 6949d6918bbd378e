//! Bodies of answers: whole ones, and those that misbehave.

use std::{
    convert::Infallible,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// Between two bytes of a body that drips.
const DRIP: Duration = Duration::from_millis(100);
const BLOCK: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) enum Body {
    Whole(Option<Bytes>),
    /// So many bytes, then the connection breaks.
    Cut {
        first: Option<Bytes>,
        flushed: bool,
    },
    /// A first part, then so many blanks, made as they are sent.
    Padded {
        first: Option<Bytes>,
        blanks: usize,
    },
    /// One blank at a time, for ever.
    Drip(Option<Pin<Box<Sleep>>>),
}

impl Body {
    pub(crate) fn empty() -> Self {
        Self::Whole(None)
    }

    pub(crate) fn cut(bytes: impl Into<Bytes>) -> Self {
        Self::Cut { first: Some(bytes.into()), flushed: false }
    }

    pub(crate) fn drip() -> Self {
        Self::Drip(None)
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::Whole(Some(bytes.into()).filter(|bytes| !bytes.is_empty()))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let bytes = match &mut *self {
            Self::Whole(bytes) => bytes.take(),
            Self::Cut { first, flushed } => match first.take() {
                Some(bytes) => Some(bytes),
                // hyper flushes when a body has nothing more for now, and not before an error.
                None if !*flushed => {
                    *flushed = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                None => return Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
            },
            Self::Padded { first, blanks } => first.take().or_else(|| {
                let block = (*blanks).min(BLOCK);
                *blanks -= block;
                (block > 0).then(|| vec![b' '; block].into())
            }),
            Self::Drip(pause) => {
                let waiting = pause.get_or_insert_with(|| Box::pin(sleep(DRIP)));
                if waiting.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
                *pause = None;
                Some(Bytes::from_static(b" "))
            }
        };
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            // Unknown, so that they are sent in chunks. A cut one has its length as a header.
            _ => SizeHint::default(),
        }
    }
}

/// What a handler does with a connection.
#[derive(Debug)]
pub(crate) enum Answer {
    Response(hyper::Response<Body>),
    /// Close without an answer.
    Close,
    /// Leave open without an answer.
    Silence,
}

impl Answer {
    /// Turns it into what hyper wants of a service: an error closes the connection.
    pub(crate) async fn into_service_result(self) -> io::Result<hyper::Response<Body>> {
        match self {
            Self::Response(response) => Ok(response),
            Self::Close => Err(io::ErrorKind::ConnectionAborted.into()),
            Self::Silence => match std::future::pending::<Infallible>().await {},
        }
    }
}

impl From<hyper::Response<Body>> for Answer {
    fn from(response: hyper::Response<Body>) -> Self {
        Self::Response(response)
    }
}
