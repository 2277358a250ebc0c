//! Texts as weighed features, and how near two of them are.
//!
//! Features are syllables, pairs of neighbouring syllables, and runs of three letters (which survive a slip of the pen). Their rarity is counted over the
//! parent's tasks alone, so that a pair's score does not depend on the other children.

use std::collections::HashMap;

use super::wording::Wording;

/// A feature by its hash.
type Feature = u64;

/// A text's features.
#[derive(Debug, Clone, Default)]
pub(super) struct Vector {
    /// Syllables and pairs, sorted by hash, each once, with their weight.
    pub(super) words: Vec<(Feature, f32)>,
    /// Runs of letters, likewise.
    pub(super) letters: Vec<(Feature, f32)>,
    norm: f32,
    letter_norm: f32,
    /// Sum of the weights of `words`.
    pub(super) mass: f32,
}

/// How rare each feature is among the parent's tasks.
#[derive(Debug, Clone, Default)]
pub(super) struct Rarity {
    tasks: usize,
    seen: HashMap<Feature, u32>,
}

/// How two texts resemble each other, 0 to 1 each.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    /// Cosine of syllables and pairs.
    pub(super) words: f32,
    /// Cosine of runs of letters.
    pub(super) letters: f32,
    /// The share of the parent's weight that the child has.
    pub(super) of_parent: f32,
    /// The share of the child's weight that the parent has.
    pub(super) of_child: f32,
}

/// How much a pair of neighbours counts beside a single syllable.
const PAIR: f32 = 1.2;

impl Rarity {
    /// Counts the features of all texts.
    pub(super) fn of<'w>(texts: impl Iterator<Item = &'w Wording>) -> Self {
        let mut seen: HashMap<Feature, u32> = HashMap::new();
        let mut tasks = 0;
        for text in texts {
            tasks += 1;
            let (mut words, mut letters) = (Vec::new(), Vec::new());
            features(text, &mut words, &mut letters);
            let mut all: Vec<Feature> = words.into_iter().chain(letters).map(|(feature, _)| feature).collect();
            all.sort_unstable();
            all.dedup();
            for feature in all {
                *seen.entry(feature).or_default() += 1;
            }
        }
        Self { tasks, seen }
    }

    fn weight(&self, feature: Feature) -> f32 {
        // a feature that the parent does not have is as rare as one that it has once
        let seen = self.seen.get(&feature).copied().unwrap_or(1).max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of tasks are small")]
        let (tasks, seen) = (self.tasks as f32, seen as f32);
        1.0 + ((tasks + 1.0) / (seen + 0.5)).ln().max(0.0)
    }
}

impl Vector {
    /// Weighs a text.
    pub(super) fn of(text: &Wording, rarity: &Rarity) -> Self {
        let (mut words, mut letters) = (Vec::new(), Vec::new());
        features(text, &mut words, &mut letters);
        let weigh = |list: &mut Vec<(Feature, f32)>| {
            list.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            list.dedup_by_key(|(feature, _)| *feature);
            for (feature, weight) in list.iter_mut() {
                *weight *= rarity.weight(*feature);
            }
            list.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt()
        };
        let norm = weigh(&mut words);
        let letter_norm = weigh(&mut letters);
        let mass = words.iter().map(|(_, weight)| weight).sum();
        Self { words, letters, norm, letter_norm, mass }
    }

