//! Lines joined to paragraphs again: text that was copied is broken where the page or the source was, not where paragraphs end.

use std::ops::Range;

use super::line::{Kind, Line};
use crate::base::even;
use crate::import::block::{Paragraph, Place, Style};
use crate::import::mark::{self, Mark};

/// Pages of fixed width are no narrower.
const NARROWEST: usize = 50;

/// How the lines of a document are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Breaking {
    /// Whether paragraphs run over several lines.
    pub(super) wrapped: bool,
    /// How many characters a full line holds.
    pub(super) width: usize,
    /// Whether the lines are a cell's: they hold no headings.
    pub(super) cell: bool,
}

impl Breaking {
    /// Measures the lines of a document; those of `drawn` tables say nothing.
    pub(super) fn of(lines: &[Line], drawn: &[Range<usize>]) -> Self {
        let mut lengths: Vec<usize> = Vec::new();
        let (mut low, mut pairs) = (0usize, 0usize);
        let is_drawn = |at: usize| {
            let before = drawn.partition_point(|range| range.end <= at);
            drawn.get(before).is_some_and(|range| range.start <= at)
        };
        for (at, line) in lines.iter().enumerate().filter(|(at, line)| line.kind == Kind::Text && !is_drawn(*at)) {
            lengths.push(line.text.chars().count());
            if let Some(next) = lines.get(at + 1).filter(|next| next.kind == Kind::Text) {
                pairs += 1;
                low += usize::from(next.text.starts_with(char::is_lowercase) && mark::opening(&next.text).is_none());
            }
        }
        // a page of fixed width: no line is longer than what is drawn over all of it, and some come near
        let across = |line: &Line| line.indent + line.text.chars().count();
        let rules = lines.iter().filter(|line| line.kind == Kind::Rule);
        let page = drawn.iter().filter_map(|range| lines.get(range.start)).chain(rules).map(across).max().unwrap_or(0);
        let near = |line: &Line| line.kind == Kind::Text && across(line) + page / 10 >= page;
        let fits = page >= NARROWEST && lines.iter().all(|line| across(line) <= page);
        if fits && lines.iter().enumerate().any(|(at, line)| !is_drawn(at) && near(line)) {
            return Self { wrapped: true, width: page, cell: false };
        }
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
        Self { wrapped: pairs >= 4 && low * 6 >= pairs && width <= 160, width, cell: false }
    }
}

impl Breaking {
    /// Returns the same for the lines of a cell.
    pub(super) fn in_cell(self) -> Self {
        Self { cell: true, ..self }
    }
}

/// Returns the paragraphs of lines that hold no table.
pub(super) fn paragraphs(lines: &[Line], breaking: Breaking) -> Vec<Paragraph> {
    let mut out: Vec<Open> = Vec::new();
    let mut gap = true;
    let pages = if breaking.cell { Vec::new() } else { page_numbers(lines) };
    for (at, line) in lines.iter().enumerate() {
        match line.kind {
            Kind::Text if pages.contains(&at) => gap = true,
            Kind::Empty | Kind::Filler | Kind::Rule | Kind::Bar => gap = true,
            Kind::Text => {
                let next = lines.get(at + 1).filter(|next| next.kind == Kind::Text);
                match out.last_mut() {
                    Some(open) if joins(open, line, next, gap, breaking) => open.take(line),
                    Some(_) | None => out.push(Open::new(line)),
                }
                gap = false;
            }
        }
    }
    out.into_iter().map(Open::close).collect()
}

/// Returns the lines that are page numbers: figures alone between blank lines, each one more than the one before.
fn page_numbers(lines: &[Line]) -> Vec<usize> {
    let alone = |at: usize| {
        let text = lines[at].text.trim_matches([' ', '-', '–']);
        let number = if (1..=3).contains(&text.len()) { text.parse::<u32>().ok() } else { None };
        let blank = |line: Option<&Line>| line.is_none_or(|line| line.kind != Kind::Text);
        number.filter(|_| blank(lines.get(at + 1)) && (at == 0 || blank(lines.get(at - 1))))
    };
    let found: Vec<(usize, u32)> =
        (0..lines.len()).filter(|at| lines[*at].kind == Kind::Text).filter_map(|at| alone(at).map(|number| (at, number))).collect();
    let in_order = found.len() >= 2 && found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
    if in_order { found.into_iter().map(|(at, _)| at).collect() } else { Vec::new() }
}

/// A paragraph that may go on.
struct Open {
    text: String,
    last: Line,
    /// Blanks in front of its first line.
    indent: usize,
    place: u32,
    bold: bool,
    italic: bool,
    heading: u8,
    lines: usize,
}

