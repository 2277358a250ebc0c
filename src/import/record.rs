//! A reading written as `.kh` in record mode: the plan as it stands, so that nothing of the document is lost.
//!
//! Takes a [`Reading`], gives text in the one layout: head, prose, appendices, tasks with their printed words and places, score tables. What
//! was uncertain stands as a comment above the block that it concerns, what was not understood as a comment where it stood. Never
//! corrects a word; where the words alone would be read otherwise than they were here, `Hiểu là` says how.

mod head;
mod prose;
mod remark;
mod score;
mod task;
mod tree;

use super::{Appendix, Place, Reading};
use crate::agency::Registry;
use crate::base::{Date, Year};
use crate::fmt;
use crate::syntax::ast::{Argument, Block, File, Keyword, Label};

/// What a person says of the document beside it.
#[derive(Debug, Clone, Copy)]
pub struct RecordOptions<'a> {
    /// The document's name, which `Nguồn` shows.
    pub file: &'a str,
    /// The name of the unit whose plan it is; `None` takes the issuer's.
    pub unit: Option<&'a str>,
    /// The plan's code; `None` makes one of the document's name.
    pub code: Option<&'a str>,
    /// The plan's year; `None` takes the document's.
    pub year: Option<Year>,
    /// The project's registry, which tells how the words will be read; `None` outside a project.
    pub registry: Option<&'a Registry>,
}

/// Returns the plan as `.kh` text in record mode.
pub fn record(reading: &Reading, options: &RecordOptions<'_>) -> String {
    let date = reading.header.date.unwrap_or_else(|| Date::first_of_year(options.year.or(reading.header.year).unwrap_or(2022)));
    let cx = Writer { reading, options, date };
    let mut blocks = vec![(Place::default(), head::block(&cx))];
    blocks.extend(prose::blocks(&cx, ""));
    for appendix in &reading.appendices {
        blocks.push((appendix.origin, cx.appendix(appendix)));
        let tasks = reading.tasks.iter().filter(|task| task.appendix == appendix.number);
        blocks.extend(tasks.map(|task| (task.origin, task::block(&cx, task))));
    }
    blocks.extend(score::blocks(&cx));
    tree::tell_codes_apart(&mut blocks);
    let mut tail = remark::put(reading, &mut blocks);
    for trivia in blocks.iter_mut().map(|(_, block)| &mut block.trivia).chain([&mut tail]) {
        trivia.comments.iter_mut().for_each(|comment| *comment = tree::one_line(comment));
    }
    let blocks = blocks.into_iter().map(|(_, block)| block).collect();
    fmt::format(&File { blocks, tail })
}

/// What all parts of the writer share.
struct Writer<'a> {
    reading: &'a Reading,
    options: &'a RecordOptions<'a>,
    /// The day as of which names will be looked up.
    date: Date,
}

impl Writer<'_> {
    /// Returns `phu-luc.docx, bảng 1, hàng 2, dòng 191`.
    fn origin(&self, place: Place) -> String {
        let mut out = self.options.file.to_owned();
        for (word, number) in [("bảng", place.table), ("hàng", place.row), ("cột", place.column), ("dòng", place.line)] {
            if number > 0 {
                out.push_str(&format!("{}{word} {number}", if out.is_empty() { "" } else { ", " }));
            }
        }
        out
    }

    fn appendix(&self, appendix: &Appendix) -> Block {
        let digits: String = appendix.number.chars().filter(char::is_ascii_digit).collect();
        let single = self.reading.appendices.len() == 1 && appendix.printed.is_empty();
        let place = self.reading.appendices.iter().position(|other| other == appendix).map_or(1, |at| at + 1);
        let number = match (single, digits.is_empty()) {
            (true, _) => Argument::None,
            (false, true) => tree::number(&place.to_string()),
            (false, false) => tree::number(&digits),
        };
        let mut out = tree::block(Keyword::Appendix, number, &appendix.caption);
        let called = tree::one_line(&appendix.name);
        if !called.is_empty() && called != "Phụ lục" {
            tree::put(&mut out, Label::CalledAs, &called);
        }
        tree::put(&mut out, Label::Numbering, &appendix.printed);
        tree::put(&mut out, Label::AttachedTo, &appendix.attached);
        tree::put(&mut out, Label::Focal, &appendix.focal);
        tree::put(&mut out, Label::Report, &appendix.report);
        let lines = self.reading.parts.iter().filter(|part| part.appendix == appendix.number && !appendix.number.is_empty());
        for part in lines {
            let words = [part.number.as_str(), part.title.as_str(), part.text.as_str()].map(tree::one_line);
            let words: Vec<&str> = words.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
            out.trivia.comments.push(format!("# {}", words.join(" ")));
        }
        out
    }
}
