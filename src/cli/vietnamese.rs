//! The Vietnamese texts of the help. English ones stand beside the definitions; a test holds the two together.

/// Commands: what a person types, and what it does.
const ABOUT: &[(&str, &str)] = &[
    ("kehoach", "Biên dịch kế hoạch hằng năm của cơ quan hành chính nhà nước"),
    ("kehoach init", "Tạo một dự án nhỏ, kiểm tra đạt ngay"),
    ("kehoach check", "Kiểm tra dự án, không ghi tệp nào"),
    ("kehoach build", "Xuất kế hoạch thành văn bản"),
    ("kehoach derive", "Soạn dự thảo kế hoạch cấp dưới từ kế hoạch cấp trên: mỗi nhiệm vụ một động từ"),
    ("kehoach audit", "Đối chiếu kế hoạch cấp trên với các kế hoạch, văn bản cấp dưới: mỗi nhiệm vụ ra sao"),
    ("kehoach diff", "So sánh hai kế hoạch theo nhiệm vụ và từng mục; khác nhau thì kết thúc với mã 1"),
    ("kehoach roll", "Lập dự thảo kế hoạch năm sau từ kế hoạch và kết quả năm trước: mỗi nhiệm vụ một động từ"),
    ("kehoach import", "Đọc một văn bản có sẵn và cho biết văn bản đó ghi gì"),
    ("kehoach why", "Cho biết câu lệnh và quy tắc nào đã tạo nên một nhiệm vụ hay một mục của nó"),
    ("kehoach agency", "Tra cơ quan trong danh bạ: cơ quan kế tục, cơ quan tương ứng các cấp"),
    ("kehoach graph", "Vẽ sơ đồ cơ quan hoặc sơ đồ các kế hoạch theo nhau"),
    ("kehoach fmt", "Viết lại tệp .kh theo một cách trình bày thống nhất"),
    ("kehoach explain", "Giải thích một phát hiện, kèm ví dụ chưa đúng và đúng"),
    ("kehoach templates", "Chép mẫu văn bản vào dự án hoặc kiểm tra mẫu của dự án"),
    ("kehoach templates eject", "Chép mẫu của chương trình vào dự án để sửa"),
    ("kehoach templates check", "Kiểm tra mẫu riêng của dự án"),
    ("kehoach completions", "In tệp gợi ý lệnh cho trình dòng lệnh"),
    ("kehoach help", "In trợ giúp của chương trình hoặc của một lệnh"),
];

