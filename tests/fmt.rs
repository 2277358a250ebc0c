//! The one layout: what the formatter writes, and when it writes nothing.

use kehoach::fmt::format_text;

fn formatted(text: &str) -> String {
    let out = format_text(text);
    assert!(out.sound, "{:?}", out.reason);
    assert_eq!(format_text(&out.text).text, out.text, "formatting twice");
    out.text
}

#[test]
fn keywords_labels_and_bullets_get_their_own_words() {
    assert_eq!(
        formatted("\u{feff}Kế hoạch A-1 : Tên\r\n  NĂM: 2022\r\nNHIEM VU TC-01 – Việc\nmột\nThời hạn : Quý I\nĐơn vị chủ trì:\n• A\n+ B\n"),
        "KẾ HOẠCH A-1: Tên\nNăm: 2022\n\nNHIỆM VỤ TC-01: Việc một\nThời gian hoàn thành: Quý I\nCơ quan chủ trì:\n- A\n+ B\n"
    );
}

#[test]
fn comments_stay_above_what_they_stood_above() {
    let text = "# đầu tệp\n\nKẾ HOẠCH A-1: Tên\n# năm\nNăm: 2022\n\n# phần\nPHẦN I: Mục đích\n\nĐoạn.\n\n# cuối\n";
    assert_eq!(formatted(text), text);
}

#[test]
fn a_comment_inside_a_text_goes_below_it() {
    assert_eq!(formatted("KẾ HOẠCH A-1: Tên\n# ghi chú\ndài\nNăm: 2022\n"), "KẾ HOẠCH A-1: Tên dài\n# ghi chú\nNăm: 2022\n");
}

#[test]
fn prose_keeps_its_paragraphs() {
    assert_eq!(
        formatted("KẾ HOẠCH A-1: x\nPHẦN I: y\nmột\nhai\n\n\nba\n- bốn\nMỤC: năm\nKiểu: số\nsáu\n- bảy\n\ntám\n"),
        "KẾ HOẠCH A-1: x\n\nPHẦN I: y\nmột hai\n\nba\n- bốn\n\nMỤC: năm\nKiểu: số\nsáu\n- bảy\n\ntám\n"
    );
}

#[test]
fn prose_that_looks_like_a_keyword_is_escaped() {
    let text = "KẾ HOẠCH A-1: x\n\nPHẦN I: y\n\\NHIỆM VỤ trọng tâm\n\n\\- năm\n\n\\\\ngược\n\n\\# sáu\n\nNGÀNH y tế\n";
    assert_eq!(formatted(text), text);
    assert_eq!(formatted("KẾ HOẠCH A-1: x\nPHẦN I: y\n\\văn\n"), "KẾ HOẠCH A-1: x\n\nPHẦN I: y\nvăn\n");
}

#[test]
fn one_line_blocks_of_one_kind_stand_as_the_author_has_them() {
    let text = "KẾ HOẠCH A-1: x\n\nKẾ THỪA A-1\nKẾ THỪA A-2\n\nKẾ THỪA A-3\n\nCHỈ TIÊU a-b: c\n";
    assert_eq!(formatted(text), text);
}

#[test]
fn a_products_own_deadline_becomes_an_entry_of_the_map() {
    assert_eq!(
        formatted(
            "KẾ HOẠCH A-1: x\nNHIỆM VỤ B-1: y\nSản phẩm:\n- Đề án\n- Báo cáo (hạn: Quý IV/2022)\nThời gian hoàn thành: Quý III/2022\n"
        ),
        "KẾ HOẠCH A-1: x\n\nNHIỆM VỤ B-1: y\nSản phẩm:\n- Đề án\n- Báo cáo\nThời gian hoàn thành:\n- Quý III/2022\n- Báo cáo: Quý IV/2022\n"
    );
    // what the child does not state may come from its parent
    let child = "KẾ HOẠCH A-2: x\nTheo: A-1\n\nSỬA ĐỔI B-1\nSản phẩm: Báo cáo (hạn: Quý IV/2022)\n";
    assert_eq!(formatted(child), child);
}

#[test]
fn quarters_in_short_get_the_one_form_but_not_in_what_is_recorded() {
    let plan = |mode: &str, time: &str| format!("KẾ HOẠCH A-1: x\n{mode}\nNHIỆM VỤ B-1: y\nThời gian hoàn thành: {time}\n");
    assert_eq!(formatted(&plan("", "Q.2/2026")), plan("", "Quý II/2026"));
    assert_eq!(formatted(&plan("Chế độ: ghi nhận\n", "Q.2/2026")), plan("Chế độ: ghi nhận\n", "Q.2/2026"));
}

#[test]
fn a_text_with_lines_that_do_not_fit_is_left_alone() {
    let text = "KẾ HOẠCH A-1:   x\nSản phẩm: y\n";
    let out = format_text(text);
    assert!(!out.sound && !out.changed && out.reason.is_some());
    assert_eq!(out.text, text);
}

#[test]
fn a_heading_without_its_name_takes_none_from_the_prose_below() {
    let text = "PHẦN I: A\n\nCẤP\nphòng\n\nMỤC: B\n";
    let out = kehoach::fmt::format_text(text);
    assert_eq!((out.text.as_str(), out.sound), (text, false));
}
