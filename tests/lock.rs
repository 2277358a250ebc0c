//! `kehoach.lock`: what a parent changed since it was answered is named with its place, at every level below, and settled only by a person.

mod support;

use std::collections::BTreeSet;

use kehoach::base::Date;
use kehoach::cli::{Status, World, run};
use kehoach::diag::{Code, Diagnostic, Severity};
use kehoach::lock::{self, FILE};
use kehoach::project::{self, Compiled, Input, Options};

type Files = Vec<(String, String)>;

const REGISTRY: &str = "\
DANH BẠ A: Danh bạ
CẤP tỉnh
CẤP huyện
Thuộc: tỉnh
CẤP xã
Thuộc: huyện
ĐƠN VỊ T: tỉnh Thanh Hóa
ĐƠN VỊ HH: huyện Hoằng Hóa
Thuộc: T
ĐƠN VỊ BT: huyện Bá Thước
Thuộc: T
ĐƠN VỊ HP: xã Hoằng Phú
Thuộc: HH
CƠ QUAN STP: Sở Tư pháp
Cấp: tỉnh
CƠ QUAN SNV: Sở Nội vụ
Cấp: tỉnh
CƠ QUAN PTP: Phòng Tư pháp
Cấp: huyện
CƠ QUAN PNV: Phòng Nội vụ
Cấp: huyện
CƠ QUAN CC: Công chức Tư pháp - hộ tịch
Cấp: xã
NGÀNH tư pháp
- tỉnh: Sở Tư pháp
- huyện: Phòng Tư pháp
- xã: Công chức Tư pháp - hộ tịch
NGÀNH nội vụ
- tỉnh: Sở Nội vụ
- huyện: Phòng Nội vụ
- xã: Công chức Tư pháp - hộ tịch
";

const PROVINCE: &str = "\
KẾ HOẠCH TH: Cải cách hành chính năm 2022
Đơn vị: tỉnh Thanh Hóa
Năm: 2022
CHỈ TIÊU hai-long: tối thiểu 90% người dân hài lòng
PHỤ LỤC 01: Thể chế
NHIỆM VỤ T-1: Phổ biến pháp luật
Sản phẩm: Kế hoạch; Báo cáo kết quả thực hiện
Cơ quan chủ trì: Sở Tư pháp
Thời gian hoàn thành: Quý III/2022
NHIỆM VỤ T-2: Rà soát đội ngũ
Sản phẩm: Báo cáo
Cơ quan chủ trì: Sở Nội vụ
Thời gian hoàn thành: Quý IV/2022
NHIỆM VỤ T-3: Xây dựng quy định của tỉnh
Sản phẩm: Quyết định
Cơ quan chủ trì: Sở Tư pháp
Thời gian hoàn thành: Quý II/2022
";

const DISTRICT: &str = "\
KẾ HOẠCH HH-2022: Cải cách hành chính năm 2022
Đơn vị: huyện Hoằng Hóa
Năm: 2022
Theo: TH
KẾ THỪA CHỈ TIÊU hai-long
KẾ THỪA T-1
SỬA ĐỔI T-2
Thời gian hoàn thành: Quý III/2022
KHÔNG ÁP DỤNG T-3
Loại: thẩm quyền cấp trên
Lý do: Quy định do tỉnh ban hành.
";

const COMMUNE: &str = "\
KẾ HOẠCH HP-2022: Cải cách hành chính năm 2022
Đơn vị: xã Hoằng Phú
Năm: 2022
Theo: HH-2022
KẾ THỪA CHỈ TIÊU hai-long
KẾ THỪA T-1, T-2
";

fn small() -> Files {
    let files = [("danh-ba.kh", REGISTRY), ("hh.kh", DISTRICT), ("hp.kh", COMMUNE), ("th.kh", PROVINCE)];
    files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec()
}

/// The files beside the lock of what they say.
fn locked(mut files: Files) -> Files {
    files.retain(|(name, _)| name != FILE);
    let compiled = project::check_sources(files.clone());
    let now = lock::take(&compiled.model, &compiled.derivations, |_| true);
    files.push((FILE.to_owned(), lock::print(&now)));
    files
}

fn edited(mut files: Files, name: &str, from: &str, to: &str) -> Files {
    let (_, text) = files.iter_mut().find(|(other, _)| other == name).expect("the file");
    assert!(text.contains(from), "{name} does not hold {from}");
    *text = text.replacen(from, to, 1);
    files
}

