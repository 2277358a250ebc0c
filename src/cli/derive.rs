//! `derive`: drafts a unit's plan from its parent's.

use std::path::{Path, PathBuf};

use clap::Args;

use super::session::Session;
use super::{Status, build, check, update, worksheet};
use crate::agency::{LevelId, UnitId};
use crate::base::{Date, Year};
use crate::diag::msg;
use crate::draft::{self, ChildOptions};
use crate::model::PlanId;
use crate::project::{self, Compiled, Failure, Input, Options};

/// Arguments of `derive`.
#[derive(Debug, Args)]
pub(super) struct DeriveArgs {
    /// The parent plan's code
    #[arg(value_name = "PLAN")]
    parent: String,
    /// Code or name of the unit whose plan is drafted
    #[arg(long, value_name = "UNIT", required_unless_present = "all", conflicts_with = "all")]
    unit: Option<String>,
    /// A level: drafts one plan for all its units (GIAO KẾ HOẠCH)
    #[arg(long, value_name = "LEVEL")]
    all: Option<String>,
    /// The draft's year; else the parent's
    #[arg(long, value_name = "YEAR")]
    year: Option<Year>,
    /// Write the decisions as an Excel form with drop-downs, to be filled in and read back by import
    #[arg(long, conflicts_with = "all", requires = "unit")]
    worksheet: bool,
    /// The file to write; else the draft goes to the standard output
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Codes of the parent's tasks or targets that changed: tells what changed, then records in kehoach.lock that it was looked at
    #[arg(long, value_name = "TASK", value_delimiter = ',', conflicts_with_all = ["year", "output", "force"])]
    update: Vec<String>,
    /// Replace a file that differs
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &DeriveArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let (root, _) = session.project()?;
    let compiled = project::compile(&Input::Folder(root.clone()), Options::default());
    let parent = compiled.model.find(&args.parent).ok_or_else(|| build::no_plan(&args.parent, &compiled))?;
    if !args.update.is_empty() {
        let wanted = update::Wanted { parent, unit: args.unit.as_deref(), level: args.all.as_deref(), codes: &args.update };
        return update::run(&root, &compiled, &wanted, session);
    }
    let bytes = match (&args.all, &args.unit) {
        (Some(level), _) => handing_on(&compiled, parent, level, args.year)?.into_bytes(),
        (None, Some(unit)) if args.worksheet => {
            worksheet::needs_file(args.output.as_deref())?;
            form(&compiled, parent, unit, args.year)?
        }
        (None, Some(unit)) => draft(&compiled, parent, unit, args.year)?.into_bytes(),
        (None, None) => Vec::new(),
    };
    match &args.output {
        None => session.print(&String::from_utf8_lossy(&bytes))?,
        Some(path) => {
            project::write(path, &bytes, args.force)?;
            let shown = path.display();
            session.tell(&msg!("Đã ghi {shown}", "Wrote {shown}"));
            record(&root, path, session)?;
        }
    }
    Ok(Status::Clean)
}

/// Keeps what the parent says now for the plans that a written draft states, where it lies in the project.
fn record(root: &Path, path: &Path, session: &mut Session<'_>) -> Result<(), Failure> {
    let whole = std::fs::canonicalize(path).ok();
    let Some(name) = whole.as_deref().and_then(|whole| whole.strip_prefix(root).ok()) else { return Ok(()) };
    let name = name.to_string_lossy().replace('\\', "/");
    // the draft is a file of the project now
    let compiled = project::compile(&Input::Folder(root.to_owned()), Options::default());
    let Compiled { model, sources, .. } = &compiled;
    let stated = |plan: &str| model.find(plan).is_some_and(|id| sources.get(model.plan(id).loc.source).name() == name);
    if !model.plans.iter().any(|plan| stated(&plan.code.text)) {
        return Ok(());
    }
    let accepted = project::accept(root, &compiled, |plan, _| stated(&plan.text))?;
    check::tell_accepted(accepted, session);
    Ok(())
}

/// Returns the draft of a child plan as `.kh`.
fn draft(compiled: &Compiled, parent: PlanId, unit: &str, year: Option<Year>) -> Result<String, Failure> {
    let unit = follower(compiled, parent, unit, year)?;
    Ok(draft::child(&compiled.model, &compiled.derivations, parent, &ChildOptions { unit, code: None, year }))
}

/// Returns the decisions of the draft as an Excel form.
fn form(compiled: &Compiled, parent: PlanId, unit: &str, year: Option<Year>) -> Result<Vec<u8>, Failure> {
    let unit = follower(compiled, parent, unit, year)?;
    worksheet::of_child(compiled, parent, unit, year)
}

/// Returns the unit with a code or name, which can follow the parent plan.
fn follower(compiled: &Compiled, parent: PlanId, unit: &str, year: Option<Year>) -> Result<UnitId, Failure> {
    let Compiled { model, .. } = compiled;
    let date = year.map_or_else(|| model.plan(parent).registry_date(), Date::first_of_year);
    let unit = find_unit(compiled, unit, date)?;
    if let Some(upper) = model.plan(parent).unit
        && !model.registry.can_follow(unit, upper, date)
    {
        let (own, code) = (&model.registry.unit(unit).name, &model.plan(parent).code.text);
        let upper = &model.registry.unit(upper).name;
        return Err(Failure::new(msg!(
            "{own} không trực thuộc {upper} nên không theo kế hoạch {code}",
            "{own} does not lie below {upper}, so it does not follow the plan {code}"
        )));
    }
    Ok(unit)
}

/// Returns the unit with a code or name.
pub(super) fn find_unit(compiled: &Compiled, name: &str, date: Date) -> Result<UnitId, Failure> {
    let found = compiled.model.registry.find_unit(name, date);
    found.ok_or_else(|| Failure::new(msg!("Danh bạ không có đơn vị “{name}”", "The registry has no unit “{name}”")))
}

/// Returns the level with a name.
pub(super) fn find_level(compiled: &Compiled, name: &str) -> Result<LevelId, Failure> {
    let registry = &compiled.model.registry;
    registry.find_level(name).ok_or_else(|| {
        let known: Vec<&str> = registry.levels().map(|(_, level)| level.name.as_str()).collect();
        let known = known.join("; ");
        Failure::new(msg!("Danh bạ không có cấp “{name}”; có: {known}", "The registry has no level “{name}”; there are: {known}"))
    })
}

/// Returns the draft of a handing-on to all units of a level as `.kh`.
fn handing_on(compiled: &Compiled, parent: PlanId, level: &str, year: Option<Year>) -> Result<String, Failure> {
    let Compiled { model, derivations, .. } = compiled;
    let found = find_level(compiled, level)?;
    draft::handing_on(model, derivations, parent, found, year).ok_or_else(|| {
        let own = &model.plan(parent).code.text;
        Failure::new(msg!("Dưới đơn vị của {own} không có đơn vị cấp {level}", "No unit of the level {level} lies below that of {own}"))
    })
}
