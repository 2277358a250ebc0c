//! KẾ HOẠCH: blocks to a plan.

use super::field::{self, About, misread};
use super::header::Head;
use super::task::{self, Surroundings};
use super::{Context, PlanDraft, header, part, record};
use crate::agency::{Registry, SectorId};
use crate::base::{Date, Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{
    Acceptance, Answer, Appendix, Code, LevelMove, ParentKind, Plan, Role, Roll, Statement, TargetLine, TaskRef, Text, Verb, Waiver,
    WaiverClass,
};
use crate::syntax::ast::{self, Argument, Block, CodeRef, Keyword, Label, Node};
use crate::value;

/// Reads one plan. `unit_text` is its `Đơn vị`, or that of last year's plan.
pub(super) fn plan(cx: &mut Context<'_>, registry: &Registry, codes: &[Code], draft: &PlanDraft<'_>, unit_text: Option<&Text>) -> Plan {
    let from = cx.notes.len();
    let head = header::head(cx, codes, draft);
    let mut plan = bare(draft, head);
    let date = plan.registry_date();
    report_missing(cx, draft, &plan);
    // a plan of next year that does not say from which goes on from one that is not known
    plan.misses_parent |= draft.head.heading.keyword == Keyword::NextYear && draft.head.field(Label::From).is_none();
    let mut unit_name = String::new();
    if let Some(text) = unit_text {
        unit_name.clone_from(&text.value);
        plan.unit = registry.find_unit(&text.value, date);
        plan.level = plan.unit.map(|unit| registry.unit(unit).level);
        if plan.unit.is_none() && !field::is_blank(&text.value) {
            unknown_unit(cx, registry, &plan, text);
        }
    }
    let plan = read(cx, registry, draft, plan, &unit_name);
    if plan.header.record {
        record::settle(cx, from, &plan, &unit_name);
    }
    plan
}

/// Returns a plan that holds nothing but its head.
pub(super) fn bare(draft: &PlanDraft<'_>, head: Head) -> Plan {
    let source = draft.source;
    let title = draft.head.title.as_ref().map_or_else(
        || Text { value: String::new(), loc: Loc::new(source, draft.head.heading.span.after()) },
        |title| Text { value: title.value.clone(), loc: Loc::new(source, title.span) },
    );
    Plan {
        code: draft.code.clone(),
        title,
        unit: None,
        level: None,
        header: head.header,
        parents: head.parents,
        misses_parent: head.misses_parent,
        appendices: Vec::new(),
        parts: Vec::new(),
        targets: Vec::new(),
        statements: Vec::new(),
        acceptances: Vec::new(),
        roll: Roll { results_file: head.results_file, ..Roll::default() },
        generated: None,
        loc: Loc::new(source, draft.head.heading.span),
    }
}

/// Reads the blocks of a plan, a handing-on or a RIÊNG into `plan`.
pub(super) fn read(cx: &mut Context<'_>, registry: &Registry, draft: &PlanDraft<'_>, plan: Plan, unit_name: &str) -> Plan {
    let source = draft.source;
    let around = Surroundings { registry, date: plan.registry_date(), unit: unit_name, record: plan.header.record };
    let target_keys: Vec<Key> = target_codes(draft.blocks);
    let mut reader = Reader { plan, appendix: None, draft, around };
    let mut blanks = Vec::new();
    field::blanks(source, draft.head, &mut blanks);
    for block in draft.blocks {
        field::blanks(source, block, &mut blanks);
        reader.block(cx, block, &target_keys);
    }
    reader.report_untitled(cx);
    field::report_blanks(cx, &blanks, &draft.code.text, unit_name);
    reader.plan
}

/// Reports what a plan's head does not state. A label whose value cannot be understood is reported where it stands.
fn report_missing(cx: &mut Context<'_>, draft: &PlanDraft<'_>, plan: &Plan) {
    let code = &draft.code.text;
    let states = |labels: &[Label]| fields(draft.head).any(|field| labels.contains(&field.label));
    let at = plan.loc;
    let year = plan.header.year.or_else(|| code.split('-').find_map(value::read_year)).or(plan.header.date.map(Date::year));
    let year = year.map_or_else(|| "…".to_owned(), |year| year.to_string());
    let mut missing = |what: &str, example: &str| {
        cx.note(
            Diagnostic::new(Kh::KH0026, at, msg!("Kế hoạch {code} chưa ghi {what}", "The plan {code} does not state {what}"))
                .help(msg!("Thêm dòng: {example}", "Add the line: {example}"))
                .about(code, "", ""),
        );
    };
    let next_year = draft.head.heading.keyword == Keyword::NextYear;
    if next_year && !states(&[Label::From]) {
        missing("Từ", "Từ: mã kế hoạch năm trước");
    } else if !next_year && !states(&[Label::Unit]) {
        missing("Đơn vị", "Đơn vị: huyện Hoằng Hóa");
    }
    if !states(&[Label::Year, Label::Period]) {
        missing("Năm", &format!("Năm: {year}"));
    }
    if plan.title.value.is_empty() {
        let word = draft.head.heading.keyword.text();
        missing("tên", &format!("{word} {code}: Cải cách hành chính năm {year}"));
    }
}

/// Reports a unit that the registry does not have (KH1016).
pub(super) fn unknown_unit(cx: &mut Context<'_>, registry: &Registry, plan: &Plan, text: &Text) {
    let name = &text.value;
    let wanted = Key::new(name).toneless();
    let near = registry
        .units()
        .map(|(_, unit)| (strsim::levenshtein(&Key::new(&unit.name).toneless(), &wanted), unit))
        .filter(|(distance, _)| *distance <= 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, unit)| unit.name.clone());
    let mut note = Diagnostic::new(Kh::KH1016, text.loc, msg!("Chưa khai đơn vị “{name}”", "The unit “{name}” is not declared"))
        .about(&plan.code.text, name, "")
        .quote(name);
    note = match near {
        Some(near) => note.help(msg!("Có phải “{near}”?", "Is it “{near}”?")).fix(
            msg!("thay bằng “{near}”", "replace by “{near}”"),
            text.loc,
            near.clone(),
            false,
        ),
        None => note.help(msg!("Khai báo trong DANH BẠ: ĐƠN VỊ MÃ: {name}", "Declare it under DANH BẠ: ĐƠN VỊ CODE: {name}")),
    };
    cx.note(note);
}

