//! KH2020: one document cited with two dates or two issuers.

use super::Subject;
use super::subject::part_of;
use crate::base::{Date, Key, Loc};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Citation;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: Vec<(Key, Key, Date, Loc)> = Vec::new();
    for own in on.own_texts() {
        for citation in Citation::find(own.text) {
            let (Some(number), Some(date)) = (&citation.number, citation.date) else { continue };
            // one number is given anew each year, and by each body that its symbol does not name: only what says the same twice can disagree
            let (kind, key) = (Key::new(&citation.kind), Key::new(number));
            let at = part_of(own.loc, own.text, citation.range());
            let first = seen.iter().find(|(other_kind, other, day, _)| *other_kind == kind && *other == key && day.year() == date.year());
            match first {
                Some((.., day, before)) if *day != date => {
                    out.push(
                        on.note(
                            Code::KH2020,
                            at,
                            msg!(
                                "Văn bản số {number} khi ghi ngày {day}, khi ghi ngày {date}",
                                "{number} is dated {day} in one place and {date} in another"
                            ),
                            &own.place,
                        )
                        .related(*before, msg!("ngày kia", "the other date"))
                        .help(msg!("Đối chiếu văn bản gốc, thống nhất một ngày", "Compare the original and settle on one date"))
                        .quote(own.text.get(citation.range()).unwrap_or(number)),
                    );
                }
                Some(_) => {}
                None => seen.push((kind, key, date, at)),
            }
        }
    }
}
