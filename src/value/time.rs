//! Times: what the words of one deadline mean.
//!
//! The forms of time in the words are judged together, because real cells mix them with prose (`Quý I năm 2022 ban hành kế hoạch và triển khai
//! trong năm`).

use serde::{Deserialize, Serialize};

use super::form::{Atom, Form, atoms};
use super::header::read_year;
use super::moment::{Moment, When};
use super::word::{any_of, bare, brackets, phrase};
use crate::base::Year;

/// How a point bounds the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// Done within the point, by its last day.
    By,
    /// `Trước …`: the last day is the one before.
    Before,
    /// `Chậm nhất …`.
    Latest,
}

/// A period of a recurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Period {
    /// Hàng tháng.
    Month,
    /// Hàng quý.
    Quarter,
    /// 6 tháng.
    HalfYear,
    /// 9 tháng.
    NineMonths,
    /// Năm.
    Year,
    /// Định kỳ, no period said.
    Unspecified,
}

/// What the words of a time mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Time {
    /// `Quý II/2022`, `Trước ngày 30/6/2022`, `Chậm nhất tháng 12/2022`.
    Point {
        /// The point.
        when: When,
        /// How it bounds.
        bound: Bound,
    },
    /// `Quý I, Quý II năm 2022`; several steps in one text run from the first to the last.
    Range {
        /// Its first point.
        from: When,
        /// Its last point.
        to: When,
    },
    /// `Trong năm 2022`, `Năm 2020`, `Trong năm` (the plan year).
    Within(Option<Year>),
    /// `Thường xuyên`, `Thường xuyên trong năm 2022`.
    Continuous(Option<Year>),
    /// `Định kỳ hàng quý, 6 tháng, năm hoặc đột xuất`.
    Recurrent {
        /// Sorted, no period twice, at least one.
        every: Vec<Period>,
        /// `hoặc đột xuất`.
        on_demand: bool,
        /// A year that bounds it (`Hàng quý, năm 2020`).
        within: Option<Year>,
    },
    /// `Khi có văn bản chỉ đạo của Trung ương`.
    Conditional,
    /// `Ngay sau khi kết thúc kỳ thi`.
    After,
    /// `Theo hướng dẫn của …`, `Đúng tiến độ …`.
    External,
    /// An exception or a report's route where a time was expected (`(trừ kiểm tra đột xuất)`).
    Remark,
    /// Not understood.
    Unknown,
}

impl Time {
    /// Says whether the words name a time: neither a remark nor unknown.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Remark | Self::Unknown)
    }
}

/// Returns what the words of a time mean, and the moments that they name.
pub(super) fn read_time(text: &str) -> (Time, Vec<Moment>) {
    if let Some(year) = read_year(bare(text)) {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let named = Moment { start: byte(start), end: byte(start + 4), when: When::Year(year) };
        return (Time::Within(Some(year)), vec![named]);
    }
    let atoms = atoms(text);
    let time = judge(text, &atoms);
    let mut moments: Vec<Moment> = atoms.into_iter().flat_map(|atom| atom.moments).collect();
    // `Quý IV hàng năm` names no point of the calendar
    if matches!(time, Time::Recurrent { .. }) {
        moments.retain(|m| m.when.year().is_some());
    }
    (time, moments)
}

/// Says whether a form of time opens the text.
pub(super) fn opens_with_time(text: &str) -> bool {
    atoms(text).first().is_some_and(|atom| atom.range.start == 0)
}

/// Says whether the text is nothing but one form of time.
pub(super) fn is_one_time(text: &str) -> bool {
    let text = bare(text);
    atoms(text).first().is_some_and(|atom| atom.range == (0..text.len()))
}