fn is_about_lock(finding: &&Diagnostic) -> bool {
    matches!(finding.code, Code::KH3039 | Code::KH3040 | Code::KH3041 | Code::KH3042 | Code::KH3043)
}

/// The findings of these codes: code, place, message.
fn told(files: Files) -> Vec<String> {
    let compiled = project::check_sources(files);
    let line = |finding: &Diagnostic| {
        let place = finding.primary.as_ref().map(|label| compiled.sources.place(label.loc)).unwrap_or_default();
        let related: Vec<String> = finding.related.iter().map(|label| compiled.sources.place(label.loc)).collect();
        format!("{} {place} [{}] {}", finding.code, related.join(" "), finding.message.vi)
    };
    compiled.findings.iter().filter(is_about_lock).map(line).collect()
}

#[test]
fn nothing_is_told_without_a_lock_or_without_a_change() {
    assert_eq!(told(edited(small(), "th.kh", "Quý III/2022", "Quý II/2022")), [""; 0]);
    assert_eq!(told(locked(small())), [""; 0]);
    // how a word is typed is no change
    assert_eq!(told(edited(locked(small()), "th.kh", "Rà soát đội ngũ", "rà  soát đội ngũ;")), [""; 0]);
}

#[test]
fn a_changed_deadline_is_told_from_what_to_what_at_every_level_below() {
    let files = edited(locked(small()), "th.kh", "Quý III/2022", "Quý II/2022");
    assert_eq!(
        told(files),
        [
            "KH3039 hh.kh:6 [th.kh:9] TH đã đổi T-1: Thời gian hoàn thành từ “Quý III/2022” thành “Quý II/2022”, sau khi huyện Hoằng Hóa trả lời",
            "KH3039 hp.kh:6 [th.kh:9] HH-2022 đã đổi T-1: Thời gian hoàn thành từ “Quý III/2022” thành “Quý II/2022”, sau khi xã Hoằng Phú trả lời",
        ]
    );
}

#[test]
fn what_the_district_restates_does_not_reach_its_communes() {
    let files = edited(locked(small()), "th.kh", "Quý IV/2022", "Tháng 10/2022");
    assert_eq!(
        told(files),
        [
            "KH3039 hh.kh:7 [th.kh:13] TH đã đổi T-2: Thời gian hoàn thành từ “Quý IV/2022” thành “Tháng 10/2022”, sau khi huyện Hoằng Hóa trả lời"
        ]
    );
}

#[test]
fn lists_are_told_by_what_came_and_went_and_several_fields_together() {
    let files = edited(
        locked(small()),
        "th.kh",
        "Kế hoạch; Báo cáo kết quả thực hiện\nCơ quan chủ trì: Sở Tư pháp",
        "Kế hoạch\nCơ quan chủ trì: Sở Tư pháp; Sở Nội vụ",
    );
    assert_eq!(
        told(files)[0],
        "KH3039 hh.kh:6 [th.kh:7 th.kh:8] TH đã đổi T-1: Sản phẩm bỏ “Báo cáo kết quả thực hiện”; Cơ quan chủ trì thêm “Sở Nội vụ”, sau khi huyện Hoằng Hóa trả lời"
    );
}

#[test]
fn a_waiver_goes_stale_and_so_does_a_target() {
    let files = edited(locked(small()), "th.kh", "Xây dựng quy định của tỉnh", "Xây dựng quy định của tỉnh và góp ý quy định của huyện");
    assert_eq!(
        told(files),
        [
            "KH3040 hh.kh:9 [th.kh:14] TH đã đổi T-3: Nội dung từ “… định của tỉnh” thành “… định của tỉnh và góp ý quy định của huyện”, sau khi huyện Hoằng Hóa không áp dụng"
        ]
    );
    let files = edited(locked(small()), "th.kh", "tối thiểu 90%", "tối thiểu 92%");
    assert_eq!(
        told(files)[0],
        "KH3039 hh.kh:5 [th.kh:4] TH đã đổi hai-long: chỉ tiêu từ “tối thiểu 90% người dân hài …” thành “tối thiểu 92% người dân hài …”, sau khi huyện Hoằng Hóa trả lời"
    );
}

