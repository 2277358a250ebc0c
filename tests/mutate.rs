//! Seeded random edits of real texts: nothing panics, lines cover the text, spans fit it, decomposed text gives the same tree, and the
//! formatter changes layout only.

use std::path::{Path, PathBuf};

use kehoach::base::{SourceId, Span};
use kehoach::fmt::{format, format_text};
use kehoach::syntax::ast::{Argument, Block, CodeRef, File, Keyword, Label, Node, Text};
use kehoach::syntax::{Parse, parse};
use unicode_normalization::UnicodeNormalization;

const EXCERPT_EDITS: u64 = 100_000;
const WHOLE_EDITS: u64 = 500;

/// A text with what the corpus may not hold: every heading, odd forms of input.
const SAMPLE: &str = "\u{feff}# Ghi chú\r\n\r\nDANH BẠ A-B: Danh bạ\r\nCẤP tỉnh\nCẤP xã\nThuộc: tỉnh từ 01/7/2025\n\
ĐƠN VỊ TH: tỉnh Thanh Hoá\nCƠ QUAN STP: Sở Tư pháp\nCấp: tỉnh\nNGÀNH tư pháp\n- tỉnh: Sở Tư pháp\nNHÓM Các sở, ban,\nngành\nLoại: mở\n\
THUẬT NGỮ\n- a = b\n\nKẾ HOẠCH TH-2022: Cải cách\nhành chính\nNăm: 2022\nCăn cứ:\n- Luật A\n\u{2013}\u{a0}Luật B\n\n\
CHỈ TIÊU hai-long: tối thiểu 92%\nPHẦN I: Mục đích\nMỤC: Mục đích\nKiểu: gạch\n- một\n+ hai\nnối tiếp\n\nđoạn “trích”\n\
\\NHIỆM VỤ không phải tiêu đề\nTIỂU MỤC: x\nPHỤ LỤC 01: Thể chế\nCơ quan đầu mối: Sở Tư pháp\n\
NHIỆM VỤ TC-08: Đề án\nSản phẩm:\n- Đề án\n- Báo cáo (hạn: Quý IV/2022)\nCơ quan chủ trì: Sở Tư pháp\nThời gian hoàn thành: Quý III/2022\n\
NHÓM NHIỆM VỤ 2: Hai\nBẢNG ĐIỂM\nTIÊU CHÍ 1.1: Một\nĐiểm 2021 đạt được: 2,5\n\
GIAO KẾ HOẠCH TH-H: Giao\nTheo: TH-2022\nKẾ THỪA TC-09,\nTTHC-01\nSỬA ĐỔI TC-08\nLý do: x\nTÁCH TTHC-02 THÀNH TTHC-02a, TTHC-02b\n\
GỘP TTHC-03, TTHC-04 THÀNH TTHC-34\nKHÔNG ÁP DỤNG TC-01\nLoại: thẩm quyền cấp trên\nLý do: y\nBỔ SUNG BS-01: z\nRIÊNG MƯỜNG-LÁT; QUAN-SƠN\n\
Tệp: a.kh\nCHẤP NHẬN KH3005 TTHC-03\nTại: \"Quý\"\nLý do: z\nLẬP NĂM TH-2023: Lập\nTừ: TH-2022\nTIẾP TỤC a-1 CÙNG TH/b-1\nKẾT THÚC TC-07\n\
CHUYỂN CẤP huyện SANG xã: TC-01, TC-02 (phối hợp)\nKẾ THỪA CHỈ TIÊU hai-long\n";

/// SplitMix64: small, seeded, good enough to choose edits.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

fn kh_files(below: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(below) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            kh_files(&path, out);
        } else if path.extension().is_some_and(|ext| ext == "kh") {
            out.push(path);
        }
    }
}

/// The texts of the corpus, shortest first, without copies of national size.
fn texts() -> Vec<String> {
    let mut paths = Vec::new();
    kh_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &mut paths);
    let mut out: Vec<String> =
        paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).filter(|text| text.len() < 200_000).collect();
    out.push(SAMPLE.to_owned());
    out
}

