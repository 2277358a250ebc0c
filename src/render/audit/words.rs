//! The labels of the report's page, in both languages.

use std::collections::BTreeMap;

use crate::diag::{Lang, Message, msg};

/// Returns the labels by the names that the template uses.
pub(super) fn words(lang: Lang) -> BTreeMap<&'static str, String> {
    let list: Vec<(&'static str, Message)> = vec![
        ("report", msg!("Báo cáo đối chiếu", "Audit report")),
        ("skip", msg!("Đến bảng đơn vị và nhiệm vụ", "To the table of units and tasks")),
        ("matrix", msg!("Bảng đơn vị và nhiệm vụ", "Units and tasks")),
        ("matrix_scrolls", msg!("Bảng đơn vị và nhiệm vụ, cuộn được", "Units and tasks, scrollable")),
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
        (
            "how_to_read",
            msg!(
                "Chọn một ô để xem cấp trên giao gì, đơn vị ghi gì và vì sao kết luận như vậy; chọn tên đơn vị để xem cả đơn vị. Chữ gạch bỏ là của cấp trên, đã chuyển về cấp của đơn vị; chữ gạch chân là của đơn vị.",
                "Choose a cell to see what the upper plan asks, what the unit says, and why it was judged so; choose a unit's name to see all of it. Struck out are the upper plan's words, brought down to the unit's level; underlined are the unit's."
            ),
        ),
        ("upper_tasks", msg!("Nhiệm vụ của cấp trên", "Tasks of the upper plan")),
        ("tasks", msg!("nhiệm vụ", "tasks")),
        ("code", msg!("Mã", "Code")),
        ("content", msg!("Nội dung", "Content")),
        ("leads", msg!("Cơ quan chủ trì", "Leads")),
        ("deadline", msg!("Thời gian hoàn thành", "Deadline")),
        ("quote", msg!("Trích", "Quoted")),
        ("place", msg!("Chỗ", "Place")),
        ("message", msg!("Phát hiện", "Finding")),
        ("print_one", msg!("In riêng đơn vị này", "Print this unit alone")),
        ("upper", msg!("Cấp trên giao", "The upper plan")),
        ("lower", msg!("Đơn vị ghi", "The unit says")),
        ("why", msg!("Căn cứ", "Why")),
        ("findings", msg!("Phát hiện khác", "Other findings")),
        ("waivers", msg!("Không áp dụng", "Waivers")),
        ("no_waivers", msg!("Không có", "None")),
        ("class", msg!("Loại", "Class")),
        ("reason", msg!("Lý do", "Reason")),
        ("task", msg!("Nhiệm vụ", "Task")),
        ("unchecked", msg!("Không đối chiếu", "What was not checked")),
        ("back", msg!("Về bảng", "Back to the table")),
    ];
    list.into_iter().map(|(name, message)| (name, message.get(lang).to_owned())).collect()
}
