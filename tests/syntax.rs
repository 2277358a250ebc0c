//! What the parser makes of lines: trees, findings, fixes.

use kehoach::base::{SourceId, Span};
use kehoach::diag::Code;
use kehoach::syntax::ast::{Argument, Block, Keyword, Label, Node};
use kehoach::syntax::{LineKind, MOST_FINDINGS, Parse, parse};
use unicode_normalization::UnicodeNormalization;

const HEAD: &str = "KẾ HOẠCH A-1: Tên\n";

fn read(text: &str) -> Parse {
    parse(SourceId::new(0), text)
}

/// Codes of the findings of a plan with these lines, and the words that each marks.
fn findings(lines: &str) -> Vec<(Code, String)> {
    let text = format!("{HEAD}{lines}");
    let slice = |span: Span| text[span.range()].to_owned();
    read(&text).diagnostics.iter().map(|d| (d.code, d.primary.as_ref().map_or(String::new(), |p| slice(p.loc.span)))).collect()
}

/// Applies every fix, last first, and says what is left to report.
fn mended(lines: &str) -> String {
    let mut text = format!("{HEAD}{lines}");
    let mut fixes: Vec<_> = read(&text).diagnostics.into_iter().filter_map(|d| d.fix).collect();
    fixes.sort_by_key(|fix| fix.loc.span);
    for fix in fixes.iter().rev() {
        text.replace_range(fix.loc.span.range(), &fix.text);
    }
    assert!(read(&text).diagnostics.is_empty(), "{text}");
    text[HEAD.len()..].to_owned()
}

fn blocks(lines: &str) -> Vec<Block> {
    let text = format!("{HEAD}{lines}");
    let parse = read(&text);
    assert!(parse.diagnostics.is_empty(), "{:?}", parse.diagnostics);
    parse.file.blocks.into_iter().skip(1).collect()
}

fn one(code: Code, words: &str) -> Vec<(Code, String)> {
    vec![(code, words.to_owned())]
}

#[test]
fn headings_in_dress_are_read_as_meant_and_mended() {
    for (written, wanted) in [
        ("NHIEM VU TC-01: Việc", "NHIỆM VỤ TC-01: Việc"),
        ("NHIỆN VỤ TC-01: Việc", "NHIỆM VỤ TC-01: Việc"),
        ("Phụ lục số 01: Thể chế", "PHỤ LỤC 01: Thể chế"),
        ("PHỤ LỤC II. Thể chế", "PHỤ LỤC 2: Thể chế"),
        ("NHIỆM VỤ TC-08 – Việc", "NHIỆM VỤ TC-08: Việc"),
        ("NHIỆM VỤ TC-08 Việc", "NHIỆM VỤ TC-08: Việc"),
        ("KẾ THỪA TC-09 và TTHC-01", "KẾ THỪA TC-09, TTHC-01"),
        ("KẾ THỪA: TC-09", "KẾ THỪA TC-09"),
        ("TÁCH A-1 thành A-1a, A-1b", "TÁCH A-1 THÀNH A-1a, A-1b"),
        ("PHẦN THỨ NHẤT: Mục đích", "PHẦN I: Mục đích"),
        ("Kế thừa chỉ tiêu hai-long", "KẾ THỪA CHỈ TIÊU hai-long"),
        ("KẾ THỪA chỉ tiêu hai-long", "KẾ THỪA CHỈ TIÊU hai-long"),
    ] {
        assert_eq!(findings(written).iter().map(|(code, _)| *code).collect::<Vec<_>>(), [Code::KH0011], "{written}");
        assert_eq!(mended(written), wanted);
        // the tree is the one of the line as it should be
        assert_eq!(read(&format!("{HEAD}{written}")).file, read(&format!("{HEAD}{wanted}")).file);
        let decomposed: String = written.nfd().collect();
        assert_eq!(mended(&decomposed).nfc().collect::<String>(), wanted);
    }
}

#[test]
fn a_heading_that_does_not_fit_is_an_error_everywhere() {
    assert_eq!(findings("NHIỆM VỤ của đơn vị: x"), one(Code::KH0010, "NHIỆM VỤ của đơn vị"));
    assert_eq!(findings("PHẦN I: x\nPHẦN MỀM quản lý"), one(Code::KH0010, "PHẦN MỀM quản lý"));
    // inside a PHẦN a code leaves no doubt
    assert_eq!(findings("PHẦN I: x\nNHIỆM VỤ chung: y"), one(Code::KH0010, "NHIỆM VỤ chung"));
    assert_eq!(findings("NHIỆM VỤ chung: y"), []);
    // what stands below is skipped in silence, up to the next heading
    assert_eq!(findings("TÁCH A-1\nSản phẩm: x\n\nlạc\nNHIỆM VỤ B-1: y\nSản phẩm: z").len(), 1);
}

