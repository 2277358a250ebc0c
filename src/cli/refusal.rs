//! What is wrong with a command line, in the user's language: clap's own sentences are English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Status, World};
use crate::diag::{Lang, Message, msg};

/// Shows help, the version or what is wrong with the line. Exit status 0 for what was asked for, 2 otherwise.
pub(super) fn show(error: &clap::Error, lang: Lang, world: World<'_>) -> Status {
    let text = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // a reader that went away has what it wanted
            let _ = world.out.write_all(text.as_bytes());
            Status::Clean
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = world.err.write_all(text.as_bytes());
            Status::Unable
        }
        _ => {
            let heading = msg!("Lỗi", "Error");
            let _ = writeln!(world.err, "{}: {}", heading.get(lang), sentence(error).get(lang));
            if let Some(hint) = hint(error) {
                let _ = writeln!(world.err, "{}", hint.get(lang));
            }
            Status::Unable
        }
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn sentence(error: &clap::Error) -> Message {
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            msg!("Không có lệnh “{name}”", "There is no command “{name}”")
        }
        ErrorKind::UnknownArgument => msg!("Không có tùy chọn hoặc tham số “{arg}”", "There is no option or argument “{arg}”"),
        ErrorKind::InvalidValue if value.is_empty() => msg!("{arg} cần một giá trị", "{arg} needs a value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            msg!("“{value}” không phải giá trị của {arg}", "“{value}” is no value of {arg}")
        }
        ErrorKind::NoEquals => msg!("Viết dấu = giữa {arg} và giá trị", "Write = between {arg} and its value"),
        ErrorKind::TooManyValues => msg!("Thừa giá trị “{value}” ở {arg}", "One value too many for {arg}: “{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => msg!("{arg} chưa đủ giá trị", "{arg} lacks a value"),
        ErrorKind::ArgumentConflict => {
            let other = context(error, ContextKind::PriorArg);
            if other.is_empty() || other == arg {
                msg!("{arg} chỉ viết một lần", "{arg} stands only once")
            } else {
                msg!("{arg} không đi cùng {other}", "{arg} does not go with {other}")
            }
        }
        ErrorKind::MissingRequiredArgument => msg!("Còn thiếu: {arg}", "Missing: {arg}"),
        ErrorKind::MissingSubcommand => msg!("Còn thiếu tên lệnh", "The command is missing"),
        ErrorKind::InvalidUtf8 => msg!("Dòng lệnh có chữ không đọc được", "The command line holds text that cannot be read"),
        // kinds of later versions of clap: its English is better than silence
        _ => msg!("{error}", "{error}"),
    }
}

/// How to go on: what was perhaps meant, what can stand there, where the help is.
fn hint(error: &clap::Error) -> Option<Message> {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(meant) = kinds.iter().map(|kind| context(error, *kind)).find(|text| !text.is_empty()) {
        return Some(msg!("Có phải bạn định viết: {meant}?", "Perhaps you meant: {meant}?"));
    }
    let values = context(error, ContextKind::ValidValue);
    if !values.is_empty() {
        return Some(msg!("Viết một trong: {values}", "Write one of: {values}"));
    }
    Some(msg!("Xem trợ giúp: kehoach --help", "See: kehoach --help"))
}
