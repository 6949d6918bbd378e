//! A map that forgets its oldest entries instead of growing without end.

use std::collections::{HashMap, VecDeque};

/// Enough for the largest test of logins, and a bound for one that never ends.
const MOST: usize = 100_000;

#[derive(Debug)]
pub(crate) struct Bounded<V> {
    entries: HashMap<String, V>,
    order: VecDeque<String>,
    most: usize,
}

impl<V> Bounded<V> {
    fn with_most(most: usize) -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), most }
    }

    /// Keys are random and never come twice, so each stands in the order once.
    pub(crate) fn insert(&mut self, key: String, value: V) {
        if self.entries.len() >= self.most
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.entries.insert(key, value);
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.entries.get(key)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.entries.get_mut(key)
    }
}

impl<V> Default for Bounded<V> {
    fn default() -> Self {
        Self::with_most(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_entry_gives_way() {
        let mut map = Bounded::with_most(2);
        for key in ["a", "b", "c"] {
            map.insert(key.into(), ());
        }
        assert!(map.get("a").is_none());
        assert!(map.get("b").is_some() && map.get("c").is_some());
        assert_eq!(map.order.len(), 2);
    }
}
