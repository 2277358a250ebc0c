//! GIAO KẾ HOẠCH, first part: who receives a plan and under which code. Settled before any plan is read, so that `Theo` can name a generated plan.

use super::field::{self, misread};
use super::{Context, PlanDraft, header};
use crate::agency::{LevelId, Registry, Unit, UnitId};
use crate::base::{Date, Key, Loc, Year};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Code, Text};
use crate::syntax::ast::{Argument, Keyword, Label};

/// A handing-on whose recipients are known.
pub(super) struct Handed<'a> {
    /// The head and the common blocks.
    pub(super) draft: PlanDraft<'a>,
    /// The RIÊNG blocks, each with what stands below it.
    pub(super) owns: Vec<Own<'a>>,
    pub(super) level: Option<LevelId>,
    pub(super) recipients: Vec<Reached>,
}

/// A RIÊNG and its units.
pub(super) struct Own<'a> {
    pub(super) draft: PlanDraft<'a>,
    pub(super) units: Vec<UnitId>,
    /// `Tệp`.
    pub(super) file: Option<Text>,
}

/// A unit that receives a plan. Plans are positions in the list of all plans' codes.
pub(super) struct Reached {
    pub(super) unit: UnitId,
    pub(super) plan: Option<usize>,
    pub(super) own_file: Option<Loc>,
    /// For each line of `Theo` that exists, the plan that the unit's plan follows.
    pub(super) follows: Vec<Followed>,
}

/// What a line of `Theo` names, and the plan that a unit's plan follows by it.
type Followed = (Upper, Option<usize>);
/// A unit with what its plan follows.
type Follower = (UnitId, Vec<Followed>);
/// The units of a handing-on and their plans.
type Carriers = Vec<(UnitId, Option<usize>)>;

/// What a line of `Theo` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Upper {
    /// A plan, by its place among all plans.
    Plan(usize),
    /// A handing-on, by its place among the drafts.
    Handing(usize),
}

