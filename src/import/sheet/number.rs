//! Numbers and dates as a sheet shows them, by the code of their format.

/// A number format, read as far as it changes what a person sees: percent, decimals, leading zeros, dots between thousands, words around.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Format {
    percent: bool,
    /// Digits behind the comma; `None` for as many as the value has (General).
    decimals: Option<usize>,
    /// Digits before the comma at least.
    digits: usize,
    thousands: bool,
    before: String,
    after: String,
}

impl Format {
    /// Reads a format code such as `0.0%`, `#,##0" triệu"` or `00000`. Codes that say more than this (fractions, exponents) count as General.
    pub(super) fn of(code: &str) -> Self {
        let mut out = Self::default();
        // an exponent (also the one in “General”), a fraction, text
        if letters(code).contains(['e', '/', '@']) {
            return out;
        }
        let (mut point, mut placed, mut fraction) = (false, false, 0);
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => {
                    let words: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    if placed { out.after.push_str(&words) } else { out.before.push_str(&words) }
                }
                '\\' => {
                    let word = chars.next().unwrap_or(' ');
                    if placed { out.after.push(word) } else { out.before.push(word) }
                }
                // the width of a character, a character that fills the cell: nothing to read
                '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    chars.by_ref().find(|c| *c == ']');
                }
                '%' => out.percent = true,
                '.' if placed => point = true,
                ',' if placed && !point => out.thousands = true,
                '0' | '#' | '?' => {
                    placed = true;
                    if point {
                        fraction += 1;
                    } else if c == '0' {
                        out.digits += 1;
                    }
                }
                _ => {}
            }
        }
        if placed {
            out.decimals = Some(fraction.min(15));
            out.digits = out.digits.min(20);
        }
        out
    }

    /// Returns a number as it is shown, with a decimal comma.
    pub(super) fn number(&self, value: f64) -> String {
        if !value.is_finite() {
            return String::new();
        }
        let value = if self.percent { value * 100.0 } else { value };
        let plain = match self.decimals {
            Some(decimals) => format!("{:.decimals$}", value.abs()),
            None => general(value.abs()),
        };
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let whole = format!("{whole:0>width$}", width = self.digits);
        let whole = if self.thousands { dotted(&whole) } else { whole };
        let zero = plain.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if value < 0.0 && !zero { "-" } else { "" };
        let comma = if fraction.is_empty() { "" } else { "," };
        let percent = if self.percent { "%" } else { "" };
        format!("{}{sign}{whole}{comma}{fraction}{percent}{}", self.before, self.after)
    }
}

/// A number without a format: at most 15 digits, as sheets keep no more, and no zeros at the end.
fn general(value: f64) -> String {
    let size = if value >= 1.0 { value.log10().floor() as usize + 1 } else { 1 };
    let decimals = 15usize.saturating_sub(size);
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Sets a dot before each group of three digits.
fn dotted(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// Returns a date, a time, both or a length of time, as its format shows it: `24/12/2022`, `12/2022`, `2022`, `08:30`.
pub(super) fn moment(code: &str, value: f64, is_duration: bool, (year, month, day): (u16, u8, u8), (hour, minute): (u8, u8)) -> String {
    if is_duration {
        let minutes = (value * 24.0 * 60.0).round().max(0.0) as u64;
        return format!("{}:{:02}", minutes / 60, minutes % 60);
    }
    let letters = letters(code);
    let has = |letter: char| letters.contains(letter);
    let time = format!("{hour:02}:{minute:02}");
    if has('h') && !has('y') && !has('d') {
        return time;
    }
    let date = match (has('d'), has('m') && (has('d') || !has('h')), has('y')) {
        (false, true, true) => format!("{month:02}/{year}"),
        (false, false, true) => year.to_string(),
        (true, true, false) => format!("{day:02}/{month:02}"),
        _ => format!("{day:02}/{month:02}/{year}"),
    };
    if has('h') && value.fract() != 0.0 { format!("{date} {time}") } else { date }
}

/// The letters of a format code that stand for parts of a date, in lower case.
fn letters(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                chars.by_ref().find(|c| *c == ']');
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Returns `2022-12-24` or `2022-12-24T08:30:00` as `24/12/2022` or `24/12/2022 08:30`; other text as it is.
pub(super) fn iso(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return text.to_owned() };
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return text.to_owned();
    }
    match time.get(..5).filter(|time| *time != "00:00") {
        Some(time) => format!("{day}/{month}/{year} {time}"),
        None => format!("{day}/{month}/{year}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        Format::of(code).number(value)
    }

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        assert_eq!(shown("0%", 0.95), "95%");
        assert_eq!(shown("0.00%", 0.925), "92,50%");
        assert_eq!(shown("00000", 123.0), "00123");
        assert_eq!(shown("#,##0", 1_250_000.0), "1.250.000");
        assert_eq!(shown("#,##0.0;(#,##0.0)", -1234.56), "-1.234,6");
        assert_eq!(shown("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", 1234.0), "1.234");
        assert_eq!(shown("0\" ngày\"", 5.0), "5 ngày");
        assert_eq!(shown("[$-42A]0.0;[Red]-0.0", 2.25), "2,2");
        assert_eq!(shown("0", -0.2), "0");
    }

    #[test]
    fn numbers_without_a_format_have_the_digits_they_need() {
        assert_eq!(shown("General", 92.5), "92,5");
        assert_eq!(shown("", 0.1 + 0.2), "0,3");
        assert_eq!(shown("", 5_347.0), "5347");
        assert_eq!(shown("", 1e15), "1000000000000000");
        assert_eq!(shown("", -2.0), "-2");
        assert_eq!(shown("", f64::NAN), "");
        assert_eq!(shown("", 1e300).len(), 301);
    }

    #[test]
    fn dates_are_shown_day_first() {
        let date = |code| moment(code, 44919.0, false, (2022, 12, 24), (0, 0));
        assert_eq!(date("mm-dd-yy"), "24/12/2022");
        assert_eq!(date("mm/yyyy"), "12/2022");
        assert_eq!(date("\"Năm \"yyyy"), "2022");
        assert_eq!(moment("h:mm", 0.5, false, (1900, 1, 0), (12, 0)), "12:00");
        assert_eq!(moment("d/m/yyyy h:mm", 44919.5, false, (2022, 12, 24), (12, 0)), "24/12/2022 12:00");
        assert_eq!(moment("[h]:mm", 1.5, true, (1900, 1, 1), (12, 0)), "36:00");
        assert_eq!((iso("2022-12-24").as_str(), iso("2022-12-24T08:30:00").as_str()), ("24/12/2022", "24/12/2022 08:30"));
        assert_eq!(iso("PT36H"), "PT36H");
    }
}
