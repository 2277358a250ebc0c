//! The head of a document: number, day, place, issuer, form, title, legal bases, articles, recipients, signature.
//!
//! Copies jumble the two columns of a heading, lose lines and put a web page's notes around it, so each line is known by its own words and not
//! by its place. What is found only in the notes of a web page is a doubt.

mod case;

pub(super) use self::case::Cases;
use self::case::capital;
use super::block::Place;
use super::doubt::Doubt;
use super::mark::{self, Mark};
use super::reading::{Article, Header, LegalBasis, Signer};
use crate::base::{Date, clean, even};
use crate::diag::{Code, msg};
use crate::value::{Citation, read_date, read_period, read_year};

/// A line of the head.
#[derive(Debug, Clone)]
pub(super) struct Flat {
    pub(super) text: String,
    pub(super) place: Place,
}

/// What a line of the head was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The head's.
    Head,
    /// Nothing that a head has.
    No,
    /// The first line of the text below.
    Body,
}

/// A head, read line by line.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) header: Header,
    /// Attributes that a web page notes: name and value.
    notes: Vec<(&'static str, String, Place)>,
    waiting: Option<&'static str>,
    issuer: Vec<String>,
    authority: String,
    title: Vec<String>,
    plan: Vec<String>,
    stage: Stage,
    decision: bool,
    planned: bool,
    kind: String,
    pub(super) attached: bool,
    /// What legal bases and proposer run on into (`UBND tỉnh ban hành Kế hoạch … như sau:`).
    pub(super) introduction: Vec<(String, Place)>,
    /// `Kính gửi` was read: a letter, whose text begins without a heading.
    letter: bool,
    /// A `Số:` whose value stands on the next line.
    number_next: bool,
}

/// What the next line may go on with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Top,
    Issuer,
    Title,
    Bases,
    Articles,
    Recipients,
    Signature,
    PlanTitle,
}

const NOTES: [(&str, &str); 5] =
    [("số hiệu", "number"), ("loại văn bản", "form"), ("nơi ban hành", "issuer"), ("ngày ban hành", "date"), ("người ký", "signer")];

impl Head {
    /// Says whether anything of a head was found.
    pub(super) fn has_begun(&self) -> bool {
        let said = !self.notes.is_empty() || self.letter;
        said || !self.header.number.is_empty()
            || !self.issuer.is_empty()
            || self.decision
            || self.planned
            || !self.header.legal_bases.is_empty()
    }

