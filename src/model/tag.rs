//! Tags: what ties a place in a document to the value of a plan that stands there.
//!
//! A document that is edited by hand (a Word file) carries a tag at every value, so that the edit finds its way back. A tag reads
//! `kh:PLAN/TASK/FIELD`, codes as the plan writes them:
//!
//! | tag | stands for |
//! |---|---|
//! | `kh:HH-2023/TC-08/content` | a field of a task: `content`, `products`, `leads`, `coordinators`, `synthesisers`, `deadline`, `targets`, `budget`, `note`, `own:NAME` |
//! | `kh:DN-2022/1.3/name` | a field of a criterion of a score table: `name`, `standard`, `previous`, `target`, `solution`, `lead`, the others as of a task |
//! | `kh:HH-2023//number` | a value of the plan: `number`, `date`, `title`, `bases`, `proposer`, `opening`, `effect`, `responsible`, `recipients`, `office` (the lines above the signature), `signer` |
//! | `kh:HH-2023//target/hai-long` | the text of a plan-level target |
//! | `kh:HH-2023//part/II.2.1` | prose: the PHẦN numbered II, below it the second node of the plan's content, below that the first |
//!
//! Rules of what stands inside a tagged place:
//! - A list (products, bodies, recipients) is one item per paragraph, in front of each item of several `- `, behind it `;` or `.`; inside a cell that
//!   joins fields, the items stand in one line with `; ` between them. The marks are punctuation, not part of a value.
//! - A tag may stand several times: the contents in the document's order are one list.
//! - A deadline of one product stands as `product: time`. A body's own label (`Cơ quan phối hợp, theo dõi: …`) stands inside, the label that a
//!   column or line gives to a field stands outside.
//! - `date` stands in words (`ngày 24 tháng 12 năm 2021`); `bases` and `proposer` without their opening words (`Căn cứ`, `Theo đề nghị của`) unless the
//!   plan writes them; `effect` begins small.
//! - Titles of PHẦN stand in capitals. A blank may be a no-break space. A final `.` may have been added.
//! - A field that is not stated has a place without text.
//! - The place is a content control (`w:sdt` with `w:tag`): inside a paragraph, around paragraphs, and, when Word has saved a cell that holds nothing else,
//!   around the cell (`w:tr/w:sdt/w:sdtContent/w:tc`).
//! - Word takes tags of 64 letters; a longer one is cut, with a checksum of the whole behind `~`. So tags are compared with those that a plan's values
//!   would have, and [`Tag::parse`] is for those that were not cut.
//! - LibreOffice before 7.5 drops tags and keeps only what Word shows above a place, [`Tag::title`]: `TC-08: Thời gian hoàn thành`. It tells the task and
//!   the field of most places, and nothing for prose.

use super::ColumnField;

/// How many letters Word allows in a tag, and in a title.
const LONGEST: usize = 64;

/// Fields and what people call them. Prose and plan-level targets have no title: their places would fill the page with it.
const TITLES: [(&str, &str); 26] = [
    ("content", "Nội dung"),
    ("products", "Sản phẩm"),
    ("leads", "Cơ quan chủ trì"),
    ("lead", "Đơn vị chủ trì"),
    ("coordinators", "Cơ quan phối hợp"),
    ("synthesisers", "Cơ quan tổng hợp"),
    ("deadline", "Thời gian hoàn thành"),
    ("targets", "Chỉ tiêu"),
    ("budget", "Kinh phí"),
    ("note", "Ghi chú"),
    ("name", "Tiêu chí"),
    ("standard", "Điểm chuẩn"),
    ("previous", "Điểm năm trước"),
    ("target", "Mục tiêu"),
    ("solution", "Giải pháp"),
    ("number", "Số, ký hiệu"),
    ("date", "Ngày ban hành"),
    ("title", "Trích yếu"),
    ("bases", "Căn cứ"),
    ("proposer", "Theo đề nghị"),
    ("opening", "Lời dẫn"),
    ("effect", "Hiệu lực"),
    ("responsible", "Trách nhiệm thi hành"),
    ("recipients", "Nơi nhận"),
    ("office", "Chức vụ người ký"),
    ("signer", "Người ký"),
];

/// What a tag names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// The plan's code.
    pub plan: String,
    /// The task's code or the criterion's number; empty for a value of the plan itself.
    pub task: String,
    /// The field (`deadline`, `own:Nguồn vốn`, `part/II.1`).
    pub field: String,
}

