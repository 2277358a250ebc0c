//! KH0033: the placeholder itself is underlined, not the text in which it stands. Passes know values, not where each word of them is written.

use std::collections::BTreeMap;

use crate::base::{Key, Loc, Sources, Span};
use crate::diag::{Code, Diagnostic};

/// Narrows the places of findings about placeholders to the placeholders, where the source has them. One that stands several times in a text is
/// taken in order.
pub(super) fn narrow(findings: &mut [Diagnostic], sources: &Sources) {
    let mut taken: BTreeMap<(Loc, String), usize> = BTreeMap::new();
    for finding in findings.iter_mut().filter(|finding| finding.code == Code::KH0033) {
        let Some(quote) = finding.quote.clone() else { continue };
        let wanted = Key::new(quote.trim_matches(['{', '}']));
        let whole = finding.primary.as_ref().map(|label| label.loc);
        for label in finding.primary.iter_mut().chain(&mut finding.related) {
            let count = taken.entry((label.loc, quote.clone())).or_default();
            if let Some(found) = places(label.loc, &wanted, sources).nth(*count) {
                *count += 1;
                label.loc = found;
            }
        }
        let now = finding.primary.as_ref().map(|label| label.loc);
        if let (Some(fix), Some(now)) = (finding.fix.as_mut().filter(|fix| Some(fix.loc) == whole), now) {
            fix.loc = now;
        }
        // an edit of the whole text would lose the rest of it
        finding.fix = finding.fix.take().filter(|fix| places(fix.loc, &wanted, sources).any(|place| place == fix.loc));
    }
}

/// Returns where a placeholder of this name, or one for a body of this name, stands in a text.
fn places<'s>(at: Loc, wanted: &Key, sources: &'s Sources) -> impl Iterator<Item = Loc> + use<'s> {
    let wanted = wanted.clone();
    let text = sources.slice(at);
    let opens = text.match_indices('{').filter_map(move |(open, _)| Some((open, open + text[open..].find('}')? + 1)));
    let named = opens.filter(move |(open, end)| {
        let inner = &text[open + 1..end - 1];
        Key::new(inner) == wanted || inner.split_once(':').is_some_and(|(_, body)| Key::new(body) == wanted)
    });
    named.map(move |(open, end)| {
        let start = at.span.start as usize;
        Loc::new(at.source, Span::new(start + open, start + end))
    })
}
