//! What the columns of a table are, by the words of their headings, and what the labels of running text are by theirs.
//!
//! Headings of real tables differ in every word; each role is known by the words that only it has. A heading that fits no role is a column
//! of the document's own, never dropped.

use crate::base::Key;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Role {
    /// The row's number.
    Number,
    /// What is to be done, or the criterion.
    Content,
    /// Products.
    Product,
    /// Who leads.
    Lead,
    /// Who coordinates.
    Coordinator,
    /// Who sums up.
    Synthesiser,
    /// Who does it, roles inside the cell (`Cơ quan thực hiện`).
    Roles,
    /// When.
    Deadline,
    /// What it costs.
    Budget,
    /// Remarks.
    Note,
    /// Targets of the task.
    Target,
    /// Legal bases of the task.
    Basis,
    /// Standard score.
    Standard,
    /// Last year's score.
    Previous,
    /// The score aimed at.
    Goal,
    /// What is done for a criterion.
    Solution,
    /// Anything else.
    Own,
}

impl Role {
    /// Says whether the column holds bodies.
    pub(super) fn is_body(self) -> bool {
        matches!(self, Self::Lead | Self::Coordinator | Self::Synthesiser | Self::Roles)
    }

    /// Says whether the column holds scores.
    pub(super) fn is_score(self) -> bool {
        matches!(self, Self::Standard | Self::Previous | Self::Goal)
    }
}

/// Returns the role of a column by its heading; `None` where its words are of none.
pub(super) fn role(heading: &str) -> Option<Role> {
    let key = Key::new(&heading.replace(['\n', '/', '(', ')', ',', ':', '.', '-'], " "));
    let text = key.as_str();
    let has = |words: &str| holds(text, words);
    let any = |list: &[&str]| list.iter().any(|words| has(words));
    if text.is_empty() || text.chars().count() > 120 {
        return None;
    }
    if matches!(text, "tt" | "stt" | "số tt" | "số thứ tự" | "thứ tự" | "#" | "no" | "số" | "sốtt" | "t t" | "s tt" | "mục")
    {
        return Some(Role::Number);
    }
    // scores before all else: their headings hold words of other roles
    if has("điểm") || has("điểm số") {
        if any(&["chuẩn", "tối đa", "thang điểm", "tối đa được chấm"]) {
            return Some(Role::Standard);
        }
        if any(&["mục tiêu", "phấn đấu", "kế hoạch", "dự kiến", "đề ra"]) {
            return Some(Role::Goal);
        }
        if any(&["đạt được", "đạt", "năm trước", "kết quả", "tự chấm", "tự đánh giá", "thẩm định"]) || ends_with_year(text)
        {
            return Some(Role::Previous);
        }
    }
    if text.starts_with("thang điểm") {
        return Some(Role::Standard);
    }
    if text.starts_with("mục tiêu") && (ends_with_year(text) || text == "mục tiêu") {
        return Some(Role::Goal);
    }
    if any(&["ghi chú"]) {
        return Some(Role::Note);
    }
    let lead = any(&["chủ trì", "chủ quản", "đầu mối"]);
    let coordinates = any(&["phối hợp"]);
    let person = any(&["người đứng đầu", "lãnh đạo", "cán bộ", "chuyên viên", "họ và tên", "họ tên"]);
    if person && !any(&["cơ quan", "đơn vị"]) {
        return None;
    }
    if lead && coordinates {
        return Some(Role::Roles);
    }
    if coordinates {
        return Some(Role::Coordinator);
    }
    if any(&["thời gian", "thời hạn", "tiến độ", "thời điểm", "kỳ hạn", "hạn hoàn thành", "hạn báo cáo", "hoàn thành trước"])
        || text == "hạn"
    {
        return Some(Role::Deadline);
    }
    if lead {
        return Some(Role::Lead);
    }
    let body = any(&["cơ quan", "đơn vị", "sở", "ban", "ngành", "địa phương", "phòng"]);
    if body && any(&["tổng hợp"]) {
        return Some(Role::Synthesiser);
    }
    if body && any(&["thực hiện", "trách nhiệm", "tham mưu", "triển khai", "phụ trách", "được giao", "giao", "phân công"])
    {
        return Some(Role::Roles);
    }
    if any(&["phân công", "trách nhiệm thực hiện", "trách nhiệm"]) {
        return Some(Role::Roles);
    }
    if any(&["kinh phí", "nguồn vốn", "dự toán", "vốn", "kinh phí thực hiện", "nguồn lực"]) {
        return Some(Role::Budget);
    }
    if any(&["sản phẩm", "kết quả", "đầu ra", "hình thức văn bản"]) {
        return Some(Role::Product);
    }
    if any(&["căn cứ", "cơ sở pháp lý"]) {
        return Some(Role::Basis);
    }
    if any(&[
        "nội dung",
        "nhiệm vụ",
        "công việc",
        "hoạt động",
        "tên văn bản",
        "tên đề án",
        "tiêu chí",
        "lĩnh vực",
        "đề mục",
        "tên chương trình",
    ]) {
        // `Nhiệm vụ/giải pháp` of a score table is told apart by its neighbours
        return Some(Role::Content);
    }
    if any(&["chỉ tiêu"]) {
        return Some(Role::Target);
    }
    if any(&["giải pháp", "biện pháp"]) {
        return Some(Role::Solution);
    }
    if matches!(text, "cơ quan" | "đơn vị") {
        return Some(Role::Roles);
    }
    if text == "hoàn thành" {
        return Some(Role::Deadline);
    }
    None
}

