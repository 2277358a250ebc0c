//! From blocks to what the document says: the head, then the text, then recipients and signature, then appendices; what stands outside all of
//! them is kept.

use std::collections::BTreeSet;

use super::block::{Block, Document, Paragraph, Place, Table};
use super::caption::{self, caption};
use super::column::Role;
use super::doubt::Doubt;
use super::field::{Context, fill};
use super::header::{Cases, Flat, Head, Taken};
use super::mark;
use super::prose::Prose;
use super::reading::{Appendix, Leftover, Part, PartKind, Reading, Task};
use super::score::criteria;
use super::table::{Columns, Content, Group, RawTask, Slot, Tables, grid, shown};
use crate::agency::Registry;
use crate::base::{Date, clean, even, is_blank};
use crate::diag::{Code, msg};

/// Returns what a document says, with a doubt wherever the reading is not sure. `registry` holds the names that are known; without one,
/// bodies are told apart by the words alone.
pub fn read(document: &Document, registry: Option<&Registry>) -> Reading {
    let mut reader = Reader::default();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => reader.paragraph(&spaced(paragraph)),
            Block::Table(table) => {
                let mut table = table.clone();
                for paragraph in table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.paragraphs) {
                    *paragraph = spaced(paragraph);
                }
                reader.table(&table);
            }
            Block::Break => {}
        }
    }
    reader.finish(document, registry)
}

/// Where in the document the reader stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Zone {
    #[default]
    Head,
    Body,
    /// Behind the text's last sentence: recipients, signature, then appendices.
    Closing,
    Appendix,
}

#[derive(Default)]
struct Reader {
    zone: Zone,
    head: Head,
    prose: Prose,
    tables: Tables,
    appendices: Vec<Appendix>,
    /// Whether the open appendix has had a table.
    tabled: bool,
    /// Paragraphs since the last table or caption.
    pending: Vec<Paragraph>,
    tasks: Vec<RawTask>,
    scores: Vec<(Vec<Vec<Slot>>, Columns)>,
    leftover: Vec<Leftover>,
    doubts: Vec<Doubt>,
}

