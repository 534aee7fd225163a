//! C02: citizens granted and not started on the last day of the month, with the days they have waited and those above
//! `start_days`; not those who asked for later (SP-004-22).

use standard::facts::CourseFacts;
use standard::rules::end;
use standard::{LimitId, days_between};

use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.interventions {
        let Some(granted_on) = one.granted_on else { continue };
        let until = [one.started_on, end(one), course.closed_on].into_iter().flatten().min();
        for on in seen.month_ends(granted_on, until) {
            let waited = days_between(granted_on, on);
            let long = waited > seen.at.count(LimitId::StartDays);
            let unit = Unit::of(course, on).intervention(one).except(one.citizen_wished_later.is_some());
            tell(unit.whole(waited).met(long));
        }
    }
}
