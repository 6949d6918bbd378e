//! Where each key and value of a declaration stands.

use std::collections::BTreeMap;

use pkce_flow_providers::{FieldPath, Problem};
use proc_macro2::Span;

/// The address of a key -> where it and its value stand.
#[derive(Clone, Default)]
pub(crate) struct Spans {
    keys: BTreeMap<FieldPath, Span>,
    values: BTreeMap<FieldPath, Span>,
}

impl Spans {
    pub(crate) fn key(&mut self, path: FieldPath, span: Span) {
        self.keys.insert(path, span);
    }

    pub(crate) fn value(&mut self, path: FieldPath, span: Span) {
        self.values.insert(path, span);
    }

    /// What `other` says where this says nothing: an enum's attributes below a variant's.
    pub(crate) fn fill(&mut self, other: &Spans) {
        for (path, span) in &other.keys {
            self.keys.entry(path.clone()).or_insert(*span);
        }
        for (path, span) in &other.values {
            self.values.entry(path.clone()).or_insert(*span);
        }
    }

    /// The value at fault, or its key, or the nearest table above that was written.
    pub(crate) fn of(&self, problem: &Problem) -> Option<Span> {
        let mut path = problem.path().clone();
        let here = if problem.is_at_key() { self.keys.get(&path) } else { None };
        if let Some(span) = here.or_else(|| self.values.get(&path)).or_else(|| self.keys.get(&path))
        {
            return Some(*span);
        }
        while let Some(above) = path.parent() {
            if let Some(span) = self.keys.get(&above).or_else(|| self.values.get(&above)) {
                return Some(*span);
            }
            path = above;
        }
        None
    }
}
