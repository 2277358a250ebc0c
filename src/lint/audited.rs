//! What an audit reports: gaps, doubtful pairs, changes that lose something, chains that break.
//!
//! A plan that answers by verbs is judged by the other files of this room; here only what it does not answer counts.

use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, Lang, Message, Severity, msg};
use crate::matching::{
    Audit, AuditPlan, AuditRow, AuditTask, Change, DriftKind, DriftLine, DropClass, Dropped, Effect, Link, Relation, TaskPart, Waived,
};

/// Returns the findings of an audit, row by row. Gaps that the baseline knows bear the acceptance `known`.
pub fn audited(audit: &Audit, known: &str) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    rows(&audit.parent, &audit.parent, &audit.children, known, &mut out);
    out
}

fn rows(top: &AuditPlan, parent: &AuditPlan, list: &[AuditRow], known: &str, out: &mut Vec<Diagnostic>) {
    for row in list {
        let on = On { parent, row, known };
        match &row.plan {
            Some(plan) => on.plan(plan, out),
            None => on.missing(out),
        }
        for broken in &row.breaks {
            on.broken(top, broken, out);
        }
        rows(top, row.plan.as_ref().unwrap_or(parent), &row.below, known, out);
    }
}

struct On<'a> {
    parent: &'a AuditPlan,
    row: &'a AuditRow,
    known: &'a str,
}