fn target_codes(blocks: &[Block]) -> Vec<Key> {
    let mut out = Vec::new();
    for block in blocks {
        match (block.heading.keyword, &block.heading.argument) {
            (
                Keyword::Target | Keyword::AddTarget | Keyword::InheritTarget | Keyword::AmendTarget | Keyword::WaiveTarget,
                Argument::Code(code),
            ) => out.push(Key::new(&code.code)),
            (Keyword::InheritTarget | Keyword::WaiveTarget | Keyword::ContinueTarget | Keyword::FinishTarget, Argument::Codes(codes)) => {
                out.extend(codes.iter().map(|code| Key::new(&code.code)));
            }
            _ => {}
        }
    }
    out
}

/// Reads the blocks of a plan in order.
pub(super) struct Reader<'a> {
    pub(super) plan: Plan,
    pub(super) appendix: Option<usize>,
    pub(super) draft: &'a PlanDraft<'a>,
    pub(super) around: Surroundings<'a>,
}

impl Reader<'_> {
    fn block(&mut self, cx: &mut Context<'_>, block: &Block, targets: &[Key]) {
        let source = self.draft.source;
        let loc = Loc::new(source, block.heading.span);
        let of_next_year = matches!(
            block.heading.keyword,
            Keyword::Continue | Keyword::Finish | Keyword::ContinueTarget | Keyword::FinishTarget | Keyword::MoveLevel
        );
        // a verb of LẬP NĂM in another plan is reported by the grammar
        if of_next_year && self.draft.head.heading.keyword != Keyword::NextYear {
            return;
        }
        match (block.heading.keyword, &block.heading.argument) {
            (Keyword::Part, _) => {
                self.appendix = None;
                self.plan.parts.push(part::part(cx, source, block, targets));
            }
            (Keyword::Appendix | Keyword::TaskGroup, argument) => {
                let number = match argument {
                    Argument::Number(text) => text.value.clone(),
                    _ => String::new(),
                };
                let appendix = self.read_appendix(cx, block, number);
                self.plan.appendices.push(appendix);
                self.appendix = Some(self.plan.appendices.len() - 1);
            }
            (Keyword::Task, Argument::Code(code)) => {
                let patch = task::patch(cx, self.draft, block, self.code(code), &self.around);
                self.push(cx, block, loc, Verb::Task(patch));
            }
            (Keyword::Addition, Argument::Code(code)) => {
                let patch = task::patch(cx, self.draft, block, self.code(code), &self.around);
                if block.title.is_none() {
                    self.without_text(cx, block);
                }
                self.push(cx, block, loc, Verb::Add(patch));
            }
            (Keyword::Inherit | Keyword::Continue, Argument::Codes(codes)) => self.push(cx, block, loc, Verb::Inherit(self.refs(codes))),
            (Keyword::Inherit | Keyword::Continue, Argument::Together(codes)) => {
                self.push(cx, block, loc, Verb::InheritTogether(self.refs(codes)))
            }
            (Keyword::Amend, Argument::Code(code)) => {
                let patch = task::patch(cx, self.draft, block, self.code(code), &self.around);
                let from = self.task_ref(code);
                self.push(cx, block, loc, Verb::Amend { from, patch });
            }
            (Keyword::Split, Argument::Split { from, into }) => {
                let into = into.iter().map(|code| self.code(code)).collect();
                let from = self.task_ref(from);
                self.push(cx, block, loc, Verb::Split { from, into });
            }
            (Keyword::Merge, Argument::Merge { from, into }) => {
                let verb = Verb::Merge { from: self.refs(from), into: self.code(into) };
                self.push(cx, block, loc, verb);
            }
            (Keyword::Waive, Argument::Codes(codes)) => {
                let waiver = self.waiver(cx, block);
                self.push(cx, block, loc, Verb::Waive { tasks: self.refs(codes), waiver });
            }
            (Keyword::Finish, Argument::Codes(codes)) => {
                let result = self.single(block, Label::Results);
                self.push(cx, block, loc, Verb::Finish { tasks: self.refs(codes), result });
            }
            (Keyword::MoveLevel, Argument::Move { from, to, tasks }) => {
                let level_move = self.level_move(cx, block, loc, (from, to, tasks));
                self.plan.roll.moves.push(level_move);
            }
            (Keyword::Target | Keyword::AddTarget, Argument::Code(code)) => {
                let title = block.title.as_ref();
                if title.is_none() {
                    self.without_text(cx, block);
                }
                let text = title.map_or("", |title| title.value.as_str());
                let at = title.map_or(loc, |title| Loc::new(source, title.span));
                self.plan.targets.push(TargetLine { target: value::Target::parse(&code.code, text), dropped: false, loc: at, unit: None });
            }
            (Keyword::InheritTarget | Keyword::ContinueTarget, argument) => self.push_targets(cx, block, loc, argument, Answer::Inherit),
            (Keyword::AmendTarget, argument) => {
                if block.title.is_none() {
                    self.without_text(cx, block);
                }
                let text = block.title.as_ref().map_or_else(
                    || Text { value: String::new(), loc: Loc::new(source, block.heading.span.after()) },
                    |title| Text { value: title.value.clone(), loc: Loc::new(source, title.span) },
                );
                self.push_targets(cx, block, loc, argument, Answer::Amend(text));
            }
            (Keyword::WaiveTarget, argument) => {
                let waiver = self.waiver(cx, block);
                self.push_targets(cx, block, loc, argument, Answer::Waive(waiver));
            }
            (Keyword::FinishTarget, argument) => {
                let result = self.single(block, Label::Results);
                self.push_targets(cx, block, loc, argument, Answer::Finish(result));
            }
            (Keyword::Accept, Argument::Accept { code, place }) => {
                let accept = self.acceptance(block, loc, code, place);
                self.plan.acceptances.push(accept);
            }
            // RIÊNG is read with its handing-on
            (Keyword::Own, _) => {}
            (Keyword::ScoreTable, _) => self.score_table(cx, block, loc),
            (Keyword::Criterion, Argument::Number(number)) => self.criterion(cx, block, number),
            // an argument that does not fit is reported by the grammar; registry headings never stand in a plan
            _ => {}
        }
    }

    fn code(&self, code: &CodeRef) -> Code {
        Code::new(code.code.clone(), Loc::new(self.draft.source, code.span))
    }

    fn task_ref(&self, code: &CodeRef) -> TaskRef {
        let loc = Loc::new(self.draft.source, code.span);
        TaskRef { plan: code.plan.as_ref().map(|plan| Code::new(plan.clone(), loc)), code: Code::new(code.code.clone(), loc) }
    }

    fn refs(&self, codes: &[CodeRef]) -> Vec<TaskRef> {
        codes.iter().map(|code| self.task_ref(code)).collect()
    }

    /// Reports tasks without content, unless a TÁCH or GỘP announces them: those take the parent's.
    fn report_untitled(&self, cx: &mut Context<'_>) {
        for block in self.draft.blocks.iter().filter(|block| block.heading.keyword == Keyword::Task && block.title.is_none()) {
            let Argument::Code(code) = &block.heading.argument else { continue };
            let code = self.code(code);
            let announced = self.plan.statements.iter().any(|statement| match &statement.verb {
                Verb::Split { into, .. } => into.contains(&code),
                Verb::Merge { into, .. } => *into == code,
                _ => false,
            });
            if !announced {
                self.without_text(cx, block);
            }
        }
    }

    /// Reports a heading that must say something and does not.
    pub(super) fn without_text(&self, cx: &mut Context<'_>, block: &Block) {
        let word = block.heading.keyword.text();
        let code = match &block.heading.argument {
            Argument::Code(code) => code.code.as_str(),
            Argument::Number(number) => number.value.as_str(),
            _ => "",
        };
        cx.note(
            Diagnostic::new(
                Kh::KH0026,
                Loc::new(self.draft.source, block.heading.span.after()),
                msg!("{word} {code} chưa có nội dung", "{word} {code} says nothing"),
            )
            .help(msg!("Viết: {word} {code}: nội dung", "Write: {word} {code}: what is meant"))
            .about(&self.plan.code.text, self.around.unit, code),
        );
    }

    /// Returns `Lý do`, where it gives a real reason.
    fn reason(&self, block: &Block) -> Option<Text> {
        self.single(block, Label::Reason).filter(|text| !field::is_blank(&text.value) && text.value.chars().any(char::is_alphabetic))
    }

    pub(super) fn push(&mut self, cx: &Context<'_>, block: &Block, loc: Loc, verb: Verb) {
        let reason = self.reason(block);
        let side = match block.heading.keyword {
            Keyword::Inherit | Keyword::InheritTarget => Some(ParentKind::Upper),
            Keyword::Continue | Keyword::ContinueTarget | Keyword::Finish | Keyword::FinishTarget => Some(ParentKind::LastYear),
            _ => None,
        };
        let follows = self.follows(cx, block);
        self.plan.statements.push(Statement { verb, appendix: self.appendix, side, reason, follows, loc });
    }

    /// Returns the tasks of `Nối tiếp`.
    fn follows(&self, cx: &Context<'_>, block: &Block) -> Vec<TaskRef> {
        let source = self.draft.source;
        let lines = fields(block).filter(|field| field.label == Label::Follows).flat_map(|field| field::values(cx, source, field));
        let mut out = Vec::new();
        for line in lines.filter(|line| !field::is_blank(line.text)) {
            for text in line.text.split([',', ';']).map(str::trim).filter(|text| !text.is_empty()) {
                let (plan, code) = text.split_once('/').map_or((None, text), |(plan, code)| (Some(plan.trim()), code.trim()));
                out.push(TaskRef { plan: plan.map(|plan| Code::new(plan, line.loc)), code: Code::new(code, line.loc) });
            }
        }
        out
    }

    fn level_move(
        &self,
        cx: &mut Context<'_>,
        block: &Block,
        loc: Loc,
        (from, to, tasks): (&ast::Text, &ast::Text, &[CodeRef]),
    ) -> LevelMove {
        let source = self.draft.source;
        let text = |text: &ast::Text| Text { value: text.value.clone(), loc: Loc::new(source, text.span) };
        let about = About { plan: &self.plan.code.text, unit: self.around.unit, place: "" };
        let assigned = fields(block).find(|field| field.label == Label::AssignTo);
        let assigned = assigned.map(|entry| field::roles(cx, self.around.registry, self.around.date, source, entry, &about));
        let moved = |code: &CodeRef| {
            let role = code.bracket.as_ref().map(|role| Text { value: role.clone(), loc: Loc::new(source, code.span) });
            (self.task_ref(code), role)
        };
        LevelMove {
            from: text(from),
            to: (Key::new(&to.value).as_str() != "không").then(|| text(to)),
            tasks: tasks.iter().map(moved).collect(),
            assigned: assigned.into_iter().flatten().map(|(_, role)| role).collect(),
            basis: self.single(block, Label::Basis),
            reason: self.reason(block),
            loc,
        }
    }

    fn push_targets(&mut self, cx: &Context<'_>, block: &Block, loc: Loc, argument: &Argument, answer: Answer) {
        let codes = match argument {
            Argument::Code(code) => vec![self.task_ref(code)],
            Argument::Codes(codes) | Argument::Together(codes) => self.refs(codes),
            _ => return,
        };
        self.push(cx, block, loc, Verb::Targets { codes, answer });
    }

    fn single(&self, block: &Block, label: Label) -> Option<Text> {
        fields(block).find(|field| field.label == label).and_then(|field| field::text(self.draft.source, field))
    }

    fn waiver(&self, cx: &mut Context<'_>, block: &Block) -> Waiver {
        let class_text = self.single(block, Label::Kind).filter(|text| !field::is_blank(&text.value));
        let class = class_text.as_ref().and_then(|text| waiver_class(&text.value));
        if let (Some(text), None) = (&class_text, &class) {
            let known = "thẩm quyền cấp trên; không có đối tượng; giao đích danh đơn vị khác; đã hoàn thành; lồng ghép (…); lùi sang năm …; \
                         chờ hướng dẫn; chưa có căn cứ";
            let name = &text.value;
            cx.note(
                Diagnostic::new(Kh::KH3026, text.loc, msg!("Không có loại “{name}”", "There is no class “{name}”"))
                    .help(msg!("Chọn một trong: {known}", "Choose one of: {known}"))
                    .about(&self.plan.code.text, self.around.unit, "")
                    .quote(name),
            );
        }
        let approved_on = self.single(block, Label::ApprovedOn).and_then(|text| {
            let date = value::read_date(&text.value);
            if date.is_none() && !field::is_blank(&text.value) {
                misread(cx, text.loc, "Ngày duyệt", "20/12/2022");
            }
            date
        });
        Waiver {
            class,
            class_text,
            basis: self.single(block, Label::Basis),
            approved_by: self.single(block, Label::ApprovedBy),
            approved_on,
            end: (!fields(block).any(|field| field.label == Label::Reason && field::text(self.draft.source, field).is_none()))
                .then(|| field::end_of(self.draft.source, block)),
        }
    }

    fn acceptance(&self, block: &Block, loc: Loc, code: &ast::Text, place: &ast::Text) -> Acceptance {
        let own = format!("{}/", self.plan.code.text);
        let place = place.value.strip_prefix(&own).unwrap_or(&place.value);
        let place = if Key::new(place) == self.plan.code.key { "" } else { place };
        // findings name a criterion by its number, as they name a task by its code
        let place = place.strip_prefix(Keyword::Criterion.text()).map_or(place, str::trim_start);
        let quote = self.single(block, Label::At).map(|text| text.value.trim_matches('"').to_owned());
        Acceptance { code: code.value.to_uppercase(), place: place.to_owned(), quote, reason: self.reason(block), loc }
    }

    fn read_appendix(&mut self, cx: &mut Context<'_>, block: &Block, number: String) -> Appendix {
        let source = self.draft.source;
        let loc = Loc::new(source, block.heading.span);
        let place = format!("{} {number}", block.heading.keyword.text());
        let about = About { plan: &self.plan.code.text, unit: self.around.unit, place: place.trim() };
        let title = block.title.as_ref().map_or_else(
            || Text { value: String::new(), loc },
            |title| Text { value: title.value.clone(), loc: Loc::new(source, title.span) },
        );
        let mut out = Appendix {
            number,
            title,
            printed_title: None,
            called: None,
            sector: None,
            focal: None,
            report: None,
            via: None,
            columns: Vec::new(),
            attached_to: None,
            printed_number: None,
            group: block.heading.keyword == Keyword::TaskGroup,
            scores: None,
            loc,
        };
        for entry in fields(block) {
            let text = field::text(source, entry);
            match entry.label {
                Label::Sector => {
                    if let Some(text) = text {
                        out.sector = self.sector(cx, &text, &about);
                    }
                }
                Label::Focal => out.focal = self.role(cx, entry, &about),
                Label::Via => out.via = self.role(cx, entry, &about),
                Label::Report => out.report = text,
                Label::Columns => out.columns = header::columns(cx, source, entry),
                Label::AttachedTo => out.attached_to = text,
                Label::PrintedTitle => out.printed_title = text,
                Label::CalledAs => out.called = text.map(|text| text.value),
                Label::Numbering => out.printed_number = text.map(|text| text.value),
                _ => {}
            }
        }
        out
    }

    fn sector(&self, cx: &mut Context<'_>, text: &Text, about: &About<'_>) -> Option<SectorId> {
        let found = self.around.registry.find_sector(&text.value);
        if found.is_none() && !field::is_blank(&text.value) {
            task::unknown_sector(cx, &text.value, text.loc, about);
        }
        found
    }

    fn role(&self, cx: &mut Context<'_>, entry: &ast::Field, about: &About<'_>) -> Option<Role> {
        let date: Date = self.around.date;
        let roles = field::roles(cx, self.around.registry, date, self.draft.source, entry, about);
        if let Some(second) = roles.get(1) {
            let name = &second.1.text;
            cx.note(
                Diagnostic::new(
                    Kh::KH0025,
                    second.1.loc,
                    msg!("Ở đây chỉ ghi một cơ quan; “{name}” bị bỏ", "Only one body stands here; “{name}” is left out"),
                )
                .help(msg!("Giữ một cơ quan", "Keep one body"))
                .about(about.plan, about.unit, about.place)
                .quote(name),
            );
        }
        roles.into_iter().next().map(|(_, role)| role)
    }
}

