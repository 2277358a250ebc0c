//! KH2021: rows of an appendix that the narrative does not tell, and the reverse, in a plan that writes out its tasks twice.
//!
//! The narrative of an appendix is any run of items of which at least half tell its rows: headings may be worded otherwise, or be lost.

use super::Subject;
use crate::base::{Loc, even, words};
use crate::diag::{Code, Diagnostic, Message, Severity, msg};
use crate::model::{Appendix, Code as TaskCode, Part, Task};
use crate::value::Citation;

/// Share of the shorter text's words from which an item tells a row, and of its neighbouring words.
const TELLS: (f64, f64) = (0.6, 0.4);

/// Share of the words of one member of a list within an item.
const MEMBER: (f64, f64) = (0.75, 0.5);

/// What an item of another list must share to tell a row.
const SAME: (f64, f64) = (0.8, 0.6);

/// One row in so many may be left untold: where more are, the narrative is of other things.
const SELDOM: usize = 3;

/// Fewest members that make an item a list (`các quy định về: đất đai; xây dựng; khen thưởng`).
const MEMBERS: usize = 3;

/// Words of a text, each once, and its pairs of neighbours.
struct Bag {
    words: Vec<String>,
    pairs: Vec<String>,
}

/// An item of the narrative.
struct Item<'a> {
    bag: Bag,
    /// What it lists behind a colon; empty where it lists nothing.
    members: Vec<(&'a str, Bag)>,
    text: &'a str,
    loc: Loc,
    tied: &'a [TaskCode],
    /// The heading above it, its PHẦN, and its run of items below one heading.
    heading: &'a str,
    place: String,
    run: usize,
}

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let tasks = on.tasks();
    let appendices = &on.derivation.content.appendices;
    let is_listed = |appendix: &Appendix| !appendix.group && appendix.scores.is_none() && on.holds(appendix.loc);
    if !appendices.iter().any(is_listed) {
        return;
    }
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut runs = 0;
    let mut duties = false;
    on.each_part(|part, place| {
        // who does what in carrying a plan out is told by body, not by task
        if part.depth == 1 {
            duties = even(&part.text).contains("tổ chức thực hiện");
        }
        if !duties {
            gather(on, part, place, &mut runs, &mut items);
        }
    });
    let rows: Vec<Bag> = tasks.iter().map(|task| Bag::new(content(task))).collect();
    let tells = |item: &Item<'_>, row: usize| {
        if !item.tied.is_empty() {
            return item.tied.contains(&tasks[row].code);
        }
        item.bag.tells(&rows[row], TELLS) || item.members.iter().any(|(_, member)| member.stands_in(&rows[row]))
    };
    let own = |appendix: usize| (0..rows.len()).filter(move |row| tasks[*row].appendix == Some(appendix));
    let listed: Vec<usize> = (0..appendices.len()).filter(|at| is_listed(&appendices[*at])).collect();
    // each run tells the rows of one appendix: that of which it tells the most
    let narrated: Vec<Option<usize>> = (0..runs)
        .map(|run| {
            let all = items.iter().filter(|item| item.run == run).count();
            let told = |appendix: usize| {
                let told = |item: &&Item<'_>| item.run == run && own(appendix).any(|row| tells(item, row));
                items.iter().filter(told).count()
            };
            let best = listed.iter().map(|appendix| (told(*appendix), *appendix)).max_by_key(|(told, at)| (*told, usize::MAX - at))?;
            (best.0 >= 2 && 2 * best.0 >= all).then_some(best.1)
        })
        .collect();
    for index in listed {
        let is_narrative = |item: &&Item<'_>| narrated[item.run] == Some(index);
        let Some(first) = items.iter().find(is_narrative) else { continue };
        // elsewhere only what says nearly the same tells a row: a long sentence holds the words of many
        let told = |row: usize| {
            let elsewhere = |item: &Item<'_>| item.place == first.place && item.bag.tells(&rows[row], SAME);
            items.iter().any(|item| if is_narrative(&item) { tells(item, row) } else { elsewhere(item) })
        };
        let untold: Vec<usize> = own(index).filter(|row| !told(*row)).collect();
        // a narrative that tells in other words, or of other things, is not a list of the rows
        if SELDOM * untold.len() > own(index).count() {
            continue;
        }
        let place = appendices[index].place();
        let mut summed_up = 0;
        for item in items.iter().filter(is_narrative).filter(|item| item.tied.is_empty()) {
            if !(0..rows.len()).any(|row| tells(item, row)) {
                out.push(item_note(on, item, item.text, &place));
                continue;
            }
            let is_absent =
                |member: &Bag| !rows.iter().any(|row| member.words.len() < 2 || member.stands_in(row) || member.tells(row, TELLS));
            let absent: Vec<&str> = item.members.iter().filter(|(_, member)| is_absent(member)).map(|(text, _)| *text).collect();
            // what is listed within one task is its detail; a list of tasks has rows for several of its members
            let told = item.members.iter().filter(|(_, member)| rows.iter().any(|row| member.stands_in(row))).count();
            if !absent.is_empty() && told > 1 {
                summed_up += absent.len();
                let mut note = item_note(on, item, &absent.join("; "), &place);
                note.severity = Severity::Info;
                out.push(note);
            }
        }
        // what a list sums up in a word or two may be the rows that nothing else tells
        if untold.len() > summed_up {
            out.extend(untold.into_iter().map(|row| row_note(on, &tasks[row], &place, first.heading)));
        }
    }
}

