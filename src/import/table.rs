//! Tables to tasks and criteria: which rows are headings, what their columns hold, which rows open groups, which go on with the row before.

use super::block::{Place, Row, Table};
use super::column::{self, Role};
use super::doubt::Doubt;
use super::field::Given;
use super::mark::{self, Mark};
use crate::base::{Key, clean};
use crate::diag::{Code, msg};

/// A cell of the grid.
#[derive(Debug, Clone, Default)]
pub(super) struct Slot {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) merged: bool,
    pub(super) bold: bool,
}

/// A heading above rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) rank: u8,
    pub(super) number: String,
    pub(super) text: String,
}

/// A row that is a task, its fields not yet taken apart.
#[derive(Debug, Clone)]
pub(super) struct RawTask {
    /// The appendix's number; empty in the plan itself.
    pub(super) appendix: String,
    pub(super) row: String,
    pub(super) groups: Vec<Group>,
    pub(super) fields: Vec<Given>,
    pub(super) place: Place,
}

/// The columns of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Columns {
    pub(super) headings: Vec<String>,
    pub(super) roles: Vec<Role>,
}

/// What a table holds.
pub(super) enum Content {
    /// Tasks: the first may go on with the last one read.
    Tasks,
    /// Criteria with scores: the rows below the headings.
    Scores(Vec<Vec<Slot>>),
    /// Neither.
    Other(Vec<Vec<Slot>>),
}

/// Tables in order, as one: a table over several pages goes on.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Columns of the table that may go on.
    pub(super) columns: Columns,
    pub(super) tasks: Vec<RawTask>,
    groups: Vec<Group>,
    last: Option<Mark>,
    pub(super) doubts: Vec<Doubt>,
    /// Rows that sum up: no tasks.
    pub(super) left: Vec<(String, Place)>,
}

impl Tables {
    /// Forgets the table before: text stands between, or another appendix begins.
    pub(super) fn end(&mut self) {
        self.columns = Columns::default();
        self.groups.clear();
        self.last = None;
    }

    /// Says whether a table holds neither tasks nor scores, nor goes on with one that does.
    pub(super) fn is_other(&self, table: &Table) -> bool {
        let grid = grid(table);
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        let roles = match headings(table, &grid) {
            Some((columns, _)) => columns.roles,
            None if width > 0 && self.columns.roles.len() == width => return false,
            None => return true,
        };
        !column::are_tasks(&roles) && !column::are_scores(&roles)
    }

    /// Reads a table. `above` are the headings of the text around it.
    pub(super) fn read(&mut self, table: &Table, above: &[Group]) -> Content {
        let grid = grid(table);
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        let found = headings(table, &grid);
        let (columns, first) = match found {
            Some((columns, first)) => (columns, first),
            None if self.columns.roles.len() == width && width > 0 => (self.columns.clone(), 0),
            None => return Content::Other(grid),
        };
        let again = columns == self.columns;
        if !again {
            self.last = None;
            self.groups = above.to_vec();
        }
        self.columns = columns;
        if column::are_scores(&self.columns.roles) {
            return Content::Scores(grid.into_iter().skip(first).collect());
        }
        if !column::are_tasks(&self.columns.roles) {
            self.columns = Columns::default();
            return Content::Other(grid.into_iter().skip(first).collect());
        }
        for (at, name) in self.columns.headings.iter().enumerate() {
            if !again && self.columns.roles[at] == Role::Coordinator && column::role(name) == Some(Role::Roles) {
                let place = grid.first().and_then(|row| row.get(at)).map(|slot| slot.place).unwrap_or_default();
                let message = msg!(
                    "Cột “{name}” đứng cạnh cột chủ trì nên được hiểu là phối hợp.",
                    "The column “{name}” stands beside that of the leaders and is read as coordinators."
                );
                self.doubts.push(Doubt::new(Code::KH5016, message).at(place).quote(name.replace('\n', " ")));
            }
            if !again && self.columns.roles[at] == Role::Own && !name.is_empty() {
                let place = grid.first().and_then(|row| row.get(at)).map(|slot| slot.place).unwrap_or_default();
                let message = msg!(
                    "Cột “{name}” không phải trường nào đã biết, được giữ làm cột riêng.",
                    "The column “{name}” is no known field and is kept as a column of its own."
                );
                self.doubts.push(Doubt::new(Code::KH5016, message).at(place).quote(name.replace('\n', " ")));
            }
        }
        self.rows(&grid, first, again);
        Content::Tasks
    }

