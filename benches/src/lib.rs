//! What every benchmark shares: a pass is timed several times, the median is printed as one JSON line, and a ratio to
//! the floor of the same run is printed beside its goal. Figures of one machine mean nothing on another; ratios do.
#![allow(
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark is the one place that times things"
)]

use std::time::Instant;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds of which the median counts.
pub const ROUNDS: usize = 5;

/// Runs `pass` a few times; prints and gives the median rate per second of `count` things.
pub fn rate(name: &str, unit: &str, count: usize, mut pass: impl FnMut()) -> f64 {
    pass();
    let timed = |_| {
        let start = Instant::now();
        pass();
        count as f64 / start.elapsed().as_secs_f64()
    };
    let median = median((0..ROUNDS).map(timed).collect());
    println!("{{\"name\":\"{name}\",\"rate\":{median:.1},\"unit\":\"{unit}\",\"n\":{count}}}");
    median
}

/// The same for work that cannot be repeated on the same input: each round is timed by itself.
pub fn once(name: &str, unit: &str, count: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    let rate = count as f64 / start.elapsed().as_secs_f64();
    println!("{{\"name\":\"{name}\",\"rate\":{rate:.1},\"unit\":\"{unit}\",\"n\":{count}}}");
    rate
}

/// The one in the middle.
pub fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

/// Prints a ratio beside its goal.
pub fn goal(id: &str, what: &str, ratio: f64, goal: f64) {
    let mark = if ratio >= goal { "met" } else { "MISSED" };
    println!("{id}: {what}: {ratio:.2} (goal {goal}) {mark}");
}
