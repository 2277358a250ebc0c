//! Units of one name: which of them issued a document. A province has several communes `Xuân Lộc`, and the head of a plan does not say whose.

use std::path::Path;

use crate::agency::{Registry, UnitId};
use crate::base::{Date, Key, toneless};
use crate::import::Reading;

/// Whose name stands at the head of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Namesakes {
    /// No unit's, or that of one alone.
    None,
    /// That of several, and the document or its place says which.
    Told(UnitId),
    /// That of several, and nothing says which.
    Untold(Vec<UnitId>),
}

/// Returns whose name the issuing body bears. What tells units of one name apart is the unit above them: named in the document, else in the
/// file's path; a path may also hold the unit's code.
pub(super) fn namesakes(reading: &Reading, path: &Path, registry: &Registry, date: Date) -> Namesakes {
    let issuer = &reading.header.issuer;
    let starts = std::iter::once(0).chain(issuer.match_indices([' ', '\n']).map(|(at, _)| at + 1));
    let mut named = starts.map(|start| registry.units_named(&issuer[start..])).find(|found| !found.is_empty()).unwrap_or_default();
    named.retain(|unit| registry.unit(*unit).validity.holds(date));
    if named.len() < 2 {
        return Namesakes::None;
    }
    let words = Words::of(reading);
    let above = |unit: UnitId| registry.unit_above(unit, date).map(|above| registry.unit(above));
    let by_words = |unit: UnitId| above(unit).is_some_and(|above| words.name(&above.name));
    let place = spaced(&path.to_string_lossy());
    let by_place = |unit: UnitId| {
        let own = [Some(registry.unit(unit).code.as_str()), registry.unit(unit).official_code.as_deref()];
        let upper = above(unit).map(|above| above.proper.as_str());
        own.into_iter().chain([upper]).flatten().filter(|name| !name.is_empty()).any(|name| place.contains(&spaced(name)))
    };
    let only = |is_it: &dyn Fn(UnitId) -> bool| {
        let mut found = named.iter().copied().filter(|unit| is_it(*unit));
        found.next().filter(|_| found.next().is_none())
    };
    match only(&by_words).or_else(|| only(&by_place)) {
        Some(unit) => Namesakes::Told(unit),
        None => Namesakes::Untold(named),
    }
}

/// What a document says outside of its tables, for names to be looked for in.
struct Words(Vec<Key>);

impl Words {
    fn of(reading: &Reading) -> Self {
        let header = &reading.header;
        let bases = header.legal_bases.iter().map(|basis| &basis.text);
        let articles = header.articles.iter().map(|article| &article.text);
        let parts = reading.parts.iter().flat_map(|part| [&part.title, &part.text]);
        let head = [&header.title, &header.proposer, &header.responsible, &header.attached];
        let all = bases.chain(articles).chain(parts).chain(head).chain(&header.recipients);
        Self(all.filter(|text| !text.is_empty()).map(|text| Key::new(text)).collect())
    }

    fn name(&self, name: &str) -> bool {
        let key = Key::new(name);
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        self.0.iter().any(|text| {
            let text = text.as_str();
            let ends = |at: usize| (text[..at].chars().next_back(), text[at + key.as_str().len()..].chars().next());
            text.match_indices(key.as_str()).any(|(at, _)| is_edge(ends(at).0) && is_edge(ends(at).1))
        })
    }
}

/// Returns the words of a path or code without marks, each between blanks.
fn spaced(text: &str) -> String {
    let words: String = toneless(Key::new(text).as_str()).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}
