//! Documents as marked-up text: one web page that prints on A4 and fetches nothing, or markdown with pipe tables.
//!
//! | in a markdown template | does |
//! |---|---|
//! | `text \| plain` | the text as it stands: what markdown would read as its own is escaped |
//! | `table \| pipes` | a pipe table; the lines of a cell stand behind each other with `<br>` |

use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;

use super::view::{Table, TableColumn};
use super::{Options, Templates, view};
use crate::derive::Derivation;
use crate::diag::Diagnostic;
use crate::model::{Model, PlanId};

/// A language of marked-up text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// One HTML page with its style inside.
    Html,
    /// CommonMark with pipe tables.
    Markdown,
}

/// Which document.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Plan,
    ForBody,
    Changes,
}

/// Returns a plan as marked-up text; KH6001 where a template fails.
pub fn markup(
    markup: Markup,
    model: &Model,
    derivation: &Derivation,
    templates: &Templates,
    options: &Options,
) -> (String, Vec<Diagnostic>) {
    document(markup, Kind::Plan, &view::plan(model, derivation, options), templates)
}

/// Returns one body's tasks and deadlines as marked-up text; KH6001 where a template fails.
pub fn markup_for_body(
    markup: Markup,
    model: &Model,
    derivation: &Derivation,
    body: &str,
    templates: &Templates,
    options: &Options,
) -> (String, Vec<Diagnostic>) {
    document(markup, Kind::ForBody, &view::for_body(model, derivation, body, options), templates)
}

/// Returns the table of amendments and waivers of `plan` as marked-up text; KH6001 where a template fails. `derivations` holds one derivation per
/// plan, at the plan's index.
pub fn markup_changes(
    markup: Markup,
    model: &Model,
    derivations: &[Derivation],
    plan: PlanId,
    templates: &Templates,
    options: &Options,
) -> (String, Vec<Diagnostic>) {
    document(markup, Kind::Changes, &view::changes(model, derivations, plan, options), templates)
}

fn document<T: Serialize>(markup: Markup, kind: Kind, view: &T, templates: &Templates) -> (String, Vec<Diagnostic>) {
    let name = match (markup, kind) {
        (Markup::Html, Kind::Plan) => "html/document.html.j2",
        (Markup::Html, Kind::ForBody) => "html/for_body.html.j2",
        (Markup::Html, Kind::Changes) => "html/changes.html.j2",
        (Markup::Markdown, Kind::Plan) => "md/document.md.j2",
        (Markup::Markdown, Kind::ForBody) => "md/for_body.md.j2",
        (Markup::Markdown, Kind::Changes) => "md/changes.md.j2",
    };
    templates.render(name, view, 0)
}

/// Adds the filters of markdown.
pub(super) fn add(env: &mut Environment<'_>) {
    env.add_filter("plain", |text: String| plain(&text));
    env.add_filter("pipes", |table: Serde<Table>| pipes(&table.0));
}

/// Returns text that markdown prints as it stands.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '<' | '[' | ']' | '|' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn pipes(table: &Table) -> String {
    let cells = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let titles: Vec<String> = table.columns.iter().map(|column| plain(&column.title)).collect();
    let rule = |column: &TableColumn| if column.centred { ":-:".to_owned() } else { "---".to_owned() };
    let rules: Vec<String> = table.columns.iter().map(rule).collect();
    let mut out = vec![cells(&titles), cells(&rules)];
    for row in &table.rows {
        let set = row.cells.iter().map(|cell| {
            let text = cell.iter().map(|line| plain(line)).collect::<Vec<_>>().join("<br>");
            if row.heading && !text.is_empty() { format!("**{text}**") } else { text }
        });
        out.push(cells(&set.collect::<Vec<_>>()));
    }
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::view::Row;

    #[test]
    fn pipes_and_marks_in_a_cell_are_text() {
        let columns = vec![TableColumn { title: "A|B".into(), centred: true }];
        let row = Row { cells: vec![vec!["*x*".into(), "y".into()]], ..Row::default() };
        assert_eq!(pipes(&Table { columns, rows: vec![row] }), "| A\\|B |\n| :-: |\n| \\*x\\*<br>y |");
    }
}
