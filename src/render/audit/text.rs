//! The audit as text: the counts of all units, then each unit by itself.

use super::super::text::paragraph;
use super::AuditCounts;
use crate::diag::{Lang, Message, Severity, msg};
use crate::matching::{Audit, AuditPlan, AuditRow, Change, DropClass, Link, Relation};

/// Returns the audit as text, `width` columns wide.
pub fn text(audit: &Audit, width: usize, lang: Lang) -> String {
    let mut writer = Writer { lang, width: width.max(super::super::NARROWEST), out: String::new() };
    writer.head(audit);
    writer.overview(audit);
    for (depth, row) in audit.rows() {
        let parent = above(audit, row);
        writer.row(audit, parent, row, depth);
    }
    writer.line(0, &msg!("Không đối chiếu", "Not audited"));
    for sentence in &audit.unchecked {
        writer.item(2, sentence.get(lang));
    }
    writer.out
}

/// Returns the plan with which a row is compared.
pub(super) fn above<'a>(audit: &'a Audit, row: &AuditRow) -> &'a AuditPlan {
    fn find<'a>(parent: &'a AuditPlan, rows: &'a [AuditRow], wanted: &AuditRow) -> Option<&'a AuditPlan> {
        rows.iter().find_map(|row| {
            if std::ptr::eq(row, wanted) { Some(parent) } else { find(row.plan.as_ref().unwrap_or(parent), &row.below, wanted) }
        })
    }
    find(&audit.parent, &audit.children, row).unwrap_or(&audit.parent)
}

struct Writer {
    lang: Lang,
    width: usize,
    out: String,
}

impl Writer {
    fn line(&mut self, indent: usize, message: &Message) {
        let text = message.get(self.lang).to_owned();
        self.raw(indent, &text);
    }

