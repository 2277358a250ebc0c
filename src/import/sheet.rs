//! Workbooks as rows of text: `.xlsx`, `.ods` and `.csv`, each cell as a person sees it.
//!
//! Takes bytes, gives sheets of rows with their numbers. Text is NFC; a date is `24/12/2022`, a number has a decimal comma and the percent
//! sign, zeros and dots that its format shows (`95%`, `00123`, `1.250.000`). Every row of a vertical merge has its value; of a horizontal one
//! the first column. Formulas are never computed: what counts is the value that was saved with them.
//!
//! A file is at most [`LARGEST`] bytes, inflates to at most 128 MiB, and holds at most [`CELLS`] cells up to column [`COLUMNS`]; more is a
//! KH5004. Memory grows with the cells that hold something, never with what a header claims.

mod delimited;
mod hidden;
mod number;
mod ods;
mod xlsx;

use std::panic::{AssertUnwindSafe, catch_unwind};

use self::hidden::Gathered;
use super::archive::{Archive, Fault, INFLATED};
use super::kind::{Kind, kind};
use super::{Doubt, Place, Style};
use crate::base::composed;
use crate::diag::{Code, msg};

/// The largest document that is read, in bytes (64 MiB).
pub const LARGEST: usize = 64 << 20;

/// The most cells of a workbook, empty ones to the left of a filled one included.
pub const CELLS: usize = 2_000_000;

/// The last column that may hold something.
pub const COLUMNS: u32 = 1_000;

/// Bytes of text that the vertical merges of a sheet may repeat; further rows keep an empty cell.
const COPIED: usize = 32 << 20;

/// The most merged areas of a sheet; further ones are read as single cells.
const MERGES: usize = 20_000;

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    /// Its sheets in the file's order, hidden ones included.
    pub sheets: Vec<Sheet>,
    /// Errors in cells, macros, damage. Places: `table` is the sheet's number, `row` and `column` count from 1.
    pub doubts: Vec<Doubt>,
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its name; empty for `.csv`.
    pub name: String,
    /// Whether the program hides it.
    pub hidden: bool,
    /// Rows that hold something, ascending by number.
    pub rows: Vec<Line>,
    /// Merged areas, by top row and column.
    pub merges: Vec<Merge>,
}

/// A row of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// Its number as the program shows it, from 1.
    pub number: u32,
    /// Cells from column A to the last one that holds something.
    pub cells: Vec<Entry>,
}

impl Line {
    /// Returns the text of the cell in a column, counted from 1; empty where there is none.
    pub fn text(&self, column: u32) -> &str {
        let at = usize::try_from(column).ok().and_then(|column| column.checked_sub(1));
        at.and_then(|at| self.cells.get(at)).map_or("", |entry| entry.text.as_str())
    }
}

/// A cell of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// What a person sees; a line break inside the cell is `\n`.
    pub text: String,
    /// How it looks; `heading` is always 0.
    pub style: Style,
}

