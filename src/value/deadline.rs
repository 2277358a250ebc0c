//! Deadlines: a cell's entries, each with the thing that its time is of, and the order of their days.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::form::{Form, atoms};
use super::moment::{Moment, When, restyle};
use super::run_on;
use super::time::{Bound, Time, is_one_time, opens_with_time, read_time};
use super::word::{any_of, bare, brackets, inside, phrase, trim, up_to};
use crate::base::{Date, Key, Loc, Memo, Year};

/// A deadline cell: one time, or times of products, phases or steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Entries in printed order; at least one.
    pub entries: Vec<Entry>,
}

/// One line of a deadline cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Product, phase or step that the time is of (`Báo cáo kết quả thực hiện`); `None` for the whole task.
    pub of: Option<String>,
    /// The words of the time as printed, without `of` and its colon.
    pub text: String,
    /// What the words mean.
    pub time: Time,
    /// The points in time that `text` names, in order: what a shift of years or months rewrites. Conditions have none, a recurrence only
    /// the year that bounds it; the dates of citations and ranges such as `giai đoạn 2021 - 2025` are never among them.
    pub moments: Vec<Moment>,
    /// Where a file states it; `None` where none does. Not part of what it means.
    #[serde(skip)]
    pub at: Option<Loc>,
}

/// One step of prose in an entry: what is done, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The words beside the time (`ban hành kế hoạch`), as printed; empty where there are none.
    pub act: String,
    /// When.
    pub time: Time,
}

/// Who or what says when, where an entry leaves it to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// `Theo hướng dẫn của …`: the bodies as printed.
    Guidance(String),
    /// `Theo Kế hoạch số 140/KH-UBND …`.
    Document(Citation),
    /// Law and rules (`Theo thời hạn quy định của …`, `theo quy định`).
    Law,
    /// `Đúng tiến độ … giao`.
    Assignment,
    /// Anything else, as printed.
    Other(String),
}

/// The way that a report takes (`về UBND tỉnh (qua Sở Tư pháp đối với …)`), as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// To whom (`về …`).
    pub to: Option<String>,
    /// Through whom (`qua …`).
    pub via: String,
    /// Whose reports (`đối với …`).
    pub of: Option<String>,
}

impl Deadline {
    /// Returns the deadline of a cell: its items, or the one line that it has. Lines may also hold several entries apart by `; -`, `. -`,
    /// and one line alone by `;`, where both sides name a time.
    pub fn parse(lines: &[&str]) -> Self {
        Self::parse_at(lines, |_, _| None)
    }

    /// Returns the deadline of a cell like [`Deadline::parse`]. `place` says where bytes of a line (its index) stand.
    pub fn parse_at(lines: &[&str], place: impl Fn(usize, Range<usize>) -> Option<Loc>) -> Self {
        let filled = lines.iter().enumerate().map(|(at, line)| (at, *line, trim(without_bullet(line))));
        let filled: Vec<(usize, &str, &str)> = filled.filter(|(.., text)| !text.is_empty()).collect();
        let alone = filled.len() == 1;
        let mut entries: Vec<Entry> = Vec::new();
        for (at, line, text) in filled {
            // both are parts of the line
            let from = text.as_ptr() as usize - line.as_ptr() as usize;
            let read = read_line(text, alone).into_iter();
            entries.extend(read.map(|(range, entry)| Entry { at: place(at, from + range.start..from + range.end), ..entry }));
        }
        if entries.is_empty() {
            entries.push(Self::parse_entry(""));
        }
        Self { entries }
    }

    /// Returns one entry: `of: time` where what follows a colon is a time, else the time of the whole task.
    pub fn parse_entry(text: &str) -> Entry {
        let text = trim(text);
        let closed = brackets(text);
        for (at, _) in text.match_indices(':').filter(|(at, _)| !inside(&closed, *at)) {
            let (of, behind) = (text[..at].trim(), text[at + 1..].trim());
            let clock = text[..at].ends_with(|c: char| c.is_ascii_digit()) && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
            if clock || of.is_empty() || is_one_time(of) {
                continue;
            }
            let (time, moments) = read_time(behind);
            if time.is_known() {
                return Entry { of: Some(of.to_owned()), text: behind.to_owned(), time, moments, at: None };
            }
        }
        let (time, moments) = read_time(text);
        Entry { of: None, text: text.to_owned(), time, moments, at: None }
    }

    /// Returns the last day of all entries that have one.
    pub fn latest(&self, plan_year: Option<Year>) -> Option<Date> {
        self.entries.iter().filter_map(|entry| entry.latest(plan_year)).max()
    }