    /// Returns a text's features joined with another's: what two tasks say together.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let join = |a: &[(Feature, f32)], b: &[(Feature, f32)]| {
            let mut all: Vec<(Feature, f32)> = a.iter().chain(b).copied().collect();
            all.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            all.dedup_by_key(|(feature, _)| *feature);
            let norm = all.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
            (all, norm)
        };
        let (words, norm) = join(&self.words, &other.words);
        let (letters, letter_norm) = join(&self.letters, &other.letters);
        let mass = words.iter().map(|(_, weight)| weight).sum();
        Self { words, letters, norm, letter_norm, mass }
    }

    /// Returns how a parent's text (`self`) and a child's resemble each other.
    pub(super) fn likeness(&self, child: &Self) -> Likeness {
        let (dot, shared) = overlap(&self.words, &child.words);
        let (letter_dot, _) = overlap(&self.letters, &child.letters);
        self.likeness_of(child, dot, shared, letter_dot)
    }

    fn likeness_of(&self, child: &Self, dot: f32, shared: f32, letter_dot: f32) -> Likeness {
        let part = |of: f32, whole: f32| if whole > 0.0 { (of / whole).min(1.0) } else { 0.0 };
        Likeness {
            words: part(dot, self.norm * child.norm),
            letters: part(letter_dot, self.letter_norm * child.letter_norm),
            of_parent: part(shared, self.mass),
            of_child: part(shared, child.mass),
        }
    }
}

/// The parent's vectors by feature: a child's task finds all that it shares in one pass over its own features.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    words: HashMap<Feature, Vec<(u32, f32)>>,
    letters: HashMap<Feature, Vec<(u32, f32)>>,
}

impl Index {
    /// Lists the features of the parent's tasks.
    pub(super) fn of(vectors: &[&Vector]) -> Self {
        let mut out = Self::default();
        for (at, vector) in vectors.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for (feature, weight) in &vector.words {
                out.words.entry(*feature).or_default().push((at, *weight));
            }
            for (feature, weight) in &vector.letters {
                out.letters.entry(*feature).or_default().push((at, *weight));
            }
        }
        out
    }

    /// Returns how a child's text resembles each of the parent's, in their order.
    pub(super) fn likenesses(&self, parents: &[&Vector], child: &Vector) -> Vec<Likeness> {
        let mut sums = vec![(0.0_f32, 0.0_f32, 0.0_f32); parents.len()];
        for (feature, weight) in &child.words {
            for (at, other) in self.words.get(feature).into_iter().flatten() {
                let sum = &mut sums[*at as usize];
                sum.0 += weight * other;
                sum.1 += weight.min(*other);
            }
        }
        for (feature, weight) in &child.letters {
            for (at, other) in self.letters.get(feature).into_iter().flatten() {
                sums[*at as usize].2 += weight * other;
            }
        }
        parents.iter().zip(sums).map(|(parent, (dot, shared, letters))| parent.likeness_of(child, dot, shared, letters)).collect()
    }
}

fn overlap(a: &[(Feature, f32)], b: &[(Feature, f32)]) -> (f32, f32) {
    let (mut at, mut bt, mut dot, mut shared) = (0, 0, 0.0, 0.0);
    while at < a.len() && bt < b.len() {
        match a[at].0.cmp(&b[bt].0) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => bt += 1,
            std::cmp::Ordering::Equal => {
                dot += a[at].1 * b[bt].1;
                shared += a[at].1.min(b[bt].1);
                at += 1;
                bt += 1;
            }
        }
    }
    (dot, shared)
}

/// Lists a text's features with their weight before rarity.
fn features(text: &Wording, words: &mut Vec<(Feature, f32)>, letters: &mut Vec<(Feature, f32)>) {
    let syllables = &text.syllables;
    for (at, syllable) in syllables.iter().enumerate() {
        words.push((hash(syllable.text.as_bytes(), 1), syllable.weight));
        if let Some(next) = syllables.get(at + 1) {
            let pair = hash(next.text.as_bytes(), hash(syllable.text.as_bytes(), 2));
            words.push((pair, PAIR * (syllable.weight * next.weight).sqrt()));
        }
        let chars: Vec<char> = std::iter::once(' ').chain(syllable.text.chars()).chain([' ']).collect();
        for run in chars.windows(3) {
            letters.push((hash_chars(run), syllable.weight));
        }
    }
}

/// FNV-1a: the same on every machine and run.
fn hash(bytes: &[u8], seed: u64) -> u64 {
    bytes.iter().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn hash_chars(run: &[char]) -> u64 {
    run.iter().fold(0x9e37_79b9_7f4a_7c15, |hash, c| (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3).rotate_left(7))
}