/// A merged area; rows and columns count from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// Returns the name of a cell as programs write it: row 7, column 28 is `AB7`.
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// Returns the sheets of a workbook: `.xlsx`, `.xlsm`, `.ods`, `.csv` or `.tsv`, told by its content.
///
/// # Errors
/// KH5001 where the bytes are no workbook or a damaged one, KH5002 where it is locked, KH5003 for `.xls`, KH5004 beyond the limits.
pub fn book(name: &str, bytes: &[u8]) -> Result<Book, Doubt> {
    if bytes.len() > LARGEST {
        return Err(too_large(name));
    }
    match kind(name, bytes)? {
        Kind::Workbook => {}
        Kind::OpenSheet => {
            let mut archive = Archive::open(bytes).map_err(|fault| refusal(name, fault))?;
            return ods::read(name, &mut archive);
        }
        Kind::Table => return delimited::read(name, bytes),
        Kind::Word | Kind::Page | Kind::Text => {
            let message =
                msg!("Tệp “{name}” không phải bảng tính (.xlsx, .ods, .csv)", "The file “{name}” is no workbook (.xlsx, .ods, .csv)");
            return Err(Doubt::new(Code::KH5001, message));
        }
    }
    let mut open = Archive::open(bytes).map_err(|fault| refusal(name, fault))?;
    let (mut claims_fit, mut has_macros, mut has_links) = (true, false, false);
    let mut gathered = Gathered::default();
    open.sweep(|part, content| {
        let part = part.to_ascii_lowercase();
        claims_fit &= xlsx::claim_fits(&part, &content.bytes);
        has_macros |= part.ends_with("vbaproject.bin");
        has_links |= part.contains("/externallinks/");
        gathered.look(&part, content);
    })
    .map_err(|fault| refusal(name, fault))?;
    if !claims_fit {
        return Err(refusal(name, Fault::Broken));
    }
    // calamine counts rows and columns of damaged references without looking at their bounds: what it stumbles over is a damaged file
    let mut book = catch_unwind(AssertUnwindSafe(|| xlsx::read(name, bytes))).unwrap_or_else(|_| Err(refusal(name, Fault::Broken)))?;
    let hidden = gathered.named();
    for (sheet, number) in book.sheets.iter().zip(1u32..).filter(|(sheet, _)| !sheet.hidden) {
        let own = hidden.iter().find(|(name, _)| composed(name) == sheet.name);
        book.doubts.extend(own.and_then(|(_, hidden)| hidden.doubt(sheet, number)));
    }
    if has_macros {
        let message = msg!("Tệp “{name}” có macro; macro không được chạy", "The file “{name}” holds macros; none was run");
        book.doubts.push(Doubt::new(Code::KH5008, message));
    }
    if has_links {
        let message = msg!(
            "Công thức trong “{name}” lấy số từ tệp khác; tệp đó không được mở, dùng giá trị đã lưu",
            "Formulas in “{name}” take values from other files; those were not opened, the saved values are used"
        );
        book.doubts.push(Doubt::new(Code::KH5009, message));
    }
    Ok(book)
}

/// Returns what to say of a file over [`LARGEST`].
pub(super) fn too_large(name: &str) -> Doubt {
    let limit = LARGEST >> 20;
    Doubt::new(Code::KH5004, msg!("Tệp “{name}” lớn hơn {limit} MB", "The file “{name}” is larger than {limit} MB"))
}

/// Returns what to say of an archive that cannot be read.
pub(super) fn refusal(name: &str, fault: Fault) -> Doubt {
    match fault {
        Fault::Broken => Doubt::new(
            Code::KH5001,
            msg!(
                "Tệp “{name}” hỏng hoặc tải về chưa trọn. Mở bằng Word hoặc Excel, lưu lại rồi đọc lại",
                "The file “{name}” is damaged or not whole. Open it in Word or Excel, save it and read it again"
            ),
        ),
        Fault::Locked => Doubt::new(
            Code::KH5002,
            msg!(
                "Tệp “{name}” có mật khẩu. Bỏ mật khẩu, lưu một bản khác rồi đọc bản đó",
                "The file “{name}” is locked by a password. Remove it, save a copy and read the copy"
            ),
        ),
        Fault::Bomb => {
            let limit = INFLATED >> 20;
            Doubt::new(
                Code::KH5004,
                msg!(
                    "Tệp “{name}” giải nén ra quá lớn (giới hạn {limit} MB) nên không đọc",
                    "The file “{name}” inflates to too much (the limit is {limit} MB), so it is not read"
                ),
            )
        }
    }
}

/// Collects the cells of a sheet in any order, within the limits.
struct Builder<'a> {
    file: &'a str,
    sheet: Sheet,
    /// Number of the sheet, from 1.
    number: u32,
    /// Cells of the whole workbook so far.
    count: &'a mut usize,
    /// Bytes that vertical merges may still repeat.
    copies: usize,
}

impl<'a> Builder<'a> {
    fn new(file: &'a str, name: &str, hidden: bool, number: u32, count: &'a mut usize) -> Self {
        let sheet = Sheet { name: composed(name).into_owned(), hidden, ..Sheet::default() };
        Self { file, sheet, number, count, copies: COPIED }
    }

