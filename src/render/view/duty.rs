//! The paragraph of each responsible body: what its appendices give it to lead, watch over and report.

use super::standing::Standing;
use super::wording::{bare, lower_first, printed, upper_first};
use crate::agency::{Body, Registry};
use crate::base::Key;
use crate::model::{Appendix, Role};

/// A body with the appendices of which it is the focal point.
pub(super) struct Duty<'a> {
    /// The body as its first appendix names it.
    pub(super) body: &'a Role,
    appendices: Vec<(usize, &'a Appendix)>,
}

/// Returns one duty per responsible body, in the order of their first appendices; empty where no appendix names one.
pub(super) fn duties<'a>(standing: &Standing<'a>) -> Vec<Duty<'a>> {
    let mut out: Vec<Duty<'a>> = Vec::new();
    for (at, appendix) in standing.content.appendices.iter().enumerate() {
        let Some(focal) = &appendix.focal else { continue };
        if standing.tasks(Some(at)).next().is_none() {
            continue;
        }
        match out.iter_mut().find(|duty| same(duty.body, focal)) {
            Some(duty) => duty.appendices.push((at, appendix)),
            None => out.push(Duty { body: focal, appendices: vec![(at, appendix)] }),
        }
    }
    out
}

/// Says whether two roles name one body; bodies that only their words tell apart are compared by them.
fn same(a: &Role, b: &Role) -> bool {
    match (a.body, b.body) {
        (Body::Open | Body::Unknown, _) | (_, Body::Open | Body::Unknown) => Key::new(&a.text) == Key::new(&b.text),
        (Body::Agency(_) | Body::Institution(..) | Body::Group(_), _) => a.body == b.body,
    }
}

impl Duty<'_> {
    /// Says whether the body bears this name: as printed, or as the registry knows it.
    pub(super) fn is_of(&self, name: &str, registry: &Registry) -> bool {
        Key::new(&self.body.text) == Key::new(name) || registry.look_up(name).iter().any(|known| known.body == self.body.body)
    }

    /// Returns the sentence. `headed` says that a title above names the body already.
    pub(super) fn sentence(&self, standing: &Standing<'_>, headed: bool) -> String {
        let mut clauses = vec![self.lead(standing), watch(self.appendices.len())];
        clauses.extend(self.report(standing));
        let sentence = clauses.join("; ");
        if headed { format!("{}.", upper_first(&sentence)) } else { format!("{} {sentence}.", printed(&self.body.text)) }
    }

    fn lead(&self, standing: &Standing<'_>) -> String {
        let title = |appendix: &Appendix| lower_first(&printed(bare(&appendix.title.value)));
        match self.appendices.as_slice() {
            [(_, appendix)] if standing.in_body(appendix) => {
                format!("chủ trì triển khai nội dung {}", title(appendix))
            }
            [(at, appendix)] => format!("chủ trì triển khai nội dung {} theo {}", title(appendix), standing.caption(*at)),
            many => {
                let listed = many.iter().map(|(at, appendix)| {
                    let title = title(appendix);
                    if standing.in_body(appendix) { title } else { format!("{title} ({})", standing.caption(*at)) }
                });
                let listed: Vec<String> = listed.collect();
                // a title with an “and” of its own would run into the next
                let plain = listed.iter().all(|title| !title.contains(" và ") && !title.contains(','));
                format!("chủ trì triển khai các nội dung: {}", if plain { joined(&listed) } else { listed.join("; ") })
            }
        }
    }

    /// Returns what is reported, to whom, through whom and when. Appendices that agree are named once. `Gửi qua` is left out where it is the
    /// body itself: nobody reports through himself.
    fn report(&self, standing: &Standing<'_>) -> Option<String> {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (at, appendix) in &self.appendices {
            let via = appendix.via.as_ref().filter(|via| !same(via, self.body));
            let via = via.map(|via| format!(" (qua {})", printed(&via.text))).unwrap_or_default();
            let when = appendix.report.as_ref().map(|when| format!(" {}", lower_first(&printed(bare(&when.value))))).unwrap_or_default();
            if via.is_empty() && when.is_empty() {
                continue;
            }
            let clause = format!("{via}{when}");
            let caption = standing.caption(*at);
            match groups.iter_mut().find(|(other, _)| *other == clause) {
                Some((_, captions)) => captions.push(caption),
                None => groups.push((clause, vec![caption])),
            }
        }
        let told = |clause: &str| format!("{}{clause}", standing.reported_to());
        match groups.as_slice() {
            [] => None,
            [(clause, _)] => Some(format!("tổng hợp kết quả, báo cáo {}", told(clause))),
            many => {
                let parts = many.iter().map(|(clause, captions)| format!("{} đối với {}", told(clause), joined(captions)));
                Some(format!("tổng hợp kết quả, báo cáo {}", parts.collect::<Vec<_>>().join(", ")))
            }
        }
    }
}

fn watch(count: usize) -> String {
    let what = if count > 1 { "các nội dung này" } else { "nội dung này" };
    format!("hướng dẫn, đôn đốc và kiểm tra các cơ quan, đơn vị có nhiệm vụ thuộc {what}")
}

/// Joins names as a sentence lists them.
fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} và {last}", head.join(", ")),
    }
}