    /// Takes a line.
    pub(super) fn take(&mut self, line: &Flat) -> Taken {
        let text = clean(&line.text.replace('\n', " ")).into_owned();
        let low = even(&text);
        let bare = low.trim_matches([' ', ':', '.', '"']).to_owned();
        if text.is_empty() {
            return Taken::Head;
        }
        if text.len() > 20_000 {
            return if self.has_begun() { Taken::Body } else { Taken::No };
        }
        if self.note(&text, &low, line.place) {
            // kept with what no field takes: it is not the document's own
            return Taken::No;
        }
        if low.starts_with("cộng hòa xã hội") || low.starts_with("độc lập - tự do") || low.starts_with("độc lập tự do")
        {
            return Taken::Head;
        }
        if self.number(&text, &low) || self.day(&text, &low) {
            return Taken::Head;
        }
        let unmarked = text.trim_start_matches(['-', '–', '+', ' ']);
        if let Some(rest) = unmarked.strip_prefix("Căn cứ ").filter(|_| !matches!(self.stage, Stage::Articles | Stage::Recipients)) {
            self.bases(rest, line.place);
            self.stage = Stage::Bases;
            return Taken::Head;
        }
        for words in ["Theo đề nghị của ", "Xét đề nghị của ", "Theo đề nghị ", "Xét đề nghị "] {
            if let Some(rest) = text.strip_prefix(words).filter(|_| self.stage != Stage::Articles) {
                let (front, more) = split_issue(rest);
                front.trim_matches([' ', '.', ',', ';']).clone_into(&mut self.header.proposer);
                self.introduce(more, line.place);
                self.stage = Stage::Bases;
                return Taken::Head;
            }
        }
        if bare == "quyết định" {
            if self.header.articles.is_empty() && self.header.legal_bases.is_empty() {
                self.stage = Stage::Title;
            }
            self.decision = true;
            return Taken::Head;
        }
        if let Some((number, rest)) = article(&text) {
            self.article(number, rest, line.place);
            self.stage = Stage::Articles;
            return Taken::Head;
        }
        if is_form(&bare) {
            self.planned |= bare == "kế hoạch";
            if bare != "kế hoạch" {
                self.kind = capital(&bare);
            }
            self.stage = Stage::PlanTitle;
            return Taken::Head;
        }
        if low.starts_with("nơi nhận") {
            self.stage = Stage::Recipients;
            if let Some((_, rest)) = text.split_once(':') {
                self.recipient(rest);
            }
            return Taken::Head;
        }
        if low.starts_with("kính gửi") && self.header.articles.is_empty() {
            self.letter = true;
            // whom a letter addresses is kept with what no field takes
            return Taken::No;
        }
        if low.starts_with("(ban hành kèm") || low.starts_with("(kèm theo") {
            self.attached = true;
            self.stage = Stage::PlanTitle;
            text.clone_into(&mut self.header.attached);
            return Taken::Head;
        }
        let upper = is_upper(&text);
        if upper
            && (low.starts_with("chủ tịch ủy ban")
                || low.starts_with("chủ tịch uỷ ban")
                || low.starts_with("giám đốc sở")
                || low.starts_with("bộ trưởng bộ"))
        {
            text.clone_into(&mut self.authority);
            self.stage = Stage::Bases;
            return Taken::Head;
        }
        if self.signature(&text, &low, upper) {
            return Taken::Head;
        }
        if self.stage == Stage::Recipients
            && (matches!(mark::opening(&text).map(|m| m.mark), Some(Mark::Dash | Mark::Plus))
                || (text.chars().count() < 70 && text.ends_with([';', '.'])))
        {
            self.recipient(&text);
            return Taken::Head;
        }
        if upper && self.issuer_line(&text, &low) {
            return Taken::Head;
        }
        if self.titled(&text, &low, upper) {
            return Taken::Head;
        }
        let marked = mark::opening(&text).map(|marked| marked.mark);
        let ended = self.header.articles.last().is_some_and(|last| last.text.ends_with("./."));
        let inside = matches!(marked, Some(Mark::Number(_) | Mark::Letter(_) | Mark::Dash | Mark::Plus)) || text.chars().count() > 60;
        if self.stage == Stage::Articles && !ended && inside {
            // an article of several paragraphs
            if let Some(last) = self.header.articles.last_mut() {
                last.text.push('\n');
                last.text.push_str(&text);
            }
            self.responsible();
            return Taken::Head;
        }
        match marked {
            Some(Mark::Dash | Mark::Plus) if self.letter => return Taken::No,
            Some(Mark::Roman(_) | Mark::Capital(_) | Mark::Number(_)) if self.has_begun() => return Taken::Body,
            _ => {}
        }
        if low.starts_with("phần ") && self.has_begun() && text.chars().count() < 200 {
            return Taken::Body;
        }
        let long = text.chars().count() > 80 || text.ends_with([':', '.']);
        if long && (self.letter || self.planned || self.attached || self.stage == Stage::Bases) && self.has_begun() {
            return Taken::Body;
        }
        Taken::No
    }

    /// Reads recipients and signature that stand behind the text.
    pub(super) fn closing(&mut self, line: &Flat) -> bool {
        let text = clean(&line.text.replace('\n', " ")).into_owned();
        let low = even(&text);
        if low.starts_with("nơi nhận") {
            self.header.recipients.clear();
            self.stage = Stage::Recipients;
            if let Some((_, rest)) = text.split_once(':') {
                self.recipient(rest);
            }
            return true;
        }
        if !matches!(self.stage, Stage::Recipients | Stage::Signature) {
            return is_signature(&low) && is_upper(&text) && self.signature(&text, &low, true);
        }
        if self.signature(&text, &low, is_upper(&text)) {
            return true;
        }
        let item = matches!(mark::opening(&text).map(|m| m.mark), Some(Mark::Dash | Mark::Plus));
        if self.stage == Stage::Recipients && (item || (text.chars().count() < 70 && text.ends_with([';', '.']))) {
            self.recipient(&text);
            return true;
        }
        if self.stage == Stage::Recipients && text.starts_with(char::is_lowercase) && text.chars().count() < 70 {
            // `Ủy ban MTTQVN t` / `nh;`
            if let Some(last) = self.header.recipients.last_mut() {
                last.push(' ');
                last.push_str(text.trim_matches([' ', ';', '.']));
            }
            return true;
        }
        false
    }