    /// Puts a cell at a row and column from 1. A cell without text is passed over.
    fn put(&mut self, row: u32, column: u32, text: &str, style: Style) -> Result<(), Doubt> {
        let text = tidy(text);
        if text.is_empty() {
            return Ok(());
        }
        let (name, cell) = (self.file, cell_name(row, column));
        if column > COLUMNS {
            let last = cell_name(row, COLUMNS);
            let message = msg!(
                "Tệp “{name}” có ô {cell} nằm ngoài phạm vi đọc (đến {last}). Xóa cột thừa rồi đọc lại",
                "The file “{name}” has a cell {cell} outside what is read (up to {last}). Delete the surplus columns and read it again"
            );
            return Err(Doubt::new(Code::KH5004, message).at(Place { table: self.number, row, column, ..Place::default() }));
        }
        let at = match self.sheet.rows.last() {
            Some(last) if last.number < row => Err(self.sheet.rows.len()),
            Some(last) if last.number == row => Ok(self.sheet.rows.len() - 1),
            _ => self.sheet.rows.binary_search_by_key(&row, |line| line.number),
        };
        let at = at.unwrap_or_else(|at| {
            self.sheet.rows.insert(at, Line { number: row, cells: Vec::new() });
            at
        });
        let cells = &mut self.sheet.rows[at].cells;
        let width = column as usize;
        if cells.len() < width {
            *self.count += width - cells.len();
            if *self.count > CELLS {
                let message = msg!(
                    "Tệp “{name}” có hơn {CELLS} ô. Chia thành nhiều tệp rồi đọc lại",
                    "The file “{name}” has more than {CELLS} cells. Split it into several files and read them"
                );
                return Err(Doubt::new(Code::KH5004, message));
            }
            cells.resize_with(width, Entry::default);
        }
        cells[width - 1] = Entry { text, style };
        Ok(())
    }

    /// Gives each row of a vertical merge its value, up to [`COPIED`], and the sheet.
    fn finish(mut self, mut merges: Vec<Merge>) -> Result<Sheet, Doubt> {
        merges.sort_unstable();
        merges.dedup();
        merges.truncate(MERGES);
        for merge in &merges {
            let from = self.sheet.rows.partition_point(|line| line.number < merge.top);
            let Some(first) = self.sheet.rows.get(from).filter(|line| line.number == merge.top) else { continue };
            let Some(entry) = first.cells.get(merge.left.saturating_sub(1) as usize).filter(|entry| !entry.text.is_empty()).cloned() else {
                continue;
            };
            let below: Vec<u32> =
                self.sheet.rows[from + 1..].iter().map(|line| line.number).take_while(|number| *number <= merge.bottom).collect();
            for row in below {
                let Some(left) = self.copies.checked_sub(entry.text.len()) else { break };
                self.copies = left;
                self.put(row, merge.left, &entry.text, entry.style)?;
            }
        }
        self.sheet.merges = merges;
        Ok(self.sheet)
    }
}

