//! Checked declarations -> tokens.

mod declaration;
mod enumeration;
mod fallback;
mod names;
mod scopes;
mod set;
#[cfg(feature = "format")]
mod uses;
mod value;

pub(crate) use declaration::struct_impl;
pub(crate) use enumeration::{Variant, enum_impl};
pub(crate) use fallback::{enum_fallback, struct_fallback};
pub use names::Lex;
pub(crate) use names::Names;
pub(crate) use set::{Set, set};
#[cfg(feature = "format")]
pub(crate) use uses::use_lines;
