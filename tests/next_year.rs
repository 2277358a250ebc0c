//! Next year's plan: whatever is done to the answer of any task or target of last year, `check` names it; the draft of `roll` reads, keeps its
//! layout and answers all; results read the same from both kinds of file.

mod support;

use std::path::Path;
use std::process::Command;

use kehoach::diag::{Code, Diagnostic, Severity};
use kehoach::draft::{self, NextYearOptions};
use kehoach::fmt;
use kehoach::model::{Outcome, Plan, PlanId};
use kehoach::project::{self, Compiled, Input, Options};

const PLAN: &str = "th-2023.kh";

/// The province's two years with the registry and the results.
fn province() -> Vec<(String, String)> {
    let mut files = support::corpus("thanh-hoa");
    files.retain(|(name, _)| !name.starts_with("giao-") && !name.starts_with("huyen/"));
    files
}

fn plan(compiled: &Compiled, code: &str) -> PlanId {
    compiled.model.find(code).unwrap_or_else(|| panic!("no {code}"))
}

/// Codes of the tasks and of the targets of a plan.
fn codes(files: &[(String, String)], code: &str) -> (Vec<String>, Vec<String>) {
    let compiled = project::check_sources(files.to_vec());
    let content = &compiled.derivations[plan(&compiled, code).index()].content;
    let tasks = content.tasks.iter().map(|task| task.code.text.clone()).collect();
    (tasks, content.targets.iter().map(|line| line.target.code.clone()).collect())
}

const VERBS: [&str; 4] = ["TIẾP TỤC ", "KẾT THÚC ", "SỬA ĐỔI ", "KHÔNG ÁP DỤNG "];

/// The heading line that answers a code, with its verb.
fn answer<'t>(lines: &[&'t str], code: &str, of: &str) -> (usize, &'static str, &'t str) {
    for (at, line) in lines.iter().enumerate() {
        let Some((verb, rest)) = VERBS.iter().find_map(|verb| line.strip_prefix(verb).map(|rest| (*verb, rest))) else { continue };
        let Some(list) = rest.strip_prefix(of) else { continue };
        if list.split(':').next().unwrap_or("").split(',').any(|other| other.trim() == code) {
            return (at, verb, list);
        }
    }
    panic!("no answer of {of}{code}")
}

/// The text without the answer of a code: one code of a list, or the whole block.
fn removed(text: &str, code: &str, of: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let (at, verb, list) = answer(&lines, code, of);
    let others: Vec<&str> = list.split(',').map(str::trim).filter(|other| *other != code).collect();
    let kept = format!("{verb}{of}{}", others.join(", "));
    if !list.contains(':') && !others.is_empty() {
        lines[at] = &kept;
        return lines.join("\n");
    }
    let opens = |line: &str| VERBS.iter().chain(&["BỔ SUNG ", "PHỤ LỤC ", "PHẦN ", "# "]).any(|verb| line.starts_with(verb));
    let end = (at + 1..lines.len()).find(|at| opens(lines[*at])).unwrap_or(lines.len());
    lines.drain(at..end);
    lines.join("\n")
}

fn errors(files: &[(String, String)], text: String) -> Vec<Diagnostic> {
    let compiled = project::check_sources(support::with(files, PLAN, text));
    compiled.findings.iter().filter(|finding| finding.severity == Severity::Error && finding.accepted.is_none()).cloned().collect()
}

