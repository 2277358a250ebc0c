//! Cases: markdown files that hold sources and what must come of them.
//!
//! A case below `tests/cases/` is titled by a behaviour. A block ` ```kh name.kh ` (or `csv`, `toml`) is a file. The other blocks are expectations:
//!
//! | block | holds |
//! |---|---|
//! | `findings` | each finding: `KH3001 error hh.kh:5 “TH-2022”: message`, in order; `findings no-infos` leaves out what is only worth knowing, `findings release` judges before signing |
//! | `derived PLAN [field …]` | one line per task: code and fields (all that stand, where none is named) |
//! | `appendices PLAN` | one line per appendix |
//! | `targets PLAN` | one line per plan-level target |
//! | `prose PLAN` | PHẦN and what stands below, indented |
//! | `fates PLAN` | what became of each parent task and target |
//! | `why PLAN TASK field` | the steps of one field |
//! | `text PLAN WIDTH [words]` | the document, from the first line that contains the words |
//!
//! Every finding must be listed. `prelude.kh` is the registry of a case, unless one of its files opens a DANH BẠ itself.
//! `KEHOACH_BLESS=1` rewrites the expectations; a changed case is read before it is committed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kehoach::derive::Derivation;
use kehoach::diag::{Diagnostic, Lang, Severity};
use kehoach::model::{Appendix, Cause, Code, Fields, Origin, Outcome, Part, Role, TargetLine, Task};
use kehoach::project::{self, Compiled, Input, Options};
use kehoach::render::{self, Templates};

const PRELUDE: &str = "prelude.kh";

/// A stretch of a case: text, a file, or an expectation.
enum Piece<'t> {
    Text(&'t str),
    File { name: &'t str, raw: &'t str, text: &'t str },
    Expected { kind: &'t str, arguments: Vec<&'t str>, raw: &'t str, text: &'t str },
}

#[test]
fn each_case_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let bless = std::env::var_os("KEHOACH_BLESS").is_some_and(|value| value != "0");
    let prelude = std::fs::read_to_string(folder.join(PRELUDE)).expect("the prelude");
    let cases = markdown(&folder);
    assert!(!cases.is_empty(), "no case below {}", folder.display());
    let mut failures = Vec::new();
    for path in cases {
        let name = path.strip_prefix(&folder).expect("below the folder").display().to_string();
        let old = std::fs::read_to_string(&path).expect("a case");
        let new = match run(&old, &prelude) {
            Ok(new) => new,
            Err(fault) => {
                failures.push(format!("{name}: {fault}"));
                continue;
            }
        };
        if new == old {
            continue;
        }
        if bless {
            std::fs::write(&path, new).expect("a case that can be written");
        } else {
            failures.push(format!("{name}\n{}", changes(&old, &new)));
        }
    }
    assert!(failures.is_empty(), "\n{}\nKEHOACH_BLESS=1 rewrites the expectations\n", failures.join("\n"));
}

fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of cases").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "md") {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// Returns the lines that differ, as a person compares them.
fn changes(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("  expected {line}\n"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("  found    {line}\n"));
    let out: String = gone.chain(come).collect();
    if out.is_empty() { "  the same lines in another order or number\n".to_owned() } else { out }
}