fn judge(text: &str, atoms: &[Atom]) -> Time {
    let plain = bare(text);
    let routed =
        phrase("về")(plain).is_ok() && brackets(plain).iter().any(|r| phrase("qua")(plain[r.clone()].trim_start_matches('(')).is_ok());
    let remark = routed || any_of(&["trừ", "ngoại trừ", "không kể", "qua"])(plain.trim_start_matches('(')).is_ok();
    if remark && atoms.iter().all(|atom| atom.aside || !matches!(atom.form, Form::Point(..) | Form::Continuous(_) | Form::InYear)) {
        return Time::Remark;
    }
    let stated: Vec<&Atom> = atoms.iter().filter(|atom| !atom.aside).collect();
    let stated = if stated.is_empty() { atoms.iter().collect() } else { stated };
    let Some(first) = stated.first() else {
        let whole_aside = brackets(plain).first() == Some(&(0..plain.len()));
        return if whole_aside { Time::Remark } else { Time::Unknown };
    };
    let precise: Vec<&Atom> = stated.iter().copied().filter(|atom| is_precise(&atom.form)).collect();
    let yields = match &first.form {
        Form::Point(When::Year(_), _) | Form::Years(..) | Form::InYear | Form::External => true,
        Form::Conditional | Form::After => precise.iter().any(|atom| matches!(atom.form, Form::Point(when, _) if when.year().is_some())),
        Form::Point(..) | Form::Months(..) | Form::Continuous(_) | Form::Recurrent(_) => false,
    };
    if is_precise(&first.form) || (yields && !precise.is_empty()) {
        return points(text, &stated, &precise);
    }
    match &first.form {
        Form::Point(When::Year(year), None) => match stated.get(1).map(|next| &next.form) {
            Some(Form::Point(When::Year(last), None)) => Time::Range { from: When::Year(*year), to: When::Year(*last) },
            _ => Time::Within(Some(*year)),
        },
        Form::Point(when, bound) => Time::Point { when: *when, bound: bound.unwrap_or(Bound::By) },
        Form::Years(from, to) => Time::Range { from: When::Year(*from), to: When::Year(*to) },
        Form::Months(year, from, to) => Time::Range { from: When::Month(*year, *from), to: When::Month(*year, *to) },
        Form::InYear => Time::Within(None),
        Form::Continuous(year) => Time::Continuous(*year),
        Form::Recurrent(r) => Time::Recurrent { every: r.every.clone(), on_demand: r.on_demand, within: r.within },
        Form::Conditional => Time::Conditional,
        Form::After => Time::After,
        Form::External => Time::External,
    }
}

fn is_precise(form: &Form) -> bool {
    matches!(form, Form::Point(When::Day(_) | When::DayOf(..) | When::Month(..) | When::Quarter(..), _))
}

/// Judges one or several points: several run from the first to the last.
fn points(text: &str, stated: &[&Atom], precise: &[&Atom]) -> Time {
    let found: Vec<(When, Option<Bound>)> = precise
        .iter()
        .filter_map(|atom| match &atom.form {
            Form::Point(when, bound) => Some((*when, *bound)),
            _ => None,
        })
        .collect();
    let (Some(&(first, bound)), Some(&(last, last_bound))) = (found.first(), found.last()) else { return Time::Unknown };
    let start = precise.first().map_or(0, |atom| atom.range.end);
    if found.len() > 1 {
        let year_behind = found.iter().find_map(|(when, _)| when.year());
        let to = last.or_year(found.iter().rev().find_map(|(when, _)| when.year()));
        let to = match (to, last_bound) {
            (When::Day(day), Some(Bound::Before)) => When::Day(day.yesterday()),
            (to, _) => to,
        };
        return Time::Range { from: first.or_year(year_behind), to };
    }
    // `Từ tháng 3/2022` runs on to the end of the year
    if bound.is_none() && precise.first().is_some_and(|atom| phrase("từ")(&text[atom.range.clone()]).is_ok()) {
        return Time::Range { from: first, to: first.year().map_or(When::Quarter(None, 4), When::Year) };
    }
    let behind = stated.iter().filter(|atom| atom.range.start >= start).find(|atom| !is_precise(&atom.form));
    match behind.map(|atom| &atom.form) {
        // `Quý IV hàng năm`
        Some(Form::Recurrent(r)) if first.year().is_none() && r.every == [Period::Year] => {
            Time::Recurrent { every: r.every.clone(), on_demand: r.on_demand, within: r.within }
        }
        // `Quý I năm 2022 ban hành kế hoạch và triển khai trong năm`
        Some(Form::InYear | Form::Continuous(_)) => {
            let to = first.year().map_or(When::Quarter(None, 4), When::Year);
            Time::Range { from: first, to }
        }
        Some(_) | None => Time::Point { when: first, bound: bound.unwrap_or(Bound::By) },
    }
}
