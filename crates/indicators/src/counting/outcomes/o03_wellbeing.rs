//! O03: mean change in well-being and PRO of complete pairs, and those that changed by at least what matters; and how many are
//! in the lowest band of WHO-5 at start and at end (KS-9.1-12, IK-002-09).

use standard::facts::{CourseFacts, TestResult};

use super::{WELLBEING, instrument, matters, number, pairs};
use crate::counting::shared::NOT_STATED;
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

const WHO5: &str = "who5";

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = course.closed_on else { return };
    for (start, end) in pairs(course, &WELLBEING) {
        let complete = |test: &TestResult| test.complete;
        if complete(start) == Some(false) || complete(end) == Some(false) {
            continue;
        }
        let id = end.instrument.as_deref().unwrap_or(NOT_STATED);
        let known = complete(start).is_some() && complete(end).is_some();
        let unit = Unit::of(course, on).own(Breakdown::Instrument, id).needs(known);
        let changed = unit.met(matters(end) == Some(true));
        tell(end.change.map_or(changed.needs(false), |change| changed.value(change)));
        if id == WHO5 {
            tell(unit.part("lowest_start").answered(is_lowest(start)));
            tell(unit.part("lowest_end").answered(is_lowest(end)));
        }
    }
}

/// Whether a result lies in the lowest band of its instrument.
fn is_lowest(test: &TestResult) -> Option<bool> {
    let lowest = instrument(test)?.bands.first()?;
    Some(test.total? <= number(lowest.to))
}
