//! A08: citizens who, within twelve months of a completed course, begin a new one in the same area (FS-003-06, SP-004-21). It
//! looks at all courses of the citizen.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use standard::facts::CourseFacts;
use standard::facts::words::{Area, InterventionStatus};

use crate::counting::shared::{closed_completed, left_by};
use crate::counting::strata::area_of_intervention;
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

const MONTHS: i32 = 12;

pub(super) fn count<'a>(courses: &'a [&'a CourseFacts], seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for course in courses {
        let Some(closed_on) = closed_completed(course) else { continue };
        let on = closed_on.saturating_add(MONTHS.months());
        for area in completed_areas(course, seen) {
            let again = courses.iter().any(|other| other.id != course.id && begins(other, area, (closed_on, on), seen));
            let unit = Unit::of(course, on).own(Breakdown::Area, area.word()).except(left_by(course, on));
            tell(unit.when(seen.is_over(on)).met(again));
        }
    }
}

fn completed_areas(course: &CourseFacts, seen: &Seen<'_>) -> BTreeSet<Area> {
    let completed = course.interventions.iter().filter(|one| one.status == Some(InterventionStatus::Completed));
    completed.filter_map(|one| area_of_intervention(one, seen.at)).collect()
}

fn begins(course: &CourseFacts, area: Area, (after, until): (Date, Date), seen: &Seen<'_>) -> bool {
    let in_time = course.started_on.is_some_and(|on| after < on && on <= until);
    let mut taken = standard::rules::taken_up(course);
    in_time && taken.any(|one| area_of_intervention(one, seen.at) == Some(area))
}