    /// Returns the first day of all entries that have one.
    pub fn earliest(&self, plan_year: Option<Year>) -> Option<Date> {
        self.entries.iter().filter_map(|entry| entry.earliest(plan_year)).min()
    }

    /// Returns the deadline with `bound` on each point that states none, as a label such as `Thời gian hoàn thành chậm nhất` sets it.
    #[must_use]
    pub fn bounded(mut self, bound: Bound) -> Self {
        for entry in &mut self.entries {
            if let Time::Point { bound: own @ Bound::By, .. } = &mut entry.time {
                *own = bound;
            }
        }
        self
    }

    /// Says whether two deadlines mean the same: entries in any order, `Thường xuyên` as `Thường xuyên trong năm`, a final stop ignored.
    pub fn same_as(&self, other: &Self) -> bool {
        let mut left: Vec<&Entry> = other.entries.iter().collect();
        self.entries.len() == other.entries.len()
            && self.entries.iter().all(|entry| {
                let found = left.iter().position(|candidate| entry.same_as(candidate));
                found.map(|at| left.swap_remove(at)).is_some()
            })
    }
}

impl Entry {
    /// Returns the first day that the time may mean: of a month, quarter or year its first; of `Trước d` the day before. Recurrences,
    /// conditions and what others decide have none, nor has a point without year where `plan_year` is `None`.
    pub fn earliest(&self, plan_year: Option<Year>) -> Option<Date> {
        match &self.time {
            Time::Point { when, bound: Bound::Before } => when.first_day(plan_year).map(Date::yesterday),
            Time::Point { when, bound: Bound::By | Bound::Latest } => when.first_day(plan_year),
            Time::Range { from, to } => {
                let (first, last) = (from.first_day(plan_year)?, to.last_day(plan_year)?);
                // a list may name the later point first
                if first <= last { Some(first) } else { to.first_day(plan_year) }
            }
            Time::Within(year) | Time::Continuous(year) => year.or(plan_year).map(Date::first_of_year),
            Time::Recurrent { .. } | Time::Conditional | Time::After | Time::External | Time::Remark | Time::Unknown => None,
        }
    }

    /// Returns the last day in time: of a month, quarter or year its last; of `Trước d` the day before; of `Thường xuyên` the end of the plan
    /// year. Recurrences, conditions and what others decide have none, nor has a point without year where `plan_year` is `None`.
    pub fn latest(&self, plan_year: Option<Year>) -> Option<Date> {
        match &self.time {
            Time::Point { when, bound: Bound::Before } => when.first_day(plan_year).map(Date::yesterday),
            Time::Point { when, bound: Bound::By | Bound::Latest } => when.last_day(plan_year),
            Time::Range { from, to } => Some(from.last_day(plan_year)?.max(to.last_day(plan_year)?)),
            Time::Within(year) | Time::Continuous(year) => year.or(plan_year).map(Date::last_of_year),
            Time::Recurrent { .. } | Time::Conditional | Time::After | Time::External | Time::Remark | Time::Unknown => None,
        }
    }

