//! The types of values.

use serde::{Deserialize, Serialize};

use crate::base::{Date, Quarter, Year};

/// A deadline cell: one time, or times of products, phases or steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// Entries in printed order; at least one.
    pub entries: Vec<Entry>,
}

/// One line of a deadline cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Product, phase or step that the time is of (`Báo cáo kết quả thực hiện`); `None` for the whole task.
    pub of: Option<String>,
    /// The words of the time as printed, without `of` and its colon.
    pub text: String,
    /// What the words mean.
    pub time: Time,
    /// The points in time that `text` names, in order: what a shift of years or months rewrites. Recurrences and
    /// conditions have none; a citation's or range's dates are never among them.
    pub moments: Vec<Moment>,
}

/// A point in time named in text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// First byte in the entry's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it names.
    pub when: When,
}

/// A calendar point of some width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// A day.
    Day(Date),
    /// A month (1 to 12); the year may be left out.
    Month(Option<Year>, u8),
    /// A quarter (1 to 4); the year may be left out.
    Quarter(Option<Year>, Quarter),
    /// A whole year.
    Year(Year),
}

/// How a point bounds the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// Done within the point, by its last day.
    By,
    /// `Trước …`: the last day is the one before.
    Before,
    /// `Chậm nhất …`.
    Latest,
}

/// A period of a recurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Period {
    /// Hàng tháng.
    Month,
    /// Hàng quý.
    Quarter,
    /// 6 tháng.
    HalfYear,
    /// 9 tháng.
    NineMonths,
    /// Năm.
    Year,
    /// Định kỳ, no period said.
    Unspecified,
}

/// What the words of a time mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Time {
    /// `Quý II/2022`, `Trước ngày 30/6/2022`, `Chậm nhất tháng 12/2022`.
    Point {
        /// The point.
        when: When,
        /// How it bounds.
        bound: Bound,
    },
    /// `Quý I, Quý II năm 2022`.
    Range {
        /// Its first point.
        from: When,
        /// Its last point.
        to: When,
    },
    /// `Trong năm 2022`, `Năm 2020`, `Trong năm` (the plan year).
    Within(Option<Year>),
    /// `Thường xuyên`, `Thường xuyên trong năm 2022`.
    Continuous(Option<Year>),
    /// `Định kỳ hàng quý, 6 tháng, năm hoặc đột xuất`.
    Recurrent {
        /// Sorted, no period twice, at least one.
        every: Vec<Period>,
        /// `hoặc đột xuất`.
        on_demand: bool,
        /// A year that bounds it (`Hàng quý, năm 2020`).
        within: Option<Year>,
    },
    /// `Khi có văn bản chỉ đạo của Trung ương`.
    Conditional,
    /// `Ngay sau khi kết thúc kỳ thi`.
    After,
    /// `Theo hướng dẫn của …`, `Đúng tiến độ …`.
    External,
    /// An exception or a report's route where a time was expected (`(trừ kiểm tra đột xuất)`).
    Remark,
    /// Not understood.
    Unknown,
}

/// A product of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// As printed, without its own deadline.
    pub text: String,
    /// What kind of thing.
    pub kind: ProductKind,
    /// The body behind `của`, as printed (`UBND tỉnh`), where the product is a document.
    pub issuer: Option<String>,
    /// The body to whom it is `trình`, as printed.
    pub submitted_to: Option<String>,
    /// `(nếu có)`.
    pub optional: bool,
}

/// What a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductKind {
    /// Quyết định, Nghị quyết, Kế hoạch, Đề án, Văn bản …
    Document,
    /// Báo cáo.
    Report,
    /// Laid before a body (`Báo cáo, trình HĐND tỉnh`).
    Submission,
    /// Hội nghị, cuộc thi …: something done.
    Activity,
    /// A state or a target reached.
    State,
    /// Results by another document (`Kết quả theo Kế hoạch số 140/KH-UBND`).
    External,
}

/// A target: one indicator with at most one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Code that ties the same indicator over plans; empty where none is given.
    pub code: String,
    /// As printed.
    pub text: String,
    /// What is measured; `None` is a qualitative target.
    pub measure: Option<Measure>,
    /// `trừ …`, as printed.
    pub exception: Option<String>,
}

/// The measure in a target's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// How the value bounds.
    pub comparator: Comparator,
    /// Value in thousandths (92,5 is 92500); `None` for `bằng hoặc cao hơn năm 2021`.
    pub value: Option<i64>,
    /// `%`, `đơn vị`, `bậc`, `điểm`, or the noun counted; empty where none.
    pub unit: String,
    /// `so với năm 2015`: the year compared with.
    pub base: Option<Year>,
    /// First byte of the measure in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// How a measure's value bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    /// `tối thiểu`, `từ … trở lên`, `ít nhất`, `đạt`, a bare percentage.
    AtLeast,
    /// `trên`, `cao hơn`.
    MoreThan,
    /// `100%`, `phải đạt`.
    Exactly,
    /// `không quá`, `tối đa`.
    AtMost,
    /// `dưới`.
    LessThan,
    /// `thêm`, `tăng`: a growth by at least the value.
    IncreaseBy,
    /// `giảm`: a fall by at least the value.
    DecreaseBy,
    /// `không có`, `không để`.
    None,
}

/// A legal document named in text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte (type, number, date and issuer; not the subject).
    pub end: u32,
    /// Type word (`Quyết định`, `Luật`), as printed.
    pub kind: String,
    /// Number as printed with its symbol (`5347/QĐ-UBND`); `None` for a Luật without one.
    pub number: Option<String>,
    /// Day of issue.
    pub date: Option<Date>,
    /// Body behind `của`, as printed.
    pub issuer: Option<String>,
}
