//! A draft that needs no preset any more.

use crate::draft::Draft;

/// A draft that was filled from its preset. It needs no preset any more.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    pub(crate) draft: Draft,
    pub(crate) client_secret_required: bool,
}

impl Resolved {
    /// Takes a draft that was filled before, as generated code holds it.
    pub fn from_filled(draft: Draft, client_secret_required: bool) -> Resolved {
        Resolved { draft, client_secret_required }
    }

    /// The filled draft.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Whether the preset says that there is no login without a client secret.
    pub fn client_secret_required(&self) -> bool {
        self.client_secret_required
    }
}