/// Settles who receives what, upper handings-on first, and adds the codes of the generated plans to `codes`.
pub(super) fn settle<'a>(
    cx: &mut Context<'_>,
    registry: &Registry,
    (plans, units): (&[PlanDraft<'_>], &[Option<Text>]),
    drafts: Vec<PlanDraft<'a>>,
    codes: &mut Vec<Code>,
) -> Vec<Handed<'a>> {
    let carriers = plans
        .iter()
        .zip(units)
        .map(|(draft, unit)| {
            // read again with the plan itself, where its findings count
            let mut quiet = Context { sources: cx.sources, notes: Vec::new() };
            let head = header::head(&mut quiet, &[], draft);
            registry.find_unit(&unit.as_ref()?.value, head.header.registry_date())
        })
        .collect();
    let names: Vec<Code> = drafts.iter().map(|draft| draft.code.clone()).collect();
    let sources = plans.iter().map(|draft| draft.source).collect();
    let mut settling = Settling { registry, carriers, sources, names, done: drafts.iter().map(|_| None).collect() };
    let mut waiting: Vec<(usize, PlanDraft<'a>)> = drafts.into_iter().enumerate().collect();
    let mut out = Vec::new();
    while !waiting.is_empty() {
        let ready = |(_, draft): &(usize, PlanDraft<'a>)| settling.is_ready(cx, codes, draft, true);
        // a name that nothing will ever bear must not keep its handing-on waiting
        let known = |(_, draft): &(usize, PlanDraft<'a>)| settling.is_ready(cx, codes, draft, false);
        let next = waiting.iter().position(ready).or_else(|| waiting.iter().position(known));
        let Some(next) = next else {
            report_cycle(cx, &waiting);
            for (at, draft) in waiting.drain(..) {
                out.push((at, Handed { draft, owns: Vec::new(), level: None, recipients: Vec::new() }));
            }
            break;
        };
        let (at, draft) = waiting.remove(next);
        let handed = settling.one(cx, codes, draft);
        settling.done[at] = Some(handed.recipients.iter().map(|reached| (reached.unit, reached.plan)).collect());
        out.push((at, handed));
    }
    settling.reorder(&mut out);
    out.into_iter().map(|(_, handed)| handed).collect()
}

struct Settling<'r> {
    registry: &'r Registry,
    /// The unit of each plan.
    carriers: Vec<Option<UnitId>>,
    /// The file of each plan that a file states.
    sources: Vec<crate::base::SourceId>,
    /// Codes of all handings-on.
    names: Vec<Code>,
    /// For each handing-on that is settled, its units and their plans.
    done: Vec<Option<Carriers>>,
}

impl Settling<'_> {
    /// Says whether all that `Theo` names is settled; with `all` also whether it exists.
    fn is_ready(&self, cx: &Context<'_>, codes: &[Code], draft: &PlanDraft<'_>, all: bool) -> bool {
        header::named_parents(cx, draft).iter().all(|(name, _, _)| match self.upper(codes, name) {
            Some(Upper::Plan(_)) => true,
            Some(Upper::Handing(at)) => self.done[at].is_some(),
            None => !all,
        })
    }

    fn upper(&self, codes: &[Code], name: &str) -> Option<Upper> {
        let key = Key::new(name);
        let plan = codes.iter().position(|code| code.key == key).map(Upper::Plan);
        plan.or_else(|| self.names.iter().position(|code| code.key == key).map(Upper::Handing))
    }

    /// References to handings-on become places in the settled order.
    fn reorder(&self, out: &mut [(usize, Handed<'_>)]) {
        let order: Vec<usize> = out.iter().map(|(at, _)| *at).collect();
        for (_, handed) in out {
            for (upper, _) in handed.recipients.iter_mut().flat_map(|reached| &mut reached.follows) {
                if let Upper::Handing(at) = upper {
                    *at = order.iter().position(|other| other == at).unwrap_or(*at);
                }
            }
        }
    }

    fn one<'a>(&mut self, cx: &mut Context<'_>, codes: &mut Vec<Code>, draft: PlanDraft<'a>) -> Handed<'a> {
        let (common, rests) = split(&draft);
        let mut quiet = Context { sources: cx.sources, notes: Vec::new() };
        let head = header::head(&mut quiet, &[], &draft);
        let date = head.header.registry_date();
        let year = head.header.year.or(head.header.period.map(|(first, _)| first));
        let uppers: Vec<Upper> = header::named_parents(cx, &draft).iter().filter_map(|(name, ..)| self.upper(codes, name)).collect();
        let level = self.level(cx, &draft, date);
        let units = level.map(|level| self.units(cx, &draft, level, date, &uppers)).unwrap_or_default();

        let owns: Vec<Own<'a>> = rests.into_iter().map(|rest| self.own(cx, &draft, rest, &units, level, date)).collect();
        let template = code_template(cx, &draft, units.len());
        let mut recipients = Vec::new();
        for (unit, follows) in units {
            let own = owns.iter().find(|own| own.file.is_some() && own.units.contains(&unit));
            let (plan, own_file) = match own.and_then(|own| own.file.as_ref()) {
                Some(file) => (self.own_plan(cx, &draft, file, unit), Some(file.loc)),
                None => {
                    let code = fill(&template.value, self.registry.unit(unit), year, Shape::Code);
                    codes.push(Code::new(code, template.loc));
                    self.carriers.push(Some(unit));
                    (Some(codes.len() - 1), None)
                }
            };
            recipients.push(Reached { unit, plan, own_file, follows });
        }
        Handed { draft: common, owns, level, recipients }
    }

    fn level(&self, cx: &mut Context<'_>, draft: &PlanDraft<'_>, date: Date) -> Option<LevelId> {
        let text = draft.head.field(Label::ToLevel).and_then(|entry| field::text(draft.source, entry))?;
        let name = &text.value;
        let code = &draft.code.text;
        let Some(level) = self.registry.find_level(name) else {
            let known: Vec<&str> = self.registry.levels().map(|(_, level)| level.name.as_str()).collect();
            let known = known.join("; ");
            cx.note(
                Diagnostic::new(Kh::KH3036, text.loc, msg!("Danh bạ không có cấp “{name}”", "The registry has no level “{name}”"))
                    .help(msg!("Chọn một trong: {known}", "Choose one of: {known}"))
                    .about(code, "", "")
                    .quote(name.clone()),
            );
            return None;
        };
        let entry = self.registry.level(level);
        if entry.validity.holds(date) {
            return Some(level);
        }
        let name = &entry.name;
        let mut note =
            Diagnostic::new(Kh::KH3036, text.loc, msg!("Không có cấp {name} vào ngày {date}", "There is no level {name} on {date}"))
                .related(entry.loc, msg!("hiệu lực của cấp {name}", "when the level {name} is in force"))
                .about(code, "", "")
                .quote(name.clone());
        let others: Vec<&str> =
            self.registry.levels().filter(|(_, level)| level.validity.holds(date)).map(|(_, level)| level.name.as_str()).collect();
        let others = others.join("; ");
        note = note.help(msg!("Giao đến một cấp đang có: {others}", "Hand it to a level that exists: {others}"));
        cx.note(note);
        None
    }

    /// Returns the units that receive the plan with what each follows: those of `Đơn vị`, else all of the level below the parents' units.
    fn units(&self, cx: &mut Context<'_>, draft: &PlanDraft<'_>, level: LevelId, date: Date, uppers: &[Upper]) -> Vec<Follower> {
        let mut out: Vec<Follower> = Vec::new();
        if uppers.is_empty() {
            return out;
        }
        let listed = draft.head.field(Label::Unit).map(|entry| field::values(cx, draft.source, entry)).unwrap_or_default();
        let values: Vec<(String, Loc)> = listed.iter().map(|value| (value.text.to_owned(), value.loc)).collect();
        let all = values.iter().all(|(name, _)| Key::new(name) == Key::new("tất cả"));
        let level_name = &self.registry.level(level).name;
        let code = &draft.code.text;
        if all {
            let of_level = self.registry.units().filter(|(_, unit)| unit.level == level && unit.validity.holds(date));
            for (unit, _) in of_level {
                if let Some(follows) = self.follows(unit, date, uppers) {
                    out.push((unit, follows));
                }
            }
            // a parent without a known unit is reported at its own heading
            let known = uppers.iter().all(|upper| match upper {
                Upper::Plan(at) => self.carriers[*at].is_some(),
                Upper::Handing(at) => self.done[*at].as_ref().is_some_and(|units| !units.is_empty()),
            });
            if out.is_empty() && known {
                let entry = draft.head.field(Label::ToLevel);
                let at = entry.and_then(|entry| field::text(draft.source, entry)).map_or(draft.code.loc, |text| text.loc);
                cx.note(
                    Diagnostic::new(
                        Kh::KH3036,
                        at,
                        msg!(
                            "Ngày {date} không có đơn vị cấp {level_name} nào dưới đơn vị của kế hoạch cấp trên",
                            "On {date} no unit of the level {level_name} lies below the upper plan's unit"
                        ),
                    )
                    .help(msg!("Sửa Đến cấp hoặc Theo, hoặc khai đơn vị trong DANH BẠ", "Mend Đến cấp or Theo, or declare the units"))
                    .about(code, "", ""),
                );
            }
            return out;
        }
        for (name, loc) in values {
            let Some(unit) = self.unit(cx, draft, &name, loc, date) else { continue };
            let entry = self.registry.unit(unit);
            let full = &entry.name;
            let why = if entry.level != level {
                msg!("{full} không thuộc cấp {level_name}", "{full} is not of the level {level_name}")
            } else if !entry.validity.holds(date) {
                msg!("{full} không có vào ngày {date}", "{full} does not exist on {date}")
            } else if let Some(follows) = self.follows(unit, date, uppers) {
                if !out.iter().any(|(other, _)| *other == unit) {
                    out.push((unit, follows));
                }
                continue;
            } else {
                msg!("{full} không thuộc đơn vị của kế hoạch cấp trên", "{full} does not lie below the upper plan's unit")
            };
            cx.note(
                Diagnostic::new(Kh::KH3036, loc, why)
                    .related(entry.loc, msg!("đơn vị này", "the unit"))
                    .help(msg!(
                        "Bỏ đơn vị này khỏi danh sách, hoặc sửa Đến cấp và Năm",
                        "Take the unit off the list, or mend Đến cấp and Năm"
                    ))
                    .about(code, full, "")
                    .quote(name),
            );
        }
        out
    }

    fn unit(&self, cx: &mut Context<'_>, draft: &PlanDraft<'_>, name: &str, loc: Loc, date: Date) -> Option<UnitId> {
        let found = self.registry.find_unit(name, date);
        if found.is_none() && !field::is_blank(name) {
            let head = header::head(&mut Context { sources: cx.sources, notes: Vec::new() }, &[], draft);
            let plan = super::plan::bare(draft, head);
            super::plan::unknown_unit(cx, self.registry, &plan, &Text { value: name.to_owned(), loc });
        }
        found
    }

    /// Returns what a unit's plan follows for each line of `Theo`; `None` where the unit lies below none of their units.
    fn follows(&self, unit: UnitId, date: Date, uppers: &[Upper]) -> Option<Vec<Followed>> {
        let above: Vec<UnitId> = std::iter::successors(Some(unit), |unit| self.registry.unit_above(*unit, date)).skip(1).take(8).collect();
        let mut out = Vec::new();
        for upper in uppers {
            let plan = match upper {
                Upper::Plan(at) => self.carriers[*at].filter(|carrier| above.contains(carrier)).map(|_| Some(*at)),
                Upper::Handing(at) => {
                    let units = self.done[*at].as_ref()?;
                    above.iter().find_map(|one| units.iter().find(|(carrier, _)| carrier == one)).map(|(_, plan)| *plan)
                }
            };
            out.push((*upper, plan?));
        }
        Some(out)
    }

    fn own<'a>(
        &self,
        cx: &mut Context<'_>,
        draft: &PlanDraft<'_>,
        rest: PlanDraft<'a>,
        reached: &[Follower],
        level: Option<LevelId>,
        date: Date,
    ) -> Own<'a> {
        let mut units = Vec::new();
        if let Argument::Codes(codes) = &rest.head.heading.argument {
            for code in codes {
                let loc = Loc::new(rest.source, code.span);
                let name = &code.code;
                let Some(unit) = self.unit(cx, draft, name, loc, date) else { continue };
                if reached.iter().any(|(other, _)| *other == unit) {
                    if !units.contains(&unit) {
                        units.push(unit);
                    }
                } else if level.is_some() && !reached.is_empty() {
                    let entry = self.registry.unit(unit);
                    let (full, own) = (&entry.name, &draft.code.text);
                    cx.note(
                        Diagnostic::new(Kh::KH3036, loc, msg!("{own} không giao đến {full}", "{own} is not handed to {full}"))
                            .related(entry.loc, msg!("đơn vị này", "the unit"))
                            .help(msg!("Sửa mã đơn vị ở RIÊNG, hoặc Đến cấp và Đơn vị", "Mend the unit's code, or Đến cấp and Đơn vị"))
                            .about(own, full, "")
                            .quote(name.clone()),
                    );
                }
            }
        }
        let file = rest.head.field(Label::File).and_then(|entry| field::text(rest.source, entry));
        Own { draft: rest, units, file }
    }

    /// Returns the plan of a unit in the file that it writes itself.
    fn own_plan(&self, cx: &mut Context<'_>, draft: &PlanDraft<'_>, file: &Text, unit: UnitId) -> Option<usize> {
        let here = cx.sources.get(draft.source).name();
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let wanted = joined(folder, &file.value);
        let stands = |at: &usize| self.carriers[*at] == Some(unit) && cx.sources.get(self.sources[*at]).name() == wanted;
        let found = (0..self.sources.len()).find(stands);
        if found.is_none() {
            let (name, path) = (&self.registry.unit(unit).name, &file.value);
            let any = cx.sources.iter().any(|(_, source)| source.name() == wanted);
            let note = if any {
                Diagnostic::new(Kh::KH3032, file.loc, msg!("{path} không có kế hoạch của {name}", "{path} holds no plan of {name}"))
            } else {
                let message = msg!("{name} chưa có kế hoạch: dự án không có tệp {path}", "{name} has no plan: there is no file {path}");
                Diagnostic::new(Kh::KH3032, file.loc, message)
            };
            cx.note(
                note.help(msg!(
                    "Đặt kế hoạch của {name} vào tệp đó, hoặc bỏ Tệp để công cụ lập kế hoạch",
                    "Put the plan of {name} into that file, or remove Tệp to have the plan generated"
                ))
                .about(&draft.code.text, name, "")
                .quote(path.clone()),
            );
        }
        found
    }
}

/// Parts a handing-on into its common blocks and its RIÊNG.
fn split<'a>(draft: &PlanDraft<'a>) -> (PlanDraft<'a>, Vec<PlanDraft<'a>>) {
    let starts: Vec<usize> =
        draft.blocks.iter().enumerate().filter(|(_, block)| block.heading.keyword == Keyword::Own).map(|(at, _)| at).collect();
    let end = |n: usize| starts.get(n).copied().unwrap_or(draft.blocks.len());
    let rests = starts.iter().enumerate().map(|(n, at)| PlanDraft {
        source: draft.source,
        code: draft.code.clone(),
        head: &draft.blocks[*at],
        blocks: &draft.blocks[at + 1..end(n + 1)],
    });
    let rests = rests.collect();
    (PlanDraft { source: draft.source, code: draft.code.clone(), head: draft.head, blocks: &draft.blocks[..end(0)] }, rests)
}

