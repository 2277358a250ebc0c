//! `build`: renders plans as documents.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::arguments::Gate;
use super::session::{Session, status};
use crate::diag::{Diagnostic, msg};
use crate::model::PlanId;
use crate::project::{self, Compiled, Failure, Input, Options};
use crate::render::{self, Markup, Templates};

/// Arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    /// Codes of plans, or of a handing-on for the plans of all its units; without any, all plans of the project
    #[arg(value_name = "PLAN")]
    plans: Vec<String>,
    /// Formats, parted by commas
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', default_value = "text")]
    format: Vec<BuildFormat>,
    /// The folder to write to, or the file for a single document; without it one plan's text goes to the standard output
    #[arg(short = 'o', long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Only the tasks and deadlines of one body
    #[arg(long = "for", value_name = "NAME")]
    body: Option<String>,
    /// The table of amendments and waivers that goes with the Tờ trình
    #[arg(long, conflicts_with = "body")]
    changes: bool,
    /// Columns of a text page
    #[arg(long, value_name = "NUMBER")]
    width: Option<usize>,
    /// A folder of templates, or a Word file whose styles are taken, in place of the project's and the program's
    #[arg(long, value_name = "PATH")]
    templates: Option<PathBuf>,
    /// Replace files that differ
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    gate: Gate,
}

/// Formats of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BuildFormat {
    Text,
    Docx,
    Html,
    Xlsx,
    Md,
    Json,
}

impl BuildFormat {
    fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Md => "md",
            Self::Json => "json",
        }
    }

    /// Says whether the document is no text, so that a terminal cannot show it.
    fn is_binary(self) -> bool {
        match self {
            Self::Docx | Self::Xlsx => true,
            Self::Text | Self::Html | Self::Md | Self::Json => false,
        }
    }
}

/// What one document is to be.
struct Wanted<'a> {
    plan: PlanId,
    format: BuildFormat,
    body: Option<&'a str>,
    changes: bool,
    width: usize,
}

pub(super) fn run(args: &BuildArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let (root, config) = session.project()?;
    let mut compiled = project::compile(&Input::Folder(root.clone()), Options { release: args.gate.release });
    if let Some(missing) = args.templates.as_ref().filter(|path| !path.exists()) {
        let shown = missing.display();
        return Err(Failure::new(msg!("Không có {shown}", "There is no {shown}")));
    }
    let folder = args.templates.clone().unwrap_or_else(|| root.join(config.templates.as_deref().unwrap_or("templates")));
    let (own, mut more) = project::templates(&folder, &mut compiled.sources);
    let templates = super::templates::with_own(&own, &compiled.sources);
    more.extend(templates.findings().to_vec());
    let plans = chosen(&args.plans, &compiled)?;
    if args.output.is_none() && (plans.len() != 1 || args.format.len() != 1) {
        return Err(Failure::new(msg!(
            "Nêu mã một kế hoạch và một dạng, hoặc nêu thư mục ghi kết quả: -o THƯ-MỤC",
            "Name one plan and one format, or a folder for the results: -o DIR"
        )));
    }
    if args.output.is_none() && args.format.iter().any(|format| format.is_binary()) {
        return Err(Failure::new(msg!(
            "Tệp Word, Excel không in ra màn hình được; nêu tệp hoặc thư mục ghi kết quả: -o TỆP",
            "Word and Excel files cannot be shown here; name a file or a folder for the result: -o FILE"
        )));
    }
    // one document may have a name of its own
    let single = (plans.len() == 1 && args.format.len() == 1).then(|| args.format[0].extension());
    let is_file = |path: &Path| single.is_some_and(|ending| path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)));
    if args.gate.release && compiled.findings.counts().errors > 0 {
        session.tell_findings(&compiled.findings, &compiled.sources);
        session.tell(&msg!("Còn lỗi nên chưa xuất văn bản", "Nothing is rendered while there are errors"));
        return Ok(Status::Findings);
    }
    let mut progress = session.progress(plans.len() * args.format.len());
    for plan in plans {
        for format in &args.format {
            progress.step(&compiled.model.plan(plan).code.text);
            let width = args.width.or(config.width).unwrap_or(100);
            let wanted = Wanted { plan, format: *format, body: args.body.as_deref(), changes: args.changes, width };
            let (bytes, findings) = document(&compiled, &templates, &wanted, session)?;
            more.extend(findings);
            match &args.output {
                // what a template kept from being rendered is not written
                _ if bytes.is_empty() => {}
                None => session.print(&String::from_utf8_lossy(&bytes))?,
                Some(output) => {
                    let code = compiled.model.plan(plan).code.text.replace(['/', '\\'], "-");
                    let path = if is_file(output) { output.clone() } else { output.join(format!("{code}.{}", format.extension())) };
                    project::write(&path, &bytes, args.force)?;
                    let shown = path.display();
                    if progress.is_silent() {
                        session.tell(&msg!("Đã ghi {shown}", "Wrote {shown}"));
                    }
                }
            }
        }
    }
    progress.end();
    let findings = compiled.findings.with(more, &compiled.sources);
    session.tell_findings(&findings, &compiled.sources);
    Ok(status(&findings, &args.gate))
}

