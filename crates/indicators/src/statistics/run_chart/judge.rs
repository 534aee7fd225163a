//! Points against a line: runs, crossings, and whether chance explains them.

use super::MIN_POINTS_PRELIMINARY;
use crate::statistics::binomial::{fewest_crossings_by_chance, longest_run_by_chance};
use crate::statistics::{Better, SAME};

/// Which rule says that a run is too long. A chart says which one is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SignalRule {
    /// Longer than round(log2(n) + 3), or fewer crossings than the 5 % quantile; n is the number of useful points.
    #[default]
    Chance,
    /// The simpler one that a municipality may show: six or more points on one side.
    SixOnOneSide,
}

impl SignalRule {
    /// What stands beside the chart.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Chance => {
                "Signal: længste serie på samme side er længere, eller medianen krydses sjældnere, end ventet ved tilfældighed."
            }
            Self::SixOnOneSide => "Signal: seks eller flere punkter i træk på samme side af medianen.",
        }
    }
}

/// A side of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Larger values.
    Above,
    /// Smaller values.
    Below,
}

impl Side {
    fn of(value: f64, line: f64) -> Option<Self> {
        if (value - line).abs() < SAME {
            None
        } else if value > line {
            Some(Self::Above)
        } else {
            Some(Self::Below)
        }
    }

    /// Whether it is the better side; none when neither is.
    pub const fn is_better(self, better: Better) -> Option<bool> {
        match (better, self) {
            (Better::Higher, Self::Above) | (Better::Lower, Self::Below) => Some(true),
            (Better::Higher, Self::Below) | (Better::Lower, Self::Above) => Some(false),
            (Better::Neither, _) => None,
        }
    }
}

/// Useful points in a row on one side. Points on the line and months without a figure neither add to it nor break it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Its first useful point, counted from zero.
    pub from: usize,
    /// Its last useful point.
    pub to: usize,
    /// Its useful points.
    pub length: usize,
    /// Where they lie.
    pub side: Side,
}

/// What the points say about a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The line.
    pub centre: f64,
    /// Points that are not exactly on it.
    pub useful: usize,
    /// Times it is crossed between two useful points.
    pub crossings: usize,
    /// Useful points of the longest run.
    pub longest: usize,
    /// Runs that are too long for chance, in order of time.
    pub signals: Vec<Run>,
    /// Whether there are points enough to judge, and by which rule.
    pub rule: Option<SignalRule>,
}

impl Reading {
    /// Whether the line is crossed more seldom than chance would: only judged by [`SignalRule::Chance`].
    pub fn crosses_too_seldom(&self) -> bool {
        self.rule == Some(SignalRule::Chance) && self.crossings < fewest_crossings_by_chance(self.useful)
    }

    /// Whether something other than chance is at work.
    pub fn is_signal(&self) -> bool {
        !self.signals.is_empty() || self.crosses_too_seldom()
    }
}

/// Judges points against a line. Under ten useful points nothing is judged.
pub fn judge(values: &[Option<f64>], centre: f64, rule: SignalRule) -> Reading {
    let runs = runs(values, centre);
    let useful = runs.iter().map(|run| run.length).sum();
    let rule = (useful >= MIN_POINTS_PRELIMINARY).then_some(rule);
    let too_long = |run: &Run| match rule {
        Some(SignalRule::Chance) => run.length > longest_run_by_chance(useful),
        Some(SignalRule::SixOnOneSide) => run.length >= 6,
        None => false,
    };
    Reading {
        centre,
        useful,
        crossings: runs.len().saturating_sub(1),
        longest: runs.iter().map(|run| run.length).max().unwrap_or(0),
        signals: runs.iter().copied().filter(too_long).collect(),
        rule,
    }
}

fn runs(values: &[Option<f64>], centre: f64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let Some(side) = value.and_then(|value| Side::of(value, centre)) else { continue };
        match runs.last_mut() {
            Some(run) if run.side == side => {
                run.to = at;
                run.length += 1;
            }
            _ => runs.push(Run { from: at, to: at, length: 1, side }),
        }
    }
    runs
}
