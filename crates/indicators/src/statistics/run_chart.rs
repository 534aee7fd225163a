//! The run chart: points over time round the median of a baseline, and when they move more than chance would.
//!
//! The rules are those of the standard's monitoring chapter as the project reads it (Anhøj and Olesen, PLoS ONE 9 (2014)
//! e113825): a run on one side that is too long, or too few crossings of the median. Rising or falling points are no signal.

mod judge;
mod stretches;
#[cfg(test)]
mod tests;

pub use judge::{Reading, Run, Side, SignalRule, judge};
pub(in crate::statistics) use stretches::reading as stretch_reading;
pub use stretches::{Span, Stretch, read, spans};

use jiff::civil::Date;

use super::Better;

/// Points that a baseline and a judgement need.
pub const MIN_POINTS: usize = 12;

/// Points from which a preliminary median is shown.
pub const MIN_POINTS_PRELIMINARY: usize = 10;

/// A tested change (PDSA) on the time axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The first point after it, counted from zero.
    pub at: usize,
    /// That a signal followed, and somebody has said why: a new median begins here.
    pub confirmed: Option<Confirmed>,
}

impl Change {
    /// A change that is marked and no more.
    pub const fn marked(at: usize) -> Self {
        Self { at, confirmed: None }
    }
}

/// Who took a change as the reason of a new median, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// What explains the change.
    pub reason: String,
    /// Who says so, as the system names staff.
    pub by: String,
    /// Day of the decision.
    pub on: Date,
}

/// Why no new median may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotConfirmed {
    /// Nobody says why.
    #[error("a new median needs a reason and a person")]
    NoReason,
    /// Neither direction of the figure is better.
    #[error("the figure has no better direction, so nothing in it is an improvement")]
    NoDirection,
    /// Fewer than ten points after the change, or before it.
    #[error("a median needs {MIN_POINTS_PRELIMINARY} points on each side of the change")]
    TooFewPoints,
    /// The points do not say that anything improved.
    #[error("no signal of an improvement follows the change")]
    NoSignal,
}

impl NotConfirmed {
    /// What people read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::NoReason => "Skriv, hvad der forklarer ændringen, og hvem der siger det.",
            Self::NoDirection => "Tallet har ingen god retning, så det kan ikke få en ny median.",
            Self::TooFewPoints => "Der skal være mindst 10 punkter før og efter ændringen.",
            Self::NoSignal => "Punkterne viser ikke mere end tilfældig variation efter ændringen.",
        }
    }
}

/// Lets a new median begin at a marked change: only after a signal in the better direction that lies after the change for
/// the most part, and only with a reason and a person.
pub fn confirm(
    values: &[Option<f64>],
    at: usize,
    better: Better,
    rule: SignalRule,
    confirmed: Confirmed,
) -> Result<Change, NotConfirmed> {
    if confirmed.reason.trim().is_empty() || confirmed.by.trim().is_empty() {
        return Err(NotConfirmed::NoReason);
    }
    if better == Better::Neither {
        return Err(NotConfirmed::NoDirection);
    }
    let points = |range: &[Option<f64>]| range.iter().flatten().count() >= MIN_POINTS_PRELIMINARY;
    let (before, after) = values.split_at_checked(at).ok_or(NotConfirmed::TooFewPoints)?;
    if !points(before) || !points(after) {
        return Err(NotConfirmed::TooFewPoints);
    }
    let stretches = read(values, &[Change::marked(at)], rule);
    let follows = |run: &Run| {
        let since = (run.to + 1).saturating_sub(run.from.max(at));
        run.side.is_better(better) == Some(true) && since * 2 > run.to + 1 - run.from
    };
    if stretches.iter().flat_map(|stretch| &stretch.reading.signals).any(follows) {
        Ok(Change { at, confirmed: Some(confirmed) })
    } else {
        Err(NotConfirmed::NoSignal)
    }
}

/// Whether an improvement is kept: at least twelve points that vary by chance round the goal, or lie better than it.
///
/// Pass the points since the change. Round the goal as the line no run on the worse side may be too long, and crossings may
/// be too few only because the points have settled on the better side.
pub fn kept(values: &[Option<f64>], goal: f64, better: Better) -> bool {
    if better == Better::Neither || values.iter().flatten().count() < MIN_POINTS {
        return false;
    }
    let reading = judge(values, goal, SignalRule::Chance);
    let has = |wanted: bool| reading.signals.iter().any(|run| run.side.is_better(better) == Some(wanted));
    !has(false) && (!reading.crosses_too_seldom() || has(true))
}
