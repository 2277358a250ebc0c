//! Units as rows of a table: `mã,tên,thuộc,từ,đến,nhập từ`.
//!
//! Columns may stand in any order, be called as in the official list (`code,name,type,parent_code,predecessor_codes`), and be parted by `,`,
//! `;` or tabs; others are passed over. `thuộc`, `từ`, `đến` and `nhập từ` may be empty. `thuộc` may hold several, each for a time, as in ĐƠN VỊ
//! (`405 đến 31/12/2024; 380 từ 01/01/2025`). `nhập từ` names the units that the row's unit succeeds, parted by `;` or spaces; a `*` behind one says
//! that only a part of it came over. A row that does not fit is a KH1015 and is left out.

use crate::agency::{Named, Predecessor, UnitDecl, Validity};
use crate::base::{Date, Key, Loc, SourceId, Span, clean};
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::value;

/// The words with which a unit's name may begin, longest first.
const KINDS: &[&str] = &["thành phố", "thị trấn", "đặc khu", "thị xã", "phường", "huyện", "tỉnh", "quận", "xã"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Code,
    Name,
    Kind,
    Under,
    From,
    To,
    Predecessors,
}

impl Column {
    fn of(heading: &str) -> Option<Self> {
        Some(match Key::new(heading.trim_start_matches('\u{feff}')).as_str() {
            "mã" | "mã hành chính" | "mã đơn vị" | "code" => Self::Code,
            "tên" | "tên đơn vị" | "name" => Self::Name,
            "loại" | "cấp" | "type" => Self::Kind,
            "thuộc" | "mã cấp trên" | "parent_code" | "parent" => Self::Under,
            "từ" | "từ ngày" | "from" => Self::From,
            "đến" | "đến ngày" | "to" => Self::To,
            "nhập từ" | "mã trước sắp xếp" | "predecessor_codes" | "predecessors" => Self::Predecessors,
            _ => return None,
        })
    }
}

/// Reads the rows of a table as units, in order.
pub(super) fn read(source: SourceId, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<UnitDecl> {
    let head = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = reader.records();
    let mut record = records.next();
    let columns: Vec<Option<Column>> = match &record {
        Some(Ok(record)) => record.iter().map(Column::of).collect(),
        Some(Err(_)) | None => Vec::new(),
    };
    if !columns.contains(&Some(Column::Code)) || !columns.contains(&Some(Column::Name)) {
        let message = msg!("Dòng đầu phải có cột “mã” và cột “tên”", "The first line must name the columns “mã” and “tên”");
        findings.push(
            Diagnostic::new(Code::KH1015, Loc::new(source, Span::new(0, head.trim_end().len())), message)
                .help(msg!("Dòng đầu viết: mã,tên,thuộc,từ,đến,nhập từ", "Write the first line as: mã,tên,thuộc,từ,đến,nhập từ")),
        );
        return Vec::new();
    }
    let mut out = Vec::new();
    loop {
        record = records.next();
        match &record {
            None => return out,
            Some(Err(error)) => {
                let at = error.position().map_or(0, |place| usize::try_from(place.byte()).unwrap_or(0));
                let row = Row { source, text, start: at };
                findings.push(row.fault(row.whole(), msg!("Dòng này không đọc được", "This row cannot be read")));
            }
            Some(Ok(record)) => {
                let start = record.position().map_or(0, |place| usize::try_from(place.byte()).unwrap_or(0));
                let row = Row { source, text, start };
                match row.unit(record, &columns) {
                    Ok(Some(unit)) => out.push(unit),
                    Ok(None) => {}
                    Err(finding) => findings.push(*finding),
                }
            }
        }
    }
}

/// A row by its place in the file.
struct Row<'a> {
    source: SourceId,
    text: &'a str,
    start: usize,
}

