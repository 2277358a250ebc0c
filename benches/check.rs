//! The whole `check` of corpus/thanh-hoa as a process: best and median time of thirty runs, beside the yardstick of the same run (starting the
//! program for its version only), and peak memory where `/usr/bin/time` can tell it.
//!
//! `cargo bench --bench check`

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kehoach");
const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/thanh-hoa");
const RUNS: usize = 30;

fn main() -> io::Result<()> {
    let check = ["check", "--format", "json", "--project", PROJECT];
    let (best, median) = times(&check)?;
    let (start, _) = times(&["--version"])?;
    println!("check of corpus/thanh-hoa: best {:.1} ms, median {:.1} ms", ms(best), ms(median));
    println!("starting the program:      best {:.1} ms (ratio {:.1})", ms(start), best.as_secs_f64() / start.as_secs_f64());
    match peak(&check) {
        Some(kilobytes) => println!("peak memory of check:      {:.1} MB", kilobytes as f64 / 1024.0),
        None => println!("peak memory of check:      not known here (no /usr/bin/time)"),
    }
    Ok(())
}

fn times(arguments: &[&str]) -> io::Result<(Duration, Duration)> {
    let mut out = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        Command::new(PROGRAM).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        out.push(start.elapsed());
    }
    out.sort();
    Ok((out[0], out[RUNS / 2]))
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Returns the peak resident memory in kilobytes.
fn peak(arguments: &[&str]) -> Option<u64> {
    let output = Command::new("/usr/bin/time").args(["-f", "%M", PROGRAM]).args(arguments).stdout(Stdio::null()).output().ok()?;
    String::from_utf8_lossy(&output.stderr).lines().last()?.trim().parse().ok()
}
