//! Bodies: the run of words that names one, behind `của`. Who they are is the agency room's to say.

use super::word::{Read, any_of, decline, phrase};

/// Words that end the run of a body's name.
const BEHIND_BODY: &[&str] = &[
    "về",
    "ban hành",
    "quy định",
    "tại",
    "phê duyệt",
    "sửa đổi",
    "bổ sung",
    "đối với",
    "để",
    "cho",
    "trong",
    "hướng dẫn",
    "giai đoạn",
    "đảm bảo",
    "bảo đảm",
    "ngày",
    "số",
    "có",
    "được",
    "theo",
    "năm",
    "đã",
    "nhằm",
    "thực hiện",
    "triển khai",
    "do",
    "trình",
    "giao",
    "công bố",
    "thành lập",
    "từ",
    "đến",
    "thay thế",
    "bãi bỏ",
    "kèm theo",
    "là",
    "phù hợp",
    "và các",
    "và những",
    "hoặc",
    "như",
    "với",
    "khi",
    "trên",
    "chỉ đạo",
    "đúng",
    "còn",
    "hết",
    "nếu",
    "yêu cầu",
    "thông qua",
    "kết luận",
    "tổ chức thực hiện",
    "phân công",
    "phân cấp",
    "nghị quyết",
    "quyết định",
    "kế hoạch",
    "chương trình",
    "nghị định",
    "thông tư",
    "công văn",
    "tờ trình",
    "chỉ thị",
    "và nghị",
    "và quyết",
    "và thông tư",
    "và kế hoạch",
    "và công văn",
    "và chỉ thị",
    "và luật",
    "và văn bản",
    "và chương trình",
    "và tờ trình",
    "và hướng dẫn",
    "và kết luận",
    "và thông báo",
    "đề nghị",
    "luật",
];

/// Reads the name of a body: up to a comma, a stop, a bracket, or words that cannot be in one.
pub(super) fn body(input: &str) -> Read<'_, &str> {
    let mut end = 0;
    for (index, word) in crate::base::words(input).into_iter().enumerate() {
        let between = &input[end..word.start];
        let joined = match between.trim() {
            "" => true,
            "-" | "&" => index > 0,
            // `Văn hóa, Thể thao và Du lịch` is one name
            "," => input[..end].ends_with("Văn hóa") || input[..end].ends_with("Văn hoá") || input[..end].ends_with("Thông tin"),
            _ => false,
        };
        let next = &input[word.start..];
        let over = index >= 16 || any_of(BEHIND_BODY)(next).is_ok() || next.starts_with(|c: char| c.is_ascii_digit());
        // `và` goes on where a name with a capital follows
        let loose_and = phrase("và")(next).is_ok_and(|(rest, _)| !rest.trim_start().starts_with(char::is_uppercase));
        if !joined || over || loose_and {
            break;
        }
        end = word.end;
    }
    let name = input[..end].trim_end();
    let name = name.strip_suffix(" và").unwrap_or(name);
    if name.is_empty() { decline(input) } else { Ok((&input[name.len()..], name)) }
}
