//! The tagged values of a document, as its lines print them: what an edited document is compared with.

use super::{Cell, Mark, PartView, PlanView};

/// A value of the plan where a document prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The tag, as [`crate::model::Tag::text`] gives it.
    pub tag: String,
    /// The number or mark in front of the line (`1.`, `a)`, `-`); empty for most.
    pub mark: String,
    /// The whole line, without that mark.
    pub line: String,
    /// First byte of the value in the line.
    pub start: usize,
    /// The byte behind its last one; `start` where the value is not stated.
    pub end: usize,
}

impl Printed {
    /// Returns the value's words.
    pub fn value(&self) -> &str {
        self.line.get(self.start..self.end).unwrap_or("")
    }
}

/// Returns all tagged values of a plan's document in its order. A tag may stand several times.
pub fn tagged(view: &PlanView) -> Vec<Printed> {
    let mut out = Vec::new();
    let mut add = |before: &str, line: &str, marks: &[Mark]| {
        out.extend(marks.iter().map(|mark| Printed {
            tag: mark.tag.clone(),
            mark: before.to_owned(),
            line: line.to_owned(),
            start: mark.start,
            end: mark.end,
        }));
    };
    add("", &view.heading.number, &view.heading.number_marks);
    add("", &view.heading.place_date, &view.heading.date_marks);
    add("", &view.title.subject, &view.title.marks);
    for (line, marks) in view.bases.iter().zip(&view.basis_marks) {
        add("", line, marks);
    }
    for (line, marks) in view.opening.iter().zip(&view.opening_marks) {
        add("", line, marks);
    }
    for article in &view.articles {
        add(&article.label, &article.text, &article.marks);
    }
    let signature = &view.signature;
    let of_lines = |lines: &[String], marks: &[Mark]| -> Vec<Line> {
        let of = |at: usize| marks.iter().filter(|mark| mark.line == at).cloned().collect();
        lines.iter().enumerate().map(|(at, line)| (String::new(), line.clone(), of(at))).collect()
    };
    let mut lines = of_lines(&signature.recipients, &signature.recipient_marks);
    lines.extend(of_lines(&signature.titles, &signature.title_marks));
    lines.push((String::new(), signature.name.clone(), signature.name_marks.clone()));
    lines.push((String::new(), view.plan.subject.clone(), view.plan.marks.clone()));
    parts(&view.parts, &mut lines);
    for row in view.appendices.iter().flat_map(|appendix| &appendix.table.rows) {
        let none = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            let marks: &[Mark] = row.marks.get(at).unwrap_or(&none);
            lines.extend(of_lines(&at_least_one(cell), marks));
        }
    }
    for (before, line, marks) in &lines {
        add(before, line, marks);
    }
    out
}

/// An empty cell has a place without text.
fn at_least_one(cell: &Cell) -> Cell {
    if cell.is_empty() { vec![String::new()] } else { cell.clone() }
}

/// A line with the mark in front of it and the values in it.
type Line = (String, String, Vec<Mark>);

fn parts(nodes: &[PartView], out: &mut Vec<Line>) {
    for node in nodes {
        out.push((node.mark.clone(), node.text.clone(), node.marks.clone()));
        parts(&node.below, out);
    }
}