/// Options and arguments: command (empty for those of every command), id, text.
const HELP: &[(&str, &str, &str)] = &[
    ("kehoach", "project", "Thư mục của dự án; nếu không nêu thì lấy thư mục gần nhất phía trên có kehoach.toml"),
    ("kehoach", "lang", "Ngôn ngữ của trợ giúp, thông báo và báo cáo; cũng đặt được bằng KEHOACH_LANG"),
    ("kehoach", "color", "Có tô màu hay không; tôn trọng NO_COLOR"),
    ("kehoach init", "folder", "Thư mục của dự án mới; chưa có thì được tạo"),
    ("kehoach init", "force", "Thay những tệp đã có"),
    (
        "kehoach check",
        "paths",
        "Tệp hoặc thư mục cần xem phát hiện; cả dự án vẫn được đọc. Văn bản .docx, .html, .txt, .md thì được kiểm tra như nó có",
    ),
    ("kehoach check", "format", "Cách ghi các phát hiện"),
    (
        "kehoach check",
        "accept_changes",
        "Ghi nhận đã xem những gì cấp trên đổi (kehoach.lock): của các tệp được nêu, không nêu thì của cả dự án",
    ),
    ("kehoach check", "strict", "Có cảnh báo cũng kết thúc với mã 1"),
    ("kehoach check", "release", "Kiểm tra lần cuối trước khi ký: chỗ trống và đề xuất chưa xác nhận là lỗi"),
    (
        "kehoach build",
        "plans",
        "Mã các kế hoạch, hoặc mã một GIAO KẾ HOẠCH để lấy kế hoạch của mọi đơn vị; không nêu thì lấy mọi kế hoạch của dự án",
    ),
    ("kehoach build", "format", "Các dạng văn bản, cách nhau bằng dấu phẩy"),
    (
        "kehoach build",
        "output",
        "Thư mục ghi kết quả, hoặc tệp nếu chỉ có một văn bản; không nêu thì in văn bản của một kế hoạch ra màn hình",
    ),
    ("kehoach build", "body", "Chỉ xuất nhiệm vụ và thời hạn của một cơ quan"),
    ("kehoach build", "changes", "Bảng các nội dung sửa đổi, không áp dụng kèm theo Tờ trình"),
    ("kehoach build", "width", "Số cột của trang văn bản"),
    ("kehoach build", "templates", "Thư mục mẫu, hoặc một tệp Word để lấy kiểu chữ, dùng thay mẫu của dự án và của chương trình"),
    ("kehoach build", "force", "Thay những tệp có nội dung khác"),
    ("kehoach build", "strict", "Có cảnh báo cũng kết thúc với mã 1"),
    ("kehoach build", "release", "Kiểm tra lần cuối trước khi ký: chỗ trống và đề xuất chưa xác nhận là lỗi"),
    ("kehoach derive", "parent", "Mã kế hoạch cấp trên"),
    ("kehoach derive", "unit", "Mã hoặc tên đơn vị cần soạn kế hoạch"),
    ("kehoach derive", "all", "Một cấp: soạn một kế hoạch giao cho mọi đơn vị cấp đó (GIAO KẾ HOẠCH)"),
    ("kehoach derive", "year", "Năm của dự thảo; không nêu thì theo kế hoạch cấp trên"),
    ("kehoach derive", "update", "Mã nhiệm vụ cấp trên đã đổi: cho biết đổi gì, rồi ghi nhận đã xem vào kehoach.lock"),
    ("kehoach derive", "worksheet", "Ghi các cách xử lý thành phiếu Excel có danh sách chọn, điền xong đọc lại bằng import"),
    ("kehoach derive", "output", "Tệp cần ghi; không nêu thì in dự thảo ra màn hình"),
    ("kehoach derive", "force", "Thay tệp có nội dung khác"),
    ("kehoach audit", "parent", "Kế hoạch cấp trên: mã kế hoạch, hoặc tệp"),
    ("kehoach audit", "children", "Kế hoạch cấp dưới: mã kế hoạch, mã GIAO KẾ HOẠCH, tệp hoặc thư mục"),
    ("kehoach audit", "format", "Cách ghi kết quả; baseline ghi danh sách thiếu sót đã biết"),
    (
        "kehoach audit",
        "output",
        "Tệp cần ghi; báo cáo Excel phải có, các dạng khác không nêu thì in ra màn hình. Với html có thể nêu thư mục có sẵn: một báo cáo chung ngắn và mỗi đơn vị một tệp",
    ),
    ("kehoach audit", "force", "Thay tệp có nội dung khác"),
    ("kehoach audit", "baseline", "Danh sách thiếu sót đã biết: thiếu sót mới là lỗi, thiếu sót đã hết phải rời danh sách"),
    ("kehoach audit", "strict", "Có cảnh báo cũng kết thúc với mã 1"),
    ("kehoach audit", "width", "Số cột của báo cáo"),
    ("kehoach diff", "from", "Mã kế hoạch thứ nhất"),
    ("kehoach diff", "to", "Mã kế hoạch thứ hai"),
    ("kehoach diff", "format", "Cách ghi kết quả so sánh"),
    ("kehoach roll", "plan", "Mã kế hoạch năm trước"),
    ("kehoach roll", "year", "Năm của dự thảo"),
    ("kehoach roll", "results", "Kết quả năm trước theo mã nhiệm vụ, tệp .csv hoặc .xlsx"),
    ("kehoach roll", "worksheet", "Ghi các cách xử lý thành phiếu Excel có danh sách chọn, điền xong đọc lại bằng import"),
    ("kehoach roll", "output", "Tệp cần ghi; không nêu thì in dự thảo ra màn hình"),
    ("kehoach roll", "force", "Thay tệp có nội dung khác"),
    (
        "kehoach import",
        "files",
        "Các văn bản cần đọc: .docx, .html, .xlsx, hoặc chữ chép từ trang văn bản pháp luật; phiếu Excel đã điền, báo cáo Excel của audit đã trả lời thì được đọc lại (giải thích: explain KH5076)",
    ),
    ("kehoach import", "format", "Cách ghi những gì đọc được: kế hoạch ghi nhận, hoặc JSON"),
    ("kehoach import", "output", "Tệp cần ghi, hoặc thư mục để ghi mỗi văn bản một tệp; không nêu thì in ra màn hình"),
    ("kehoach import", "force", "Thay những tệp có nội dung khác"),
    ("kehoach import", "unit", "Mã hoặc tên đơn vị của kế hoạch; không nêu thì lấy theo cơ quan ban hành"),
    ("kehoach import", "code", "Mã kế hoạch; không nêu thì ghép mã đơn vị với năm, hoặc lấy tên tệp"),
    ("kehoach import", "revisions", "Sửa đổi đang theo dõi trong Word: nhận (accept) hay bỏ (reject); không nêu thì nhận và nêu từng chỗ"),
    ("kehoach import", "update", "Đưa những chỗ đã sửa trong văn bản do build --format docx xuất ra trở lại các tệp .kh của dự án"),
    ("kehoach import", "dry_run", "Đi với --update: chỉ cho xem, không ghi gì"),
    ("kehoach import", "year", "Năm của kế hoạch; không nêu thì lấy trong văn bản"),
    ("kehoach why", "plan", "Mã kế hoạch"),
    ("kehoach why", "task", "Mã nhiệm vụ của kế hoạch, hoặc của cấp trên mà kế hoạch trả lời"),
    ("kehoach why", "field", "Nhãn của một mục, như “Cơ quan chủ trì”; không nêu thì lấy mọi mục"),
    ("kehoach agency", "name", "Tên cơ quan hoặc đơn vị, như “Sở Nội vụ”, “xã Hoằng Phượng”"),
    ("kehoach agency", "date", "Ngày cần tra (d/m/yyyy); không nêu thì lấy hôm nay"),
    ("kehoach agency", "sector", "Ngành quyết định khi có nhiều cơ quan tương ứng"),
    ("kehoach graph", "what", "Cần vẽ: sơ đồ cơ quan hay sơ đồ kế hoạch"),
    ("kehoach graph", "format", "Dạng của bản vẽ"),
    ("kehoach graph", "date", "Ngày của sơ đồ cơ quan (d/m/yyyy); không nêu thì lấy hôm nay"),
    ("kehoach fmt", "paths", "Các tệp cần định dạng; không nêu thì lấy mọi tệp của dự án"),
    ("kehoach fmt", "check", "Không ghi gì; kết thúc với mã 1 nếu có tệp chưa đúng định dạng"),
    (
        "kehoach explain",
        "code",
        "Mã phát hiện, như KH3001; “van-ban” nêu những lỗi của văn bản cần người đọc; không nêu thì liệt kê mọi mã",
    ),
    ("kehoach templates eject", "folder", "Thư mục đích; không nêu thì lấy thư mục mẫu của dự án"),
    ("kehoach templates eject", "force", "Thay những tệp có nội dung khác"),
    ("kehoach completions", "shell", "Trình dòng lệnh đang dùng"),
    ("kehoach help", "command", "Lệnh cần xem"),
];

