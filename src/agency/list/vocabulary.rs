//! The words by which lists of bodies are read.

/// Two syllables that open what a body has to do.
pub(super) const DUTIES: [&[&str]; 34] = [
    &["chủ", "trì"],
    &["phối", "hợp"],
    &["thực", "hiện"],
    &["tổng", "hợp"],
    &["tổ", "chức"],
    &["hướng", "dẫn"],
    &["theo", "dõi"],
    &["tham", "mưu"],
    &["chịu", "trách"],
    &["có", "trách"],
    &["kiểm", "tra"],
    &["đôn", "đốc"],
    &["xây", "dựng"],
    &["ban", "hành"],
    &["triển", "khai"],
    &["báo", "cáo"],
    &["rà", "soát"],
    &["căn", "cứ"],
    &["thẩm", "định"],
    &["cung", "cấp"],
    &["tiếp", "nhận"],
    &["đề", "xuất"],
    &["chỉ", "đạo"],
    &["tiếp", "tục"],
    &["bố", "trí"],
    &["theo", "chức"],
    &["theo", "thẩm"],
    &["theo", "nhiệm"],
    &["theo", "phân"],
    &["theo", "quy"],
    &["trong", "việc"],
    &["là", "cơ"],
    &["làm", "đầu"],
    &["giúp", "ubnd"],
];

/// What a role's label says after `Cơ quan` or `Đơn vị`, or alone.
pub(super) const ROLES: [&[&str]; 10] = [
    &["chủ", "trì"],
    &["phối", "hợp"],
    &["thực", "hiện"],
    &["tổng", "hợp"],
    &["tham", "mưu"],
    &["theo", "dõi"],
    &["kiểm", "tra"],
    &["đầu", "mối"],
    &["chịu", "trách"],
    &["chỉ", "đạo"],
];

/// Words that open a class of bodies rather than one body's name.
pub(super) const QUANTIFIERS: [&[&str]; 6] = [&["các"], &["những"], &["mọi"], &["một", "số"], &["tất", "cả"], &["toàn", "thể"]];

/// Nouns for bodies of any kind.
pub(super) const GENERIC: [&[&str]; 8] = [
    &["cơ", "quan"],
    &["đơn", "vị"],
    &["tổ", "chức"],
    &["cá", "nhân"],
    &["địa", "phương"],
    &["doanh", "nghiệp"],
    &["người", "dân"],
    &["đoàn", "thể"],
];