#[test]
fn a_backslash_makes_prose() {
    let blocks = blocks("PHẦN I: x\n\\NHIỆM VỤ chung\nNhiệm vụ 1: văn\nSản phẩm: văn");
    let [Node::Paragraph(paragraph)] = blocks[0].nodes.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(paragraph.text.value, "NHIỆM VỤ chung Nhiệm vụ 1: văn Sản phẩm: văn");
}

#[test]
fn code_lists_run_over_lines() {
    let blocks = blocks("KẾ THỪA A-1,\n# ghi chú\nTH-1/A-2;\nA-3\nLý do: x\n\nKHÔNG ÁP DỤNG\n- A-4\n- A-5\nTÁCH A-6 THÀNH\nA-7, A-8");
    let written: Vec<String> = blocks.iter().map(|block| kehoach::syntax::heading_text(&block.heading)).collect();
    assert_eq!(written, ["KẾ THỪA A-1, TH-1/A-2, A-3", "KHÔNG ÁP DỤNG A-4, A-5", "TÁCH A-6 THÀNH A-7, A-8"]);
    assert!(blocks[0].field(Label::Reason).is_some());
}

#[test]
fn arguments_keep_plans_and_brackets() {
    let text = "LẬP NĂM A-2: x\nCHUYỂN CẤP huyện SANG không: TH-1/A-1 (phối hợp), A-2\nTIẾP TỤC A-1 CÙNG B/A-2\n";
    let file = read(text).file;
    let Argument::Move { from, to, tasks } = &file.blocks[1].heading.argument else { panic!("{file:?}") };
    assert_eq!((from.value.as_str(), to.value.as_str()), ("huyện", "không"));
    assert_eq!((tasks[0].plan.as_deref(), tasks[0].bracket.as_deref(), tasks[1].code.as_str()), (Some("TH-1"), Some("phối hợp"), "A-2"));
    assert!(matches!(&file.blocks[2].heading.argument, Argument::Together(codes) if codes.len() == 2));
}

#[test]
fn labels_fold_to_one() {
    let blocks =
        blocks("NHIỆM VỤ A-1: x\nĐƠN VỊ CHỦ TRÌ: a\nKết quả: b\nThời gian hoàn thành chậm nhất: Tháng 12/2022\nCHỈ TIÊU:\n- c-1: d");
    let labels: Vec<Label> = blocks[0].fields().map(|field| field.label).collect();
    assert_eq!(labels, [Label::Leads, Label::Products, Label::Deadline, Label::Targets]);
    let deadline = blocks[0].field(Label::Deadline).and_then(|field| field.value.as_ref()).map(|text| text.value.as_str());
    assert_eq!(deadline, Some("Chậm nhất tháng 12/2022"));
}

#[test]
fn faults_of_labels_are_told_apart() {
    assert_eq!(findings("KẾ THỪA A-1\nSản phẩm: x\nCơ quan chủ trì: y"), one(Code::KH0020, "Sản phẩm"));
    assert_eq!(mended("NHIỆM VỤ A-1: x\nCơ quan chủ chì: y"), "NHIỆM VỤ A-1: x\nCơ quan chủ trì: y");
    assert_eq!(findings("NHIỆM VỤ A-1: x\n- y"), one(Code::KH0023, "- y"));
    assert_eq!(findings("NHIỆM VỤ A-1: x\n\ny"), one(Code::KH0023, "y"));
    assert_eq!(findings("NHIỆM VỤ A-1: x\nSản phẩm:\n\nGhi chú: z"), one(Code::KH0024, "Sản phẩm"));
    // any other words before a colon are text
    assert_eq!(findings("NHIỆM VỤ A-1: x\nTrong đó: y"), []);
}