#[test]
fn another_counterpart_in_the_registry_is_told_where_it_came_down() {
    let files = edited(locked(small()), "danh-ba.kh", "- huyện: Phòng Tư pháp", "- huyện: Phòng Nội vụ");
    let told = told(files);
    assert_eq!(
        told[0],
        "KH3041 hh.kh:6 [danh-ba.kh:26] “Sở Tư pháp” ở T-1 nay thành “Phòng Nội vụ”, không còn là “Phòng Tư pháp” như khi có trả lời của huyện Hoằng Hóa"
    );
    // one cause at the district; its communes see that their parent has another lead
    assert_eq!(told.len(), 2);
    assert!(
        told[1].starts_with("KH3039 hp.kh:6 [th.kh:8] HH-2022 đã đổi T-1: Cơ quan chủ trì từ “Phòng Tư pháp” thành “Phòng Nội vụ”"),
        "{}",
        told[1]
    );
}

#[test]
fn a_counterpart_of_a_restated_field_concerns_nobody() {
    let district = edited(small(), "hh.kh", "KẾ THỪA T-1", "SỬA ĐỔI T-1\nCơ quan chủ trì: Phòng Nội vụ");
    let files = edited(locked(district), "danh-ba.kh", "- huyện: Phòng Tư pháp", "- huyện: Phòng Nội vụ");
    assert_eq!(told(files), [""; 0]);
}

#[test]
fn a_task_that_is_new_or_gone_is_left_to_totality() {
    let new = "NHIỆM VỤ T-9: Sơ kết\nCơ quan chủ trì: Sở Nội vụ\nNHIỆM VỤ T-3";
    let compiled = project::check_sources(edited(locked(small()), "th.kh", "NHIỆM VỤ T-3", new));
    assert_eq!(compiled.findings.iter().filter(is_about_lock).count(), 0);
    assert!(compiled.findings.iter().any(|finding| finding.code == Code::KH3001));
    let compiled = project::check_sources(edited(locked(small()), "th.kh", "NHIỆM VỤ T-1:", "NHIỆM VỤ T-8:"));
    assert_eq!(compiled.findings.iter().filter(is_about_lock).count(), 0);
}

#[test]
fn a_change_is_an_error_before_signing() {
    let files = edited(locked(small()), "th.kh", "Quý III/2022", "Quý II/2022");
    for (release, severity) in [(false, Severity::Warning), (true, Severity::Error)] {
        let compiled = project::compile(&Input::Memory(files.clone()), Options { release });
        let found: Vec<Severity> = compiled.findings.iter().filter(is_about_lock).map(|finding| finding.severity).collect();
        assert_eq!(found, [severity, severity]);
    }
}

#[test]
fn faults_of_the_file_are_told_at_their_lines() {
    let broken = |from: &str, to: &str| told(edited(locked(small()), FILE, from, to));
    assert_eq!(broken("PHIÊN BẢN 1", "PHIÊN BẢN 9"), ["KH3043 kehoach.lock:3 [] kehoach.lock không ghi PHIÊN BẢN 1, nên không được đọc"]);
    assert_eq!(
        broken("- Quý III/2022", "- Quý I/2022")[0],
        "KH3042 kehoach.lock:13 [] Nội dung dưới dòng này không khớp dấu vân tay của nó"
    );
    assert_eq!(broken("KẾ HOẠCH HH-2022\n", "KẾ HOẠCH HH-2022\nxin chào\n").len(), 1);
    assert_eq!(broken("DANH BẠ ", "DANH BẠ x").len(), 1);
    assert_eq!(broken("NHIỆM VỤ ", "NHIỆM VỤ x ").len(), 1);
}

#[test]
fn marks_of_a_merge_are_one_finding_and_two_answers_another() {
    let files = locked(small());
    let text = support::text(&files, FILE);
    let line = text.lines().find(|line| line.starts_with("- NHIỆM VỤ TH/T-3")).expect("the waiver");
    let other = format!("{} 0123456789ab", line.rsplit_once(' ').expect("a fingerprint").0);
    let conflict = format!("<<<<<<< ours\n{line}\n=======\n{other}\n>>>>>>> theirs");
    let told_of = |new: &str| told(support::with(&files, FILE, text.replacen(line, new, 1)));
    let found = told_of(&conflict);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].ends_with("kehoach.lock còn dấu xung đột của lần gộp"), "{}", found[0]);
    assert!(found[1].ends_with("kehoach.lock ghi hai điều khác nhau cho T-3 của HH-2022"), "{}", found[1]);
    // both sides kept, saying the same
    assert_eq!(told_of(&format!("{line}\n{line}")), [""; 0]);
}

