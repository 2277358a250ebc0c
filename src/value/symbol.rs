//! Symbols: the form of a document's number (Decree 30/2020/NĐ-CP, Phụ lục I and III).

use crate::base::Date;

/// What is wrong with the form of a number and symbol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SymbolFault {
    /// What kind of fault.
    pub kind: SymbolFaultKind,
    /// The number as it should be, where that is certain.
    pub suggestion: Option<String>,
}

/// The faults of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SymbolFaultKind {
    /// Spaces inside (`06- NQ/TU`).
    Spaced,
    /// Type and body run together (`182/2019/NQHĐND`).
    MissingHyphen,
    /// A party document written as a state one (`22/KH/TU`).
    PartyForm,
    /// Small letters or letters without marks (`05/qđ-ubnd`, `05/QD-UBND`).
    Letters,
    /// A legal document whose number lacks the year (`108/NĐ-CP`).
    MissingYear,
    /// The symbol is that of another type (`Nghị quyết số 5/QĐ-UBND`).
    OtherType,
    /// None of the forms that the decree knows.
    Form,
}

/// Type words and their codes: Phụ lục III of the decree, and the legal and party documents.
const CODES: &[(&str, &str)] = &[
    ("nghị quyết", "NQ"),
    ("nghị quyết liên tịch", "NQLT"),
    ("quyết định", "QĐ"),
    ("chỉ thị", "CT"),
    ("quy chế", "QC"),
    ("quy định", "QyĐ"),
    ("quy định", "QĐi"),
    ("thông cáo", "TC"),
    ("thông báo", "TB"),
    ("hướng dẫn", "HD"),
    ("chương trình", "CTr"),
    ("chương trình hành động", "CTr"),
    ("kế hoạch", "KH"),
    ("kế hoạch hành động", "KH"),
    ("phương án", "PA"),
    ("đề án", "ĐA"),
    ("dự án", "DA"),
    ("báo cáo", "BC"),
    ("biên bản", "BB"),
    ("tờ trình", "TTr"),
    ("hợp đồng", "HĐ"),
    ("công điện", "CĐ"),
    ("bản ghi nhớ", "BGN"),
    ("bản thỏa thuận", "BTT"),
    ("giấy ủy quyền", "GUQ"),
    ("giấy mời", "GM"),
    ("giấy giới thiệu", "GGT"),
    ("giấy nghỉ phép", "GNP"),
    ("phiếu gửi", "PG"),
    ("phiếu chuyển", "PC"),
    ("phiếu báo", "PB"),
    ("bản sao y", "SY"),
    ("bản trích sao", "TrS"),
    ("bản sao lục", "SL"),
    ("nghị định", "NĐ"),
    ("thông tư", "TT"),
    ("thông tư liên tịch", "TTLT"),
    ("kết luận", "KL"),
    ("công văn", "CV"),
];

/// Bodies that stand behind a type code, for taking apart what was written together.
const BODIES: &[&str] = &["UBND", "HĐND", "CP", "TTg", "VPUBND", "VPCP", "TU", "HU", "BNV", "BTC", "BTP", "SNV", "STP", "STC"];

/// Levels of party committees, which number `NN-LOẠI/CẤP`.
const PARTY: &[&str] = &["TU", "TW", "HU", "TĐU", "ThU", "QU", "ĐU", "BTV", "BCT"];

/// Types whose number must bear their own code. Programmes and schemes are often cited by the number of the decision that issued them.
const OWN_CODE: &[&str] = &["nghị quyết", "quyết định", "nghị định", "thông tư", "chỉ thị", "tờ trình", "thông báo", "kết luận"];

/// Types whose numbers hold the year: legal documents.
const WITH_YEAR: &[&str] = &["NĐ", "TT", "TTLT", "NQLT"];

/// Says whether letters are the code of a type, tones and case as written.
pub(super) fn is_type_code(letters: &str) -> bool {
    CODES.iter().any(|(_, code)| *code == letters)
}

/// Says whether a number's symbol opens with a type code, whole or run together with a body, or is the National Assembly's.
pub(super) fn holds_type_code(number: &str) -> bool {
    let groups: Vec<&str> = groups(number).into_iter().map(|(group, _)| group).collect();
    let letters = groups.iter().find(|group| group.starts_with(char::is_alphabetic)).copied().unwrap_or("");
    is_type_code(letters) || split_code(letters).is_some() || assembly(letters) || is_type_code(&with_marks(letters, true))
}

