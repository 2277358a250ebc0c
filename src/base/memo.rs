//! Answers remembered by text: sibling plans say the same words hundreds of times.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasherDefault, Hash};
use std::sync::RwLock;

/// How many texts are remembered under the same circumstances; all are forgotten when there are more.
const MOST: usize = 1 << 13;

/// How many circumstances are told apart; all are forgotten when there are more.
const MOST_CIRCUMSTANCES: usize = 1 << 6;

/// The longest text that is remembered, in bytes.
const LONGEST: usize = 1 << 10;

/// What a pure question about texts answered. `P` is the circumstances: what else decides the answer.
///
/// What is remembered decides nothing: asked twice, the question must give the same answer. Bounded; may be asked by many threads.
#[derive(Debug, Default)]
pub struct Memo<P, V> {
    known: RwLock<HashMap<P, Texts<V>, Hasher>>,
}

type Hasher = BuildHasherDefault<DefaultHasher>;
type Texts<V> = HashMap<Box<str>, V, Hasher>;

impl<P, V> Memo<P, V> {
    /// Returns a memo that knows nothing.
    pub const fn new() -> Self {
        Self { known: RwLock::new(HashMap::with_hasher(Hasher::new())) }
    }
}

impl<P: Copy + Eq + Hash, V: Clone> Memo<P, V> {
    /// Returns the answer for a text: the one that is known, else what `find` gives.
    pub fn answer(&self, of: P, text: &str, find: impl FnOnce() -> V) -> V {
        if text.len() > LONGEST {
            return find();
        }
        // a lock that a panic poisoned costs the memory, never the answer
        if let Ok(known) = self.known.read()
            && let Some(answer) = known.get(&of).and_then(|texts| texts.get(text))
        {
            return answer.clone();
        }
        let answer = find();
        if let Ok(mut known) = self.known.write() {
            if known.len() > MOST_CIRCUMSTANCES {
                known.clear();
            }
            let texts = known.entry(of).or_default();
            if texts.len() >= MOST {
                texts.clear();
            }
            texts.insert(text.into(), answer.clone());
        }
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_asked_once_under_the_same_circumstances() {
        let memo: Memo<bool, usize> = Memo::new();
        let mut asked = 0;
        let mut ask = |of, text: &str| {
            memo.answer(of, text, || {
                asked += 1;
                text.len()
            })
        };
        assert_eq!((ask(true, "a"), ask(true, "a"), ask(true, "bb"), ask(false, "a")), (1, 1, 2, 1));
        assert_eq!(asked, 3);
    }

    #[test]
    fn no_more_than_so_many_short_texts_are_kept() {
        let memo: Memo<(), usize> = Memo::new();
        for number in 0..MOST + 1 {
            memo.answer((), &number.to_string(), || number);
        }
        memo.answer((), &"x".repeat(LONGEST + 1), || 0);
        assert_eq!(memo.known.read().unwrap()[&()].len(), 1);
    }
}