impl Open {
    fn new(line: &Line) -> Self {
        Self {
            text: line.text.clone(),
            last: line.clone(),
            indent: line.indent,
            place: line.number,
            bold: line.bold,
            italic: line.italic,
            heading: line.heading,
            lines: 1,
        }
    }

    fn take(&mut self, line: &Line) {
        self.text.push(' ');
        self.text.push_str(&line.text);
        self.bold &= line.bold;
        self.italic &= line.italic;
        self.last = line.clone();
        self.lines += 1;
    }

    fn close(self) -> Paragraph {
        let text = self.text.replace('\u{ffe8}', "|").replace('\t', " ");
        let soft: Vec<String> =
            text.split('\n').map(|part| part.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")).collect();
        Paragraph {
            text: soft.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
            style: Style { bold: self.bold, italic: self.italic, centred: false, heading: self.heading },
            place: Place { line: self.place, ..Place::default() },
            ..Paragraph::default()
        }
    }
}

/// Words behind which no sentence ends.
const GOES_ON: &[&str] = &[
    "và", "của", "các", "cho", "với", "tại", "theo", "từ", "đến", "trên", "trong", "về", "do", "để", "bằng", "hoặc", "là", "có", "thuộc",
    "những", "được", "bởi", "nhằm", "như", "một", "số",
];

fn joins(open: &Open, line: &Line, next: Option<&Line>, gap: bool, breaking: Breaking) -> bool {
    let (before, text) = (open.last.text.as_str(), line.text.as_str());
    if open.heading > 0 || line.heading > 0 {
        return false;
    }
    let low = text.starts_with(char::is_lowercase);
    let ended = before.ends_with(['.', ';', ':', '!', '?']);
    let marked = opens_item(text, before, ended || gap) && !closes(&open.text, text);
    if gap {
        // a page break inside a sentence
        let last = before.rsplit(' ').next().map(even).unwrap_or_default();
        let hanging = GOES_ON.contains(&last.as_str()) || (before.ends_with(" -") && low);
        let long = open.text.chars().count() > 50;
        return !marked && !ended && long && (hanging || (breaking.wrapped && low));
    }
    if open.last.goes_on {
        return true;
    }
    if only_mark(&open.text) && open.lines == 1 {
        return true;
    }
    let word = text.split(' ').next().unwrap_or("").chars().count();
    let room = breaking.width.saturating_sub(4);
    let full = before.chars().count() + 1 + word > room;
    // the lines of a paragraph hang below its first: no item begins there in mid sentence (`mức độ 3,` / `4. Hệ thống …`)
    let below = open.indent >= line.indent + 2 && (open.lines == 1 || open.last.indent == line.indent);
    if below && full && !ended && breaking.wrapped && !matches!(text.chars().next(), Some('-' | '+' | '•')) {
        return true;
    }
    if marked || opens_block(text) || is_keyword(before) || is_keyword(text) {
        return false;
    }
    // what only looks like a mark
    if breaking.wrapped && mark::opening(text).is_some() {
        return true;
    }
    if !breaking.wrapped {
        return low && !ended && !text.contains(':');
    }
    // figures alone are no less in capitals than the line before them
    let capitals = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let styled = |line: &Line| (line.bold, line.italic);
    if styled(&open.last) != styled(line) && (open.bold || open.italic || capitals(&open.text)) {
        return false;
    }
    if capitals(before) != capitals(text) && !low && (capitals(before) && before.chars().count() > 3) {
        return false;
    }
    // `Quảng` / `Ngãi, ngày …`, `Số:` / `2108/QĐ-UBND`: one word is no paragraph
    if low || before.ends_with(';') || (open.lines == 1 && !before.contains(' ') && !before.ends_with('.') && before.chars().count() < 10) {
        return true;
    }
    // the first line of a paragraph is often shorter than the others
    let first = (open.lines == 1 && next.is_some()) || breaking.cell;
    if ended { (full || below) && !before.ends_with("./.") } else { full || first || before.chars().count() * 2 > breaking.width }
}

/// Says whether a line begins an item: a mark, but not one that a broken sentence happens to put first.
pub(super) fn opens_item(text: &str, before: &str, ended: bool) -> bool {
    let alone = matches!(text, "-" | "+" | "•");
    let Some(marked) = mark::opening(text) else { return alone || only_mark(text) };
    match marked.mark {
        Mark::Dash | Mark::Plus => {
            let rest = marked.rest;
            // `giai đoạn 2021` / `- 2025`, `từ sản xuất` / `- quản lý - tiêu thụ`
            let year = rest.starts_with(|c: char| c.is_ascii_digit()) && before.ends_with(|c: char| c.is_ascii_digit());
            let low = rest.starts_with(char::is_lowercase) && !ended;
            !year && !low
        }
        Mark::Number(_) => ended || !before.ends_with([',', '(', '/']) || marked.rest.starts_with(char::is_uppercase),
        Mark::Roman(_) | Mark::Capital(_) | Mark::Letter(_) => true,
    }
}

/// Says whether what looks like a mark closes a bracket of the paragraph above it: `(lĩnh vực` / `5): …`.
fn closes(above: &str, text: &str) -> bool {
    let open = above.rfind('(').is_some_and(|at| !above[at..].contains(')'));
    open && text.split(' ').next().is_some_and(|word| word.contains(')') && !word.contains('('))
}

/// Says whether a line is a mark that waits for its text (`1.`, `-`, `a)`).
fn only_mark(text: &str) -> bool {
    let text = text.trim();
    matches!(text, "-" | "+" | "•")
        || (text.len() <= 6 && !text.starts_with('0') && text.ends_with(['.', ')']) && mark::whole(text).is_some())
}

/// Words that open a paragraph of their own wherever they stand at the front of a line.
fn opens_block(text: &str) -> bool {
    let openings = [
        "Căn cứ ",
        "Theo đề nghị ",
        "Xét đề nghị ",
        "Nơi nhận",
        "Kính gửi",
        "(Ban hành kèm",
        "(Kèm theo",
        "(kèm theo",
        "Số:",
        "CHỦ TỊCH ỦY BAN",
        "CHỦ TỊCH UỶ BAN",
        "CỘNG HÒA XÃ HỘI",
        "CỘNG HOÀ XÃ HỘI",
        "Độc lập",
        "KT.",
        "TM.",
        "TL.",
        "TUQ.",
    ];
    let low = text.trim_start();
    let article = low
        .strip_prefix("Điều ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().take(4).any(|c| matches!(c, '.' | ':')));
    article || openings.iter().any(|words| low.starts_with(words))
}

/// Says whether a line is one of the words that stand alone on theirs.
fn is_keyword(text: &str) -> bool {
    let bare = text.trim_matches([' ', ':', '.']);
    matches!(
        bare,
        "QUYẾT ĐỊNH"
            | "KẾ HOẠCH"
            | "PHỤ LỤC"
            | "DANH MỤC"
            | "CHỦ TỊCH"
            | "PHÓ CHỦ TỊCH"
            | "CHƯƠNG TRÌNH"
            | "CÔNG VĂN"
            | "THÔNG BÁO"
            | "GIÁM ĐỐC"
            | "BỘ TRƯỞNG"
            | "THỨ TRƯỞNG"
    )
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn read(text: &str, wrapped: bool) -> Vec<String> {
        let lines = lines(text);
        paragraphs(&lines, Breaking { wrapped, width: 40, cell: false }).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn broken_lines_are_joined_up_to_the_next_item() {
        let text = "a) Rà soát, sửa đổi các văn bản giai\nđoạn 2021\n- 2025 trên địa bàn tỉnh.\n- Cơ quan chủ trì: Sở Tư\npháp.\nĐồng thời lập dự toán.";
        assert_eq!(
            read(text, true),
            [
                "a) Rà soát, sửa đổi các văn bản giai đoạn 2021 - 2025 trên địa bàn tỉnh.",
                "- Cơ quan chủ trì: Sở Tư pháp.",
                "Đồng thời lập dự toán."
            ]
        );
    }

    #[test]
    fn a_page_break_inside_a_sentence_ends_no_paragraph() {
        let text = "1.4. Các báo cáo về kinh tế - xã hội của huyện được thực hiện trên\n\nHệ thống thông tin báo cáo.\n\nKẾ HOẠCH\n\nMột";
        assert_eq!(
            read(text, false),
            ["1.4. Các báo cáo về kinh tế - xã hội của huyện được thực hiện trên Hệ thống thông tin báo cáo.", "KẾ HOẠCH", "Một"]
        );
    }

    #[test]
    fn numbers_of_pages_are_no_text() {
        let text = "1. Các sở thực hiện nghiêm túc việc báo cáo định kỳ theo\n\n2\n\nquy định của pháp luật.\n\nHai\n\n3\n\nBa";
        assert_eq!(read(text, true), ["1. Các sở thực hiện nghiêm túc việc báo cáo định kỳ theo quy định của pháp luật.", "Hai", "Ba"]);
        assert_eq!(read("Một\n\n37\n\nHai", true), ["Một", "37", "Hai"]);
    }

    #[test]
    fn a_mark_alone_waits_for_its_text() {
        assert_eq!(read("1.\nQuyết định số 5\n-\nNghiêm túc", true), ["1. Quyết định số 5", "- Nghiêm túc"]);
    }
}