impl Reader {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let text = whole(paragraph);
        if text.trim().is_empty() {
            return;
        }
        match self.zone {
            Zone::Head => self.head(paragraph, &text),
            Zone::Body => self.body(paragraph, &text),
            Zone::Closing | Zone::Appendix => self.behind(paragraph, &text),
        }
    }

    fn head(&mut self, paragraph: &Paragraph, text: &str) {
        if caption(text, false).is_some_and(|c| even(&c.name) == "phụ lục") {
            self.zone = Zone::Appendix;
            self.behind(paragraph, text);
            return;
        }
        let mut left: Vec<&str> = Vec::new();
        for line in text.split('\n') {
            match self.head.take(&Flat { text: line.to_owned(), place: paragraph.place }) {
                Taken::Head => {}
                Taken::No => left.push(line),
                Taken::Body => {
                    self.zone = Zone::Body;
                    self.body(paragraph, text);
                    return;
                }
            }
        }
        if !left.is_empty() {
            self.leftover.push(Leftover { text: left.join("\n"), origin: paragraph.place });
        }
    }

    fn body(&mut self, paragraph: &Paragraph, text: &str) {
        let flat = Flat { text: text.to_owned(), place: paragraph.place };
        if even(text).starts_with("nơi nhận") {
            self.close();
            self.behind(paragraph, text);
            return;
        }
        if caption(text, false).is_some_and(|c| even(&c.name) == "phụ lục" || (c.rest.is_empty() && even(&c.name) == "danh mục")) {
            self.close();
            self.behind(paragraph, text);
            return;
        }
        // a decision of which the plan's own head follows its signature
        if caption::is_attached(text) && self.head.closing(&flat) {
            return;
        }
        self.end_tables();
        self.prose.push(text, paragraph.place, paragraph.style.bold || paragraph.style.heading > 0);
        if text.trim_end().ends_with("./.") {
            self.close();
        }
    }

    /// Ends the text of the plan.
    fn close(&mut self) {
        let tasks = self.prose.flush("");
        self.tasks.extend(tasks);
        self.prose.end();
        self.end_tables();
        self.zone = Zone::Closing;
    }

    fn behind(&mut self, paragraph: &Paragraph, text: &str) {
        if self.zone == Zone::Closing && self.appendices.is_empty() {
            let lines: Vec<&str> = text.split('\n').collect();
            let taken = lines.iter().filter(|line| self.head.closing(&Flat { text: (**line).to_owned(), place: paragraph.place })).count();
            if taken == lines.len() {
                return;
            }
        }
        if let Some(found) = caption(text, true) {
            let empty = self.appendices.last().is_some_and(|open| !self.tabled && open.caption.is_empty() && self.pending.is_empty());
            let inner = empty && found.number.is_empty() && even(&found.name) != "phụ lục";
            if !inner {
                self.flush_pending(false);
                self.open(&found.name, &found.number, paragraph.place);
                if let Some(open) = self.appendices.last_mut() {
                    open.caption = found.rest;
                }
                self.zone = Zone::Appendix;
                return;
            }
        }
        self.pending.push(paragraph.clone());
    }

    fn open(&mut self, name: &str, printed: &str, place: Place) {
        let number = number_of(printed).unwrap_or_else(|| self.appendices.len() + 1);
        let mut shown = format!("{number:02}");
        while self.appendices.iter().any(|open| open.number == shown) {
            shown.push('b');
        }
        self.appendices.push(Appendix {
            number: shown,
            printed: printed.to_owned(),
            name: name.to_owned(),
            origin: place,
            ..Appendix::default()
        });
        self.tabled = false;
        self.end_tables();
        self.prose.end();
    }

    /// Ends the run of tables: no later row goes on with their last task.
    fn end_tables(&mut self) {
        self.tasks.append(&mut self.tables.tasks);
        self.tables.end();
    }

    fn number(&self) -> String {
        self.appendices.last().map(|open| open.number.clone()).unwrap_or_default()
    }

    /// Sorts the paragraphs in front of a table, or at an appendix's end.
    fn flush_pending(&mut self, table: bool) {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return;
        }
        if self.tabled && table && self.zone == Zone::Appendix {
            // another table below: a heading in capitals opens an appendix of its own
            if let Some(at) = pending.iter().position(|p| caption::is_bare(&p.text, p.style.bold) && mark::opening(&p.text).is_none()) {
                let (before, behind) = pending.split_at(at);
                self.keep_text(before);
                self.open("", "", behind[0].place);
                self.caption_lines(behind);
                return;
            }
            self.keep_text(&pending);
            return;
        }
        if self.zone == Zone::Closing && table {
            let at = pending.iter().position(|p| caption::is_bare(&p.text, p.style.bold)).unwrap_or(pending.len().saturating_sub(1));
            let (before, behind) = pending.split_at(at);
            self.leave(before);
            self.zone = Zone::Appendix;
            self.open("", "", behind.first().map(|p| p.place).unwrap_or_default());
            self.caption_lines(behind);
            return;
        }
        if self.zone == Zone::Appendix && !self.tabled {
            self.caption_lines(&pending);
            return;
        }
        if self.zone == Zone::Appendix {
            let (notes, rest): (Vec<Paragraph>, Vec<Paragraph>) = split_notes(pending);
            self.keep_text(&notes);
            self.leave(&rest);
            return;
        }
        self.leave(&pending);
    }

    /// Reads the lines below an appendix's name: caption, what it is attached to, text.
    fn caption_lines(&mut self, paragraphs: &[Paragraph]) {
        let mut text_begins = false;
        let mut rest: Vec<Paragraph> = Vec::new();
        for paragraph in paragraphs {
            for line in whole(paragraph).split('\n') {
                let line = clean(line).into_owned();
                let Some(open) = self.appendices.last_mut() else { continue };
                let loose = caption::is_bare(&line, paragraph.style.bold) || open.caption.is_empty() && line.chars().count() < 250;
                let bare = loose && mark::opening(&line).is_none();
                if line.is_empty() {
                } else if !text_begins && caption::is_attached(&line) {
                    open.attached = line;
                    text_begins = true;
                } else if !text_begins && bare {
                    if !open.caption.is_empty() {
                        open.caption.push('\n');
                    }
                    open.caption.push_str(&line);
                } else {
                    text_begins = true;
                    rest.push(Paragraph { text: line, mark: String::new(), ..paragraph.clone() });
                }
            }
        }
        self.keep_text(&rest);
    }

    /// Keeps paragraphs as text of the open appendix.
    fn keep_text(&mut self, paragraphs: &[Paragraph]) {
        let number = self.number();
        for paragraph in paragraphs {
            let text = whole(paragraph);
            if even(&text).starts_with("ghi chú") || text.starts_with('[') {
                let tasks = self.prose.flush(&number);
                self.tasks.extend(tasks);
                let part = Part { kind: PartKind::Paragraph, text, appendix: number.clone(), origin: paragraph.place, ..Part::default() };
                self.prose.parts.push(part);
            } else {
                self.prose.push(&text, paragraph.place, paragraph.style.bold);
            }
        }
        let tasks = self.prose.flush(&number);
        self.tasks.extend(tasks);
    }

    fn leave(&mut self, paragraphs: &[Paragraph]) {
        for paragraph in paragraphs {
            let text = whole(paragraph);
            // what a web page notes about the document
            for line in text.split('\n') {
                self.head.note(line, &even(line), paragraph.place);
            }
            self.leftover.push(Leftover { text, origin: paragraph.place });
        }
    }

    fn table(&mut self, table: &Table) {
        let cells: Vec<&Paragraph> =
            table.rows.iter().flat_map(|row| row.cells.iter().filter(|cell| !cell.merged).flat_map(|cell| &cell.paragraphs)).collect();
        let signs = cells.iter().any(|p| even(&p.text).starts_with("nơi nhận"));
        if signs && self.zone != Zone::Head {
            if self.zone == Zone::Body {
                self.close();
            }
            for paragraph in cells {
                for line in whole(paragraph).split('\n') {
                    let flat = Flat { text: line.to_owned(), place: paragraph.place };
                    if !self.head.closing(&flat) {
                        self.leftover.push(Leftover { text: line.to_owned(), origin: paragraph.place });
                    }
                }
            }
            return;
        }
        match self.zone {
            Zone::Head => self.head_table(table, &cells),
            Zone::Body => {
                let (above, tasks) = self.prose.above("");
                self.tasks.extend(tasks);
                self.content(table, &above, "");
            }
            Zone::Closing | Zone::Appendix => {
                let small = cells.iter().all(|p| self.zone == Zone::Closing && p.text.chars().count() < 60)
                    && table.rows.len() <= 2
                    && self.appendices.is_empty();
                if small && cells.iter().any(|p| self.head.closing(&Flat { text: whole(p), place: p.place })) {
                    return;
                }
                if (self.zone == Zone::Closing || self.tabled) && self.tables.is_other(table) {
                    // a web page's own boxes open no appendix
                    self.flush_pending(false);
                    self.end_tables();
                    self.other(&grid(table), table);
                    return;
                }
                self.flush_pending(true);
                if self.zone == Zone::Closing {
                    self.zone = Zone::Appendix;
                    self.open("", "", table.place);
                }
                let number = self.number();
                let (above, tasks) = self.prose.above(&number);
                self.tasks.extend(tasks);
                self.content(table, &above, &number);
                self.tabled = true;
            }
        }
    }

    /// A table in the head: a heading in two columns, a web page's notes, or the first table of a document that has no head.
    fn head_table(&mut self, table: &Table, cells: &[&Paragraph]) {
        let mut probe = Tables::default();
        if table.rows.len() > 1 && matches!(probe.read(table, &[]), Content::Tasks | Content::Scores(_)) {
            self.zone = Zone::Appendix;
            let headed = self.head.has_begun();
            if headed {
                self.open("", "", table.place);
            }
            let number = self.number();
            self.content(table, &[], &number);
            self.tabled = true;
            return;
        }
        for paragraph in cells {
            for line in whole(paragraph).split('\n') {
                let flat = Flat { text: line.to_owned(), place: paragraph.place };
                if self.head.take(&flat) != Taken::Head {
                    self.leftover.push(Leftover { text: line.to_owned(), origin: paragraph.place });
                }
            }
        }
    }

    fn content(&mut self, table: &Table, above: &[Group], appendix: &str) {
        let before = self.tables.tasks.len();
        match self.tables.read(table, above) {
            Content::Tasks => {
                for task in &mut self.tables.tasks[before..] {
                    appendix.clone_into(&mut task.appendix);
                }
                self.name_columns();
            }
            Content::Scores(rows) => {
                self.scores.push((rows, self.tables.columns.clone()));
                self.name_columns();
            }
            Content::Other(rows) => self.other(&rows, table),
        }
        // tasks of tables and of text stand in one order
        if let Some(drained) = (!self.tables.tasks.is_empty()).then(|| self.tables.tasks.len() - 1)
            && drained > 0
        {
            self.tasks.extend(self.tables.tasks.drain(..drained));
        }
    }

    fn name_columns(&mut self) {
        let headings = self.tables.columns.headings.iter().map(|heading| clean(&heading.replace('\n', " ")).into_owned());
        let headings: Vec<String> = headings.collect();
        if let Some(open) = self.appendices.last_mut().filter(|open| open.columns.is_empty() && !open.number.is_empty()) {
            open.columns = headings;
        }
    }

    fn other(&mut self, rows: &[Vec<Slot>], table: &Table) {
        let filled: Vec<&Vec<Slot>> = rows.iter().filter(|row| row.iter().any(|slot| !slot.text.is_empty())).collect();
        if filled.is_empty() {
            return;
        }
        let count = filled.len();
        let message = msg!(
            "Bảng này không có cột nhiệm vụ cùng cơ quan, sản phẩm hay thời hạn; {count} hàng được giữ nguyên, không thành nhiệm vụ.",
            "This table has no column of tasks with bodies, products or deadlines; its {count} rows are kept and become no tasks."
        );
        let quote = grid(table).first().map(|row| shown(row)).unwrap_or_default();
        self.doubts.push(Doubt::new(Code::KH5020, message).at(table.place).quote(quote));
        for row in filled {
            let place = row.iter().find(|slot| !slot.text.is_empty()).map(|slot| slot.place).unwrap_or_default();
            let text: Vec<String> = row.iter().map(|slot| slot.text.replace('\n', " ")).collect();
            self.leftover.push(Leftover { text: text.join(" | "), origin: place });
        }
    }

    fn finish(mut self, document: &Document, registry: Option<&Registry>) -> Reading {
        if self.zone == Zone::Body || self.zone == Zone::Head {
            let tasks = self.prose.flush("");
            self.tasks.extend(tasks);
        }
        self.flush_pending(false);
        self.tasks.append(&mut self.tables.tasks);
        let sums = std::mem::take(&mut self.tables.left).into_iter();
        self.leftover.extend(sums.map(|(text, origin)| Leftover { text, origin }));
        let prose = document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(p) => Some(p.text.as_str()),
            Block::Table(_) | Block::Break => None,
        });
        let cases = Cases::of(prose);
        let introduction = std::mem::take(&mut self.head.introduction);
        let (header, mut head_doubts) = self.head.finish(&cases);
        let date = header.date.or(header.year.or(header.period.map(|(from, _)| from)).map(Date::first_of_year));
        let year = header.year;
        let context = Context { registry, date: date.unwrap_or_else(|| Date::first_of_year(2020)), year };
        let mut reading = Reading {
            header,
            parts: self.prose.parts,
            targets: self.prose.targets,
            appendices: self.appendices,
            leftover: self.leftover,
            ..Reading::default()
        };
        let first = introduction.into_iter().map(|(text, origin)| Part { text, origin, ..Part::default() });
        reading.parts.splice(0..0, first);
        head_doubts.append(&mut self.doubts);
        head_doubts.append(&mut self.prose.doubts);
        head_doubts.append(&mut self.tables.doubts);
        let tasks = self.tasks;
        let codes = codes(&tasks);
        for (raw, code) in tasks.into_iter().zip(codes) {
            let (task, more) = task(raw, code, &context);
            reading.tasks.push(task);
            head_doubts.extend(more);
        }
        for (rows, columns) in &self.scores {
            let (found, more) = criteria(rows, columns, &context);
            let (numbered, totals): (Vec<_>, Vec<_>) = found.into_iter().partition(|criterion| !criterion.number.is_empty());
            // a table without any numbers has criteria all the same
            if numbered.is_empty() {
                reading.criteria.extend(totals);
            } else {
                reading.criteria.extend(numbered);
                reading.totals.extend(totals);
            }
            head_doubts.extend(more);
        }
        if !reading.leftover.is_empty() {
            head_doubts.extend(left_over(&reading.leftover));
        }
        if reading.tasks.is_empty() && reading.criteria.is_empty() {
            let message =
                msg!("Không thấy nhiệm vụ hay tiêu chí nào trong văn bản.", "No task and no criterion was found in the document.");
            head_doubts.push(Doubt::new(Code::KH5028, message));
        }
        head_doubts.sort_by_key(|doubt| (doubt.place.line, doubt.place.table, doubt.place.row, doubt.place.column));
        reading.doubts = head_doubts;
        reading
    }
}

