//! KH2023: a unit's name with another tone or vowel mark than the plan's own unit bears (`huyện Hoàng Hóa` in a plan of huyện Hoằng Hóa).

use super::Subject;
use super::subject::part_of;
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(unit) = on.plan.unit.map(|unit| on.model.registry.unit(unit)) else { return };
    let right = unit.name.as_str();
    let (count, bare) = (right.chars().count(), Key::new(right).toneless());
    let mut found: Vec<(Loc, String, String)> = Vec::new();
    for own in on.own_texts() {
        let starts = own.text.char_indices().map(|(at, _)| at);
        for start in starts {
            let opens = own.text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let Some(words) = opens.then(|| own.text[start..].chars().take(count).collect::<String>()) else { continue };
            let closes = own.text[start + words.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let key = Key::new(&words);
            if !closes || key == Key::new(right) || key.toneless() != bare {
                continue;
            }
            // `Hoằng Phú` and `Hoằng Phụ` are two communes
            if on.model.registry.find_unit(&words, on.plan.registry_date()).is_none() {
                found.push((part_of(own.loc, own.text, start..start + words.len()), words, own.place.clone()));
            }
        }
    }
    let count = found.len();
    let Some((at, words, place)) = found.into_iter().next() else { return };
    out.push(
        on.note(
            Code::KH2023,
            at,
            msg!("“{words}” ({count} chỗ) khác dấu với tên {right}", "“{words}” ({count} times) bears other marks than the name {right}"),
            &place,
        )
        .help(msg!("Có thể do quét văn bản: sửa thành {right}", "Perhaps a scanning fault: write {right}"))
        .quote(words),
    );
}