#[test]
fn a_lock_reads_as_it_was_printed() {
    for files in [locked(small()), locked(support::corpus("thanh-hoa"))] {
        let text = support::text(&files, FILE).to_owned();
        let compiled = project::check_sources(files);
        assert_eq!(compiled.findings.iter().filter(is_about_lock).count(), 0);
        assert_eq!(lock::print(&compiled.lock), text);
    }
}

fn say(root: &str, line: &[&str]) -> (Status, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("kehoach").chain(line.iter().copied()).chain(["--project", root]).map(Into::into).collect();
    let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
    let status = run(args, world);
    (status, String::from_utf8_lossy(&out).into_owned(), String::from_utf8_lossy(&err).into_owned())
}

/// The small project on disk.
fn on_disk() -> (tempfile::TempDir, String) {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("kehoach.toml"), "").expect("the manifest");
    for (name, text) in small() {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let root = dir.path().display().to_string();
    (dir, root)
}

fn replace(dir: &tempfile::TempDir, name: &str, from: &str, to: &str) {
    let path = dir.path().join(name);
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(text.contains(from));
    std::fs::write(path, text.replacen(from, to, 1)).expect("the file");
}

#[test]
fn changes_are_settled_for_named_files_for_one_task_and_for_all() {
    let (dir, root) = on_disk();
    let count = |root: &str| say(root, &["check", "--format", "json"]).1.matches("\"KH3039\"").count();
    say(&root, &["check"]);
    assert!(!dir.path().join(FILE).exists(), "only a person's word writes the lock");
    assert!(say(&root, &["check", "--accept-changes"]).2.contains("Đã ghi kehoach.lock"));
    replace(&dir, "th.kh", "Quý III/2022", "Quý II/2022");
    replace(&dir, "th.kh", "Quý IV/2022", "Tháng 10/2022");
    assert_eq!(count(&root), 3);
    let (status, out, err) = say(&root, &["derive", "TH", "--unit", "HH", "--update", "T-1"]);
    assert_eq!(status, Status::Clean, "{err}");
    assert!(out.contains("TH đã đổi T-1:") && !out.contains("TH đã đổi T-2:"), "{out}");
    assert!(err.contains("nhận 1 câu trả lời"), "{err}");
    assert_eq!(count(&root), 2);
    let commune = dir.path().join("hp.kh").display().to_string();
    say(&root, &["check", &commune, "--accept-changes"]);
    assert_eq!(count(&root), 1);
    say(&root, &["check", "--accept-changes"]);
    assert_eq!(count(&root), 0);
    let whole = std::fs::read_to_string(dir.path().join(FILE)).expect("the lock");
    assert!(say(&root, &["check", "--accept-changes"]).2.contains("không có gì thay đổi"));
    assert_eq!(std::fs::read_to_string(dir.path().join(FILE)).expect("the lock"), whole);
}

#[test]
fn what_a_plan_does_not_answer_yet_is_drafted() {
    let (dir, root) = on_disk();
    say(&root, &["check", "--accept-changes"]);
    replace(&dir, "th.kh", "NHIỆM VỤ T-3", "NHIỆM VỤ T-9: Sơ kết\nCơ quan chủ trì: Sở Nội vụ; UBND cấp huyện\nNHIỆM VỤ T-3");
    let (status, out, _) = say(&root, &["derive", "TH", "--unit", "HH", "--update", "T-9"]);
    assert_eq!((status, out.trim()), (Status::Findings, "KẾ THỪA T-9"));
    assert_eq!(say(&root, &["derive", "TH", "--unit", "HH", "--update", "T-77"]).0, Status::Unable);
    assert_eq!(say(&root, &["derive", "TH", "--unit", "BT", "--update", "T-1"]).0, Status::Unable);
}