/// Returns the case with its expectations as they are now.
fn run(case: &str, prelude: &str) -> Result<String, String> {
    if !case.starts_with("# ") {
        return Err("the first line is no title".to_owned());
    }
    let pieces = pieces(case)?;
    let mut files: Vec<(String, String)> = Vec::new();
    for piece in &pieces {
        if let Piece::File { name, text, .. } = piece {
            files.push(((*name).to_owned(), (*text).to_owned()));
        }
    }
    if files.is_empty() {
        return Err("no file block".to_owned());
    }
    if !files.iter().any(|(_, text)| text.lines().any(|line| line.starts_with("DANH BẠ"))) {
        files.push((PRELUDE.to_owned(), prelude.to_owned()));
    }
    if !pieces.iter().any(|piece| matches!(piece, Piece::Expected { kind: "findings", .. })) {
        return Err("no block of findings".to_owned());
    }
    let usual = project::compile(&Input::Memory(files.clone()), Options::default());
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::File { raw, .. } => out.push_str(raw),
            Piece::Expected { kind, arguments, raw, text } => {
                let (head, tail) = raw.split_once('\n').map(|(head, _)| (head, "```\n")).ok_or("an empty block")?;
                let found = if kind == "findings" && arguments.contains(&"release") {
                    let release = project::compile(&Input::Memory(files.clone()), Options { release: true });
                    findings(&release, &arguments)
                } else if kind == "findings" {
                    findings(&usual, &arguments)
                } else {
                    facts(&usual, kind, &arguments)?
                };
                if found == text {
                    out.push_str(raw);
                } else {
                    let _ = write!(out, "{head}\n{found}{tail}");
                }
            }
        }
    }
    Ok(out)
}

fn pieces(case: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut text_from = 0;
    while at < case.len() {
        let line_end = case[at..].find('\n').map_or(case.len(), |end| at + end + 1);
        let Some(info) = case[at..line_end].trim_end().strip_prefix("```") else {
            at = line_end;
            continue;
        };
        let end = case[line_end..].find("```").map(|end| line_end + end).ok_or("a block is not closed")?;
        let raw_end = case[end..].find('\n').map_or(case.len(), |tail| end + tail + 1);
        out.push(Piece::Text(&case[text_from..at]));
        let (raw, text) = (&case[at..raw_end], &case[line_end..end]);
        let mut words = info.split_whitespace();
        let kind = words.next().unwrap_or_default();
        match (kind, words.clone().next()) {
            ("kh" | "csv" | "toml", Some(name)) => out.push(Piece::File { name, raw, text }),
            ("findings" | "derived" | "appendices" | "targets" | "prose" | "fates" | "why" | "text", _) => {
                out.push(Piece::Expected { kind, arguments: words.collect(), raw, text });
            }
            _ => return Err(format!("a block opens with “{info}”")),
        }
        at = raw_end;
        text_from = at;
    }
    out.push(Piece::Text(&case[text_from..]));
    Ok(out)
}

fn findings(compiled: &Compiled, arguments: &[&str]) -> String {
    let shown = |finding: &&Diagnostic| finding.severity != Severity::Info || !arguments.contains(&"no-infos");
    compiled.findings.iter().filter(shown).map(|finding| line(compiled, finding)).collect()
}

/// `KH3001 error hh.kh:5 “TH-2022”: message (accepted: reason)`; the quoted words are those underlined, `…` for what runs over a line.
fn line(compiled: &Compiled, finding: &Diagnostic) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let place = finding.primary.as_ref().map_or(String::from("-"), |label| {
        let words = compiled.sources.slice(label.loc);
        let first = words.lines().next().unwrap_or_default();
        let more = if words.lines().count() > 1 { " …" } else { "" };
        format!("{} “{first}{more}”", compiled.sources.place(label.loc))
    });
    let accepted = finding.accepted.as_ref().map(|reason| format!(" (accepted: {reason})")).unwrap_or_default();
    format!("{} {severity} {place}: {}{accepted}\n", finding.code, finding.message.get(Lang::Vi))
}

fn facts(compiled: &Compiled, kind: &str, arguments: &[&str]) -> Result<String, String> {
    let (code, rest) = arguments.split_first().ok_or_else(|| format!("{kind} names no plan"))?;
    let plan = compiled.model.find(code).ok_or_else(|| format!("there is no plan {code}"))?;
    let derivation = &compiled.derivations[plan.index()];
    let content = &derivation.content;
    Ok(match kind {
        "derived" => content.tasks.iter().map(|task| task_line(compiled, derivation, task, rest)).collect(),
        "appendices" => content.appendices.iter().map(appendix_line).collect(),
        "targets" => content.targets.iter().map(|line| format!("{}\n", target(line))).collect(),
        "prose" => {
            let mut out = String::new();
            content.parts.iter().for_each(|part| prose(part, 0, &mut out));
            out
        }
        "fates" => fates(compiled, derivation),
        "text" => {
            let (width, words) = rest.split_first().ok_or("text takes a plan, a width and words")?;
            document(compiled, derivation, width.parse().map_err(|_| "the width is no number")?, &words.join(" "))?
        }
        _ => {
            let [task, field] = rest else { return Err("why takes a plan, a task and a field".to_owned()) };
            let task = content.tasks.iter().find(|other| other.code == Code::new(*task, other.code.loc)).ok_or("no such task")?;
            let origin = fields(&task.fields).into_iter().find(|(name, ..)| name == field).and_then(|(.., origin)| origin);
            why(compiled, origin.ok_or("no such field")?)
        }
    })
}

