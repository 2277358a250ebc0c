//! `derive`: drafts a unit's plan from its parent's.

use std::path::{Path, PathBuf};

use clap::Args;

use super::session::Session;
use super::{Status, build, check, update};
use crate::agency::{LevelId, UnitId};
use crate::base::{Date, Year};
use crate::diag::msg;
use crate::draft::{self, ChildOptions};
use crate::model::{PlanId, WaiverClass};
use crate::project::{self, Compiled, Failure, Input, Options};
use crate::render::{self, Decision, Verbs};

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
            if args.output.is_none() {
                return Err(Failure::new(msg!(
                    "Phiếu Excel không in ra màn hình được; nêu tệp cần ghi: -o TỆP.xlsx",
                    "An Excel form cannot be shown here; name the file to write: -o FILE.xlsx"
                )));
            }
            worksheet(&compiled, parent, unit, args.year)?
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
fn worksheet(compiled: &Compiled, parent: PlanId, unit: &str, year: Option<Year>) -> Result<Vec<u8>, Failure> {
    const INHERIT: &str = "KẾ THỪA";
    const WAIVE: &str = "KHÔNG ÁP DỤNG";
    let Compiled { model, derivations, .. } = compiled;
    let unit = follower(compiled, parent, unit, year)?;
    let upper = model.plan(parent);
    let year = year.or(upper.header.year);
    let decision = |waived: Option<String>| match waived {
        None => Decision { verb: INHERIT.into(), ..Decision::default() },
        Some(reason) => Decision { verb: WAIVE.into(), class: WaiverClass::Proposed.text(), reason },
    };
    let tasks: Vec<Decision> = draft::waivers(model, derivations, parent, unit, year).into_iter().map(decision).collect();
    let content = &derivations[parent.index()].content;
    let targets: Vec<Decision> = content.targets.iter().map(|_| decision(None)).collect();
    let verbs = Verbs {
        tasks: &[INHERIT, "SỬA ĐỔI", "TÁCH", "GỘP", WAIVE], targets: &[INHERIT, "SỬA ĐỔI", WAIVE], reasoned: &[WAIVE]
    };
    let (code, unit) = (&upper.code.text, model.registry.unit(unit));
    let shown = year.map(|year| year.to_string()).unwrap_or_default();
    let title = format!("Phiếu xử lý nhiệm vụ của kế hoạch {code}");
    let lines = [
        title.to_uppercase(),
        format!("{}, năm {shown}", unit.name),
        "Chọn cách xử lý từng dòng. Không áp dụng thì ghi loại và lý do (ô đỏ là còn thiếu). Không sửa cột Mã; được xếp lại hàng và cột."
            .into(),
    ];
    let sheets = render::decisions(content, verbs, &tasks, &targets, year, &lines);
    let about = [("kind", "derive"), ("parent", code.as_str()), ("unit", unit.code.as_str()), ("year", shown.as_str())];
    let (bytes, findings) = render::worksheet(&title, &sheets, &about);
    match findings.into_iter().next() {
        None => Ok(bytes),
        Some(finding) => Err(Failure::new(finding.message)),
    }
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
