//! Findings as a person reads them: the source with the exact words underlined.
//!
//! miette draws. It knows one source per diagnostic, counts columns in bytes and never cuts a line; so it is given an [`Excerpt`] as its
//! source: a few lines of each file concerned, cut by us, each region with its own file name, line and column.

use std::collections::BTreeSet;
use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::excerpt::{Excerpt, columns, excerpt, printable};
use super::{Diagnostic, Findings, Label, Lang, Severity, msg};
use crate::base::Sources;

/// How many other places of one finding are drawn.
const PLACES: usize = 5;

/// How findings are printed for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether to use colours.
    pub color: bool,
    /// Columns of a line.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// Returns the findings as text, one below the other with a blank line between, without the summary line. Accepted ones are left out.
/// The first finding of each code says how its page is read.
pub fn terminal(findings: &Findings, sources: &Sources, lang: Lang, look: Look) -> String {
    let mut out = String::new();
    let mut explained = BTreeSet::new();
    for finding in findings.iter().filter(|finding| finding.accepted.is_none()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&one(finding, sources, lang, look, explained.insert(finding.code)));
    }
    out
}

fn one(finding: &Diagnostic, sources: &Sources, lang: Lang, look: Look, explain: bool) -> String {
    let labels: Vec<&Label> = finding.primary.iter().chain(finding.related.iter().take(PLACES)).collect();
    let gutter = 8;
    let excerpt = excerpt(&labels, sources, look.width.saturating_sub(gutter).max(20));
    let texts = labels.iter().zip(&excerpt.marks).map(|(label, mark)| {
        let text = printable(label.message.get(lang));
        (!text.is_empty()).then(|| wrap(&text, look.width.saturating_sub(gutter + 4 + mark.indent).max(30)).join("\n"))
    });
    let texts = texts.collect();
    let report = Report { message: printable(finding.message.get(lang)), excerpt, texts };
    let mut out = String::new();
    if handler(finding, lang, look).render_report(&mut out, &report).is_err() {
        // the sentence is worth more than the drawing
        out = format!("  {}: {}\n", finding.code, report.message);
    }
    let rest = finding.related.len().saturating_sub(PLACES);
    if rest > 0 {
        let more = msg!("Còn {rest} chỗ khác nữa.", "{rest} more places.");
        paragraph(&mut out, "", more.get(lang), look);
    }
    // a finding in a document from elsewhere: its table and row, for those who hold the paper
    if let (None, Some(place)) = (&finding.subject.plan, &finding.subject.place) {
        paragraph(&mut out, msg!("Chỗ", "Place").get(lang), &printable(place), look);
    }
    if let Some(help) = &finding.help {
        paragraph(&mut out, msg!("Cách sửa", "Help").get(lang), &printable(help.get(lang)), look);
    }
    if let Some(fix) = &finding.fix {
        let old = printable(&sources.slice(fix.loc).replace('\n', " ↵ "));
        let new = printable(&fix.text.trim().replace('\n', " ↵ "));
        let edit = match (old.is_empty(), new.is_empty()) {
            (true, _) => msg!("thêm `{new}`", "add `{new}`"),
            (false, true) => msg!("xóa `{old}`", "delete `{old}`"),
            (false, false) => msg!("`{old}` thành `{new}`", "`{old}` to `{new}`"),
        };
        let what = printable(fix.message.get(lang));
        let text = if what.is_empty() { edit.get(lang).to_owned() } else { format!("{what}: {}", edit.get(lang)) };
        paragraph(&mut out, msg!("Sửa sẵn", "Ready fix").get(lang), &text, look);
    }
    if explain {
        let code = finding.code;
        paragraph(&mut out, msg!("Giải thích", "Explanation").get(lang), &format!("kehoach explain {code}"), look);
    }
    out
}

/// Adds `  Heading: text`, wrapped, the lines below indented as the text.
fn paragraph(out: &mut String, heading: &str, text: &str, look: Look) {
    let lead = if heading.is_empty() { String::new() } else { format!("{heading}: ") };
    let indent = columns(&lead);
    let style = anstyle::AnsiColor::Cyan.on_default();
    for (at, line) in wrap(text, look.width.saturating_sub(2 + indent).max(20)).iter().enumerate() {
        match (at, look.color) {
            (0, true) => out.push_str(&format!("  {style}{lead}{style:#}{line}\n")),
            (0, false) => out.push_str(&format!("  {lead}{line}\n")),
            (_, _) => out.push_str(&format!("  {:indent$}{line}\n", "")),
        }
    }
}

