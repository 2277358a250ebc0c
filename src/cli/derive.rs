//! `derive`: drafts a unit's plan from its parent's.

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Status, build};
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
    /// The file to write; else the draft goes to the standard output
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that differs
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &DeriveArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let (root, _) = session.project()?;
    let compiled = project::compile(&Input::Folder(root), Options::default());
    let parent = compiled.model.find(&args.parent).ok_or_else(|| build::no_plan(&args.parent, &compiled))?;
    let text = match (&args.all, &args.unit) {
        (Some(level), _) => handing_on(&compiled, parent, level, args.year)?,
        (None, Some(unit)) => draft(&compiled, parent, unit, args.year)?,
        (None, None) => String::new(),
    };
    match &args.output {
        None => session.print(&text)?,
        Some(path) => {
            project::write(path, text.as_bytes(), args.force)?;
            let shown = path.display();
            session.tell(&msg!("Đã ghi {shown}", "Wrote {shown}"));
        }
    }
    Ok(Status::Clean)
}

/// Returns the draft of a child plan as `.kh`.
fn draft(compiled: &Compiled, parent: PlanId, unit: &str, year: Option<Year>) -> Result<String, Failure> {
    let Compiled { model, derivations, .. } = compiled;
    let date = year.map_or_else(|| model.plan(parent).registry_date(), Date::first_of_year);
    let unit = model
        .registry
        .find_unit(unit, date)
        .ok_or_else(|| Failure::new(msg!("Danh bạ không có đơn vị “{unit}”", "The registry has no unit “{unit}”")))?;
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
    let text = draft::child(model, derivations, parent, &ChildOptions { unit, code: None, year });
    Ok(text)
}

/// Returns the draft of a handing-on to all units of a level as `.kh`.
fn handing_on(compiled: &Compiled, parent: PlanId, level: &str, year: Option<Year>) -> Result<String, Failure> {
    let Compiled { model, derivations, .. } = compiled;
    let found = model.registry.find_level(level).ok_or_else(|| {
        let known: Vec<&str> = model.registry.levels().map(|(_, level)| level.name.as_str()).collect();
        let known = known.join("; ");
        Failure::new(msg!("Danh bạ không có cấp “{level}”; có: {known}", "The registry has no level “{level}”; there are: {known}"))
    })?;
    draft::handing_on(model, derivations, parent, found, year).ok_or_else(|| {
        let own = &model.plan(parent).code.text;
        Failure::new(msg!("Dưới đơn vị của {own} không có đơn vị cấp {level}", "No unit of the level {level} lies below that of {own}"))
    })
}