impl Row<'_> {
    /// Returns the row's first line.
    fn whole(&self) -> Span {
        let rest = self.text.get(self.start..).unwrap_or("");
        let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let line = rest[skipped..].lines().next().unwrap_or("");
        Span::new(self.start + skipped, self.start + skipped + line.len())
    }

    fn fault(&self, span: Span, message: Message) -> Diagnostic {
        Diagnostic::new(Code::KH1015, Loc::new(self.source, span), message)
    }

    /// Returns the unit of the row; `None` for a row without any value.
    fn unit(&self, record: &csv::StringRecord, columns: &[Option<Column>]) -> Result<Option<UnitDecl>, Box<Diagnostic>> {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(None);
        }
        if record.len() > columns.len() {
            let (has, wants) = (record.len(), columns.len());
            return Err(Box::new(
                self.fault(
                    self.whole(),
                    msg!("Dòng có {has} ô mà bảng chỉ có {wants} cột", "The row has {has} cells, the table {wants} columns"),
                )
                .help(msg!("Đặt giá trị có dấu phẩy trong dấu nháy kép", "Put a value that holds a comma between double quotes")),
            ));
        }
        let (code, name) = (self.cell(record, columns, Column::Code), self.cell(record, columns, Column::Name));
        let (Some(code), Some(name)) = (code, name) else {
            return Err(Box::new(self.fault(self.whole(), msg!("Dòng thiếu mã hoặc tên đơn vị", "The row lacks the unit's code or name"))));
        };
        let kind = self.cell(record, columns, Column::Kind).map(|kind| kind.text);
        let name = Named { text: with_kind(&name.text, kind.as_deref()), loc: name.loc };
        let validity = Validity { from: self.date(record, columns, Column::From)?, to: self.date(record, columns, Column::To)? };
        if let (Some(from), Some(to)) = (validity.from, validity.to)
            && to < from
        {
            let message = msg!("Ngày hết hiệu lực {to} trước ngày bắt đầu {from}", "The last day {to} lies before the first, {from}");
            return Err(Box::new(self.fault(self.whole(), message)));
        }
        let parts = |column, marks: &[char]| self.parts(record, columns, column, marks);
        let under = parts(Column::Under, &[';']).into_iter().map(|upper| {
            let (name, (from, to)) = value::split_validity(&upper.text);
            (Named { text: name.to_owned(), loc: upper.loc }, Validity { from, to })
        });
        let under = under.collect();
        let predecessors = parts(Column::Predecessors, &[';', ' ', '|']).into_iter().map(|unit| {
            let (code, part) = unit.text.strip_suffix('*').map_or((unit.text.as_str(), false), |code| (code, true));
            Predecessor { unit: Named { text: code.to_owned(), loc: unit.loc }, part }
        });
        let predecessors = predecessors.collect();
        Ok(Some(UnitDecl {
            official_code: Some(code.text.clone()),
            code,
            name,
            other_names: Vec::new(),
            under,
            validity,
            successors: Vec::new(),
            predecessors,
            basis: None,
        }))
    }

    /// Returns the value of a column with its place; `None` where it is empty.
    fn cell(&self, record: &csv::StringRecord, columns: &[Option<Column>], column: Column) -> Option<Named> {
        let index = columns.iter().position(|known| *known == Some(column))?;
        let raw = record.get(index)?;
        let text = clean(raw).into_owned();
        (!text.is_empty()).then(|| Named { text, loc: Loc::new(self.source, self.span_of(record, index)) })
    }

    /// Returns the values of a column that marks part; each has the cell's place.
    fn parts(&self, record: &csv::StringRecord, columns: &[Option<Column>], column: Column, marks: &[char]) -> Vec<Named> {
        let Some(cell) = self.cell(record, columns, column) else { return Vec::new() };
        let parts = cell.text.split(marks).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| Named { text: part.to_owned(), loc: cell.loc }).collect()
    }

    /// Returns where a cell stands: cells are looked for one behind the other; a quoted one that is written otherwise is its whole line.
    fn span_of(&self, record: &csv::StringRecord, index: usize) -> Span {
        let mut at = self.whole().start as usize;
        for (number, cell) in record.iter().enumerate().take(index + 1) {
            let Some(found) = self.text.get(at..).and_then(|rest| rest.find(cell)) else { return self.whole() };
            if number == index {
                return Span::new(at + found, at + found + cell.len());
            }
            // past the cell and the mark behind it
            at = (at + found + cell.len() + 1).min(self.text.len());
        }
        self.whole()
    }

    fn date(&self, record: &csv::StringRecord, columns: &[Option<Column>], column: Column) -> Result<Option<Date>, Box<Diagnostic>> {
        let Some(cell) = self.cell(record, columns, column) else { return Ok(None) };
        let text = &cell.text;
        let read = Date::parse(text).or_else(|| Date::try_from(text.clone()).ok());
        read.map(Some).ok_or_else(|| {
            Box::new(
                Diagnostic::new(Code::KH1015, cell.loc, msg!("“{text}” không phải một ngày", "“{text}” is not a day"))
                    .help(msg!("Viết ngày như 30/6/2025", "Write the day as 30/6/2025")),
            )
        })
    }
}