impl Tag {
    /// Returns the tag of a field of a task, or of the plan where `task` is empty.
    pub fn new(plan: &str, task: &str, field: &str) -> Self {
        Self { plan: plan.to_owned(), task: task.to_owned(), field: field.to_owned() }
    }

    /// Returns the tag as documents carry it, at most 64 letters.
    pub fn text(&self) -> String {
        let whole = format!("kh:{}/{}/{}", self.plan, self.task, self.field);
        // Word counts as UTF-16 does
        if whole.encode_utf16().count() <= LONGEST {
            return whole;
        }
        let sum = whole.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let mut out = String::new();
        let mut room = LONGEST - 9;
        for c in whole.chars() {
            if c.len_utf16() > room {
                break;
            }
            room -= c.len_utf16();
            out.push(c);
        }
        format!("{out}~{sum:08x}")
    }

    /// Returns what Word shows above the place (`TC-08: Thời gian hoàn thành`), at most 64 letters; `None` for prose and plan-level targets.
    pub fn title(&self) -> Option<String> {
        let known = TITLES.iter().find(|(field, _)| *field == self.field).map(|(_, title)| *title);
        let name = known.or_else(|| self.field.strip_prefix("own:"))?;
        let whole = if self.task.is_empty() { name.to_owned() } else { format!("{}: {name}", self.task) };
        Some(whole.chars().take(LONGEST).collect())
    }

    /// Reads a title of a place in a document of `plan`; `None` for any other text.
    pub fn from_title(plan: &str, title: &str) -> Option<Self> {
        let field = |name: &str| TITLES.iter().find(|(_, known)| *known == name).map(|(field, _)| (*field).to_owned());
        match title.split_once(": ") {
            None => Some(Self::new(plan, "", &field(title)?)),
            Some((task, name)) => Some(Self::new(plan, task, &field(name).unwrap_or_else(|| format!("own:{name}")))),
        }
    }

    /// Reads a tag that was not cut; `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("kh:")?.splitn(3, '/');
        let (plan, task, field) = (parts.next()?, parts.next()?, parts.next()?);
        (!plan.is_empty() && !field.is_empty() && !text.contains('~')).then(|| Self::new(plan, task, field))
    }
}

impl ColumnField {
    /// Returns the field's name in tags; `None` for the running number, which is no value. `criterion` says that the row is a criterion of a score
    /// table.
    pub fn tag_name(&self, criterion: bool) -> Option<String> {
        let name = match self {
            Self::Number => return None,
            Self::Content if criterion => "name",
            Self::Content => "content",
            Self::Products => "products",
            Self::Leads if criterion => "lead",
            Self::Leads => "leads",
            Self::Coordinators => "coordinators",
            Self::Synthesisers => "synthesisers",
            Self::Deadline => "deadline",
            Self::Targets => "targets",
            Self::Budget => "budget",
            Self::Note => "note",
            Self::Standard => "standard",
            Self::Previous => "previous",
            Self::Goal => "target",
            Self::Measures => "solution",
            Self::Own(name) => return Some(format!("own:{name}")),
        };
        Some(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_as_it_was_written() {
        for tag in [Tag::new("HH-2023", "TC-08", "own:Nguồn vốn/năm"), Tag::new("HH-2023", "", "part/II.1")] {
            assert_eq!(Tag::parse(&tag.text()), Some(tag));
        }
        assert_eq!(["kh:a/b", "x:a/b/c", "kh://c", "Tên"].map(Tag::parse), [const { None }; 4]);
    }

    #[test]
    fn a_title_names_task_and_field() {
        for tag in [Tag::new("A", "TC-08", "deadline"), Tag::new("A", "", "signer"), Tag::new("A", "1.3", "own:Nguồn vốn")] {
            assert_eq!(tag.title().and_then(|title| Tag::from_title("A", &title)), Some(tag));
        }
        assert_eq!(Tag::new("A", "", "part/I").title(), None);
    }

    #[test]
    fn long_tags_are_cut_to_what_word_takes_and_stay_apart() {
        let tag = |end: &str| Tag::new("HH-2023", "TC-08", &format!("own:{}{end}", "Nguồn kinh phí ".repeat(5))).text();
        assert_eq!(tag("a").encode_utf16().count(), 64);
        assert_ne!(tag("a"), tag("b"));
        assert_eq!(Tag::parse(&tag("a")), None);
    }
}