    /// Reads an attribute that a web page notes; the value may stand in the next cell.
    pub(super) fn note(&mut self, text: &str, low: &str, place: Place) -> bool {
        if let Some(kind) = self.waiting.take()
            && !low.ends_with(':')
        {
            self.notes.push((kind, text.to_owned(), place));
            return true;
        }
        let bare = low.trim_start_matches(['-', '•', ' ']);
        let Some((_, kind)) =
            NOTES.iter().find(|(words, _)| bare.strip_prefix(words).is_some_and(|rest| rest.trim_start().starts_with(':')))
        else {
            let other = ["ngày hiệu lực", "tình trạng", "số công báo", "ngày công báo", "ngày đăng"];
            return other.iter().any(|words| bare.starts_with(words)) && bare.contains(':');
        };
        // one line may hold several: `Số hiệu: … Loại văn bản: …`
        let value = text.split_once(':').map_or("", |(_, rest)| rest).trim();
        let end = NOTES
            .iter()
            .chain(&[("ngày hiệu lực", ""), ("tình trạng", "")])
            .filter_map(|(words, _)| even(value).find(&format!("{words}:")))
            .min();
        let own = end.and_then(|end| value.get(..end)).unwrap_or(value).trim();
        if own.is_empty() {
            self.waiting = Some(*kind);
        } else {
            self.notes.push((*kind, own.to_owned(), place));
        }
        if let Some(rest) = end.and_then(|end| value.get(end..)) {
            self.note(rest, &even(rest), place);
        }
        true
    }

    fn number(&mut self, text: &str, low: &str) -> bool {
        let value = if std::mem::take(&mut self.number_next) {
            text
        } else {
            let Some(rest) = low.strip_prefix("số").and_then(|_| text.get("Số".len()..)) else { return false };
            let Some(rest) = rest.trim_start().strip_prefix(':').or_else(|| rest.strip_prefix(' ').filter(|rest| rest.contains('/')))
            else {
                return false;
            };
            rest
        };
        let value = value.trim().trim_end_matches([';', ',', '.']);
        if value.is_empty() {
            self.number_next = true;
            return true;
        }
        let number = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let symbol = number.split(" V/v").next().unwrap_or("").to_owned();
        if !symbol.contains('/') || symbol.chars().count() > 40 {
            return false;
        }
        if self.header.number.is_empty() {
            self.header.number = symbol.replace("/ ", "/");
        }
        true
    }

    fn day(&mut self, text: &str, low: &str) -> bool {
        let Some(at) = low.find("ngày") else { return false };
        let (front, behind) = (&low[..at], &low[at..]);
        if !behind.contains("tháng") || !behind.contains("năm") || behind.chars().count() > 45 || front.chars().count() > 40 {
            return false;
        }
        let Some(front) = text.get(..front.len()) else { return false };
        let place = front.trim_matches([' ', ',']);
        if !place.is_empty() && !place.starts_with(char::is_uppercase) {
            return false;
        }
        if self.header.place.is_empty() {
            place.clone_into(&mut self.header.place);
        }
        if self.header.date.is_none() {
            self.header.date = read_date(text.get(at..).unwrap_or(""));
        }
        if self.header.date.is_none() && self.header.year.is_none() {
            // a day left blank still tells the year of signing
            self.header.year = None;
        }
        true
    }

    fn bases(&mut self, text: &str, place: Place) {
        let (text, more) = split_issue(text);
        self.introduce(more, place);
        for part in documents(text) {
            let cited = Citation::find(&part);
            let first = cited.first();
            self.header.legal_bases.push(LegalBasis {
                number: first.and_then(|c| c.number.clone()).unwrap_or_default(),
                date: first.and_then(|c| c.date),
                text: part,
                origin: place,
            });
        }
    }

    /// Keeps the sentence that leads from the legal bases to the text.
    fn introduce(&mut self, text: &str, place: Place) {
        if !text.is_empty() {
            self.introduction.push((text.to_owned(), place));
        }
    }

    fn article(&mut self, number: &str, text: &str, place: Place) {
        self.header.articles.push(Article { number: number.to_owned(), text: text.to_owned(), origin: place });
        self.responsible();
    }