/// Cuts a text into runs of whole blocks of 1 to 8 KiB where it can.
fn excerpts(text: &str) -> Vec<&str> {
    let parse = parse(SourceId::new(0), text);
    let starts = parse.file.blocks.iter().map(|block| text[..block.span.start as usize].rfind('\n').map_or(0, |at| at + 1));
    let mut out = Vec::new();
    let mut from = 0;
    for at in starts.chain([text.len()]) {
        if at > from + 1024 {
            let mut end = at.min(from + 8192);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            out.push(&text[from..end]);
            from = at;
        }
    }
    if out.is_empty() {
        out.push(text);
    }
    out
}

const BITS: &[&str] = &[
    ":",
    ": ",
    "-",
    "- ",
    "+ ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\\",
    "#",
    "# ",
    ",",
    ";",
    ".",
    "/",
    "(",
    ")",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{301}",
    "\u{323}",
    "\u{302}",
    "\u{2013}",
    "\u{2022}",
    "\u{201c}",
    "\u{2026}",
    "\u{1fef}",
    "\u{1100}\u{1161}",
    "\u{1f600}",
    "\u{0}",
    "Ð",
    "ạ",
    "I",
    "01",
    "1.1",
    " THÀNH ",
    " CÙNG ",
    " SANG ",
    " và ",
    "TC-08",
    "TH-2022/TC-01",
    " – ",
    "số ",
    "(hạn: Quý I/2022)",
    "(phối hợp)",
    "KH3005 ",
    "Chậm nhất ",
    "chậm nhất",
    "{năm}",
    "MỤC",
    "nhiem vu",
    "PHU LUC",
];

/// Makes one edit.
fn edit(text: &mut String, dice: &mut Dice) {
    let place = |text: &str, dice: &mut Dice| {
        let mut at = dice.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let line_at = |text: &str, dice: &mut Dice| {
        let at = place(text, dice);
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        start..end
    };
    match dice.below(10) {
        0 | 1 => {
            let at = place(text, dice);
            text.insert_str(at, dice.pick(BITS));
        }
        2 => {
            let at = line_at(text, dice).start;
            text.insert_str(at, dice.pick(BITS));
        }
        3 => {
            let at = line_at(text, dice).start;
            let keyword = dice.pick(Keyword::ALL).text();
            let glue = dice.pick(&[" ", "", ": ", " A-1: ", "\n"]);
            text.insert_str(at, &format!("{keyword}{glue}"));
        }
        4 => {
            let at = line_at(text, dice).start;
            let label = dice.pick(Label::ALL).text();
            let glue = dice.pick(&[": ", ":\n", ":", " "]);
            text.insert_str(at, &format!("{label}{glue}"));
        }
        5 => {
            let at = place(text, dice);
            if let Some(c) = text[at..].chars().next() {
                text.replace_range(at..at + c.len_utf8(), "");
            }
        }
        6 => {
            let range = line_at(text, dice);
            text.replace_range(range, "");
        }
        7 => {
            let line = text[line_at(text, dice)].to_owned();
            let at = line_at(text, dice).start;
            text.insert_str(at, &line);
        }
        8 => {
            let range = line_at(text, dice);
            let line = &text[range.clone()];
            let changed = match dice.below(4) {
                0 => line.to_lowercase(),
                1 => line.to_uppercase(),
                2 => kehoach::base::toneless(line),
                _ => line.replace(": ", " – "),
            };
            text.replace_range(range, &changed);
        }
        _ => {
            // two lines become one
            let range = line_at(text, dice);
            if text[range.clone()].ends_with('\n') {
                text.replace_range(range.end - 1..range.end, dice.pick(&["", " "]));
            }
        }
    }
}

fn check(text: &str) {
    let parse = checked_parse(text);
    let decomposed: String = text.nfd().collect();
    let again = checked_parse(&decomposed);
    assert_eq!(parse.file, again.file, "decomposed text gives another tree");
    let out = format_text(text);
    // the formatter may refuse only where lines do not fit
    assert_eq!(out.sound, parse.skipped.is_empty(), "{:?}", out.reason);
    if !out.sound {
        assert_eq!(out.text, text);
        return;
    }
    let formatted = checked_parse(&out.text);
    assert_eq!(format(&formatted.file), out.text, "formatting twice");
    if !text.contains("hạn") {
        assert_eq!(formatted.file, parse.file, "formatting changes the tree");
    }
    assert!(!format_text(&out.text).changed);
}

fn checked_parse(text: &str) -> Parse {
    let parse = parse(SourceId::new(0), text);
    let mut at = 0;
    for line in &parse.lines {
        assert_eq!(line.span.start as usize, at, "lines leave a gap");
        assert!(line.text().start >= line.span.start && line.text().end <= line.span.end);
        fits(text, line.span);
        fits(text, line.text());
        at = line.span.end as usize;
    }
    assert_eq!(at, text.len(), "lines do not reach the end");
    for span in spans(&parse.file).into_iter().chain(parse.skipped.iter().copied()) {
        fits(text, span);
    }
    for finding in &parse.diagnostics {
        let places = finding.primary.iter().chain(&finding.related).map(|label| label.loc.span);
        for span in places.chain(finding.fix.iter().map(|fix| fix.loc.span)) {
            fits(text, span);
        }
    }
    parse
}

fn fits(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} does not fit");
}

