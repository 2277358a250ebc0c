//! A text as tokens: what of it does not depend on the plans that are compared, read once for all of them.

use std::sync::Arc;

use crate::base::{Key, Memo};

/// A text's tokens, and what the whole of it names.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// The whole text, folded.
    pub(super) key: Key,
    /// Syllables and numbers in order, with the ends of clauses between them.
    pub(super) list: Vec<Token>,
    /// Amounts (`98%`, `120`), sorted, each once.
    pub(super) numbers: Vec<String>,
    /// Symbols of cited documents (`15/2020/qđ-ubnd`), sorted, each once.
    pub(super) symbols: Vec<String>,
    /// The first document that it makes (`Xây dựng Quy chế …`).
    pub(super) makes: Option<Paper>,
    /// Words of all kinds of document that it names.
    pub(super) papers: Vec<&'static str>,
}

/// A syllable, a number or the end of a clause.
#[derive(Debug)]
pub(super) struct Token {
    /// Folded, lower case; empty for the end of a clause.
    pub(super) text: Arc<str>,
    pub(super) shape: Shape,
    pub(super) opens: Opens,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Word,
    Number,
    /// Ends a clause: bigrams and level phrases do not run over it.
    Break,
}

/// What begins at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    /// A level word of so many tokens.
    Level(usize),
    /// A formula of so many tokens.
    Formula(usize),
    /// A word that says nothing alone.
    Stop,
    Nothing,
}

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

impl Tokens {
    /// Reads a text.
    pub(super) fn of(text: &str) -> Arc<Self> {
        static KNOWN: Memo<(), Arc<Tokens>> = Memo::new();
        KNOWN.answer((), text, || Arc::new(Self::read(text)))
    }

    fn read(text: &str) -> Self {
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
        let opens: Vec<Opens> = (0..raw.len()).map(|at| opens(&raw, at)).collect();
        out.key = key;
        out.list = raw.into_iter().zip(opens).map(|((text, shape), opens)| Token { text: text.into(), shape, opens }).collect();
        out
    }
}

/// Reads one run without spaces.
fn chunk_into(chunk: &str, raw: &mut Vec<(String, Shape)>, out: &mut Tokens) {
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

fn opens(raw: &[(String, Shape)], at: usize) -> Opens {
    let length = |list: &[&[&str]]| list.iter().find(|phrase| reads(raw, at, phrase)).map(|phrase| phrase.len());
    if let Some(length) = length(LEVELS).filter(|length| *length > 1 || !is_no_level(raw, at)) {
        return Opens::Level(length);
    }
    match length(FORMULAE) {
        Some(length) => Opens::Formula(length),
        None if raw[at].1 == Shape::Word && STOPS.contains(&raw[at].0.as_str()) => Opens::Stop,
        None => Opens::Nothing,
    }
}

/// Says whether a single level word is a part of another word.
fn is_no_level(raw: &[(String, Shape)], at: usize) -> bool {
    let text = |at: usize| raw.get(at).map_or("", |(text, _)| text.as_str());
    let before = at.checked_sub(1).map_or("", text);
    NOT_LEVELS.contains(&(text(at), text(at + 1))) || text(at) == "xã" && before == "tác"
}
