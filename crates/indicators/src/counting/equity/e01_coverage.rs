//! E01 and E02: unique adult citizens with a chronic disease who began at least one intervention in twelve months (KS-9-01,
//! KS-9.1-05, KS-3.3-02). A month holds those who began in the twelve months that end with it, each once.

use std::collections::BTreeMap;

use standard::facts::CourseFacts;

use crate::counting::strata::diseases;
use crate::counting::{Seen, Tell, Unit};
use crate::period::Month;

/// Age from which the offers are meant.
const ADULT: i32 = 18;
const MONTHS: i32 = 12;

pub(super) fn count<'a>(courses: &'a [&'a CourseFacts], _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    // The newest course of a month's window says who the citizen is.
    let mut months: BTreeMap<Month, &CourseFacts> = BTreeMap::new();
    for course in courses.iter().filter(|course| is_adult_with_chronic_disease(course)) {
        for begun in course.interventions.iter().filter_map(|one| one.started_on) {
            for later in 0..MONTHS {
                let of = months.entry(Month::of(begun).plus(later)).or_insert(course);
                if of.started_on < course.started_on {
                    *of = course;
                }
            }
        }
    }
    for (month, course) in months {
        tell(Unit::of(course, month.first_day()));
    }
}

fn is_adult_with_chronic_disease(course: &CourseFacts) -> bool {
    let adult = course.citizen.as_ref().is_some_and(|citizen| citizen.age.is_some_and(|age| age >= ADULT));
    let mut chronic = false;
    diseases(Some(course), &mut |_| chronic = true);
    adult && chronic
}
