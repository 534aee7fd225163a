//! U02: clarifying talks that led to an offer, and to one of each area (KS-9.1-10). A part is an area.

use standard::facts::CourseFacts;
use standard::facts::words::{Area, TalkKind};

use crate::counting::strata::area_of_intervention;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for talk in course.talks.iter().filter(|one| one.kind == Some(TalkKind::AfklarendeSamtale)) {
        let Some(on) = talk.held_on else { continue };
        let after = || course.interventions.iter().filter(|one| one.offered_on.is_some_and(|offered| offered >= on));
        let areas = || after().filter_map(|one| area_of_intervention(one, seen.at));
        tell(Unit::of(course, on).met(after().next().is_some()));
        for area in Area::ALL.iter().filter(|area| **area != Area::AfklarendeSamtale) {
            tell(Unit::of(course, on).part(area.word()).met(areas().any(|offered| offered == *area)));
        }
    }
}
