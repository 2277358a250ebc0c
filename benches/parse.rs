//! Reading `.kh` text against serde_json reading the same tree: compact JSON, spans and trivia skipped, the same owned types.
//!
//! `cargo bench --bench parse [-- MEGABYTES]`; 50 by default. Prints both sizes, the best of five times each, and the ratio.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

use std::time::{Duration, Instant};

use kehoach::base::SourceId;
use kehoach::syntax::ast::File;
use kehoach::syntax::parse;

const ROUNDS: usize = 5;

fn main() {
    let megabytes = std::env::args().skip(1).find_map(|arg| arg.parse::<usize>().ok()).unwrap_or(50);
    let (name, text) = repeated(megabytes << 20);
    let reading = parse(SourceId::new(0), &text);
    let errors = reading.diagnostics.len();
    let json = match serde_json::to_string(&reading.file) {
        Ok(json) => json,
        Err(error) => {
            println!("the tree cannot be written as JSON: {error}");
            return;
        }
    };
    println!("{name}: {} blocks, {} lines, {errors} findings", reading.file.blocks.len(), reading.lines.len());
    drop(reading);
    // each in turn, so that a busy machine is busy for both
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        ours = ours.min(timed(|| parse(SourceId::new(0), &text)));
        theirs = theirs.min(timed(|| serde_json::from_str::<File>(&json)));
    }
    report("kehoach, .kh text", text.len(), ours);
    report("serde_json, compact JSON", json.len(), theirs);
    println!("ratio of times (kehoach / serde_json): {:.2}", ours.as_secs_f64() / theirs.as_secs_f64());
}

/// Returns how long `work` takes; what it makes is let go outside the measured time.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = std::hint::black_box(work());
    let took = start.elapsed();
    drop(made);
    took
}

fn report(name: &str, bytes: usize, took: Duration) {
    let megabytes = bytes as f64 / f64::from(1 << 20);
    println!("{name:<26} {megabytes:>7.1} MiB  {:>7.1} ms  {:>6.0} MiB/s", took.as_secs_f64() * 1e3, megabytes / took.as_secs_f64());
}

/// Returns the corpus plan again and again, each time with its own code, until the text has `size` bytes.
fn repeated(size: usize) -> (&'static str, String) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/thanh-hoa/th-2022.kh");
    let (name, plan) = match std::fs::read_to_string(path) {
        Ok(plan) => ("corpus/thanh-hoa/th-2022.kh", plan),
        Err(_) => ("generated plan", generated()),
    };
    let mut text = String::with_capacity(size + plan.len());
    let mut copy = 0;
    while text.len() < size {
        copy += 1;
        text.push_str(&plan.replacen("KẾ HOẠCH TH-2022:", &format!("KẾ HOẠCH TH-{copy}:"), 1));
        text.push('\n');
    }
    (name, text)
}

/// A plan of the usual shape: head, prose, seven appendices of eight tasks.
fn generated() -> String {
    let mut out = String::from("KẾ HOẠCH TH-2022: Cải cách hành chính năm 2022\nĐơn vị: tỉnh Thanh Hóa\nNăm: 2022\nNgày: 24/12/2021\n");
    for number in ["I", "II", "III", "IV"] {
        out.push_str(&format!("\nPHẦN {number}: Nội dung, nhiệm vụ và giải pháp\n\nMỤC: Một số mục tiêu cụ thể\nKiểu: số\n"));
        for _ in 0..12 {
            out.push_str("- Rà soát, cập nhật đầy đủ thông tin về thủ tục hành chính trên Cổng dịch vụ công của tỉnh và của quốc gia.\n");
        }
    }
    for appendix in 1..=7 {
        out.push_str(&format!("\nPHỤ LỤC {appendix:02}: Cải cách thể chế\nLĩnh vực: tư pháp\nCơ quan đầu mối: Sở Tư pháp\n"));
        for task in 1..=8 {
            out.push_str(&format!(
                "\nNHIỆM VỤ A{appendix}-{task:02}: Xây dựng Đề án nâng cao hiệu quả phổ biến pháp luật trên địa bàn tỉnh Thanh Hóa\n"
            ));
            out.push_str("Sản phẩm:\n- Đề án trình Chủ tịch UBND tỉnh\n- Báo cáo kết quả thực hiện\nCơ quan chủ trì: Sở Tư pháp\n");
            out.push_str("Cơ quan phối hợp:\n- Các sở, ban, ngành\n- UBND cấp huyện\n- UBND cấp xã\nThời gian hoàn thành: Quý III/2022\n");
        }
    }
    out
}
