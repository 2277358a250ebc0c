//! The command `audit` on small projects: classes of drops, ties, folders, baselines, chains of levels, the contract.

mod support;

use std::fs;

use kehoach::cli::Status;
use serde_json::Value;

use support::audited::{OWN, PARENT, district, json, project, say};

#[test]
fn a_drop_says_by_which_rule_and_words_it_is_one() {
    let dir = project(&[("huyen.kh", &district(OWN))]);
    let said = say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--format", "json"]);
    assert_eq!(said.status, Status::Findings);
    let dropped: Vec<String> = json(&said)["children"][0]["dropped"]
        .as_array()
        .expect("readable")
        .iter()
        .map(|one| format!("{} {} {}: {}", one["parent"], one["class"], one["severity"], one["why"]).replace('"', ""))
        .collect();
    assert_eq!(
        dropped,
        [
            "T1 unanswered error: “UBND cấp huyện” đứng trong Cơ quan chủ trì",
            "T2 unanswered warning: chỉ phối hợp: “UBND cấp huyện” đứng trong Cơ quan phối hợp",
            "T3 unanswered error: “UBND các cấp” đứng trong Cơ quan chủ trì",
            "T4 upper_only info: chủ trì, phối hợp không nêu cấp huyện (chủ trì: Sở Thông tin và Truyền thông)",
            "T5 no_counterpart info: cơ quan chủ trì (Ban Quản lý các Khu công nghiệp) không có cơ quan tương ứng ở cấp huyện",
            "T6 upper_only info: giao đích danh thị xã Tân Lương (“UBND thị xã Tân Lương”)",
        ]
    );
}

