//! U02: clarifying talks that led to an offer, and to one of each area (KS-9.1-10). A part is an area.

use standard::facts::CourseFacts;
use standard::facts::words::{Area, TalkKind};
use standard::rules::taken_up;

use crate::counting::strata::area_of_intervention;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for talk in course.talks.iter().filter(|one| one.kind == Some(TalkKind::AfklarendeSamtale)) {
        let Some(on) = talk.held_on else { continue };
        let after = || course.interventions.iter().filter(|one| one.offered_on.is_some_and(|offered| offered >= on));
        let areas = || after().filter_map(|one| area_of_intervention(one, seen.at));
        // One that was taken up and has no day of its offer may have been offered then.
        let undated = after().next().is_none() && taken_up(course).any(|one| one.offered_on.is_none());
        tell(Unit::of(course, on).needs(!undated).met(after().next().is_some()));
        for area in Area::ALL.iter().filter(|area| **area != Area::AfklarendeSamtale) {
            let unit = Unit::of(course, on).part(area.word()).needs(!undated);
            tell(unit.met(areas().any(|offered| offered == *area)));
        }
    }
}
