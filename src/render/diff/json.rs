//! A comparison as JSON. Schema `kehoach/diff/1`.

use serde_json::Value;

use super::{Alone, Change, Difference, Side};
use crate::model::TaskField;

/// Returns the comparison: `{"schema", "a", "b", "tasks": [{"a", "b", "by", "changes": [{"field", "from", "to"}]}], "only_a", "only_b",
/// "targets": [{"code", "from", "to"}], "same"}`. `from` and `to` of a field are its items; a field's name is the one of `kehoach/plan/1`.
pub fn json(difference: &Difference) -> Value {
    let side = |side: &Side| serde_json::json!({"plan": side.code, "title": side.title, "unit": side.unit, "tasks": side.tasks});
    let change = |change: &Change| serde_json::json!({"field": name(change.field), "from": change.from, "to": change.to});
    let alone =
        |alone: &Alone| serde_json::json!({"task": alone.code, "place": alone.place, "content": alone.content, "waived": alone.waived});
    let tasks = difference.tasks.iter().map(|pair| {
        serde_json::json!({
            "a": pair.a,
            "b": pair.b,
            "by": pair.by,
            "changes": pair.changes.iter().map(change).collect::<Vec<_>>(),
        })
    });
    serde_json::json!({
        "schema": "kehoach/diff/1",
        "a": side(&difference.a),
        "b": side(&difference.b),
        "same": difference.is_empty(),
        "tasks": tasks.collect::<Vec<_>>(),
        "only_a": difference.only_a.iter().map(alone).collect::<Vec<_>>(),
        "only_b": difference.only_b.iter().map(alone).collect::<Vec<_>>(),
        "targets": difference.targets.iter().map(|(code, from, to)| serde_json::json!({"code": code, "from": from, "to": to})).collect::<Vec<_>>(),
    })
}

fn name(field: Option<TaskField>) -> &'static str {
    match field {
        None => "appendix",
        Some(TaskField::Content) => "content",
        Some(TaskField::Products) => "products",
        Some(TaskField::Leads) => "leads",
        Some(TaskField::Coordinators) => "coordinators",
        Some(TaskField::Synthesisers) => "synthesisers",
        Some(TaskField::Deadline) => "deadline",
        Some(TaskField::Targets) => "targets",
        Some(TaskField::Budget) => "budget",
        Some(TaskField::Sector) => "sector",
        Some(TaskField::Basis) => "basis",
        Some(TaskField::Note) => "note",
        Some(TaskField::Own) => "own",
        Some(TaskField::Standard) => "standard",
        Some(TaskField::Previous) => "previous",
        Some(TaskField::Goal) => "goal",
        Some(TaskField::Measures) => "measures",
    }
}