fn content(task: &Task) -> &str {
    task.fields.content.as_ref().map_or("", |piece| piece.value.as_str())
}

fn row_note(on: &Subject<'_>, task: &Task, place: &str, title: &str) -> Diagnostic {
    let code = &task.code.text;
    on.note(
        Code::KH2021,
        task.code.loc,
        msg!("{code} có trong {place} mà phần “{title}” không nêu", "{code} stands in {place}, but “{title}” does not tell it"),
        code,
    )
    .help(both_ways())
    .quote(content(task))
}

fn item_note(on: &Subject<'_>, item: &Item<'_>, text: &str, place: &str) -> Diagnostic {
    let said = short(text);
    on.note(
        Code::KH2021,
        item.loc,
        msg!("“{said}” có trong phần nội dung mà {place} không có", "“{said}” is told, but {place} has no such row"),
        place,
    )
    .help(both_ways())
    .quote(text)
}

fn both_ways() -> Message {
    msg!("Nêu nhiệm vụ ở cả hai nơi, hoặc bỏ ở nơi thừa", "Tell the task in both places, or remove it from one")
}

/// Adds what stands directly below a part and has nothing below itself: items in runs, which a heading or a list that begins anew parts.
fn gather<'a>(on: &Subject<'_>, part: &'a Part, place: &str, runs: &mut usize, items: &mut Vec<Item<'a>>) {
    *runs += 1;
    // objectives are told once, and are no tasks
    let aims = even(&part.text);
    if ["mục tiêu", "chỉ tiêu", "mục đích", "yêu cầu"].iter().any(|word| aims.contains(word)) {
        return;
    }
    for below in &part.below {
        // generated prose lists the rows by itself
        if !below.below.is_empty() || below.text.contains('{') || !on.wrote(&below.origin) {
            *runs += 1;
            continue;
        }
        let (mark, text) = typed(below);
        if mark == "a" {
            *runs += 1;
        }
        let bag = Bag::new(text);
        // a short line is a heading or a target; one in brackets, about the appendices or about the money for all is a remark
        let low = even(text);
        let remark = low.starts_with('(') || low.contains("phụ lục") || low.starts_with("kinh phí");
        if bag.words.len() < 6 || remark {
            continue;
        }
        let item = Item {
            bag,
            members: members(text),
            text,
            loc: below.origin.stated,
            tied: &below.tied,
            heading: &part.text,
            place: place.to_owned(),
            run: *runs - 1,
        };
        items.push(item);
    }
    *runs += 1;
}

/// Returns the letter that an item bears, typed or kept, and its words.
fn typed(part: &Part) -> (&str, &str) {
    if let Some(number) = &part.printed_number {
        return (number.trim_end_matches([')', '.']), &part.text);
    }
    match part.text.split_once(") ") {
        Some((mark, text)) if mark.chars().count() == 1 => (mark, text),
        Some(_) | None => ("", &part.text),
    }
}

/// Returns what a text lists behind its first colon.
fn members(text: &str) -> Vec<(&str, Bag)> {
    let Some((_, list)) = text.split_once(':') else { return Vec::new() };
    let list: Vec<&str> = list.split(';').map(|member| member.trim().trim_end_matches('.')).filter(|member| !member.is_empty()).collect();
    if list.len() < MEMBERS { Vec::new() } else { list.into_iter().map(|member| (member, Bag::new(member))).collect() }
}

impl Bag {
    fn new(text: &str) -> Self {
        // what a document is cited by says nothing of the task
        let mut text = text.to_owned();
        for citation in Citation::find(&text).iter().rev() {
            text.replace_range(citation.range(), " ");
        }
        let low = even(&text);
        let list: Vec<&str> = words(&low).into_iter().map(|range| &low[range]).collect();
        let pairs = list.windows(2).map(|pair| pair.join(" ")).collect();
        let words = list.into_iter().map(str::to_owned).collect();
        Self { words: once(words), pairs: once(pairs) }
    }

    /// Says whether the shorter of two texts stands in the other.
    fn tells(&self, other: &Self, (word, pair): (f64, f64)) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        share(&short.words, &long.words) >= word && share(&short.pairs, &long.pairs) >= pair
    }

    fn stands_in(&self, row: &Self) -> bool {
        self.words.len() > 1
            && share(&self.words, &row.words) >= MEMBER.0
            && (self.pairs.is_empty() || share(&self.pairs, &row.pairs) >= MEMBER.1)
    }
}

fn once(mut list: Vec<String>) -> Vec<String> {
    list.sort_unstable();
    list.dedup();
    list
}

/// Returns the share of a list that stands in another, which is sorted.
fn share(list: &[String], other: &[String]) -> f64 {
    if list.is_empty() {
        return 0.0;
    }
    list.iter().filter(|word| other.binary_search(word).is_ok()).count() as f64 / list.len() as f64
}

fn short(text: &str) -> String {
    let list: Vec<&str> = text.split_whitespace().collect();
    if list.len() <= 10 { text.to_owned() } else { format!("{} …", list[..10].join(" ")) }
}