/// Returns the lines of a text broken at spaces; a word longer than a line stands alone.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if columns(line) + 1 + columns(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}

fn handler(finding: &Diagnostic, lang: Lang, look: Look) -> GraphicalReportHandler {
    let mut theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let heading = match finding.severity {
        Severity::Error => msg!("Lỗi", "Error"),
        Severity::Warning => msg!("Cảnh báo", "Warning"),
        Severity::Info => msg!("Thông tin", "Note"),
    };
    // the heading is drawn in place of the theme's sign: it carries the severity without colour
    let heading = format!("{} {}:", heading.get(lang), finding.code);
    theme.styles.link = theme.styles.linum;
    match finding.severity {
        Severity::Error => theme.characters.error = heading,
        Severity::Warning => {
            theme.styles.error = theme.styles.warning;
            theme.characters.error = heading;
        }
        Severity::Info => {
            theme.styles.error = theme.styles.advice;
            theme.characters.error = heading;
        }
    }
    GraphicalReportHandler::new_themed(theme).with_width(look.width).with_links(false).without_syntax_highlighting()
}

/// What miette is given.
#[derive(Debug)]
struct Report {
    message: String,
    excerpt: Excerpt,
    texts: Vec<Option<String>>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.excerpt.regions.is_empty()).then_some(&self.excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let spans = self.excerpt.marks.iter().zip(&self.texts).enumerate().map(|(at, (mark, text))| {
            let span = SourceSpan::from(mark.range.clone());
            if at == 0 { LabeledSpan::new_primary_with_span(text.clone(), span) } else { LabeledSpan::new_with_span(text.clone(), span) }
        });
        Some(Box::new(spans))
    }
}

