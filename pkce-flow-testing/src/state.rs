//! What all handlers share.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use crate::{
    clock::TestClock, faults::Orders, grants::Grants, recorder::Recorder, settings::Settings,
};

#[derive(Debug)]
pub(crate) struct State {
    settings: RwLock<Settings>,
    grants: Mutex<Grants>,
    pub(crate) clock: TestClock,
    pub(crate) orders: Orders,
    pub(crate) recorder: Recorder,
}

impl State {
    pub(crate) fn new(settings: Settings, clock: TestClock) -> Self {
        Self {
            settings: RwLock::new(settings),
            grants: Mutex::default(),
            clock,
            orders: Orders::default(),
            recorder: Recorder::default(),
        }
    }

    /// The settings. No handler waits while it holds them.
    pub(crate) fn settings(&self) -> RwLockReadGuard<'_, Settings> {
        self.settings.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change(&self, with: impl FnOnce(&mut Settings)) {
        with(&mut self.settings.write().unwrap_or_else(PoisonError::into_inner));
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        self.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
