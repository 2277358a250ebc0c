//! GIAO KẾ HOẠCH, second part: the plan of each recipient, from the common blocks and its RIÊNG.

use super::compose::{self, Body, Partial};
use super::field::{self, misread};
use super::header::{self, Head};
use super::recipient::{Handed, Own, PLACEHOLDERS, Reached, Shape, Upper, fill};
use super::{Context, PlanDraft, plan};
use crate::agency::{Registry, Unit, UnitId};
use crate::base::{Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Code, Exception, HandingId, HandingOn, Header, ParentLink, Plan, PlanId, Recipient, Roll, TaskRef, Text};
use crate::syntax::ast::Label;
use crate::value::Deadline;

/// Reads the handings-on and adds the plans that they generate behind `plans`, in the order of `codes`.
///
/// Findings: `KH0025`, `KH0026`, `KH0033`, `KH3032` to `KH3035`, and those of any plan.
pub(super) fn expand(
    cx: &mut Context<'_>,
    registry: &Registry,
    codes: &[Code],
    handed: &[Handed<'_>],
    plans: &mut Vec<Plan>,
) -> Vec<HandingOn> {
    // `Theo` may name plans and handings-on
    let mut names = codes.to_vec();
    names.extend(handed.iter().map(|one| one.draft.code.clone()));
    let mut out = Vec::new();
    for (at, one) in handed.iter().enumerate() {
        let mut reading = Reading { cx, registry, codes, at, one };
        out.push(reading.handing(&names, plans));
    }
    out
}

struct Reading<'r, 'c, 's> {
    cx: &'r mut Context<'s>,
    registry: &'r Registry,
    codes: &'r [Code],
    at: usize,
    one: &'r Handed<'c>,
}

