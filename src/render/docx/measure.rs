//! How wide a text is in Times New Roman: rules below titles and columns of tables are measured, not guessed.
//!
//! Widths are those that the font's public metrics give, in thousandths of the font's size. A letter is as wide as it is without its marks, but for
//! ơ and ư.

/// Widths of the characters from space to `~`, upright.
const UPRIGHT: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278,
    278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722,
    722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500,
    500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// Widths of the same characters, bold.
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333,
    333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722,
    722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556,
    556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// How many of the units below a point has.
const TWIPS: u64 = 20;

/// Returns the width of one line of text in twips (twentieths of a point); `size` is the font's in points.
pub(super) fn width(text: &str, size: u32, bold: bool) -> u32 {
    let table = if bold { &BOLD } else { &UPRIGHT };
    let sum: u64 = text.chars().map(|c| u64::from(advance(c, table))).sum();
    u32::try_from(sum * u64::from(size) * TWIPS / 1000).unwrap_or(u32::MAX)
}

fn advance(c: char, table: &[u16; 95]) -> u16 {
    let plain = match c {
        ' '..='~' => c,
        // marks that stand alone stand on the letter before
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{ad}' => return 0,
        '\u{a0}' => ' ',
        'à' | 'á' | 'ạ' | 'ả' | 'ã' | 'â' | 'ầ' | 'ấ' | 'ậ' | 'ẩ' | 'ẫ' | 'ă' | 'ằ' | 'ắ' | 'ặ' | 'ẳ' | 'ẵ' => {
            'a'
        }
        'è' | 'é' | 'ẹ' | 'ẻ' | 'ẽ' | 'ê' | 'ề' | 'ế' | 'ệ' | 'ể' | 'ễ' => 'e',
        'ì' | 'í' | 'ị' | 'ỉ' | 'ĩ' => 'i',
        'ò' | 'ó' | 'ọ' | 'ỏ' | 'õ' | 'ô' | 'ồ' | 'ố' | 'ộ' | 'ổ' | 'ỗ' => 'o',
        'ơ' | 'ờ' | 'ớ' | 'ợ' | 'ở' | 'ỡ' => return letter('o', table) + 54,
        'ù' | 'ú' | 'ụ' | 'ủ' | 'ũ' => 'u',
        'ư' | 'ừ' | 'ứ' | 'ự' | 'ử' | 'ữ' => return letter('u', table) + 44,
        'ỳ' | 'ý' | 'ỵ' | 'ỷ' | 'ỹ' => 'y',
        'đ' => 'd',
        'Đ' => 'D',
        '“' | '”' => '_',
        '–' => '0',
        '…' => return 1000,
        c if c.is_uppercase() => {
            let small = c.to_lowercase().next().unwrap_or('n');
            let horn = matches!(small, 'ơ' | 'ờ' | 'ớ' | 'ợ' | 'ở' | 'ỡ' | 'ư' | 'ừ' | 'ứ' | 'ự' | 'ử' | 'ữ');
            return if horn { letter('U', table) + 54 } else { letter(capital(small), table) };
        }
        // a letter of another script: half a square at least
        _ => 'n',
    };
    letter(plain, table)
}

/// Returns the plain capital of a small Vietnamese letter.
fn capital(small: char) -> char {
    match small {
        'à' | 'á' | 'ạ' | 'ả' | 'ã' | 'â' | 'ầ' | 'ấ' | 'ậ' | 'ẩ' | 'ẫ' | 'ă' | 'ằ' | 'ắ' | 'ặ' | 'ẳ' | 'ẵ' => {
            'A'
        }
        'è' | 'é' | 'ẹ' | 'ẻ' | 'ẽ' | 'ê' | 'ề' | 'ế' | 'ệ' | 'ể' | 'ễ' => 'E',
        'ì' | 'í' | 'ị' | 'ỉ' | 'ĩ' => 'I',
        'ò' | 'ó' | 'ọ' | 'ỏ' | 'õ' | 'ô' | 'ồ' | 'ố' | 'ộ' | 'ổ' | 'ỗ' => 'O',
        'ù' | 'ú' | 'ụ' | 'ủ' | 'ũ' => 'U',
        'ỳ' | 'ý' | 'ỵ' | 'ỷ' | 'ỹ' => 'Y',
        _ => 'N',
    }
}

fn letter(c: char, table: &[u16; 95]) -> u16 {
    table.get((c as usize).saturating_sub(' ' as usize)).copied().unwrap_or(500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_national_heading_fits_its_column_in_thirteen_points() {
        // 95,7 mm as Word sets it
        let width = width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, true);
        assert!((5400..5460).contains(&width), "{width}");
    }

    #[test]
    fn marks_do_not_widen_a_letter() {
        assert_eq!(width("ện", 12, false), width("en", 12, false));
        assert_eq!(width("e\u{323}\u{302}n", 12, false), width("en", 12, false));
    }
}
