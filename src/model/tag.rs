//! Tags: what ties a place in a document to the value of a plan that stands there.
//!
//! A document that is edited by hand (a Word file) carries a tag at every value, so that the edit finds its way back. A tag reads
//! `kh:PLAN/TASK/FIELD`, codes as the plan writes them:
//!
//! | tag | stands for |
//! |---|---|
//! | `kh:HH-2023/TC-08/content` | a field of a task: `content`, `products`, `leads`, `coordinators`, `synthesisers`, `deadline`, `targets`, `budget`, `note`, `own:NAME` |
//! | `kh:DN-2022/1.3/name` | a field of a criterion of a score table: `name`, `standard`, `previous`, `target`, `solution`, `lead`, the others as of a task |
//! | `kh:HH-2023//number` | a value of the plan: `number`, `date`, `title`, `bases`, `proposer`, `effect`, `responsible`, `recipients`, `office` (the lines above the signature), `signer` |
//! | `kh:HH-2023//target/hai-long` | the text of a plan-level target |
//! | `kh:HH-2023//part/II.2.1` | prose: the PHẦN numbered II, below it the second node of the plan's content, below that the first |
//!
//! Rules of what stands inside a tagged place:
//! - A list (products, bodies, recipients) is one item per paragraph, in front of each item of several `- `, behind it `;` or `.`; inside a cell that
//!   joins fields, the items stand in one line with `; ` between them. The marks are punctuation, not part of a value.
//! - A tag may stand several times: the contents in the document's order are one list.
//! - A deadline of one product stands as `product: time`. A body's own label (`Cơ quan phối hợp, theo dõi: …`) stands inside, the label that a
//!   column or line gives to a field stands outside.
//! - Titles of PHẦN stand in capitals. A blank may be a no-break space. A final `.` may have been added.
//! - A field that is not stated has a place without text.
//! - Word takes tags of 64 letters; a longer one is cut, with a checksum of the whole behind `~`. So tags are compared with those that a plan's values
//!   would have, and [`Tag::parse`] is for those that were not cut.

use super::ColumnField;

/// How many letters Word allows in a tag.
const LONGEST: usize = 64;

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
    fn long_tags_are_cut_to_what_word_takes_and_stay_apart() {
        let tag = |end: &str| Tag::new("HH-2023", "TC-08", &format!("own:{}{end}", "Nguồn kinh phí ".repeat(5))).text();
        assert_eq!(tag("a").encode_utf16().count(), 64);
        assert_ne!(tag("a"), tag("b"));
        assert_eq!(Tag::parse(&tag("a")), None);
    }
}