impl Reading<'_, '_, '_> {
    fn handing(&mut self, names: &[Code], plans: &mut Vec<Plan>) -> HandingOn {
        let draft = &self.one.draft;
        let head = header::head(self.cx, names, draft);
        report_missing(self.cx, draft);
        let title = single(draft, Label::PlanTitle);
        let issue_by = self.issue_by(&head.header);
        self.report_placeholders(&head.header, title.as_ref());
        let links = head.parents.clone();
        let common = plan::bare(draft, head);
        let common = plan::read(self.cx, self.registry, draft, common, "");
        let stated: Vec<Plan> = self.one.owns.iter().map(|own| self.stated(own, &common)).collect();
        let partials: Vec<Vec<Partial>> = (0..stated.len()).map(|at| self.partials(at, &stated, &common)).collect();
        let mut read: Vec<(Plan, bool)> = Vec::new();
        for (at, plan) in stated.into_iter().enumerate() {
            let shares = |other: usize| self.one.owns[other].units.iter().any(|unit| self.one.owns[at].units.contains(unit));
            let others = partials.iter().enumerate().filter(|(other, _)| *other != at && shares(*other));
            let beside: Vec<Partial> = others.flat_map(|(_, list)| list.iter().cloned()).collect();
            read.push(self.own(at, plan, &common, &partials[at], &beside));
        }
        let (owns, mut faulty): (Vec<Plan>, Vec<bool>) = read.into_iter().unzip();
        self.report_overlaps(&owns, &mut faulty);

        let mut recipients = Vec::new();
        let mut exceptions: Vec<Exception> = Vec::new();
        for (own, faulty) in self.one.owns.iter().zip(faulty) {
            let loc = Loc::new(own.draft.source, own.draft.head.heading.span);
            exceptions.push(Exception { units: own.units.clone(), own_file: own.file.is_some(), faulty, without: Vec::new(), loc });
        }
        for reached in &self.one.recipients {
            let follows: Vec<ParentLink> = links.iter().filter_map(|link| self.link(link, reached)).collect();
            let plan = reached.plan.map(PlanId::new);
            if let (Some(id), None) = (plan, reached.own_file) {
                let of_unit: Vec<usize> = (0..owns.len()).filter(|at| self.one.owns[*at].units.contains(&reached.unit)).collect();
                let whole: Vec<&Plan> = of_unit.iter().map(|at| &owns[*at]).collect();
                let made = self.plan(&common, &whole, &follows, reached, title.as_ref(), plans);
                for at in &of_unit {
                    let rest: Vec<&Plan> = of_unit.iter().filter(|other| *other != at).map(|other| &owns[*other]).collect();
                    let without = self.plan(&common, &rest, &follows, reached, title.as_ref(), plans);
                    exceptions[*at].without.push((id, without));
                }
                plans.push(made);
            }
            if let (Some(id), Some(at)) = (plan, reached.own_file) {
                self.report_astray(&plans[id.index()], &follows, at, reached.unit, plans);
            }
            let follows = follows.iter().map(|link| link.plan).collect();
            recipients.push(Recipient { unit: reached.unit, plan, follows, own_file: reached.own_file });
        }
        HandingOn { code: draft.code.clone(), level: self.one.level, issue_by, recipients, exceptions, loc: common.loc }
    }

    /// Returns the plan of one unit.
    fn plan(&self, common: &Plan, owns: &[&Plan], follows: &[ParentLink], reached: &Reached, title: Option<&Text>, plans: &[Plan]) -> Plan {
        let unit = self.registry.unit(reached.unit);
        let Body { appendices, parts, targets, statements, acceptances } = compose::compose(common, owns);
        let title = match title {
            Some(text) => self.filled(text, unit, &common.header),
            None => self.usual_title(follows, common, plans),
        };
        Plan {
            code: reached.plan.map_or_else(|| common.code.clone(), |at| self.codes[at].clone()),
            title,
            unit: Some(reached.unit),
            level: Some(unit.level),
            header: self.header(&common.header, unit),
            parents: follows.to_vec(),
            misses_parent: common.misses_parent,
            appendices,
            parts,
            targets,
            statements,
            acceptances,
            roll: Roll::default(),
            generated: Some(HandingId::new(self.at)),
            loc: common.loc,
        }
    }

    /// The title of the plan that is followed, its year moved.
    fn usual_title(&self, follows: &[ParentLink], common: &Plan, plans: &[Plan]) -> Text {
        let Some((link, upper)) = follows.first().and_then(|link| plans.get(link.plan.index()).map(|upper| (link, upper))) else {
            return common.title.clone();
        };
        let mut value = upper.title.value.clone();
        let years = link.years.or(upper.header.year.zip(common.header.year));
        if let Some((from, to)) = years {
            value = value.replace(&from.to_string(), &to.to_string());
        }
        Text { value, loc: common.loc }
    }

    fn filled(&self, text: &Text, unit: &Unit, header: &Header) -> Text {
        let year = header.year.or(header.period.map(|(first, _)| first));
        Text { value: fill(&text.value, unit, year, Shape::Text), loc: text.loc }
    }

    fn header(&self, common: &Header, unit: &Unit) -> Header {
        let year = common.year.or(common.period.map(|(first, _)| first));
        let mut out = common.clone();
        for text in texts(&mut out) {
            text.value = fill(&text.value, unit, year, Shape::Text);
        }
        for line in &mut out.signer {
            *line = fill(line, unit, year, Shape::Text);
        }
        out
    }

    /// Returns the link of one unit's plan for a line of `Theo`.
    fn link(&self, link: &ParentLink, reached: &Reached) -> Option<ParentLink> {
        let at = link.plan.index();
        let upper = if at < self.codes.len() { Upper::Plan(at) } else { Upper::Handing(at - self.codes.len()) };
        let (_, plan) = reached.follows.iter().find(|(other, _)| *other == upper)?;
        plan.map(|plan| ParentLink { plan: PlanId::new(plan), ..link.clone() })
    }

    /// Reads what a RIÊNG states.
    fn stated(&mut self, own: &Own<'_>, common: &Plan) -> Plan {
        let head = Head { header: common.header.clone(), unit: None, parents: Vec::new(), misses_parent: false, results_file: None };
        let bare = plan::bare(&own.draft, head);
        plan::read(self.cx, self.registry, &own.draft, bare, "")
    }

    /// Returns what the RIÊNG (by its place in `stated`) replaces in part. What other RIÊNG answer for all its units is not missing in it.
    fn partials(&self, at: usize, stated: &[Plan], common: &Plan) -> Vec<Partial> {
        let units = &self.one.owns[at].units;
        let beside = |unit: &UnitId, task: &TaskRef| {
            let mut others = self.one.owns.iter().zip(stated).enumerate().filter(|(other, _)| *other != at);
            others.any(|(_, (other, plan))| other.units.contains(unit) && compose::answers(plan, task))
        };
        let elsewhere = |task: &TaskRef| !units.is_empty() && units.iter().all(|unit| beside(unit, task));
        compose::partials(common, &stated[at], elsewhere)
    }

    /// Returns a RIÊNG as it counts: what it replaces in part is reported and left out, and the answer says so. `beside` is what other RIÊNG of its
    /// units replace in part: its share of that counts no more.
    fn own(&mut self, at: usize, mut read: Plan, common: &Plan, partials: &[Partial], beside: &[Partial]) -> (Plan, bool) {
        let own = &self.one.owns[at];
        let code = &self.one.draft.code.text;
        for partial in partials {
            let missing = partial.missing.join(", ");
            let common_at = common.statements[partial.common].loc;
            self.cx.note(
                Diagnostic::new(
                    Kh::KH3034,
                    partial.at,
                    msg!(
                        "RIÊNG trả lời một phần của TÁCH, GỘP chung; còn thiếu: {missing}",
                        "RIÊNG replaces a common TÁCH or GỘP in part; still to be answered: {missing}"
                    ),
                )
                .related(common_at, msg!("TÁCH, GỘP chung cho mọi đơn vị", "the common TÁCH or GỘP"))
                .help(msg!("Trả lời cả {missing} trong RIÊNG này", "Answer {missing} too in this RIÊNG"))
                .about(code, "", &missing),
            );
        }
        compose::withdraw(&mut read, common, partials);
        compose::withdraw(&mut read, common, beside);
        if own.file.is_some() && !read.statements.is_empty() {
            let at = read.statements[0].loc;
            self.cx.note(
                Diagnostic::new(
                    Kh::KH3035,
                    at,
                    msg!("RIÊNG có Tệp nên các động từ ở đây không dùng đến", "This RIÊNG has Tệp, so its verbs are not used"),
                )
                .help(msg!("Viết các động từ trong tệp của đơn vị, hoặc bỏ Tệp", "Put the verbs into the unit's file, or remove Tệp"))
                .about(code, "", ""),
            );
        }
        (read, !partials.is_empty() || !beside.is_empty())
    }

    /// Reports tasks that two RIÊNG answer for one unit.
    fn report_overlaps(&mut self, owns: &[Plan], faulty: &mut [bool]) {
        for (later, second) in owns.iter().enumerate() {
            for (first, earlier) in owns.iter().enumerate().take(later) {
                let shared = self.one.owns[later].units.iter().filter(|unit| self.one.owns[first].units.contains(unit));
                let shared: Vec<&str> = shared.map(|unit| self.registry.unit(*unit).name.as_str()).collect();
                if shared.is_empty() {
                    continue;
                }
                let shared = shared.join(", ");
                for (code, before) in compose::overlaps(earlier, second) {
                    faulty[later] = true;
                    let text = &code.text;
                    self.cx.note(
                        Diagnostic::new(
                            Kh::KH3033,
                            code.loc,
                            msg!("Hai RIÊNG cùng trả lời {text} cho {shared}", "Two RIÊNG answer {text} for {shared}"),
                        )
                        .related(before, msg!("đã trả lời ở đây", "answered here already"))
                        .help(msg!("Giữ {text} ở một RIÊNG cho mỗi đơn vị", "Keep {text} in one RIÊNG for each unit"))
                        .about(&self.one.draft.code.text, &shared, text)
                        .quote(text.clone()),
                    );
                }
            }
        }
    }

    /// Reports a unit's own plan that does not follow the plan that is handed on.
    fn report_astray(&mut self, own: &Plan, follows: &[ParentLink], at: Loc, unit: UnitId, plans: &[Plan]) {
        for link in follows.iter().filter(|link| !own.parents.iter().any(|parent| parent.plan == link.plan)) {
            // a plan that names an unknown parent is reported there
            if own.misses_parent {
                continue;
            }
            let name = &self.registry.unit(unit).name;
            let (code, upper) = (&own.code.text, self.codes.get(link.plan.index()).map_or("", |code| code.text.as_str()));
            let mut note = Diagnostic::new(
                Kh::KH3032,
                at,
                msg!(
                    "{name} chưa có kế hoạch theo {upper}: {code} không theo kế hoạch đó",
                    "{name} has no plan that follows {upper}: {code} does not"
                ),
            )
            .related(own.loc, msg!("kế hoạch của đơn vị", "the unit's plan"));
            if let Some(plan) = plans.get(link.plan.index()) {
                note = note.related(plan.loc, msg!("kế hoạch được giao", "the plan that is handed on"));
            }
            self.cx.note(note.help(msg!("Thêm vào {code} dòng: Theo: {upper}", "Add to {code} the line: Theo: {upper}")).about(
                &self.one.draft.code.text,
                name,
                "",
            ));
        }
    }

    fn issue_by(&mut self, header: &Header) -> Option<(crate::base::Date, Loc)> {
        let text = single(&self.one.draft, Label::IssueBy)?;
        let latest = Deadline::parse(&[text.value.as_str()]).latest(header.year);
        if latest.is_none() && !field::is_blank(&text.value) {
            misread(self.cx, text.loc, "Hạn ban hành", "Trước ngày 06/01/2023");
        }
        latest.map(|date| (date, text.loc))
    }

    /// Reports unknown placeholders of the head, once for all units.
    fn report_placeholders(&mut self, header: &Header, title: Option<&Text>) {
        let mut header = header.clone();
        let own: Vec<Text> = [title.cloned(), single(&self.one.draft, Label::PlanCode)].into_iter().flatten().collect();
        for text in texts(&mut header).into_iter().map(|text| &*text).chain(&own) {
            let mut rest = text.value.as_str();
            while let Some(open) = rest.find('{') {
                let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
                let name = rest[open + 1..close].trim();
                if !PLACEHOLDERS.iter().any(|known| Key::new(known) == Key::new(name)) {
                    let known: Vec<String> = PLACEHOLDERS.iter().map(|known| format!("{{{known}}}")).collect();
                    let known = known.join(", ");
                    let note = Diagnostic::new(
                        Kh::KH0033,
                        text.loc,
                        msg!("Không rõ chỗ điền “{{{name}}}”", "The placeholder “{{{name}}}” is unknown"),
                    );
                    let note = match near(name) {
                        Some(near) => note.help(msg!("Có phải {{{near}}}?", "Is it {{{near}}}?")).fix(
                            msg!("thay bằng {{{near}}}", "replace by {{{near}}}"),
                            text.loc,
                            format!("{{{near}}}"),
                            false,
                        ),
                        None => note.help(msg!("Ở đây dùng: {known}", "Use here: {known}")),
                    };
                    self.cx.note(note.about(&self.one.draft.code.text, "", "").quote(format!("{{{name}}}")));
                }
                rest = &rest[close + 1..];
            }
        }
    }
}