#[test]
fn a_label_twice_points_at_the_gap() {
    let text = format!("{HEAD}NHIỆM VỤ A-1: x\nSản phẩm: một\nGhi chú: y\n\nSản phẩm: hai\nGhi chú: z\n");
    let parse = read(&text);
    let [finding] = parse.diagnostics.as_slice() else { panic!("{:?}", parse.diagnostics) };
    assert_eq!(finding.code, Code::KH0021);
    let gap = finding.related[0].loc.span;
    assert!(gap.is_empty() && text[..gap.start as usize].ends_with("Ghi chú: y"));
    let products = parse.file.blocks[1].field(Label::Products).and_then(|field| field.value.as_ref());
    assert_eq!(products.map(|text| text.value.as_str()), Some("một"));
}

#[test]
fn blocks_have_their_places() {
    assert_eq!(read("NHIỆM VỤ A-1: x\nNHIỆM VỤ A-2: x\n").diagnostics.len(), 1);
    assert_eq!(findings("RIÊNG A-1"), one(Code::KH0013, "RIÊNG A-1"));
    assert_eq!(findings("TIÊU CHÍ 1: x"), one(Code::KH0013, "TIÊU CHÍ 1"));
    assert_eq!(findings("BẢNG ĐIỂM\nTIÊU CHÍ 1: x"), []);
    assert_eq!(findings("DANH BẠ B-1: y\nCẤP tỉnh\nNHIỆM VỤ A-1: x"), one(Code::KH0013, "NHIỆM VỤ A-1"));
    let text = "lạc một\nlạc hai\n\nKẾ HOẠCH A-1: x\n";
    assert_eq!(read(text).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::KH0012]);
}

#[test]
fn a_code_is_declared_once_in_a_plan() {
    assert_eq!(findings("NHIỆM VỤ tc-1: x\nBỔ SUNG TC-1: y"), one(Code::KH0031, "TC-1"));
    assert_eq!(findings("PHỤ LỤC 01: x\nPHỤ LỤC 1: y"), one(Code::KH0031, "1"));
    assert_eq!(findings("NHIỆM VỤ A-1: x\nCHỈ TIÊU A-1: y\nKẾ HOẠCH A-2: z\nNHIỆM VỤ A-1: x"), []);
    let own = "GIAO KẾ HOẠCH B-1: x\nBỔ SUNG C-1: y\nRIÊNG D-1\nBỔ SUNG C-1: y\nRIÊNG D-2\nBỔ SUNG C-1: y";
    assert_eq!(findings(own), []);
}

#[test]
fn what_word_does_to_a_text_changes_no_tree() {
    let plain = "KẾ HOẠCH A-1: Tên \"dài\"\nCăn cứ:\n- Luật - một\n- hai\n\nPHẦN I: x\nđoạn văn\n";
    let word = "\u{feff}KẾ HOẠCH\u{a0}A\u{2013}1:\tTên \u{201c}dài\u{201d}\r\n  Căn cứ :\r\n\u{2022} Luật \u{2013} một\r\n\u{2013}\u{a0}ha\u{ad}i\r\n\u{200b}\r\nPHẦN I: x\r\nđoạn\u{a0} văn";
    assert_eq!(read(word).file, read(plain).file);
    assert_eq!(read(&word.nfd().collect::<String>()).file, read(plain).file);
    assert!(read(word).diagnostics.is_empty());
}

#[test]
fn an_empty_file_is_named() {
    for text in ["", " \n\n", "# chỉ có ghi chú\n"] {
        assert_eq!(read(text).diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::KH0005]);
    }
}

#[test]
fn findings_are_kept_up_to_a_number_and_counted_beyond_it() {
    let text = format!("{HEAD}{}", "NHIỆM VỤ\n".repeat(300));
    let parse = read(&text);
    assert_eq!(parse.diagnostics.len(), MOST_FINDINGS + 1);
    let last = &parse.diagnostics[MOST_FINDINGS];
    assert!(last.code == Code::KH0006 && last.message.vi.contains("300"));
}

#[test]
fn a_mark_of_dress_needs_a_code_without_doubt() {
    // prose that happens to begin like a heading
    let prose = "PHẦN I: x\nPhụ lục 01 kèm theo nêu rõ\n\nKế hoạch năm 2022: xong\n\nChỉ tiêu 1: đạt\n\nTách biệt rõ\n\nMức: 5%";
    let parse = read(&format!("{HEAD}{prose}"));
    assert!(parse.diagnostics.is_empty(), "{:?}", parse.diagnostics);
    assert!(parse.lines.iter().filter(|line| matches!(line.kind, LineKind::Heading(_))).count() == 2);
    assert_eq!(parse.file.blocks[1].heading.keyword, Keyword::Part);
    assert_eq!(parse.file.blocks[1].nodes.len(), 5);
}