    fn responsible(&mut self) {
        let Some(last) = self.header.articles.last() else { return };
        if let Some(at) = even(&last.text).find("chịu trách nhiệm thi hành").or_else(|| even(&last.text).find("có trách nhiệm thi hành"))
            && let Some(front) = last.text.get(..at)
        {
            front.trim_matches([' ', ',', '.']).clone_into(&mut self.header.responsible);
        }
        if let Some(found) = Citation::find(&last.text)
            .into_iter()
            .find(|c| last.text.get(..c.range().start).is_some_and(|front| even(front).trim_end().ends_with("thay thế")))
        {
            self.header.replaces = found.number.unwrap_or_default();
        }
    }

    fn recipient(&mut self, text: &str) {
        let text = text.trim_start_matches(['-', '+', '•', '–', ' ']).trim_matches([' ', ';', '.']);
        if !text.is_empty() {
            self.header.recipients.push(text.to_owned());
        }
    }

    fn signature(&mut self, text: &str, low: &str, upper: bool) -> bool {
        if upper && is_signature(low) && self.stage != Stage::Top && self.stage != Stage::Issuer {
            let title = &mut self.header.signer.title;
            let line = text.trim_matches([' ', ',']);
            if self.stage != Stage::Signature || !self.header.signer.name.is_empty() {
                self.header.signer.name.clear();
                title.clear();
            }
            if !title.is_empty() {
                title.push('\n');
            }
            title.push_str(line);
            self.stage = Stage::Signature;
            return true;
        }
        if self.stage == Stage::Signature && self.header.signer.name.is_empty() && is_name(text) {
            text.clone_into(&mut self.header.signer.name);
            self.stage = Stage::Recipients;
            return true;
        }
        false
    }

    fn issuer_line(&mut self, text: &str, low: &str) -> bool {
        let opens = [
            "ủy ban nhân dân",
            "hội đồng nhân dân",
            "ubnd",
            "hđnd",
            "sở ",
            "bộ ",
            "ban ",
            "văn phòng",
            "thủ tướng",
            "chính phủ",
            "phòng ",
            "cục ",
            "tổng cục",
        ];
        let unit =
            ["tỉnh ", "huyện ", "thành phố ", "thị xã ", "quận ", "xã ", "phường ", "thị trấn "].iter().any(|word| low.starts_with(word));
        let begins = opens.iter().any(|word| low.starts_with(word)) && !low.starts_with("ban hành");
        let early = matches!(self.stage, Stage::Top | Stage::Issuer) && self.header.legal_bases.is_empty();
        if early && (begins || (unit && self.stage == Stage::Issuer) || (unit && self.issuer.is_empty())) && text.chars().count() < 90 {
            self.issuer.push(text.trim_matches([' ', '-', '_']).to_owned());
            self.stage = Stage::Issuer;
            return true;
        }
        false
    }

    fn titled(&mut self, text: &str, low: &str, upper: bool) -> bool {
        let short = text.chars().count() < 300;
        let form =
            ["kế hoạch ", "ban hành kế hoạch", "về việc ban hành", "v/v", "về việc", "ban hành "].iter().any(|word| low.starts_with(word));
        if !short || mark::opening(text).is_some() {
            return false;
        }
        let decision = self.stage == Stage::Title || (self.decision && self.header.articles.is_empty() && form);
        if decision && (upper || form || !self.title.is_empty() && text.chars().count() < 120) {
            self.title.push(text.to_owned());
            self.stage = Stage::Title;
            return true;
        }
        let named = text.starts_with("KẾ HOẠCH ") && self.plan.is_empty();
        let goes_on = self.stage == Stage::PlanTitle
            && text.starts_with(char::is_lowercase)
            && text.chars().count() < 150
            && !text.ends_with(['.', ':', ';']);
        let plan = named
            || self.stage == Stage::PlanTitle
            || (upper && matches!(self.stage, Stage::Signature | Stage::Recipients | Stage::Articles))
            || (form && upper);
        if plan
            && (named
                || goes_on
                || upper
                || (self.stage == Stage::PlanTitle
                    && self.plan.is_empty()
                    && text.chars().count() < 200
                    && !text.ends_with(['.', ':', ';'])))
        {
            if low.starts_with("kế hoạch ") {
                self.planned = true;
            }
            if form && self.title.is_empty() && low.starts_with("ban hành") {
                self.title.push(text.to_owned());
            } else {
                self.plan.push(text.to_owned());
                self.stage = Stage::PlanTitle;
            }
            return true;
        }
        false
    }

