//! `explain`: the page of a code.

use clap::Args;

use super::Status;
use super::session::Session;
use crate::diag::{Code, ExampleFile, Page, Severity, msg};
use crate::project::Failure;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The finding's code, such as KH3001; without one, all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn run(args: &ExplainArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let lang = session.lang;
    let Some(name) = &args.code else {
        let rows = Code::ALL.iter().map(|code| format!("{code}  {}\n", code.title(lang)));
        session.print(&rows.collect::<String>())?;
        return Ok(Status::Clean);
    };
    let Some(code) = Code::parse(name) else {
        return Err(Failure::new(msg!(
            "Không có mã “{name}”; xem tất cả bằng: kehoach explain",
            "There is no code “{name}”; see all of them with: kehoach explain"
        )));
    };
    let Ok(page) = Page::of(code) else {
        session.print(code.page())?;
        return Ok(Status::Clean);
    };
    let severity = match code.severity() {
        Severity::Error => msg!("lỗi", "error"),
        Severity::Warning => msg!("cảnh báo", "warning"),
        Severity::Info => msg!("thông tin", "note"),
    };
    let mut out = format!("{code} ({}): {}\n\n", severity.get(lang), code.title(lang));
    for line in filled(page.meaning(lang), 100) {
        out.push_str(&line);
        out.push('\n');
    }
    examples(&mut out, msg!("Chưa đúng", "Wrong").get(lang), &page.wrong);
    examples(&mut out, msg!("Đúng", "Right").get(lang), &page.right);
    session.print(&out)?;
    Ok(Status::Clean)
}

fn examples(out: &mut String, heading: &str, files: &[ExampleFile]) {
    for file in files {
        let name = if files.len() > 1 { format!(" ({})", file.name) } else { String::new() };
        out.push_str(&format!("\n{heading}{name}:\n\n"));
        for line in file.text.lines() {
            out.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
        }
    }
}

/// Returns the lines of a paragraph, broken at spaces; Vietnamese in NFC is one column a letter.
fn filled(text: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match out.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out
}
