//! `why`: the chain of statements and rules that made a task or a field.

use clap::Args;

use super::session::Session;
use super::{Status, build};
use crate::diag::{Lang, msg};
use crate::model::{PlanId, TaskField};
use crate::project::{self, Compiled, Failure, Input, Options};
use crate::render;

/// Arguments of `why`.
#[derive(Debug, Args)]
pub(super) struct WhyArgs {
    /// The plan's code
    #[arg(value_name = "PLAN")]
    plan: String,
    /// The code of a task of the plan, or of a parent's task that it answers
    #[arg(value_name = "TASK")]
    task: String,
    /// A field's label, such as “Cơ quan chủ trì”; without one, all fields
    #[arg(value_name = "FIELD")]
    field: Option<String>,
}

pub(super) fn run(args: &WhyArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let (root, _) = session.project()?;
    let compiled = project::compile(&Input::Folder(root), Options::default());
    let plan = compiled.model.find(&args.plan).ok_or_else(|| build::no_plan(&args.plan, &compiled))?;
    let text = chain(&compiled, plan, &args.task, args.field.as_deref(), session.lang)?;
    session.print(&text)?;
    Ok(Status::Clean)
}

/// Returns the chain as text.
fn chain(compiled: &Compiled, plan: PlanId, task: &str, field: Option<&str>, lang: Lang) -> Result<String, Failure> {
    let field = match field {
        None => None,
        Some(name) => Some(TaskField::parse(name).ok_or_else(|| {
            let known: Vec<String> = TaskField::ALL
                .iter()
                .map(|field| match lang {
                    Lang::Vi => field.label().to_owned(),
                    Lang::En => field.english().to_owned(),
                })
                .collect();
            let known = known.join("; ");
            Failure::new(msg!("Không có mục “{name}”; có: {known}", "There is no field “{name}”; there are: {known}"))
        })?),
    };
    let Compiled { sources, model, derivations, .. } = compiled;
    let own = render::why(sources, model, derivations, plan, task, field, lang);
    // the levels below are told with the whole task
    let below = if field.is_none() { render::spread(sources, model, derivations, plan, task, lang) } else { String::new() };
    own.map(|own| own + &below).ok_or_else(|| {
        let plan = &model.plan(plan).code.text;
        Failure::new(msg!(
            "{plan} không có nhiệm vụ {task}, hoặc nhiệm vụ không có mục này",
            "{plan} has no task {task}, or the task has no such field"
        ))
    })
}
