//! KH2036: prose that goes by the upper level's plan of the year, which is not among the legal bases. For plans that name no `Theo`: those are
//! told by number (KH3030).

use super::Subject;
use super::subject::part_of;
use crate::base::{Loc, Year, even};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::ParentKind;

/// How a text goes by a plan.
const GOES_BY: &[&str] = &["trên cơ sở kế hoạch", "căn cứ kế hoạch", "theo kế hoạch", "thực hiện kế hoạch", "cụ thể hóa kế hoạch"];

/// Words between the plan and whose it is.
const BETWEEN: usize = 8;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let (Some(unit), Some(year)) = (on.plan.unit, on.plan.header.year) else { return };
    if on.plan.parents.iter().any(|link| link.kind == ParentKind::Upper) || on.plan.misses_parent || on.plan.header.bases.is_empty() {
        return;
    }
    let registry = &on.model.registry;
    let mut above = Vec::new();
    let mut next = registry.unit_above(unit, on.plan.registry_date());
    while let Some(upper) = next {
        above.push(even(&registry.unit(upper).kind));
        next = registry.unit_above(upper, on.plan.registry_date()).filter(|_| above.len() < 4);
    }
    // a plan of the year is cited by its year, or was issued in the months before
    if above.is_empty() || on.plan.header.bases.iter().any(|basis| is_yearly(&basis.value, year)) {
        return;
    }
    let mut found: Option<(Loc, String, String)> = None;
    on.each_part(|part, place| {
        let low = even(&part.text);
        if found.is_none()
            && low.len() == part.text.len()
            && on.wrote(&part.origin)
            && let Some(range) = mention(&low, &above)
        {
            let said = part.text[range.clone()].to_owned();
            found = Some((part_of(part.origin.stated, &part.text, range), said, place.to_owned()));
        }
    });
    let (Some((at, said, _)), Some(last)) = (found, on.plan.header.bases.last()) else { return };
    out.push(
        on.note(
            Code::KH2036,
            last.loc,
            msg!(
                "Căn cứ không có kế hoạch năm {year} của cấp trên, mà nội dung dựa vào (“{said}”)",
                "The legal bases lack the upper level's plan of {year}, by which the text goes (“{said}”)"
            ),
            "",
        )
        .related(at, msg!("dựa vào ở đây", "goes by it here"))
        .help(msg!("Thêm kế hoạch đó vào Căn cứ, với số và ngày", "Add that plan to Căn cứ, with its number and date"))
        .quote(said),
    );
}

/// Says whether a basis is a plan of one year.
fn is_yearly(basis: &str, year: Year) -> bool {
    let low = even(basis);
    low.contains("kế hoạch") && low.contains(&format!("năm {year}"))
}

/// Returns the bytes of the words by which a text goes by a plan of an upper unit: no plan of several years, none that is cited by number.
fn mention(low: &str, above: &[String]) -> Option<std::ops::Range<usize>> {
    GOES_BY.iter().find_map(|words| {
        low.match_indices(words).find_map(|(at, _)| {
            let behind = &low[at + words.len()..];
            let clause = &behind[..behind.find([';', '.', ':']).unwrap_or(behind.len())];
            let of = clause.find(" của ")?;
            let between = &clause[..of];
            let numbered = between.contains("số ") || between.contains("giai đoạn") || between.split_whitespace().count() > BETWEEN;
            let whose = clause[of + " của ".len()..].trim_start_matches("ubnd ").trim_start_matches("ủy ban nhân dân ");
            let kind =
                above.iter().find(|kind| whose.strip_prefix(kind.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
            let start = clause.len() - whose.len();
            (!numbered && !whose.contains("giai đoạn")).then(|| at..at + words.len() + start + kind.len())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::mention;

    #[test]
    fn a_plan_of_the_upper_unit_is_gone_by_without_number() {
        let above = ["tỉnh".to_owned()];
        assert!(mention("trên cơ sở kế hoạch cchc của tỉnh, các xã lập kế hoạch", &above).is_some());
        for text in
            ["theo kế hoạch số 12/kh-ubnd của ubnd tỉnh", "theo kế hoạch của tỉnh giai đoạn 2021 - 2025", "theo kế hoạch của đơn vị"]
        {
            assert_eq!(mention(text, &above), None, "{text}");
        }
    }
}
