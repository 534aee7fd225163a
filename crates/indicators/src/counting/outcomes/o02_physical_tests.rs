//! O02: mean change in physical tests of completed courses, and those that changed by at least what matters, an instrument at a
//! time; pairs that cannot be compared are left out (KS-9.1-12, KS-6.3-10).

use standard::facts::CourseFacts;

use super::{PHYSICAL, matters, pairs};
use crate::counting::shared::{NOT_STATED, closed_completed};
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = closed_completed(course) else { return };
    for (_, end) in pairs(course, &PHYSICAL) {
        let unit = Unit::of(course, on)
            .own(Breakdown::Instrument, end.instrument.as_deref().unwrap_or(NOT_STATED))
            .except(end.comparable == Some(false))
            .needs(end.comparable.is_some())
            .met(matters(end) == Some(true));
        tell(end.change.map_or(unit.needs(false), |change| unit.value(change)));
    }
}
