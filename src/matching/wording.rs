//! What a task's text says, without what a move of level or year changes.
//!
//! Vietnamese writes one syllable per word, so the unit here is the syllable. Level words, unit names, years and dates fall away; abbreviations
//! that every office uses are written out; formulae (`tăng cường thực hiện`) stay with little weight. Diacritics are kept.

use crate::base::Key;

/// A syllable or number of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Syllable {
    /// Folded, lower case.
    pub(super) text: String,
    /// How much it says, 0 to 1, before its rarity counts.
    pub(super) weight: f32,
}

/// A text, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wording {
    /// Syllables and numbers in order.
    pub(super) syllables: Vec<Syllable>,
    /// Amounts (`98%`, `120`), sorted, each once.
    pub(super) numbers: Vec<String>,
    /// Symbols of cited documents (`15/2020/qđ-ubnd`), sorted, each once.
    pub(super) symbols: Vec<String>,
    /// The first document that it makes (`Xây dựng Quy chế …`).
    pub(super) makes: Option<Paper>,
    /// Words of all kinds of document that it names.
    pub(super) papers: Vec<&'static str>,
    /// Where a clause ends (`;`, `.`), as a count of syllables, ascending.
    ends: Vec<usize>,
}

/// Weight of a formula's syllable.
const FORMULA: f32 = 0.3;
/// Weight of a word that says nothing alone.
const STOP: f32 = 0.1;

/// Words of levels, dropped wherever they stand; the longest first.
const LEVELS: &[&[&str]] = &[
    &["ủy", "ban", "nhân", "dân"],
    &["trên", "địa", "bàn"],
    &["huyện", "thị", "xã", "thành", "phố"],
    &["các", "cấp"],
    &["cấp", "tỉnh"],
    &["cấp", "huyện"],
    &["cấp", "xã"],
    &["thị", "xã"],
    &["thị", "trấn"],
    &["thành", "phố"],
    &["đặc", "khu"],
    &["ubnd"],
    &["tỉnh"],
    &["huyện"],
    &["quận"],
    &["phường"],
    &["xã"],
];

/// What a level word belongs to when it is none: `xã hội`, `hợp tác xã`.
const NOT_LEVELS: &[(&str, &str)] = &[("xã", "hội"), ("xã", "viên"), ("xã", "luận")];

/// Phrases of every plan, which tell little.
const FORMULAE: &[&[&str]] = &[
    &["cán", "bộ", "công", "chức", "viên", "chức"],
    &["cán", "bộ", "công", "chức"],
    &["công", "chức", "viên", "chức"],
    &["các", "sở", "ban", "ngành"],
    &["các", "phòng", "ban", "ngành"],
    &["các", "cơ", "quan", "đơn", "vị"],
    &["cơ", "quan", "đơn", "vị"],
    &["cơ", "quan", "nhà", "nước"],
    &["theo", "quy", "định"],
    &["thực", "hiện"],
    &["triển", "khai"],
    &["tổ", "chức"],
    &["tiếp", "tục"],
    &["tăng", "cường"],
    &["đẩy", "mạnh"],
    &["nâng", "cao"],
    &["xây", "dựng"],
    &["ban", "hành"],
    &["hoàn", "thiện"],
    &["công", "tác"],
    &["hoạt", "động"],
    &["chất", "lượng"],
    &["hiệu", "quả"],
    &["bảo", "đảm"],
    &["đảm", "bảo"],
    &["phấn", "đấu"],
    &["quy", "định"],
    &["cơ", "quan"],
    &["đơn", "vị"],
    &["liên", "quan"],
    &["kết", "quả"],
    &["đối", "với"],
    &["trong", "đó"],
    &["kịp", "thời"],
    &["nhiệm", "vụ"],
    &["giai", "đoạn"],
    &["thường", "xuyên"],
    &["báo", "cáo"],
    &["kế", "hoạch"],
    &["đề", "án"],
    &["quyết", "định"],
    &["nghị", "quyết"],
    &["phục", "vụ"],
    &["địa", "phương"],
];

