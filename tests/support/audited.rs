//! Small projects for audits: one province, one district, and the program run on them.

use std::fs;
use std::path::Path;

use kehoach::base::Date;
use kehoach::cli::{Status, World, run};
use serde_json::Value;

/// A provincial plan of six tasks, each dropped for another reason.
pub(crate) const PARENT: &str = "KẾ HOẠCH TỈNH: Chuyển đổi số năm 2024
Đơn vị: tỉnh Hà Sơn
Năm: 2024
Ngày: 05/01/2024

NHIỆM VỤ T1: Số hóa sổ hộ tịch lưu tại các kho
Cơ quan chủ trì: UBND cấp huyện
Thời gian hoàn thành: Quý III/2024

NHIỆM VỤ T2: Tập huấn kỹ năng an toàn thông tin cho công chức
Cơ quan chủ trì: Sở Thông tin và Truyền thông
Cơ quan phối hợp: UBND cấp huyện
Thời gian hoàn thành: Quý II/2024

NHIỆM VỤ T3: Gắn biển tên đường có mã quét
Cơ quan chủ trì: UBND các cấp
Thời gian hoàn thành: Quý IV/2024

NHIỆM VỤ T4: Xây dựng trung tâm dữ liệu dùng chung
Cơ quan chủ trì: Sở Thông tin và Truyền thông
Thời gian hoàn thành: Quý IV/2024

NHIỆM VỤ T5: Lắp trạm quan trắc nước thải tự động
Cơ quan chủ trì: Ban Quản lý các Khu công nghiệp
Thời gian hoàn thành: Quý IV/2024

NHIỆM VỤ T6: Thí điểm bãi đỗ xe thông minh
Cơ quan chủ trì: UBND thị xã Tân Lương
Thời gian hoàn thành: Quý IV/2024
";

/// What a run of the program came to.
pub(crate) struct Said {
    pub(crate) status: Status,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in Vietnamese on a project's folder; paths in the line are relative to it.
pub(crate) fn say(root: &Path, line: &[&str]) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let folder = root.display().to_string();
    let here = |word: &&str| if root.join(word).exists() { root.join(word).display().to_string() } else { (*word).to_owned() };
    let mut args: Vec<String> = vec!["kehoach".to_owned(), line[0].to_owned(), "--project".to_owned(), folder];
    args.extend(line[1..].iter().map(here));
    let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
    let status = run(args.into_iter().map(Into::into).collect(), world);
    Said { status, out: String::from_utf8_lossy(&out).into_owned(), err: String::from_utf8_lossy(&err).into_owned() }
}

/// Returns a folder with the registry, the parent plan and these files.
pub(crate) fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("readable");
    let registry = fs::read_to_string(super::root().join("tests/pairs/danh-ba.kh")).expect("readable");
    let all = [("kehoach.toml", ""), ("danh-ba.kh", registry.as_str()), ("tinh.kh", PARENT)];
    for (name, text) in all.iter().chain(files) {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("readable")).expect("readable");
        fs::write(path, text).expect("readable");
    }
    dir
}

/// Returns what was written to the standard output as JSON.
pub(crate) fn json(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}{}", said.out, said.err))
}

/// Returns a district plan of these tasks.
pub(crate) fn district(tasks: &str) -> String {
    format!("KẾ HOẠCH HUYỆN: Chuyển đổi số năm 2024\nĐơn vị: huyện Đông Giang\nNăm: 2024\n{tasks}")
}

/// A task that answers none of the parent.
pub(crate) const OWN: &str = "\nNHIỆM VỤ H1: Mở lớp dạy bơi cho trẻ em\nCơ quan chủ trì: Phòng Giáo dục và Đào tạo\n";