/// Names of values in usage lines.
const VALUES: &[(&str, &str)] = &[
    ("CODE", "MÃ"),
    ("CHILD", "CẤP-DƯỚI"),
    ("COMMAND", "LỆNH"),
    ("DATE", "NGÀY"),
    ("DIR", "THƯ-MỤC"),
    ("FIELD", "MỤC"),
    ("FILE", "TỆP"),
    ("FORMAT", "DẠNG"),
    ("LANG", "NGÔN-NGỮ"),
    ("NAME", "TÊN"),
    ("NUMBER", "SỐ"),
    ("PARENT", "CẤP-TRÊN"),
    ("PATH", "ĐƯỜNG-DẪN"),
    ("PLAN", "KẾ-HOẠCH"),
    ("SECTOR", "NGÀNH"),
    ("SHELL", "TRÌNH-LỆNH"),
    ("TASK", "NHIỆM-VỤ"),
    ("LEVEL", "CẤP"),
    ("UNIT", "ĐƠN-VỊ"),
    ("HOW", "CÁCH"),
    ("WHAT", "LOẠI"),
    ("WHEN", "KHI-NÀO"),
    ("YEAR", "NĂM"),
];

/// Returns what a command does.
pub(super) fn about(path: &str) -> Option<&'static str> {
    ABOUT.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// Returns the text of an option or argument.
pub(super) fn help(path: &str, id: &str) -> Option<&'static str> {
    HELP.iter().find(|(command, known, _)| *command == path && *known == id).map(|(_, _, text)| *text)
}

/// Returns the name of a value.
pub(super) fn value(name: &str) -> Option<&'static str> {
    VALUES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Returns what the tables describe: commands, and commands with an id.
#[cfg(test)]
pub(super) fn paths() -> Vec<String> {
    let options = HELP.iter().map(|(command, id, _)| format!("{command} {id}"));
    ABOUT.iter().map(|(path, _)| (*path).to_owned()).chain(options).collect()
}