/// Words that say nothing alone.
const STOPS: &[&str] = &[
    "các", "những", "của", "và", "về", "cho", "trong", "tại", "từ", "đến", "để", "nhằm", "với", "là", "có", "được", "khi", "do", "theo",
    "bằng", "một", "này", "việc", "ở", "trên", "vào", "ra", "hoặc", "như", "mỗi", "từng", "đã", "sẽ", "số", "ngày", "năm", "tháng", "quý",
    "cấp", "lên", "cả", "đó", "không", "bị", "phải", "cùng", "nơi", "xong", "toàn", "thì", "mà", "cũng", "gắn",
];

/// Abbreviations that every office uses, written out.
const SHORT: &[(&str, &str)] = &[
    ("tthc", "thủ tục hành chính"),
    ("cchc", "cải cách hành chính"),
    ("cntt", "công nghệ thông tin"),
    ("cđs", "chuyển đổi số"),
    ("cb", "cán bộ"),
    ("cbcc", "cán bộ công chức"),
    ("cbccvc", "cán bộ công chức viên chức"),
    ("cbccvclđ", "cán bộ công chức viên chức lao động"),
    ("dvc", "dịch vụ công"),
    ("dvctt", "dịch vụ công trực tuyến"),
    ("đvsn", "đơn vị sự nghiệp"),
    ("đvsncl", "đơn vị sự nghiệp công lập"),
    ("hđnd", "hội đồng nhân dân"),
    ("nsnn", "ngân sách nhà nước"),
    ("htx", "hợp tác xã"),
    ("ntm", "nông thôn mới"),
    ("pccc", "phòng cháy chữa cháy"),
    ("atgt", "an toàn giao thông"),
    ("attp", "an toàn thực phẩm"),
    ("bhxh", "bảo hiểm xã hội"),
    ("bhyt", "bảo hiểm y tế"),
    ("bhtn", "bảo hiểm thất nghiệp"),
    ("thpt", "trung học phổ thông"),
    ("thcs", "trung học cơ sở"),
    ("gdđt", "giáo dục đào tạo"),
    ("csdl", "cơ sở dữ liệu"),
    ("qppl", "quy phạm pháp luật"),
    ("vbqppl", "văn bản quy phạm pháp luật"),
    ("pbgdpl", "phổ biến giáo dục pháp luật"),
    ("qlnn", "quản lý nhà nước"),
    ("bvmt", "bảo vệ môi trường"),
    ("gcn", "giấy chứng nhận"),
    ("qsdđ", "quyền sử dụng đất"),
    ("kcn", "khu công nghiệp"),
    ("kkt", "khu kinh tế"),
    ("gpmb", "giải phóng mặt bằng"),
    ("xdcb", "xây dựng cơ bản"),
    ("ktxh", "kinh tế xã hội"),
    ("nvtv", "nhiệm vụ trọng tâm"),
    ("btv", "ban thường vụ"),
    ("mttq", "mặt trận tổ quốc"),
    ("vhtt", "văn hóa thông tin"),
    ("tdtt", "thể dục thể thao"),
    ("ptnt", "phát triển nông thôn"),
    ("tnmt", "tài nguyên môi trường"),
    ("lđtbxh", "lao động thương binh xã hội"),
];

/// A kind of document that a task makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paper {
    /// Its word (`đề án`).
    pub(super) name: &'static str,
    /// Whether it lays down standing rules; else it plans work.
    pub(super) is_rule: bool,
}

const fn rule(name: &'static str) -> Paper {
    Paper { name, is_rule: true }
}

const fn work(name: &'static str) -> Paper {
    Paper { name, is_rule: false }
}

const PAPERS: &[(&[&str], Paper)] = &[
    (&["quy", "chế"], rule("quy chế")),
    (&["nội", "quy"], rule("nội quy")),
    (&["chính", "sách"], rule("chính sách")),
    (&["bảng", "giá"], rule("bảng giá")),
    (&["đề", "án"], work("đề án")),
    (&["chương", "trình"], work("chương trình")),
    (&["phương", "án"], work("phương án")),
    (&["kế", "hoạch"], work("kế hoạch")),
];

