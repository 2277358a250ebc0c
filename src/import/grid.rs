//! Rows and columns found again in a copy that lists one cell after the other.
//!
//! Law sites and converters give tables as a stream: a cell per line, perhaps with a lone `|` between them, empty cells hard to tell from the
//! ends of rows. The arrangement is the cheapest of all: each row's number should follow the one before, each cell should look like its
//! column, no cell should be missing. A shortest path over the cells finds it.

use std::collections::BTreeMap;

use super::column::Role;
use super::mark::{self, Mark};

/// A piece of a stream: one cell, or a paragraph of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Chunk {
    /// Its text.
    pub(super) text: String,
    /// Bars in front of it; 0 where the copy has none.
    pub(super) gap: usize,
    /// All of it is bold.
    pub(super) bold: bool,
}

/// How a copy parts cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A bar before and behind each row's cells: two between rows.
    Open,
    /// A bar behind each cell.
    Closed,
    /// No bars: a cell may have several pieces.
    Stream,
}

/// Where a piece belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed {
    /// Row, from 0.
    pub(super) row: usize,
    /// Column, from 0.
    pub(super) column: usize,
}

/// An arrangement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arranged {
    /// One place for each piece that belongs to the table; pieces behind the table's end have none.
    pub(super) places: Vec<Placed>,
    /// What was odd about it: below zero for a table in good order.
    pub(super) cost: f32,
    /// Rows that lack cells although they are no headings.
    pub(super) short: Vec<usize>,
}

/// What a row in order is worth, so that a table is read to its end.
const ROW: f32 = -3.0;
/// States kept for one piece: more are hopeless.
const KEPT: usize = 24;

/// How much dearer than the best a state may be.
const HOPELESS: f32 = 12.0;
/// Pieces behind the end of a table after which no more of it is looked for.
const BEHIND: usize = 400;

#[derive(Debug, Clone, Copy)]
struct State {
    cost: f32,
    column: usize,
    /// The piece that is the last row's number.
    label: Option<u32>,
    from: u32,
    new_row: bool,
    short: bool,
}

/// Returns the cheapest arrangement of pieces in a table with columns of these roles; `None` where there is nothing to arrange.
pub(super) fn arrange(chunks: &[Chunk], roles: &[Role], layout: Layout) -> Option<Arranged> {
    let labelled = roles.first() == Some(&Role::Number);
    let timed = roles.contains(&Role::Deadline);
    let looks: Vec<Look> = chunks.iter().map(|chunk| look(chunk, timed)).collect();
    let mut states: Vec<Vec<State>> = Vec::with_capacity(chunks.len());
    let mut best: Option<(f32, usize, usize)> = None;
    for at in 0..chunks.len() {
        let mut next: BTreeMap<(usize, Option<u32>), State> = BTreeMap::new();
        if at == 0 {
            for column in 0..roles.len().min(2) {
                let row = row_cost(&looks, at, column, None, labelled, roles);
                let start = State { cost: row, column, label: (column == 0).then_some(0), from: 0, new_row: true, short: false };
                keep(&mut next, start);
            }
        } else {
            let before = states.last().map_or(&[][..], Vec::as_slice);
            for (index, state) in before.iter().enumerate() {
                steps(chunks, &looks, roles, layout, at, *state, u32::try_from(index).unwrap_or(u32::MAX), &mut next);
            }
        }
        let mut kept: Vec<State> = next.into_values().collect();
        kept.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        kept.truncate(KEPT);
        // far behind the best, none comes first any more
        let worst = kept.first().map_or(0.0, |state| state.cost + HOPELESS);
        kept.retain(|state| state.cost <= worst);
        for (index, state) in kept.iter().enumerate() {
            let missing = roles.len() - 1 - state.column;
            let left = if layout == Layout::Stream { chunks.len() - 1 - at } else { 0 };
            let end = state.cost + tail(missing, &looks[at], state, &looks) + if left > 0 { 0.5 } else { 0.0 };
            let whole = layout == Layout::Stream || at + 1 == chunks.len();
            if whole && best.is_none_or(|(cost, ..)| end <= cost) {
                best = Some((end, at, index));
            }
        }
        states.push(kept);
        if best.is_some_and(|(_, last, _)| at > last + BEHIND) {
            break;
        }
    }
    let (cost, last, index) = best?;
    let mut out = traced(&states, last, index, cost);
    if let Some(state) = states.get(last).and_then(|kept| kept.get(index)) {
        let missing = roles.len() - 1 - state.column;
        // bars behind the last cell are empty cells, not missing ones
        if layout == Layout::Stream && tail(missing, &looks[last], state, &looks) > 1.9 {
            out.short.extend(out.places.last().map(|place| place.row));
        }
    }
    Some(out)
}