/// Returns a unit's name with its type word in lower case in front, as plans write it (`huyện Hoằng Hóa`).
fn with_kind(name: &str, kind: Option<&str>) -> String {
    let starts_with =
        |text: &str, word: &str| Key::new(text).as_str().strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if KINDS.iter().any(|word| starts_with(name, word)) {
        let mut chars = name.chars();
        let first = chars.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
        return first + chars.as_str();
    }
    let word = kind.and_then(|kind| KINDS.iter().find(|word| starts_with(kind, word)));
    word.map_or_else(|| name.to_owned(), |word| format!("{word} {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Source, Sources};

    fn load(text: &str) -> (Vec<UnitDecl>, Vec<(String, String)>) {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a.csv", text));
        let mut findings = Vec::new();
        let units = read(id, text, &mut findings);
        let said = findings.iter().map(|f| (f.message.vi.clone(), sources.slice(f.primary.as_ref().unwrap().loc).to_owned()));
        (units, said.collect())
    }

    #[test]
    fn rows_become_units_with_places() {
        let text = "mã,tên,thuộc,từ,đến\r\n15865,thị trấn Bút Sơn,399,,30/6/2025\r\n";
        let (units, said) = load(text);
        assert!(said.is_empty(), "{said:?}");
        let [unit] = units.as_slice() else { panic!("{units:?}") };
        assert_eq!((unit.code.text.as_str(), unit.name.text.as_str()), ("15865", "thị trấn Bút Sơn"));
        assert_eq!(unit.validity, Validity { from: None, to: Date::new(2025, 6, 30) });
        let (upper, _) = &unit.under[0];
        assert_eq!(upper.text, "399");
        assert_eq!(&text[unit.name.loc.span.range()], "thị trấn Bút Sơn");
        assert_eq!(&text[upper.loc.span.range()], "399");
    }

    #[test]
    fn a_row_names_the_units_that_it_succeeds_and_several_upper_ones_by_time() {
        let (units, said) =
            load("mã,tên,thuộc,từ,đến,nhập từ\n14758,phường Hàm Rồng,405 đến 31/12/2024; 380 từ 01/01/2025,,,14755;14758*\n");
        assert!(said.is_empty(), "{said:?}");
        let before: Vec<_> = units[0].predecessors.iter().map(|one| (one.unit.text.as_str(), one.part)).collect();
        assert_eq!(before, [("14755", false), ("14758", true)]);
        let uppers: Vec<_> = units[0].under.iter().map(|(upper, time)| (upper.text.as_str(), time.from, time.to)).collect();
        assert_eq!(uppers, [("405", None, Date::new(2024, 12, 31)), ("380", Date::new(2025, 1, 1), None)]);
    }

    #[test]
    fn the_official_list_is_read_as_it_is() {
        let (units, said) =
            load("\u{feff}code;name;type;parent_code\n01;Thành phố Hà Nội;thành phố trực thuộc trung ương;\n001;Ba Đình;quận;01\n");
        assert!(said.is_empty(), "{said:?}");
        let names: Vec<_> = units.iter().map(|unit| unit.name.text.as_str()).collect();
        assert_eq!(names, ["thành phố Hà Nội", "quận Ba Đình"]);
    }

    #[test]
    fn a_row_that_does_not_fit_is_left_out_and_shown() {
        let (units, said) =
            load("mã,tên,thuộc,từ,đến\n1,xã A,2,,31/2/2025\n\n,xã B,2\n3,xã C,2,,,thừa\n4,xã D,2,01/7/2025,30/6/2025\n5,xã E\n");
        assert_eq!(units.iter().map(|unit| unit.code.text.as_str()).collect::<Vec<_>>(), ["5"]);
        let places: Vec<_> = said.iter().map(|(_, words)| words.as_str()).collect();
        assert_eq!(places, ["31/2/2025", ",xã B,2", "3,xã C,2,,,thừa", "4,xã D,2,01/7/2025,30/6/2025"]);
        assert_eq!(load("a,b\n1,2\n").1[0].0, "Dòng đầu phải có cột “mã” và cột “tên”");
    }
}
