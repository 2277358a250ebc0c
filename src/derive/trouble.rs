//! What translation could not decide, as findings: KH1004, KH1005, KH3024.

use crate::base::Loc;
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::ParentKind;
use crate::shift::Trouble;

/// Returns the finding of a trouble. `at` stands for it in the child's file; `place` is the task, target, PHẦN or PHỤ LỤC.
pub(super) fn note(trouble: &Trouble, at: Loc, place: &str, kind: ParentKind) -> Diagnostic {
    let theirs = || match kind {
        ParentKind::Upper => msg!("cơ quan của cấp trên", "the parent's body"),
        ParentKind::LastYear => msg!("cơ quan ghi ở kế hoạch năm trước", "the body in last year's plan"),
    };
    match trouble {
        Trouble::Ambiguous { name, at: stated, choices } => {
            let list: Vec<String> = choices.iter().map(|(sector, body, _)| format!("{body} ({sector})")).collect();
            let list = list.join("; ");
            let message = match kind {
                ParentKind::Upper => {
                    msg!("{name} ở {place} có nhiều cơ quan tương ứng: {list}", "{name} in {place} has several counterparts: {list}")
                }
                ParentKind::LastYear => {
                    msg!("{name} ở {place} có nhiều cơ quan kế tục: {list}", "{name} in {place} has several successors: {list}")
                }
            };
            let mut note = Diagnostic::new(Kh::KH1004, at, message).related(*stated, theirs());
            for (_, body, loc) in choices.iter().take(2) {
                note = note.related(*loc, msg!("{body}", "{body}"));
            }
            let first = choices.first().map_or("", |(sector, _, _)| sector.as_str());
            note.help(msg!(
                "Ghi Lĩnh vực, hoặc ghi ngành sau tên: {name} ({first})",
                "State Lĩnh vực, or the sector behind the name: {name} ({first})"
            ))
            .quote(name.clone())
        }
        Trouble::NoCounterpart { name, at: stated } => Diagnostic::new(
            Kh::KH1005,
            at,
            match kind {
                ParentKind::Upper => {
                    msg!("{name} ở {place} không có cơ quan tương ứng, đã bỏ", "{name} in {place} has no counterpart and is left out")
                }
                ParentKind::LastYear => msg!(
                    "{name} ở {place} không còn vào ngày của kế hoạch và không có cơ quan kế tục, đã bỏ",
                    "{name} in {place} no longer exists at the plan's date, has no successor and is left out"
                ),
            },
        )
        .related(*stated, theirs())
        .help(msg!("Nếu cần, ghi rõ cơ quan thực hiện ở kế hoạch này", "If needed, name the body in this plan"))
        .quote(name.clone()),
        Trouble::LevelEnded { name, at: stated, level } => Diagnostic::new(
            Kh::KH1018,
            at,
            msg!(
                "{name} ở {place} thuộc cấp {level}, không còn vào ngày của kế hoạch này",
                "{name} in {place} is of the level {level}, which does not exist at this plan's date"
            ),
        )
        .related(*stated, theirs())
        .help(msg!(
            "Cấp trên lập kế hoạch năm nay bằng LẬP NĂM và CHUYỂN CẤP, rồi theo kế hoạch đó; hoặc ghi lại cơ quan bằng SỬA ĐỔI {place}",
            "Have the upper level make this year's plan with LẬP NĂM and CHUYỂN CẤP and follow that; or restate the body with SỬA ĐỔI {place}"
        ))
        .quote(name.clone()),
        Trouble::NoTaker { name, at: stated, decided, level, choices } => {
            let list = choices.join("; ");
            let message = if choices.len() > 1 {
                msg!(
                    "Nhiều cơ quan cấp {level} có thể nhận việc của {name} ở {place}: {list}",
                    "Several bodies of the level {level} could take over from {name} in {place}: {list}"
                )
            } else {
                msg!(
                    "Danh bạ không nói cơ quan nào của cấp {level} nhận việc của {name} ở {place}",
                    "The registry does not say which body of the level {level} takes over from {name} in {place}"
                )
            };
            Diagnostic::new(Kh::KH4026, *decided, message)
                .related(*stated, msg!("năm trước giao ở đây", "given here last year"))
                .help(msg!(
                    "Thêm dòng Giao: tên cơ quan cấp {level} dưới CHUYỂN CẤP này, hoặc ghi Lĩnh vực của nhiệm vụ",
                    "Add a line Giao: a body of the level {level} below this CHUYỂN CẤP, or state Lĩnh vực of the task"
                ))
                .quote(name.clone())
        }
        Trouble::Gone { name, heirs } => {
            let list = heirs.join("; ");
            let note = Diagnostic::new(
                Kh::KH4005,
                at,
                msg!(
                    "Câu chữ của {place} nhắc {name}, cơ quan không còn vào ngày của kế hoạch",
                    "The words of {place} name {name}, which no longer exists at the plan's date"
                ),
            )
            .quote(name.clone());
            if heirs.is_empty() {
                note.help(msg!("Viết lại câu đó, ghi cơ quan đang có", "Restate the words with a body that exists"))
            } else {
                note.help(msg!("Viết lại câu đó; cơ quan kế tục: {list}", "Restate the words; successors: {list}"))
            }
        }
        Trouble::ComparedYear { from, to } => Diagnostic::new(
            Kh::KH3024,
            at,
            msg!("Năm so sánh ở {place} đã chuyển từ {from} sang {to}", "The year compared with in {place} moved from {from} to {to}"),
        )
        .quote(from.clone()),
    }
}