/// Follows the states back and numbers the rows.
fn traced(states: &[Vec<State>], last: usize, index: usize, cost: f32) -> Arranged {
    let mut path: Vec<State> = Vec::with_capacity(last + 1);
    let mut index = index;
    for kept in states[..=last].iter().rev() {
        let Some(state) = kept.get(index).copied() else { break };
        path.push(state);
        index = state.from as usize;
    }
    path.reverse();
    let mut row = 0usize;
    let mut short = Vec::new();
    let mut places = Vec::with_capacity(path.len());
    for (at, state) in path.iter().enumerate() {
        if state.new_row && at > 0 {
            if state.short {
                short.push(row);
            }
            row += 1;
        }
        places.push(Placed { row, column: state.column });
    }
    Arranged { places, cost, short }
}

#[expect(clippy::too_many_arguments, reason = "one step of the search, called from one place")]
fn steps(
    chunks: &[Chunk],
    looks: &[Look],
    roles: &[Role],
    layout: Layout,
    at: usize,
    state: State,
    index: u32,
    next: &mut BTreeMap<(usize, Option<u32>), State>,
) {
    let columns = roles.len();
    let label = state.label.and_then(|at| looks.get(at as usize)).and_then(|look| look.mark.as_ref());
    let mut go = |column: usize, extra: f32, new_row: bool, number: Option<u32>, short: bool| {
        keep(next, State { cost: state.cost + extra, column, label: number.or(state.label), from: index, new_row, short });
    };
    let gap = chunks[at].gap;
    if layout == Layout::Stream {
        if state.column > 0 {
            go(state.column, same(&looks[at - 1], &looks[at], roles[state.column]), false, None, false);
        }
        for (skipped, column) in (state.column + 1..columns).take(3).enumerate() {
            let lost: f32 = if skipped == 0 {
                0.0
            } else if skipped == 1 {
                2.5
            } else {
                5.0
            };
            go(column, lost + fit(&looks[at], roles[column]), false, None, false);
        }
    } else if gap > 0 && state.column + gap < columns {
        let column = state.column + gap;
        go(column, fit(&looks[at], roles[column]), false, None, false);
    }
    let labelled = roles.first() == Some(&Role::Number);
    let bars = match layout {
        Layout::Open => 2,
        Layout::Closed => 1,
        Layout::Stream => 0,
    };
    if gap < bars {
        return;
    }
    let empties = gap - bars;
    let open = columns - 1 - state.column;
    let leading = if layout == Layout::Stream { 0..=0 } else { 0..=empties.min(columns - 1) };
    for lead in leading {
        let trailing = empties - lead;
        let (missing, extra) = if trailing <= open { (open - trailing, 0.0) } else { (0, 3.0) };
        let behind = tail(missing, &looks[at - 1], &state, looks) + extra;
        let is_short = missing > 0 && behind > 1.9;
        let number = if lead == 0 { u32::try_from(at).ok() } else { None };
        go(lead, behind + row_cost(looks, at, lead, label, labelled, roles), true, number, is_short);
        // cells that a merged one above covers are not in the copy
        if lead == 0 && layout != Layout::Stream && looks[at].mark.is_none() {
            for (column, role) in roles.iter().enumerate().take(4).skip(1) {
                go(column, behind + 2.5 + fit(&looks[at], *role), true, None, is_short);
            }
        }
    }
}

fn keep(next: &mut BTreeMap<(usize, Option<u32>), State>, state: State) {
    let slot = next.entry((state.column, state.label)).or_insert(state);
    if state.cost < slot.cost {
        *slot = state;
    }
}

