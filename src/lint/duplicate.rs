//! KH2005: two tasks, or two narrative items of one PHẦN, that say the same.

use super::Subject;
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut tasks: Vec<(Key, Loc, &str)> = Vec::new();
    for task in on.tasks() {
        let Some(content) = &task.fields.content else { continue };
        let key = Key::new(&content.value);
        let code = task.code.text.as_str();
        if let Some((_, at, other)) = tasks.iter().find(|(seen, _, _)| *seen == key) {
            out.push(
                on.note(
                    Code::KH2005,
                    task.code.loc,
                    msg!("Nhiệm vụ {code} trùng nội dung với {other}", "Task {code} says the same as {other}"),
                    code,
                )
                .related(*at, msg!("nhiệm vụ kia", "the other task"))
                .help(msg!("Bỏ một, hoặc GỘP hai nhiệm vụ", "Remove one, or merge them with GỘP")),
            );
        } else {
            tasks.push((key, task.code.loc, code));
        }
    }
    let mut items: Vec<(Key, Loc, String)> = Vec::new();
    on.each_part(|part, place| {
        let key = Key::new(&part.text);
        // generated prose and short words such as titles repeat rightly
        if part.text.contains('{') || part.text.chars().count() < 30 || !on.wrote(&part.origin) {
            return;
        }
        let same = items.iter().find(|(seen, _, other)| *seen == key && other == place);
        if let Some((_, at, _)) = same {
            let quote: String = part.text.chars().take(60).collect();
            out.push(
                on.note(Code::KH2005, part.origin.stated, msg!("{place} có hai đoạn giống nhau", "{place} says the same twice"), place)
                    .related(*at, msg!("đoạn kia", "the other place"))
                    .help(msg!("Bỏ một đoạn", "Remove one"))
                    .quote(quote),
            );
        } else {
            items.push((key, part.origin.stated, place.to_owned()));
        }
    });
}