/// One doubt for all words that no part took, tables' rows aside, which have a doubt of their own.
fn left_over(list: &[Leftover]) -> Option<Doubt> {
    let loose: Vec<&Leftover> = list.iter().filter(|left| left.origin.table == 0).collect();
    let first = loose.first()?;
    let count = loose.len();
    let quote: String = first.text.replace('\n', " ").chars().take(120).collect();
    let message = msg!(
        "{count} đoạn không thuộc phần nào của văn bản, được giữ trong danh sách chữ còn lại.",
        "{count} paragraphs belong to no part of the document and are kept in the list of what is left."
    );
    Some(Doubt::new(Code::KH5022, message).at(first.origin).quote(quote))
}

/// Returns a paragraph's text with the mark that a program set in front of it.
pub(super) fn whole(paragraph: &Paragraph) -> String {
    if paragraph.mark.is_empty() { paragraph.text.clone() } else { format!("{} {}", paragraph.mark, paragraph.text) }
}

/// Returns a paragraph in which blanks of every kind are spaces and what has no width is gone: programs put no-break spaces behind marks
/// and into dates.
fn spaced(paragraph: &Paragraph) -> Paragraph {
    let one = |c: char| match c {
        '\n' => Some('\n'),
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{feff}' => None,
        c if is_blank(c) => Some(' '),
        c => Some(c),
    };
    Paragraph { text: paragraph.text.chars().filter_map(one).collect(), ..paragraph.clone() }
}