    fn raw(&mut self, indent: usize, text: &str) {
        for line in paragraph(text, 0, self.width.saturating_sub(indent)) {
            self.out.push_str(&" ".repeat(indent));
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    /// An item whose further lines hang behind its dash.
    fn item(&mut self, indent: usize, text: &str) {
        for (at, line) in paragraph(text, 0, self.width.saturating_sub(indent + 2)).into_iter().enumerate() {
            self.out.push_str(&" ".repeat(indent));
            self.out.push_str(if at == 0 { "- " } else { "  " });
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    fn head(&mut self, audit: &Audit) {
        let AuditPlan { code, title, unit, number, tasks, file, .. } = &audit.parent;
        let (count, date) = (tasks.len(), audit.registry_date);
        let number = if number.is_empty() { String::new() } else { format!(", {number}") };
        self.line(
            0,
            &msg!("Đối chiếu với {code}: {title} ({unit}{number}; {file})", "Audit against {code}: {title} ({unit}{number}; {file})"),
        );
        self.line(0, &msg!("{count} nhiệm vụ; danh bạ ngày {date}", "{count} tasks; registry of {date}"));
        self.out.push('\n');
    }

    fn overview(&mut self, audit: &Audit) {
        let columns = [
            msg!("đã có", "answered"),
            msg!("chưa chắc", "doubtful"),
            msg!("bỏ sót", "dropped"),
            msg!("chỉ p/h", "coord."),
            msg!("không giao", "not given"),
            msg!("không a/d", "waived"),
            msg!("riêng", "own"),
        ];
        let wide = audit.rows().iter().map(|(depth, row)| row.unit.chars().count() + 2 * depth).max().unwrap_or(0).clamp(8, 40);
        let unit = msg!("Đơn vị", "Unit");
        let mut line = pad(unit.get(self.lang), wide);
        for column in &columns {
            line.push_str(&format!("  {:>10}", column.get(self.lang)));
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
        for (depth, row) in audit.rows() {
            let name = format!("{}{}", "  ".repeat(depth), row.unit);
            let mut line = pad(&name, wide);
            match &row.plan {
                None => {
                    let none = msg!("  không có kế hoạch", "  no plan");
                    line.push_str(none.get(self.lang));
                }
                Some(_) => {
                    let counts = AuditCounts::of(above(audit, row), row);
                    let shown =
                        [counts.answered, counts.doubtful, counts.dropped, counts.coordinates, counts.not_given, counts.waived, counts.new];
                    for count in shown {
                        line.push_str(&format!("  {count:>10}"));
                    }
                }
            }
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
        self.out.push('\n');
    }

    fn row(&mut self, audit: &Audit, parent: &AuditPlan, row: &AuditRow, depth: usize) {
        let Some(plan) = &row.plan else { return };
        let (unit, code, file, upper) = (&row.unit, &plan.code, &plan.file, &parent.code);
        let counts = AuditCounts::of(parent, row);
        let (answered, tasks) = (counts.answered, counts.tasks);
        self.raw(0, &"─".repeat(self.width.min(60)));
        if depth == 0 {
            self.line(
                0,
                &msg!(
                    "{unit} · {code} ({file}): {answered}/{tasks} nhiệm vụ đã có",
                    "{unit} · {code} ({file}): {answered}/{tasks} tasks answered"
                ),
            );
        } else {
            self.line(
                0,
                &msg!(
                    "{unit} · {code} ({file}), so với {upper}: {answered}/{tasks} nhiệm vụ đã có",
                    "{unit} · {code} ({file}), against {upper}: {answered}/{tasks} tasks answered"
                ),
            );
        }
        self.out.push('\n');
        self.drops(parent, row);
        self.doubts(parent, plan, row);
        self.pairs(parent, plan, row);
        self.listed(parent, row, DropClass::UpperOnly, &msg!("Cấp trên không giao cho cấp này", "Not given to this level"));
        self.listed(parent, row, DropClass::NoCounterpart, &msg!("Không có cơ quan tương ứng", "No counterpart"));
        self.listed(parent, row, DropClass::Done, &msg!("Đã hoàn thành", "Done"));
        if !row.waived.is_empty() {
            self.line(2, &msg!("Không áp dụng", "Waived"));
            for waived in &row.waived {
                let class = if waived.class.is_empty() { String::new() } else { format!(" [{}]", waived.class) };
                self.item(4, &format!("{}{class} {}", code_of(parent, waived.parent), waived.reason));
            }
        }
        if !row.new.is_empty() {
            let codes: Vec<String> = row.new.iter().map(|at| code_of(plan, *at)).collect();
            let codes = codes.join(", ");
            self.line(2, &msg!("Nhiệm vụ riêng: {codes}", "Own tasks: {codes}"));
        }
        self.drift(plan, row);
        self.breaks(audit, row);
        self.out.push('\n');
    }

    /// Names the tasks of the topmost plan that come down no further, those together that as many units no longer receive.
    fn breaks(&mut self, audit: &Audit, row: &AuditRow) {
        let mut counts: Vec<usize> = row.breaks.iter().map(|broken| broken.below).collect();
        counts.sort_unstable();
        counts.dedup();
        for below in counts.into_iter().rev() {
            let codes: Vec<String> =
                row.breaks.iter().filter(|broken| broken.below == below).map(|broken| code_of(&audit.parent, broken.task)).collect();
            let (codes, top) = (codes.join(", "), &audit.parent.code);
            self.line(
                2,
                &if below == 0 {
                    msg!("Dừng ở đây, không xuống nữa: {codes} (của {top})", "Ends here: {codes} (of {top})")
                } else {
                    msg!(
                        "Đứt ở đây, {below} đơn vị cấp dưới được nêu mà không nhận được: {codes} (của {top})",
                        "Breaks here; {below} units below are named and do not receive: {codes} (of {top})"
                    )
                },
            );
        }
    }

    fn drops(&mut self, parent: &AuditPlan, row: &AuditRow) {
        let unanswered: Vec<_> = row.dropped.iter().filter(|dropped| dropped.class == DropClass::Unanswered).collect();
        if unanswered.is_empty() {
            return;
        }
        self.line(2, &msg!("Không được trả lời", "Not answered"));
        for dropped in unanswered {
            let Some(task) = parent.tasks.get(dropped.parent) else { continue };
            let mark = match dropped.severity {
                Severity::Error => msg!("lỗi", "error"),
                Severity::Warning => msg!("cảnh báo", "warning"),
                Severity::Info => msg!("thông tin", "note"),
            };
            let known = if dropped.known { msg!(" (đã biết)", " (known)") } else { Message::default() };
            let place = task.appendix.and_then(|at| parent.appendices.get(at)).map(|one| format!(" ({})", one.place)).unwrap_or_default();
            let text = format!("{}{place} [{}]{}: {}", task.code, mark.get(self.lang), known.get(self.lang), task.content);
            self.item(4, &text);
            self.raw(6, dropped.why.get(self.lang));
        }
    }

    fn doubts(&mut self, parent: &AuditPlan, plan: &AuditPlan, row: &AuditRow) {
        if row.doubtful().next().is_none() {
            return;
        }
        self.line(2, &msg!("Chưa chắc: cần người xem trả lời", "Doubtful: a person has to say"));
        for link in row.doubtful() {
            let head = self.headline(parent, plan, link);
            self.item(4, &head);
            for (list, own) in [(&link.parent, parent), (&link.child, plan)] {
                for task in list.iter().filter_map(|at| own.tasks.get(*at)) {
                    self.raw(6, &format!("{}: {}", task.code, task.content));
                }
            }
            let why: Vec<&str> = link.evidence.iter().map(|message| message.get(self.lang)).collect();
            self.raw(6, &why.join("; "));
        }
    }

    fn pairs(&mut self, parent: &AuditPlan, plan: &AuditPlan, row: &AuditRow) {
        if row.accepted().next().is_none() {
            return;
        }
        self.line(2, &msg!("Đã có", "Answered"));
        for link in row.accepted() {
            let head = self.headline(parent, plan, link);
            self.item(4, &head);
            let content = link.changes.iter().filter(|change| !is_plain(link, change));
            for Change { part, from, to, effect } in content {
                let (title, effect) = (part.title(), effect.title());
                let (from, to) = (shown(from), shown(to));
                self.raw(6, &format!("{}, {}: “{from}” → “{to}”", title.get(self.lang), effect.get(self.lang)));
            }
        }
    }

    fn drift(&mut self, plan: &AuditPlan, row: &AuditRow) {
        let Some(drift) = row.drift.as_ref().filter(|drift| !drift.lines.is_empty()) else { return };
        let derived = &drift.plan;
        self.line(2, &msg!("Khác với bản dự án lập ({derived})", "Other than the plan that the project derives ({derived})"));
        for line in &drift.lines {
            let own: Vec<String> = line.issued.iter().map(|at| code_of(plan, *at)).collect();
            let codes = [line.derived.join(" + "), own.join(" + ")];
            let codes: Vec<&str> = codes.iter().map(String::as_str).filter(|codes| !codes.is_empty()).collect();
            self.item(4, &format!("{} [{}]: {}", codes.join(" → "), line.kind.title().get(self.lang), line.content));
            for Change { part, from, to, effect } in &line.changes {
                let (title, effect, from, to) = (part.title(), effect.title(), shown(from), shown(to));
                self.raw(6, &format!("{}, {}: “{from}” → “{to}”", title.get(self.lang), effect.get(self.lang)));
            }
        }
    }

    fn headline(&self, parent: &AuditPlan, plan: &AuditPlan, link: &Link) -> String {
        let list = |own: &AuditPlan, list: &[usize]| list.iter().map(|at| code_of(own, *at)).collect::<Vec<_>>().join(" + ");
        let relation = link.relation.title();
        let score = (link.score * 100.0).round();
        format!("{} → {} ({}, {score}%)", list(parent, &link.parent), list(plan, &link.child), relation.get(self.lang))
    }

    fn listed(&mut self, parent: &AuditPlan, row: &AuditRow, class: DropClass, title: &Message) {
        let list: Vec<_> = row.dropped.iter().filter(|dropped| dropped.class == class).collect();
        if list.is_empty() {
            return;
        }
        self.line(2, title);
        for dropped in list {
            self.item(4, &format!("{}: {}", code_of(parent, dropped.parent), dropped.why.get(self.lang)));
        }
    }
}

/// Says whether a change only repeats what the relation says.
fn is_plain(link: &Link, change: &Change) -> bool {
    use crate::matching::{Effect, TaskPart};
    change.part == TaskPart::Content && change.effect == Effect::Changed && link.relation != Relation::Verbatim
}

fn code_of(plan: &AuditPlan, at: usize) -> String {
    plan.tasks.get(at).map(|task| task.code.clone()).unwrap_or_default()
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

fn pad(text: &str, width: usize) -> String {
    let count = text.chars().count();
    format!("{text}{}", " ".repeat(width.saturating_sub(count)))
}
