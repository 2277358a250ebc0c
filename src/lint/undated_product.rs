//! KH2019: a product without a day of its own beside products of the same task that have one.

use super::Subject;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let (Some(products), Some(deadline)) = (&task.fields.products, &task.fields.deadline) else { continue };
        if !on.wrote(&products.origin) || !on.wrote(&deadline.origin) {
            continue;
        }
        let entries = &deadline.value.entries;
        // an entry for the whole task serves the products that have none
        if entries.iter().any(|entry| entry.of.is_none()) {
            continue;
        }
        let named: Vec<Key> = entries.iter().filter_map(|entry| entry.of.as_deref()).map(Key::new).collect();
        let is_of = |of: &Key, text: &str| {
            let key = Key::new(text);
            key.as_str().contains(of.as_str()) || of.as_str().contains(key.as_str())
        };
        // so does one for a step of the work (`Tổ chức thực hiện: thường xuyên`)
        if named.iter().any(|of| !products.value.iter().any(|product| is_of(of, &product.text))) {
            continue;
        }
        let is_dated = |text: &str| named.iter().any(|of| is_of(of, text));
        let (dated, open): (Vec<_>, Vec<_>) = products.value.iter().partition(|product| is_dated(&product.text));
        // entries that name steps and not products say nothing of products
        let Some(product) = open.first().filter(|_| !dated.is_empty()) else { continue };
        let (code, text) = (&task.code.text, &product.text);
        out.push(
            on.note(
                Code::KH2019,
                products.origin.stated,
                msg!(
                    "Sản phẩm “{text}” của {code} không có thời hạn, trong khi sản phẩm khác có",
                    "The product “{text}” of {code} has no deadline, while another has one"
                ),
                code,
            )
            .help(msg!("Thêm thời hạn cho sản phẩm này vào Thời gian hoàn thành", "Add its deadline to Thời gian hoàn thành"))
            .quote(text.clone()),
        );
    }
}
