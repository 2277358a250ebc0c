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