/// Parts notes below a table from what has nothing to do with it.
fn split_notes(paragraphs: Vec<Paragraph>) -> (Vec<Paragraph>, Vec<Paragraph>) {
    let noted = paragraphs.first().is_some_and(|p| even(&p.text).trim_start_matches(['*', ' ', '(']).starts_with("ghi chú"));
    let end = if noted {
        1 + paragraphs[1..]
            .iter()
            .take_while(|p| matches!(mark::opening(&p.text).map(|m| m.mark), Some(mark::Mark::Dash | mark::Mark::Number(_))))
            .count()
    } else {
        paragraphs.iter().take_while(|p| p.text.starts_with('[')).count()
    };
    let mut paragraphs = paragraphs;
    let rest = paragraphs.split_off(end.min(paragraphs.len()));
    (paragraphs, rest)
}

fn number_of(printed: &str) -> Option<usize> {
    let bare = printed.trim();
    mark::roman(bare).map(|n| n as usize).or_else(|| bare.parse().ok())
}

/// Returns a code of its own for each task.
fn codes(tasks: &[RawTask]) -> Vec<String> {
    let short = |task: &RawTask, at: usize, depth: usize| {
        let head = if task.appendix.is_empty() { "NV".to_owned() } else { format!("PL{}", task.appendix) };
        let numbers: Vec<&str> =
            task.groups.iter().map(|group| group.number.as_str()).filter(|number| number.chars().any(char::is_alphanumeric)).collect();
        let from = numbers.len().saturating_sub(depth);
        let row = if !task.row.chars().any(char::is_alphanumeric) { format!("{}", at + 1) } else { task.row.clone() };
        let mut code = head;
        for part in numbers[from..].iter().copied().chain([row.as_str()]) {
            let part: String = part.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).collect();
            code.push('.');
            code.push_str(part.trim_matches('.'));
        }
        code
    };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::with_capacity(tasks.len());
    let mut start = 0;
    while start < tasks.len() {
        let end = start + tasks[start..].iter().take_while(|task| task.appendix == tasks[start].appendix).count();
        let run = &tasks[start..end];
        // as few headings in the codes as make them one of a kind
        let depth = (0..=3).find(|depth| {
            let codes: BTreeSet<String> = run.iter().enumerate().map(|(at, task)| short(task, at, *depth)).collect();
            codes.len() == run.len()
        });
        for (at, task) in run.iter().enumerate() {
            let base = short(task, at, depth.unwrap_or(2));
            let mut code = base.clone();
            let mut more = 2;
            while !taken.insert(code.clone()) {
                code = format!("{base}-{more}");
                more += 1;
            }
            out.push(code);
        }
        start = end;
    }
    out
}

fn task(raw: RawTask, code: String, context: &Context<'_>) -> (Task, Vec<Doubt>) {
    let titled = |group: &Group| {
        let number = if group.number.is_empty() { String::new() } else { format!("{}. ", group.number) };
        format!("{number}{}", group.text)
    };
    let sections: Vec<String> = raw.groups.iter().filter(|group| !group.text.is_empty()).map(titled).collect();
    let mut task = Task {
        code,
        appendix: raw.appendix,
        row: raw.row,
        section: sections.last().cloned().unwrap_or_default(),
        sections,
        origin: raw.place,
        ..Task::default()
    };
    let mut fields = raw.fields;
    fields.sort_by_key(|field| u8::from(field.role != Role::Content));
    let doubts = fill(&mut task, &fields, context);
    (task, doubts)
}
