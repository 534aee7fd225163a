//! The stretches of a chart: each has a baseline of its own, and its line is carried on into the next so that the signal
//! that led to a new median stays to be seen.

use std::ops::Range;

use super::judge::{Reading, SignalRule, judge};
use super::{Change, MIN_POINTS, MIN_POINTS_PRELIMINARY};
use crate::statistics::median;

/// A stretch with one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Points that belong to it.
    pub own: Range<usize>,
    /// Points that its line is made of: the first twelve, or those before a marked change.
    pub baseline: Range<usize>,
    /// Where its line ends, carried on through the next stretch.
    pub carried_to: usize,
    /// The baseline has ten or eleven points only.
    pub preliminary: bool,
}

/// A stretch of a run chart: its median and what the points say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Where.
    pub span: Span,
    /// The points from its beginning to where its line ends, judged against the median. Places are those of the whole chart.
    pub reading: Reading,
}

/// The stretches of a chart. None while there are under ten points.
///
/// A confirmed change begins a new one when it has ten points on each side; a change that is only marked ends a baseline.
/// Periods without a figure are no points.
pub fn spans(values: &[Option<f64>], changes: &[Change]) -> Vec<Span> {
    let mut changes: Vec<&Change> = changes.iter().filter(|change| change.at < values.len()).collect();
    changes.sort_by_key(|change| change.at);
    let points = |range: Range<usize>| values.get(range).unwrap_or_default().iter().flatten().count();
    let mut starts = vec![0];
    for change in changes.iter().filter(|change| change.confirmed.is_some()) {
        let begun = starts.last().copied().unwrap_or(0);
        let enough = |range| points(range) >= MIN_POINTS_PRELIMINARY;
        if change.at > begun && enough(begun..change.at) && enough(change.at..values.len()) {
            starts.push(change.at);
        }
    }
    let end_after = |stretch: usize| starts.get(stretch).copied().unwrap_or(values.len());
    let mut spans = Vec::new();
    for (stretch, &from) in starts.iter().enumerate() {
        let own = from..end_after(stretch + 1);
        let marked = changes
            .iter()
            .map(|change| change.at)
            .find(|&at| own.contains(&at) && points(from..at) >= MIN_POINTS_PRELIMINARY);
        let to = marked.unwrap_or_else(|| after_points(values, &own, MIN_POINTS));
        let made_of = points(from..to);
        if made_of >= MIN_POINTS_PRELIMINARY {
            spans.push(Span {
                own,
                baseline: from..to,
                carried_to: end_after(stretch + 2),
                preliminary: made_of < MIN_POINTS,
            });
        }
    }
    spans
}

/// The place after so many points of a stretch, or its end.
fn after_points(values: &[Option<f64>], own: &Range<usize>, wanted: usize) -> usize {
    own.clone().filter(|&at| values.get(at).is_some_and(Option::is_some)).nth(wanted - 1).map_or(own.end, |at| at + 1)
}

/// Reads a run chart: the median of each stretch, and what the points say about it.
pub fn read(values: &[Option<f64>], changes: &[Change], rule: SignalRule) -> Vec<Stretch> {
    spans(values, changes).into_iter().filter_map(|span| stretch(values, span, rule)).collect()
}

fn stretch(values: &[Option<f64>], span: Span, rule: SignalRule) -> Option<Stretch> {
    let baseline: Vec<f64> = values.get(span.baseline.clone())?.iter().flatten().copied().collect();
    let reading = reading(values, &span, median(&baseline)?, rule)?;
    Some(Stretch { span, reading })
}

/// The points of a stretch judged against a line; places are those of the whole chart.
pub(in crate::statistics) fn reading(
    values: &[Option<f64>],
    span: &Span,
    centre: f64,
    rule: SignalRule,
) -> Option<Reading> {
    let mut reading = judge(values.get(span.own.start..span.carried_to)?, centre, rule);
    for run in &mut reading.signals {
        run.from += span.own.start;
        run.to += span.own.start;
    }
    Some(reading)
}
