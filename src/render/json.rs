//! A derived plan as JSON, each field with the chain of statements and rules that made it. Schema `kehoach/plan/1`.
//!
//! Texts stand as the model holds them, not as documents print them; places are `file:line`; days are `yyyy-mm-dd`. Keys have a fixed order.

use serde_json::{Map, Value, json};

use crate::agency::{Body, Holder, Institution, Registry, SectorId};
use crate::base::{Loc, Sources};
use crate::derive::Derivation;
use crate::model::{
    Appendix, Cause, Column, ColumnField, Fields, Header, Marking, Model, Origin, Outcome, Part, Piece, PlanId, Record, Role, ScoreTable,
    TargetLine, Task, Text, TieState,
};
use crate::value::Score;

/// Returns the whole plan after derivation.
///
/// Top keys: `schema`, `code`, `title`, `unit`, `level`, `header`, `parents`, `targets`, `parts`, `appendices`, `tasks`, `fates`,
/// `target_fates`. A field that is not stated is `null`; a stated one is `{"value", "origin"}`. `origin` is `{"stated": "file:line",
/// "steps": [{"cause", "rule", "from", "to", "at", "plan"}]}`, oldest step first.
pub fn json(model: &Model, derivation: &Derivation, sources: &Sources) -> Value {
    let writer = Writer { model, sources };
    let plan = model.plan(derivation.plan);
    let content = &derivation.content;
    let parents = plan.parents.iter().map(|parent| {
        let years = parent.years.map(|(from, to)| json!({"from": from, "to": to}));
        json!({"plan": writer.plan(parent.plan), "kind": parent.kind, "years": years, "at": writer.place(parent.loc)})
    });
    json!({
        "schema": "kehoach/plan/1",
        "code": plan.code.text,
        "title": writer.text(&plan.title),
        "unit": plan.unit.map(|unit| {
            let unit = model.registry.unit(unit);
            json!({"code": unit.code, "name": unit.name, "official_code": unit.official_code})
        }),
        "level": plan.level.map(|level| model.registry.level(level).name.clone()),
        "header": writer.header(&plan.header),
        "parents": parents.collect::<Vec<_>>(),
        "targets": content.targets.iter().map(|line| writer.target(line)).collect::<Vec<_>>(),
        "parts": content.parts.iter().map(|part| writer.part(part)).collect::<Vec<_>>(),
        "appendices": content.appendices.iter().map(|appendix| writer.appendix(appendix)).collect::<Vec<_>>(),
        "tasks": content.tasks.iter().map(|task| writer.task(task, &content.appendices)).collect::<Vec<_>>(),
        "fates": derivation.fates.iter().map(|fate| {
            json!({"parent": writer.plan(fate.parent), "task": fate.task, "outcome": writer.outcome(&fate.outcome, derivation)})
        }).collect::<Vec<_>>(),
        "target_fates": derivation.target_fates.iter().map(|fate| {
            let outcome = writer.outcome(&fate.outcome, derivation);
            json!({"parent": writer.plan(fate.parent), "target": fate.code.text, "outcome": outcome})
        }).collect::<Vec<_>>(),
    })
}

struct Writer<'a> {
    model: &'a Model,
    sources: &'a Sources,
}

