//! The command line: arguments in; standard output, standard error and exit status out.

use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::Path;

use kehoach::base::Date;
use kehoach::cli::{Status, World, run};

struct Said {
    status: Status,
    out: String,
    err: String,
}

fn say(line: &[&str], lang: Option<&str>) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("kehoach").chain(line.iter().copied()).map(Into::into).collect();
    let world =
        World { out: &mut out, err: &mut err, colors: (false, false), lang: lang.map(str::to_owned), today: Date::first_of_year(2025) };
    let status = run(args, world);
    Said { status, out: String::from_utf8_lossy(&out).into_owned(), err: String::from_utf8_lossy(&err).into_owned() }
}

/// A project whose only fault is an empty file.
fn project(dir: &Path) -> String {
    fs::write(dir.join("kehoach.toml"), "").ok();
    fs::write(dir.join("trong.kh"), "\n").ok();
    dir.display().to_string()
}

#[test]
fn warnings_end_with_1_only_where_strict() {
    let dir = tempfile::tempdir().unwrap();
    let root = project(dir.path());
    let said = say(&["check", "--project", &root], None);
    assert_eq!(said.status, Status::Clean, "{}", said.err);
    let expected = "  Cảnh báo KH0005: Tệp chưa có nội dung\n   ╭─[trong.kh:1:1]\n 1 │ \n   · ▲\n   ╰────\n  Cách sửa: Thêm nội dung, hoặc xóa tệp.\n  Giải thích: kehoach explain KH0005\n";
    assert_eq!(said.out, expected);
    assert_eq!(said.err, "1 cảnh báo\n");
    assert_eq!(say(&["check", "--project", &root, "--strict"], None).status, Status::Findings);
}

#[test]
fn an_error_ends_with_1_and_what_cannot_be_done_with_2() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(say(&["check", "--project", &dir.path().display().to_string()], None).status, Status::Unable);
    let root = project(dir.path());
    fs::write(dir.path().join("word.kh"), b"PK\x03\x04").unwrap();
    assert_eq!(say(&["check", "--project", &root], None).status, Status::Findings);
    assert_eq!(say(&["check", "--project", &root, "--khac"], None).status, Status::Unable);
    assert_eq!(say(&[], None).status, Status::Unable);
}

#[test]
fn findings_of_named_files_only_are_shown() {
    let dir = tempfile::tempdir().unwrap();
    let root = project(dir.path());
    fs::write(dir.path().join("word.kh"), b"PK\x03\x04").unwrap();
    let file = dir.path().join("trong.kh").display().to_string();
    let said = say(&["check", &file, "--format", "json"], None);
    assert_eq!(said.status, Status::Clean, "{}", said.err);
    assert!(said.out.contains("KH0005") && !said.out.contains("KH0003"), "{}", said.out);
    assert!(say(&["check", "--project", &root, "--format", "json"], None).out.contains("KH0003"));
}

#[test]
fn a_document_is_read_and_a_file_that_is_no_text_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("van-ban.txt").display().to_string();
    fs::write(&path, "TT | Nội dung | Cơ quan chủ trì | Thời gian |\n1 | Rà soát | Sở Nội vụ | Quý I/2024 |\n").unwrap();
    let said = say(&["nhap", &path, "--format", "json"], None);
    assert_eq!(said.status, Status::Clean, "{}", said.err);
    assert!(said.out.contains("\"schema\": \"kehoach/import/1\"") && said.out.contains("Sở Nội vụ"), "{}", said.out);
    assert!(said.err.contains("1 nhiệm vụ, 0 tiêu chí"), "{}", said.err);
    let english = say(&["import", &path, "--format", "json"], Some("en"));
    assert!(english.err.contains("1 tasks, 0 criteria"), "{}", english.err);
    let binary = dir.path().join("anh.bin").display().to_string();
    fs::write(&binary, b"\x00\x01\x02PNG\xff\xfe\x00").unwrap();
    let refused = say(&["import", &binary], None);
    assert_eq!((refused.status, refused.out.as_str()), (Status::Unable, ""));
    assert!(refused.err.starts_with("Lỗi: Tệp "), "{}", refused.err);
}

