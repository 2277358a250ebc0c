//! KH2014: a caption that attaches an appendix to a document of another number than the plan's own.

use super::Subject;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Citation;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(own) = on.plan.header.number.as_ref().filter(|number| !number.value.contains(['…', '['])) else { return };
    for appendix in &on.plan.appendices {
        let Some(attached) = &appendix.attached_to else { continue };
        for citation in Citation::find(&attached.value) {
            let Some(number) = citation.number.as_ref().filter(|number| Key::new(number) != Key::new(&own.value)) else { continue };
            let right = &own.value;
            out.push(
                on.note(
                    Code::KH2014,
                    attached.loc,
                    msg!(
                        "Phụ lục ghi kèm theo văn bản số {number}, còn kế hoạch mang số {right}",
                        "The appendix is attached to {number}, while the plan is {right}"
                    ),
                    &appendix.place(),
                )
                .related(own.loc, msg!("số của kế hoạch", "the plan's number"))
                .help(msg!("Sửa số trong dòng kèm theo", "Mend the number in the caption"))
                .quote(number.clone()),
            );
        }
    }
}