/// Last syllables of the verbs that make a document.
const MAKES: &[&str] = &["dựng", "hành", "lập", "soạn", "đổi", "sung", "thiện", "duyệt", "mới"];

impl Wording {
    /// Reads a text. `names` are the proper names of the units whose plans are compared, as syllables: they fall away behind a level word.
    pub(super) fn read(text: &str, names: &[Vec<String>]) -> Self {
        let key = Key::new(text);
        let mut raw: Vec<(String, Shape)> = Vec::with_capacity(key.as_str().len() / 4);
        let mut out = Self::default();
        for chunk in key.as_str().split(' ') {
            chunk_into(chunk, &mut raw, &mut out);
        }
        out.numbers.sort_unstable();
        out.numbers.dedup();
        out.symbols.sort_unstable();
        out.symbols.dedup();
        (out.makes, out.papers) = papers(&raw);
        (out.syllables, out.ends) = weighed(raw, names);
        out
    }

    /// Returns the clauses, where there are several that say something.
    pub(super) fn clauses(&self) -> Vec<Self> {
        let mut out = Vec::new();
        let mut start = 0;
        for end in self.ends.iter().copied().chain([self.syllables.len()]) {
            let part = &self.syllables[start.min(end)..end];
            if part.iter().filter(|syllable| syllable.weight >= 1.0).count() >= 3 {
                out.push(Self { syllables: part.to_vec(), ..Self::default() });
            }
            start = end;
        }
        if out.len() > 1 { out } else { Vec::new() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Word,
    Number,
    /// Ends a phrase: bigrams and level phrases do not run over it.
    Break,
}

/// Reads one run without spaces.
fn chunk_into(chunk: &str, raw: &mut Vec<(String, Shape)>, out: &mut Wording) {
    let ends = chunk.ends_with([';', '.']);
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
    if bare.is_empty() {
        return;
    }
    if bare.starts_with(|c: char| c.is_ascii_digit()) || bare.contains('/') && bare.contains(|c: char| c.is_ascii_digit()) {
        let slashes = bare.matches('/').count();
        let letters = bare.contains(char::is_alphabetic);
        if letters && (slashes > 1 || slashes == 1 && bare.contains('-') || bare.contains("-nq") || bare.contains("-ct")) {
            out.symbols.push(bare.to_owned());
        } else if !letters && slashes == 0 && !is_year(bare) {
            let number = bare.trim_start_matches('0').to_owned();
            if !number.is_empty() {
                out.numbers.push(number.clone());
                raw.push((number, Shape::Number));
            }
        } else if letters && slashes == 0 {
            // `4g`, `3a`
            raw.push((bare.to_owned(), Shape::Word));
        }
    } else {
        let joined: String = bare.chars().filter(|c| c.is_alphanumeric()).collect();
        match SHORT.iter().find(|(short, _)| *short == joined) {
            Some((_, long)) => raw.extend(long.split(' ').map(|word| (word.to_owned(), Shape::Word))),
            None => {
                for part in bare.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
                    match SHORT.iter().find(|(short, _)| *short == part) {
                        Some((_, long)) => raw.extend(long.split(' ').map(|word| (word.to_owned(), Shape::Word))),
                        None => raw.push((part.to_owned(), Shape::Word)),
                    }
                }
            }
        }
    }
    if ends {
        raw.push((String::new(), Shape::Break));
    }
}

/// Says whether digits are a year, or several with dashes between them.
fn is_year(text: &str) -> bool {
    text.split('-').all(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
}

fn reads(raw: &[(String, Shape)], at: usize, phrase: &[&str]) -> bool {
    phrase.iter().enumerate().all(|(n, word)| raw.get(at + n).is_some_and(|(text, shape)| *shape == Shape::Word && text == word))
}

/// Returns the document that a text makes first, and the words of all that it names.
fn papers(raw: &[(String, Shape)]) -> (Option<Paper>, Vec<&'static str>) {
    let (mut makes, mut all) = (None, Vec::new());
    for at in 0..raw.len() {
        let Some((_, paper)) = PAPERS.iter().find(|(phrase, _)| reads(raw, at, phrase)) else { continue };
        // `Xây dựng và ban hành các Quy chế`
        let near = raw[at.saturating_sub(2)..at].iter().any(|(word, shape)| *shape == Shape::Word && MAKES.contains(&word.as_str()));
        if makes.is_none() && near {
            makes = Some(*paper);
        }
        if !all.contains(&paper.name) {
            all.push(paper.name);
        }
    }
    (makes, all)
}

/// Drops level words and unit names, and weighs the rest.
fn weighed(raw: Vec<(String, Shape)>, names: &[Vec<String>]) -> (Vec<Syllable>, Vec<usize>) {
    let mut weights: Vec<f32> = vec![1.0; raw.len()];
    let mut at = 0;
    while at < raw.len() {
        if let Some(end) = level_at(&raw, at, names) {
            weights[at..end].fill(0.0);
            at = end;
            continue;
        }
        if let Some(phrase) = FORMULAE.iter().find(|phrase| reads(&raw, at, phrase)) {
            weights[at..at + phrase.len()].fill(FORMULA);
            at += phrase.len();
            continue;
        }
        if raw[at].1 == Shape::Word && STOPS.contains(&raw[at].0.as_str()) {
            weights[at] = STOP;
        }
        at += 1;
    }
    let (mut out, mut ends) = (Vec::with_capacity(raw.len()), Vec::new());
    for ((text, shape), weight) in raw.into_iter().zip(weights) {
        match shape {
            Shape::Break => ends.push(out.len()),
            Shape::Word | Shape::Number if weight > 0.0 => out.push(Syllable { text, weight }),
            Shape::Word | Shape::Number => {}
        }
    }
    (out, ends)
}

/// Returns the end of a level word with the unit's name behind it; `None` where none stands.
fn level_at(raw: &[(String, Shape)], at: usize, names: &[Vec<String>]) -> Option<usize> {
    let phrase = LEVELS.iter().find(|phrase| reads(raw, at, phrase))?;
    let next = raw.get(at + phrase.len()).map_or("", |(text, _)| text.as_str());
    let before = at.checked_sub(1).and_then(|before| raw.get(before)).map_or("", |(text, _)| text.as_str());
    if phrase.len() == 1 && (NOT_LEVELS.contains(&(phrase[0], next)) || phrase[0] == "xã" && before == "tác") {
        return None;
    }
    let mut end = at + phrase.len();
    let name = names.iter().filter(|name| !name.is_empty()).find(|name| {
        let words: Vec<&str> = name.iter().map(String::as_str).collect();
        reads(raw, end, &words)
    });
    end += name.map_or(0, Vec::len);
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heavy(text: &str, names: &[&str]) -> String {
        let names: Vec<Vec<String>> = names.iter().map(|name| name.split(' ').map(str::to_owned).collect()).collect();
        let kept: Vec<String> = Wording::read(text, &names).syllables.into_iter().filter(|s| s.weight >= 1.0).map(|s| s.text).collect();
        kept.join(" ")
    }

    #[test]
    fn what_a_level_or_a_year_changes_falls_away() {
        let upper = heavy("Triển khai Đề án phổ biến pháp luật trên địa bàn tỉnh Thanh Hóa, giai đoạn 2022 - 2026", &["thanh hóa"]);
        let lower = heavy("Triển khai Đề án phổ biến pháp luật trên địa bàn huyện Hoằng Hóa năm 2023", &["hoằng hóa"]);
        assert_eq!(upper, lower);
        assert_eq!(heavy("Hợp tác xã và xã hội ở xã", &[]), "hợp tác xã xã hội");
    }

    #[test]
    fn symbols_amounts_and_abbreviations_are_read() {
        let read = Wording::read("Giải quyết TTHC đạt 98% theo Quyết định số 15/2020/QĐ-UBND ngày 20/5/2020, Quý IV/2023", &[]);
        assert_eq!(read.symbols, ["15/2020/qđ-ubnd"]);
        assert_eq!(read.numbers, ["98%"]);
        assert!(read.syllables.windows(2).any(|pair| pair[0].text == "thủ" && pair[1].text == "tục"));
    }
}
