//! The contract suites pass what is right, and name the rule that something wrong breaks.

mod clients;
mod stores;

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
};

use tokio::runtime::{Builder, Runtime};

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// What a suite says about something wrong.
fn complaint(runtime: &Runtime, suite: impl Future<Output = ()>) -> String {
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(suite)));
    let panic = outcome.expect_err("the suite passed something that is wrong");
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(_) => panic!("the suite panicked without a text"),
    }
}
