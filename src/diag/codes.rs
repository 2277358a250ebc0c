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
    KH1018 Error "Giao việc cho cấp không còn" "Work is given to a level that ended";
    KH1019 Warning "Câu chữ nhắc cấp hoặc loại đơn vị không còn" "Words name a level or unit type that is gone";
    KH1020 Error "Kế hoạch của đơn vị không còn" "The plan is of a unit that does not exist";
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
    KH2011 Warning "Chữ lặp liền nhau" "A word stands twice in a row";
    KH2012 Warning "Ngoặc hoặc dấu nháy không đủ đôi" "A bracket or quotation mark has no partner";
    KH2013 Warning "Số thứ tự trùng hoặc nhảy" "A number repeats or is left out";
    KH2014 Warning "Dòng kèm theo ghi số văn bản khác" "A caption bears another document's number";
    KH2015 Warning "Hứa một cột mà bảng không có" "A column is promised that no table has";
    KH2016 Warning "Báo cáo qua chính mình" "A body reports through itself";
    KH2017 Info "Báo cáo trước khi nhiệm vụ đến hạn" "A report is due before what it sums up";
    KH2018 Info "Chủ trì là cả một nhóm cơ quan" "A whole class of bodies leads";
    KH2019 Info "Sản phẩm không có thời hạn riêng" "A product has no deadline beside others that have";
    KH2020 Warning "Một văn bản ghi hai ngày" "One document is cited with two dates";
    KH2021 Warning "Nội dung và phụ lục không khớp" "Narrative and appendix differ";
    KH2022 Info "Ban hành văn bản mà chỉ có báo cáo" "A document is to be issued, but only reports are products";
    KH2023 Info "Tên đơn vị khác dấu" "A unit's name bears other marks";
    KH2024 Info "Quyết định không có điều về hiệu lực" "A decision has no article on its effect";
    KH2025 Info "Hai chỉ tiêu gần như một mà khác giá trị" "Two indicators of like words have different values";
    KH2026 Warning "Chỉ tiêu thấp hơn kết quả đã đạt" "A target is below the result already reached";
    KH2027 Info "Cơ quan phối hợp lại được giao chủ trì" "A coordinator is told to lead";
    KH2028 Warning "Từ thiếu một chữ" "A word lacks a syllable";
    KH2029 Info "Chữ có thể hỏng khi quét hoặc sao chép" "Words may be damaged by scanning or copying";
    KH2030 Info "Viện dẫn văn bản không có số" "A document is cited without its number";
    KH2031 Info "Phụ lục đánh số Ả Rập" "Appendices bear Arabic numbers";
    KH2032 Warning "Hai nhãn liền nhau" "Two labels stand in a row";
    KH2033 Info "Tên văn bản còn chữ của bản thảo" "A title keeps a word of its draft";
    KH2034 Info "Bảng nhiệm vụ không có sản phẩm" "A table of tasks states no products";
    KH2035 Info "Phần lớn thời hạn là cả năm" "Most deadlines are the whole year";
    KH2036 Info "Kế hoạch cấp trên được dựa vào mà không có trong căn cứ" "The upper plan gone by is not among the legal bases";
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
    KH3039 Warning "Cấp trên đã đổi nhiệm vụ sau khi được trả lời" "A parent task changed after it was answered";
    KH3040 Warning "Cấp trên đã đổi nhiệm vụ không áp dụng" "A waived parent task changed";
    KH3041 Warning "Danh bạ nay chuyển một tên sang tên khác" "The registry now gives another counterpart";
    KH3042 Error "Dòng của kehoach.lock bị hỏng" "A line of kehoach.lock is broken";
    KH3043 Error "Phiên bản của kehoach.lock chưa biết" "The version of kehoach.lock is unknown";
    KH4001 Error "Động từ không dành cho kế hoạch này" "A verb is not for this parent";
    KH4002 Error "Kế hoạch năm trước không phải của đơn vị này" "Last year's plan is of another unit";
    KH4003 Error "Năm kế hoạch không sau năm trước" "The plan's year does not come after last year's";
    KH4004 Error "Việc chưa hoàn thành mà kết thúc" "An unfinished task is ended";
    KH4005 Warning "Câu chữ nhắc cơ quan không còn" "Words name a body that no longer exists";
    KH4006 Warning "Văn bản viện dẫn đã có văn bản mới" "A newer document is known";
    KH4007 Error "Việc lùi sang năm này chưa được trả lời" "A task put off to this year is not answered";
    KH4008 Error "Năm lùi đến không sau năm kế hoạch" "A task is put off to a year that does not come later";
    KH4009 Error "Nối tiếp không nêu việc đã kết thúc" "A task follows none that ended";
    KH4010 Error "Tệp kết quả không dùng được" "A file of results cannot be used";
    KH4011 Error "Dòng kết quả không đúng mẫu" "A row of results cannot be understood";
    KH4012 Error "Kết quả của mã không có" "A result of a code that does not exist";
    KH4013 Error "Một nhiệm vụ có hai dòng kết quả" "A task has two rows of results";
    KH4014 Warning "Nhiệm vụ năm trước chưa có kết quả" "A task of last year has no result";
    KH4015 Warning "Chỉ tiêu kém hơn năm trước" "A target is weaker than last year's";
    KH4020 Error "Chưa quyết định nơi nhận việc của cấp không còn" "Nobody decided who takes over from a level that ended";
    KH4021 Error "Việc của cấp không còn được chuyển hai lần" "The work of a level that ended is moved twice";
    KH4022 Error "CHUYỂN CẤP không có gì để chuyển" "CHUYỂN CẤP has nothing to move";
    KH4023 Error "CHUYỂN CẤP ghi sai cấp" "CHUYỂN CẤP names a wrong level";
    KH4024 Error "Thôi việc của cấp không còn mà không có lý do" "The work of a level that ended is dropped without a reason";
    KH4025 Error "Giao cho cơ quan không thuộc cấp nhận việc" "Giao names a body that is not of the level that takes over";
    KH4026 Error "Không rõ cơ quan nào nhận việc" "Who takes the work over is not clear";
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
    KH5026 Info "Ô ghi như trên" "A cell repeats the one above";
    KH5027 Warning "Điểm chưa hiểu được" "A score was not understood";
    KH5028 Warning "Không tìm thấy nhiệm vụ nào" "No task was found";
    KH5029 Info "Cơ quan không có trong danh bạ" "A body is not in the registry";
    KH5035 Warning "Tên chưa hiểu trong kế hoạch ghi nhận" "Names are not understood in a plan in record mode";
    KH5036 Warning "Giá trị chưa hiểu trong kế hoạch ghi nhận" "Values are not understood in a plan in record mode";
    KH5037 Warning "Ứng với chưa được xác nhận" "A tie is not confirmed";
    KH5038 Error "Hiểu là không rõ sửa mục nào" "It is unclear which field Hiểu là corrects";
    KH5039 Error "Nhãn chỉ dùng khi ghi nhận" "A label that only record mode has";
    KH5040 Error "Vừa ứng với vừa không ứng với" "A task both answers and does not answer another";
    KH5045 Error "Nhiệm vụ giao cấp này chủ trì không được trả lời" "A task that the level leads is not answered";
    KH5046 Warning "Nhiệm vụ giao cấp này phối hợp không được trả lời" "A task that the level coordinates is not answered";
    KH5047 Warning "Cặp nhiệm vụ chưa chắc chắn" "A pair of tasks is doubtful";
    KH5048 Warning "Thời hạn trong văn bản muộn hơn cấp trên" "An issued deadline is later than the parent's";
    KH5049 Warning "Chỉ tiêu trong văn bản kém hơn cấp trên" "An issued target is weaker than the parent's";
    KH5050 Warning "Cơ quan chủ trì thuộc cấp trên" "A lead is of an upper level";
    KH5051 Warning "Văn bản bỏ nội dung của cấp trên" "An issued plan drops a field of the parent";
    KH5052 Error "Đơn vị không có kế hoạch để đối chiếu" "A unit has no plan to audit";
    KH5053 Error "Hai văn bản cùng nhận một đơn vị" "Two documents claim one unit";
    KH5054 Warning "Không rõ văn bản của đơn vị nào" "A document's unit cannot be read";
    KH5055 Warning "Năm còn để như cấp trên" "A year is still the parent's";
    KH5056 Error "Thiếu sót đã hết còn trong danh sách đã biết" "A mended gap is still in the baseline";
    KH5057 Error "Dòng danh sách đã biết không đúng mẫu" "A line of the baseline does not fit";
    KH5058 Info "Nhiệm vụ được tách hoặc gộp" "A task is split or merged";
    KH5059 Warning "Chuỗi giao việc bị đứt" "The chain of levels breaks";
    KH5060 Info "Nội dung viết khác quá nửa" "More than half of a text is reworded";
    KH5061 Warning "Tên đơn vị đọc gần đúng" "A unit's name is read as a near one";
    KH5065 Error "Phiếu có mã không thuộc kế hoạch" "A form has a code that the plan does not have";
    KH5066 Error "Hai hàng của phiếu về cùng một việc" "Two rows of a form are about one thing";
    KH5067 Error "Ô của phiếu chưa hiểu được" "A cell of a form cannot be understood";
    KH5068 Error "Phiếu còn thiếu chỗ phải điền" "A form lacks what has to be filled in";
    KH5069 Warning "Hàng hoặc cột ẩn vẫn được đọc" "Hidden rows or columns were read too";
    KH5070 Warning "Nhiều đơn vị cùng tên" "Several units have one name";
    KH5075 Error "Câu trả lời trong bảng Excel không khớp" "An answer in the Excel file does not fit";
    KH5076 Error "Kế hoạch không có chỗ ghi câu trả lời" "A plan has no place for an answer";
    KH5077 Warning "Bản ban hành khác bản dự án lập" "An issued plan differs from the derived one";
    KH5078 Info "Nhiệm vụ không áp dụng, có lý do" "A task is waived with a reason";
    KH5079 Warning "Văn bản đã đổi sau khi ghi nhận" "A document changed since it was recorded";
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
                    | Self::KH4001
                    | Self::KH4004
                    | Self::KH4007
                    | Self::KH3039
                    | Self::KH3040
                    | Self::KH3041
                    | Self::KH3042
                    | Self::KH3043
                    | Self::KH4020
                    | Self::KH4021
                    | Self::KH4024
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