/// Returns the placeholder that is meant, where it is nearly one of those known.
fn near(name: &str) -> Option<&'static str> {
    let wanted = Key::new(name).toneless();
    let most = wanted.chars().count().div_ceil(4).min(2);
    let measured = PLACEHOLDERS.into_iter().map(|known| (strsim::osa_distance(&Key::new(known).toneless(), &wanted), known));
    measured.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Returns the texts of a header in which placeholders may stand.
fn texts(header: &mut Header) -> Vec<&mut Text> {
    let Header { number, date_text, proposed_by, effect, responsible, replaces, bases, opening, recipients, .. } = header;
    let single = [number, date_text, proposed_by, effect, responsible, replaces].into_iter().flatten();
    single.chain(bases).chain(opening).chain(recipients).collect()
}

fn single(draft: &PlanDraft<'_>, label: Label) -> Option<Text> {
    draft.head.field(label).and_then(|entry| field::text(draft.source, entry))
}

/// Reports what the head of a handing-on does not state (KH0026).
fn report_missing(cx: &mut Context<'_>, draft: &PlanDraft<'_>) {
    let code = &draft.code.text;
    let at = field::end_of(draft.source, draft.head);
    for (labels, what, example) in [
        (&[Label::Parents][..], "Theo", "Theo: TH-2022"),
        (&[Label::ToLevel][..], "Đến cấp", "Đến cấp: huyện"),
        (&[Label::Year, Label::Period][..], "Năm", "Năm: 2023"),
    ] {
        if !draft.head.fields().any(|field| labels.contains(&field.label)) {
            cx.note(
                Diagnostic::new(Kh::KH0026, at, msg!("{code} chưa ghi {what}", "{code} does not state {what}"))
                    .help(msg!("Thêm dòng: {example}", "Add the line: {example}"))
                    .about(code, "", ""),
            );
        }
    }
}