impl SourceCode for Excerpt {
    /// Returns the region that holds the span, with its file's name. Asked for no context, says line and column of the label that begins
    /// there, columns in grapheme clusters. A span over two regions is refused: they are drawn apart.
    fn read_span<'a>(&'a self, span: &SourceSpan, before: usize, after: usize) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let region = self.regions.iter().find(|region| region.range.contains(&start) && end <= region.range.end);
        let region = region.ok_or(MietteError::OutOfBounds)?;
        let bytes = self.text.as_bytes();
        let contents = if before == 0 && after == 0 {
            let place = self.marks.iter().find(|mark| mark.range.start == start).map(|mark| mark.place);
            let (line, column) = place.map_or((region.line, 0), |place| (place.line - 1, place.column - 1));
            MietteSpanContents::new_named(region.name.clone(), &bytes[start..end], *span, line, column, 1)
        } else {
            let range = region.range.clone();
            let data = &bytes[range.clone()];
            MietteSpanContents::new_named(region.name.clone(), data, range.into(), region.line, 0, region.lines)
        };
        Ok(Box::new(contents))
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::base::{Loc, Source, SourceId, Span};
    use crate::diag::Code;

    fn place(sources: &Sources, id: SourceId, words: &str) -> Loc {
        let at = sources.get(id).text().find(words).unwrap();
        Loc::new(id, Span::new(at, at + words.len()))
    }

    fn print(finding: Diagnostic, sources: &Sources, lang: Lang) -> String {
        let findings = Findings::new(vec![finding], sources);
        terminal(&findings, sources, lang, Look { color: false, width: 80 })
    }

    fn unknown(text: &str, words: &str) -> String {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.kh", text));
        let finding = Diagnostic::new(Code::KH1001, place(&sources, id, words), msg!("Chưa có", "Unknown"));
        print(finding.label(msg!("đây", "here")), &sources, Lang::Vi)
    }

    #[test]
    fn columns_are_graphemes_and_underlines_fit_in_nfc_and_nfd() {
        let text = "Cơ quan chủ trì: Sở Nội vụ";
        let words = "Sở Nội vụ";
        let expected = "  Lỗi KH1001: Chưa có
   ╭─[a.kh:1:18]
 1 │ Cơ quan chủ trì: Sở Nội vụ
   ·                  ────┬────
   ·                      ╰── đây
   ╰────
  Giải thích: kehoach explain KH1001
";
        assert_eq!(unknown(text, words), expected);
        let nfd = |text: &str| text.nfd().collect::<String>();
        assert_eq!(unknown(&nfd(text), &nfd(words)), expected.replace(text, &nfd(text)));
    }

    #[test]
    fn tabs_full_width_letters_and_control_characters_do_not_shift_the_underline() {
        let expected = "  Lỗi KH1001: Chưa có
   ╭─[a.kh:1:6]
 1 │     -   日\u{fffd}Sở\u{fffd}
   ·            ─┬
   ·             ╰── đây
   ╰────
  Giải thích: kehoach explain KH1001
";
        // U+FFFD takes one column, the ideograph two
        assert_eq!(unknown("\t-\t日\u{1b}Sở\u{202e}", "Sở"), expected);
    }

    #[test]
    fn labels_in_two_files_are_drawn_apart_with_their_own_lines() {
        let mut sources = Sources::default();
        let child = sources.add(Source::new("huyen.kh", "KẾ HOẠCH HH-2023: A\nTheo: TH-2022\n\nKẾ THỪA TC-09\n"));
        let mut parent_text = "#\n".repeat(1_200);
        parent_text.push_str("NHIỆM VỤ TC-08: Xây dựng Đề án\nSản phẩm: Đề án\n");
        let parent = sources.add(Source::new("tinh.kh", parent_text));
        let finding = Diagnostic::new(Code::KH3001, place(&sources, child, "HH-2023"), msg!("TC-08 bị bỏ sót", "TC-08 is not answered"))
            .label(msg!("kế hoạch này", "this plan"))
            .related(place(&sources, parent, "TC-08"), msg!("nhiệm vụ của tỉnh", "the province's task"))
            .related(place(&sources, child, "TH-2022"), msg!("theo kế hoạch này", "it follows this plan"))
            .help(msg!("Thêm KẾ THỪA TC-08", "Add KẾ THỪA TC-08"));
        let expected = "  Error KH3001: TC-08 is not answered
   ╭─[huyen.kh:1:10]
 1 │ KẾ HOẠCH HH-2023: A
   ·          ───┬───
   ·             ╰── this plan
 2 │ Theo: TH-2022
   ·       ───┬───
   ·          ╰── it follows this plan
   ╰────
      ╭─[tinh.kh:1201:10]
 1200 │ #
 1201 │ NHIỆM VỤ TC-08: Xây dựng Đề án
      ·          ──┬──
      ·            ╰── the province's task
 1202 │ Sản phẩm: Đề án
      ╰────
  Help: Add KẾ THỪA TC-08
  Explanation: kehoach explain KH3001
";
        assert_eq!(print(finding, &sources, Lang::En), expected);
    }

    #[test]
    fn a_long_line_is_cut_to_a_window_around_the_words() {
        let text = format!("{} Quý IX/2022 {}", "trước ".repeat(60).trim_end(), "sau ".repeat(800));
        let expected = "  Lỗi KH1001: Chưa có
   ╭─[a.kh:1:361]
 1 │ …rước trước trước trước trước Quý IX/2022 sau sau sau sau sau sau sau s…
   ·                               ─────┬─────
   ·                                    ╰── đây
   ╰────
  Giải thích: kehoach explain KH1001
";
        assert_eq!(unknown(&text, "Quý IX/2022"), expected);
    }

    #[test]
    fn what_is_missing_is_marked_at_the_end_of_what_precedes() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.kh", "KHÔNG ÁP DỤNG TC-08\r\n"));
        let whole = place(&sources, id, "TC-08").span;
        let finding = Diagnostic::new(Code::KH3004, Loc::new(id, whole.after()), msg!("Thiếu lý do", "No reason")).fix(
            msg!("Nêu lý do", "Give a reason"),
            Loc::new(id, whole.after()),
            "\nLý do: …",
            false,
        );
        let expected = "  Lỗi KH3004: Thiếu lý do
   ╭─[a.kh:1:20]
 1 │ KHÔNG ÁP DỤNG TC-08
   ·                    ▲
   ╰────
  Sửa sẵn: Nêu lý do: thêm `Lý do: …`
  Giải thích: kehoach explain KH3004
";
        assert_eq!(print(finding, &sources, Lang::Vi), expected);
    }

    #[test]
    fn colour_is_only_used_when_asked_for() {
        let (mut sources, words) = (Sources::default(), "Sở X");
        let id = sources.add(Source::new("a.kh", words));
        let finding = Diagnostic::new(Code::KH1001, place(&sources, id, words), msg!("Chưa có", "Unknown"));
        let findings = Findings::new(vec![finding], &sources);
        let look = |color| Look { color, width: 80 };
        assert!(terminal(&findings, &sources, Lang::Vi, look(true)).contains('\u{1b}'));
        assert!(!terminal(&findings, &sources, Lang::Vi, look(false)).contains('\u{1b}'));
    }
}
