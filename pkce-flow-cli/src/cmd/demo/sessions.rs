//! The browsers that have been here, in memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng as _;
use rand::rngs::SysRng;

use super::pages::Person;
use crate::exit::{Failure, Outcome};

/// The name of the session's cookie.
pub(super) const COOKIE: &str = "pkce_flow_demo";
/// The oldest session gives way to the next one after so many.
const MOST: usize = 100;

/// One browser.
#[derive(Debug, Clone, Default)]
pub(super) struct Session {
    pub(super) signed_in: Option<Arc<Person>>,
}

#[derive(Debug, Default)]
pub(super) struct Sessions(Mutex<VecDeque<(Arc<str>, Session)>>);

impl Sessions {
    /// A new session, never one that the browser named.
    pub(super) fn create(&self) -> Outcome<Arc<str>> {
        let mut bytes = [0; 32];
        SysRng.try_fill_bytes(&mut bytes).map_err(|error| {
            Failure::machine(format!("the system's random generator failed: {error}"))
        })?;
        let id: Arc<str> = URL_SAFE_NO_PAD.encode(bytes).into();
        let mut sessions = self.lock();
        sessions.truncate(MOST - 1);
        sessions.push_front((Arc::clone(&id), Session::default()));
        Ok(id)
    }

    /// The session that the cookies name.
    pub(super) fn of<'a>(
        &self,
        cookies: impl Iterator<Item = &'a str>,
    ) -> Option<(Arc<str>, Session)> {
        let sessions = self.lock();
        cookies
            .flat_map(|header| header.split(';'))
            .filter_map(|cookie| cookie.trim().strip_prefix(COOKIE)?.strip_prefix('='))
            .find_map(|wanted| sessions.iter().find(|(id, _)| **id == *wanted).cloned())
    }

    pub(super) fn sign_in(&self, id: &str, person: Person) {
        if let Some((_, session)) = self.lock().iter_mut().find(|(known, _)| **known == *id) {
            session.signed_in = Some(Arc::new(person));
        }
    }

    pub(super) fn remove(&self, id: &str) {
        self.lock().retain(|(known, _)| **known != *id);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(Arc<str>, Session)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_found_by_its_cookie_alone() {
        let sessions = Sessions::default();
        let id = sessions.create().expect("random bytes");
        let header = format!("other=1; {COOKIE}={id}");
        assert!(sessions.of([header.as_str()].into_iter()).is_some());
        for header in [format!("{COOKIE}=forged"), format!("x{COOKIE}={id}"), String::new()] {
            assert!(sessions.of([header.as_str()].into_iter()).is_none(), "{header}");
        }
        sessions.remove(&id);
        assert!(sessions.of([header.as_str()].into_iter()).is_none());
    }

    #[test]
    fn the_oldest_sessions_give_way() {
        let sessions = Sessions::default();
        let first = sessions.create().expect("random bytes");
        for _ in 0..MOST {
            sessions.create().expect("random bytes");
        }
        let header = format!("{COOKIE}={first}");
        assert!(sessions.of([header.as_str()].into_iter()).is_none());
    }
}