impl Writer<'_> {
    fn place(&self, loc: Loc) -> String {
        self.sources.place(loc)
    }

    fn plan(&self, id: PlanId) -> &str {
        &self.model.plan(id).code.text
    }

    fn registry(&self) -> &Registry {
        &self.model.registry
    }

    fn text(&self, text: &Text) -> Value {
        json!({"value": text.value, "at": self.place(text.loc)})
    }

    fn texts(&self, list: &[Text]) -> Vec<Value> {
        list.iter().map(|text| self.text(text)).collect()
    }

    fn optional(&self, text: Option<&Text>) -> Value {
        text.map_or(Value::Null, |text| self.text(text))
    }

    fn header(&self, header: &Header) -> Value {
        json!({
            "year": header.year,
            "period": header.period.map(|(first, last)| json!({"first": first, "last": last})),
            "form": header.form,
            "layout": header.layout,
            "authority": header.authority,
            "number": self.optional(header.number.as_ref()),
            "date": header.date.map(|date| date.iso()),
            "date_text": self.optional(header.date_text.as_ref()),
            "signer": header.signer,
            "bases": self.texts(&header.bases),
            "proposed_by": self.optional(header.proposed_by.as_ref()),
            "opening": self.texts(&header.opening),
            "effect": self.optional(header.effect.as_ref()),
            "responsible": self.optional(header.responsible.as_ref()),
            "recipients": self.texts(&header.recipients),
            "replaces": self.optional(header.replaces.as_ref()),
            "earlier_months": header.earlier_months.map(|(months, _)| months),
            "registry_date": header.registry_date.map(|date| date.iso()),
            "record": header.record,
            "columns": columns(&header.columns),
        })
    }

    fn origin(&self, origin: &Origin) -> Value {
        let steps = origin.steps.iter().map(|step| {
            let (cause, rule) = match step.cause {
                Cause::Inherited => ("inherited", Value::Null),
                Cause::Continued => ("continued", Value::Null),
                Cause::Restated => ("restated", Value::Null),
                Cause::Rule(rule) => ("rule", json!(rule)),
            };
            let at = step.at.map(|at| self.place(at));
            json!({"cause": cause, "rule": rule, "from": step.from, "to": step.to, "at": at, "plan": self.plan(step.plan)})
        });
        json!({"stated": self.place(origin.stated), "steps": steps.collect::<Vec<_>>()})
    }

    fn piece<T>(&self, piece: Option<&Piece<T>>, value: impl Fn(&T) -> Value) -> Value {
        piece.map_or(Value::Null, |piece| json!({"value": value(&piece.value), "origin": self.origin(&piece.origin)}))
    }

    fn body(&self, body: Body) -> Value {
        let registry = self.registry();
        match body {
            Body::Agency(id) => {
                let agency = registry.agency(id);
                json!({"kind": "agency", "code": agency.code, "name": agency.name})
            }
            Body::Group(id) => json!({"kind": "group", "name": registry.group(id).name}),
            Body::Institution(institution, holder) => {
                let institution = match institution {
                    Institution::Committee => "committee",
                    Institution::Chair => "chair",
                    Institution::Council => "council",
                    Institution::PartyStanding => "party_standing",
                    Institution::Party => "party",
                };
                let (level, unit) = match holder {
                    Holder::Level(level) => (Some(registry.level(level).name.as_str()), None),
                    Holder::Unit(unit) => (None, Some(registry.unit(unit).name.as_str())),
                    Holder::All => (None, None),
                };
                json!({"kind": institution, "level": level, "unit": unit})
            }
            Body::Open => json!({"kind": "open"}),
            Body::Unknown => json!({"kind": "unknown"}),
        }
    }

    fn sector(&self, sector: Option<SectorId>) -> Value {
        sector.map_or(Value::Null, |sector| json!(self.registry().sector(sector).name))
    }

    fn role(&self, role: &Role) -> Value {
        json!({
            "text": role.text,
            "duty": role.duty,
            "label": role.label,
            "sector": self.sector(role.sector),
            "body": self.body(role.body),
            "at": self.place(role.loc),
        })
    }

    fn roles(&self, roles: &[Role]) -> Value {
        roles.iter().map(|role| self.role(role)).collect()
    }

    fn target(&self, line: &TargetLine) -> Value {
        json!({
            "code": line.target.code,
            "text": line.target.text,
            "measure": line.target.measure,
            "exception": line.target.exception,
            "dropped": line.dropped,
            "unit": line.unit.map(|unit| self.registry().unit(unit).name.clone()),
            "at": self.place(line.loc),
        })
    }

    fn part(&self, part: &Part) -> Value {
        let kind = match part.depth {
            0 => "paragraph",
            1 => "part",
            2 => "section",
            3 => "subsection",
            4 => "item",
            _ => "subitem",
        };
        let marking = part.marking.map(|marking| match marking {
            Marking::Numbers => "numbers",
            Marking::Letters => "letters",
            Marking::Dashes => "dashes",
        });
        json!({
            "kind": kind,
            "number": part.number,
            "printed_number": part.printed_number,
            "text": part.text,
            "tied": part.tied.iter().map(|code| code.text.as_str()).collect::<Vec<_>>(),
            "marking": marking,
            "origin": self.origin(&part.origin),
            "below": part.below.iter().map(|part| self.part(part)).collect::<Vec<_>>(),
        })
    }

    fn appendix(&self, appendix: &Appendix) -> Value {
        let mut out = json!({
            "number": appendix.number,
            "group": appendix.group,
            "title": self.text(&appendix.title),
            "printed_title": self.optional(appendix.printed_title.as_ref()),
            "called": appendix.called,
            "sector": self.sector(appendix.sector),
            "focal": appendix.focal.as_ref().map(|role| self.role(role)),
            "report": self.optional(appendix.report.as_ref()),
            "via": appendix.via.as_ref().map(|role| self.role(role)),
            "columns": columns(&appendix.columns),
            "attached_to": self.optional(appendix.attached_to.as_ref()),
            "printed_number": appendix.printed_number,
            "at": self.place(appendix.loc),
        });
        if let (Some(table), Some(members)) = (&appendix.scores, out.as_object_mut()) {
            members.insert("score_table".into(), self.score_table(table));
        }
        out
    }

    /// Returns the criteria above the leaves and the totals. Only an appendix with BẢNG ĐIỂM has the key.
    fn score_table(&self, table: &ScoreTable) -> Value {
        let criteria = table.criteria.iter().map(|criterion| {
            json!({
                "code": criterion.code.text,
                "content": self.piece(criterion.fields.content.as_ref(), |value| json!(value)),
                "leads": self.piece(criterion.fields.leads.as_ref(), |list| self.roles(list)),
                "scores": self.scores(&criterion.fields),
                "at": self.place(criterion.loc),
            })
        });
        let total = Fields { scores: table.total.clone(), ..Fields::default() };
        json!({"criteria": criteria.collect::<Vec<_>>(), "total": self.scores(&total), "at": self.place(table.loc)})
    }

    fn scores(&self, fields: &Fields) -> Value {
        let score = |value: &Score| json!(value.text);
        json!({
            "standard": self.piece(fields.scores.standard.as_ref(), score),
            "previous": self.piece(fields.scores.previous.as_ref(), score),
            "goal": self.piece(fields.scores.goal.as_ref(), score),
            "measures": self.piece(fields.measures.as_ref(), |list| json!(list)),
        })
    }

    fn task(&self, task: &Task, appendices: &[Appendix]) -> Value {
        let appendix = task.appendix.and_then(|at| appendices.get(at));
        let carries = task.carries.iter().map(|(plan, at)| json!({"plan": self.plan(*plan), "task": at}));
        let mut out = json!({
            "code": task.code.text,
            "appendix": appendix.map(|appendix| appendix.number.as_str()),
            "at": self.place(task.loc),
            "carries": carries.collect::<Vec<_>>(),
            "fields": self.fields(&task.fields),
        });
        // only a leaf of a score table has the key
        let scored = appendix.is_some_and(|appendix| appendix.scores.is_some());
        if let (true, Some(members)) = (scored, out.as_object_mut()) {
            members.insert("scores".into(), self.scores(&task.fields));
        }
        // only a task of a plan in record mode has the key
        if let (Some(record), Some(members)) = (&task.fields.record, out.as_object_mut()) {
            members.insert("record".into(), self.record(record));
        }
        out
    }

    fn record(&self, record: &Record) -> Value {
        let ties = record.ties.iter().map(|tie| {
            let state = match tie.state {
                TieState::Confirmed => "confirmed",
                TieState::Open => "open",
                TieState::Denied => "denied",
            };
            let plan = tie.task.plan.as_ref().map(|plan| plan.text.as_str());
            json!({"plan": plan, "code": tie.task.code.text, "state": state, "at": self.place(tie.task.code.loc)})
        });
        let words = record.words.iter().map(|(field, lines)| json!({"field": column_field(field), "lines": lines}));
        json!({
            "number": self.optional(record.number.as_ref()),
            "origin": self.optional(record.origin.as_ref()),
            "ties": ties.collect::<Vec<_>>(),
            "words": words.collect::<Vec<_>>(),
            "corrected": record.corrected.iter().map(column_field).collect::<Vec<_>>(),
        })
    }

    fn fields(&self, fields: &Fields) -> Value {
        let text = |value: &String| json!(value);
        json!({
            "content": self.piece(fields.content.as_ref(), text),
            "products": self.piece(fields.products.as_ref(), |list| json!(list)),
            "leads": self.piece(fields.leads.as_ref(), |list| self.roles(list)),
            "coordinators": self.piece(fields.coordinators.as_ref(), |list| self.roles(list)),
            "synthesisers": self.piece(fields.synthesisers.as_ref(), |list| self.roles(list)),
            "deadline": self.piece(fields.deadline.as_ref(), |deadline| json!(deadline)),
            "targets": self.piece(fields.targets.as_ref(), |list| list.iter().map(|line| self.target(line)).collect()),
            "budget": self.piece(fields.budget.as_ref(), text),
            "sector": self.piece(fields.sector.as_ref(), |sector| self.sector(Some(*sector))),
            "basis": self.piece(fields.basis.as_ref(), |list| json!(list)),
            "note": self.piece(fields.note.as_ref(), text),
            "own": self.piece(fields.own.as_ref(), |pairs| {
                // two columns of one name cannot both be keys
                pairs.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
            }),
        })
    }

    fn outcome(&self, outcome: &Outcome, derivation: &Derivation) -> Value {
        let plan = self.model.plan(derivation.plan);
        let at = |statement: &usize| plan.statements.get(*statement).map(|statement| self.place(statement.loc));
        let reason = |statement: &usize| {
            let reason = plan.statements.get(*statement).and_then(|statement| statement.reason.as_ref());
            reason.map(|reason| reason.value.clone())
        };
        let (kind, statements, children): (&str, &[usize], &[usize]) = match outcome {
            Outcome::Unanswered => ("unanswered", &[], &[]),
            Outcome::Carried { statement, children } => ("carried", std::slice::from_ref(statement), children),
            Outcome::Finished { statement } => ("finished", std::slice::from_ref(statement), &[]),
            Outcome::Waived { statement } => ("waived", std::slice::from_ref(statement), &[]),
            Outcome::Unreasoned { statement } => ("unreasoned", std::slice::from_ref(statement), &[]),
            Outcome::Repeated { statements, children } => ("repeated", statements, children),
        };
        let mut out = Map::new();
        out.insert("kind".into(), json!(kind));
        out.insert("at".into(), statements.iter().map(at).collect());
        out.insert("reason".into(), json!(statements.first().and_then(reason)));
        out.insert("children".into(), json!(children));
        Value::Object(out)
    }
}

fn columns(columns: &[Column]) -> Value {
    columns
        .iter()
        .map(|column| json!({"title": column.title, "fields": column.fields.iter().map(column_field).collect::<Vec<_>>()}))
        .collect()
}

fn column_field(field: &ColumnField) -> Value {
    match field {
        ColumnField::Number => json!("number"),
        ColumnField::Content => json!("content"),
        ColumnField::Products => json!("products"),
        ColumnField::Leads => json!("leads"),
        ColumnField::Coordinators => json!("coordinators"),
        ColumnField::Synthesisers => json!("synthesisers"),
        ColumnField::Deadline => json!("deadline"),
        ColumnField::Targets => json!("targets"),
        ColumnField::Budget => json!("budget"),
        ColumnField::Note => json!("note"),
        ColumnField::Standard => json!("standard"),
        ColumnField::Previous => json!("previous"),
        ColumnField::Goal => json!("goal"),
        ColumnField::Measures => json!("measures"),
        ColumnField::Own(name) => json!({"own": name}),
    }
}