    fn rows(&mut self, grid: &[Vec<Slot>], first: usize, again: bool) {
        let repeated: Vec<Key> = self.columns.headings.iter().map(|heading| Key::new(&heading.replace('\n', " "))).collect();
        let number = self.columns.roles.iter().position(|role| *role == Role::Number);
        let content = self.columns.roles.iter().position(|role| *role == Role::Content);
        let mut page = again;
        for (at, row) in grid.iter().enumerate().skip(first) {
            if row.iter().all(|slot| slot.text.is_empty()) {
                continue;
            }
            let same = row.iter().zip(&repeated).filter(|(slot, key)| Key::new(&slot.text.replace('\n', " ")) == **key).count();
            if same >= 2 && same * 2 > row.len() {
                page = true;
                continue;
            }
            let label = number.and_then(|at| row.get(at)).map(|slot| slot.text.as_str()).unwrap_or("");
            let mark = mark::whole(label).map(|(mark, _)| mark);
            let words = content.and_then(|at| row.get(at)).map(|slot| slot.text.as_str()).unwrap_or("");
            let others: Vec<&Slot> = row
                .iter()
                .enumerate()
                .filter(|(at, slot)| Some(*at) != number && Some(*at) != content && !slot.text.is_empty() && slot.text != words)
                .map(|(_, slot)| slot)
                .collect();
            // the heading of a group over all columns stands in the first
            let (label, words) =
                if words.is_empty() && others.is_empty() && mark.is_none() && !label.is_empty() { ("", label) } else { (label, words) };
            let only = if words.is_empty() && others.len() == 1 { others[0].text.as_str() } else { words };
            let alone = !only.is_empty() && (others.is_empty() || (words.is_empty() && others.len() == 1));
            let merged = number.and_then(|at| row.get(at)).is_some_and(|slot| slot.merged);
            let goes_on = label.is_empty() || merged;
            if goes_on && !self.tasks.is_empty() && self.last.is_some() && self.continues(row, words, page, merged, alone) {
                self.append(row, page && !merged, merged);
                page = false;
                continue;
            }
            page = false;
            if alone && self.is_group(label, mark.as_ref(), only, row, grid.get(at + 1), number) {
                self.open_group(label, mark.as_ref(), only);
                continue;
            }
            self.task(row, label, mark, alone, only);
        }
    }

    /// Says whether a row without a number goes on with the task before.
    fn continues(&self, row: &[Slot], words: &str, page: bool, merged: bool, alone: bool) -> bool {
        if merged {
            return true;
        }
        let Some(before) = self.tasks.last() else { return false };
        let content = before.fields.iter().find(|field| field.role == Role::Content).map_or("", |field| field.text.as_str());
        let open = !content.trim_end().ends_with(['.', ';', ':', '!']);
        let low = words.trim_start().starts_with(char::is_lowercase);
        if words.is_empty() {
            return row.iter().any(|slot| !slot.text.is_empty());
        }
        let heading = row.iter().any(|slot| slot.text == words && (slot.bold || is_upper(words)));
        let opens = mark::opening(words).is_some_and(|marked| marked.mark.rank() <= 2);
        (low || (page && open) || (page && !alone) || (open && alone && !heading)) && !opens
    }

