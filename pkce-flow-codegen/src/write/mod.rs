//! Checked declarations -> tokens.

mod declaration;
mod enumeration;
mod fallback;
mod scopes;
mod set;
mod value;

pub(crate) use declaration::struct_impl;
pub(crate) use enumeration::{Variant, enum_impl};
pub(crate) use fallback::{enum_fallback, struct_fallback};
pub(crate) use set::{SetNames, set};
