//! The audit made into what the report shows.
//!
//! Every sentence is in the language asked for; every cell of a matrix links to the place that explains it, so that the report works without
//! scripts. Texts are differences by word between the parent's words after translation and the child's.

use std::collections::BTreeSet;

use super::palette::TONES;
use super::view::{Column, Entry, FindingLine, Group, Matrix, MatrixCell, MatrixRow, Report, State, UnitPage, UpperTask, WaiverLine};
use super::wording::{Piece, compared};
use super::words::words;
use super::{AuditCounts, compared as compared_rows};
use crate::base::toneless;
use crate::diag::{Diagnostic, Findings, Lang, Message, msg};
use crate::matching::{Audit, AuditPlan, AuditRow, AuditTask, DropClass, Effect, Link, Relation, TaskPart};

/// Returns what the report of an audit shows.
pub(super) fn report(audit: &Audit, findings: &Findings, version: &str, lang: Lang) -> Report {
    Writer { audit, findings, lang, pages: Pages::Inside }.report(version)
}

/// Where the pages of units stand.
pub(super) enum Pages<'a> {
    /// Nowhere: the report has none.
    None,
    /// In the report itself.
    Inside,
    /// In files of their own: each row with its file's name.
    Files(&'a [(&'a AuditRow, String)]),
}

/// Says what an audit came to, in the report's words.
pub(super) struct Writer<'a> {
    pub(super) audit: &'a Audit,
    pub(super) findings: &'a Findings,
    pub(super) lang: Lang,
    /// Where the pages of units stand.
    pub(super) pages: Pages<'a>,
}