    /// Adds a row's cells to the task before.
    fn append(&mut self, row: &[Slot], page: bool, merged: bool) {
        let Some(task) = self.tasks.last_mut() else { return };
        for (slot, role) in row.iter().zip(&self.columns.roles) {
            if slot.text.is_empty() || slot.merged || *role == Role::Number {
                continue;
            }
            match task
                .fields
                .iter_mut()
                .find(|field| field.role == *role && (*role != Role::Own || field.place.column == slot.place.column))
            {
                Some(field) => {
                    let low = slot.text.starts_with(char::is_lowercase);
                    // `Văn phòng HĐND` / `- UBND huyện` is one name
                    let bullet = slot.text.starts_with(['-', '+', '•']) && !field.text.ends_with("HĐND");
                    let open = !field.text.trim_end().ends_with(['.', ';', ':']);
                    // a page cuts all cells in mid sentence; within a page only what is to be done goes on so
                    let same = page || *role == Role::Content;
                    field.text.push(if low || (same && open && !bullet) { ' ' } else { '\n' });
                    field.text.push_str(&slot.text);
                }
                None => {
                    let heading = self.columns.headings.get(slot.place.column.saturating_sub(1) as usize).cloned().unwrap_or_default();
                    task.fields.push(Given { role: *role, heading, text: slot.text.clone(), place: slot.place });
                }
            }
        }
        if !merged {
            let place = row.iter().find(|slot| !slot.text.is_empty()).map(|slot| slot.place).unwrap_or_default();
            let message = msg!(
                "Hàng không số này được ghép vào nhiệm vụ trước, coi như một hàng bị ngắt.",
                "This row without a number was joined to the task before, as one row that was cut."
            );
            self.doubts.push(Doubt::new(Code::KH5019, message).at(place).quote(shown(row)));
        }
    }

    /// Says whether a row with nothing but a text is the heading of a group.
    fn is_group(
        &self,
        label: &str,
        mark: Option<&Mark>,
        words: &str,
        row: &[Slot],
        next: Option<&Vec<Slot>>,
        number: Option<usize>,
    ) -> bool {
        let heading = row.iter().any(|slot| !slot.text.is_empty() && slot.text != label && slot.bold) || is_upper(words);
        match mark {
            Some(Mark::Roman(_) | Mark::Capital(_)) => true,
            Some(Mark::Number(_) | Mark::Letter(_)) => {
                let below =
                    next.and_then(|row| number.and_then(|at| row.get(at))).and_then(|slot| mark::whole(&slot.text)).map(|(mark, _)| mark);
                let child = below.is_some_and(|below| {
                    let deeper = mark.is_some_and(|mark| below.rank() > mark.rank());
                    deeper || (heading && mark::oddness(None, &below) < 1.0)
                });
                child || heading
            }
            Some(Mark::Dash | Mark::Plus) => false,
            None => {
                let numbered = mark::opening(words).is_some_and(|marked| marked.mark.rank() <= 8);
                heading || numbered || (label.is_empty() && number.is_some() && words.chars().count() < 200)
            }
        }
    }

    fn open_group(&mut self, label: &str, mark: Option<&Mark>, words: &str) {
        let words = clean(&words.replace('\n', " ")).into_owned();
        let (number, text, own) = match (mark, mark::opening(&words)) {
            (Some(found), _) => (label.trim_matches(['.', ' ', ')']).to_owned(), words.clone(), Some(found.clone())),
            (None, Some(marked)) => (marked.printed.to_owned(), marked.rest.to_owned(), Some(marked.mark)),
            (None, None) => (String::new(), words.clone(), None),
        };
        let rank = own.as_ref().map_or(1, Mark::rank);
        self.groups.retain(|group| group.rank < rank);
        self.groups.push(Group { rank, number, text });
        self.last = own;
    }

    /// Returns what the task before has in a column.
    fn above(&self, role: Role, column: u32) -> Option<String> {
        let fields = &self.tasks.last()?.fields;
        fields.iter().find(|field| field.role == role && field.place.column == column).map(|field| field.text.clone())
    }