    /// Puts together what was found, with doubts about what was not.
    pub(super) fn finish(mut self, cases: &Cases) -> (Header, Vec<Doubt>) {
        let mut doubts = Vec::new();
        let noted = |kind: &str, doubts: &mut Vec<Doubt>, shown_vi: &str, shown_en: &str| {
            let found = self.notes.iter().find(|(name, ..)| *name == kind).map(|(_, value, place)| (value.clone(), *place));
            let (value, place) = found?;
            let message =
                msg!("{shown_vi} lấy từ phần ghi của trang mạng: “{value}”.", "{shown_en} was taken from a web page's notes: “{value}”.");
            doubts.push(Doubt::new(Code::KH5025, message).at(place).quote(value.clone()));
            Some(value)
        };
        let mut header = std::mem::take(&mut self.header);
        if header.number.is_empty() {
            header.number = noted("number", &mut doubts, "Số, ký hiệu", "The number").unwrap_or_default();
        }
        if header.date.is_none() && header.place.is_empty() {
            header.date = noted("date", &mut doubts, "Ngày ban hành", "The day").and_then(|value| Date::parse(&value));
        }
        let issuer = self.issuer.join(" ");
        header.issuer = cases.lowered(&whole_issuer(&issuer, &self.authority));
        // `Ủy ban nhân dân Tỉnh` in running text names no unit: before a name the type is small
        for word in ["Tỉnh", "Huyện", "Thành phố", "Thị xã", "Quận", "Xã", "Phường"] {
            header.issuer = header.issuer.replace(&format!(" {word} "), &format!(" {} ", even(word)));
        }
        if header.issuer.is_empty() {
            header.issuer = noted("issuer", &mut doubts, "Cơ quan ban hành", "The issuer").unwrap_or_default();
        }
        if header.signer.name.is_empty()
            && let Some(name) = noted("signer", &mut doubts, "Người ký", "Who signed")
        {
            header.signer = Signer { name, title: std::mem::take(&mut header.signer.title) };
        }
        header.authority = cases.lowered(&self.authority).replace("tịch ủy ban", "tịch Ủy ban");
        let symbol = header.number.clone();
        let decided = self.decision || symbol.contains("/QĐ-");
        header.form = if decided {
            "Quyết định ban hành kế hoạch".to_owned()
        } else if self.planned || symbol.contains("/KH-") || symbol.contains("-KH/") {
            "Kế hoạch".to_owned()
        } else if !self.kind.is_empty() {
            self.kind.clone()
        } else {
            noted("form", &mut doubts, "Loại văn bản", "The form").unwrap_or_default()
        };
        let printed = if self.plan.is_empty() { self.title.join(" ") } else { self.plan.join(" ") };
        header.title = untitled(&cases.lowered(&clean(&printed)));
        if header.title.is_empty() {
            header.title = untitled(&cases.lowered(&clean(&self.title.join(" "))));
        }
        (header.year, header.period) = years(&format!("{} {}", header.title, self.title.join(" ")));
        let missing = [
            (header.number.is_empty(), "số và ký hiệu", "number and symbol"),
            (header.date.is_none(), "ngày ban hành", "day of issue"),
            (header.issuer.is_empty(), "cơ quan ban hành", "issuer"),
            (header.title.is_empty(), "tiêu đề", "title"),
            (header.year.is_none() && header.period.is_none(), "năm của kế hoạch", "year of the plan"),
            (header.signer.name.is_empty(), "người ký", "signer"),
        ];
        for (_, vi, en) in missing.iter().filter(|(lacks, ..)| *lacks) {
            let message = msg!("Không tìm thấy {vi}. Bổ sung từ bản gốc.", "No {en} was found. Add it from the original.");
            doubts.push(Doubt::new(Code::KH5021, message));
        }
        (header, doubts)
    }
}

