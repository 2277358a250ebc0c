//! Lists of bodies as cells and lines write them, taken apart without a registry.
//!
//! Names hold commas and `và` (`Sở Văn hóa, Thể thao và Du lịch`, `Các sở, ban, ngành`), so a separator parts two bodies only where what
//! follows begins a name of its own. What stands behind a name is its duty; a class in front of a colon lends its first word to the short
//! names behind it.

mod vocabulary;

use self::vocabulary::{CLASSES, DUTIES, HEADS, NAME_GOES_ON, SECTORS, UNITS, WITH_COMMAS};
use super::column::{Role, holds, role};
use crate::base::{clean, even};

/// Bytes of a list; what is longer is no list of bodies, and stays as one.
const LONGEST: usize = 8_000;

/// One body of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// The name, as printed; completed where the list shortened it (`Sở Tài chính` behind `Các Sở: Nội vụ`).
    pub(super) name: String,
    /// What it does, as printed; empty where the list does not say.
    pub(super) duty: String,
    /// The role that a label in front says.
    pub(super) role: Option<Role>,
    /// The words are not surely one body.
    pub(super) doubtful: bool,
}

/// Returns the bodies of a cell or field, in order. `text` may have several lines.
pub(super) fn read(text: &str) -> Vec<Named> {
    if text.len() > LONGEST {
        return vec![Named { name: text.to_owned(), doubtful: true, ..Named::default() }];
    }
    let mut reader = Reader::default();
    for line in text.lines() {
        for item in items(line) {
            reader.item(&item);
        }
    }
    reader.out
}

/// Returns the role that a label names (`Cơ quan chủ trì tham mưu thực hiện`, `Sản phẩm`), for the words before a colon.
pub(super) fn label_role(words: &str) -> Option<Role> {
    if words.len() > 200 {
        return None;
    }
    let key = even(clean(words).trim_matches(['-', '+', ' ', '*', '(', '•']));
    let opens = [
        "cơ quan",
        "đơn vị",
        "sản phẩm",
        "kết quả",
        "thời gian",
        "thời hạn",
        "tiến độ",
        "kinh phí",
        "chủ trì",
        "phối hợp",
        "ghi chú",
        "hạn hoàn thành",
        "thời điểm",
        "nguồn kinh phí",
        "hoàn thành",
        "trách nhiệm",
        "đầu mối",
        "phân công",
        "dự kiến sản phẩm",
        "sản phẩm",
        "hạn",
    ];
    let fits = opens.iter().any(|word| key.starts_with(word) && holds(&key, word));
    if !fits || key.split(' ').count() > 9 {
        return None;
    }
    let found = role(&key).or_else(|| (key == "thực hiện").then_some(Role::Roles))?;
    let known = found.is_body() || matches!(found, Role::Product | Role::Deadline | Role::Budget | Role::Note);
    known.then_some(found)
}

/// Returns the role of a label that stands beside others, where that of the task itself is a label too (`Nội dung: …`).
pub(super) fn beside_role(words: &str) -> Option<Role> {
    if words.len() > 200 {
        return None;
    }
    let key = even(clean(words).trim_matches(['-', '+', ' ', '*', '(', '•']));
    let content = matches!(
        key.as_str(),
        "nội dung" | "nhiệm vụ" | "nội dung thực hiện" | "tên nhiệm vụ" | "nội dung công việc" | "nội dung nhiệm vụ"
    );
    label_role(words).or(content.then_some(Role::Content))
}

/// Says whether a text begins like the name of a body or a class of them.
pub(super) fn looks_like_body(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '+', '•', ' ', '–']);
    opens_body(text) || is_class(text) || label_role(text.split(':').next().unwrap_or("")).is_some_and(Role::is_body)
}