    fn task(&mut self, row: &[Slot], label: &str, mark: Option<Mark>, alone: bool, words: &str) {
        let place = row.iter().find(|slot| !slot.text.is_empty()).map(|slot| slot.place).unwrap_or_default();
        let low = Key::new(words);
        if ["tổng cộng", "tổng số", "cộng"].iter().any(|word| low.as_str() == *word || low.as_str().starts_with(&format!("{word}:")))
        {
            let text: Vec<&str> = row.iter().map(|slot| slot.text.as_str()).filter(|text| !text.is_empty()).collect();
            self.left.push((text.join(" | "), place));
            return;
        }
        if let Some(mark) = &mark {
            if mark::oddness(self.last.as_ref(), mark) > 1.2 && self.last.is_some() {
                let message = msg!("Số “{label}” không nối tiếp hàng trước.", "The number “{label}” does not follow the row before.");
                self.doubts.push(Doubt::new(Code::KH5023, message).at(place).quote(shown(row)));
            }
            self.last = Some(mark.clone());
        } else if self.last.is_none() {
            self.last = Some(Mark::Number(vec![0]));
        }
        if alone || words.is_empty() {
            let message = msg!(
                "Hàng này thiếu nội dung hoặc chỉ có nội dung; vẫn được ghi thành nhiệm vụ.",
                "This row lacks what is to be done, or has nothing else; it is kept as a task."
            );
            self.doubts.push(Doubt::new(Code::KH5015, message).at(place).quote(shown(row)));
        }
        let mut fields: Vec<Given> = Vec::new();
        for (at, (slot, role)) in row.iter().zip(&self.columns.roles).enumerate() {
            if slot.text.is_empty() || *role == Role::Number {
                continue;
            }
            let heading = self.columns.headings.get(at).cloned().unwrap_or_default();
            let above = if is_ditto(&slot.text) { self.above(*role, slot.place.column) } else { None };
            if let Some(above) = &above {
                let (own, whole) = (slot.text.as_str(), above.replace('\n', " "));
                let message = msg!(
                    "Ô ghi “{own}” nên được hiểu là lặp lại ô phía trên: “{whole}”.",
                    "The cell says “{own}” and is read as a repetition of the one above: “{whole}”."
                );
                self.doubts.push(Doubt::new(Code::KH5026, message).at(slot.place).quote(slot.text.clone()));
            }
            fields.push(Given { role: *role, heading, text: above.unwrap_or_else(|| slot.text.clone()), place: slot.place });
        }
        self.tasks.push(RawTask {
            appendix: String::new(),
            row: clean(label).trim_matches(['.', ' ', ')', '(']).to_owned(),
            groups: self.groups.clone(),
            fields,
            place,
        });
    }
}

/// Says whether a cell repeats the one above (`-nt-`, `Như trên`, `〃`).
fn is_ditto(text: &str) -> bool {
    let bare = Key::new(text.trim_matches(|c: char| !c.is_alphabetic()));
    if bare.as_str().is_empty() {
        return matches!(text.trim_matches([' ', '-', '–']), "\"" | "”" | "“" | "''" | "//" | "〃" | "″");
    }
    matches!(bare.as_str(), "nt" | "n/t" | "n.t" | "như trên" | "như trên nt" | "đã nêu trên")
}

/// Returns a table as a grid: each row's cells by column, a wide cell in its first.
pub(super) fn grid(table: &Table) -> Vec<Vec<Slot>> {
    let width = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.span.clamp(1, 100) as usize).sum::<usize>())
        .max()
        .unwrap_or(0)
        .min(100);
    table.rows.iter().map(|row| one_row(row, width)).collect()
}

fn one_row(row: &Row, width: usize) -> Vec<Slot> {
    let mut out: Vec<Slot> = Vec::with_capacity(width);
    for cell in &row.cells {
        let text: Vec<String> = cell.paragraphs.iter().map(super::read::whole).filter(|text| !text.trim().is_empty()).collect();
        let bold = !text.is_empty() && cell.paragraphs.iter().filter(|p| !p.text.trim().is_empty()).all(|p| p.style.bold);
        let place = Place { column: u32::try_from(out.len() + 1).unwrap_or(u32::MAX), ..cell.place };
        out.push(Slot { text: text.join("\n").trim().to_owned(), place, merged: cell.merged, bold });
        for _ in 1..cell.span.clamp(1, 100) {
            out.push(Slot { place, ..Slot::default() });
        }
    }
    out.resize(width.max(out.len()), Slot::default());
    out
}