/// What a piece looks like.
#[derive(Debug, Clone)]
struct Look {
    mark: Option<Mark>,
    number: bool,
    empty: bool,
    bullet: bool,
    dash: bool,
    opens_low: bool,
    ends_open: bool,
    body: bool,
    time: bool,
    heading: bool,
    length: usize,
}

fn look(chunk: &Chunk, timed: bool) -> Look {
    let text = chunk.text.trim();
    let first = text.chars().next();
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    Look {
        mark: mark::whole(text).map(|(mark, _)| mark),
        number: !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '%' | ' ' | '-')),
        empty: text.is_empty(),
        bullet: matches!(first, Some('-' | '+' | '•' | '–')),
        dash: matches!(text, "-" | "+" | "–" | "•"),
        opens_low: first.is_some_and(char::is_lowercase),
        ends_open: text.ends_with([':', ',']) || !text.ends_with(['.', ';']),
        body: super::bodies::looks_like_body(text),
        time: timed && text.len() < 400 && may_be_time(text) && crate::value::Deadline::parse_entry(text).time.is_known(),
        heading: chunk.bold || (letters().count() > 3 && letters().all(char::is_uppercase)),
        length: text.chars().count(),
    }
}

/// Words of which every time holds one: reading times is dear.
fn may_be_time(text: &str) -> bool {
    let words = ["ường xuyên", "ịnh kỳ", "àng ", "ằng ", "hi ", "heo ", "rong năm", "au ", "úng "];
    text.bytes().any(|b| b.is_ascii_digit()) || words.iter().any(|word| text.contains(word))
}

/// How odd it is that a row with this mark stands here.
fn row_cost(looks: &[Look], at: usize, column: usize, label: Option<&Mark>, labelled: bool, roles: &[Role]) -> f32 {
    let look = &looks[at];
    if column > 0 {
        return 1.0 + fit(look, roles[column]);
    }
    if !labelled {
        return ROW / 6.0 + fit(look, roles[0]);
    }
    match &look.mark {
        Some(mark) => {
            let odd = mark::oddness(label, mark);
            if odd < 1.0 { ROW + odd } else { odd }
        }
        None if look.empty => 0.8,
        // `-` in the numbers' column: an item of the row above
        None if look.dash => 0.4,
        None => 5.0,
    }
}

/// What the missing cells at a row's end cost: a heading of a group has none.
fn tail(missing: usize, last: &Look, state: &State, looks: &[Look]) -> f32 {
    if missing == 0 {
        return 0.0;
    }
    let label = state.label.and_then(|at| looks.get(at as usize)).and_then(|look| look.mark.as_ref());
    let group = state.column <= 1 && (matches!(label, Some(Mark::Roman(_) | Mark::Capital(_))) || last.heading);
    if group {
        0.3
    } else if state.column <= 1 {
        2.0
    } else {
        1.2 + 0.8 * f32::from(u8::try_from(missing.min(200)).unwrap_or(200))
    }
}

/// How odd a piece is in a column.
fn fit(look: &Look, role: Role) -> f32 {
    if look.empty {
        return if role == Role::Number { 1.0 } else { 0.1 };
    }
    match role {
        Role::Number => {
            if look.mark.is_some() {
                0.0
            } else {
                5.0
            }
        }
        Role::Standard | Role::Previous | Role::Goal => {
            if look.number {
                -0.5
            } else if look.length <= 6 {
                2.0
            } else {
                4.0
            }
        }
        Role::Lead | Role::Coordinator | Role::Synthesiser | Role::Roles => {
            if look.body {
                -0.5
            } else if look.time || look.number {
                2.5
            } else {
                1.2
            }
        }
        Role::Deadline => {
            if look.time {
                0.0
            } else if look.body {
                2.0
            } else {
                1.2
            }
        }
        Role::Content | Role::Product | Role::Solution | Role::Target | Role::Basis => {
            if look.number {
                1.5
            } else if look.body && look.length < 60 || look.time && look.length < 40 {
                0.4
            } else {
                0.0
            }
        }
        Role::Budget | Role::Note | Role::Own => 0.2,
    }
}

