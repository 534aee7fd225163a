//! U10: how long completed interventions last, from first to last session, and how many sessions and hours the citizen had
//! (KS-9.1-11).

use standard::days_between;
use standard::facts::CourseFacts;
use standard::rules::Delivered;

use crate::counting::shared::{completed_on, count as number};
use crate::counting::{Seen, Tell, Unit};

const MINUTES: f64 = 60.0;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.interventions {
        let Some(on) = completed_on(one) else { continue };
        let had = Delivered::of(course, one, seen.at);
        let unit = Unit::of(course, on).intervention(one);
        let span = one.started_on.or_else(|| had.first_day()).zip(had.last_day());
        tell(match span {
            Some((first, last)) => unit.whole(days_between(first, last).max(0)),
            None => unit.needs(false),
        });
        tell(unit.part("sessions").whole(number(had.count())));
        let minutes: Option<i32> = had.sessions().map(|session| session.planned_minutes).sum();
        let hours = unit.part("hours");
        tell(minutes.map_or(hours.needs(false), |minutes| hours.value(f64::from(minutes) / MINUTES)));
    }
}
