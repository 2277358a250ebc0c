//! CHUYỂN CẤP as written: its levels, `Giao` and `Lý do` checked, and the roles that it names given their answer.
//!
//! Findings: KH3003 for unknown tasks, KH4021 to KH4025.

use super::answer::{self, Parent, Target, unit_name};
use super::decision::Decision;
use crate::agency::{Body, LevelId, Registry};
use crate::base::Key;
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{LevelMove, Model, Plan, Role, Seat, TaskRef, Text};

/// Reads the CHUYỂN CẤP of a plan.
pub(super) struct Reader<'a, 'n> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) sources: &'a [Parent<'a>],
    pub(super) notes: &'n mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn registry(&self) -> &Registry {
        &self.model.registry
    }

    /// Reads the levels of a CHUYỂN CẤP and checks its `Giao` and `Lý do`.
    pub(super) fn levels(&mut self, change: &LevelMove) -> Option<(LevelId, Option<LevelId>)> {
        let date = self.plan.registry_date();
        let from = self.level(&change.from)?;
        let level = self.registry().level(from);
        if level.validity.holds(date) {
            let (name, loc) = (&level.name, level.loc);
            let note = Diagnostic::new(
                Kh::KH4023,
                change.from.loc,
                msg!(
                    "Cấp {name} vẫn có vào ngày {date}, không có gì để chuyển",
                    "The level {name} exists on {date}: there is nothing to move"
                ),
            )
            .related(loc, msg!("khai ở đây", "declared here"))
            .help(msg!("Bỏ khối này, hoặc ghi cấp đã hết hiệu lực", "Remove this block, or name the level that ended"));
            self.note(note, "", &change.from.value);
            return None;
        }
        let Some(text) = &change.to else {
            let real = change.reason.as_ref().is_some_and(|reason| !is_blank(&reason.value));
            if !real {
                let codes: Vec<&str> = change.tasks.iter().map(|(reference, _)| reference.code.text.as_str()).collect();
                let codes = codes.join(", ");
                let note = Diagnostic::new(
                    Kh::KH4024,
                    change.loc,
                    msg!(
                        "Thôi việc của cấp {} ở {codes} mà chưa ghi lý do",
                        "The work of the level {} in {codes} is dropped without a reason",
                        level_name(self.registry(), from)
                    ),
                )
                .help(msg!("Thêm dòng Lý do: vì sao không cấp nào làm tiếp", "Add a line Lý do: why no level goes on with it"));
                self.note(note, "", &codes);
            }
            return Some((from, None));
        };
        let to = self.level(text)?;
        let level = self.registry().level(to);
        if !level.validity.holds(date) {
            let (name, loc) = (&level.name, level.loc);
            let others: Vec<&str> =
                self.registry().levels_around(from, date).into_iter().map(|id| self.registry().level(id).name.as_str()).collect();
            let others = others.join(", ");
            let note = Diagnostic::new(
                Kh::KH4023,
                text.loc,
                msg!(
                    "Không chuyển sang cấp {name} được: cấp này cũng không có vào ngày {date}",
                    "Nothing can move to the level {name}: it does not exist on {date} either"
                ),
            )
            .related(loc, msg!("hiệu lực của cấp {name}", "when the level {name} is in force"))
            .help(msg!("Chuyển sang cấp đang có: {others}; hoặc không", "Move it to a level that exists: {others}; or to none (không)"));
            self.note(note, "", &text.value);
            return None;
        }
        for role in &change.assigned {
            self.assigned(role, to);
        }
        Some((from, Some(to)))
    }

    /// Reports a body under `Giao` that is not there at the level that takes over (KH4025).
    fn assigned(&mut self, role: &Role, to: LevelId) {
        let (registry, date) = (self.registry(), self.plan.registry_date());
        let level = registry.level_of(role.body);
        // names that are not known, or not in force, are reported where they are read
        if level == Some(to) || role.body == Body::Unknown {
            return;
        }
        let (name, wanted) = (&role.text, level_name(registry, to));
        let message = match level {
            Some(level) => {
                let level = level_name(registry, level);
                msg!(
                    "{name} thuộc cấp {level}, mà việc chuyển sang cấp {wanted}",
                    "{name} is of the level {level}, and the work moves to the level {wanted}"
                )
            }
            None => msg!("Không rõ {name} thuộc cấp nào vào ngày {date}", "The level of {name} on {date} is not known"),
        };
        let note = Diagnostic::new(Kh::KH4025, role.loc, message).help(msg!(
            "Ghi ở Giao một cơ quan của cấp {wanted}, hoặc sửa cấp sau SANG",
            "Name a body of the level {wanted} under Giao, or mend the level behind SANG"
        ));
        self.note(note, "", name);
    }

    fn level(&mut self, text: &Text) -> Option<LevelId> {
        let found = self.registry().find_level(&text.value);
        if found.is_none() {
            let name = &text.value;
            let known: Vec<&str> = self.registry().levels().map(|(_, level)| level.name.as_str()).collect();
            let known = known.join(", ");
            let note = Diagnostic::new(Kh::KH4023, text.loc, msg!("Danh bạ không có cấp “{name}”", "The registry has no level “{name}”"))
                .help(msg!("Chọn một trong: {known}", "Choose one of: {known}"));
            self.note(note, "", name);
        }
        found
    }

    /// Gives an answer to the roles that it names; without one they stay open.
    pub(super) fn answer(
        &mut self,
        list: &mut [(Target, Decision)],
        at: Option<usize>,
        change: &LevelMove,
        reference: &TaskRef,
        role: Option<&Text>,
    ) {
        let Some(target) = answer::one(self.model, self.plan, self.sources, reference, self.notes) else { return };
        let code = &reference.code.text;
        let seat = match role {
            None => None,
            Some(word) => match Seat::parse(&word.value) {
                Some(seat) => Some(seat),
                None => {
                    let word = &word.value;
                    let note =
                        Diagnostic::new(Kh::KH4022, reference.code.loc, msg!("Không có vai trò “{word}”", "There is no role “{word}”"))
                            .help(msg!(
                                "Trong ngoặc ghi chủ trì, phối hợp hoặc tổng hợp",
                                "Write chủ trì, phối hợp or tổng hợp in brackets"
                            ));
                    self.note(note, code, word);
                    return;
                }
            },
        };
        let Some(from) = self.registry().find_level(&change.from.value) else { return };
        let mut named = false;
        for (of, decision) in list.iter_mut() {
            if *of != target || decision.level != from || seat.is_some_and(|seat| seat != decision.seat) {
                continue;
            }
            named = true;
            let first = decision.answers.first().map(|first| self.plan.roll.moves[*first].loc).or(decision.open);
            if let Some(first) = first {
                let word = decision.seat.word();
                let note = Diagnostic::new(
                    Kh::KH4021,
                    reference.code.loc,
                    msg!("{code} ({word}) đã được chuyển cấp ở chỗ khác", "{code} ({word}) is already moved elsewhere"),
                )
                .related(first, msg!("quyết định lần đầu ở đây", "first decided here"))
                .help(msg!(
                    "Giữ một trong hai; nếu mỗi vai trò một nơi nhận, ghi vai trò trong ngoặc",
                    "Keep one of the two; where roles go to different levels, name the role in brackets"
                ));
                self.note(note, code, code);
            }
            match at {
                Some(at) => decision.answers.push(at),
                None => decision.open = Some(reference.code.loc),
            }
        }
        if !named {
            let level = level_name(self.registry(), from);
            let task = &self.sources[target.0].derivation.template.tasks[target.1];
            let message = match seat {
                Some(seat) => {
                    let word = seat.word();
                    msg!("{code} không có cơ quan {word} nào của cấp {level}", "No body of the level {level} has the role {word} in {code}")
                }
                None => msg!("{code} không giao việc cho cấp {level}", "{code} gives nothing to the level {level}"),
            };
            let note = Diagnostic::new(Kh::KH4022, reference.code.loc, message)
                .related(task.loc, msg!("nhiệm vụ năm trước", "last year's task"))
                .help(msg!(
                    "Bỏ {code} khỏi CHUYỂN CẤP, hoặc sửa vai trò trong ngoặc",
                    "Take {code} out of CHUYỂN CẤP, or mend the role in brackets"
                ));
            self.note(note, code, code);
        }
    }

    fn note(&mut self, note: Diagnostic, place: &str, quote: &str) {
        self.notes.push(note.about(&self.plan.code.text, &unit_name(self.model, self.plan), place).quote(quote));
    }
}

pub(super) fn level_name(registry: &Registry, level: LevelId) -> &str {
    &registry.level(level).name
}

/// Says whether a reason is none: empty, dots, or still to be filled.
pub(super) fn is_blank(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '-' | '–'));
    bare.is_empty() || Key::new(bare).as_str().starts_with("cần bổ sung")
}
