//! How fast reports are built and checked, beside what serde_json needs to write and read the same ones.
//!
//! `cargo run --release -p fhir_gateway --example speed [FILE]` — FILE holds one report a line; without it the crate's
//! samples are used and building is measured too. A report that is refused is named, and its rate does not count.
#![expect(clippy::print_stdout, reason = "a program for people at a terminal")]

use std::hint::black_box;
use std::time::Duration;

use fhir_gateway::sample::{Case, case};
use fhir_gateway::{Options, check};
use serde_json::Value;

const ROUNDS: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if let Some(file) = std::env::args().nth(1) {
        let data = std::fs::read(file)?;
        let lines: Vec<&[u8]> = data.split(|b| *b == b'\n').filter(|line| !line.is_empty()).collect();
        reading(&lines);
        return Ok(());
    }
    let cases: Vec<Case> = (0..1000).map(|number| case(119, number)).collect();
    let reports: Vec<Vec<u8>> = cases
        .iter()
        .filter_map(|case| case.build(&Options::default()).ok().flatten())
        .map(|report| report.json)
        .collect();
    writing(&cases, &reports)?;
    reading(&reports.iter().map(Vec::as_slice).collect::<Vec<_>>());
    Ok(())
}

fn writing(cases: &[Case], reports: &[Vec<u8>]) -> Result<(), serde_json::Error> {
    let values = reports.iter().map(|text| serde_json::from_slice(text)).collect::<Result<Vec<Value>, _>>()?;
    for _ in 0..ROUNDS {
        let built = each(cases, |case| drop(black_box(case.build(&Options::default()))));
        let written = each(&values, |value| drop(black_box(serde_json::to_vec(value))));
        tell("build", built, "write a value tree", written);
    }
    Ok(())
}

fn reading(lines: &[&[u8]]) {
    let refused = lines.iter().filter(|line| !check(line).accepted()).count();
    let bytes: usize = lines.iter().map(|line| line.len()).sum();
    println!("{} reports, {} bytes each, {refused} refused", lines.len(), bytes / lines.len().max(1));
    for _ in 0..ROUNDS {
        let checked = each(lines, |line| drop(black_box(check(line))));
        let read = each(lines, |line| drop(black_box(serde_json::from_slice::<Value>(line))));
        tell("check", checked, "read a value tree", read);
    }
}

fn tell(what: &str, ours: Duration, beside: &str, theirs: Duration) {
    println!("{what} {ours:?}, {beside} {theirs:?}, ratio {:.2}", theirs.as_secs_f64() / ours.as_secs_f64());
}

/// Mean time for one.
#[expect(clippy::disallowed_methods, reason = "a measurement")]
fn each<T>(items: &[T], mut work: impl FnMut(&T)) -> Duration {
    let start = std::time::Instant::now();
    for item in items {
        work(item);
    }
    start.elapsed() / u32::try_from(items.len().max(1)).unwrap_or(u32::MAX)
}