/// Returns the roles of a table's columns: each heading alone, then all of them together.
pub(super) fn roles(headings: &[String]) -> Vec<Role> {
    let mut out: Vec<Role> = headings.iter().map(|heading| role(heading).unwrap_or(Role::Own)).collect();
    let scored = out.iter().filter(|role| role.is_score()).count();
    let standard = out.contains(&Role::Standard);
    // a column of goals without scores is prose
    if scored < 2 && !standard {
        for role in &mut out {
            if role.is_score() {
                *role = if *role == Role::Goal { Role::Target } else { Role::Own };
            }
        }
    }
    let first = |out: &[Role], wanted: Role| out.iter().position(|role| *role == wanted);
    let mut contents: Vec<usize> = out.iter().enumerate().filter(|(_, role)| **role == Role::Content).map(|(at, _)| at).collect();
    if contents.is_empty()
        && let Some(at) = first(&out, Role::Solution).or_else(|| first(&out, Role::Target))
    {
        out[at] = Role::Content;
        contents.push(at);
    }
    for at in contents.into_iter().skip(1) {
        let key = Key::new(&headings[at]);
        let solution = holds(key.as_str(), "giải pháp") || standard;
        out[at] = if solution { Role::Solution } else { Role::Own };
    }
    // a second column of one role is the document's own, but bodies may stand in several
    for wanted in [Role::Number, Role::Deadline, Role::Budget, Role::Note, Role::Basis, Role::Standard, Role::Previous, Role::Goal] {
        let mut seen = false;
        for role in &mut out {
            if *role == wanted {
                if seen {
                    *role = Role::Own;
                }
                seen = true;
            }
        }
    }
    if !out.contains(&Role::Lead) && !standard {
        // one column says who does it: roles stand inside the cells
        return out;
    }
    // beside a leader, those who carry it out
    let coordinated = out.contains(&Role::Coordinator);
    for role in &mut out {
        if *role == Role::Roles {
            *role = if coordinated { Role::Own } else { Role::Coordinator };
        }
    }
    out
}

/// Says whether columns with these roles hold tasks.
pub(super) fn are_tasks(roles: &[Role]) -> bool {
    let what = roles.contains(&Role::Content);
    let who = roles.iter().any(|role| role.is_body());
    let rest = roles.iter().filter(|role| matches!(role, Role::Product | Role::Deadline | Role::Budget)).count();
    what && (who || rest >= 2)
}

/// Says whether columns with these roles hold criteria with scores.
pub(super) fn are_scores(roles: &[Role]) -> bool {
    roles.contains(&Role::Content) && roles.iter().filter(|role| role.is_score()).count() >= 2
}

/// Says whether `words` stand in `text` as whole words; both folded.
pub(super) fn holds(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        before && text[at + words.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    })
}

fn ends_with_year(text: &str) -> bool {
    text.split(' ').any(|word| word.len() == 4 && word.starts_with("20") && word.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[&str]) -> Vec<Role> {
        roles(&list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn headings_of_real_tables_are_known() {
        use Role::{Content, Coordinator, Deadline, Goal, Lead, Number, Own, Previous, Product, Roles, Solution, Standard};
        assert_eq!(
            of(&["TT", "Nội dung thực hiện", "Sản phẩm/Kết quả", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]),
            [Number, Content, Product, Lead, Coordinator, Deadline]
        );
        assert_eq!(
            of(&["TT", "Nhiệm vụ cụ thể", "Sản phẩm", "Cơ quan thực hiện", "Thời gian thực hiện"]),
            [Number, Content, Product, Roles, Deadline]
        );
        assert_eq!(
            of(&[
                "STT",
                "Lĩnh Vực/Tiêu chí/Tiêu chí thành phần",
                "Điểm chuẩn",
                "Điểm 2021 đạt được",
                "Mục tiêu năm 2022",
                "Nhiệm vụ/giải pháp",
                "Đơn vị chủ trì"
            ]),
            [Number, Content, Standard, Previous, Goal, Solution, Lead]
        );
        assert_eq!(
            of(&[
                "STT",
                "Tên nhiệm vụ",
                "Người đứng đầu chịu trách nhiệm",
                "Cơ quan\nchủ trì",
                "Cơ quan phối hợp",
                "Kết quả\nthực hiện",
                "Thời hạn hoàn thành"
            ]),
            [Number, Content, Own, Lead, Coordinator, Product, Deadline]
        );
        assert_eq!(of(&["TT", "Chỉ tiêu", "Chủ trì"]), [Number, Content, Lead]);
        assert_eq!(
            of(&["STT", "NHIỆM VỤ VÀ GIẢI PHÁP", "CHỦ TRÌ", "PHỐI HỢP", "THỜI GIAN"]),
            [Number, Content, Lead, Coordinator, Deadline]
        );
    }

    #[test]
    fn tables_of_other_things_are_not_tasks() {
        assert!(!are_tasks(&of(&["STT", "Địa điểm quan trắc", "Đối tượng quan trắc"])));
        assert!(!are_tasks(&of(&["TT", "Đối tượng quan trắc", "Thông số quan trắc", "Tần suất quan trắc", "Thời gian quan trắc"])));
    }
}