/// Returns the template of the plans' codes: `Mã kế hoạch` where it tells the units apart.
fn code_template(cx: &mut Context<'_>, draft: &PlanDraft<'_>, units: usize) -> Text {
    let usual = Text { value: "{mã đơn vị}-{năm}".to_owned(), loc: draft.code.loc };
    let Some(text) = draft.head.field(Label::PlanCode).and_then(|entry| field::text(draft.source, entry)) else { return usual };
    if units > 1 && !["{mã đơn vị}", "{đơn vị}"].iter().any(|name| text.value.contains(name)) {
        misread(cx, text.loc, "Mã kế hoạch", "{mã đơn vị}-2023");
        return usual;
    }
    text
}

/// What a filled text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Prose.
    Text,
    /// A code: names in capitals, without spaces.
    Code,
}

/// The placeholders of a handing-on's head.
pub(super) const PLACEHOLDERS: [&str; 6] = ["đơn vị", "mã đơn vị", "địa bàn", "năm", "năm trước", "năm sau"];

/// Returns a text with the placeholders filled for a unit; unknown ones stay.
pub(super) fn fill(text: &str, unit: &Unit, year: Option<Year>, shape: Shape) -> String {
    let year = |by: Year| year.map_or_else(String::new, |year| (year + by).to_string());
    let name = match shape {
        Shape::Text => unit.name.clone(),
        Shape::Code => unit.name.to_uppercase().replace(' ', "-"),
    };
    let values = [name, unit.code.clone(), unit.kind.clone(), year(0), year(-1), year(1)];
    let mut out = text.to_owned();
    for (placeholder, value) in PLACEHOLDERS.iter().zip(values) {
        out = out.replace(&format!("{{{placeholder}}}"), &value);
    }
    out
}

/// Returns a path relative to the project.
fn joined(folder: &str, name: &str) -> String {
    let name = name.replace('\\', "/");
    let mut out: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out.join("/")
}

fn report_cycle(cx: &mut Context<'_>, waiting: &[(usize, PlanDraft<'_>)]) {
    let Some((_, first)) = waiting.first() else { return };
    let codes: Vec<&str> = waiting.iter().map(|(_, draft)| draft.code.text.as_str()).collect();
    let codes = codes.join(", ");
    let at = header::named_parents(cx, first).first().map_or(first.code.loc, |(_, _, loc)| *loc);
    let mut note = Diagnostic::new(
        Kh::KH3020,
        at,
        msg!("Các GIAO KẾ HOẠCH theo nhau thành vòng: {codes}", "These handings-on follow each other in a cycle: {codes}"),
    )
    .help(msg!("Bỏ một trong các dòng Theo", "Remove one of the Theo lines"))
    .about(&first.code.text, "", "");
    for (_, draft) in &waiting[1..] {
        note = note.related(draft.code.loc, msg!("cũng trong vòng", "in the cycle too"));
    }
    cx.note(note);
}