impl On<'_> {
    fn note(&self, code: Code, at: Option<Loc>, message: Message, place: &str) -> Diagnostic {
        let note = match at {
            Some(at) => Diagnostic::new(code, at, message),
            None => Diagnostic::nowhere(code, message),
        };
        note.about(self.row.plan.as_ref().map_or("", |plan| plan.code.as_str()), &self.row.unit, place)
    }

    fn missing(&self, out: &mut Vec<Diagnostic>) {
        let (unit, code) = (&self.row.unit, &self.parent.code);
        let mut note = self
            .note(
                Code::KH5052,
                self.parent.loc,
                msg!("{unit} không có kế hoạch để đối chiếu với {code}", "{unit} has no plan to audit against {code}"),
                "",
            )
            .help(msg!("Thêm tệp kế hoạch của {unit}", "Add the file of {unit}"));
        if self.row.known {
            note.accepted = Some(self.known.to_owned());
        }
        out.push(note);
    }

    fn plan(&self, plan: &AuditPlan, out: &mut Vec<Diagnostic>) {
        for dropped in &self.row.dropped {
            self.dropped(plan, dropped, out);
        }
        if plan.unit_code.is_empty() {
            let file = &plan.file;
            out.push(
                self.note(
                    Code::KH5054,
                    plan.loc,
                    msg!("Không rõ {file} là kế hoạch của đơn vị nào", "Whose plan {file} is cannot be read"),
                    "",
                )
                .help(msg!("Xem dòng cơ quan ban hành ở đầu văn bản", "Look at the issuing body at the head of the document")),
            );
        }
        for link in &self.row.links {
            self.link(plan, link, out);
        }
        for waived in &self.row.waived {
            self.waived(waived, out);
        }
        if let Some(drift) = &self.row.drift {
            drift.lines.iter().for_each(|line| self.drifted(plan, &drift.plan, line, out));
        }
    }

    /// Notes a waived task as accepted by its reason: whoever reads the findings alone sees that it was not forgotten.
    fn waived(&self, waived: &Waived, out: &mut Vec<Diagnostic>) {
        if waived.reason.is_empty() {
            return;
        }
        let task = &self.parent.tasks[waived.parent];
        let (unit, code, parent, class) = (&self.row.unit, &task.code, &self.parent.code, &waived.class);
        let class = if class.is_empty() { String::new() } else { format!(" ({class})") };
        let mut note = self
            .note(
                Code::KH5078,
                Some(waived.loc),
                msg!("{unit} không áp dụng {code} của {parent}{class}", "{unit} waives {code} of {parent}{class}"),
                code,
            )
            .related(task.loc, msg!("nhiệm vụ của cấp trên", "the parent's task"))
            .quote(code.clone());
        let basis = if waived.basis.is_empty() { String::new() } else { format!(" ({})", waived.basis) };
        note.accepted = Some(format!("{}{basis}", waived.reason));
        out.push(note);
    }

    /// Reports what differs from the plan that the project derives, unless the comparison with the parent says it already.
    fn drifted(&self, plan: &AuditPlan, derived: &str, line: &DriftLine, out: &mut Vec<Diagnostic>) {
        let of_issued = |link: &&Link| link.is_accepted() && link.child.iter().any(|at| line.issued.contains(at));
        let told: Vec<&Change> = self.row.links.iter().filter(of_issued).flat_map(|link| &link.changes).collect();
        let is_told = |change: &Change| told.iter().any(|own| own.part == change.part && self.is_reported(own));
        let parts: Vec<Message> = line.changes.iter().filter(|change| !is_told(change)).map(|change| change.part.title()).collect();
        let gone = |dropped: &Dropped| {
            let code = &self.parent.tasks[dropped.parent].code;
            dropped.class == DropClass::Unanswered && line.derived.iter().any(|own| Key::new(own) == Key::new(code))
        };
        let codes = line.derived.join(", ");
        let own = codes_of(plan, &line.issued);
        let list = |lang| parts.iter().map(|part| part.get(lang).to_lowercase()).collect::<Vec<_>>().join(", ");
        let (vi, en) = (list(Lang::Vi), list(Lang::En));
        let message = match line.kind {
            DriftKind::Changed if parts.is_empty() => return,
            DriftKind::Changed => {
                msg!("{own} khác {codes} của {derived}: {vi}", "{own} differs from {codes} of {derived}: {en}")
            }
            DriftKind::Doubtful => {
                msg!("{own} có thể là {codes} của {derived} viết lại", "{own} may be {codes} of {derived}, rewritten")
            }
            DriftKind::Missing if self.row.dropped.iter().any(gone) => return,
            DriftKind::Missing => msg!("văn bản không có {codes} của {derived}", "the document does not have {codes} of {derived}"),
            DriftKind::Added => msg!("{own} không có trong {derived}", "{own} is not in {derived}"),
        };
        let task = line.issued.first().and_then(|at| plan.tasks.get(*at));
        let (unit, vi, en) = (&self.row.unit, &message.vi, &message.en);
        let place = task.map_or(codes.as_str(), |task| task.code.as_str());
        let note = self
            .note(Code::KH5077, task.map(|task| task.loc).or(plan.loc), msg!("{unit}: {vi}", "{unit}: {en}"), place)
            .help(msg!(
                "Bản ban hành đúng thì sửa {derived} (kehoach import --update); chưa đúng thì sửa văn bản",
                "If the issued plan is right, mend {derived} (kehoach import --update); if not, mend the document"
            ))
            .quote(if codes.is_empty() { own } else { codes.clone() });
        out.push(match task {
            Some(task) => placed(note, task),
            None => note,
        });
    }

    /// Says whether a change of a pair is a finding of its own.
    fn is_reported(&self, change: &Change) -> bool {
        match change.effect {
            Effect::Later | Effect::Lowered | Effect::WrongLevel | Effect::StaleYear | Effect::Reworded => true,
            Effect::Dropped => !matches!(change.part, TaskPart::Content | TaskPart::Coordinators | TaskPart::Synthesisers),
            Effect::Changed | Effect::Added | Effect::Earlier | Effect::Raised => false,
        }
    }

    fn dropped(&self, plan: &AuditPlan, dropped: &Dropped, out: &mut Vec<Diagnostic>) {
        match dropped.class {
            DropClass::Unanswered if dropped.severity != Severity::Info => {}
            DropClass::Unanswered | DropClass::UpperOnly | DropClass::NoCounterpart | DropClass::Done => return,
        }
        let task = &self.parent.tasks[dropped.parent];
        let (unit, code, parent) = (&self.row.unit, &task.code, &self.parent.code);
        let (why_vi, why_en) = (&dropped.why.vi, &dropped.why.en);
        let kind = if dropped.coordinates { Code::KH5046 } else { Code::KH5045 };
        let message = Message {
            vi: format!("{unit} không có nhiệm vụ nào ứng với {code} của {parent}: {why_vi}"),
            en: format!("{unit} has no task that answers {code} of {parent}: {why_en}"),
        };
        let mut note = self
            .note(kind, plan.loc, message, code)
            .with_severity(dropped.severity)
            .related(task.loc, msg!("nhiệm vụ của cấp trên", "the parent's task"))
            .help(msg!(
                "Bổ sung nhiệm vụ, hoặc ghi Ứng với: {code} dưới nhiệm vụ đã có",
                "Add a task, or write Ứng với: {code} below the one that answers it"
            ))
            .quote(code.clone());
        if dropped.known {
            note.accepted = Some(self.known.to_owned());
        }
        out.push(note);
    }

    fn link(&self, plan: &AuditPlan, link: &Link, out: &mut Vec<Diagnostic>) {
        let Some(first) = link.child.first().and_then(|at| plan.tasks.get(*at)) else { return };
        let (above, below) = (codes_of(self.parent, &link.parent), codes_of(plan, &link.child));
        let related = |note: Diagnostic| match link.parent.first().and_then(|at| self.parent.tasks.get(*at)) {
            Some(task) => note.related(task.loc, msg!("nhiệm vụ của cấp trên", "the parent's task")),
            None => note,
        };
        if !link.is_accepted() {
            let score = percent(link.score);
            let note = self
                .note(
                    Code::KH5047,
                    Some(first.loc),
                    msg!("{below} có thể ứng với {above} ({score}%)", "{below} may answer {above} ({score}%)"),
                    &first.code,
                )
                .help(msg!(
                    "Ghi Ứng với: {above} nếu đúng, Không ứng với: {above} nếu không",
                    "Write Ứng với: {above} if it does, Không ứng với: {above} if not"
                ))
                .quote(above.clone());
            out.push(related(placed(note, first)));
            return;
        }
        if plan.verbs {
            return;
        }
        if matches!(link.relation, Relation::Split | Relation::Merged) {
            let message = if link.relation == Relation::Split {
                msg!("{above} được tách thành {below}", "{above} is split into {below}")
            } else {
                msg!("{above} được gộp vào {below}", "{above} are merged into {below}")
            };
            out.push(related(self.note(Code::KH5058, Some(first.loc), message, &first.code)));
        }
        for change in &link.changes {
            if let Some(note) = self.change(first, &above, &below, change) {
                out.push(related(placed(note, first)));
            }
        }
    }

    fn change(&self, task: &AuditTask, above: &str, below: &str, change: &Change) -> Option<Diagnostic> {
        let Change { part, from, to, effect } = change;
        let (title, title_en) = (part.title().vi, part.title().en);
        let at = Some(task.loc);
        let note = match effect {
            Effect::Later => self.note(
                Code::KH5048,
                at,
                msg!(
                    "Thời hạn “{to}” của {below} muộn hơn {above} (“{from}”)",
                    "The deadline “{to}” of {below} is later than that of {above} (“{from}”)"
                ),
                &task.code,
            ),
            Effect::Lowered => self.note(
                Code::KH5049,
                at,
                msg!(
                    "Chỉ tiêu “{to}” của {below} thấp hơn {above} (“{from}”)",
                    "The target “{to}” of {below} is lower than that of {above} (“{from}”)"
                ),
                &task.code,
            ),
            Effect::WrongLevel => self.note(
                Code::KH5050,
                at,
                msg!(
                    "{below} giao “{to}” chủ trì, là cơ quan cấp trên (theo {above}: “{from}”)",
                    "{below} is led by “{to}”, of an upper level (by {above}: “{from}”)"
                ),
                &task.code,
            ),
            Effect::StaleYear => self.note(
                Code::KH5055,
                at,
                msg!("{title} của {below} còn năm của cấp trên: “{to}”", "{title_en} of {below} still has the parent's year: “{to}”"),
                &task.code,
            ),
            Effect::Reworded => self.note(
                Code::KH5060,
                at,
                msg!("{below} viết khác {above} quá nửa", "More than half of {below} is worded otherwise than {above}"),
                &task.code,
            ),
            Effect::Dropped => match part {
                TaskPart::Products | TaskPart::Leads | TaskPart::Deadline | TaskPart::Targets => self.note(
                    Code::KH5051,
                    at,
                    msg!(
                        "{below} bỏ mục {title} của {above}: có “{to}”, cấp trên “{from}”",
                        "{below} drops {title_en} of {above}: it has “{to}”, the parent “{from}”"
                    ),
                    &task.code,
                ),
                TaskPart::Content | TaskPart::Coordinators | TaskPart::Synthesisers => return None,
            },
            Effect::Changed | Effect::Added | Effect::Earlier | Effect::Raised => return None,
        };
        Some(note.quote(to.clone()))
    }

    fn broken(&self, top: &AuditPlan, broken: &crate::matching::Break, out: &mut Vec<Diagnostic>) {
        let Some(task) = top.tasks.get(broken.task) else { return };
        let (unit, code, plan, below) = (&self.row.unit, &task.code, &top.code, broken.below);
        let message = if below == 0 {
            msg!("{code} của {plan} dừng ở {unit}", "{code} of {plan} ends at {unit}")
        } else {
            msg!(
                "{code} của {plan} dừng ở {unit}, {below} đơn vị cấp dưới không còn nhận",
                "{code} of {plan} ends at {unit}; {below} units below no longer receive it"
            )
        };
        let at = self.row.plan.as_ref().and_then(|plan| plan.loc).or(top.loc);
        out.push(
            self.note(Code::KH5059, at, message, code)
                .related(task.loc, msg!("nhiệm vụ ở cấp trên cùng", "the topmost task"))
                .help(msg!("Bổ sung nhiệm vụ ở {unit} trước", "Add the task at {unit} first")),
        );
    }
}

/// Adds where the document has the task.
fn placed(note: Diagnostic, task: &AuditTask) -> Diagnostic {
    let origin = &task.origin;
    if origin.is_empty() { note } else { note.label(msg!("{origin}", "{origin}")) }
}

fn codes_of(plan: &AuditPlan, list: &[usize]) -> String {
    list.iter().filter_map(|at| plan.tasks.get(*at)).map(|task| task.code.as_str()).collect::<Vec<_>>().join(", ")
}

fn percent(score: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score between 0 and 1")]
    let percent = (score.clamp(0.0, 1.0) * 100.0).round() as u32;
    percent
}
