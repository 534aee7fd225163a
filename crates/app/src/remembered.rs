//! What was read from the store and still holds: kept with the organization's newest change, asked for again before each
//! use. A colleague's change, in this process or another, makes it void.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Answers kept at once; a municipality opens a handful of views.
const KEPT: usize = 256;

/// Answers by what was asked for; [`store::Tx::newest_change`] is the number they are kept under.
#[derive(Clone)]
pub(crate) struct Remembered<K, V>(Arc<Mutex<HashMap<K, (i64, V)>>>);

impl<K, V> Default for Remembered<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Eq + Hash, V: Clone> Remembered<K, V> {
    /// The answer, when nothing has changed since it was read.
    pub(crate) fn get(&self, key: &K, newest_change: i64) -> Option<V> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(key).filter(|(at, _)| *at == newest_change).map(|(_, value)| value.clone())
    }

    /// Keeps an answer. `newest_change` was read before it: a change in between makes it void, never valid by mistake.
    pub(crate) fn keep(&self, key: K, newest_change: i64, value: V) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, (newest_change, value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_until_the_next_change_and_the_room_is_bounded() {
        let remembered = Remembered::default();
        remembered.keep("open", 7, "rows");
        assert_eq!(remembered.get(&"open", 7), Some("rows"));
        assert_eq!(remembered.get(&"open", 8), None);
        assert_eq!(remembered.get(&"mine", 7), None);
        let many = Remembered::default();
        (0..10 * KEPT).for_each(|key| many.keep(key, 1, ()));
        assert!(many.0.lock().is_ok_and(|kept| kept.len() <= KEPT));
    }
}
