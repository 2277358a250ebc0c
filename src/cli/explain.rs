//! `explain`: the page of a code, and what checking a document cannot see.

use clap::Args;

use super::Status;
use super::session::Session;
use crate::base::toneless;
use crate::diag::{Code, ExampleFile, Page, Severity, beyond, msg};
use crate::project::Failure;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The finding's code, such as KH3001; `document` tells which faults of a document need a reader; without one, all codes are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn run(args: &ExplainArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let lang = session.lang;
    let Some(name) = &args.code else {
        let rows = Code::ALL.iter().map(|code| format!("{code}  {}\n", code.title(lang)));
        let topic = msg!(
            "\nvan-ban  Những lỗi của văn bản mà kehoach check không thấy được, cần người đọc\n",
            "\ndocument  Faults of a document that kehoach check cannot see and a reader must find\n"
        );
        session.print(&(rows.collect::<String>() + topic.get(lang)))?;
        return Ok(Status::Clean);
    };
    if ["document", "van-ban", "van ban"].contains(&toneless(name.trim()).as_str()) {
        let shown = |line: &str| filled(line, 98).join(if line.starts_with("- ") { "\n  " } else { "\n" }) + "\n";
        session.print(&beyond(lang).lines().map(shown).collect::<String>())?;
        return Ok(Status::Clean);
    }
    let Some(code) = Code::parse(name).or_else(|| Code::parse(&format!("KH{name}"))) else {
        let near = near(name).join(", ");
        return Err(Failure::new(if near.is_empty() {
            msg!(
                "Không có mã “{name}”; xem tất cả bằng: kehoach explain",
                "There is no code “{name}”; see all of them with: kehoach explain"
            )
        } else {
            msg!("Không có mã “{name}”. Có phải: {near}?", "There is no code “{name}”. Perhaps: {near}?")
        }));
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

/// Returns the codes that are nearly the one given, at most three; letters typed for the figures that look like them count as those.
fn near(name: &str) -> Vec<&'static str> {
    let figure = |c: char| match c {
        'O' | 'Q' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    let wanted: String = name.trim().to_uppercase().chars().filter(|c| !matches!(c, ' ' | '-' | '.')).map(figure).collect();
    let wanted = format!("KH{}", wanted.trim_start_matches("KH"));
    let distances = Code::ALL.iter().map(|code| (strsim::osa_distance(code.text(), &wanted), code.text()));
    let mut near: Vec<(usize, &str)> = distances.filter(|(distance, _)| *distance <= 1).collect();
    // stable: equally near ones stay in the order of their numbers
    near.sort_by_key(|(distance, _)| *distance);
    if near.first().is_some_and(|(distance, _)| *distance == 0) {
        near.truncate(1);
    }
    near.into_iter().take(3).map(|(_, code)| code).collect()
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
