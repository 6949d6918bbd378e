//! What `#[pkce(…)]` says, as it was read.

use super::place::Place;

/// `key = value` or `key(…)`.
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Place,
    /// Nothing where it could not be read, which was reported.
    pub(crate) value: Option<Value>,
}

/// What stands behind a key.
pub(crate) enum Value {
    Text(String, Place),
    Flag(bool, Place),
    List(Vec<Value>, Place),
    /// `env("NAME")`, `file("path")`: the whole, the text, and where the text stands.
    Source(String, Place, String, Place),
    Table(Vec<Entry>, Place),
    /// A path, which the key `crate` alone takes.
    Path(syn::Path, Place),
    /// What no key takes; the text says what it is.
    Other(&'static str, Place),
}