/// Takes a line apart at marks that always part items.
fn items(line: &str) -> Vec<String> {
    let line = clean(line);
    let bulleted = line.starts_with(['-', '+', '•']);
    let closed = brackets(&line);
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        if at < start || closed.iter().any(|range| range.contains(&at)) {
            continue;
        }
        let behind = line[at + c.len_utf8()..].trim_start();
        let bare = behind.trim_start_matches(['-', '+', ' ']);
        let listed = behind.starts_with("- ") || behind.starts_with("+ ");
        let parts = match c {
            ';' => true,
            '.' => listed || (line[at + 1..].starts_with(' ') && (opens_body(bare) || labelled(bare).is_some())),
            ',' => listed,
            '-' | '+' => {
                let before = &line[..at];
                bulleted
                    && at > 0
                    && before.ends_with(' ')
                    && !before.trim_end().ends_with("HĐND")
                    && line[at + 1..].starts_with(' ')
                    && behind.starts_with(|c: char| c.is_uppercase())
                    && opens_body(behind)
            }
            _ => false,
        };
        if parts {
            out.push(line[start..at].to_owned());
            start = at + c.len_utf8();
        }
    }
    out.push(line[start..].to_owned());
    let trimmed = |item: &String| item.trim_matches([' ', ';', ',', '.']).trim_start_matches(['-', '+', '•', ' ', '–']).trim().to_owned();
    out.iter().map(trimmed).filter(|item| !item.is_empty()).collect()
}

/// Returns the role of the label that opens a text, and what stands behind its colon.
fn labelled(text: &str) -> Option<(Role, &str)> {
    let (words, behind) = text.split_once(':')?;
    label_role(words).filter(|role| role.is_body()).map(|role| (role, behind.trim()))
}

#[derive(Default)]
struct Reader {
    role: Option<Role>,
    /// The word lent by a class before a colon.
    prefix: Option<String>,
    out: Vec<Named>,
}

impl Reader {
    fn item(&mut self, item: &str) {
        let mut item = item;
        if let Some((role, behind)) = labelled(item) {
            self.role = Some(role);
            self.prefix = None;
            // `Cơ quan tổng hợp: kiểm tra: Sở Nội vụ`
            item = match behind.split_once(':') {
                Some((verb, rest)) if verb.starts_with(char::is_lowercase) && verb.split(' ').count() <= 4 && !is_class(verb) => {
                    rest.trim()
                }
                _ => behind,
            };
            if item.is_empty() {
                return;
            }
        }
        if let Some((left, right)) = colon(item) {
            if is_class(left) && right.starts_with(|c: char| c.is_uppercase()) {
                self.prefix = first_class(left);
                self.names(right, "");
            } else {
                self.prefix = None;
                self.names(left, right);
            }
            return;
        }
        if opens_body(item) || is_class(item) {
            // a name with its own first word ends the short ones
            self.prefix = None;
        }
        let (front, duty) = duty(item);
        self.names(front, duty);
    }

    /// Takes one run of names apart; a duty belongs to all of them.
    fn names(&mut self, text: &str, duty_text: &str) {
        let mut last: Option<String> = None;
        for (piece, joined) in pieces(text, self.prefix.is_some()) {
            let piece = piece.trim_matches([' ', ',', '.', ';']);
            if piece.is_empty() {
                continue;
            }
            let (front, own) = duty(piece);
            let own = if own.is_empty() { duty_text } else { own };
            let whole = (opens_body(front) || is_class(front)) && !even(front).starts_with("cấp ");
            let name = match (&self.prefix, &last) {
                (Some(prefix), _) if !whole => format!("{prefix} {front}"),
                // `UBND cấp huyện, cấp xã`, `phòng Tư pháp, Tài chính`
                (None, Some(before)) if !whole => completed(before, front),
                _ => front.to_owned(),
            };
            let known = whole || self.prefix.is_some() || last.is_some();
            let doubtful = !known || joined;
            last = Some(name.clone());
            self.out.push(Named { name, duty: own.trim().to_owned(), role: self.role, doubtful });
        }
    }
}