/// Returns what is wrong with the form of a number, where something is. `kind` is the type word in front of it, empty where unknown.
pub(super) fn symbol_fault(kind: &str, number: &str, date: Option<Date>) -> Option<SymbolFault> {
    let fault = |kind, suggestion: Option<String>| Some(SymbolFault { kind, suggestion });
    let parts = groups(number);
    let tight: String = number.chars().filter(|c| *c != ' ').collect();
    let letters: Vec<&str> = parts.iter().map(|(group, _)| *group).filter(|g| g.starts_with(char::is_alphabetic)).collect();
    // a number alone has no symbol to judge
    let &first = letters.first()?;
    if let [loai, cap] = letters.as_slice()
        && PARTY.contains(cap)
        && !well_formed_party(&tight)
        && is_type_code(loai)
        && !tight.contains('…')
    {
        let digits = parts.first().map_or("", |(group, _)| *group);
        return fault(SymbolFaultKind::PartyForm, Some(format!("{digits}-{loai}/{cap}")));
    }
    if let Some((code, body)) = split_code(first)
        && !is_type_code(first)
        && letters.len() == 1
    {
        return fault(SymbolFaultKind::MissingHyphen, Some(tight.replacen(first, &format!("{code}-{body}"), 1)));
    }
    let marked: Vec<String> = letters.iter().enumerate().map(|(at, group)| with_marks(group, at == 0)).collect();
    if marked.iter().zip(&letters).any(|(right, written)| right != written) {
        let mut suggestion = tight.clone();
        for (right, written) in marked.iter().zip(&letters) {
            suggestion = suggestion.replacen(written, right, 1);
        }
        return fault(SymbolFaultKind::Letters, Some(suggestion));
    }
    if number.contains(' ') {
        return fault(SymbolFaultKind::Spaced, Some(tight));
    }
    let lower_kind = crate::base::Key::new(kind);
    let known: Vec<&str> = CODES.iter().filter(|(word, _)| *word == lower_kind.as_str()).map(|(_, code)| *code).collect();
    let own = CODES.iter().any(|(_, code)| *code == first);
    if own && OWN_CODE.contains(&lower_kind.as_str()) && !known.contains(&first) {
        return fault(SymbolFaultKind::OtherType, None);
    }
    let has_year = parts.get(1).is_some_and(|(group, _)| group.len() == 4 && group.bytes().all(|b| b.is_ascii_digit()));
    if WITH_YEAR.contains(&first) && !has_year && letters.len() > 1 && parts.get(1).is_some_and(|(_, joint)| *joint == Some('/')) {
        let suggestion = date.and_then(|d| tight.split_once('/').map(|(n, rest)| format!("{n}/{}/{rest}", d.year())));
        return fault(SymbolFaultKind::MissingYear, suggestion);
    }
    let fits = well_formed_state(&parts) || well_formed_party(&tight) || assembly(first) && has_year;
    if fits { None } else { fault(SymbolFaultKind::Form, None) }
}

/// Returns the groups of a number, each with the joint in front of it.
fn groups(number: &str) -> Vec<(&str, Option<char>)> {
    let mut out = Vec::new();
    let mut joint = None;
    let mut start = 0;
    for (at, c) in number.char_indices().filter(|(_, c)| matches!(c, '/' | '-')) {
        out.push((number[start..at].trim(), joint));
        joint = Some(c);
        start = at + 1;
    }
    out.push((number[start..].trim(), joint));
    out
}