#[test]
fn a_task_that_was_over_before_the_childs_year_is_not_accused() {
    let next = "LẬP NĂM TỈNH-2025: Chuyển đổi số năm 2025\nĐơn vị: tỉnh Hà Sơn\nTừ: TỈNH\nNăm: 2025\nKết quả: ket-qua.csv\n\nKẾT THÚC T1\n\nTIẾP TỤC T2\n";
    let results = "mã,kết quả\nT1,hoàn thành\nT2,hoàn thành\nT3,chưa hoàn thành\n";
    let class = |year: &str, code: &str| {
        let plan = district(OWN).replace("Năm: 2024\n", &format!("Năm: {year}\n"));
        let dir = project(&[("huyen.kh", &plan), ("nam-sau.kh", next), ("ket-qua.csv", results)]);
        let report = json(&say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--format", "json"]));
        let dropped = report["children"][0]["dropped"].as_array().expect("readable");
        dropped.iter().find(|one| one["parent"] == code).and_then(|one| one["class"].as_str()).map(str::to_owned)
    };
    assert_eq!(class("2025", "T1").as_deref(), Some("done"));
    // what the next year takes over goes on, whatever was done of it; what is not done is owed
    assert_eq!((class("2025", "T2").as_deref(), class("2025", "T3").as_deref()), (Some("unanswered"), Some("unanswered")));
    // results of a year excuse no plan of that year
    assert_eq!(class("2024", "T1").as_deref(), Some("unanswered"));
}

#[test]
fn what_a_person_says_settles_a_pair_for_ever() {
    // near enough to be asked, too far to be taken
    let doubtful = "\nNHIỆM VỤ H1: Số hóa sổ hộ tịch, tài liệu địa chính và hồ sơ cán bộ\nCơ quan chủ trì: Phòng Tư pháp\n";
    let with = |line: &str| district(&format!("{doubtful}{line}")).replace("Năm: 2024\n", "Năm: 2024\nChế độ: ghi nhận\n");
    let state = |line: &str| {
        let dir = project(&[("huyen.kh", &with(line))]);
        let report = json(&say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--format", "json"]));
        let row = &report["children"][0];
        let dropped = row["dropped"].as_array().expect("readable").iter().any(|one| one["parent"] == "T1");
        (row["links"].as_array().expect("readable").iter().map(|link| link["state"].clone()).collect::<Vec<_>>(), dropped)
    };
    assert_eq!(state(""), (vec!["doubtful".into()], false));
    assert_eq!(state("Ứng với: TỈNH/T1 ?\n"), (vec!["doubtful".into()], false));
    assert_eq!(state("Ứng với: TỈNH/T1\n"), (vec!["accepted".into()], false));
    assert_eq!(state("Không ứng với: TỈNH/T1\n"), (vec![], true));
}

#[test]
fn a_folder_tells_units_without_plan_with_two_and_unknown() {
    let answer = "\nNHIỆM VỤ H1: Số hóa sổ hộ tịch lưu tại các kho\nCơ quan chủ trì: Phòng Tư pháp\nThời gian hoàn thành: Quý III/2024\n";
    let stranger = "KẾ HOẠCH LẠ: Chuyển đổi số năm 2024\nĐơn vị: huyện Không Tên\nNăm: 2024\n".to_owned() + OWN;
    let (one, two) = (district(answer), district(OWN).replace("KẾ HOẠCH HUYỆN", "KẾ HOẠCH HUYỆN-2"));
    let dir = project(&[("vb/a.kh", &one), ("vb/b.kh", &two), ("vb/c.kh", &stranger), ("vb/d.kh", "# trống\n")]);
    let said = say(dir.path(), &["audit", "TỈNH", "vb", "--format", "json"]);
    assert_eq!(said.status, Status::Findings);
    let report = json(&said);
    let rows: Vec<(String, bool)> = report["children"]
        .as_array()
        .expect("readable")
        .iter()
        .map(|row| (row["unit"].as_str().expect("readable").to_owned(), row["plan"].is_null()))
        .collect();
    let named: Vec<(&str, bool)> = rows.iter().map(|(unit, none)| (unit.rsplit('/').next().expect("readable"), *none)).collect();
    assert_eq!(named, [("huyện Đông Giang", false), ("thị xã Tân Lương", true), ("c.kh", false)]);
    let text = say(dir.path(), &["audit", "TỈNH", "vb"]);
    for code in ["KH5053", "KH5054"] {
        assert!(text.err.contains(code), "{code}: {}", text.err);
    }
    assert!(said.out.contains("KH5052"));
    assert!(text.out.contains("thị xã Tân Lương  không có kế hoạch"), "{}", text.out);
}

#[test]
fn units_of_one_name_are_told_apart_by_the_unit_above_them() {
    let communes = "DANH BẠ XÃ: Các xã\n\nĐƠN VỊ X1: xã Phú Lộc\nThuộc: ĐG\n\nĐƠN VỊ X2: xã Phú Lộc\nThuộc: TL\n";
    let plan = |words: &str| {
        let head = "ỦY BAN NHÂN DÂN\nXÃ PHÚ LỘC\n\nKẾ HOẠCH\nChuyển đổi số năm 2024\n\nI. MỤC ĐÍCH\n";
        let table = "Phụ lục I: Nhiệm vụ\n\nTT\tNội dung\tCơ quan chủ trì\tThời gian\n1\tMở lớp dạy bơi cho trẻ em\tCông chức Văn hóa\tQuý III/2024\n";
        format!("{head}\n1. {words}./.\n\n{table}")
    };
    let (told, untold) = (plan("Thực hiện Kế hoạch của UBND thị xã Tân Lương"), plan("Thực hiện đúng hạn các nhiệm vụ được giao"));
    let files = [("xa.kh", communes), ("vb/a.txt", &told), ("vb/b.txt", &untold), ("vb/huyen-dong-giang/c.txt", &untold)];
    let dir = project(&files);
    let report = json(&say(dir.path(), &["audit", "TỈNH", "vb", "--format", "json"]));
    let mut found: Vec<(String, String)> = Vec::new();
    let mut open: Vec<&Value> = report["children"].as_array().expect("readable").iter().collect();
    while let Some(row) = open.pop() {
        open.extend(row["below"].as_array().into_iter().flatten());
        if let Some(file) = row["plan"]["file"].as_str() {
            found.push((file.rsplit('/').next().unwrap_or("").to_owned(), row["plan"]["unit_code"].as_str().unwrap_or("").to_owned()));
        }
    }
    found.sort();
    let wanted = [("a.txt", "X2"), ("b.txt", ""), ("c.txt", "X1")];
    assert_eq!(found, wanted.map(|(file, unit)| (file.to_owned(), unit.to_owned())), "{report:#}");
    let mut notes = report["findings"].as_array().expect("readable").iter().map(|note| (&note["code"], &note["message"]));
    let told = notes.find(|(code, _)| **code == "KH5070").map(|(_, message)| message.as_str().unwrap_or(""));
    assert!(told.is_some_and(|told| told.contains("xã Phú Lộc (huyện Đông Giang); xã Phú Lộc (thị xã Tân Lương)")), "{told:?}");
    assert!(!report["findings"].to_string().contains("KH5054"));
    let said = say(dir.path(), &["audit", "TỈNH", "vb"]);
    assert!(said.err.contains("KH5070"), "{}", said.err);
}

#[test]
fn a_baseline_lets_known_gaps_pass_and_no_other() {
    let dir = project(&[("huyen.kh", &district(OWN))]);
    let list = say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--format", "baseline"]);
    assert_eq!(list.status, Status::Clean);
    assert_eq!(list.out, "# đơn-vị nhiệm-vụ loại\nĐG T1 unanswered\nĐG T2 unanswered-coordinates\nĐG T3 unanswered\n");
    let known = dir.path().join("biet.txt");
    let with = |text: &str| {
        fs::write(&known, text).expect("readable");
        say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--baseline", "biet.txt", "--format", "json"])
    };
    assert_eq!(with(&list.out).status, Status::Clean);
    // a gap that is only coordinated is a warning, but a new one fails
    let new = with(&list.out.replace("ĐG T2 unanswered-coordinates\n", ""));
    assert_eq!((new.status, new.out.matches("mới, chưa có trong").count() > 0), (Status::Findings, true));
    let mended = with(&format!("{}ĐG T9 unanswered\n", list.out));
    assert_eq!(mended.status, Status::Findings);
    assert!(mended.out.contains("KH5056") && !mended.out.contains("KH5057"));
    assert!(with(&format!("{}ĐG\n", list.out)).out.contains("KH5057"));
}

#[test]
fn an_audit_of_three_levels_names_the_broken_link() {
    let huyen = "\nNHIỆM VỤ H1: Gắn biển tên đường có mã quét\nCơ quan chủ trì:\n- Phòng Văn hóa và Thông tin\n- UBND cấp xã\n\nNHIỆM VỤ H2: Tập huấn kỹ năng an toàn thông tin cho công chức\nCơ quan chủ trì: Phòng Văn hóa và Thông tin\n";
    let xa = "KẾ HOẠCH XÃ: Chuyển đổi số năm 2024\nĐơn vị: xã An Hòa\nNăm: 2024\n\nNHIỆM VỤ X1: Mở lớp dạy bơi cho trẻ em\nCơ quan chủ trì: UBND xã\n";
    let dir = project(&[("huyen.kh", &district(huyen)), ("xa.kh", xa)]);
    let report = json(&say(dir.path(), &["audit", "TỈNH", "HUYỆN", "XÃ", "--format", "json"]));
    let district = &report["children"][0];
    let tasks = |row: &Value| {
        let list = row["breaks"].as_array().expect("readable").iter();
        list.map(|one| report["parent"]["tasks"][one["task"].as_u64().expect("readable") as usize]["code"].clone()).collect::<Vec<_>>()
    };
    // T1 is lost at the district; T3 comes down to it and ends at the commune
    assert_eq!(tasks(district), ["T1"]);
    assert_eq!(district["below"][0]["unit"], "xã An Hòa");
    assert_eq!(tasks(&district["below"][0]), ["T3"]);
}

#[test]
fn an_issued_plan_is_measured_against_the_units_own_draft() {
    let draft = "\nNHIỆM VỤ H1: Gắn biển tên đường có mã quét\nCơ quan chủ trì: Phòng Văn hóa và Thông tin\nThời gian hoàn thành: Quý III/2024\n\nNHIỆM VỤ H2: Tập huấn kỹ năng an toàn thông tin cho công chức\nCơ quan chủ trì: Phòng Nội vụ\n";
    let issued = "KẾ HOẠCH BAN-HÀNH: Chuyển đổi số năm 2024\nĐơn vị: huyện Đông Giang\nNăm: 2024\n\nNHIỆM VỤ 1: Gắn biển tên đường có mã quét\nCơ quan chủ trì: Phòng Kinh tế và Hạ tầng\nThời gian hoàn thành: Quý IV/2024\n";
    let dir = project(&[("huyen.kh", &district(draft)), ("ban-hanh.kh", issued)]);
    let report = json(&say(dir.path(), &["audit", "HUYỆN", "BAN-HÀNH", "--format", "json"]));
    let row = &report["children"][0];
    let changes: Vec<String> = row["links"][0]["changes"]
        .as_array()
        .expect("readable")
        .iter()
        .map(|change| format!("{} {}", change["field"], change["effect"]).replace('"', ""))
        .collect();
    assert_eq!(changes, ["leads changed", "deadline later"]);
    assert_eq!((&row["dropped"][0]["parent"], &row["dropped"][0]["severity"]), (&"H2".into(), &"error".into()));
}

#[test]
fn what_cannot_be_audited_ends_with_2_and_a_clean_audit_with_0() {
    let dir = project(&[("huyen.kh", &district(OWN))]);
    assert_eq!(say(dir.path(), &["audit", "TỈNH", "KHÔNG-CÓ"]).status, Status::Unable);
    assert_eq!(say(dir.path(), &["audit", "KHÔNG-CÓ", "HUYỆN"]).status, Status::Unable);
    assert_eq!(say(dir.path(), &["audit", "TỈNH", "huyen.kh", "--baseline", "khong-co.txt"]).status, Status::Unable);
    let same = PARENT.replace("KẾ HOẠCH TỈNH", "KẾ HOẠCH BẢN-SAO");
    fs::write(dir.path().join("sao.kh"), same).expect("readable");
    let said = say(dir.path(), &["audit", "TỈNH", "BẢN-SAO"]);
    assert_eq!(said.status, Status::Clean, "{}{}", said.out, said.err);
}

/// The pairs of the two issued plans (rows of the province's appendices and of the district's) whose numbers differ; in appendices 2 and 7 they are
/// the same.
const TRUTH: [(&str, &str); 12] = [
    ("PL01.8", "PL01.2"),
    ("PL01.9", "PL01.3"),
    ("PL03.2", "PL03.1"),
    ("PL03.6", "PL03.3"),
    ("PL03.10", "PL03.2"),
    ("PL05.1", "PL05.1"),
    ("PL05.5", "PL05.3"),
    ("PL05.6", "PL05.2"),
    ("PL06.4", "PL06.3"),
    ("PL06.6", "PL06.4"),
    ("PL06.9", "PL06.5"),
    ("PL06.10", "PL06.6"),
];

/// The province's tasks that name the district and that the district's plan does not answer.
const UNANSWERED: [&str; 8] = ["PL01.7", "PL04.2", "PL04.3", "PL04.4", "PL04.5", "PL06.1", "PL06.2", "PL06.7"];

#[test]
fn the_issued_plans_of_a_province_and_its_district_are_matched_from_their_documents() {
    let Some(folder) = std::env::var_os("KEHOACH_SEEDS") else { return };
    let seed = |number: &str| {
        let found =
            fs::read_dir(&folder).expect("readable").flatten().find(|entry| entry.file_name().to_string_lossy().starts_with(number));
        found.unwrap_or_else(|| panic!("no document {number}")).path().display().to_string()
    };
    let root = support::root().join("corpus/thanh-hoa");
    let report = json(&say(&root, &["audit", &seed("000"), &seed("002"), "--format", "json"]));
    let row = &report["children"][0];
    let is_true = |parent: &str, child: &str| {
        TRUTH.contains(&(parent, child)) || parent == child && (parent.starts_with("PL02.") || parent.starts_with("PL07."))
    };
    let (mut accepted, mut doubtful) = (0, 0);
    for link in row["links"].as_array().expect("readable") {
        let codes =
            |side: &str| link[side].as_array().expect("readable").iter().map(|code| code.as_str().expect("readable")).collect::<Vec<_>>();
        for (parent, child) in codes("parent").iter().flat_map(|parent| codes("child").into_iter().map(move |child| (*parent, child))) {
            if link["state"] == "accepted" {
                assert!(is_true(parent, child), "{parent} and {child} are no pair");
                accepted += 1;
            } else {
                doubtful += 1;
                assert!(is_true(parent, child) || !TRUTH.iter().any(|(known, _)| *known == parent), "{parent}: {child} stands first");
            }
        }
    }
    assert!(accepted >= 17 && doubtful <= 8, "{accepted} accepted, {doubtful} doubtful");
    let unanswered: Vec<&str> = row["dropped"]
        .as_array()
        .expect("readable")
        .iter()
        .filter(|one| one["class"] == "unanswered")
        .map(|one| one["parent"].as_str().expect("readable"))
        .collect();
    assert_eq!(unanswered, UNANSWERED);
}