/// Returns the issuer with its unit; the line of the authority completes one that a copy cut.
fn whole_issuer(issuer: &str, authority: &str) -> String {
    let low = even(issuer);
    let named = ["tỉnh ", "huyện ", "thành phố ", "thị xã ", "quận ", " xã ", "phường ", "thị trấn ", "bộ ", "sở "]
        .iter()
        .any(|word| low.contains(word));
    if !issuer.is_empty() && named {
        return issuer.to_owned();
    }
    let low = even(authority);
    match low.find("ủy ban").or_else(|| low.find("uỷ ban")).or_else(|| low.find("sở ")).or_else(|| low.find("bộ ").filter(|at| *at > 0))
    {
        Some(at) => authority.get(at..).unwrap_or(authority).to_owned(),
        None => issuer.to_owned(),
    }
}

/// Takes the words that name the form off a title.
fn untitled(title: &str) -> String {
    let mut rest = title.trim();
    loop {
        let low = even(rest);
        let found = ["về việc ban hành", "ban hành", "kế hoạch", "v/v", "về việc"]
            .iter()
            .find(|word| low.starts_with(&format!("{word} ")) || low == **word);
        let Some(word) = found else { break };
        // `Kế hoạch` once, and what stood before it
        rest = rest.get(word.len()..).unwrap_or("").trim_start();
        if *word == "kế hoạch" {
            break;
        }
    }
    capital(rest.trim_matches([' ', '.', '"']))
}

/// Returns the plan's year, or its years.
fn years(title: &str) -> (Option<i16>, Option<(i16, i16)>) {
    let low = even(title);
    if let Some(at) = low.find("giai đoạn") {
        let behind: String = low[at + "giai đoạn".len()..].chars().take(30).collect();
        let words: Vec<&str> = behind.split_whitespace().collect();
        for count in (1..=words.len().min(6)).rev() {
            if let Some(period) = read_period(&words[..count].join(" ")) {
                return (None, Some(period));
            }
        }
    }
    let mut found = None;
    for (at, _) in low.match_indices("năm ") {
        let word: String = low[at + "năm ".len()..].chars().take_while(char::is_ascii_digit).collect();
        let until = low[..at].trim_end().ends_with("đến");
        if !until && let Some(year) = read_year(&word) {
            found = found.or(Some(year));
        }
    }
    (found, None)
}

/// Splits legal bases that one line lists: each begins with the type of a document.
fn documents(text: &str) -> Vec<String> {
    const TYPES: [&str; 14] = [
        "luật",
        "bộ luật",
        "pháp lệnh",
        "nghị quyết",
        "nghị định",
        "quyết định",
        "thông tư",
        "chỉ thị",
        "kế hoạch",
        "công văn",
        "thông báo",
        "chương trình",
        "kết luận",
        "thông tri",
    ];
    let mut out: Vec<String> = Vec::new();
    for part in text.split(';') {
        let part = part.trim_matches([' ', '.', ',']);
        if part.is_empty() {
            continue;
        }
        let low = even(part);
        let low = low.strip_prefix("căn cứ ").unwrap_or(&low);
        let begins = part.starts_with(char::is_uppercase) && TYPES.iter().any(|kind| low.starts_with(kind)) || part.starts_with("các ");
        match out.last_mut() {
            Some(last) if !begins => {
                last.push_str("; ");
                last.push_str(part);
            }
            Some(_) | None => out.push(part.strip_prefix("Căn cứ ").unwrap_or(part).to_owned()),
        }
    }
    out
}

/// Takes off what a legal basis runs on into (`…; Ủy ban nhân dân tỉnh ban hành Kế hoạch … như sau:`), and what that is.
fn split_issue(text: &str) -> (&str, &str) {
    let low = even(text);
    let at = ["; ủy ban nhân dân", "; ubnd", ", ubnd", ", ủy ban nhân dân", ". ubnd", ". ủy ban nhân dân"]
        .iter()
        .filter_map(|words| low.find(words))
        .filter(|at| low[*at..].contains("ban hành"))
        .min();
    match at.and_then(|at| text.split_at_checked(at)) {
        Some((front, rest)) => (front, rest.trim_start_matches([';', ',', '.', ' '])),
        None => (text, ""),
    }
}

/// Reads `Điều 1. …`.
fn article(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("Điều ").or_else(|| text.strip_prefix("ĐIỀU "))?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
    let behind = rest[end..].trim_start().strip_prefix(['.', ':'])?;
    Some((&rest[..end], behind.trim()))
}

