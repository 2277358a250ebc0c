//! CHUYỂN CẤP to be filled: one line for the roles that have the same bodies and the same ones who could take over.

use crate::agency::{Body, Heir, LevelId, Registry, UnitId};
use crate::base::Date;
use crate::derive::{self, Decision, Derivation};
use crate::model::{Model, PlanId, Task};

/// Returns the lines that ask for the decisions, comments included; none where there is nothing to decide. `tasks` are those of the earlier plan,
/// `unit` is the unit whose plan it is.
///
/// A line stays an error (KH4020) until a person replaces `CẦN BỔ SUNG (…)` by a level or `không`.
pub(super) fn lines(registry: &Registry, unit: Option<UnitId>, tasks: &[Task], decisions: &[Decision]) -> Vec<String> {
    let mut groups: Vec<(LevelId, String, Vec<String>)> = Vec::new();
    for decision in decisions {
        let bodies: Vec<&str> = decision.bodies.iter().map(|role| role.text.as_str()).collect();
        let choices: Vec<String> = decision.choices.iter().map(|(level, heirs)| choice(registry, unit, *level, heirs)).collect();
        let said = format!("# {} có thể sang: {}", bodies.join("; "), choices.join("; "));
        let task = format!("{} ({})", tasks[decision.task].code.text, decision.seat.word());
        match groups.iter_mut().find(|(level, other, _)| *level == decision.level && *other == said) {
            Some((.., list)) => list.push(task),
            None => groups.push((decision.level, said, vec![task])),
        }
    }
    let mut out = Vec::new();
    let mut before = None;
    for (level, said, list) in groups {
        let stated = registry.level(level);
        let name = &stated.name;
        out.push(String::new());
        if before.replace(level) != Some(level) {
            let to = stated.validity.to.map_or_else(String::new, |to| format!(" từ ngày {}", to.tomorrow()));
            out.push(format!(
                "# Cấp {name} không còn{to}: thay CẦN BỔ SUNG bằng một cấp, hoặc bằng không. Sang nơi chưa rõ cơ quan thì thêm dòng Giao,"
            ));
            out.push("# sang không thì thêm dòng Lý do. Các nhiệm vụ đi nhiều nơi thì tách thành nhiều khối.".to_owned());
        }
        out.push(said);
        let levels: Vec<&str> = decisions
            .iter()
            .filter(|decision| decision.level == level)
            .flat_map(|decision| &decision.choices)
            .map(|(to, _)| registry.level(*to).name.as_str())
            .fold(Vec::new(), |mut all, name| {
                if !all.contains(&name) {
                    all.push(name);
                }
                all
            });
        let levels = levels.join(" hoặc ");
        out.push(format!("CHUYỂN CẤP {name} SANG CẦN BỔ SUNG ({levels} hoặc không): {}", list.join(", ")));
    }
    out
}

/// Returns comment lines that tell of the roles of `parent` whose level is void at a child's date, where it stood at the parent's; empty where none is.
pub(super) fn warning(model: &Model, derivations: &[Derivation], parent: PlanId, date: Date) -> String {
    let upper = model.plan(parent);
    let registry = &model.registry;
    let then = upper.registry_date();
    let stood = |decision: &Decision| registry.level(decision.level).validity.holds(then);
    let open: Vec<Decision> = derive::decisions(model, derivations, parent, date).into_iter().filter(stood).collect();
    let Some(first) = open.first() else { return String::new() };
    let tasks = &derivations[parent.index()].template.tasks;
    let named: Vec<String> = open.iter().map(|one| format!("{} ({})", tasks[one.task].code.text, one.seat.word())).collect();
    let (code, level, named) = (&upper.code.text, &registry.level(first.level).name, named.join(", "));
    format!(
        "\n# {code} còn giao việc cho cấp {level}, không còn vào ngày của kế hoạch này: {named}.\n# Cấp trên lập kế hoạch năm nay bằng LẬP NĂM và CHUYỂN CẤP trước, rồi lập lại dự thảo này theo kế hoạch đó.\n"
    )
}

/// Returns a level with those who could take over there.
pub(super) fn choice(registry: &Registry, unit: Option<UnitId>, level: LevelId, heirs: &[Heir]) -> String {
    let name = &registry.level(level).name;
    let own = unit.is_some_and(|unit| registry.unit(unit).level == level);
    let list = heirs.iter().filter(|heir| !own || matches!(heir.body, Body::Agency(_) | Body::Group(_)));
    let list: Vec<String> = list
        .map(|heir| {
            let kinds = heir.kinds.join(", ");
            let name = registry.name_of(heir.body, unit);
            if kinds.is_empty() { name } else { format!("{name} ở {kinds}") }
        })
        .collect();
    let more = if list.len() > 4 { ", …" } else { "" };
    let list = list[..list.len().min(4)].join(", ");
    if list.is_empty() { format!("{name} (ghi Giao)") } else { format!("{name} ({list}{more})") }
}
