//! Answers remembered by text: sibling plans say the same words hundreds of times.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasherDefault, Hash};
use std::sync::RwLock;

/// How many bytes of text are remembered under the same circumstances; all are forgotten when there are more.
const MOST: usize = 1 << 20;

/// The longest text that is remembered, in bytes.
const LONGEST: usize = 1 << 12;

/// How many circumstances are told apart; all are forgotten when there are more.
const MOST_CIRCUMSTANCES: usize = 1 << 6;

/// What a pure question about texts answered. `P` is the circumstances: what else decides the answer.
///
/// What is remembered decides nothing: asked twice, the question must give the same answer. Bounded; may be asked by many threads.
#[derive(Debug)]
pub struct Memo<P, V> {
    known: RwLock<HashMap<P, Answers<V>, Hasher>>,
}

type Hasher = BuildHasherDefault<DefaultHasher>;

#[derive(Debug)]
struct Answers<V> {
    by_text: HashMap<Box<str>, V, Hasher>,
    bytes: usize,
}

impl<P, V> Memo<P, V> {
    /// Returns a memo that knows nothing.
    pub const fn new() -> Self {
        Self { known: RwLock::new(HashMap::with_hasher(Hasher::new())) }
    }
}

impl<P, V> Default for Memo<P, V> {
    fn default() -> Self {
        Self::new()
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
            && let Some(answer) = known.get(&of).and_then(|answers| answers.by_text.get(text))
        {
            return answer.clone();
        }
        let answer = find();
        if let Ok(mut known) = self.known.write() {
            if known.len() >= MOST_CIRCUMSTANCES && !known.contains_key(&of) {
                known.clear();
            }
            known.entry(of).or_insert_with(Answers::new).keep(text, answer.clone());
        }
        answer
    }
}

impl<V> Answers<V> {
    fn new() -> Self {
        Self { by_text: HashMap::default(), bytes: 0 }
    }

    fn keep(&mut self, text: &str, answer: V) {
        self.bytes += text.len();
        if self.bytes > MOST {
            self.by_text.clear();
            self.bytes = text.len();
        }
        self.by_text.insert(text.into(), answer);
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
    fn no_more_than_so_much_text_is_kept() {
        let memo: Memo<usize, usize> = Memo::new();
        for number in 0..MOST / LONGEST {
            memo.answer(0, &format!("{number:0LONGEST$}"), || number);
        }
        let kept = |of: usize| memo.known.read().unwrap().get(&of).map_or(0, |answers| answers.by_text.len());
        assert_eq!(kept(0), MOST / LONGEST);
        memo.answer(0, "a", || 0);
        assert_eq!(kept(0), 1);
        memo.answer(0, &"x".repeat(LONGEST + 1), || 0);
        assert_eq!(kept(0), 1);
        for of in 1..=MOST_CIRCUMSTANCES {
            memo.answer(of, "a", || 0);
        }
        assert_eq!(kept(0), 0);
    }
}