/// Returns the plans with these codes, for a handing-on the plans of all its units; all plans where none is named.
fn chosen(codes: &[String], compiled: &Compiled) -> Result<Vec<PlanId>, Failure> {
    if codes.is_empty() {
        return Ok(compiled.model.plans().map(|(id, _)| id).collect());
    }
    let mut out = Vec::new();
    for code in codes {
        match (compiled.model.find(code), compiled.model.find_handing(code)) {
            (Some(plan), _) => out.push(plan),
            (None, Some(handing)) => out.extend(handing.recipients.iter().filter_map(|recipient| recipient.plan)),
            (None, None) => return Err(no_plan(code, compiled)),
        }
    }
    Ok(out)
}

/// Returns the failure about a plan that the project does not have, with those that it has.
pub(super) fn no_plan(code: &str, compiled: &Compiled) -> Failure {
    let known: Vec<&str> = compiled.model.plans().take(10).map(|(_, plan)| plan.code.text.as_str()).collect();
    let known = known.join(", ");
    Failure::new(msg!("Dự án không có kế hoạch {code}; có: {known}", "The project has no plan {code}; it has: {known}"))
}

/// Returns the bytes of one document, none and KH6001 or KH6003 where a template fails.
fn document(
    compiled: &Compiled,
    templates: &Templates,
    wanted: &Wanted<'_>,
    session: &Session<'_>,
) -> Result<(Vec<u8>, Vec<Diagnostic>), Failure> {
    let Compiled { model, derivations, sources, .. } = compiled;
    let derivation = &derivations[wanted.plan.index()];
    let options = render::Options { width: wanted.width, lang: session.lang };
    if let Some(body) = wanted.body
        && model.registry.look_up(body).is_empty()
    {
        return Err(Failure::new(match model.registry.suggest(body) {
            Some(near) => msg!("Danh bạ không có “{body}”. Có phải: {near}?", "The registry has no “{body}”. Perhaps: {near}?"),
            None => msg!("Danh bạ không có “{body}”", "The registry has no “{body}”"),
        }));
    }
    let text = |(text, findings): (String, Vec<Diagnostic>)| (text.into_bytes(), findings);
    let marked = |markup: Markup| match wanted.body {
        Some(body) => text(render::markup_for_body(markup, model, derivation, body, templates, &options)),
        None if wanted.changes => text(render::markup_changes(markup, model, derivations, wanted.plan, templates, &options)),
        None => text(render::markup(markup, model, derivation, templates, &options)),
    };
    Ok(match (wanted.format, wanted.body) {
        (BuildFormat::Json, _) => {
            let value = render::json(model, derivation, sources);
            text((format!("{}\n", serde_json::to_string_pretty(&value).unwrap_or_default()), Vec::new()))
        }
        (BuildFormat::Html, _) => marked(Markup::Html),
        (BuildFormat::Md, _) => marked(Markup::Markdown),
        (BuildFormat::Text, Some(body)) => text(render::for_body(model, derivation, body, templates, &options)),
        (BuildFormat::Text, None) if wanted.changes => text(render::changes(model, derivations, wanted.plan, templates, &options)),
        (BuildFormat::Text, None) => text(render::text(model, derivation, templates, &options)),
        (BuildFormat::Docx, Some(body)) => render::docx_for_body(model, derivation, body, templates, &options),
        (BuildFormat::Docx, None) if wanted.changes => render::docx_changes(model, derivations, wanted.plan, templates, &options),
        (BuildFormat::Docx, None) => render::docx(model, derivation, templates, &options),
        (BuildFormat::Xlsx, Some(body)) => render::xlsx_for_body(model, derivation, body, &options),
        (BuildFormat::Xlsx, None) if wanted.changes => render::xlsx_changes(model, derivations, wanted.plan, &options),
        (BuildFormat::Xlsx, None) => render::xlsx(model, derivation, &options),
    })
}