fn is_form(bare: &str) -> bool {
    matches!(
        bare,
        "kế hoạch"
            | "chương trình"
            | "đề án"
            | "phương án"
            | "công văn"
            | "thông báo"
            | "chỉ thị"
            | "hướng dẫn"
            | "tờ trình"
            | "báo cáo"
    )
}

fn is_signature(low: &str) -> bool {
    let low = low.trim_start();
    [
        "tm.",
        "kt.",
        "tl.",
        "tuq.",
        "q.",
        "chủ tịch",
        "phó chủ tịch",
        "giám đốc",
        "phó giám đốc",
        "bộ trưởng",
        "thứ trưởng",
        "trưởng phòng",
        "thủ tướng",
        "trưởng ban",
        "chánh văn phòng",
        "nhân dân",
        "tổng cục trưởng",
        "cục trưởng",
        "phó trưởng",
        "ủy ban nhân dân",
    ]
    .iter()
    .any(|word| low.starts_with(word))
        && low.chars().count() < 90
}

/// Says whether a text is a person's name: two to five words, each with a capital.
fn is_name(text: &str) -> bool {
    let text = ["TS. ", "ThS. ", "Ths. ", "GS. ", "PGS. "].iter().fold(text, |text, word| text.strip_prefix(word).unwrap_or(text));
    let words: Vec<&str> = text.split(' ').collect();
    let cased = |word: &&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.all(|c| c.is_lowercase())
    };
    (2..=5).contains(&words.len()) && words.iter().all(cased)
}

fn is_upper(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters > 1 && capitals * 10 >= letters * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Header {
        let mut head = Head::default();
        for line in lines {
            head.take(&Flat { text: (*line).to_owned(), place: Place::default() });
        }
        head.finish(&Cases::default()).0
    }

    #[test]
    fn an_article_may_have_numbered_paragraphs() {
        let lines = [
            "QUYẾT ĐỊNH",
            "Số: 5/QĐ-UBND",
            "Điều 1. Ban hành Kế hoạch gồm:",
            "1. Mục tiêu.",
            "2. Nhiệm vụ.",
            "Điều 2. Các sở chịu trách nhiệm thi hành./.",
        ];
        let header = read(&lines);
        assert_eq!(
            header.articles.iter().map(|a| a.text.as_str()).collect::<Vec<_>>()[0],
            "Ban hành Kế hoạch gồm:\n1. Mục tiêu.\n2. Nhiệm vụ."
        );
        assert_eq!(header.responsible, "Các sở");
    }

    #[test]
    fn a_jumbled_heading_is_read_line_by_line() {
        let header = read(&[
            "ỦY BAN NHÂN DÂN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 12/QĐ-UBND",
            "An Bình, ngày 05 tháng 01 năm 2023",
            "BAN HÀNH KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2023",
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật Công nghệ thông tin năm 2006;",
            "Theo đề nghị của Giám đốc Sở Nội vụ.",
            "QUYẾT ĐỊNH:",
            "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi số năm 2023.",
            "Điều 2. Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.",
            "Nơi nhận:",
            "- Như Điều 2;",
            "- Lưu: VT.",
            "KT. CHỦ TỊCH",
            "PHÓ CHỦ TỊCH",
            "Trần Văn Bình",
        ]);
        assert_eq!(
            (header.number.as_str(), header.date.map(Date::iso).as_deref(), header.place.as_str()),
            ("12/QĐ-UBND", Some("2023-01-05"), "An Bình")
        );
        assert_eq!(header.issuer, "Ủy ban nhân dân tỉnh An Bình");
        assert_eq!(
            (header.form.as_str(), header.title.as_str(), header.year),
            ("Quyết định ban hành kế hoạch", "Chuyển đổi số năm 2023", Some(2023))
        );
        assert_eq!(
            header.legal_bases.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(),
            ["Luật Tổ chức chính quyền địa phương ngày 19/6/2015", "Luật Công nghệ thông tin năm 2006"]
        );
        assert_eq!((header.proposer.as_str(), header.responsible.as_str()), ("Giám đốc Sở Nội vụ", "Giám đốc các sở"));
        assert_eq!(header.recipients, ["Như Điều 2", "Lưu: VT"]);
        assert_eq!((header.signer.title.as_str(), header.signer.name.as_str()), ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Trần Văn Bình"));
    }
}
