//! Reading `.kh` text against serde_json reading the same tree: compact JSON, spans and trivia skipped, the same owned types.
//!
//! `cargo bench --bench parse [-- MEGABYTES]`; 50 by default. Each reading runs in a process of its own, so that neither finds the other's
//! heap. Prints both sizes, the best of seven times each, and the ratio.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use kehoach::base::SourceId;
use kehoach::syntax::ast::File;
use kehoach::syntax::parse;

const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    if let [_, reader, path] = args.as_slice()
        && matches!(reader.as_str(), "kehoach" | "serde_json")
    {
        let text = std::fs::read_to_string(path)?;
        println!("{}", read_once(reader, &text).as_nanos());
        return Ok(());
    }
    let megabytes = args.iter().skip(1).find_map(|arg| arg.parse::<usize>().ok()).unwrap_or(50);
    let (name, text) = repeated(megabytes << 20);
    let reading = parse(SourceId::new(0), &text);
    let json = serde_json::to_string(&reading.file)?;
    let (blocks, lines, findings) = (reading.file.blocks.len(), reading.lines.len(), reading.diagnostics.len());
    println!("{name}: {blocks} blocks, {lines} lines, {findings} findings");
    let folder = tempfile::tempdir()?;
    let (text_path, json_path) = (folder.path().join("plan.kh"), folder.path().join("plan.json"));
    std::fs::write(&text_path, &text)?;
    std::fs::write(&json_path, &json)?;
    // each in turn, so that a busy machine is busy for both
    let (mut ours, mut theirs) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        ours = ours.min(read_apart("kehoach", &text_path)?);
        theirs = theirs.min(read_apart("serde_json", &json_path)?);
    }
    report("kehoach, .kh text", text.len(), ours);
    report("serde_json, compact JSON", json.len(), theirs);
    println!("ratio of times (kehoach / serde_json): {:.2}", ours.as_secs_f64() / theirs.as_secs_f64());
    Ok(())
}

/// Returns how long one reading takes in a process of its own.
fn read_apart(reader: &str, path: &Path) -> Result<Duration, Box<dyn Error>> {
    let output = Command::new(std::env::current_exe()?).arg(reader).arg(path).output()?;
    Ok(Duration::from_nanos(String::from_utf8(output.stdout)?.trim().parse()?))
}

/// Returns how long one reading takes; what it makes is let go outside the measured time.
fn read_once(reader: &str, text: &str) -> Duration {
    let start = Instant::now();
    if reader == "kehoach" {
        let made = std::hint::black_box(parse(SourceId::new(0), text));
        let took = start.elapsed();
        drop(made);
        took
    } else {
        let made = std::hint::black_box(serde_json::from_str::<File>(text));
        let took = start.elapsed();
        assert!(made.is_ok(), "the tree's own JSON is read");
        took
    }
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
