//! The tree of a `.kh` file: blocks under headings, fields under labels, items under fields.
//!
//! Texts are kept as [`crate::base::clean`] gives them, so that files which differ only in what Word did to them give equal trees.
//! Spans and trivia are not part of the tree's identity: equality and serialisation pass them over.

use serde::{Deserialize, Serialize};

use crate::base::Span;

/// One file: its blocks in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Blocks in source order.
    pub blocks: Vec<Block>,
    /// Comments and blank lines behind the last block.
    #[serde(skip)]
    pub tail: Trivia,
}

/// A heading and what stands below it, up to the next heading.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Block {
    /// What the heading says.
    pub heading: Heading,
    /// Text behind the heading's colon, continuation lines joined by one space.
    pub title: Option<Text>,
    /// Fields, and for PHẦN, NGÀNH and THUẬT NGỮ also items and paragraphs, in source order.
    pub nodes: Vec<Node>,
    /// From the heading to the last line of the block.
    #[serde(skip)]
    pub span: Span,
    /// Comments and blank lines above the heading.
    #[serde(skip)]
    pub trivia: Trivia,
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.heading == other.heading && self.title == other.title && self.nodes == other.nodes
    }
}

impl Eq for Block {}

/// A heading's keyword and argument.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Heading {
    /// Which heading.
    pub keyword: Keyword,
    /// What stands between the keyword and the colon.
    pub argument: Argument,
    /// Keyword and argument, without the colon.
    #[serde(skip)]
    pub span: Span,
}

impl PartialEq for Heading {
    fn eq(&self, other: &Self) -> bool {
        self.keyword == other.keyword && self.argument == other.argument
    }
}

impl Eq for Heading {}

/// Text of the tree with its place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Text {
    /// Cleaned text ([`crate::base::clean`]), continuation lines joined by one space, a leading `\` removed.
    pub value: String,
    /// From the first to the last byte in the source (may hold line ends and raw forms).
    #[serde(skip)]
    pub span: Span,
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl Eq for Text {}

/// A code as written, such as `TC-08` or `TH-2022/TC-08`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeRef {
    /// The plan in front of `/`, if any.
    pub plan: Option<String>,
    /// The code itself.
    pub code: String,
    /// Role in brackets behind the code (`TTHC-02 (phối hợp)`), if any.
    pub bracket: Option<String>,
    /// The whole reference.
    #[serde(skip)]
    pub span: Span,
}

impl PartialEq for CodeRef {
    fn eq(&self, other: &Self) -> bool {
        self.plan == other.plan && self.code == other.code && self.bracket == other.bracket
    }
}

impl Eq for CodeRef {}

/// What stands behind a heading's keyword.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Argument {
    /// Nothing.
    None,
    /// One code.
    Code(CodeRef),
    /// Codes, all answered alike.
    Codes(Vec<CodeRef>),
    /// `a CÙNG b`: one child task answers several parents' tasks.
    Together(Vec<CodeRef>),
    /// `a THÀNH b, c`.
    Split {
        /// The task that is split.
        from: CodeRef,
        /// Its results.
        into: Vec<CodeRef>,
    },
    /// `a, b THÀNH c`.
    Merge {
        /// The tasks that are merged.
        from: Vec<CodeRef>,
        /// The result.
        into: CodeRef,
    },
    /// A number as written: Roman for PHẦN, Arabic or none for PHỤ LỤC and NHÓM NHIỆM VỤ, dotted for TIÊU CHÍ.
    Number(Text),
    /// A name: NGÀNH, NHÓM, CẤP. May run over lines.
    Name(Text),
    /// `huyện SANG xã: TTHC-01`, `huyện SANG không: BM-12 (phối hợp)`.
    Move {
        /// The level that is void.
        from: Text,
        /// The level that takes over, or `không`.
        to: Text,
        /// The tasks, each with its role in brackets or with all roles.
        tasks: Vec<CodeRef>,
    },
    /// `KH3005 TTHC-03`.
    Accept {
        /// The finding's code.
        code: Text,
        /// The task, part, criterion, appendix or plan; empty means the plan.
        place: Text,
    },
}

/// A line or group of lines below a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// `Label: value` with the items below it.
    Field(Field),
    /// A bare item (PHẦN, NGÀNH, THUẬT NGỮ).
    Item(Item),
    /// A paragraph (PHẦN).
    Paragraph(Paragraph),
}

/// A label with its value and items.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Field {
    /// Which label, synonyms folded to one.
    pub label: Label,
    /// Text on the label's line, continuation lines joined.
    pub value: Option<Text>,
    /// `-` and `+` lines below the label. In a PHẦN items are nodes of their own.
    pub items: Vec<Item>,
    /// The label's words, without the colon.
    #[serde(skip)]
    pub label_span: Span,
    /// From the label to the last item.
    #[serde(skip)]
    pub span: Span,
    /// Comments and blank lines above.
    #[serde(skip)]
    pub trivia: Trivia,
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label && self.value == other.value && self.items == other.items
    }
}

impl Eq for Field {}

/// A `-` line (level 1) or a `+` line (level 2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// 1 for `-`, `–`, `•`, `*`; 2 for `+`.
    pub level: u8,
    /// The text without its bullet.
    pub text: Text,
    /// Comments and blank lines above.
    #[serde(skip)]
    pub trivia: Trivia,
}

/// A paragraph of prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// The joined text.
    pub text: Text,
    /// Comments and blank lines above.
    #[serde(skip)]
    pub trivia: Trivia,
}