/// The printed document from the line that contains `words` on. A line wider than the page fails the case.
fn document(compiled: &Compiled, derivation: &Derivation, width: usize, words: &str) -> Result<String, String> {
    let options = render::Options { width, ..render::Options::default() };
    let (text, findings) = render::text(&compiled.model, derivation, &Templates::embedded(), &options);
    assert_eq!(findings, []);
    if let Some(wide) = text.lines().find(|line| line.chars().count() > width) {
        return Err(format!("wider than {width}: {wide}"));
    }
    let from = text.lines().position(|line| line.contains(words)).ok_or_else(|| format!("no line contains “{words}”"))?;
    Ok(text.lines().skip(from).map(|line| format!("{line}\n")).collect())
}

fn join(list: impl IntoIterator<Item = String>) -> String {
    list.into_iter().collect::<Vec<_>>().join("; ")
}

fn roles(list: &[Role]) -> String {
    join(list.iter().map(Role::printed))
}

fn target(line: &TargetLine) -> String {
    match line.target.code.as_str() {
        "" => line.target.text.clone(),
        code => format!("{code}: {}", line.target.text),
    }
}

/// The fields of a task as (name, text, origin); absent ones have no origin.
fn fields(fields: &Fields) -> Vec<(&'static str, String, Option<&Origin>)> {
    fn one<'a, T>(
        name: &'static str,
        piece: Option<&'a kehoach::model::Piece<T>>,
        print: impl Fn(&T) -> String,
    ) -> (&'static str, String, Option<&'a Origin>) {
        (name, piece.map(|piece| print(&piece.value)).unwrap_or_default(), piece.map(|piece| &piece.origin))
    }
    vec![
        one("content", fields.content.as_ref(), String::clone),
        one("products", fields.products.as_ref(), |list| join(list.iter().map(|product| product.text.clone()))),
        one("leads", fields.leads.as_ref(), |list| roles(list)),
        one("coordinators", fields.coordinators.as_ref(), |list| roles(list)),
        one("synthesisers", fields.synthesisers.as_ref(), |list| roles(list)),
        one("deadline", fields.deadline.as_ref(), |deadline| {
            join(deadline.entries.iter().map(|entry| match &entry.of {
                Some(of) => format!("{of}: {}", entry.text),
                None => entry.text.clone(),
            }))
        }),
        one("task-targets", fields.targets.as_ref(), |list| join(list.iter().map(target))),
        one("budget", fields.budget.as_ref(), String::clone),
        one("basis", fields.basis.as_ref(), |list| list.join("; ")),
        one("note", fields.note.as_ref(), String::clone),
        one("standard", fields.scores.standard.as_ref(), |score| score.text.clone()),
        one("previous", fields.scores.previous.as_ref(), |score| score.text.clone()),
        one("goal", fields.scores.goal.as_ref(), |score| score.text.clone()),
        one("measures", fields.measures.as_ref(), |list| list.join("; ")),
        one("columns", fields.own.as_ref(), |list| join(list.iter().map(|(name, value)| format!("{name} = {value}")))),
    ]
}

