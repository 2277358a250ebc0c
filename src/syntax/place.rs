//! Order of blocks: headings in the wrong place (KH0013), codes used twice (KH0031).

use std::collections::HashMap;

use super::ast::{Argument, Block, Keyword};
use super::fault;
use super::input::Sheet;
use super::keywords::Scope;
use crate::base::{Key, Loc, Span};
use crate::diag::{Message, msg};

/// What shares one set of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Space {
    File,
    Task,
    Target,
    Part,
    Appendix,
    Group,
    Criterion,
    Unit,
    Agency,
}

/// What has been met so far.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Plans and registries: told apart in the whole file.
    plans: HashMap<String, Span>,
    /// All else: told apart in one of them.
    seen: HashMap<(Space, String), Span>,
    scope: Scope,
    /// BẢNG ĐIỂM stands above.
    scores: bool,
    /// A block outside any plan or registry was reported: the others have the same cause.
    orphan_reported: bool,
}

impl Places {
    /// Reports a heading in the wrong place, and a code that was used before. Takes blocks in source order.
    pub(super) fn check(&mut self, sheet: &Sheet<'_>, block: &Block) {
        let keyword = block.heading.keyword;
        let loc = |span| Loc::new(sheet.source, span);
        if let Some(opened) = Scope::opened_by(keyword) {
            (self.scope, self.scores, self.orphan_reported) = (opened, false, false);
            self.seen.clear();
        }
        if let Some((why, help)) = out_of_place(keyword, self.scope, self.scores) {
            let is_cascade = matches!(self.scope, Scope::Nothing | Scope::Registry);
            if !(is_cascade && self.orphan_reported) {
                sheet.report.borrow_mut().add(fault::misplaced(loc(block.heading.span), keyword, why, help));
            }
            self.orphan_reported |= is_cascade;
        }
        if keyword == Keyword::Own {
            // each RIÊNG answers for its own units
            self.seen.clear();
        }
        self.scores |= keyword == Keyword::ScoreTable;
        let Some((space, code, span)) = declared(block) else { return };
        let key = folded(code, space);
        let first = if space == Space::File { self.plans.insert(key, span) } else { self.seen.insert((space, key), span) };
        if let Some(first) = first {
            sheet.report.borrow_mut().add(fault::repeated(loc(span), loc(first), keyword, code));
        }
    }
}

/// Returns the code that a block declares.
fn declared(block: &Block) -> Option<(Space, &str, Span)> {
    let space = match block.heading.keyword {
        Keyword::Registry | Keyword::Plan | Keyword::HandOn | Keyword::NextYear => Space::File,
        Keyword::Task | Keyword::Addition => Space::Task,
        Keyword::Target | Keyword::AddTarget => Space::Target,
        Keyword::Part => Space::Part,
        Keyword::Appendix => Space::Appendix,
        Keyword::TaskGroup => Space::Group,
        Keyword::Criterion => Space::Criterion,
        Keyword::Unit => Space::Unit,
        Keyword::Agency => Space::Agency,
        Keyword::Level
        | Keyword::Sector
        | Keyword::Group
        | Keyword::Terms
        | Keyword::Inherit
        | Keyword::Amend
        | Keyword::Split
        | Keyword::Merge
        | Keyword::Waive
        | Keyword::Continue
        | Keyword::Finish
        | Keyword::InheritTarget
        | Keyword::AmendTarget
        | Keyword::WaiveTarget
        | Keyword::ContinueTarget
        | Keyword::FinishTarget
        | Keyword::Own
        | Keyword::MoveLevel
        | Keyword::ScoreTable
        | Keyword::Accept => return None,
    };
    match &block.heading.argument {
        Argument::Code(code) => Some((space, &code.code, code.span)),
        Argument::Number(number) => Some((space, &number.value, number.span)),
        Argument::None if space == Space::Appendix => Some((space, "", block.heading.span)),
        Argument::None
        | Argument::Codes(_)
        | Argument::Together(_)
        | Argument::Split { .. }
        | Argument::Merge { .. }
        | Argument::Name(_)
        | Argument::Move { .. }
        | Argument::Accept { .. } => None,
    }
}

/// Folds a code as [`Key`] does, an appendix's number without leading zeros.
fn folded(code: &str, space: Space) -> String {
    match space {
        Space::Appendix | Space::Group => code.trim_start_matches('0').to_owned(),
        Space::File | Space::Task | Space::Target | Space::Part | Space::Criterion | Space::Unit | Space::Agency => {
            // the common case by a shorter way
            if code.is_ascii() { code.to_ascii_lowercase() } else { Key::new(code).as_str().to_owned() }
        }
    }
}

/// Says why a heading cannot stand where it stands, and how to go on.
fn out_of_place(keyword: Keyword, scope: Scope, scores: bool) -> Option<(Message, Message)> {
    if Scope::opened_by(keyword).is_some() {
        return None;
    }
    let plan_above = || msg!("Thêm `{}` ở trên.", "Put `{}` above.", Keyword::Plan.example());
    match scope {
        Scope::Nothing if keyword.is_of_registry() => Some((
            msg!("đứng ngoài danh bạ", "stands outside a registry"),
            msg!("Thêm `{}` ở trên.", "Put `{}` above.", Keyword::Registry.example()),
        )),
        Scope::Nothing => Some((msg!("đứng ngoài mọi kế hoạch", "stands outside any plan"), plan_above())),
        Scope::Registry if !keyword.is_of_registry() => Some((
            msg!("không thuộc danh bạ", "does not belong in a registry"),
            msg!(
                "Thêm tiêu đề của kế hoạch ở trên, hoặc chuyển sang tệp khác.",
                "Put the plan's heading above, or move it to another file."
            ),
        )),
        Scope::Registry => None,
        Scope::Plan | Scope::HandOn | Scope::NextYear => misfit(keyword, scope, scores),
    }
}

fn misfit(keyword: Keyword, scope: Scope, scores: bool) -> Option<(Message, Message)> {
    match keyword {
        Keyword::Own if scope != Scope::HandOn => Some((
            msg!("chỉ dùng trong GIAO KẾ HOẠCH", "is used only in GIAO KẾ HOẠCH"),
            msg!("Viết các nhiệm vụ thẳng trong kế hoạch này.", "Write the tasks in this plan directly."),
        )),
        Keyword::Continue | Keyword::Finish | Keyword::ContinueTarget | Keyword::FinishTarget | Keyword::MoveLevel
            if scope != Scope::NextYear =>
        {
            Some((
                msg!("chỉ dùng trong LẬP NĂM", "is used only in LẬP NĂM"),
                msg!(
                    "Với kế hoạch theo cấp trên, dùng KẾ THỪA, SỬA ĐỔI, TÁCH, GỘP hoặc KHÔNG ÁP DỤNG.",
                    "In a plan that follows an upper one, use KẾ THỪA, SỬA ĐỔI, TÁCH, GỘP or KHÔNG ÁP DỤNG."
                ),
            ))
        }
        Keyword::Criterion if !scores => Some((
            msg!("đứng ngoài BẢNG ĐIỂM", "stands outside BẢNG ĐIỂM"),
            msg!("Thêm `BẢNG ĐIỂM` ở trên tiêu chí đầu tiên.", "Put `BẢNG ĐIỂM` above the first criterion."),
        )),
        _ => None,
    }
}
