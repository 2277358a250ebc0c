//! `diff`: tasks are paired by what they derive from, by code, by place; what differs is told by field.

mod support;

use kehoach::base::Date;
use kehoach::cli::{Status, World, run};

const REGISTRY: &str = "\
DANH BẠ A: Danh bạ
CẤP tỉnh
CẤP huyện
Thuộc: tỉnh
ĐƠN VỊ T: tỉnh Thanh Hóa
ĐƠN VỊ HH: huyện Hoằng Hóa
Thuộc: T
CƠ QUAN STP: Sở Tư pháp
Cấp: tỉnh
CƠ QUAN PTP: Phòng Tư pháp
Cấp: huyện
NGÀNH tư pháp
- tỉnh: Sở Tư pháp
- huyện: Phòng Tư pháp
";

const PROVINCE: &str = "\
KẾ HOẠCH TH: Cải cách hành chính năm 2022
Đơn vị: tỉnh Thanh Hóa
Năm: 2022
CHỈ TIÊU hai-long: tối thiểu 90% người dân hài lòng
PHỤ LỤC 01: Thể chế
NHIỆM VỤ T-1: Phổ biến giáo dục pháp luật cho nhân dân
Sản phẩm: Kế hoạch; Báo cáo kết quả thực hiện
Cơ quan chủ trì: Sở Tư pháp
Thời gian hoàn thành: Quý III/2022
NHIỆM VỤ T-2: Rà soát văn bản
Cơ quan chủ trì: Sở Tư pháp
Thời gian hoàn thành: Quý IV/2022
";

const DISTRICT: &str = "\
KẾ HOẠCH HH-2022: Cải cách hành chính năm 2022
Đơn vị: huyện Hoằng Hóa
Năm: 2022
Theo: TH
SỬA ĐỔI CHỈ TIÊU hai-long: tối thiểu 95%
PHỤ LỤC 01
TÁCH T-1 THÀNH T-1a, T-1b
NHIỆM VỤ T-1a: Phổ biến giáo dục pháp luật cho cán bộ
Sản phẩm: Kế hoạch
Thời gian hoàn thành: Quý II/2022
NHIỆM VỤ T-1b: Phổ biến giáo dục pháp luật cho nhân dân
Sản phẩm: Báo cáo kết quả thực hiện
KHÔNG ÁP DỤNG T-2
Loại: thẩm quyền cấp trên
Lý do: Văn bản do tỉnh ban hành.
BỔ SUNG H-1: Sơ kết năm
Cơ quan chủ trì: Phòng Tư pháp
Thời gian hoàn thành: Quý IV/2022
";

/// What the district issued: other codes, one word and one deadline changed, one task more.
const ISSUED: &str = "\
KẾ HOẠCH HH-BH: Cải cách hành chính năm 2022
Đơn vị: huyện Hoằng Hóa
Năm: 2022
CHỈ TIÊU hai-long: tối thiểu 95% người dân hài lòng
PHỤ LỤC 1: Thể chế
NHIỆM VỤ PL01.1: Phổ biến giáo dục pháp luật cho cán bộ, công chức
Sản phẩm: Kế hoạch
Cơ quan chủ trì: Phòng Tư pháp
Thời gian hoàn thành: Quý II năm 2022
NHIỆM VỤ PL01.2: Phổ biến giáo dục pháp luật cho nhân dân
Sản phẩm: Báo cáo kết quả thực hiện
Cơ quan chủ trì: Phòng tư pháp
Thời gian hoàn thành: Quý IV/2022
NHIỆM VỤ PL01.3: Việc khác hẳn
Cơ quan chủ trì: Phòng Tư pháp
";

struct Said {
    status: Status,
    out: String,
    err: String,
}

fn say(line: &[&str]) -> Said {
    let dir = tempfile::tempdir().expect("a folder");
    let files = [("kehoach.toml", ""), ("danh-ba.kh", REGISTRY), ("hh.kh", DISTRICT), ("bh.kh", ISSUED), ("th.kh", PROVINCE)];
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let root = dir.path().display().to_string();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("kehoach").chain(line.iter().copied()).chain(["--project", &root]).map(Into::into).collect();
    let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
    let status = run(args, world);
    Said { status, out: String::from_utf8_lossy(&out).into_owned(), err: String::from_utf8_lossy(&err).into_owned() }
}

