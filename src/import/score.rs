//! Score tables to criteria.

use super::column::Role;
use super::doubt::Doubt;
use super::field::{Context, lines, read_bodies};
use super::mark::{self, Mark};
use super::reading::{Criterion, OwnColumn};
use super::table::{Columns, Slot, shown};
use crate::base::clean;
use crate::diag::{Code, msg};

/// Returns the criteria of a table's rows, in order, and what is uncertain.
pub(super) fn criteria(rows: &[Vec<Slot>], columns: &Columns, context: &Context<'_>) -> (Vec<Criterion>, Vec<Doubt>) {
    let mut out: Vec<Criterion> = Vec::new();
    let mut doubts = Vec::new();
    let mut section = String::new();
    let mut last: Option<Mark> = None;
    for row in rows {
        if row.iter().all(|slot| slot.text.is_empty()) {
            continue;
        }
        let mut criterion = Criterion { section: section.clone(), ..Criterion::default() };
        criterion.origin = row.iter().find(|slot| !slot.text.is_empty()).map(|slot| slot.place).unwrap_or_default();
        for (at, (slot, role)) in row.iter().zip(&columns.roles).enumerate() {
            let text = lines(&slot.text).join("\n");
            if text.is_empty() {
                continue;
            }
            if role.is_score() && !is_score(&text) {
                let message = msg!("“{text}” không phải là điểm.", "“{text}” is no score.");
                doubts.push(Doubt::new(Code::KH5027, message).at(slot.place).quote(text.clone()));
            }
            match role {
                Role::Number => criterion.number = clean(&text).trim_matches(['.', ' ', ')', '(']).to_owned(),
                Role::Content => criterion.name = text,
                Role::Standard => criterion.standard = text,
                Role::Previous => criterion.previous = text,
                Role::Goal => criterion.target = text,
                Role::Solution => criterion.solution = text,
                Role::Lead | Role::Roles => {
                    criterion.leads.extend(read_bodies(&text, context).into_iter().map(|body| body.name));
                    criterion.lead = text;
                }
                Role::Product
                | Role::Coordinator
                | Role::Synthesiser
                | Role::Deadline
                | Role::Budget
                | Role::Note
                | Role::Target
                | Role::Basis
                | Role::Own => {
                    let name = columns.headings.get(at).map(|name| clean(&name.replace('\n', " ")).into_owned()).unwrap_or_default();
                    criterion.own.push(OwnColumn { name, value: text });
                }
            }
        }
        let scored = !(criterion.standard.is_empty() && criterion.previous.is_empty() && criterion.target.is_empty());
        let mark = mark::whole(&criterion.number).map(|(mark, _)| mark);
        if !scored && !matches!(mark, Some(Mark::Number(_))) {
            // a heading without scores of its own
            section = format!("{} {}", criterion.number, criterion.name).trim().to_owned();
            continue;
        }
        if criterion.name.is_empty() {
            let message = msg!("Hàng này có điểm mà không có tên tiêu chí.", "This row has scores but no criterion.");
            doubts.push(Doubt::new(Code::KH5015, message).at(criterion.origin).quote(shown(row)));
        }
        if let Some(mark) = mark {
            if last.is_some() && mark::oddness(last.as_ref(), &mark) > 1.2 {
                let number = &criterion.number;
                let message = msg!("Số “{number}” không nối tiếp hàng trước.", "The number “{number}” does not follow the row before.");
                doubts.push(Doubt::new(Code::KH5023, message).at(criterion.origin).quote(shown(row)));
            }
            last = Some(mark);
        }
        out.push(criterion);
    }
    (out, doubts)
}

fn is_score(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '-' | '%' | '/' | '+'))
}