fn is_number(group: &str) -> bool {
    let digits = group.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let blank = !group.is_empty() && group.chars().all(|c| matches!(c, '…' | '.'));
    blank || ((1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && group.len() - digits.len() <= 1)
}

fn is_letters(group: &str) -> bool {
    group.starts_with(char::is_uppercase) && group.chars().all(|c| c.is_alphanumeric() || c == '&')
}

/// `NN/LOẠI-CQ`, `NN/YYYY/LOẠI-CQ`, `NN/CQ-ĐV`.
fn well_formed_state(parts: &[(&str, Option<char>)]) -> bool {
    let Some(((number, _), rest)) = parts.split_first() else { return false };
    let rest = match rest.split_first() {
        Some(((year, Some('/')), rest)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => rest,
    };
    let Some(((first, Some('/')), more)) = rest.split_first() else { return false };
    is_number(number) && is_letters(first) && !more.is_empty() && more.iter().all(|(group, joint)| *joint == Some('-') && is_letters(group))
}

/// `NN-LOẠI/CẤP`.
fn well_formed_party(number: &str) -> bool {
    let parts = groups(number);
    matches!(parts.as_slice(), [(n, None), (loai, Some('-')), (cap, Some('/'))] if is_number(n) && is_letters(loai) && is_letters(cap))
        && !number.contains(' ')
}

/// `QH15`, `UBTVQH14`.
fn assembly(letters: &str) -> bool {
    let body = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    body.len() < letters.len() && matches!(body, "QH" | "UBTVQH" | "PL")
}

/// Takes `NQHĐND` apart into `NQ` and `HĐND`.
fn split_code(letters: &str) -> Option<(&'static str, &str)> {
    CODES.iter().find_map(|(_, code)| letters.strip_prefix(code).filter(|body| BODIES.contains(body)).map(|body| (*code, body)))
}

/// Returns a group in the letters that type codes (the first group) or bodies are written in (`qd` becomes `QĐ`, `HDND` `HĐND`); any other as
/// it is.
fn with_marks(group: &str, first: bool) -> String {
    let plain = crate::base::toneless(group);
    let known: Vec<&str> = if first { CODES.iter().map(|(_, code)| *code).collect() } else { BODIES.to_vec() };
    let fits: Vec<&str> = known.into_iter().filter(|known| crate::base::toneless(known) == plain).collect();
    match fits.as_slice() {
        [] => group.to_owned(),
        all if all.contains(&group) => group.to_owned(),
        // `HD` is hướng dẫn or hợp đồng, `CT` chỉ thị or a chương trình without its r: as written
        [only] => (*only).to_owned(),
        _ => group.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(kind: &str, number: &str) -> Option<(SymbolFaultKind, Option<String>)> {
        symbol_fault(kind, number, Date::new(2014, 11, 20)).map(|f| (f.kind, f.suggestion))
    }

    #[test]
    fn good_symbols_pass() {
        for number in [
            "5347/QĐ-UBND",
            "434/KH-UBND",
            "1182/TTr-SNV",
            "27/2020/NQ-HĐND",
            "01/2018/TT-VPCP",
            "72/2025/QH15",
            "1686/NQ-UBTVQH15",
            "06-NQ/TU",
            "18-NQ/TW",
            "2896/SNV-CCHC",
            "…/QĐ-UBND",
            "30c/NQ-CP",
            "44/2014/TTLT-BGDĐT-BNV",
            "734/TB-VPUBND",
        ] {
            assert_eq!(fault("", number), None, "{number}");
        }
    }

    #[test]
    fn faults_come_with_the_right_symbol() {
        let hyphen = |right: &str| Some((SymbolFaultKind::MissingHyphen, Some(right.to_owned())));
        assert_eq!(fault("Nghị quyết", "182/2019/NQHĐND"), hyphen("182/2019/NQ-HĐND"));
        assert_eq!(fault("Quyết định", "2235/2017/QĐUBND"), hyphen("2235/2017/QĐ-UBND"));
        assert_eq!(fault("Kế hoạch hành động", "22/KH/TU"), Some((SymbolFaultKind::PartyForm, Some("22-KH/TU".into()))));
        assert_eq!(fault("Nghị quyết", "06- NQ/TU"), Some((SymbolFaultKind::Spaced, Some("06-NQ/TU".into()))));
        assert_eq!(fault("Quyết định", "05/QD-UBND"), Some((SymbolFaultKind::Letters, Some("05/QĐ-UBND".into()))));
        assert_eq!(fault("Nghị định", "108/NĐ-CP"), Some((SymbolFaultKind::MissingYear, Some("108/2014/NĐ-CP".into()))));
        assert_eq!(fault("Nghị quyết", "5/QĐ-UBND"), Some((SymbolFaultKind::OtherType, None)));
    }
}