/// Returns a short name with the word that the name before it lends.
fn completed(before: &str, short: &str) -> String {
    let low = even(short);
    if low.starts_with("cấp ") {
        let head = before.find("cấp ").map_or("", |at| before[..at].trim_end());
        return if head.is_empty() { short.to_owned() } else { format!("{head} {short}") };
    }
    let head = before.split(' ').next().unwrap_or("");
    if is_sector(short) && matches!(even(head).as_str(), "sở" | "phòng" | "ban") { format!("{head} {short}") } else { short.to_owned() }
}

/// Splits names at commas and `và` that part bodies. The flag says that a comma was left whose sides are not surely one name.
fn pieces(text: &str, prefixed: bool) -> Vec<(&str, bool)> {
    let closed = brackets(text);
    let inside = |at: usize| closed.iter().any(|range| range.contains(&at));
    let semicolons = text.contains(';');
    let mut out: Vec<(&str, bool)> = Vec::new();
    let mut start = 0;
    let mut left_over = false;
    let mut at = 0;
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else { break };
        let joint = match c {
            ',' if !inside(at) => Some(1),
            'v' if text[at..].starts_with("và ") && text[..at].ends_with(' ') && !inside(at) => Some("và ".len()),
            _ => None,
        };
        let Some(length) = joint else {
            at += c.len_utf8();
            continue;
        };
        let (left, right) = (text[start..at].trim(), text[at + length..].trim_start());
        let right = right.strip_prefix("và ").unwrap_or(right);
        match separates(left, right, c == ',', prefixed && !semicolons) {
            Verdict::Yes => {
                out.push((left, left_over));
                left_over = false;
                start = text.len() - right.len();
                at = start;
            }
            Verdict::No => at += length,
            Verdict::Unsure => {
                left_over = true;
                at += length;
            }
        }
    }
    out.push((text[start..].trim(), left_over));
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Yes,
    No,
    Unsure,
}

/// Says whether a comma or `và` between `left` and `right` parts two bodies.
fn separates(left: &str, right: &str, comma: bool, short_names: bool) -> Verdict {
    let low = even(right);
    if left.is_empty() {
        return Verdict::Yes;
    }
    // inside a duty nothing parts bodies but a name with its first word
    let in_duty = !duty(left).1.is_empty();
    if let Some(rest) = low.strip_prefix("cấp ") {
        let elided = comma && has_level(left) && UNITS.iter().any(|unit| holds(rest, unit) && rest.starts_with(unit));
        return if elided || (!comma && has_level(left)) { Verdict::Yes } else { Verdict::No };
    }
    // `Văn phòng HĐND và UBND huyện`, `Văn phòng Đoàn ĐBQH và HĐND tỉnh`
    let office =
        even(left).starts_with("văn phòng") && (left.ends_with("HĐND") || left.ends_with("ĐBQH") || left.ends_with("Hội đồng nhân dân"));
    if !comma && office && (low.starts_with("ubnd") || low.starts_with("hđnd") || low.starts_with("ủy ban")) {
        return Verdict::No;
    }
    // `Doanh nghiệp, Sở, ban, ngành có liên quan`: a class with its own first word
    if right.starts_with("Sở, ban") || right.starts_with("Sở, ngành") || right.starts_with("Các ") {
        return Verdict::Yes;
    }
    if bare_class(right) {
        // `Các sở, ban, ngành`: one class; behind a proper name another body
        let unit = UNITS.iter().any(|unit| low.starts_with(unit) && holds(&low, unit));
        let generic =
            ["cơ quan", "đơn vị", "địa phương", "tổ chức", "cá nhân", "doanh nghiệp", "đoàn thể"].iter().any(|word| low.starts_with(word));
        let capital = right.starts_with(char::is_uppercase) && comma && !is_class(left);
        return if !unit && (generic || capital) && !is_class_run(left) && !in_duty { Verdict::Yes } else { Verdict::No };
    }
    if opens_body(right) {
        return Verdict::Yes;
    }
    if in_duty {
        return Verdict::No;
    }
    if !comma {
        return Verdict::No;
    }
    if comma_name(left, right) {
        return Verdict::No;
    }
    if short_names || (is_sector(right) && ends_with_sector(left)) {
        return Verdict::Yes;
    }
    if is_class(left) || right.starts_with(char::is_lowercase) { Verdict::No } else { Verdict::Unsure }
}