#[test]
fn aliases_and_languages_say_the_same() {
    let english = say(&["--lang", "en", "giai-thich", "kh3001"], None);
    assert!(english.out.starts_with("KH3001 (error): A parent task is not answered"), "{}", english.out);
    assert_eq!(english.out, say(&["explain", "KH3001"], Some("en")).out);
    assert!(say(&["explain", "KH3001"], None).out.starts_with("KH3001 (lỗi): "));
    assert_eq!(say(&["explain", "KH3001"], Some("fr")).status, Status::Unable);
}

#[test]
fn what_is_said_later_stands_below_where_both_streams_are_one_file() {
    use std::cell::RefCell;
    use std::rc::Rc;
    #[derive(Clone, Default)]
    struct File(Rc<RefCell<Vec<u8>>>);
    impl Write for File {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let root = project(dir.path());
    let log = File::default();
    // the standard output is buffered, the standard error is not
    let (mut out, mut err) = (std::io::BufWriter::new(log.clone()), log.clone());
    let args = ["kehoach", "check", "--project", &root].map(Into::into).to_vec();
    let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
    run(args, world);
    out.flush().unwrap();
    let text = String::from_utf8_lossy(&log.0.borrow()).into_owned();
    assert!(text.starts_with("  Cảnh báo KH0005") && text.ends_with("\n1 cảnh báo\n"), "{text}");
}

#[test]
fn what_needs_a_reader_is_told_in_both_languages() {
    let items = |text: &str| text.lines().filter(|line| line.starts_with("- ")).count();
    let (vi, en) = (say(&["explain", "văn-bản"], None), say(&["explain", "document"], Some("en")));
    assert!(vi.out.contains("CẤP-TRÊN TỆP") && en.out.contains("PARENT FILE"), "{}{}", vi.out, en.out);
    assert_eq!((vi.status, items(&vi.out)), (Status::Clean, items(&en.out)));
    assert!(vi.out.lines().all(|line| line.chars().count() <= 100), "{}", vi.out);
    assert!(say(&["explain"], None).out.contains("van-ban"));
}

#[test]
fn a_code_is_understood_without_its_letters_and_nearly_right_ones_are_suggested() {
    assert_eq!(say(&["explain", "3001"], None).out, say(&["explain", "KH3001"], None).out);
    for (name, near) in
        [("KH3OO1", "Có phải: KH3001?"), ("KH30O1", "Có phải: KH3001?"), ("kh-3oo1", "Có phải: KH3001?"), ("KH300", "KH3001")]
    {
        let said = say(&["explain", name], None);
        assert_eq!(said.status, Status::Unable);
        assert!(said.err.contains(near), "{name}: {}", said.err);
    }
    assert!(!say(&["explain", "xyz"], None).err.contains("Có phải"));
}

#[test]
fn bodies_and_sectors_that_are_nearly_there_are_suggested() {
    let root = format!("{}/corpus/thanh-hoa", env!("CARGO_MANIFEST_DIR"));
    let said = say(&["agency", "Sở Nông nghiệp", "--project", &root], None);
    assert_eq!(
        (said.status, said.err.as_str()),
        (
            Status::Findings,
            "Danh bạ không có “Sở Nông nghiệp”. Có phải: Sở Nông nghiệp và Phát triển nông thôn; Sở Nông nghiệp và Môi trường?\n"
        )
    );
    let said = say(&["agency", "Sở Nội vụ", "--sector", "nội vu", "--project", &root], None);
    assert!(said.err.contains("Có phải: nội vụ?"), "{}", said.err);
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(Error::from(ErrorKind::BrokenPipe))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Err(Error::from(ErrorKind::BrokenPipe))
        }
    }
    let mut err = Vec::new();
    let world = World { out: &mut Closed, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
    let args = ["kehoach", "explain"].map(Into::into).to_vec();
    assert_eq!(run(args, world), Status::Clean);
    assert_eq!(String::from_utf8_lossy(&err), "");
}