impl Writer<'_> {
    /// Returns the whole report.
    pub(super) fn report(&self, version: &str) -> Report {
        let (writer, audit, lang) = (self, self.audit, self.lang);
        let mut out = Report {
            lang: match lang {
                Lang::Vi => "vi",
                Lang::En => "en",
            },
            palette: &TONES,
            words: words(lang),
            title: writer.title(),
            identity: writer.identity(version),
            cards: writer.cards(),
            denominator: writer.denominator(),
            legend: Vec::new(),
            matrices: Vec::new(),
            units: Vec::new(),
            breaks: Vec::new(),
            waivers: Vec::new(),
            unchecked: writer.unchecked(),
        };
        let mut next = 0;
        writer.level(&audit.parent, &audit.children, &mut next, &mut out);
        let cells = out.matrices.iter().flat_map(|matrix| &matrix.rows).flat_map(|row| &row.cells);
        let seen: BTreeSet<&str> = cells.map(|cell| cell.state.letter).collect();
        out.legend = writer.states().into_iter().filter(|state| seen.contains(state.letter)).collect();
        out
    }

    pub(super) fn say(&self, message: &Message) -> String {
        message.get(self.lang).to_owned()
    }

    fn title(&self) -> String {
        let (count, code, title) = (compared_rows(&self.audit.children).len(), &self.audit.parent.code, &self.audit.parent.title);
        if let [row] = self.audit.children.as_slice() {
            let unit = &row.unit;
            return self.say(&msg!("Đối chiếu {unit} với {code}: {title}", "{unit} against {code}: {title}"));
        }
        self.say(&msg!("Đối chiếu {count} đơn vị với {code}: {title}", "{count} units against {code}: {title}"))
    }

    fn identity(&self, version: &str) -> Vec<(String, String)> {
        let parent = &self.audit.parent;
        let mut out = vec![(self.say(&msg!("Kế hoạch cấp trên", "The upper plan")), described(parent))];
        if let [row] = self.audit.children.as_slice()
            && let Some(plan) = &row.plan
        {
            out.push((self.say(&msg!("Kế hoạch cấp dưới", "The lower plan")), described(plan)));
        }
        out.push((self.say(&msg!("Danh bạ ngày", "Registry of")), self.audit.registry_date.to_string()));
        out.push((self.say(&msg!("Dấu vân các bản đã đọc", "Fingerprint of what was read")), self.audit.fingerprint.clone()));
        out.push((self.say(&msg!("Công cụ", "Tool")), format!("kehoach {version}")));
        out
    }

    fn cards(&self) -> Vec<(usize, String)> {
        let sum = AuditCounts::sum(self.audit);
        let without = compared_rows(&self.audit.children).iter().filter(|row| row.plan.is_none()).count();
        let mut out = vec![
            (sum.answered, msg!("nhiệm vụ đã có", "tasks answered")),
            (sum.dropped, msg!("bỏ sót", "lost")),
            (sum.coordinates, msg!("chưa có, chỉ phối hợp", "not answered, only coordinating")),
            (sum.doubtful, msg!("chưa chắc, chờ người xác nhận", "doubtful, waiting for a person")),
            (sum.waived, msg!("không áp dụng, có lý do", "waived with a reason")),
            (sum.not_given, msg!("không giao cấp này", "not given to this level")),
            (sum.new, msg!("nhiệm vụ riêng", "own tasks")),
        ];
        if without > 0 {
            out.push((without, msg!("đơn vị không có kế hoạch", "units without a plan")));
        }
        out.into_iter().map(|(count, label)| (count, self.say(&label))).collect()
    }

    fn unchecked(&self) -> Vec<String> {
        let count = self.audit.rows().iter().filter(|(_, row)| row.plan.is_none()).count();
        let none = (count > 0).then(|| {
            self.say(&msg!(
                "{count} đơn vị không có kế hoạch trong số tệp đã nêu, nên không có gì để đối chiếu",
                "{count} units have no plan among the files named, so that there is nothing to compare"
            ))
        });
        none.into_iter().chain(self.audit.unchecked.iter().map(|message| self.say(message))).collect()
    }

    fn denominator(&self) -> String {
        let tasks = self.audit.parent.tasks.len();
        let units = compared_rows(&self.audit.children).iter().filter(|row| row.plan.is_some()).count();
        let all = tasks * units;
        self.say(&msg!(
            "{tasks} nhiệm vụ × {units} đơn vị có kế hoạch = {all} ô; mỗi ô ở đúng một trạng thái.",
            "{tasks} tasks × {units} units with a plan = {all} cells; each cell is in exactly one state."
        ))
    }

    /// Fills the matrix of one plan and the pages of the units below it, then those below them.
    fn level(&self, parent: &AuditPlan, rows: &[AuditRow], next: &mut usize, out: &mut Report) {
        if rows.is_empty() {
            return;
        }
        let rows = compared_rows(rows);
        let (count, code, title) = (rows.len(), &parent.code, &parent.title);
        let at = out.matrices.len();
        let tasks = format!("t{}", at + 1);
        out.matrices.push(Matrix {
            title: self.say(&msg!("{count} đơn vị với {code}: {title}", "{count} units with {code}: {title}")),
            columns: parent.tasks.iter().map(column).collect(),
            tasks: match self.pages {
                Pages::None => Vec::new(),
                Pages::Inside | Pages::Files(_) => parent.tasks.iter().map(|task| in_full(parent, task)).collect(),
            },
            appendices: parent.appendices.iter().map(|appendix| format!("{}: {}", appendix.place, appendix.title)).collect(),
            rows: Vec::new(),
        });
        let mut below = Vec::new();
        for row in rows {
            *next += 1;
            let id = format!("u{next}");
            let href = self.href(row, &id);
            let cells: Vec<MatrixCell> = (0..parent.tasks.len()).map(|task| self.cell(row, task, &href)).collect();
            let counts = AuditCounts::of(parent, row);
            out.matrices[at].rows.push(MatrixRow {
                id: id.clone(),
                href,
                unit: row.unit.clone(),
                search: toneless(&row.unit),
                cells,
                answered: counts.answered,
                lost: if row.plan.is_some() { counts.dropped } else { parent.tasks.len() },
            });
            if matches!(self.pages, Pages::Inside) {
                out.units.push(self.page(parent, row, &Anchor { unit: &id, tasks: &tasks }));
            }
            for waived in &row.waived {
                let ground = if waived.basis.is_empty() { String::new() } else { format!(" ({})", waived.basis) };
                out.waivers.push(WaiverLine {
                    unit: row.unit.clone(),
                    task: named(&parent.tasks[waived.parent]),
                    class: waived.class.clone(),
                    reason: format!("{}{ground}", waived.reason),
                });
            }
            for lost in &row.breaks {
                let (unit, count) = (&row.unit, lost.below);
                let Some(task) = self.audit.parent.tasks.get(lost.task).map(named) else { continue };
                out.breaks.push(self.say(&msg!(
                    "{unit}: {task} dừng ở đây, {count} đơn vị bên dưới không nhận được",
                    "{unit}: {task} ends here and does not reach {count} units below"
                )));
            }
            below.push(row);
        }
        for row in below {
            // those below a unit without plan stand in this matrix
            if let Some(plan) = &row.plan {
                self.level(plan, &row.below, next, out);
            }
        }
    }

    /// Returns where a unit's page stands; its own row where it has none.
    fn href(&self, row: &AuditRow, id: &str) -> String {
        let file = match self.pages {
            Pages::Inside => return format!("#{id}"),
            Pages::None => None,
            Pages::Files(files) => files.iter().find(|(own, _)| std::ptr::eq(*own, row)),
        };
        // a unit's file holds that unit alone
        file.map_or_else(|| format!("#r{id}"), |(_, name)| format!("{name}#u1"))
    }

    fn cell(&self, row: &AuditRow, task: usize, page: &str) -> MatrixCell {
        let state = self.state(row, task);
        // the heads of row and column say whose task it is
        let label = format!("{} {}", state.letter, state.label);
        let href = if row.plan.is_some() { format!("{page}-{task}") } else { page.to_owned() };
        MatrixCell { state: State { label, ..state }, href }
    }

    /// Returns the state of an upper plan's task at a unit.
    pub(super) fn state(&self, row: &AuditRow, task: usize) -> State {
        if row.plan.is_none() {
            return self.made("–", "none", &msg!("không có kế hoạch", "no plan"));
        }
        let answered = row.links.iter().find(|link| link.is_accepted() && link.parent.contains(&task));
        if let Some(link) = answered {
            return self.state_of(link);
        }
        if row.links.iter().any(|link| link.parent.contains(&task)) {
            return self.made("?", "ask", &msg!("chưa chắc", "doubtful"));
        }
        if let Some(dropped) = row.dropped.iter().find(|dropped| dropped.parent == task) {
            return self.drop_state(dropped.class, dropped.coordinates);
        }
        self.made("M", "wv", &msg!("không áp dụng, có lý do", "waived with a reason"))
    }

    pub(super) fn drop_state(&self, class: DropClass, coordinates: bool) -> State {
        match class {
            DropClass::Unanswered if coordinates => {
                self.made("p", "bad2", &msg!("chưa có, chỉ phối hợp", "not answered, only coordinating"))
            }
            DropClass::Unanswered => self.made("!", "bad", &msg!("bỏ sót", "lost")),
            DropClass::UpperOnly => self.made("·", "no", &msg!("không giao cấp này", "not given to this level")),
            DropClass::NoCounterpart => self.made("0", "no", &msg!("không có cơ quan tương ứng", "no counterpart")),
            DropClass::Done => self.made("✓", "no", &msg!("đã hoàn thành", "done")),
        }
    }

    pub(super) fn state_of(&self, link: &Link) -> State {
        if link.changes.iter().any(|change| is_bad(change.effect)) {
            return self.made("▼", "bad2", &msg!("nhận về, giảm so với cấp trên", "taken over with less"));
        }
        match link.relation {
            Relation::Split => self.made("T", "ok2", &msg!("tách", "split")),
            Relation::Merged => self.made("G", "ok2", &msg!("gộp", "merged")),
            Relation::Verbatim | Relation::Localised | Relation::Amended | Relation::Narrowed => {
                if link.changes.is_empty() {
                    self.made("K", "ok", &msg!("nhận về", "taken over"))
                } else {
                    self.made("S", "ok2", &msg!("nhận về có sửa", "taken over with changes"))
                }
            }
        }
    }

    /// Returns all states in the order of the legend.
    fn states(&self) -> Vec<State> {
        let drops = [
            (DropClass::Unanswered, true),
            (DropClass::UpperOnly, false),
            (DropClass::NoCounterpart, false),
            (DropClass::Done, false),
            (DropClass::Unanswered, false),
        ];
        let mut out = vec![
            self.made("K", "ok", &msg!("nhận về", "taken over")),
            self.made("S", "ok2", &msg!("nhận về có sửa", "taken over with changes")),
            self.made("T", "ok2", &msg!("tách", "split")),
            self.made("G", "ok2", &msg!("gộp", "merged")),
            self.made("M", "wv", &msg!("không áp dụng, có lý do", "waived with a reason")),
            self.made("?", "ask", &msg!("chưa chắc", "doubtful")),
            self.made("▼", "bad2", &msg!("nhận về, giảm so với cấp trên", "taken over with less")),
        ];
        out.extend(drops.map(|(class, coordinates)| self.drop_state(class, coordinates)));
        out.push(self.made("–", "none", &msg!("không có kế hoạch", "no plan")));
        out
    }

    pub(super) fn made(&self, letter: &'static str, class: &'static str, label: &Message) -> State {
        State { letter, class, label: self.say(label) }
    }

    fn page(&self, parent: &AuditPlan, row: &AuditRow, at: &Anchor<'_>) -> UnitPage {
        let counts = AuditCounts::of(parent, row);
        let about = row.plan.as_ref().map_or_else(|| self.say(&msg!("Không có kế hoạch", "No plan")), described);
        let shown = [
            (counts.answered, msg!("đã có", "answered")),
            (counts.dropped, msg!("bỏ sót", "lost")),
            (counts.coordinates, msg!("chưa có, chỉ phối hợp", "only coordinating")),
            (counts.doubtful, msg!("chưa chắc", "doubtful")),
            (counts.waived, msg!("không áp dụng", "waived")),
            (counts.not_given, msg!("không giao cấp này", "not given")),
            (counts.new, msg!("riêng", "own")),
        ];
        let mut groups = Vec::new();
        if row.plan.is_some() {
            groups = self.groups(parent, row, at);
        }
        UnitPage {
            id: at.unit.to_owned(),
            unit: row.unit.clone(),
            about,
            counts: shown.into_iter().map(|(count, label)| (count, self.say(&label))).collect(),
            groups,
            findings: self.findings_of(row),
        }
    }

    fn groups(&self, parent: &AuditPlan, row: &AuditRow, at: &Anchor<'_>) -> Vec<Group> {
        let drops = |wanted: fn(DropClass, bool) -> bool| -> Vec<Entry> {
            let kept = row.dropped.iter().filter(|dropped| wanted(dropped.class, dropped.coordinates));
            kept.map(|dropped| {
                let mut why = vec![self.say(&dropped.why)];
                if dropped.known {
                    why.push(self.say(&msg!("Đã có trong danh sách thiếu sót đã biết", "Listed among the known gaps")));
                }
                self.entry(parent, dropped.parent, at, self.drop_state(dropped.class, dropped.coordinates), why)
            })
            .collect()
        };
        let links = |wanted: &dyn Fn(&Link) -> bool| -> Vec<Entry> {
            row.links.iter().filter(|link| wanted(link)).map(|link| self.pair(parent, row, link, at)).collect()
        };
        let waived: Vec<Entry> = row
            .waived
            .iter()
            .map(|waived| {
                let why = [&waived.class, &waived.reason, &waived.basis].into_iter().filter(|text| !text.is_empty()).cloned().collect();
                self.entry(parent, waived.parent, at, self.state(row, waived.parent), why)
            })
            .collect();
        let own = row.plan.as_ref().map(|plan| row.new.iter().filter_map(|at| plan.tasks.get(*at)).collect::<Vec<_>>()).unwrap_or_default();
        let own: Vec<Entry> = own
            .into_iter()
            .map(|task| Entry {
                ids: Vec::new(),
                heading: task.code.clone(),
                task: String::new(),
                state: self.made("+", "ok2", &msg!("nhiệm vụ riêng", "own task")),
                upper: String::new(),
                lower: vec![Piece::same(&task.content)],
                why: Vec::new(),
                changes: Vec::new(),
            })
            .collect();
        let drifted = self.drifted(row);
        let less = |link: &Link| link.changes.iter().any(|change| is_bad(change.effect));
        let all = [
            (msg!("Bỏ sót", "Lost"), "bad", true, drops(|class, coordinates| class == DropClass::Unanswered && !coordinates)),
            (
                msg!("Chưa có, chỉ phối hợp", "Not answered, only coordinating"),
                "bad2",
                true,
                drops(|class, coordinates| class == DropClass::Unanswered && coordinates),
            ),
            (msg!("Chưa chắc, chờ người xác nhận", "Doubtful, waiting for a person"), "ask", true, links(&|link| !link.is_accepted())),
            (msg!("Nhận về, giảm so với cấp trên", "Taken over with less"), "bad2", true, links(&|link| link.is_accepted() && less(link))),
            (
                msg!("Nhận về có sửa", "Taken over with changes"),
                "ok2",
                false,
                links(&|link| link.is_accepted() && !less(link) && !link.changes.is_empty()),
            ),
            (msg!("Nhận về", "Taken over"), "ok", false, links(&|link| link.is_accepted() && link.changes.is_empty())),
            (msg!("Không áp dụng", "Waived"), "wv", false, waived),
            (msg!("Không giao cấp này", "Not given to this level"), "no", false, drops(|class, _| class != DropClass::Unanswered)),
            (msg!("Nhiệm vụ riêng", "Own tasks"), "ok2", false, own),
            (drifted.0, "ask", false, drifted.1),
        ];
        all.into_iter()
            .filter(|(.., entries)| !entries.is_empty())
            .map(|(title, class, open, entries)| {
                // an upper task's words stand in the list of tasks; a pair without changes has the unit's alone
                let brief = matches!(class, "ok" | "no");
                let mut entries = entries;
                for entry in entries.iter_mut().filter(|_| brief) {
                    if entry.lower.is_empty() {
                        entry.upper = first_words(&entry.upper, 12);
                    } else {
                        entry.upper.clear();
                    }
                }
                Group { title: self.say(&title), class, brief, open, entries }
            })
            .collect()
    }

    fn entry(&self, parent: &AuditPlan, task: usize, at: &Anchor<'_>, state: State, why: Vec<String>) -> Entry {
        let upper = &parent.tasks[task];
        Entry {
            ids: vec![at.cell(task)],
            heading: placed(parent, upper),
            task: at.task(task),
            state,
            upper: upper.content.clone(),
            lower: Vec::new(),
            why,
            changes: Vec::new(),
        }
    }

    fn pair(&self, parent: &AuditPlan, row: &AuditRow, link: &Link, at: &Anchor<'_>) -> Entry {
        let lower: Vec<&AuditTask> = row.plan.iter().flat_map(|plan| link.child.iter().filter_map(|at| plan.tasks.get(*at))).collect();
        let upper: Vec<&AuditTask> = link.parent.iter().filter_map(|at| parent.tasks.get(*at)).collect();
        let above = joined(&upper, |task| &task.content, " | ");
        let words = joined(&lower, |task| &task.content, " | ");
        // the content after translation, where the pair says what it is
        let content = link.changes.iter().find(|change| change.part == TaskPart::Content);
        let from = content.map_or(above.as_str(), |change| change.from.as_str());
        let mut why = vec![self.matched(link)];
        why.extend(link.evidence.iter().map(|message| self.say(message)));
        let state = if link.is_accepted() { self.state_of(link) } else { self.made("?", "ask", &msg!("chưa chắc", "doubtful")) };
        let codes = |list: &[&AuditTask]| joined(list, |task| &task.code, ", ");
        // an accepted pair explains the cell, also where a doubtful one names the task too
        let explains =
            |task: &usize| link.is_accepted() || !row.links.iter().any(|other| other.is_accepted() && other.parent.contains(task));
        Entry {
            ids: link.parent.iter().filter(|task| explains(task)).map(|task| at.cell(*task)).collect(),
            task: link.parent.first().map(|task| at.task(*task)).unwrap_or_default(),
            heading: format!("{} → {}", codes(&upper), codes(&lower)),
            state,
            upper: above.clone(),
            lower: compared(from, &words),
            why,
            changes: self.fields(&link.changes),
        }
    }

    /// Says how the texts of a pair relate and how alike they are: `chuyển theo cấp, 92%`.
    pub(super) fn matched(&self, link: &Link) -> String {
        format!("{}, {}", link.relation.title().get(self.lang), self.score(link))
    }

    /// Returns how alike a pair is: `45%`.
    pub(super) fn score(&self, link: &Link) -> String {
        format!("{}%", (link.score * 100.0).round())
    }

    fn findings_of(&self, row: &AuditRow) -> Vec<FindingLine> {
        let code = row.plan.as_ref().map(|plan| plan.code.as_str());
        let about =
            |finding: &&Diagnostic| finding.subject.plan.as_deref() == code && finding.subject.unit.as_deref() == Some(row.unit.as_str());
        // what the matrix shows is not told again
        let told = |finding: &&Diagnostic| {
            !("KH5045"..="KH5060").contains(&finding.code.text()) && !["KH5077", "KH5078"].contains(&finding.code.text())
        };
        self.findings
            .iter()
            .filter(about)
            .filter(told)
            .map(|finding| FindingLine {
                code: finding.code.text().to_owned(),
                message: self.say(&finding.message),
                place: finding.subject.place.clone().unwrap_or_default(),
                quote: finding.quote.clone().unwrap_or_default(),
            })
            .collect()
    }
}

