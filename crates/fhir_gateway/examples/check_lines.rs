//! Checks delivery reports, one a line, and tells how many are accepted and how fast beside a bare JSON reader.
//!
//! `cargo run --release --example check_lines -- FILE [ROUNDS]`
#![expect(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap_or_default();
    let rounds: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(5);
    let Ok(data) = std::fs::read(&file) else {
        println!("kan ikke læse {file}");
        return;
    };
    let lines: Vec<&[u8]> = data.split(|b| *b == b'\n').filter(|line| !line.is_empty()).collect();
    let mut issues: BTreeMap<String, usize> = BTreeMap::new();
    let mut accepted = 0;
    for line in &lines {
        let outcome = fhir_gateway::check(line);
        accepted += usize::from(outcome.accepted());
        for issue in outcome.issues {
            *issues.entry(format!("{} {}", issue.severity.label(), issue.rule)).or_default() += 1;
        }
    }
    println!("{accepted} af {} accepteret; {issues:?}", lines.len());
    for _ in 0..rounds {
        let check = time(|| lines.iter().for_each(|line| drop(black_box(fhir_gateway::check(line)))));
        let json = time(|| {
            lines.iter().for_each(|line| drop(black_box(serde_json::from_slice::<serde_json::Value>(line))));
        });
        let each = |time: Duration| time.as_secs_f64() * 1e6 / lines.len() as f64;
        println!(
            "check {:.1} µs, json {:.1} µs, ratio {:.2}",
            each(check),
            each(json),
            json.as_secs_f64() / check.as_secs_f64()
        );
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
