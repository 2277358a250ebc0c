//! Placeholders: `{đơn vị}`, `{địa bàn}`, `{năm}` and their like, expanded for a plan.

use super::Content;
use super::answer::unit_name;
use crate::base::{Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Code, Fields, Model, Origin, Part, Plan, Role, TargetLine};
use crate::value::{Product, Target};

/// Returns the content with placeholders expanded. Findings: `KH0033`, for texts that the plan itself writes, and for inherited ones
/// that name a target of `lost`; `KH1001` for duties of bodies that do not exist.
pub(super) fn expand(model: &Model, plan: &Plan, template: &Content, lost: Vec<Key>, notes: &mut Vec<Diagnostic>) -> Content {
    let targets: Vec<(Key, String)> = template.targets.iter().map(|line| (Key::new(&line.target.code), line.target.text.clone())).collect();
    let tasks: Vec<Code> = template.tasks.iter().map(|task| task.code.clone()).collect();
    let focal: Vec<Role> = template.appendices.iter().filter_map(|appendix| appendix.focal.clone()).collect();
    let mut cx = Expansion { model, plan, targets: Vec::new(), tasks, lost, focal, here: plan.loc, notes };
    // a target named in prose is printed with its own placeholders filled
    let targets = targets.into_iter().map(|(code, mut text)| {
        cx.text(&mut text, plan.loc, false);
        (code, text)
    });
    cx.targets = targets.collect();
    let mut out = template.clone();
    for appendix in &mut out.appendices {
        cx.text(&mut appendix.title.value, appendix.title.loc, true);
        if let Some(title) = &mut appendix.printed_title {
            cx.text(&mut title.value, title.loc, true);
        }
        for criterion in appendix.scores.iter_mut().flat_map(|table| &mut table.criteria) {
            cx.criterion(&mut criterion.fields);
        }
    }
    for task in &mut out.tasks {
        cx.here = task.code.loc;
        let fields = &mut task.fields;
        if let Some(content) = &mut fields.content {
            cx.text(&mut content.value, content.origin.stated, is_own(&content.origin));
        }
        cx.measures(fields);
        if let Some(products) = &mut fields.products {
            for product in &mut products.value {
                if product.text.contains('{') {
                    let mut text = product.text.clone();
                    cx.text(&mut text, products.origin.stated, is_own(&products.origin));
                    *product = Product::parse(&text);
                }
            }
        }
        if let Some(targets) = &mut fields.targets {
            let own = is_own(&targets.origin);
            for line in &mut targets.value {
                cx.target(line, own);
            }
        }
        for piece in [&mut fields.note, &mut fields.budget].into_iter().flatten() {
            cx.text(&mut piece.value, piece.origin.stated, is_own(&piece.origin));
        }
    }
    cx.here = plan.loc;
    for line in &mut out.targets {
        cx.target(line, true);
    }
    for part in &mut out.parts {
        cx.part(part);
    }
    out
}

/// Says whether the plan itself wrote a value.
fn is_own(origin: &Origin) -> bool {
    !origin.steps.iter().any(|step| step.cause.takes_over())
}

struct Expansion<'a> {
    model: &'a Model,
    plan: &'a Plan,
    targets: Vec<(Key, String)>,
    tasks: Vec<Code>,
    /// Targets of the parents that the plan does not have.
    lost: Vec<Key>,
    /// The bodies whose duties can be written.
    focal: Vec<Role>,
    /// Where this plan's file takes over what is being expanded.
    here: Loc,
    notes: &'a mut Vec<Diagnostic>,
}

