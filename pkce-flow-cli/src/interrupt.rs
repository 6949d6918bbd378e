//! An interrupt ends a command at once, but for work that must not be cut in two.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::exit::{Code, Failure, Outcome};
use crate::output;

/// Whether an interrupt has to wait.
static BUSY: AtomicBool = AtomicBool::new(false);
/// The exit code of an interrupt that waits; 0 is none.
static WAITING: AtomicU8 = AtomicU8::new(0);

/// Runs a command until it ends or is interrupted. What it holds is dropped then, so that
/// temporary files and locks go away.
pub(crate) async fn listening(command: impl Future<Output = Outcome>) -> Outcome {
    let listen = |kind| {
        signal(kind).map_err(|error| Failure::machine(format!("cannot hear signals: {error}")))
    };
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let mut command = pin!(command);
    loop {
        tokio::select! {
            outcome = &mut command => return outcome,
            code = next(&mut interrupt, &mut terminate) => {
                let first = WAITING.swap(code as u8, Ordering::Relaxed) == 0;
                if !(BUSY.load(Ordering::Relaxed) && first) {
                    return Err(interrupted(code));
                }
                output::note("finishing what must not be cut off; interrupt again to end at once");
            }
        }
    }
}

async fn next(interrupt: &mut Signal, terminate: &mut Signal) -> Code {
    tokio::select! {
        _ = interrupt.recv() => Code::Interrupted,
        _ = terminate.recv() => Code::Terminated,
    }
}

/// Runs work to its end even if an interrupt comes; the interrupt then counts after it.
pub(crate) async fn deferred<T>(work: impl Future<Output = Outcome<T>>) -> Outcome<T> {
    BUSY.store(true, Ordering::Relaxed);
    let outcome = work.await;
    BUSY.store(false, Ordering::Relaxed);
    match WAITING.load(Ordering::Relaxed) {
        0 => outcome,
        code if code == Code::Terminated as u8 => Err(interrupted(Code::Terminated)),
        _ => Err(interrupted(Code::Interrupted)),
    }
}

fn interrupted(code: Code) -> Failure {
    Failure::new(code, "interrupted")
}