impl Block {
    /// Returns the first field under `label`: the one that counts.
    pub fn field(&self, label: Label) -> Option<&Field> {
        self.fields().find(|field| field.label == label)
    }

    /// Returns the fields in source order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Field(field) => Some(field),
            Node::Item(_) | Node::Paragraph(_) => None,
        })
    }
}

impl Node {
    /// Returns what stands above the node.
    pub fn trivia(&self) -> &Trivia {
        match self {
            Self::Field(field) => &field.trivia,
            Self::Item(item) => &item.trivia,
            Self::Paragraph(paragraph) => &paragraph.trivia,
        }
    }
}

/// What stands above a node and carries no meaning. Compares equal to any other.
#[derive(Debug, Clone, Default)]
pub struct Trivia {
    /// Comment lines, `#` included, cleaned; in order. Empty for most nodes. An empty string is a blank line between or below comments.
    pub comments: Vec<String>,
    /// Whether a blank line stands directly above the node or its comments.
    pub blank: bool,
}

impl PartialEq for Trivia {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Trivia {}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $text, "`")] $variant,)* }

        impl $name {
            /// Returns all, in the order of the language's tables.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the words as the formatter writes them.
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

words! {
    /// The closed list of headings.
    Keyword {
        Registry = "DANH BẠ",
        Plan = "KẾ HOẠCH",
        HandOn = "GIAO KẾ HOẠCH",
        NextYear = "LẬP NĂM",
        Level = "CẤP",
        Unit = "ĐƠN VỊ",
        Agency = "CƠ QUAN",
        Sector = "NGÀNH",
        Group = "NHÓM",
        Terms = "THUẬT NGỮ",
        Part = "PHẦN",
        Appendix = "PHỤ LỤC",
        TaskGroup = "NHÓM NHIỆM VỤ",
        Task = "NHIỆM VỤ",
        Addition = "BỔ SUNG",
        Inherit = "KẾ THỪA",
        Amend = "SỬA ĐỔI",
        Split = "TÁCH",
        Merge = "GỘP",
        Waive = "KHÔNG ÁP DỤNG",
        Continue = "TIẾP TỤC",
        Finish = "KẾT THÚC",
        Target = "CHỈ TIÊU",
        AddTarget = "BỔ SUNG CHỈ TIÊU",
        InheritTarget = "KẾ THỪA CHỈ TIÊU",
        AmendTarget = "SỬA ĐỔI CHỈ TIÊU",
        WaiveTarget = "KHÔNG ÁP DỤNG CHỈ TIÊU",
        ContinueTarget = "TIẾP TỤC CHỈ TIÊU",
        FinishTarget = "KẾT THÚC CHỈ TIÊU",
        Own = "RIÊNG",
        MoveLevel = "CHUYỂN CẤP",
        ScoreTable = "BẢNG ĐIỂM",
        Criterion = "TIÊU CHÍ",
        Accept = "CHẤP NHẬN",
    }
}

words! {
    /// The closed list of labels, over all blocks.
    Label {
        Load = "Nạp",
        Under = "Thuộc",
        Validity = "Hiệu lực",
        Basis = "Căn cứ",
        OtherNames = "Tên khác",
        OfficialCode = "Mã hành chính",
        Succession = "Kế tục",
        LevelOf = "Cấp",
        Conversion = "Quy đổi",
        Kind = "Loại",
        Unit = "Đơn vị",
        Year = "Năm",
        Period = "Giai đoạn",
        Form = "Hình thức",
        Layout = "Trình bày",
        Authority = "Thẩm quyền",
        Number = "Số",
        Date = "Ngày",
        Signer = "Người ký",
        ProposedBy = "Theo đề nghị",
        Opening = "Lời dẫn",
        Responsible = "Trách nhiệm thi hành",
        Recipients = "Nơi nhận",
        Parents = "Theo",
        YearShift = "Chuyển năm",
        Earlier = "Sớm hơn cấp trên",
        Replaces = "Thay thế",
        RegistryDate = "Danh bạ ngày",
        Mode = "Chế độ",
        Columns = "Cột",
        Origin = "Nguồn",
        From = "Từ",
        Results = "Kết quả",
        ToLevel = "Đến cấp",
        IssueBy = "Hạn ban hành",
        PlanCode = "Mã kế hoạch",
        PlanTitle = "Tên kế hoạch",
        File = "Tệp",
        Note = "Ghi chú",
        Section = "MỤC",
        Subsection = "TIỂU MỤC",
        Marking = "Kiểu",
        Numbering = "Đánh số",
        Sector = "Lĩnh vực",
        Focal = "Cơ quan đầu mối",
        Report = "Báo cáo",
        Via = "Gửi qua",
        AttachedTo = "Kèm theo",
        PrintedTitle = "Tiêu đề in",
        CalledAs = "Tên gọi",
        Products = "Sản phẩm",
        Leads = "Cơ quan chủ trì",
        Coordinators = "Cơ quan phối hợp",
        Synthesisers = "Cơ quan tổng hợp",
        Deadline = "Thời gian hoàn thành",
        Targets = "Chỉ tiêu",
        Budget = "Kinh phí",
        Reason = "Lý do",
        Follows = "Nối tiếp",
        Answers = "Ứng với",
        NotAnswers = "Không ứng với",
        PrintedNumber = "Số in",
        ReadAs = "Hiểu là",
        Standard = "Điểm chuẩn",
        Previous = "Điểm năm trước",
        Goal = "Mục tiêu",
        Measures = "Giải pháp",
        ApprovedBy = "Người duyệt",
        ApprovedOn = "Ngày duyệt",
        AssignTo = "Giao",
        At = "Tại",
    }
}