    /// Returns the entry with each moment passed through `f`, written in the style in which it stood (padding, numerals, long or short form)
    /// and read again. `of` and the words around stay.
    #[must_use]
    pub fn rewrite(&self, mut f: impl FnMut(When) -> When) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for moment in &self.moments {
            let (Some(between), Some(slice)) = (self.text.get(at..moment.start as usize), self.text.get(moment.range())) else { continue };
            text.push_str(between);
            text.push_str(&restyle(slice, moment.when, f(moment.when)));
            at = moment.end as usize;
        }
        text.push_str(self.text.get(at..).unwrap_or(""));
        let (mut time, moments) = read_time(&text);
        // a bound that the field's label set is not in the words
        if let (Time::Point { bound, .. }, Time::Point { bound: own, .. }) = (&mut time, &self.time) {
            *bound = *own;
        }
        Self { of: self.of.clone(), text, time, moments, at: self.at }
    }

    /// Says whether two entries mean the same of the same thing.
    pub fn same_as(&self, other: &Self) -> bool {
        let key = |of: &Option<String>| of.as_deref().map(Key::new);
        if key(&self.of) != key(&other.of) {
            return false;
        }
        match &self.time {
            Time::Conditional | Time::After | Time::External | Time::Remark | Time::Unknown => {
                Key::new(&self.text) == Key::new(&other.text)
            }
            Time::Point { .. } | Time::Range { .. } | Time::Within(_) | Time::Continuous(_) | Time::Recurrent { .. } => {
                let acts = |entry: &Self| entry.steps().iter().map(|step| Key::new(&step.act)).collect::<Vec<_>>();
                self.time == other.time && acts(self) == acts(other)
            }
        }
    }

    /// Returns what is done when, in printed order: `Quý I ban hành kế hoạch và triển khai trong năm` has two steps. At least one.
    pub fn steps(&self) -> Vec<Step> {
        let stated: Vec<_> = atoms(&self.text).into_iter().filter(|atom| !atom.aside && takes_place(&atom.form)).collect();
        let mut out = Vec::new();
        let mut start = 0;
        for (at, atom) in stated.iter().enumerate() {
            let end = match stated.get(at + 1) {
                None => self.text.len(),
                Some(next) => {
                    let between = &self.text[atom.range.end..next.range.start];
                    // a list of points is one step
                    if bare(between.trim_matches(['-', '+', ' '])).is_empty()
                        || any_of(&["và", "đến", "hoặc"])(bare(between)).is_ok_and(|(rest, _)| rest.is_empty())
                    {
                        continue;
                    }
                    atom.range.end + last_joint(between)
                }
            };
            out.push(step(&self.text[start..end]));
            start = end;
        }
        if out.is_empty() {
            out.push(Step { act: String::new(), time: self.time.clone() });
        }
        out
    }

    /// Returns what a condition or a time after something waits for (`có văn bản chỉ đạo của Trung ương`), as printed.
    pub fn event(&self) -> Option<&str> {
        if !matches!(self.time, Time::Conditional | Time::After) {
            return None;
        }
        let found = atoms(&self.text).into_iter().find(|atom| matches!(atom.form, Form::Conditional | Form::After))?;
        Some(bare(up_to(&self.text[found.range.end..], &[';'])))
    }

    /// Returns who or what decides, where the entry leaves the time to others.
    pub fn authority(&self) -> Option<Authority> {
        if self.time != Time::External {
            return None;
        }
        let text = bare(&self.text);
        if let Some(citation) = Citation::find(text).into_iter().next() {
            return Some(Authority::Document(citation));
        }
        if let Some((_, bodies)) = text.split_once("hướng dẫn của ") {
            return Some(Authority::Guidance(bodies.trim().to_owned()));
        }
        let says = |words: &'static [&'static str]| super::word::find(text, words).is_some();
        Some(if says(&["giao", "phân công"]) {
            Authority::Assignment
        } else if says(&["pháp luật", "quy định"]) {
            Authority::Law
        } else {
            Authority::Other(text.to_owned())
        })
    }

    /// Returns the exception in the entry's words (`trừ kiểm tra đột xuất`), as printed.
    pub fn exception(&self) -> Option<&str> {
        super::qualifier::exception(&self.text).map(|range| &self.text[range])
    }

    /// Returns the way of a report that the entry's words name in brackets.
    pub fn route(&self) -> Option<Route> {
        let aside =
            brackets(&self.text).into_iter().find(|r| phrase("qua")(self.text[r.clone()].trim_start_matches(['(', ' '])).is_ok())?;
        let words = self.text[aside.clone()].trim_matches(['(', ')', ' ']);
        let words = words.get("qua".len()..)?.trim();
        let (via, of) = words.split_once(" đối với ").map_or((words, None), |(via, of)| (via, Some(of)));
        let front = self.text[..aside.start].trim_end();
        let to = front.rfind("về ").map(|at| front[at + "về ".len()..].trim().to_owned());
        Some(Route { to, via: via.trim().to_owned(), of: of.map(|of| of.trim().to_owned()) })
    }
}

/// Says whether a form of time is a step's own and not only a remark on it.
fn takes_place(form: &Form) -> bool {
    match form {
        Form::Point(..) | Form::Years(..) | Form::Months(..) | Form::InYear | Form::Continuous(_) | Form::Recurrent(_) => true,
        Form::Conditional | Form::After | Form::External => false,
    }
}

/// Returns where a new step begins in the words between two times: at the last ` và `, `,` or `;`, else behind them.
fn last_joint(between: &str) -> usize {
    between.rfind(" và ").into_iter().chain(between.rfind([',', ';'])).max().unwrap_or(between.len())
}