pub(super) fn fields(block: &Block) -> impl Iterator<Item = &ast::Field> {
    block.nodes.iter().filter_map(|node| match node {
        Node::Field(field) => Some(field),
        Node::Item(_) | Node::Paragraph(_) => None,
    })
}

fn waiver_class(text: &str) -> Option<WaiverClass> {
    let key = Key::new(text);
    let key = key.as_str();
    Some(match key {
        "thẩm quyền cấp trên" => WaiverClass::UpperCompetence,
        "không có đối tượng" => WaiverClass::NoSubject,
        "giao đích danh đơn vị khác" => WaiverClass::OtherUnit,
        "đã hoàn thành" => WaiverClass::Done,
        "chờ hướng dẫn" => WaiverClass::AwaitingGuidance,
        "chưa có căn cứ" => WaiverClass::NoGround,
        "đề xuất" => WaiverClass::Proposed,
        _ => {
            if let Some(year) = key.strip_prefix("lùi sang năm ") {
                return value::read_year(year).map(WaiverClass::Deferred);
            }
            if !key.starts_with("lồng ghép") {
                return None;
            }
            let what = text.split_once('(')?.1.trim_end().strip_suffix(')')?.trim();
            if what.is_empty() {
                return None;
            }
            WaiverClass::Folded(what.to_owned())
        }
    })
}
