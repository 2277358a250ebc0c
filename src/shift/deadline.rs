//! Steps 7 and 8 in deadlines: years, and earlier than the upper level.

use super::{Shift, Shifted};
use crate::base::Date;
use crate::model::Rule;
use crate::value::{Deadline, When};

impl Shift<'_> {
    /// Translates a deadline: the years of its points move, then dates and months are drawn forward; the products that its entries name are
    /// translated with their products.
    pub fn deadline(&self, deadline: &Deadline) -> Shifted<Deadline> {
        let mut out = Shifted { value: deadline.clone(), steps: Vec::new(), troubles: Vec::new() };
        for entry in &mut out.value.entries {
            if let Some(of) = &entry.of {
                let shifted = self.text(of);
                out.steps.extend(shifted.steps);
                entry.of = Some(shifted.value);
            }
            if let Some((from, to, at)) = self.years.filter(|(from, to, _)| from != to) {
                let moved = entry.rewrite(|when| later(when, to - from));
                if moved.text != entry.text {
                    out.steps.push(self.step(Rule::YearShift, entry.text.clone(), moved.text.clone(), Some(at)));
                    *entry = moved;
                }
            }
            if let Some((months, at)) = self.earlier.filter(|(months, _)| *months > 0) {
                let moved = entry.rewrite(|when| self.drawn_forward(when, months));
                if moved.text != entry.text {
                    out.steps.push(self.step(Rule::Earlier, entry.text.clone(), moved.text.clone(), Some(at)));
                    *entry = moved;
                }
            }
        }
        out
    }

    fn drawn_forward(&self, when: When, months: u32) -> When {
        let allowed = |last: Date| self.signed.is_none_or(|signed| last >= signed);
        match when {
            When::Day(day) => {
                let moved = day.months_earlier(months);
                if allowed(moved) { When::Day(moved) } else { when }
            }
            When::Month(Some(year), month) => {
                let Some(first) = Date::first_of_month(year, month) else { return when };
                let moved = first.months_earlier(months);
                let last = Date::last_of_month(moved.year(), moved.month());
                if last.is_some_and(allowed) { When::Month(Some(moved.year()), moved.month()) } else { when }
            }
            When::DayOf(..) | When::Month(None, _) | When::Quarter(..) | When::Year(_) => when,
        }
    }
}

fn later(when: When, years: i16) -> When {
    match when {
        When::Day(day) => When::Day(day.years_later(years)),
        When::DayOf(..) => when,
        When::Month(year, month) => When::Month(year.map(|year| year + years), month),
        When::Quarter(year, quarter) => When::Quarter(year.map(|year| year + years), quarter),
        When::Year(year) => When::Year(year + years),
    }
}