#[test]
fn an_answer_that_is_removed_is_missed_and_it_alone() {
    let files = province();
    let text = support::text(&files, PLAN).to_owned();
    let (tasks, targets) = codes(&files, "TH-2022");
    assert_eq!((tasks.len(), targets.len()), (54, 10));
    assert_eq!(errors(&files, text.clone()), []);
    let all = tasks.iter().map(|code| (code, "", Code::KH3001)).chain(targets.iter().map(|code| (code, "CHỈ TIÊU ", Code::KH3013)));
    for (code, of, missed) in all {
        let found = errors(&files, removed(&text, code, of));
        let missing: Vec<&Diagnostic> = found.iter().filter(|finding| finding.code == missed).collect();
        let [one] = missing.as_slice() else { panic!("{code}: {found:?}") };
        let message = &one.message.vi;
        assert!(message.contains(&format!(" {code} ")) && message.contains("TH-2022") && message.contains("tỉnh Thanh Hóa"), "{message}");
        // words that tell of the task or target are the only others to suffer
        let others: Vec<&Diagnostic> =
            found.iter().filter(|finding| finding.code != missed && !matches!(finding.code, Code::KH0033 | Code::KH4009)).collect();
        assert!(others.is_empty(), "{code}: {others:?}");
    }
}

#[test]
fn answers_given_twice_or_to_other_codes_are_each_named() {
    let files = province();
    let text = support::text(&files, PLAN).to_owned();
    let (tasks, _) = codes(&files, "TH-2022");
    let named = |found: &[Diagnostic], wanted: Code, code: &str| {
        found.iter().filter(|finding| finding.code == wanted && finding.quote.as_deref() == Some(code)).count()
    };
    let twice: String = tasks.iter().map(|code| format!("\nKẾT THÚC {code}\nKết quả: hoàn thành\n")).collect();
    let found = errors(&files, format!("{text}{twice}"));
    let mut misspelt: Vec<String> = text.lines().map(str::to_owned).collect();
    for code in &tasks {
        let lines: Vec<&str> = misspelt.iter().map(String::as_str).collect();
        let (at, ..) = answer(&lines, code, "");
        misspelt[at] = misspelt[at].replacen(code.as_str(), &format!("{code}99"), 1);
    }
    let missed = errors(&files, misspelt.join("\n"));
    for code in &tasks {
        assert_eq!(named(&found, Code::KH3002, code), 1, "{code} twice");
        assert_eq!(named(&missed, Code::KH3001, code), 1, "{code} missed");
        assert_eq!(named(&missed, Code::KH3003, &format!("{code}99")), 1, "{code} misspelt");
    }
}

/// What only a person can say of a draft: blanks, faults that the old plan accepted (two values of one indicator, a day before the signing, a
/// symbol among the bases), results that were better than the target.
fn is_for_a_person(finding: &Diagnostic) -> bool {
    let settled = matches!(finding.code, Code::KH0030 | Code::KH2002 | Code::KH2003 | Code::KH4015);
    settled || finding.severity == Severity::Info || (finding.code == Code::KH2007 && finding.subject.place.is_none())
}

/// A draft of the year after a plan's, and what the project says with it.
fn drafted(files: &[(String, String)], code: &str, with_results: bool) -> (String, Compiled) {
    let compiled = project::check_sources(files.to_vec());
    let last = plan(&compiled, code);
    let year = compiled.model.plan(last).header.year.expect("a year") + 1;
    let next = compiled.model.plans().find(|(_, plan)| plan.parents.iter().any(|link| link.plan == last) && plan.roll.results.is_some());
    let results = next.and_then(|(_, plan)| plan.roll.results.clone()).filter(|_| with_results);
    let file = results.as_ref().map(|results| format!("../{}", results.file));
    let options = NextYearOptions { year, results: results.as_ref(), results_file: file.as_deref() };
    let text = draft::next_year(&compiled.model, &compiled.derivations, last, options);
    // the draft takes the place of what the project has for that year
    let mut with_draft: Vec<(String, String)> = files.iter().filter(|(name, _)| name != PLAN).cloned().collect();
    with_draft.push(("nam/du-thao.kh".into(), text.clone()));
    (text, project::check_sources(with_draft))
}

