//! KH2022: a task that is to issue a document, with reports as its only products.

use super::Subject;
use crate::base::even;
use crate::diag::{Code, Diagnostic, msg};
use crate::value::ProductKind;

/// Verbs that end in a document of their own.
const ISSUES: &[&str] = &["ban hành ", "phê duyệt ", "trình ban hành ", "trình phê duyệt "];

/// The verb of who decides: what is laid before others comes before it.
const DECIDES: &str = "phê duyệt ";

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let (Some(content), Some(products)) = (&task.fields.content, &task.fields.products) else { continue };
        if !on.wrote(&content.origin) || !on.wrote(&products.origin) || products.value.is_empty() {
            continue;
        }
        let low = even(&content.value);
        let decides = low.starts_with(DECIDES);
        let only_reports = products.value.iter().all(|product| match product.kind {
            ProductKind::Report => true,
            ProductKind::Submission => decides && even(&product.text).starts_with("báo cáo"),
            ProductKind::Document | ProductKind::Activity | ProductKind::State | ProductKind::External => false,
        });
        if !only_reports || !ISSUES.iter().any(|verb| low.starts_with(verb)) {
            continue;
        }
        let code = &task.code.text;
        let quote: String = content.value.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
        out.push(
            on.note(
                Code::KH2022,
                products.origin.stated,
                msg!(
                    "{code} là việc ban hành văn bản mà sản phẩm chỉ có báo cáo",
                    "{code} is to issue a document, but its products are only reports"
                ),
                code,
            )
            .help(msg!("Thêm văn bản đó vào Sản phẩm", "Add the document to Sản phẩm"))
            .quote(quote),
        );
    }
}
