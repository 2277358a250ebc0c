//! Order of blocks: headings in the wrong place (KH0013), codes used twice (KH0031).

use std::borrow::Cow;
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

/// Reports headings in the wrong place and codes used twice. One finding for each cause: a file without its first heading is reported once.
pub(super) fn check_places(sheet: &Sheet<'_>, blocks: &[Block]) {
    let mut seen: HashMap<(Space, Cow<'_, str>), Span> = HashMap::new();
    let mut plans: HashMap<Cow<'_, str>, Span> = HashMap::new();
    let mut scope = Scope::Nothing;
    let mut scores = false;
    let mut orphan_reported = false;
    for block in blocks {
        let keyword = block.heading.keyword;
        if let Some(opened) = Scope::opened_by(keyword) {
            (scope, scores, orphan_reported) = (opened, false, false);
            seen.clear();
        }
        if let Some((why, help)) = out_of_place(keyword, scope, scores) {
            let is_cascade = matches!(scope, Scope::Nothing | Scope::Registry);
            if !(is_cascade && orphan_reported) {
                sheet.report.borrow_mut().add(fault::misplaced(Loc::new(sheet.source, block.heading.span), keyword, why, help));
            }
            orphan_reported |= is_cascade;
        }
        if keyword == Keyword::Own {
            // each RIÊNG answers for its own units
            seen.clear();
        }
        scores |= keyword == Keyword::ScoreTable;
        let Some((space, code, span)) = declared(block) else { continue };
        let key = folded(code, space);
        let first = match space {
            Space::File => plans.insert(key, span),
            Space::Task | Space::Target | Space::Part | Space::Appendix | Space::Group | Space::Criterion | Space::Unit | Space::Agency => {
                seen.insert((space, key), span)
            }
        };
        if let Some(first) = first {
            let loc = |span| Loc::new(sheet.source, span);
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
fn folded(code: &str, space: Space) -> Cow<'_, str> {
    match space {
        Space::Appendix | Space::Group => Cow::Borrowed(code.trim_start_matches('0')),
        Space::File | Space::Task | Space::Target | Space::Part | Space::Criterion | Space::Unit | Space::Agency => {
            // the common cases by a shorter way; ASCII codes equal no others
            if !code.is_ascii() {
                Cow::Owned(Key::new(code).as_str().to_owned())
            } else if code.bytes().any(|b| b.is_ascii_lowercase()) {
                Cow::Owned(code.to_ascii_uppercase())
            } else {
                Cow::Borrowed(code)
            }
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
