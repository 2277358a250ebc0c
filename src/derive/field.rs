//! A task's fields: translated, then overlaid by what the child restates.

use crate::agency::SectorId;
use crate::base::{Key, Loc};
use crate::model::{Cause, Fields, Origin, Piece, PlanId, Role, Scores, Seat, Step, TargetLine, Task, TaskField};
use crate::shift::{LevelChange, Shift, Shifted, Trouble};
use crate::value::{Deadline, Product, Score, Target};

/// Fields after translation, with what needs a person.
pub(super) struct Translated {
    pub(super) fields: Fields,
    /// The same without step 8: what “later than the parent's” compares with.
    pub(super) undrawn: Option<Piece<Deadline>>,
    pub(super) troubles: Vec<(TaskField, Trouble)>,
}

/// How a task comes down: by which plan's verb, and through which translation.
pub(super) struct Way<'a> {
    pub(super) plan: PlanId,
    /// [`Cause::Inherited`] or [`Cause::Continued`].
    pub(super) cause: Cause,
    /// `None` where the child's or parent's unit is unknown: values stand as they are.
    pub(super) shift: Option<&'a Shift<'a>>,
    /// The verb.
    pub(super) verb: Loc,
    /// The focal body of the appendix where the task will stand.
    pub(super) focal: Option<&'a Role>,
    /// `Lĩnh vực` as the verb restates it: it decides before the task's own.
    pub(super) own_sector: Option<SectorId>,
    /// The sector that decides where the task states none.
    pub(super) sector: Option<SectorId>,
    /// Where the roles of a void level go.
    pub(super) changes: Vec<(Seat, LevelChange<'a>)>,
}

