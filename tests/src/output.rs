//! What a child process writes, line by line, while it runs.

use std::{
    io::Read,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Instant,
};

use crate::DEADLINE;

/// One stream of a child process, read by a thread of its own so that the child never blocks.
#[derive(Debug, Clone)]
pub(crate) struct Output(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    ended: bool,
}

impl Output {
    /// Reads `stream` until it ends.
    pub(crate) fn follow(mut stream: impl Read + Send + 'static) -> Self {
        let output = Self(Arc::default());
        let writer = output.clone();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                let read = stream.read(&mut buffer).unwrap_or(0);
                let mut state = writer.lock();
                state.bytes.extend_from_slice(&buffer[..read]);
                state.ended = read == 0;
                writer.0.changed.notify_all();
                if state.ended {
                    return;
                }
            }
        });
        output
    }

    /// All that came so far.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.lock().bytes).into_owned()
    }

    /// All that came, once the stream has ended; `None` where it has not by `deadline`.
    pub(crate) fn whole(&self, deadline: Instant) -> Option<String> {
        self.wait(deadline, |state| {
            state.ended.then(|| String::from_utf8_lossy(&state.bytes).into())
        })
    }

    /// The first whole line that `wanted` accepts, past or to come.
    ///
    /// # Errors
    ///
    /// What did not happen: the stream ended first, or the deadline passed.
    pub(crate) fn line(&self, wanted: impl Fn(&str) -> bool) -> Result<String, &'static str> {
        self.wait(Instant::now() + DEADLINE, |state| {
            let text = String::from_utf8_lossy(&state.bytes);
            let whole =
                if state.ended { text.len() } else { text.rfind('\n').map_or(0, |end| end + 1) };
            let found = text[..whole].lines().find(|line| wanted(line)).map(str::to_owned);
            match found {
                Some(line) => Some(Ok(line)),
                None if state.ended => {
                    Some(Err("the stream ended without the line that was waited for"))
                }
                None => None,
            }
        })
        .unwrap_or(Err("the line that was waited for did not come in time"))
    }

    fn wait<T>(&self, deadline: Instant, mut ready: impl FnMut(&State) -> Option<T>) -> Option<T> {
        let mut state = self.lock();
        loop {
            if let Some(value) = ready(&state) {
                return Some(value);
            }
            let left = deadline.checked_duration_since(Instant::now())?;
            state =
                self.0.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