/// Finds the heading rows of a table: the columns, and the first row below them.
fn headings(table: &Table, grid: &[Vec<Slot>]) -> Option<(Columns, usize)> {
    let top = grid.iter().take(4).position(|row| is_heading(row))?;
    let mut end = top + 1;
    let spans = |at: usize| table.rows.get(at).is_some_and(|row| row.cells.iter().any(|cell| cell.span > 1 && !cell.paragraphs.is_empty()));
    while end < grid.len() && end < top + 4 {
        let row = &grid[end];
        let label = mark::whole(&row[0].text).is_some();
        let marked = table.rows.get(end).is_some_and(|row| row.heading);
        let below = row[0].merged || row[0].text.is_empty();
        let filled = row.iter().filter(|slot| !slot.text.is_empty()).count();
        let short = row.iter().all(|slot| slot.text.chars().count() < 80);
        let named = row.iter().filter(|slot| !slot.text.is_empty()).all(|slot| slot.merged || column::role(&slot.text).is_some());
        let head = marked || (below && short && filled >= 2 && (spans(end - 1) || named));
        if !head || (label && !is_numbering(row)) {
            break;
        }
        end += 1;
    }
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let mut names = vec![String::new(); width];
    let mut parents = vec![String::new(); width];
    for (row_at, row) in grid[top..end].iter().enumerate() {
        let mut at = 0;
        while at < row.len() {
            let slot = &row[at];
            let span = span_of(table, top + row_at, at);
            if !slot.text.is_empty() {
                // a heading over several columns names them only where nothing stands below
                let covered = span > 1
                    && grid[top + row_at + 1..end]
                        .iter()
                        .any(|below| below.iter().skip(at).take(span).any(|s| !s.text.is_empty() && !s.merged));
                if covered {
                    for parent in parents.iter_mut().skip(at).take(span) {
                        parent.clone_from(&slot.text);
                    }
                }
                for name in names.iter_mut().skip(at).take(span) {
                    if !covered && !name.contains(slot.text.as_str()) {
                        if !name.is_empty() {
                            name.push('\n');
                        }
                        name.push_str(&slot.text);
                    }
                }
            }
            at += span.max(1);
        }
    }
    if grid.get(end).is_some_and(|row| is_numbering(row)) {
        end += 1;
    }
    // `Thời gian` over `Bắt đầu` and `Kết thúc`: words below that say nothing alone
    for (name, parent) in names.iter_mut().zip(&parents) {
        if !parent.is_empty() && column::role(name).is_none() {
            *name = format!("{parent}\n{name}");
        }
    }
    let roles = column::roles(&names);
    Some((Columns { headings: names, roles }, end))
}

fn span_of(table: &Table, row: usize, column: usize) -> usize {
    let mut at = 0;
    for cell in table.rows.get(row).map(|row| row.cells.as_slice()).unwrap_or_default() {
        let span = cell.span.clamp(1, 100) as usize;
        if at == column {
            return span;
        }
        at += span;
    }
    1
}

/// Says whether a row holds headings: at least two that are known, and what is to be done or the numbers' column among them.
fn is_heading(row: &[Slot]) -> bool {
    let known: Vec<Role> = row.iter().filter(|slot| slot.text.chars().count() < 100).filter_map(|slot| column::role(&slot.text)).collect();
    let anchor = known.contains(&Role::Number) || known.contains(&Role::Content) || known.contains(&Role::Target);
    let first = row.first().is_some_and(|slot| mark::whole(&slot.text).is_some_and(|(mark, _)| matches!(mark, Mark::Number(_))));
    known.len() >= 2 && anchor && !first
}

/// `(1) (2) (3)`, `1 2 3`: the numbers of columns below their headings.
fn is_numbering(row: &[Slot]) -> bool {
    let numbers: Vec<u32> = row
        .iter()
        .filter(|slot| !slot.text.is_empty())
        .map_while(|slot| match mark::whole(&slot.text) {
            Some((Mark::Number(numbers), _)) if numbers.len() == 1 => numbers.first().copied(),
            _ => None,
        })
        .collect();
    let filled = row.iter().filter(|slot| !slot.text.is_empty()).count();
    numbers.len() >= 3 && numbers.len() == filled && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

fn is_upper(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase) && text.chars().count() > 3
}

/// Returns a row's words, shortened.
pub(super) fn shown(row: &[Slot]) -> String {
    let texts: Vec<String> = row.iter().filter(|slot| !slot.text.is_empty()).map(|slot| slot.text.replace('\n', " ")).collect();
    texts.join(" | ").chars().take(160).collect()
}
