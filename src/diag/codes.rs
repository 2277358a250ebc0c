//! All codes: one row each. The page of a code stands in `codes/` under its name; a code without a page does not compile.

use serde::{Serialize, Serializer};

use super::{Lang, Severity};

macro_rules! codes {
    ($($code:ident $severity:ident $vi:literal $en:literal;)*) => {
        /// The code of a finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $en] $code,)* }

        impl Code {
            /// All codes, ascending.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// Returns the code as printed (`KH3001`).
            pub fn text(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)* }
            }

            /// Returns the severity that a finding has unless a pass knows better.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)* }
            }

            /// Returns the short title, without a full stop.
            pub fn title(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$code, Lang::Vi) => $vi, (Self::$code, Lang::En) => $en,)* }
            }

            /// Returns the page: what it means, a wrong and a right example (markdown, both languages).
            pub fn page(self) -> &'static str {
                match self { $(Self::$code => include_str!(concat!("codes/", stringify!($code), ".md")),)* }
            }
        }
    };
}

codes! {
    KH0001 Error "Tệp không đọc được" "A file cannot be read";
    KH0002 Error "Tệp quá lớn" "A file is too large";
    KH0003 Error "Tệp không phải văn bản" "A file is not text";
    KH0004 Error "Bảng mã không phải Unicode" "A file's encoding is not Unicode";
    KH0005 Warning "Tệp trống" "A file is empty";
    KH0006 Error "Quá nhiều lỗi trong một tệp" "Too many findings in one file";
    KH0010 Error "Dòng tiêu đề không đúng mẫu" "A heading line does not fit";
    KH0011 Warning "Tiêu đề viết chưa đúng" "A heading is misspelt";
    KH0012 Error "Chữ đứng ngoài mọi khối" "Text stands outside every block";
    KH0013 Error "Tiêu đề đặt sai chỗ" "A heading stands in the wrong place";
    KH0014 Error "Khối chưa dựng được ở phiên bản này" "A block that this version does not compile";
    KH0020 Error "Nhãn không thuộc khối này" "A label belongs to another kind of block";
    KH0021 Error "Nhãn lặp lại trong một khối" "A label stands twice in one block";
    KH0022 Warning "Nhãn viết chưa đúng" "A label is misspelt";
    KH0023 Error "Dòng không thuộc nhãn nào" "A line belongs to no label";
    KH0024 Error "Nhãn thiếu giá trị" "A label has no value";
    KH0025 Error "Giá trị không đúng mẫu" "A value cannot be understood";
    KH0026 Error "Khối thiếu thông tin bắt buộc" "A block lacks what it must say";
    KH0030 Warning "Còn chỗ trống chưa điền" "A blank is still to be filled";
    KH0031 Error "Mã lặp lại" "A code is used twice";
    KH0033 Error "Chỗ điền không rõ" "A placeholder is unknown";
    KH1001 Error "Tên chưa có trong danh bạ" "A name is not in the registry";
    KH1002 Error "Cơ quan không còn hoặc chưa có vào ngày của kế hoạch" "An agency is not in force at the plan's date";
    KH1003 Warning "Cơ quan không cùng cấp với kế hoạch" "An agency is of the wrong level";
    KH1004 Error "Nhiều cơ quan tương ứng" "Several agencies correspond";
    KH1005 Warning "Không có cơ quan tương ứng" "No agency corresponds";
    KH1006 Info "Nhóm mở" "An open class";
    KH1010 Error "Danh bạ có vòng lặp" "The registry has a cycle";
    KH1011 Error "Hai nơi trực thuộc cùng lúc" "Two parents at one date";
    KH1012 Warning "Cơ quan không nối với ngành hay nhóm nào" "An agency cannot be reached";
    KH1013 Error "Trùng tên trong cùng thời gian" "Two entries share a name and a time";
    KH1014 Error "Danh bạ nhắc đến tên chưa khai" "The registry names something undeclared";
    KH1015 Error "Dòng nạp đơn vị không đúng mẫu" "A row of bulk data does not fit";
    KH1016 Error "Đơn vị của kế hoạch chưa khai" "A plan's unit is not declared";
    KH1017 Error "Kế hoạch cấp trên không phải của đơn vị cấp trên" "The parent plan is not of a unit above";
    KH2001 Warning "Thời hạn ngoài năm kế hoạch" "A deadline lies outside the plan year";
    KH2002 Error "Thời hạn trước ngày ký" "A deadline lies before the signing";
    KH2003 Warning "Một chỉ tiêu có hai giá trị" "One indicator has two values";
    KH2004 Warning "Cơ quan vừa chủ trì vừa phối hợp" "A lead also coordinates";
    KH2005 Warning "Hai nhiệm vụ trùng nội dung" "Two tasks say the same";
    KH2006 Error "Năm trong số hiệu khác năm ban hành" "A citation's year contradicts its date";
    KH2007 Warning "Ký hiệu văn bản không đúng mẫu" "A document's symbol is malformed";
    KH2008 Warning "Thời hạn chưa hiểu được" "A deadline cannot be understood";
    KH2009 Warning "Thời hạn thiếu năm" "A deadline lacks its year";
    KH2010 Warning "Tổng điểm không khớp" "A total of scores is wrong";
    KH3001 Error "Nhiệm vụ cấp trên bị bỏ sót" "A parent task is not answered";
    KH3002 Error "Nhiệm vụ cấp trên được trả lời nhiều lần" "A parent task is answered more than once";
    KH3003 Error "Không có nhiệm vụ này ở kế hoạch cấp trên" "The parent has no such task";
    KH3004 Error "Không áp dụng mà không nêu lý do" "A waiver gives no reason";
    KH3005 Warning "Thời hạn muộn hơn cấp trên" "A deadline is later than the parent's";
    KH3006 Warning "Chỉ tiêu kém hơn cấp trên" "A target is weaker than the parent's";
    KH3007 Error "Bỏ sản phẩm, chỉ tiêu hoặc chủ trì mà không nêu lý do" "Content of the parent is dropped without a reason";
    KH3008 Error "Nhiệm vụ không có cơ quan chủ trì" "A task has no lead";
    KH3009 Warning "Không áp dụng chưa có căn cứ" "A waiver is without ground";
    KH3010 Error "Không áp dụng mới ở mức đề xuất" "A waiver is only proposed";
    KH3011 Warning "Còn chữ của cấp trên" "Words of the upper level are left over";
    KH3012 Info "Nội dung chép nguyên của cấp trên" "Text is copied from the parent";
    KH3013 Error "Chỉ tiêu cấp trên bị bỏ sót" "A parent target is not answered";
    KH3014 Error "Chỉ tiêu cấp trên được trả lời nhiều lần" "A parent target is answered more than once";
    KH3015 Error "Không có chỉ tiêu này ở kế hoạch cấp trên" "The parent has no such target";
    KH3016 Error "Nhiệm vụ không do TÁCH, GỘP nào nêu" "A task that no split or merge announces";
    KH3017 Error "TÁCH, GỘP thiếu nhiệm vụ kết quả" "A split or merge lacks its result";
    KH3018 Error "Kết quả GỘP thiếu giá trị" "A merged task must state a field";
    KH3019 Info "Nhiệm vụ chuyển sang phụ lục khác" "A task moves to another appendix";
    KH3020 Error "Kế hoạch theo nhau thành vòng" "Plans follow each other in a cycle";
    KH3021 Error "Không có kế hoạch cấp trên này" "The parent plan does not exist";
    KH3022 Warning "CHẤP NHẬN không khớp phát hiện nào" "An acceptance matches no finding";
    KH3023 Error "Không được chấp nhận phát hiện này" "This finding cannot be accepted";
    KH3024 Info "Năm trong nội dung đã chuyển, cần đọc lại" "A year in text was moved";
    KH3025 Error "Nhiệm vụ đứng ngoài phụ lục" "A task stands under no appendix";
    KH3026 Error "Loại không áp dụng chưa rõ" "A waiver's class is unknown";
    KH3027 Error "CHẤP NHẬN không nêu lý do" "An acceptance gives no reason";
    KH3028 Warning "Năm kế hoạch và Chuyển năm không khớp" "The plan's year and its year shift disagree";
    KH3029 Warning "Ngày ký trước kế hoạch cấp trên" "A plan is signed before its parent";
    KH3030 Warning "Kế hoạch cấp trên không có trong căn cứ" "The parent plan is not among the legal bases";
    KH3031 Warning "Kế hoạch ban hành sau hạn" "A plan is issued after the day set for it";
    KH3032 Error "Đơn vị chưa có kế hoạch" "A unit has no plan";
    KH3033 Error "Hai RIÊNG cùng trả lời một nhiệm vụ" "Two RIÊNG answer one task";
    KH3034 Error "RIÊNG thay một phần TÁCH, GỘP" "RIÊNG replaces a split or merge in part";
    KH3035 Warning "RIÊNG không làm kế hoạch nào khác đi" "A RIÊNG changes no plan";
    KH3036 Error "Giao đến cấp hoặc đơn vị không có" "A plan is handed to a level or unit that does not exist";
    KH3037 Warning "Không áp dụng không ghi loại" "A waiver states no class";
    KH3038 Info "Sửa đổi không làm gì khác đi" "An amendment changes nothing";
    KH5001 Error "Tài liệu không đọc được" "A document cannot be read";
    KH5002 Error "Tài liệu có mật khẩu" "A document is locked by a password";
    KH5003 Error "Định dạng cũ chưa đọc trực tiếp được" "An old format is not read directly";
    KH5004 Error "Tài liệu vượt giới hạn an toàn" "A document exceeds the safe limits";
    KH5005 Warning "Bảng mã cũ đã được chuyển sang Unicode" "An old encoding was converted to Unicode";
    KH5006 Warning "Tài liệu còn sửa đổi đang theo dõi" "A document holds tracked changes";
    KH5007 Info "Tài liệu còn ý kiến góp ý" "A document holds comments";
    KH5008 Warning "Tài liệu có macro" "A document holds macros";
    KH5009 Info "Liên kết ra ngoài không được mở" "Content from elsewhere was not fetched";
    KH5010 Warning "Có phần không đọc được thành chữ" "A part of the document is no text";
    KH5011 Warning "Tài liệu hỏng một phần" "A document is damaged in part";
    KH5012 Info "Chữ ẩn không được đọc" "Hidden text was left out";
    KH5013 Warning "Ô bảng tính có lỗi" "A cell of a sheet holds an error";
    KH5014 Warning "Chữ bị gạch ngang" "Text is struck out";
    KH5015 Warning "Hàng của bảng chưa hiểu được" "A row of a table was not understood";
    KH5016 Info "Cột riêng của văn bản" "A column of the document's own";
    KH5017 Warning "Danh sách cơ quan chưa tách được chắc chắn" "A list of bodies was not surely taken apart";
    KH5018 Warning "Thời hạn của văn bản chưa hiểu được" "A deadline of the document was not understood";
    KH5019 Info "Hàng được nối từ trang trước" "A row was joined with the one before";
    KH5020 Info "Bảng không có nhiệm vụ" "A table holds no tasks";
    KH5021 Warning "Phần đầu văn bản thiếu thông tin" "The head of the document lacks something";
    KH5022 Info "Chữ không thuộc phần nào" "Words belong to no part of the document";
    KH5023 Warning "Số thứ tự của hàng không liền" "Row numbers are out of order";
    KH5024 Warning "Ô của hàng được xếp theo nội dung" "Cells of a row were sorted by their words";
    KH5025 Warning "Thông tin lấy từ phần ghi của trang mạng" "A value comes from a web page's notes";
    KH5027 Warning "Điểm chưa hiểu được" "A score was not understood";
    KH5028 Warning "Không tìm thấy nhiệm vụ nào" "No task was found";
    KH5029 Info "Cơ quan không có trong danh bạ" "A body is not in the registry";
    KH5035 Warning "Tên chưa hiểu trong kế hoạch ghi nhận" "Names are not understood in a plan in record mode";
    KH5036 Warning "Giá trị chưa hiểu trong kế hoạch ghi nhận" "Values are not understood in a plan in record mode";
    KH5037 Warning "Ứng với chưa được xác nhận" "A tie is not confirmed";
    KH5038 Error "Hiểu là không rõ sửa mục nào" "It is unclear which field Hiểu là corrects";
    KH5039 Error "Nhãn chỉ dùng khi ghi nhận" "A label that only record mode has";
    KH5040 Error "Vừa ứng với vừa không ứng với" "A task both answers and does not answer another";
    KH6001 Error "Mẫu văn bản có lỗi" "A template is faulty";
    KH6002 Warning "Mẫu văn bản không dùng đến" "A template file is not used";
    KH6003 Error "Mẫu văn bản Word cho XML sai" "A template for Word gives malformed XML";
    KH6004 Error "Bảng không ghi được thành tệp Excel" "A table cannot be written as an Excel file";
    KH6005 Error "Tệp Word mẫu không dùng được" "A Word template cannot be used";
    KH6006 Info "Tệp Word mẫu thiếu kiểu chữ" "A Word template lacks styles";
    KH6007 Warning "Đầu trang hoặc chân trang của tệp Word mẫu không lấy được" "A header or footer of the Word template is left out";
}

impl Code {
    /// Returns the code with this text, case ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        Self::ALL.iter().copied().find(|code| code.text() == text)
    }

    /// Says whether a person can accept a finding of this code (CHẤP NHẬN). Files, syntax and totality cannot be accepted.
    pub fn can_be_accepted(self) -> bool {
        !self.text().starts_with("KH0")
            && !matches!(
                self,
                Self::KH3001
                    | Self::KH3002
                    | Self::KH3003
                    | Self::KH3004
                    | Self::KH3010
                    | Self::KH3013
                    | Self::KH3014
                    | Self::KH3015
                    | Self::KH3017
                    | Self::KH3020
                    | Self::KH3021
                    | Self::KH3022
                    | Self::KH3023
                    | Self::KH3027
            )
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}
