//! One round of a measurement and its line.

use std::hint::black_box;
use std::time::Instant;

use serde::Serialize;

/// What a round gave.
#[derive(Debug, Serialize)]
pub struct Measure {
    name: &'static str,
    rate: f64,
    unit: &'static str,
    accepted: usize,
    refused: usize,
    n: usize,
    secs: f64,
    mb_s: f64,
    rss_mb: f64,
}

impl Measure {
    /// Goes through all lines once.
    pub fn of(name: &'static str, unit: &'static str, lines: &[&[u8]], accept: impl Fn(&[u8]) -> bool) -> Self {
        let bytes: usize = lines.iter().map(|line| line.len()).sum();
        #[expect(clippy::disallowed_methods, reason = "a measurement measures")]
        let start = Instant::now();
        let accepted = lines.iter().filter(|line| black_box(accept(black_box(line)))).count();
        let secs = start.elapsed().as_secs_f64();
        let n = lines.len();
        let per_second = |amount: usize| rounded(as_f64(amount) / secs.max(f64::MIN_POSITIVE));
        Self {
            name,
            rate: per_second(n),
            unit,
            accepted,
            refused: n - accepted,
            n,
            secs,
            mb_s: rounded(as_f64(bytes) / 1e6 / secs.max(f64::MIN_POSITIVE)),
            rss_mb: rounded(peak_memory_mb()),
        }
    }
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn as_f64(number: usize) -> f64 {
    number as f64
}

/// Peak memory of the process so far; zero where the system does not tell.
fn peak_memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|text| text.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()).map_or(0.0, |kb| kb / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted_and_what_is_refused_is_counted() {
        let measure = Measure::of("x", "lines/s", &[b"good", b"bad", b"good"], |line| line == b"good");
        assert_eq!((measure.n, measure.accepted, measure.refused), (3, 2, 1));
        assert!(measure.rate > 0.0);
    }
}