#[test]
fn a_new_project_passes_at_once_and_is_not_made_twice() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("moi").display().to_string();
    assert_eq!(say(&["init", &root], None).status, Status::Clean);
    let said = say(&["check", "--project", &root, "--strict", "--release"], None);
    assert_eq!((said.status, said.out.as_str()), (Status::Clean, ""), "{}", said.err);
    fs::write(dir.path().join("moi/tinh.kh"), "# của tôi\n").unwrap();
    assert_eq!(say(&["init", &root], None).status, Status::Unable);
    assert_eq!(fs::read_to_string(dir.path().join("moi/tinh.kh")).unwrap(), "# của tôi\n");
}

/// A small project in a folder of its own.
fn small(dir: &Path) -> String {
    let root = dir.join("du-an").display().to_string();
    assert_eq!(say(&["init", &root], None).status, Status::Clean);
    root
}

#[test]
fn several_formats_are_written_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let root = small(dir.path());
    let out = dir.path().join("ra").display().to_string();
    let said = say(&["build", "--project", &root, "--format", "text,docx,html,xlsx,md,json", "-o", &out], None);
    assert_eq!(said.status, Status::Clean, "{}", said.err);
    let mut endings: Vec<String> =
        fs::read_dir(&out).unwrap().flatten().filter_map(|entry| Some(entry.path().extension()?.to_string_lossy().into_owned())).collect();
    endings.sort();
    endings.dedup();
    assert_eq!(endings, ["docx", "html", "json", "md", "txt", "xlsx"]);
}

#[test]
fn a_single_document_may_be_given_a_name() {
    let dir = tempfile::tempdir().unwrap();
    let root = small(dir.path());
    let file = dir.path().join("ban.docx");
    let said = say(&["build", "AB-2026", "--project", &root, "--format", "docx", "-o", &file.display().to_string()], None);
    assert_eq!(said.status, Status::Clean, "{}", said.err);
    assert!(fs::read(&file).unwrap().starts_with(b"PK"));
}

#[test]
fn a_word_file_is_not_poured_onto_a_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let root = small(dir.path());
    let said = say(&["build", "--project", &root, "--format", "docx"], None);
    assert_eq!((said.status, said.out.as_str()), (Status::Unable, ""));
    let said = say(&["build", "AB-2026", "--project", &root, "--format", "docx"], None);
    assert_eq!((said.status, said.out.as_str()), (Status::Unable, ""));
    assert!(said.err.contains("-o"), "{}", said.err);
}

#[test]
fn templates_check_tells_which_styles_a_word_file_lacks() {
    let dir = tempfile::tempdir().unwrap();
    let root = small(dir.path());
    let folder = dir.path().join("du-an/templates/docx");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("template.docx"), b"\xd0\xcf\x11\xe0").unwrap();
    let said = say(&["templates", "check", "--project", &root], None);
    assert_eq!(said.status, Status::Findings);
    assert!(said.out.contains("KH6005"), "{}", said.out);
    // a document of the program's own has all styles
    let file = folder.join("template.docx").display().to_string();
    let elsewhere = dir.path().join("khong-mau").display().to_string();
    let said = say(&["build", "--project", &root, "--templates", &elsewhere, "-o", &elsewhere], None);
    assert_eq!(said.status, Status::Unable, "{}", said.err);
    fs::create_dir(&elsewhere).unwrap();
    let said = say(&["build", "AB-2026", "--project", &root, "--templates", &elsewhere, "--format", "docx", "-o", &file, "--force"], None);
    assert_eq!(said.status, Status::Clean, "{}", said.err);
    let said = say(&["templates", "check", "--project", &root], None);
    assert_eq!((said.status, said.out.as_str()), (Status::Clean, ""), "{}", said.err);
}