#[test]
fn a_draft_reads_keeps_its_layout_and_answers_every_task() {
    let mut faults = Vec::new();
    for (project, code) in
        [("thanh-hoa", "TH-2022"), ("thanh-hoa", "HH-2023"), ("quang-ngai", "QN-2022"), ("thai-nguyen", "TN-2020"), ("dak-nong", "DN-2022")]
    {
        for with_results in [false, true] {
            let mut files = support::corpus(project);
            files.retain(|(name, _)| !name.starts_with("giao-"));
            let (text, checked) = drafted(&files, code, with_results);
            let laid_out = fmt::format_text(&text);
            if !laid_out.sound || laid_out.changed {
                faults.push(format!("{code}: the draft is not in the one layout\n{text}"));
            }
            let of_draft = |finding: &&Diagnostic| {
                finding.primary.as_ref().is_some_and(|label| checked.sources.get(label.loc.source).name() == "nam/du-thao.kh")
            };
            let open = checked.findings.iter().filter(of_draft).filter(|finding| !is_for_a_person(finding));
            faults.extend(open.map(|finding| format!("{code}: {} {}", finding.code, finding.message.vi)));
            let last = plan(&checked, code);
            let of_draft = |plan: &Plan| checked.sources.get(plan.loc.source).name() == "nam/du-thao.kh";
            let (own, _) = checked.model.plans().find(|(_, plan)| of_draft(plan)).expect("the draft's plan");
            let derivation = &checked.derivations[own.index()];
            assert_eq!(derivation.fates.len(), checked.derivations[last.index()].content.tasks.len(), "{code}");
            for fate in &derivation.fates {
                assert!(matches!(fate.outcome, Outcome::Carried { .. } | Outcome::Finished { .. }), "{code} {:?}", fate.outcome);
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_draft_ends_what_is_done_once_and_goes_on_with_the_rest() {
    let (text, _) = drafted(&support::corpus("thanh-hoa"), "TH-2022", true);
    for line in [
        "LẬP NĂM TH-2023: Cải cách hành chính năm 2023",
        "Ngày: …/12/2022",
        "Theo đề nghị: Giám đốc Sở Nội vụ tại Tờ trình CẦN BỔ SUNG (số, ngày)",
        // not done, done in part, done and recurring
        "TIẾP TỤC TC-02, TC-05, TC-09",
        "KẾT THÚC TC-01, TC-03, TC-04, TC-06, TC-07, TC-08",
        "# TC-05: hoàn thành một phần, 60% (đã báo cáo Ban Thường vụ Tỉnh ủy; chưa trình HĐND tỉnh)",
        "# TCC-01: hoàn thành; nội dung nêu năm kế hoạch, nếu là việc hằng năm thì chuyển sang TIẾP TỤC",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}

#[test]
fn a_draft_takes_up_what_was_put_off_to_its_year() {
    let text = "KẾ HOẠCH TH-2022: Cải cách hành chính năm 2022\nĐơn vị: tỉnh Thanh Hóa\nNăm: 2022\n\nNHIỆM VỤ TC-01: Rà soát văn bản\n\
                Cơ quan chủ trì: Sở Tư pháp\nThời gian hoàn thành: Thường xuyên\n\nNHIỆM VỤ TC-02: Kiểm tra\nCơ quan chủ trì: Sở Nội vụ\n\
                Thời gian hoàn thành: Thường xuyên\n\nLẬP NĂM TH-2023: Cải cách hành chính năm 2023\nTừ: TH-2022\nNăm: 2023\n\
                Chuyển năm: 2022 sang 2023\n\nTIẾP TỤC TC-01\n\nKHÔNG ÁP DỤNG TC-02\nLoại: lùi sang năm 2024\nLý do: Chờ quy định mới\n";
    let mut files = support::corpus("thanh-hoa");
    files.retain(|(name, _)| name == "danh-ba.kh" || name.ends_with(".csv"));
    files.push(("hai-nam.kh".into(), text.into()));
    let (text, checked) = drafted(&files, "TH-2023", false);
    assert!(text.contains("# TH-2023 đã lùi TC-02 của TH-2022 sang năm 2024: Chờ quy định mới\nTIẾP TỤC TH-2022/TC-02\n"), "{text}");
    let own = &checked.derivations[plan(&checked, "TH-2024").index()];
    let codes: Vec<&str> = own.content.tasks.iter().map(|task| task.code.text.as_str()).collect();
    assert_eq!(codes, ["TC-01", "TC-02"]);
}

#[test]
fn a_move_to_another_level_is_kept_as_it_is_written() {
    let text = "KẾ HOẠCH TH-2024: Cải cách hành chính năm 2024\nĐơn vị: tỉnh Thanh Hóa\nNăm: 2024\n\nNHIỆM VỤ TC-01: Rà soát văn bản\n\
                Cơ quan chủ trì: Sở Tư pháp; UBND cấp huyện\n\nLẬP NĂM TH-2026: Cải cách hành chính năm 2026\nTừ: TH-2024\nNăm: 2026\n\
                Chuyển năm: 2024 sang 2026\n\nTIẾP TỤC TC-01\n\nCHUYỂN CẤP huyện SANG xã: TC-01 (chủ trì), TH-2024/TC-01\nGiao: UBND cấp xã\n\
                Căn cứ: Luật Tổ chức chính quyền địa phương năm 2025\n\nCHUYỂN CẤP huyện SANG không: TC-01\nLý do: Không còn cấp huyện\n";
    let mut files = support::corpus("thanh-hoa");
    files.retain(|(name, _)| name == "danh-ba.kh" || name.ends_with(".csv"));
    files.push(("hai-nam.kh".into(), text.into()));
    let compiled = project::check_sources(files);
    let moves = &compiled.model.plan(plan(&compiled, "TH-2026")).roll.moves;
    let [down, none] = moves.as_slice() else { panic!("{moves:?}") };
    assert_eq!((down.from.value.as_str(), down.to.as_ref().map(|to| to.value.as_str())), ("huyện", Some("xã")));
    let tasks: Vec<_> =
        down.tasks.iter().map(|(task, role)| (task.code.text.as_str(), role.as_ref().map(|role| role.value.as_str()))).collect();
    assert_eq!(tasks, [("TC-01", Some("chủ trì")), ("TC-01", None)]);
    assert_eq!(down.assigned.iter().map(|role| role.text.as_str()).collect::<Vec<_>>(), ["UBND cấp xã"]);
    assert!(down.basis.is_some() && down.reason.is_none());
    assert!(none.to.is_none() && none.reason.is_some());
}

fn written(files: &[(String, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

fn compiled_in(folder: &Path) -> Compiled {
    project::compile(&Input::Folder(folder.to_path_buf()), Options::default())
}

#[test]
fn a_workbook_says_what_the_text_file_says() {
    let files = province();
    let folder = written(&files);
    let book = support::root().join("corpus/thanh-hoa/ket-qua/th-2022.xlsx");
    std::fs::copy(book, folder.path().join("ket-qua/th-2022.xlsx")).expect("the workbook");
    let said = |compiled: &Compiled| {
        let results = compiled.model.plan(plan(compiled, "TH-2023")).roll.results.clone().expect("results");
        let row = |row: &kehoach::model::ResultRow| {
            let words = |text: &Option<kehoach::model::Text>| text.as_ref().map(|text| text.value.clone());
            (row.task.code.text.clone(), row.progress, row.share, words(&row.figure), words(&row.note))
        };
        results.rows.iter().map(row).collect::<Vec<_>>()
    };
    let from_text = said(&compiled_in(folder.path()));
    let plan = support::text(&files, PLAN).replace("th-2022.csv", "th-2022.xlsx");
    std::fs::write(folder.path().join(PLAN), plan).expect("the plan");
    let compiled = compiled_in(folder.path());
    assert_eq!(said(&compiled), from_text);
    assert_eq!(from_text.len(), 64);
    assert!(compiled.findings.iter().all(|finding| finding.severity != Severity::Error || finding.accepted.is_some()));
}

#[test]
fn files_that_are_no_results_are_findings_with_a_place() {
    let files = province();
    let folder = written(&files);
    let whole = std::fs::read(support::root().join("corpus/thanh-hoa/ket-qua/th-2022.xlsx")).expect("the workbook");
    let cases: [(&str, &[u8]); 6] = [
        ("hong.xlsx", b"PK\x03\x04 not a workbook"),
        ("nua.xlsx", &whole[..whole.len() / 2]),
        ("chu.xlsx", "mã,kết quả\n".as_bytes()),
        ("rong.xlsx", b""),
        ("nhi-phan.csv", b"\xd0\xcf\x11\xe0\xa1\xb1"),
        ("dau.csv", "mã,kết quả\n\"chưa đóng,hoàn thành\nTC-01,hoàn thành".as_bytes()),
    ];
    for (name, bytes) in cases {
        std::fs::write(folder.path().join("ket-qua").join(name), bytes).expect("a file");
        let text = support::text(&files, PLAN).replace("ket-qua/th-2022.csv", &format!("ket-qua/{name}"));
        std::fs::write(folder.path().join(PLAN), text).expect("the plan");
        let compiled = compiled_in(folder.path());
        let errors: Vec<&Diagnostic> =
            compiled.findings.iter().filter(|finding| finding.severity == Severity::Error && finding.accepted.is_none()).collect();
        assert!(!errors.is_empty() && errors.iter().all(|finding| finding.primary.is_some()), "{name}: {errors:?}");
    }
}

fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kehoach"));
    let output = command.args(args).arg("--project").arg(folder).current_dir(folder).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn roll_writes_a_file_once_and_names_the_results_from_where_it_lies() {
    let mut files = province();
    files.retain(|(name, _)| name != PLAN);
    let folder = written(&files);
    let args = ["lap-nam", "TH-2022", "--year", "2023", "--results", "ket-qua/th-2022.csv", "-o", "nam/2023/th.kh"];
    assert_eq!(run(folder.path(), &args).0, Some(0));
    let text = std::fs::read_to_string(folder.path().join("nam/2023/th.kh")).expect("the draft");
    assert!(text.contains("\nKết quả: ../../ket-qua/th-2022.csv\n"), "{text}");
    let (status, printed, _) = run(folder.path(), &["check", "nam/2023/th.kh"]);
    assert_eq!(status, Some(0), "{printed}");
    std::fs::write(folder.path().join("nam/2023/th.kh"), format!("{text}# đã sửa\n")).expect("an edit");
    let (status, _, told) = run(folder.path(), &args);
    assert!(status == Some(2) && told.contains("--force"), "{told}");
    assert_eq!(run(folder.path(), &[&args[..], &["--force"]].concat()).0, Some(0));
}

#[test]
fn roll_says_what_is_wrong_with_year_and_results() {
    let folder = written(&province());
    let (status, _, told) = run(folder.path(), &["roll", "TH-2022", "--year", "2022"]);
    assert!(status == Some(2) && told.contains("2022"), "{told}");
    assert_eq!(run(folder.path(), &["roll", "TH-1999", "--year", "2023"]).0, Some(2));
    assert_eq!(run(folder.path(), &["roll", "TH-2022", "--year", "2023", "--results", "khong-co.csv"]).0, Some(2));
    std::fs::write(folder.path().join("sai.csv"), "mã,kết quả,tỷ lệ\nTC-01,hoàn thành,140%\nTC-99,hoàn thành,\n").expect("a file");
    let (status, printed, told) = run(folder.path(), &["roll", "TH-2022", "--year", "2023", "--results", "sai.csv"]);
    assert!(status == Some(1) && told.contains("140%") && told.contains("TC-99"), "{told}");
    assert!(printed.contains("LẬP NĂM TH-2023"), "{printed}");
}