fn task_line(compiled: &Compiled, derivation: &Derivation, task: &Task, wanted: &[&str]) -> String {
    let mut out = task.code.text.clone();
    let appendix = task.appendix.map_or_else(|| "-".to_owned(), |at| derivation.content.appendices[at].number.clone());
    if wanted.contains(&"appendix") {
        let _ = write!(out, " | appendix: {appendix}");
    }
    for (name, text, origin) in fields(&task.fields) {
        if wanted.contains(&name) || (wanted.is_empty() && origin.is_some()) {
            let _ = write!(out, " | {name}: {text}");
        }
    }
    if let Some(sector) = task.fields.sector.as_ref().filter(|_| wanted.is_empty() || wanted.contains(&"sector")) {
        let _ = write!(out, " | sector: {}", compiled.model.registry.sector(sector.value).name);
    }
    format!("{}\n", out.trim_end())
}

fn appendix_line(appendix: &Appendix) -> String {
    let role = |role: &Option<Role>| role.as_ref().map(Role::printed);
    let text = |text: &Option<kehoach::model::Text>| text.as_ref().map(|text| text.value.clone());
    let mut out = format!("{} | {}", appendix.number, appendix.title.value);
    let parts = [
        ("printed", text(&appendix.printed_title)),
        ("called", appendix.called.clone()),
        ("focal", role(&appendix.focal)),
        ("report", text(&appendix.report)),
        ("via", role(&appendix.via)),
        ("attached", text(&appendix.attached_to)),
        ("number", appendix.printed_number.clone()),
    ];
    for (name, value) in parts {
        if let Some(value) = value {
            let _ = write!(out, " | {name}: {value}");
        }
    }
    format!("{out}\n")
}

fn prose(part: &Part, depth: usize, out: &mut String) {
    let mark = match part.depth {
        1 => format!("{}. ", part.number),
        2 | 3 => "# ".to_owned(),
        4 => "- ".to_owned(),
        5 => "+ ".to_owned(),
        _ => String::new(),
    };
    let tied = if part.tied.is_empty() { String::new() } else { format!(" {{{}}}", join(part.tied.iter().map(|code| code.text.clone()))) };
    let _ = writeln!(out, "{}{mark}{}{tied}", "  ".repeat(depth), part.text);
    for below in &part.below {
        prose(below, depth + 1, out);
    }
}

fn fates(compiled: &Compiled, derivation: &Derivation) -> String {
    let mut out = String::new();
    let word = |outcome: &Outcome, name: &dyn Fn(usize) -> String| match outcome {
        Outcome::Unanswered => "unanswered".to_owned(),
        Outcome::Carried { children, .. } => format!("carried: {}", join(children.iter().map(|at| name(*at)))),
        Outcome::Waived { .. } => "waived".to_owned(),
        Outcome::Finished { .. } => "finished".to_owned(),
        Outcome::Unreasoned { .. } => "unreasoned".to_owned(),
        Outcome::Repeated { statements, children } => {
            format!("answered {} times: {}", statements.len(), join(children.iter().map(|at| name(*at))))
        }
    };
    for fate in &derivation.fates {
        let parent = &compiled.derivations[fate.parent.index()].content.tasks[fate.task].code.text;
        let name = |at: usize| derivation.content.tasks[at].code.text.clone();
        let _ = writeln!(out, "{}/{parent} {}", compiled.model.plan(fate.parent).code.text, word(&fate.outcome, &name));
    }
    for fate in &derivation.target_fates {
        let name = |at: usize| target(&derivation.content.targets[at]);
        let _ = writeln!(out, "{}/{} {}", compiled.model.plan(fate.parent).code.text, fate.code.text, word(&fate.outcome, &name));
    }
    out
}

fn why(compiled: &Compiled, origin: &Origin) -> String {
    let mut out = format!("stated {}\n", compiled.sources.place(origin.stated));
    for step in &origin.steps {
        let cause = match step.cause {
            Cause::Inherited => "inherited".to_owned(),
            Cause::Continued => "continued".to_owned(),
            Cause::Restated => "restated".to_owned(),
            Cause::Rule(rule) => format!("{rule:?}"),
        };
        let at = step.at.map(|at| format!(" ({})", compiled.sources.place(at))).unwrap_or_default();
        let _ = writeln!(out, "{cause}: {} → {}{at}", step.from, step.to);
    }
    out
}
