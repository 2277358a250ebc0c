//! A lock as text: sorted, the same text for the same lock, one thing per line so that two people's changes merge.

use std::fmt::Write;

use super::{Lock, Upper, VERSION};

/// What stands above everything.
const HEAD: &str = "\
# Dấu vân tay của kế hoạch: cấp trên nói gì khi mỗi kế hoạch trả lời. Chương trình ghi (kehoach derive, kehoach check --accept-changes); không sửa bằng tay.
# Fingerprints: what the upper level said when each plan answered. Written by the program; not to be edited.
";

/// Returns the text of a lock.
pub fn print(lock: &Lock) -> String {
    let mut out = format!("{HEAD}PHIÊN BẢN {VERSION}\n");
    // writing to a string cannot fail
    for ((upper, fingerprint), state) in &lock.states {
        let _ = writeln!(out, "\n{} {fingerprint}", heading(upper));
        for field in &state.fields {
            let _ = writeln!(out, "{}: {}", field.field.label(), field.fingerprint);
            for item in &field.items {
                let _ = writeln!(out, "- {item}");
            }
        }
    }
    for (fingerprint, rows) in &lock.rows {
        let _ = writeln!(out, "\nDANH BẠ {fingerprint}");
        for row in rows {
            let _ = writeln!(out, "{}", format!("- {}: {} → {}", row.field.label(), row.from, row.to).trim_end());
        }
    }
    for (plan, answers) in &lock.answers {
        let _ = writeln!(out, "\nKẾ HOẠCH {}", plan.text);
        for (upper, answered) in answers {
            let rows = answered.rows.map(|rows| format!(" {rows}")).unwrap_or_default();
            let _ = writeln!(out, "- {} {}{rows}", heading(upper), answered.state);
        }
    }
    out
}

/// `NHIỆM VỤ TH-2022/TC-08`, `CHỈ TIÊU TH-2022/hai-long`.
fn heading(upper: &Upper) -> String {
    let word = if upper.target { "CHỈ TIÊU" } else { "NHIỆM VỤ" };
    format!("{word} {}/{}", upper.plan.text, upper.code.text)
}