#[test]
fn a_written_draft_enters_the_lock_alone() {
    let (dir, root) = on_disk();
    let draft = dir.path().join("bt.kh").display().to_string();
    assert_eq!(say(&root, &["derive", "TH", "--unit", "BT", "-o", &draft]).0, Status::Clean);
    let text = std::fs::read_to_string(dir.path().join(FILE)).expect("the lock");
    let plans: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("KẾ HOẠCH ")).collect();
    assert_eq!(plans, ["BT-2022"]);
    // a draft on the screen or outside of the project is kept nowhere
    let before = text.clone();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let other = elsewhere.path().join("x.kh").display().to_string();
    say(&root, &["derive", "TH", "--unit", "HH"]);
    say(&root, &["derive", "TH", "--unit", "HH", "-o", &other]);
    assert_eq!(std::fs::read_to_string(dir.path().join(FILE)).expect("the lock"), before);
}

#[test]
fn nothing_is_written_while_something_cannot_be_read() {
    let (dir, root) = on_disk();
    say(&root, &["check", "--accept-changes"]);
    for (name, from, to) in [(FILE, "KẾ HOẠCH HH-2022\n", "KẾ HOẠCH HH-2022\nxin chào\n"), ("hh.kh", "KẾ HOẠCH HH-2022:", "KẾ HOẠCH :")]
    {
        replace(&dir, name, from, to);
        let before = std::fs::read_to_string(dir.path().join(FILE)).expect("the lock");
        let (status, _, err) = say(&root, &["check", "--accept-changes"]);
        assert_eq!(status, Status::Unable, "{err}");
        assert!(err.contains("Chưa ghi kehoach.lock"), "{err}");
        assert_eq!(std::fs::read_to_string(dir.path().join(FILE)).expect("the lock"), before);
        replace(&dir, name, to, from);
    }
}

/// The units that findings of a code about a place name.
fn units(compiled: &Compiled, code: Code, place: &str) -> BTreeSet<String> {
    let about = |finding: &&Diagnostic| finding.code == code && finding.subject.place.as_deref() == Some(place);
    let named = compiled.findings.iter().filter(about).filter_map(|finding| finding.subject.unit.clone());
    named.flat_map(|units| units.split("; ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn recipients(compiled: &Compiled, handing: &str) -> BTreeSet<String> {
    let handing = compiled.model.find_handing(handing).expect("the handing-on");
    handing.recipients.iter().map(|recipient| compiled.model.registry.unit(recipient.unit).name.clone()).collect()
}

#[test]
fn a_provincial_deadline_that_the_district_takes_over_concerns_its_communes_too() {
    let mut files = support::corpus("thanh-hoa");
    let (_, text) = files.iter_mut().find(|(name, _)| name == "th-2022.kh").expect("the province's plan");
    let task = text.find("NHIỆM VỤ TTHC-04:").expect("the task");
    let entry = task + text[task..].find("- Tổ chức thực hiện: thường xuyên").expect("its deadline");
    text.replace_range(entry..entry + "- Tổ chức thực hiện: thường xuyên".len(), "- Tổ chức thực hiện: Quý II/2022");
    let compiled = project::check_sources(files);
    let mut expected = recipients(&compiled, "TH-2022-HUYỆN");
    expected.extend(recipients(&compiled, "HH-2023-XÃ"));
    assert_eq!(units(&compiled, Code::KH3039, "TTHC-04"), expected);
    assert_eq!(compiled.findings.iter().filter(is_about_lock).count(), 3, "two handings-on and the district's own file");
}

#[test]
fn a_changed_provincial_deadline_names_exactly_the_units_concerned() {
    let files = support::corpus("thanh-hoa");
    assert!(files.iter().any(|(name, _)| name == FILE), "the corpus has a lock");
    // Hoằng Hóa restates the deadline, so its communes are not concerned
    let compiled = project::check_sources(edited(
        files.clone(),
        "th-2022.kh",
        "Thời gian hoàn thành: Quý III/2022",
        "Thời gian hoàn thành: Quý II/2022",
    ));
    assert_eq!(units(&compiled, Code::KH3039, "TC-08"), recipients(&compiled, "TH-2022-HUYỆN"));
    let found: Vec<&Diagnostic> = compiled.findings.iter().filter(|finding| finding.code == Code::KH3039).collect();
    assert_eq!(found.len(), 2, "one for the handing-on, one for the district that writes its own plan");
    assert!(found.iter().any(|finding| finding.message.vi.contains("sau khi 26 đơn vị trả lời: ") && finding.message.vi.ends_with(", …")));
    assert_eq!(compiled.findings.iter().filter(is_about_lock).count(), 2);
}
