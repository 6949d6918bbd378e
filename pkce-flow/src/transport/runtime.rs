//! What the flow needs of an async runtime: sleeping.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

/// An async runtime, as far as the flow needs one. The default works on tokio, and anywhere else
/// by a thread that sleeps.
pub trait Runtime: Send + Sync + 'static {
    /// Resolves after the time. Waiting starts at the first poll.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// Sleeps by tokio's timer inside a tokio runtime, by a thread elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct DefaultRuntime;

impl Runtime for DefaultRuntime {
    async fn sleep(&self, time: Duration) {
        #[cfg(feature = "tokio")]
        if tokio::runtime::Handle::try_current().is_ok() {
            return tokio::time::sleep(time).await;
        }
        let (done, waiting) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            std::thread::sleep(time);
            let _nobody_waits = done.send(());
        });
        // An error means that the thread is gone, which ends the wait as well.
        let _ = waiting.await;
    }
}

pub(crate) trait DynRuntime: Send + Sync {
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

impl<R: Runtime> DynRuntime for R {
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(Runtime::sleep(self, time))
    }
}

/// The outcome of `work`, or `None` where the time is up first.
///
/// Work is polled first: what is ready at once needs no timer.
pub(crate) async fn within<T>(
    runtime: &dyn DynRuntime,
    time: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut sleep = runtime.sleep(time);
    poll_fn(|cx| {
        if let Poll::Ready(outcome) = work.as_mut().poll(cx) {
            return Poll::Ready(Some(outcome));
        }
        sleep.as_mut().poll(cx).map(|()| None)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;
    use crate::block_on::block_on;

    #[test]
    fn outside_of_any_runtime_time_passes_all_the_same() {
        let none = block_on(within(&DefaultRuntime, Duration::from_millis(1), pending::<()>()));
        assert_eq!(none, None);
        let some = block_on(within(&DefaultRuntime, Duration::ZERO, ready(1)));
        assert_eq!(some, Some(1));
    }
}
