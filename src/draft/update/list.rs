//! Verbs over lists of codes, taken apart where one of the tasks is amended: `KẾ THỪA a, b, c` becomes `KẾ THỪA a`, `SỬA ĐỔI b`, `KẾ THỪA c`.

use super::block::{REASON, drops, label_of, lines};
use super::words::rewritten;
use super::{Edit, FieldChange, Scene};
use crate::base::Span;
use crate::diag::{Message, msg};
use crate::syntax::ast::{Argument, Block, CodeRef, Keyword, Label};

/// A change of a task or target that a list verb takes over.
pub(super) struct Wanted<'a> {
    /// Index into the changes.
    pub(super) change: usize,
    /// The verb's block.
    pub(super) block: &'a Block,
    /// The code as the verb names it.
    pub(super) code: CodeRef,
}

/// Returns one edit for each verb of which some codes are amended.
pub(super) fn take_apart(scene: &Scene<'_>, changes: &[FieldChange], wanted: &[Wanted<'_>], left: &mut Vec<(usize, Message)>) -> Vec<Edit> {
    let mut done: Vec<Span> = Vec::new();
    let mut out = Vec::new();
    for one in wanted {
        let block = one.block;
        if done.contains(&block.heading.span) {
            continue;
        }
        done.push(block.heading.span);
        let Argument::Codes(codes) = &block.heading.argument else { continue };
        let here: Vec<&Wanted<'_>> = wanted.iter().filter(|other| other.block.heading.span == block.heading.span).collect();
        let verb = scene.slice(block.heading.span).trim_end();
        // what stands below the verb (Lý do) belongs to each part of it
        let below = scene.slice(Span::new(block.heading.span.end as usize, block.span.end as usize)).trim_end().to_owned();
        let keyword = block.heading.keyword.text();
        let mut pieces: Vec<String> = Vec::new();
        let mut run: Vec<&str> = Vec::new();
        let flush = |run: &mut Vec<&str>, pieces: &mut Vec<String>| {
            if !run.is_empty() {
                pieces.push(format!("{keyword} {}{below}", run.join(", ")));
                run.clear();
            }
        };
        for code in codes {
            let mine: Vec<&FieldChange> =
                here.iter().filter(|other| other.code.span == code.span).map(|other| &changes[other.change]).collect();
            if mine.is_empty() {
                run.push(scene.slice(code.span));
                continue;
            }
            match amended(block.heading.keyword, scene.slice(code.span), &mine) {
                Ok(text) => {
                    flush(&mut run, &mut pieces);
                    let reason = block.field(Label::Reason).map(|field| scene.slice(field.span));
                    pieces.push(match reason.filter(|_| text.ends_with(REASON)) {
                        Some(reason) => format!("{}{reason}", text.trim_end_matches(REASON)),
                        None => text,
                    });
                }
                Err(why) => {
                    left.extend(here.iter().filter(|other| other.code.span == code.span).map(|other| (other.change, why.clone())));
                    run.push(scene.slice(code.span));
                }
            }
        }
        flush(&mut run, &mut pieces);
        if verb.is_empty() || pieces.is_empty() {
            continue;
        }
        out.push(scene.edit(block.span, pieces.join("\n\n")));
    }
    out
}

/// Returns SỬA ĐỔI with the fields that changed.
pub(super) fn amended(keyword: Keyword, code: &str, changes: &[&FieldChange]) -> Result<String, Message> {
    let target = matches!(keyword, Keyword::InheritTarget | Keyword::ContinueTarget);
    let verb = if target { Keyword::AmendTarget } else { Keyword::Amend };
    let mut title = String::new();
    let mut fields = String::new();
    let mut reason = false;
    for change in changes {
        if target || matches!(change.field.as_str(), "content" | "name") {
            title = format!(": {}", rewritten("", &change.from.join(" "), &change.to.join(" ")));
        } else if let Some(name) = change.field.strip_prefix("own:") {
            fields.push_str(&format!("\nCột: {name} = {}", rewritten("", "", &change.to.join(" "))));
        } else {
            let label = label_of(&change.field).ok_or_else(|| {
                let field = &change.field;
                msg!("không rõ mục “{field}”", "the field “{field}” is unknown")
            })?;
            if label == Label::Targets {
                return Err(msg!("chỉ tiêu nhận về cần mã: ghi bằng SỬA ĐỔI", "an inherited target needs its code: write SỬA ĐỔI by hand"));
            }
            fields.push('\n');
            fields.push_str(&lines(label, &change.to));
        }
        reason |= drops(change);
    }
    if reason {
        fields.push('\n');
        fields.push_str(REASON);
    }
    Ok(format!("{} {code}{title}{fields}", verb.text()))
}
