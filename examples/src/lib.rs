//! The part of an example that its test needs too. The examples themselves are in `src/bin`.

mod file_store;

pub use file_store::FileStore;