/// Where the tasks of a unit's page are anchored.
struct Anchor<'a> {
    /// The unit's page.
    unit: &'a str,
    /// The list of the upper plan's tasks.
    tasks: &'a str,
}

impl Anchor<'_> {
    fn cell(&self, task: usize) -> String {
        format!("{}-{task}", self.unit)
    }

    fn task(&self, task: usize) -> String {
        format!("{}-{task}", self.tasks)
    }
}

fn in_full(plan: &AuditPlan, task: &AuditTask) -> UpperTask {
    UpperTask {
        heading: placed(plan, task),
        content: task.content.clone(),
        leads: task.leads.join("; "),
        deadline: task.deadline.join("; "),
    }
}

/// Returns what is said of several tasks in one line.
pub(super) fn joined(list: &[&AuditTask], text: fn(&AuditTask) -> &str, between: &str) -> String {
    list.iter().map(|task| text(task)).collect::<Vec<_>>().join(between)
}

/// Says whether a change makes less of a task.
pub(super) fn is_bad(effect: Effect) -> bool {
    match effect {
        Effect::Dropped | Effect::Later | Effect::Lowered | Effect::WrongLevel | Effect::StaleYear => true,
        Effect::Changed | Effect::Added | Effect::Earlier | Effect::Raised | Effect::Reworded => false,
    }
}

fn described(plan: &AuditPlan) -> String {
    let date = plan.date.map(|date| date.to_string()).unwrap_or_default();
    let parts = [plan.code.as_str(), &plan.title, &plan.unit, &plan.number, &date, &plan.file];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn column(task: &AuditTask) -> Column {
    Column {
        code: task.code.clone(),
        short: first_words(&task.content, 6),
        appendix: task.appendix.map(|at| at.to_string()).unwrap_or_default(),
    }
}

fn placed(plan: &AuditPlan, task: &AuditTask) -> String {
    match task.appendix.and_then(|at| plan.appendices.get(at)) {
        Some(appendix) => format!("{} ({})", task.code, appendix.place),
        None => task.code.clone(),
    }
}

fn named(task: &AuditTask) -> String {
    format!("{}: {}", task.code, first_words(&task.content, 12))
}

fn first_words(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= count { text.to_owned() } else { format!("{} …", words[..count].join(" ")) }
}