#[test]
fn a_child_is_compared_with_its_parent_by_derivation() {
    let said = say(&["diff", "TH", "HH-2022"]);
    assert_eq!(said.status, Status::Findings);
    let expected = "\
− TH · tỉnh Thanh Hóa · Cải cách hành chính năm 2022 · 2 nhiệm vụ
+ HH-2022 · huyện Hoằng Hóa · Cải cách hành chính năm 2022 · 3 nhiệm vụ

T-1 ↔ T-1a (Phụ lục 01, số 1)
  Nội dung: Phổ biến giáo dục pháp luật cho [-nhân dân-] {+cán bộ+}
  Sản phẩm:
  - Báo cáo kết quả thực hiện
    Kế hoạch
  Cơ quan chủ trì: [-Sở-] {+Phòng+} Tư pháp
  Thời gian hoàn thành: [-Quý III/2022-] → {+Quý II/2022+}

T-1 ↔ T-1b (Phụ lục 01, số 1 ↔ Phụ lục 01, số 2)
  Sản phẩm:
  - Kế hoạch
    Báo cáo kết quả thực hiện
  Cơ quan chủ trì: [-Sở-] {+Phòng+} Tư pháp

Chỉ tiêu
  ~ hai-long: tối thiểu [-90%-] {+95%+} người dân hài lòng

Chỉ có ở TH: 1 nhiệm vụ
  T-2 (Phụ lục 01, số 2): Rà soát văn bản
    HH-2022 không áp dụng: thẩm quyền cấp trên: Văn bản do tỉnh ban hành.

Chỉ có ở HH-2022: 1 nhiệm vụ
  H-1 (Phụ lục 01, số 3): Sơ kết năm
";
    assert_eq!(said.out, expected);
    assert_eq!(said.err, "2 cặp nhiệm vụ, 2 cặp khác nhau; 1 nhiệm vụ chỉ có ở TH, 1 chỉ có ở HH-2022; 1 chỉ tiêu khác nhau\n");
}

#[test]
fn a_derived_plan_is_compared_with_the_issued_one_by_place_where_the_words_are_alike() {
    let said = say(&["so-sanh", "HH-2022", "HH-BH"]);
    let expected = "\
− HH-2022 · huyện Hoằng Hóa · Cải cách hành chính năm 2022 · 3 nhiệm vụ
+ HH-BH · huyện Hoằng Hóa · Cải cách hành chính năm 2022 · 3 nhiệm vụ

T-1a ↔ PL01.1 (Phụ lục 01, số 1 ↔ Phụ lục 1, số 1 · cùng chỗ)
  Nội dung: Phổ biến giáo dục pháp luật cho cán bộ, {+công chức+}

T-1b ↔ PL01.2 (Phụ lục 01, số 2 ↔ Phụ lục 1, số 2 · cùng chỗ)
  Thời gian hoàn thành: [-Quý III/2022-] → {+Quý IV/2022+}

Chỉ có ở HH-2022: 1 nhiệm vụ
  H-1 (Phụ lục 01, số 3): Sơ kết năm

Chỉ có ở HH-BH: 1 nhiệm vụ
  PL01.3 (Phụ lục 1, số 3): Việc khác hẳn
";
    assert_eq!(said.out, expected);
}

#[test]
fn equal_plans_end_with_0_and_what_is_not_there_with_2() {
    let said = say(&["diff", "TH", "th"]);
    assert_eq!((said.status, said.out.as_str(), said.err.as_str()), (Status::Clean, "", "TH và TH không khác nhau\n"));
    assert_eq!(say(&["diff", "TH", "KHÔNG-CÓ"]).status, Status::Unable);
}

#[test]
fn machines_get_items_and_pairings() {
    let said = say(&["diff", "TH", "HH-2022", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(value["schema"], "kehoach/diff/1");
    assert_eq!((value["same"].as_bool(), said.status), (Some(false), Status::Findings));
    assert_eq!(value["tasks"][0]["by"], "derivation");
    assert_eq!(value["tasks"][0]["changes"][3], serde_json::json!({"field": "deadline", "from": ["Quý III/2022"], "to": ["Quý II/2022"]}));
    assert_eq!(value["only_a"][0]["waived"], "thẩm quyền cấp trên: Văn bản do tỉnh ban hành.");
    assert_eq!(value["targets"][0]["to"], "tối thiểu 95% người dân hài lòng");
}

#[test]
fn colours_stand_in_for_marks() {
    let said = say(&["diff", "TH", "HH-2022", "--color", "always"]);
    assert!(said.out.contains("\u{1b}[31mnhân dân\u{1b}[0m \u{1b}[32mcán bộ\u{1b}[0m"), "{}", said.out);
    assert!(!said.out.contains("[-"), "{}", said.out);
}

#[test]
fn two_plans_that_follow_one_are_paired_by_it() {
    let compiled = kehoach::project::check_sources(support::corpus("thanh-hoa"));
    let find = |code: &str| compiled.model.find(code).expect("the plan");
    let found = kehoach::render::diff::compare(&compiled.model, &compiled.derivations, find("BÁ-THƯỚC-2023"), find("HH-2023"));
    assert!(found.tasks.iter().all(|pair| pair.by == kehoach::render::diff::By::Derivation));
    assert_eq!(found.tasks.len() + found.only_a.len(), found.a.tasks);
    // the district's own tasks have no partner in another district's plan
    assert_eq!(found.only_b.len(), 11);
}