impl Expansion<'_> {
    fn part(&mut self, part: &mut Part) {
        let own = is_own(&part.origin);
        for tie in part.tied.iter().filter(|tie| own && !self.tasks.contains(tie)) {
            self.notes.push(self.unknown_tie(tie));
        }
        let opens = part.text.starts_with('{');
        self.text(&mut part.text, part.origin.stated, own);
        let mut letters = part.text.chars();
        if let (true, Some(first)) = (opens, letters.next()) {
            // a target opens the item as a sentence
            part.text = first.to_uppercase().chain(letters).collect();
        }
        for below in &mut part.below {
            self.part(below);
        }
    }

    fn criterion(&mut self, fields: &mut Fields) {
        if let Some(content) = &mut fields.content {
            self.text(&mut content.value, content.origin.stated, is_own(&content.origin));
        }
        self.measures(fields);
    }

    fn measures(&mut self, fields: &mut Fields) {
        if let Some(measures) = &mut fields.measures {
            for text in &mut measures.value {
                self.text(text, measures.origin.stated, is_own(&measures.origin));
            }
        }
    }

    fn target(&mut self, line: &mut TargetLine, own: bool) {
        // a code alone stands for the plan's target of that code
        let key = Key::new(&line.target.text);
        if line.target.code.is_empty()
            && let Some((_, text)) = self.targets.iter().find(|(code, text)| *code == key && !text.contains('{'))
        {
            line.target = Target::parse(key.as_str(), text);
        }
        if line.target.text.contains('{') {
            let mut text = line.target.text.clone();
            self.text(&mut text, line.loc, own);
            line.target = Target::parse(&line.target.code, &text);
        }
    }

    fn text(&mut self, text: &mut String, loc: Loc, own: bool) {
        if !text.contains('{') {
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
            let name = rest[open + 1..close].trim();
            out.push_str(&rest[..open]);
            match self.value(name) {
                Some(value) => out.push_str(&value),
                None => {
                    out.push_str(&rest[open..=close]);
                    if is_generated(name) {
                        if own {
                            self.duty(name, loc);
                        }
                    } else if own {
                        // the braces of a document are its own
                        if !self.plan.header.record {
                            self.report(name, loc);
                        }
                    } else if self.lost.contains(&Key::new(name)) {
                        self.report_lost(name, loc);
                    }
                }
            }
            rest = &rest[close + 1..];
        }
        out.push_str(rest);
        *text = out;
    }

    fn value(&self, name: &str) -> Option<String> {
        let unit = super::unit_of(&self.model.registry, self.plan);
        let year = self.plan.header.year.or(self.plan.header.period.map(|(first, _)| first));
        let key = Key::new(name);
        match key.as_str() {
            "đơn vị" => unit.map(|unit| unit.name.clone()),
            "mã đơn vị" => unit.map(|unit| unit.code.clone()),
            "địa bàn" => unit.map(|unit| unit.kind.clone()),
            "năm" => year.map(|year| year.to_string()),
            "năm trước" => year.map(|year| (year - 1).to_string()),
            "năm sau" => year.map(|year| (year + 1).to_string()),
            _ => self.targets.iter().find(|(code, _)| *code == key).map(|(_, text)| text.clone()),
        }
    }

    fn unknown_tie(&self, tie: &Code) -> Diagnostic {
        let code = &tie.text;
        Diagnostic::new(
            Kh::KH0033,
            tie.loc,
            msg!("Kế hoạch không có nhiệm vụ {code} để gắn dòng này", "The plan has no task {code} to tie this line to"),
        )
        .help(msg!("Sửa mã ở cuối dòng, hoặc bỏ {{{code}}}", "Mend the code at the end of the line, or remove {{{code}}}"))
        .about(&self.plan.code.text, &unit_name(self.model, self.plan), "")
        .quote(format!("{{{code}}}"))
    }

    /// Reports `{trách nhiệm: X}` where X is no body, or one without duty in this plan.
    fn duty(&mut self, name: &str, loc: Loc) {
        let Some(body) = body_of(name) else { return };
        let known = self.model.registry.look_up(body);
        let named = |role: &Role| Key::new(&role.text) == Key::new(body) || known.iter().any(|known| known.body == role.body);
        if self.plan.header.record || self.focal.iter().any(named) {
            return;
        }
        let note = if known.is_empty() {
            Diagnostic::new(Kh::KH1001, loc, msg!("“{body}” chưa có trong danh bạ", "“{body}” is not in the registry")).help(msg!(
                "Sửa tên trong {{trách nhiệm: …}}, hoặc khai báo cơ quan trong danh bạ",
                "Mend the name in {{trách nhiệm: …}}, or declare the agency in the registry"
            ))
        } else {
            Diagnostic::new(
                Kh::KH0033,
                loc,
                msg!(
                    "Không phụ lục nào do {body} làm đầu mối, nên không có gì để in",
                    "{body} is the focal body of no appendix: nothing is printed"
                ),
            )
            .help(msg!(
                "Ghi Cơ quan đầu mối: {body} dưới PHỤ LỤC, hoặc bỏ {{trách nhiệm: {body}}}",
                "Write Cơ quan đầu mối: {body} below a PHỤ LỤC, or remove {{trách nhiệm: {body}}}"
            ))
        };
        self.notes.push(note.about(&self.plan.code.text, &unit_name(self.model, self.plan), "").quote(body));
    }

    /// Reports inherited words that need a target which this plan does not have.
    fn report_lost(&mut self, name: &str, loc: Loc) {
        self.notes.push(
            Diagnostic::new(
                Kh::KH0033,
                self.here,
                msg!(
                    "Lời kế thừa nhắc chỉ tiêu {name} mà kế hoạch này không có",
                    "Inherited words name the target {name}, which this plan has not"
                ),
            )
            .related(loc, msg!("lời của cấp trên", "the parent's words"))
            .help(msg!(
                "Viết lại nội dung đó (SỬA ĐỔI nhiệm vụ, hoặc PHẦN cùng số), hoặc KẾ THỪA CHỈ TIÊU {name}",
                "Restate the words (SỬA ĐỔI of the task, or a PHẦN with the same number), or KẾ THỪA CHỈ TIÊU {name}"
            ))
            .about(&self.plan.code.text, &unit_name(self.model, self.plan), "")
            .quote(format!("{{{name}}}")),
        );
    }

    fn report(&mut self, name: &str, loc: Loc) {
        let note = Diagnostic::new(Kh::KH0033, loc, msg!("Không rõ chỗ điền “{{{name}}}”", "The placeholder “{{{name}}}” is unknown"));
        let note = match self.near(name) {
            Some(near) => note
                .help(msg!("Có phải {{{near}}}?", "Is it {{{near}}}?"))
                .fix(msg!("thay bằng {{{near}}}", "replace by {{{near}}}"), loc, format!("{{{near}}}"), false),
            None => note.help(msg!(
                    "Dùng: {{đơn vị}}, {{mã đơn vị}}, {{địa bàn}}, {{năm}}, {{năm trước}}, {{năm sau}}, {{nhiệm vụ}}, {{trách nhiệm}}, {{trách nhiệm: tên cơ quan}}, {{chỉ tiêu}}, mã một chỉ tiêu, hoặc mã nhiệm vụ ở cuối dòng",
                    "Use {{đơn vị}}, {{mã đơn vị}}, {{địa bàn}}, {{năm}}, {{năm trước}}, {{năm sau}}, {{nhiệm vụ}}, {{trách nhiệm}}, {{trách nhiệm: a body}}, {{chỉ tiêu}}, a target's code, or a task's code at the end of the line"
                )),
        };
        let note = note.about(&self.plan.code.text, &unit_name(self.model, self.plan), "").quote(format!("{{{name}}}"));
        self.notes.push(note);
    }

    /// Returns the placeholder that is meant: one of those known, a target's code, or `{trách nhiệm: …}` and its like with their argument.
    fn near(&self, name: &str) -> Option<String> {
        let targets = self.targets.iter().map(|(code, _)| code.as_str());
        let known: Vec<&str> = KNOWN.iter().copied().chain(GENERATED.iter().copied()).chain(targets).collect();
        let (head, argument) = name.split_once(':').map_or((name, None), |(head, argument)| (head, Some(argument.trim())));
        let wanted = Key::new(head).toneless();
        let most = wanted.chars().count().div_ceil(4).min(2);
        let measured = known.into_iter().map(|known| (strsim::osa_distance(&Key::new(known).toneless(), &wanted), known));
        let (_, near) = measured.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance)?;
        Some(argument.map_or_else(|| near.to_owned(), |argument| format!("{near}: {argument}")))
    }
}

/// The placeholders that stand for a value of the plan.
const KNOWN: [&str; 6] = ["đơn vị", "mã đơn vị", "địa bàn", "năm", "năm trước", "năm sau"];

/// Those that stand for prose which rendering writes.
const GENERATED: [&str; 3] = ["nhiệm vụ", "trách nhiệm", "chỉ tiêu"];

/// Returns the body of `{trách nhiệm: Sở Nội vụ}`.
fn body_of(name: &str) -> Option<&str> {
    let (head, body) = name.split_once(':')?;
    let body = body.trim();
    (Key::new(head).as_str() == "trách nhiệm" && !body.is_empty()).then_some(body)
}

/// Says whether a placeholder stands for generated prose, which rendering writes.
fn is_generated(name: &str) -> bool {
    let key = Key::new(name);
    let head = key.as_str().split(':').next().unwrap_or("").trim();
    GENERATED.contains(&head)
}