fn step(text: &str) -> Step {
    let (time, _) = read_time(text);
    let mut act = String::new();
    let mut at = 0;
    for atom in atoms(text).into_iter().filter(|atom| !atom.aside && takes_place(&atom.form)) {
        act.push_str(&text[at..atom.range.start]);
        act.push(' ');
        at = atom.range.end;
    }
    act.push_str(&text[at..]);
    let mut act = bare(act.trim_matches([' ', '-', '+']));
    while let Ok((rest, _)) =
        any_of(&["theo quy định", "và", "thì", "hoàn thành", "xong", "tổ chức thực hiện", "thực hiện"])(act)
    {
        act = bare(rest);
    }
    Step { act: crate::base::clean(act).into_owned(), time }
}

/// Returns a line without the dash or plus in front.
fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix(['-', '+', '•', '*']).map_or(line, |rest| if rest.starts_with(' ') { rest } else { line }).trim()
}

/// Returns the entries of a line, each with its bytes in it.
fn read_line(line: &str, alone: bool) -> Vec<(Range<usize>, Entry)> {
    static KNOWN: Memo<bool, Vec<(Range<usize>, Entry)>> = Memo::new();
    KNOWN.answer(alone, line, || {
        let entry = |piece: &str| {
            let start = piece.as_ptr() as usize - line.as_ptr() as usize;
            (start..start + piece.len(), Deadline::parse_entry(piece))
        };
        pieces(line, alone).into_iter().map(entry).collect()
    })
}

/// Splits a line into the texts of its entries.
fn pieces(line: &str, alone: bool) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (end, next) in run_on::joints(line) {
        out.extend(soft_pieces(&line[start..end], alone));
        start = next;
    }
    out.extend(soft_pieces(&line[start..], alone));
    out.into_iter().map(trim).filter(|piece| !bare(piece).is_empty()).collect()
}