impl Way<'_> {
    fn inherited(&self) -> Step {
        Step { cause: self.cause, from: String::new(), to: String::new(), at: Some(self.verb), plan: self.plan }
    }

    fn piece<T: Clone>(
        &self,
        piece: &Piece<T>,
        shifted: Shifted<T>,
        slot: TaskField,
        troubles: &mut Vec<(TaskField, Trouble)>,
    ) -> Piece<T> {
        let mut origin = piece.origin.clone();
        origin.steps.push(self.inherited());
        origin.steps.extend(shifted.steps);
        troubles.extend(shifted.troubles.into_iter().map(|trouble| (slot, trouble)));
        Piece { value: shifted.value, origin }
    }

    fn unchanged<T: Clone>(&self, piece: &Piece<T>) -> Piece<T> {
        let mut out = piece.clone();
        out.origin.steps.push(self.inherited());
        out
    }

    fn map<T: Clone>(
        &self,
        piece: Option<&Piece<T>>,
        slot: TaskField,
        troubles: &mut Vec<(TaskField, Trouble)>,
        translate: impl FnOnce(&Shift<'_>, &T) -> Shifted<T>,
    ) -> Option<Piece<T>> {
        let piece = piece?;
        let shifted = match self.shift {
            Some(shift) => translate(shift, &piece.value),
            None => Shifted { value: piece.value.clone(), steps: Vec::new(), troubles: Vec::new() },
        };
        Some(self.piece(piece, shifted, slot, troubles))
    }

    /// Translates the bodies in a seat: those of a void level first go where a person decided.
    fn roles(
        &self,
        seat: Seat,
        from: &Fields,
        sector: Option<SectorId>,
        troubles: &mut Vec<(TaskField, Trouble)>,
        translate: impl FnOnce(&Shift<'_>, &[Role]) -> Shifted<Vec<Role>>,
    ) -> Option<Piece<Vec<Role>>> {
        let slot = match seat {
            Seat::Lead => TaskField::Leads,
            Seat::Coordinator => TaskField::Coordinators,
            Seat::Synthesiser => TaskField::Synthesisers,
        };
        self.map(seat.of(from), slot, troubles, |shift, value| {
            let mut moved = Shifted { value: value.clone(), steps: Vec::new(), troubles: Vec::new() };
            for (_, change) in self.changes.iter().filter(|(of, _)| *of == seat) {
                let next = shift.moved(&moved.value, sector, *change);
                moved.value = next.value;
                moved.steps.extend(next.steps);
                moved.troubles.extend(next.troubles);
            }
            let mut out = translate(shift, &moved.value);
            out.steps.splice(0..0, moved.steps);
            out.troubles.splice(0..0, moved.troubles);
            out
        })
    }

    /// Translates the fields of a parent's task (steps 1 to 8; a leader who coordinates is taken out later, when the leads are settled).
    pub(super) fn translate(&self, task: &Task) -> Translated {
        let from = &task.fields;
        let sector = self.own_sector.or(from.sector.as_ref().map(|sector| sector.value)).or(self.sector);
        let mut troubles = Vec::new();
        let deadline = self.map(from.deadline.as_ref(), TaskField::Deadline, &mut troubles, |shift, value| shift.deadline(value));
        let undrawn = self.map(from.deadline.as_ref(), TaskField::Deadline, &mut Vec::new(), |shift, value| {
            Shift { earlier: None, ..shift.clone() }.deadline(value)
        });
        let fields = Fields {
            content: self.map(from.content.as_ref(), TaskField::Content, &mut troubles, |shift, value| shift.text(value)),
            products: self.map(from.products.as_ref(), TaskField::Products, &mut troubles, |shift, value| shift.products(value)),
            leads: self.roles(Seat::Lead, from, sector, &mut troubles, |shift, value| shift.leads(value, sector, self.focal)),
            coordinators: self.roles(Seat::Coordinator, from, sector, &mut troubles, |shift, value| shift.coordinators(value, sector)),
            synthesisers: self.roles(Seat::Synthesiser, from, sector, &mut troubles, |shift, value| shift.coordinators(value, sector)),
            deadline,
            targets: self.map(from.targets.as_ref(), TaskField::Targets, &mut troubles, |shift, value| targets(shift, value)),
            budget: self.map(from.budget.as_ref(), TaskField::Budget, &mut troubles, |shift, value| shift.text(value)),
            sector: from.sector.as_ref().map(|piece| self.unchanged(piece)),
            basis: from.basis.as_ref().map(|piece| self.unchanged(piece)),
            note: self.map(from.note.as_ref(), TaskField::Note, &mut troubles, |shift, value| shift.text(value)),
            own: from.own.as_ref().map(|piece| self.unchanged(piece)),
            // what the parent scored last year is its own result
            scores: Scores {
                standard: from.scores.standard.as_ref().map(|piece| self.unchanged(piece)),
                previous: None,
                goal: from.scores.goal.as_ref().map(|piece| self.unchanged(piece)),
            },
            measures: self.map(from.measures.as_ref(), TaskField::Measures, &mut troubles, |shift, value| measures(shift, value)),
            // how the parent's document printed it is its own affair
            record: None,
        };
        Translated { fields, undrawn, troubles }
    }

    /// Takes the leads out of the coordinators that came down (step 4).
    pub(super) fn settle(&self, fields: &mut Fields, restated: bool) {
        let (Some(shift), Some(leads), false) = (self.shift, &mut fields.leads, restated) else { return };
        let came_down = leads.origin.steps.iter().any(|step| step.cause.takes_over() && step.plan == self.plan);
        if let Some(coordinators) = &mut fields.coordinators {
            let shifted = shift.without_leads(&mut leads.value, std::mem::take(&mut coordinators.value), came_down);
            coordinators.value = shifted.value;
            leads.origin.steps.extend(shifted.steps.iter().filter(|step| !step.to.is_empty()).cloned());
            coordinators.origin.steps.extend(shifted.steps);
        }
    }

    /// Overlays what the child restates: a field is replaced whole, but targets merge by code.
    pub(super) fn overlay(&self, base: Fields, patch: &Fields) -> Fields {
        Fields {
            content: self.restate(base.content, patch.content.as_ref(), |value| value.clone()),
            products: self.restate(base.products, patch.products.as_ref(), |value| print_products(value)),
            leads: self.restate(base.leads, patch.leads.as_ref(), |value| print_roles(value)),
            coordinators: self.restate(base.coordinators, patch.coordinators.as_ref(), |value| print_roles(value)),
            synthesisers: self.restate(base.synthesisers, patch.synthesisers.as_ref(), |value| print_roles(value)),
            deadline: self.restate(base.deadline, patch.deadline.as_ref(), print_deadline),
            targets: self.merge_targets(base.targets, patch.targets.as_ref()),
            budget: self.restate(base.budget, patch.budget.as_ref(), |value| value.clone()),
            sector: self.restate(base.sector, patch.sector.as_ref(), |_| String::new()),
            basis: self.restate(base.basis, patch.basis.as_ref(), |value| value.join("; ")),
            note: self.restate(base.note, patch.note.as_ref(), |value| value.clone()),
            own: self.restate(base.own, patch.own.as_ref(), |_| String::new()),
            scores: Scores {
                standard: self.restate(base.scores.standard, patch.scores.standard.as_ref(), print_score),
                previous: self.restate(base.scores.previous, patch.scores.previous.as_ref(), print_score),
                goal: self.restate(base.scores.goal, patch.scores.goal.as_ref(), print_score),
            },
            measures: self.restate(base.measures, patch.measures.as_ref(), |value| value.join("; ")),
            record: None,
        }
    }

    fn restate<T: Clone>(&self, base: Option<Piece<T>>, patch: Option<&Piece<T>>, print: impl Fn(&T) -> String) -> Option<Piece<T>> {
        let Some(patch) = patch else { return base };
        let mut out = patch.clone();
        if let Some(base) = base {
            out.origin.steps.push(self.restated(print(&base.value), print(&patch.value)));
        }
        Some(out)
    }

    fn restated(&self, from: String, to: String) -> Step {
        Step { cause: Cause::Restated, from, to, at: Some(self.verb), plan: self.plan }
    }

    fn merge_targets(
        &self,
        base: Option<Piece<Vec<TargetLine>>>,
        patch: Option<&Piece<Vec<TargetLine>>>,
    ) -> Option<Piece<Vec<TargetLine>>> {
        let Some(patch) = patch else { return base };
        let Some(mut out) = base else { return Some(patch.clone()) };
        for line in &patch.value {
            let key = Key::new(&line.target.code);
            let old = out.value.iter().position(|other| !key.is_empty() && Key::new(&other.target.code) == key);
            match old {
                Some(at) if line.dropped => {
                    let gone = out.value.remove(at);
                    out.origin.steps.push(self.restated(gone.target.text, String::new()));
                }
                Some(at) => {
                    let target = restated_target(&out.value[at].target, &line.target);
                    out.origin.steps.push(self.restated(out.value[at].target.text.clone(), target.text.clone()));
                    out.value[at] = TargetLine { target, ..line.clone() };
                }
                None if line.dropped => {}
                None => {
                    out.origin.steps.push(self.restated(String::new(), line.target.text.clone()));
                    out.value.push(line.clone());
                }
            }
        }
        Some(out)
    }
}

/// Returns a restated target: a bare measure replaces the measure inside the parent's sentence.
pub(super) fn restated_target(parent: &Target, own: &Target) -> Target {
    if own.is_bare() { parent.with_measure(own) } else { own.clone() }
}

/// Translates targets as text.
pub(super) fn targets(shift: &Shift<'_>, lines: &[TargetLine]) -> Shifted<Vec<TargetLine>> {
    let mut out = Shifted { value: Vec::new(), steps: Vec::new(), troubles: Vec::new() };
    for line in lines {
        let shifted = shift.text(&line.target.text);
        out.steps.extend(shifted.steps);
        out.troubles.extend(shifted.troubles);
        let target = if shifted.value == line.target.text { line.target.clone() } else { Target::parse(&line.target.code, &shifted.value) };
        out.value.push(TargetLine { target, ..line.clone() });
    }
    out
}

/// Translates measures as text, one by one.
fn measures(shift: &Shift<'_>, list: &[String]) -> Shifted<Vec<String>> {
    let mut out = Shifted { value: Vec::new(), steps: Vec::new(), troubles: Vec::new() };
    for text in list {
        let shifted = shift.text(text);
        out.value.push(shifted.value);
        out.steps.extend(shifted.steps);
        out.troubles.extend(shifted.troubles);
    }
    out
}

fn print_score(score: &Score) -> String {
    score.text.clone()
}

/// Returns roles as one line.
pub(super) fn print_roles(roles: &[Role]) -> String {
    roles.iter().map(Role::printed).collect::<Vec<_>>().join("; ")
}

fn print_products(products: &[Product]) -> String {
    products.iter().map(|product| product.text.as_str()).collect::<Vec<_>>().join("; ")
}

fn print_deadline(deadline: &Deadline) -> String {
    let entries = deadline.entries.iter().map(|entry| match &entry.of {
        Some(of) => format!("{of}: {}", entry.text),
        None => entry.text.clone(),
    });
    entries.collect::<Vec<_>>().join("; ")
}

/// Returns fields equal in all of several translations (GỘP), and those that differ or stand in some only.
pub(super) fn common(all: &[Fields]) -> (Fields, Vec<TaskField>) {
    fn same<T: Clone>(
        all: &[Fields],
        field: TaskField,
        differing: &mut Vec<TaskField>,
        get: impl Fn(&Fields) -> Option<&Piece<T>>,
        eq: impl Fn(&T, &T) -> bool,
    ) -> Option<Piece<T>> {
        let first = all.first().and_then(&get);
        let equal = all.iter().all(|fields| match (first, get(fields)) {
            (Some(a), Some(b)) => eq(&a.value, &b.value),
            (None, None) => true,
            _ => false,
        });
        if equal {
            first.cloned()
        } else {
            differing.push(field);
            None
        }
    }
    let roles = |a: &Vec<Role>, b: &Vec<Role>| {
        let keys = |roles: &Vec<Role>| roles.iter().map(|role| Key::new(&role.printed())).collect::<Vec<_>>();
        keys(a) == keys(b)
    };
    let mut differing = Vec::new();
    let d = &mut differing;
    let fields = Fields {
        content: same(all, TaskField::Content, d, |f| f.content.as_ref(), |a, b| Key::new(a) == Key::new(b)),
        products: same(
            all,
            TaskField::Products,
            d,
            |f| f.products.as_ref(),
            |a, b| Key::new(&print_products(a)) == Key::new(&print_products(b)),
        ),
        leads: same(all, TaskField::Leads, d, |f| f.leads.as_ref(), roles),
        coordinators: same(all, TaskField::Coordinators, d, |f| f.coordinators.as_ref(), roles),
        synthesisers: same(all, TaskField::Synthesisers, d, |f| f.synthesisers.as_ref(), roles),
        deadline: same(all, TaskField::Deadline, d, |f| f.deadline.as_ref(), Deadline::same_as),
        targets: same(
            all,
            TaskField::Targets,
            d,
            |f| f.targets.as_ref(),
            |a, b| a.iter().map(|line| &line.target.text).eq(b.iter().map(|line| &line.target.text)),
        ),
        budget: same(all, TaskField::Budget, d, |f| f.budget.as_ref(), |a, b| a == b),
        sector: same(all, TaskField::Sector, d, |f| f.sector.as_ref(), |a, b| a == b),
        basis: same(all, TaskField::Basis, d, |f| f.basis.as_ref(), |a, b| a == b),
        note: same(all, TaskField::Note, d, |f| f.note.as_ref(), |a, b| a == b),
        own: same(all, TaskField::Own, d, |f| f.own.as_ref(), |a, b| a == b),
        scores: Scores {
            standard: same(all, TaskField::Standard, d, |f| f.scores.standard.as_ref(), |a, b| a.value == b.value),
            previous: None,
            goal: same(all, TaskField::Goal, d, |f| f.scores.goal.as_ref(), |a, b| a.value == b.value),
        },
        measures: same(all, TaskField::Measures, d, |f| f.measures.as_ref(), |a, b| a == b),
        record: None,
    };
    (fields, differing)
}

/// Returns an origin with the verb that took the value over.
pub(super) fn taken_over(origin: &Origin, cause: Cause, plan: PlanId, verb: Loc, steps: Vec<Step>) -> Origin {
    let mut out = origin.clone();
    out.steps.push(Step { cause, from: String::new(), to: String::new(), at: Some(verb), plan });
    out.steps.extend(steps);
    out
}
