//! `.csv` and `.tsv`: a sheet without a name.

use super::{Book, Builder};
use crate::diag::{Code, msg};
use crate::import::{Doubt, Style, encoding};

/// Reads rows parted by `,`, `;` or tabs, whichever the first lines use most. Excel's own first line `sep=;` is obeyed.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Book, Doubt> {
    let Some(decoded) = encoding::decode(bytes) else {
        return Err(Doubt::new(Code::KH5001, msg!("Tệp “{name}” không phải văn bản", "The file “{name}” is no text")));
    };
    let (declared, text) = match decoded.text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((mark, rest)) => (mark.bytes().next(), rest),
        None => (None, decoded.text.as_str()),
    };
    let head: String = text.lines().take(5).collect();
    let most = [b',', b';', b'\t'].into_iter().max_by_key(|mark| (head.bytes().filter(|byte| byte == mark).count(), *mark == b','));
    let delimiter = declared.or(most).unwrap_or(b',');
    let mut count = 0;
    let mut builder = Builder::new(name, "", false, 1, &mut count);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    // rows are counted as Excel counts them: blank lines too, lines inside a cell not
    let mut row = u32::from(declared.is_some());
    for record in reader.records() {
        // text in UTF-8 with rows of any width cannot fail
        let Ok(record) = record else { continue };
        let start = record.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(0);
        let blank =
            text.as_bytes().iter().skip(start).take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
        row = row.saturating_add(1).saturating_add(u32::try_from(blank).unwrap_or(u32::MAX));
        for (text, column) in record.iter().zip(1u32..) {
            builder.put(row, column, text, Style::default())?;
        }
    }
    let sheet = builder.finish(Vec::new())?;
    Ok(Book { sheets: vec![sheet], doubts: decoded.doubts })
}