/// Says whether `left, right` lies inside one name that has commas of its own.
fn comma_name(left: &str, right: &str) -> bool {
    let joined = even(&format!("{left}, {right}"));
    let comma = even(left).len();
    WITH_COMMAS.iter().any(|name| {
        joined.match_indices(name).any(|(at, _)| {
            at < comma && comma < at + name.len() && joined[at + name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
        })
    })
}

fn is_sector(text: &str) -> bool {
    let low = even(text);
    SECTORS.iter().chain(WITH_COMMAS).any(|sector| low.starts_with(sector) && holds(&low, sector))
}

fn ends_with_sector(text: &str) -> bool {
    let low = even(text);
    let name = low.split_once(' ').map_or("", |(_, rest)| rest);
    is_sector(&low) || is_sector(name)
}

/// Says whether a text begins with a body's name: `Sở Nội vụ`, `phòng Tư pháp`, `UBND cấp xã`, `các cơ quan liên quan`.
pub(super) fn opens_body(text: &str) -> bool {
    let text = front(text.trim_start());
    let low = even(text);
    if let Some(rest) = low.strip_prefix("các ").or_else(|| low.strip_prefix("những ")).or_else(|| low.strip_prefix("toàn thể ")) {
        let noun = |list: &[&str]| list.iter().any(|word| rest.starts_with(word) && holds(rest, word));
        return noun(CLASSES) && !rest.starts_with("khu ") && !rest.starts_with("cụm ") || noun(HEADS);
    }
    HEADS.iter().filter(|head| low.starts_with(*head)).any(|head| {
        let behind = &low[head.len()..];
        if behind.chars().next().is_some_and(char::is_alphanumeric) {
            return false;
        }
        let printed = text.get(head.len()..).map_or("", str::trim_start);
        let capital = text.starts_with(char::is_uppercase);
        let proper = printed.starts_with(|c: char| c.is_uppercase());
        let level = UNITS.iter().chain(&["cấp", "các", "nhân dân", "nhà nước", "xã hội", "quản lý", "trung ương"]);
        let placed = level.into_iter().any(|word| behind.trim_start().starts_with(word));
        // `Báo chí`, `Thuế suất` and other words that only begin so
        let common =
            matches!(*head, "báo" | "hội" | "đoàn" | "tổ" | "thuế" | "quỹ" | "trưởng" | "bộ" | "vụ" | "đội" | "trạm" | "hải quan" | "các");
        if common { capital && proper || placed && capital && !matches!(*head, "thuế" | "quỹ") } else { proper || placed || capital }
    })
}

/// The front of a text: as much as a name's first words take.
fn front(text: &str) -> &str {
    text.char_indices().nth(120).map_or(text, |(at, _)| &text[..at])
}

/// Says whether a text is a class of bodies and not one of them.
fn is_class(text: &str) -> bool {
    let low = even(front(text.trim_start()));
    let quantified = ["các ", "những ", "toàn thể ", "một số ", "tất cả "].iter().any(|word| low.starts_with(word));
    quantified || bare_class(text)
}

/// Says whether the running piece is a class, so that more of its nouns may follow.
fn is_class_run(left: &str) -> bool {
    let low = even(left);
    is_class(left) || holds(&low, "các") && UNITS.iter().any(|unit| holds(&low, unit))
}

/// Says whether a text begins with a class noun that stands by itself: `ban, ngành`, `ngành liên quan`, not `Ban Quản lý`.
fn bare_class(text: &str) -> bool {
    let text = front(text);
    let low = even(text);
    let nouns = CLASSES.iter().filter(|noun| low.starts_with(*noun));
    let longest = nouns.max_by_key(|noun| noun.len());
    let Some(noun) = longest else { return false };
    let Some(behind) = text.get(noun.len()..) else { return false };
    if behind.chars().next().is_some_and(char::is_alphanumeric) {
        return false;
    }
    let behind = behind.trim_start();
    // the type of a unit may have the unit's name behind it
    let unit = UNITS.contains(noun);
    behind.is_empty() || !behind.starts_with(|c: char| c.is_uppercase()) || unit || behind.starts_with("Trung ương")
}

/// Returns the noun that a class lends to short names, in the singular.
fn first_class(class: &str) -> Option<String> {
    let low = even(class);
    let bare = ["các ", "những "].iter().find_map(|word| low.strip_prefix(word)).unwrap_or(&low);
    let lenders = ["sở", "phòng", "cục", "vụ", "chi cục", "ban", "viện", "bộ", "trung tâm", "hội"];
    let noun = lenders.iter().filter(|noun| bare.starts_with(*noun) && holds(bare, noun)).max_by_key(|noun| noun.len())?;
    let mut chars = noun.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// Takes a name and what stands behind its colon apart, brackets aside.
fn colon(text: &str) -> Option<(&str, &str)> {
    let closed = brackets(text);
    let at = text.char_indices().find(|(at, c)| *c == ':' && !closed.iter().any(|range| range.contains(at)))?.0;
    let (left, right) = (text[..at].trim(), text[at + 1..].trim());
    (!left.is_empty() && !right.is_empty()).then_some((left, right))
}

/// Takes a name and its duty apart: `Phòng Nội vụ chủ trì, phối hợp với …`.
fn duty(text: &str) -> (&str, &str) {
    let closed = brackets(text);
    for word in crate::base::words(text) {
        if word.start == 0 || closed.iter().any(|range| range.contains(&word.start)) {
            continue;
        }
        let rest = &text[word.start..];
        let opens =
            DUTIES.iter().any(|duty| rest.starts_with(duty) && rest[duty.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric()));
        if !opens {
            continue;
        }
        let front = text[..word.start].trim_end();
        let low = even(front);
        let goes_on = front.ends_with([',', '-', '/']) || NAME_GOES_ON.iter().any(|end| low.ends_with(&format!(" {end}")) || low == *end);
        if goes_on {
            // what follows is part of the name or of a list of verbs in it
            return (text, "");
        }
        return (front, rest);
    }
    (text, "")
}

fn has_level(text: &str) -> bool {
    holds(&even(text), "cấp")
}

/// Returns what stands in round brackets, brackets included.
fn brackets(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'(', None) => open = Some(at),
            (b')', Some(start)) => {
                out.push(start..at + 1);
                open = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        read(text).into_iter().map(|body| body.name).collect()
    }

    #[test]
    fn commas_inside_names_and_classes_part_nothing() {
        assert_eq!(
            names("- Sở Văn hóa, Thể thao và Du lịch;\n- Cơ quan liên quan."),
            ["Sở Văn hóa, Thể thao và Du lịch", "Cơ quan liên quan"]
        );
        assert_eq!(
            names("Văn phòng UBND tỉnh, các Sở, Ban, ngành, UBND cấp huyện"),
            ["Văn phòng UBND tỉnh", "các Sở, Ban, ngành", "UBND cấp huyện"]
        );
        assert_eq!(names("Các Sở, Ban ngành, UBND cấp huyện"), ["Các Sở, Ban ngành", "UBND cấp huyện"]);
        assert_eq!(names("UBND các huyện, thị xã, thành phố"), ["UBND các huyện, thị xã, thành phố"]);
        assert_eq!(names("UBND cấp huyện, các Sở, Ban, ngành liên quan"), ["UBND cấp huyện", "các Sở, Ban, ngành liên quan"]);
        assert_eq!(names("Sở Nội vụ và cơ quan, đơn vị liên quan."), ["Sở Nội vụ", "cơ quan, đơn vị liên quan"]);
        assert_eq!(
            names("Sở Kế hoạch và Đầu tư; Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp tỉnh; UBND thành phố Quảng Ngãi."),
            ["Sở Kế hoạch và Đầu tư", "Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp tỉnh", "UBND thành phố Quảng Ngãi"]
        );
        assert_eq!(names("Các sở, ban, ngành và UBND cấp huyện."), ["Các sở, ban, ngành", "UBND cấp huyện"]);
        assert_eq!(names("Văn phòng HĐND và UBND huyện và các phòng"), ["Văn phòng HĐND và UBND huyện", "các phòng"]);
        assert_eq!(names("Doanh nghiệp, Sở, ban, ngành có liên quan"), ["Doanh nghiệp", "Sở, ban, ngành có liên quan"]);
        assert_eq!(names("Các tổ chức, cá nhân có liên quan."), ["Các tổ chức, cá nhân có liên quan"]);
    }

    #[test]
    fn short_names_are_completed() {
        assert_eq!(
            names(
                "Các sở, ngành cấp tỉnh: Lao động- TB&XH, Xây dựng; Tài chính; Văn hóa, Thể thao và Du lịch, Sở Nông nghiệp và PTNT; Văn phòng UBND tỉnh; Thanh tra tỉnh; Ban Dân tộc."
            ),
            [
                "Sở Lao động- TB&XH",
                "Sở Xây dựng",
                "Sở Tài chính",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Sở Nông nghiệp và PTNT",
                "Văn phòng UBND tỉnh",
                "Thanh tra tỉnh",
                "Ban Dân tộc"
            ]
        );
        assert_eq!(names("- UBND cấp huyện, cấp xã."), ["UBND cấp huyện", "UBND cấp xã"]);
        assert_eq!(
            names(
                "Các Cục: Bản quyền tác giả; Phát thanh truyền hình và Thông tin điện tử; Xuất bản, In và Phát hành; Báo chí; Du lịch Quốc gia Việt Nam. Vụ Kế hoạch, Tài chính."
            ),
            [
                "Cục Bản quyền tác giả",
                "Cục Phát thanh truyền hình và Thông tin điện tử",
                "Cục Xuất bản, In và Phát hành",
                "Cục Báo chí",
                "Cục Du lịch Quốc gia Việt Nam",
                "Vụ Kế hoạch, Tài chính"
            ]
        );
    }

    #[test]
    fn labels_and_duties_are_told_from_names() {
        let read = read(
            "- Cơ quan thực hiện: Các sở, ban, ngành cấp tỉnh; UBND cấp xã; các cơ quan liên quan; - Cơ quan tổng hợp: kiểm tra: Sở Nội vụ.",
        );
        let shown: Vec<(&str, Option<Role>)> = read.iter().map(|body| (body.name.as_str(), body.role)).collect();
        assert_eq!(
            shown,
            [
                ("Các sở, ban, ngành cấp tỉnh", Some(Role::Roles)),
                ("UBND cấp xã", Some(Role::Roles)),
                ("các cơ quan liên quan", Some(Role::Roles)),
                ("Sở Nội vụ", Some(Role::Synthesiser))
            ]
        );
        let duty = super::read("- Phòng Nội vụ chủ trì, phối hợp với các phòng, ban, ngành cấp huyện;\n- UBND cấp xã.");
        assert_eq!(
            (duty[0].name.as_str(), duty[0].duty.as_str()),
            ("Phòng Nội vụ", "chủ trì, phối hợp với các phòng, ban, ngành cấp huyện")
        );
        assert_eq!(duty[1].name, "UBND cấp xã");
        assert_eq!(names("Các đơn vị được giao thực hiện TTHC"), ["Các đơn vị được giao thực hiện TTHC"]);
        assert_eq!(
            names("- Bộ phận tiếp nhận và trả kết quả huyện;\n- Các phòng, ban ngành cấp huyện;"),
            ["Bộ phận tiếp nhận và trả kết quả huyện", "Các phòng, ban ngành cấp huyện"]
        );
        assert_eq!(names("các Ban Quản lý dự án đầu tư xây dựng cấp tỉnh."), ["các Ban Quản lý dự án đầu tư xây dựng cấp tỉnh"]);
    }
}