/// How odd it is that a piece goes on with the cell before it.
fn same(before: &Look, look: &Look, role: Role) -> f32 {
    if matches!(role, Role::Number) || role.is_score() {
        return 6.0;
    }
    if look.empty {
        return 1.0;
    }
    if before.empty {
        return 4.0;
    }
    let number = if look.number || look.mark.is_some() { 2.5 } else { 0.0 };
    let own = if role.is_body() || role == Role::Deadline { 1.0 } else { 0.0 };
    if look.bullet {
        0.1
    } else if look.opens_low && before.ends_open {
        0.2 + number
    } else {
        1.0 + own + number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(text: &str) -> Vec<Chunk> {
        text.split('/').map(|text| Chunk { text: text.trim().to_owned(), ..Chunk::default() }).collect()
    }

    fn bars(text: &str) -> Vec<Chunk> {
        let mut gap = 0;
        let mut out = Vec::new();
        for piece in text.split('|').skip(1) {
            gap += 1;
            if !piece.trim().is_empty() {
                out.push(Chunk { text: piece.trim().to_owned(), gap, bold: false });
                gap = 0;
            }
        }
        out
    }

    fn shown(chunks: &[Chunk], arranged: &Arranged) -> Vec<String> {
        let rows = arranged.places.last().map_or(0, |p| p.row + 1);
        let mut out = vec![String::new(); rows];
        for (chunk, place) in chunks.iter().zip(&arranged.places) {
            out[place.row].push_str(&format!("{}:{} ", place.column, chunk.text));
        }
        out.iter().map(|row| row.trim().to_owned()).collect()
    }

    #[test]
    fn scores_are_not_taken_for_row_numbers() {
        let roles = [Role::Number, Role::Content, Role::Standard, Role::Previous, Role::Goal, Role::Solution, Role::Lead];
        let chunks = stream(
            "1/CHỈ ĐẠO/8,5/7/8///1.1/Kế hoạch/2/2/2/Theo dõi việc/Sở Nội vụ/2/XÂY DỰNG/1/1/1/Làm:/- Một/- Hai/Sở Tư pháp/Văn bản gốc/Đăng nhập",
        );
        let arranged = arrange(&chunks, &roles, Layout::Stream).expect("rows");
        assert_eq!(
            shown(&chunks, &arranged),
            [
                "0:1 1:CHỈ ĐẠO 2:8,5 3:7 4:8 5: 6:",
                "0:1.1 1:Kế hoạch 2:2 3:2 4:2 5:Theo dõi việc 6:Sở Nội vụ",
                "0:2 1:XÂY DỰNG 2:1 3:1 4:1 5:Làm: 5:- Một 5:- Hai 6:Sở Tư pháp"
            ]
        );
    }

    #[test]
    fn empty_cells_are_told_from_ends_of_rows() {
        let roles = [Role::Number, Role::Own, Role::Own, Role::Own, Role::Own, Role::Own];
        let chunks = bars("|1|Cửa sông|1|||||2|Cửa lạch|4|||||3|xã Tân||2|1||||Tổng cộng|5|2|1|1|");
        let arranged = arrange(&chunks, &roles, Layout::Open).expect("rows");
        assert_eq!(
            shown(&chunks, &arranged),
            ["0:1 1:Cửa sông 2:1", "0:2 1:Cửa lạch 2:4", "0:3 1:xã Tân 3:2 4:1", "1:Tổng cộng 2:5 3:2 4:1 5:1"]
        );
    }

    #[test]
    fn headings_of_groups_have_no_cells() {
        let roles = [Role::Number, Role::Content, Role::Lead, Role::Coordinator, Role::Deadline];
        let chunks = bars(
            "|I|NHÓM MỘT||1|Rà soát|Sở Tài chính|Sở Công Thương|2026||2|Đề xuất|Sở Tài chính||Thường xuyên||II|NHÓM HAI||1|Xây dựng|Sở Y tế|Sở Nội vụ|2026|",
        );
        let arranged = arrange(&chunks, &roles, Layout::Open).expect("rows");
        let rows = shown(&chunks, &arranged);
        assert_eq!(rows.len(), 5, "{rows:?}");
        assert_eq!(rows[2], "0:2 1:Đề xuất 2:Sở Tài chính 4:Thường xuyên");
        assert!(arranged.short.is_empty());
    }
}
