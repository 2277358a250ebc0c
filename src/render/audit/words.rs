//! The labels of the report's page, in both languages.

use std::collections::BTreeMap;

use crate::diag::{Lang, Message, msg};

/// Returns the labels by the names that the template uses.
pub(super) fn words(lang: Lang) -> BTreeMap<&'static str, String> {
    let list: [(&'static str, Message); 28] = [
        ("report", msg!("Báo cáo đối chiếu", "Audit report")),
        ("skip", msg!("Đến ma trận", "To the matrix")),
        ("matrix", msg!("Ma trận bao phủ", "Coverage matrix")),
        ("matrix_scrolls", msg!("Ma trận bao phủ, cuộn được", "Coverage matrix, scrollable")),
        ("rows_and_columns", msg!("Hàng là đơn vị, cột là nhiệm vụ của cấp trên", "Rows are units, columns are tasks of the upper plan")),
        ("filter", msg!("Lọc", "Filter")),
        ("unit", msg!("Đơn vị", "Unit")),
        ("appendix", msg!("Phụ lục", "Appendix")),
        ("state", msg!("Trạng thái", "State")),
        ("all", msg!("tất cả", "all")),
        ("only_lost", msg!("chỉ đơn vị có bỏ sót", "only units that lost tasks")),
        ("answered", msg!("Đã có", "Answered")),
        ("lost", msg!("Bỏ sót", "Lost")),
        ("shown", msg!("đơn vị đang hiện", "units shown")),
        ("breaks", msg!("Chuỗi giao việc bị đứt", "Broken chains")),
        ("units", msg!("Từng đơn vị", "Unit by unit")),
        ("upper", msg!("Cấp trên", "The upper plan")),
        ("lower", msg!("Đơn vị", "The unit")),
        ("compared", msg!("so với lời cấp trên sau khi chuyển cấp", "against the upper plan's words after translation")),
        ("why", msg!("Căn cứ", "Why")),
        ("findings", msg!("Lỗi trong văn bản", "Faults in the document")),
        ("waivers", msg!("Không áp dụng", "Waivers")),
        ("no_waivers", msg!("Không có", "None")),
        ("class", msg!("Loại", "Class")),
        ("reason", msg!("Lý do", "Reason")),
        ("task", msg!("Nhiệm vụ", "Task")),
        ("unchecked", msg!("Không đối chiếu", "What was not checked")),
        ("back", msg!("Về ma trận", "Back to the matrix")),
    ];
    list.into_iter().map(|(name, message)| (name, message.get(lang).to_owned())).collect()
}