fn spans(file: &File) -> Vec<Span> {
    file.blocks.iter().flat_map(spans_of).collect()
}

fn spans_of(block: &Block) -> Vec<Span> {
    let mut out = vec![block.span, block.heading.span];
    out.extend(block.title.iter().map(|title| title.span));
    let codes = |all: &[CodeRef]| all.iter().map(|code| code.span).collect::<Vec<_>>();
    let texts = |all: &[&Text]| all.iter().map(|text| text.span).collect::<Vec<_>>();
    out.extend(match &block.heading.argument {
        Argument::None => Vec::new(),
        Argument::Code(code) => vec![code.span],
        Argument::Codes(all) | Argument::Together(all) => codes(all),
        Argument::Split { from: one, into: all } | Argument::Merge { from: all, into: one } => [codes(all), vec![one.span]].concat(),
        Argument::Number(text) | Argument::Name(text) => vec![text.span],
        Argument::Move { from, to, tasks } => [texts(&[from, to]), codes(tasks)].concat(),
        Argument::Accept { code, place } => texts(&[code, place]),
    });
    for node in &block.nodes {
        match node {
            Node::Field(field) => {
                out.extend([field.span, field.label_span]);
                out.extend(field.value.iter().map(|value| value.span));
                out.extend(field.items.iter().map(|item| item.text.span));
            }
            Node::Item(item) => out.push(item.text.span),
            Node::Paragraph(paragraph) => out.push(paragraph.text.span),
        }
    }
    out
}

/// Runs edits `from..to`, each from its own seed, so that a failure can be run alone.
fn run(texts: &[&str], from: u64, to: u64) {
    for seed in from..to {
        let mut dice = Dice(seed);
        let mut text = dice.pick(texts).to_owned();
        for _ in 0..=dice.below(4) {
            edit(&mut text, &mut dice);
        }
        let outcome = std::panic::catch_unwind(|| check(&text));
        assert!(outcome.is_ok(), "edit {seed} fails on:\n{text}");
    }
}

/// Spreads the edits over the cores.
fn run_on_all_cores(texts: &[&str], edits: u64) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let cores = cores as u64;
    let share = edits.div_ceil(cores);
    std::thread::scope(|scope| {
        for core in 0..cores {
            scope.spawn(move || run(texts, core * share, ((core + 1) * share).min(edits)));
        }
    });
}

#[test]
fn the_corpus_as_it_is_holds() {
    for text in texts() {
        check(&text);
    }
}

#[test]
fn edited_excerpts_hold() {
    let texts = texts();
    let excerpts: Vec<&str> = texts.iter().flat_map(|text| excerpts(text)).collect();
    run_on_all_cores(&excerpts, EXCERPT_EDITS);
}

#[test]
fn edited_files_hold() {
    let texts = texts();
    run_on_all_cores(&texts.iter().map(String::as_str).collect::<Vec<_>>(), WHOLE_EDITS);
}