/// Splits where `;` (in a line that stands alone) or a stop stands between two texts that each name a time.
fn soft_pieces(text: &str, alone: bool) -> Vec<&str> {
    let closed = brackets(text);
    let cited: Vec<_> = Citation::find(text).iter().map(Citation::range).collect();
    let mut joints: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices().filter(|(at, _)| !inside(&closed, *at) && !inside(&cited, *at)) {
        let behind = &text[at + c.len_utf8()..];
        let wanted = match c {
            ';' => alone,
            '.' => behind.starts_with(' ') && opens_with_time(behind.trim_start()),
            _ => false,
        };
        if wanted {
            joints.push((at, at + c.len_utf8()));
        }
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (end, next) in joints.into_iter().chain([(text.len(), text.len())]) {
        let known = read_time(&text[start..end]).0.is_known();
        match out.last_mut() {
            // words that name no time belong to the time before them
            Some(last) if !known || !read_time(&text[last.0..last.1]).0.is_known() => last.1 = end,
            _ => out.push((start, end)),
        }
        start = next;
    }
    out.into_iter().map(|(from, to)| &text[from..to]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Entry {
        Deadline::parse_entry(text)
    }

    #[test]
    fn one_line_cells_split_at_dashes_and_semicolons() {
        let of =
            |lines: &[&str]| Deadline::parse(lines).entries.into_iter().map(|e| (e.of.unwrap_or_default(), e.text)).collect::<Vec<_>>();
        let map = vec![("Kế hoạch".to_owned(), "Quý I/2022".to_owned()), ("Báo cáo".to_owned(), "Quý IV/2022".to_owned())];
        assert_eq!(of(&["- Kế hoạch: Quý I/2022. - Báo cáo: Quý IV/2022"]), map);
        assert_eq!(of(&["Kế hoạch: Quý I/2022; - Báo cáo: Quý IV/2022;"]), map);
        assert_eq!(of(&["Kế hoạch: Quý I/2022", "Báo cáo: Quý IV/2022"]), map);
        assert_eq!(of(&["Kế hoạch: Quý I/2022; Báo cáo: Quý IV/2022"]), map);
    }

    #[test]
    fn entries_know_where_they_stand() {
        let lines = ["- Kế hoạch: Quý I/2022; Báo cáo: Quý IV/2022"];
        let place = |_, range: Range<usize>| Some(Loc::new(crate::base::SourceId::new(0), crate::base::Span::new(range.start, range.end)));
        let read = Deadline::parse_at(&lines, place);
        let words: Vec<&str> = read.entries.iter().filter_map(|entry| lines[0].get(entry.at?.span.range())).collect();
        assert_eq!(words, ["Kế hoạch: Quý I/2022", "Báo cáo: Quý IV/2022"]);
    }

    #[test]
    fn words_without_a_time_stay_with_their_time() {
        let cell = Deadline::parse(&["Quý I năm 2022 ban hành kế hoạch (trừ kiểm tra đột xuất); báo cáo kết quả"]);
        assert_eq!(cell.entries.len(), 1);
        assert_eq!(cell.entries[0].exception(), Some("trừ kiểm tra đột xuất"));
    }

    #[test]
    fn a_colon_without_a_time_behind_it_is_text() {
        assert_eq!(entry("Quý I/2022: ban hành kế hoạch").of, None);
        assert_eq!(entry("Cơ quan: Sở Nội vụ theo dõi").of, None);
        assert_eq!(entry("Trước 17:00 ngày 05/5/2022").of, None);
    }

    #[test]
    fn before_a_day_ends_the_day_before() {
        let latest = |text| entry(text).latest(Some(2022)).map(Date::iso);
        assert_eq!(latest("Trước ngày 30/6/2022").as_deref(), Some("2022-06-29"));
        assert_eq!(latest("Trước tháng 6/2022").as_deref(), Some("2022-05-31"));
        assert_eq!(latest("Chậm nhất ngày 30/6/2022").as_deref(), Some("2022-06-30"));
        assert_eq!(latest("Thường xuyên").as_deref(), Some("2022-12-31"));
        assert_eq!(latest("Định kỳ hàng quý"), None);
    }

    #[test]
    fn rewriting_leaves_words_and_citations() {
        let later = |text: &str| entry(text).rewrite(|when| when.years_later(1)).text;
        assert_eq!(later("Quý I, Quý II năm 2022"), "Quý I, Quý II năm 2023");
        assert_eq!(later("Theo Kế hoạch số 140/KH-UBND ngày 14/10/2021"), "Theo Kế hoạch số 140/KH-UBND ngày 14/10/2021");
        assert_eq!(later("Giai đoạn 2021 - 2025"), "Giai đoạn 2021 - 2025");
        assert_eq!(later("Hàng quý, năm 2020"), "Hàng quý, năm 2021");
        assert_eq!(later("trước ngày 10/8/2022 (báo cáo năm 2022)"), "trước ngày 10/8/2023 (báo cáo năm 2023)");
    }

    #[test]
    fn meaning_passes_over_order_stops_and_the_plan_year() {
        let same = |a: &[&str], b: &[&str]| Deadline::parse(a).same_as(&Deadline::parse(b));
        assert!(same(&["Thường xuyên."], &["Thường xuyên trong năm"]));
        assert!(same(&["A: Quý I/2022", "B: Quý IV/2022."], &["B: quý IV năm 2022", "A: Quý I năm 2022"]));
        assert!(!same(&["Quý I/2022"], &["Quý II/2022"]));
        assert!(!same(&["A: Quý I/2022"], &["B: Quý I/2022"]));
        assert!(!same(&["Khi có hướng dẫn"], &["Khi có yêu cầu"]));
    }

    #[test]
    fn lists_may_leave_out_the_word_of_their_points() {
        let days = |text: &str| {
            let read = entry(text);
            (read.earliest(None).map(Date::iso).unwrap_or_default(), read.latest(None).map(Date::iso).unwrap_or_default())
        };
        let of = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(days("Quý I, II và III năm 2022"), of("2022-01-01", "2022-09-30"));
        assert_eq!(days("tháng 6, 9 và 12/2022"), of("2022-06-01", "2022-12-31"));
        assert_eq!(days("Từ tháng 3/2022"), of("2022-03-01", "2022-12-31"));
        assert_eq!(days("31/02/2022"), of("", ""));
        assert_eq!(entry("Quý I, II/2022").rewrite(|when| when.years_later(1)).text, "Quý I, II/2023");
    }

    #[test]
    fn a_bound_of_the_label_outlives_a_move() {
        let cell = Deadline::parse(&["Tháng 12/2022", "Trước 31/12/2022"]).bounded(Bound::Latest);
        let moved = cell.entries[0].rewrite(|when| when.years_later(1));
        assert!(matches!(moved.time, Time::Point { bound: Bound::Latest, .. }));
        assert!(matches!(cell.entries[1].time, Time::Point { bound: Bound::Before, .. }));
    }

    #[test]
    fn a_route_and_a_guide_are_read() {
        let route = entry("(qua Sở Tư pháp đối với các sở, ban, ngành)").route();
        assert_eq!(route, Some(Route { to: None, via: "Sở Tư pháp".into(), of: Some("các sở, ban, ngành".into()) }));
        let guide = entry("Theo hướng dẫn của Văn phòng Chính phủ.").authority();
        assert_eq!(guide, Some(Authority::Guidance("Văn phòng Chính phủ".into())));
    }
}