/// Returns the text of a cell: NFC, line ends as `\n`, no blank lines or blanks at its ends.
fn tidy(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let text = composed(text);
    if text.contains(['\r', '\u{b}', '\u{2028}']) || text.contains("_x000") {
        text.replace("_x000D_", "\r").replace("_x000d_", "\r").replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{2028}'], "\n")
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook};

    use super::*;
    use crate::import::fixture::{append, archive, workbook};

    fn texts(line: &Line) -> Vec<&str> {
        line.cells.iter().map(|entry| entry.text.as_str()).collect()
    }

    #[test]
    fn cells_are_read_as_a_person_sees_them() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name("Kết quả").unwrap();
        sheet.write(1, 0, "Hòa\r\nbình").unwrap();
        sheet.write_number_with_format(1, 1, 0.95, &Format::new().set_num_format("0%")).unwrap();
        let date = ExcelDateTime::from_ymd(2022, 12, 4).unwrap();
        sheet.write_datetime_with_format(1, 3, &date, &Format::new().set_num_format("dd/mm/yyyy")).unwrap();
        sheet.write_with_format(4, 2, "Đậm", &Format::new().set_bold().set_align(FormatAlign::Center)).unwrap();
        workbook.add_worksheet().set_hidden(true);
        let book = book("kq.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(book.doubts, []);
        let [first, second] = book.sheets.as_slice() else { panic!("{book:?}") };
        assert_eq!((first.name.as_str(), first.hidden, second.hidden), ("Kết quả", false, true));
        let [head, tail] = first.rows.as_slice() else { panic!("{first:?}") };
        assert_eq!((head.number, texts(head)), (2, vec!["Hòa\nbình", "95%", "", "04/12/2022"]));
        assert_eq!((tail.number, tail.text(3), tail.text(9)), (5, "Đậm", ""));
        assert!(tail.cells[2].style.bold && tail.cells[2].style.centred);
    }

    #[test]
    fn hidden_rows_and_columns_are_read_and_told() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for row in 0..9 {
            for column in 0..6 {
                sheet.write(row, column, "x").unwrap();
            }
        }
        for row in [2, 3, 20] {
            sheet.set_row_hidden(row).unwrap();
        }
        sheet.set_column_hidden(4).unwrap();
        workbook.add_worksheet().write(0, 0, "y").unwrap();
        let read = book("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        let [doubt] = read.doubts.as_slice() else { panic!("{:?}", read.doubts) };
        assert_eq!((doubt.code, doubt.place.row, doubt.place.column), (Code::KH5069, 3, 5));
        assert!(doubt.message.vi.contains("2 hàng ẩn hoặc bị lọc (3, 4) và 1 cột ẩn (E)"), "{}", doubt.message.vi);
        assert_eq!((read.sheets[0].rows.len(), read.sheets[0].rows[2].text(5)), (9, "x"));
    }

    #[test]
    fn each_row_of_a_vertical_merge_has_its_value() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.merge_range(0, 0, 2, 0, "Sở Nội vụ", &Format::new()).unwrap();
        sheet.merge_range(4, 0, 4, 2, "Tiêu đề", &Format::new()).unwrap();
        for row in 0..3 {
            sheet.write(row, 1, format!("việc {row}")).unwrap();
        }
        let book = book("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        let rows: Vec<_> = book.sheets[0].rows.iter().map(texts).collect();
        assert_eq!(rows, [vec!["Sở Nội vụ", "việc 0"], vec!["Sở Nội vụ", "việc 1"], vec!["Sở Nội vụ", "việc 2"], vec!["Tiêu đề"]]);
        assert_eq!(book.sheets[0].merges[1], Merge { top: 5, left: 1, bottom: 5, right: 3 });
    }

    #[test]
    fn cells_in_old_fonts_are_decoded() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_with_format(0, 0, "KÕ ho¹ch", &Format::new().set_font_name(".VnTime")).unwrap();
        sheet.write_with_format(0, 1, "Kế hoạch", &Format::new().set_font_name(".VnTime")).unwrap();
        let book = book("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(texts(&book.sheets[0].rows[0]), ["Kế hoạch", "Kế hoạch"]);
        assert!(book.doubts[0].code == Code::KH5005 && book.doubts[0].message.vi.starts_with("1 ô"));
    }

    #[test]
    fn ten_thousand_rows_are_read() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for row in 0..10_000 {
            sheet.write(row, 0, row).unwrap();
            sheet.write(row, 3, "nhiệm vụ").unwrap();
        }
        let book = book("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!((book.sheets[0].rows.len(), book.sheets[0].rows[9_999].text(1)), (10_000, "9999"));
    }

    fn raw(shared: &str, rows: &str) -> Vec<u8> {
        workbook(shared, rows, "")
    }

    #[test]
    fn claims_and_far_cells_take_no_memory() {
        let strings = "<sst uniqueCount='1'><si><t>x</t></si></sst>";
        let far = raw(strings, "<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='1048576'><c r='B1048576' t='s'><v>0</v></c></row>");
        assert_eq!(book("a.xlsx", &far).unwrap().sheets[0].rows.len(), 2);
        let right = raw(strings, "<row r='1'><c r='XFD1' t='s'><v>0</v></c></row>");
        assert_eq!(book("a.xlsx", &right).unwrap_err().code, Code::KH5004);
        let claim = raw("<sst uniqueCount='99999999999999'><si><t>x</t></si></sst>", "");
        assert_eq!(book("a.xlsx", &claim).unwrap_err().code, Code::KH5001);
    }

    #[test]
    fn errors_in_cells_and_damage_are_doubts_and_the_rest_is_kept() {
        let strings = "<sst uniqueCount='1'><si><t>x</t></si></sst>";
        let faulty = raw(
            strings,
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='e'><v>#REF!</v></c></row><row r='2'><c r='A2' t='s'><v>7</v></c>",
        );
        let book = book("a.xlsx", &faulty).unwrap();
        assert_eq!(texts(&book.sheets[0].rows[0]), ["x", "#REF!"]);
        let mut codes: Vec<Code> = book.doubts.iter().map(|doubt| doubt.code).collect();
        codes.sort();
        assert_eq!(codes, [Code::KH5011, Code::KH5013]);
        assert!(book.doubts.iter().any(|doubt| doubt.quote == "#REF!" && doubt.message.vi.contains("Ô B1")));
    }

    #[test]
    fn sheets_of_calc_and_rows_of_text_are_read_alike() {
        let content = "<office:document-content xmlns:office='urn:o' xmlns:table='urn:t' xmlns:text='urn:x'><office:body><office:spreadsheet>\
            <table:table table:name='PL'><table:table-row table:number-rows-repeated='3'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
            <table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>Sở</text:p></table:table-cell><table:table-cell office:value='0.95'><text:p>95%</text:p></table:table-cell></table:table-row>\
            <table:table-row><table:covered-table-cell/><table:table-cell><text:p>một<text:s text:c='2'/>hai</text:p><text:p>ba</text:p></table:table-cell>\
            <table:table-cell office:value-type='date' office:date-value='2022-12-24'><text:p>12/24/22</text:p></table:table-cell>\
            <table:table-cell office:value-type='percentage' office:value='0.925'><text:p>92.50%</text:p></table:table-cell>\
            <table:table-cell office:value-type='float' office:value='1250'><text:p>1.250</text:p></table:table-cell></table:table-row>\
            <table:table-row table:number-rows-repeated='1048570'><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
        let ods = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
        let book_of = |name: &str, bytes: &[u8]| book(name, bytes).unwrap();
        let read = book_of("a.ods", &ods);
        let rows: Vec<_> = read.sheets[0].rows.iter().map(|line| (line.number, texts(line))).collect();
        assert_eq!(rows, [(4, vec!["Sở", "95%"]), (5, vec!["Sở", "một  hai\nba", "24/12/2022", "92,50%", "1.250"])]);
        let read = book_of("a.csv", "sep=;\nmã;tên\n\nTC-01;\"Rà soát; báo cáo\"\n".as_bytes());
        let rows: Vec<_> = read.sheets[0].rows.iter().map(|line| (line.number, texts(line))).collect();
        assert_eq!(rows, [(2, vec!["mã", "tên"]), (4, vec!["TC-01", "Rà soát; báo cáo"])]);
    }

    #[test]
    fn macros_and_links_to_other_files_are_named_and_not_followed() {
        let parts: [(&str, &[u8]); 2] = [("xl/vbaProject.bin", b"x"), ("xl/externalLinks/externalLink1.xml", b"<externalLink/>")];
        let book = book("a.xlsm", &append(&raw("<sst/>", "<row r='1'><c r='A1'><v>1</v></c></row>"), &parts)).unwrap();
        assert_eq!(book.doubts.iter().map(|doubt| doubt.code).collect::<Vec<_>>(), [Code::KH5008, Code::KH5009]);
    }

    #[test]
    fn what_is_no_workbook_is_refused() {
        assert_eq!(book("a.xlsx", b"xin chao").unwrap_err().code, Code::KH5001);
        assert_eq!(book("a.xlsx", &archive(&[("a.txt", b"a")])).unwrap_err().code, Code::KH5001);
        assert_eq!((cell_name(7, 28), cell_name(1, 1), cell_name(1, 16_384)), ("AB7".into(), "A1".into(), "XFD1".into()));
    }
}
