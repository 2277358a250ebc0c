//! Bad input: each is a finding with a place or a clear sentence, never a panic, and the rest of the project is still read.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A project of one sound plan, and the file under test beside it.
fn project(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("kehoach.toml"), "name = \"thu\"\n").expect("a file");
    fs::write(folder.path().join("danh-ba.kh"), "DANH BẠ TH: Danh bạ\n\nCẤP tỉnh\n\nĐƠN VỊ T: tỉnh Thử\n").expect("a file");
    fs::write(folder.path().join(name), bytes).expect("a file");
    folder
}

/// Runs `check` and returns the status, the findings' codes and messages, and what was said on the standard error.
fn check(folder: &Path) -> (Option<i32>, Vec<(String, String)>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kehoach"))
        .args(["check", "--lang", "vi", "--format", "json", "--project"])
        .arg(folder)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    (output.status.code(), findings.iter().map(|note| (text(&note["code"]), text(&note["message"]))).collect(), said)
}

fn codes(findings: &[(String, String)]) -> Vec<&str> {
    findings.iter().map(|(code, _)| code.as_str()).collect()
}

#[test]
fn a_file_over_the_cap_is_named_and_not_read() {
    let folder = project("lon.kh", b"");
    let file = fs::File::create(folder.path().join("lon.kh")).expect("a file");
    file.set_len(kehoach::syntax::LARGEST_FILE + 1).expect("a sparse file");
    let (status, findings, _) = check(folder.path());
    assert_eq!(status, Some(1));
    assert_eq!(codes(&findings), ["KH0002"]);
}

#[test]
fn binary_and_legacy_files_are_named() {
    let (status, findings, _) = check(project("anh.kh", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").path());
    assert_eq!((status, codes(&findings)), (Some(1), vec!["KH0003"]));
    // “KẾ HOẠCH cải cách hành chính” in TCVN3
    let (status, findings, _) = check(project("cu.kh", b"K\xd5 ho\xb9ch c\xb6i c\xb8ch h\xb5nh ch\xddnh n\xa8m 2022\n").path());
    assert_eq!((status, codes(&findings)), (Some(1), vec!["KH0004"]));
}

#[test]
fn an_empty_file_is_a_warning() {
    let (status, findings, _) = check(project("trong.kh", b"").path());
    assert_eq!((status, codes(&findings)), (Some(0), vec!["KH0005"]));
}

#[test]
fn a_missing_path_is_a_sentence() {
    let folder = project("x.kh", b"# khong co gi\n");
    let (status, findings, said) = check(&folder.path().join("khong-co"));
    assert_eq!((status, findings.len()), (Some(2), 0));
    assert!(said.starts_with("Lỗi: "), "{said}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself_is_read_once() {
    let folder = project("x.kh", b"# khong co gi\n");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("vong")).expect("a link");
    let (status, findings, _) = check(folder.path());
    assert_eq!((status, codes(&findings).contains(&"KH0031")), (Some(0), false), "{findings:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project("kin.kh", b"x");
    let path = folder.path().join("kin.kh");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    // whoever may read everything (root) cannot be refused
    if fs::read(&path).is_ok() {
        return;
    }
    let (status, findings, _) = check(folder.path());
    assert_eq!((status, codes(&findings)), (Some(1), vec!["KH0001"]));
}

#[test]
fn ten_thousand_headings_are_read() {
    let mut text = String::from("KẾ HOẠCH A-1: Kế hoạch\nĐơn vị: tỉnh Thử\nNăm: 2022\n");
    for at in 0..10_000 {
        text.push_str(&format!("\nNHIỆM VỤ N-{at}: Làm việc số {at} của năm nay cho xong\nCơ quan chủ trì: UBND tỉnh\n"));
    }
    let (status, findings, _) = check(project("nhieu.kh", text.as_bytes()).path());
    let errors: Vec<_> = findings.iter().filter(|(code, _)| code.starts_with("KH0")).collect();
    assert_eq!((status, errors.len()), (Some(0), 0), "{:?}", errors.first());
}

#[test]
fn of_five_thousand_faults_the_first_hundred_and_the_count_are_shown() {
    let mut text = String::from("KẾ HOẠCH A-1: Kế hoạch\nĐơn vị: tỉnh Thử\nNăm: 2022\n");
    for _ in 0..5_000 {
        text.push_str("\nNHIỆM VỤ\n");
    }
    let (status, findings, _) = check(project("loi.kh", text.as_bytes()).path());
    assert_eq!(status, Some(1));
    let syntax: Vec<_> = findings.iter().filter(|(code, _)| code == "KH0010").collect();
    assert_eq!(syntax.len(), 100);
    let (_, message) = findings.iter().find(|(code, _)| code == "KH0006").expect("the count");
    assert!(message.contains("5.000") || message.contains("5000"), "{message}");
}
