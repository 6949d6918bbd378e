//! Contracts as suites that any implementation runs on itself.
//!
//! Each suite panics at the first broken rule and names it. They need no runtime of their own; a
//! suite runs in whatever the implementation needs.
//!
//! ```
//! use pkce_flow::MemoryStore;
//! use pkce_flow_testing::contract;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build()?;
//! # runtime.block_on(async {
//! contract::pending_store(MemoryStore::new).await;
//! # });
//! # Ok::<(), std::io::Error>(())
//! ```

mod http_client;
mod join;
mod pending_store;
mod script;

pub use self::{
    http_client::http_client,
    pending_store::{pending_store, pending_store_with_clock},
};
