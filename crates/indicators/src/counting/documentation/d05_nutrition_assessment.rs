//! D05: nutrition interventions with a complete assessment by the second session (KS-7.2-01).

use standard::facts::CourseFacts;
use standard::facts::words::Area;
use standard::rules::{Delivered, area_of, end};

use crate::counting::shared::is_about;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.interventions {
        let nutrition = one.fsiii_code.and_then(area_of) == Some(Area::Ernaering);
        let Some(on) = one.started_on.filter(|_| nutrition) else { continue };
        let due = Delivered::of(course, one, seen.at).second_day().or_else(|| end(one));
        let assessed = course.nutrition_assessments.iter().any(|found| {
            let in_time = found.assessed_on.is_some_and(|day| due.is_none_or(|due| day <= due));
            is_about(found.intervention.as_ref(), one) && in_time && found.bmi.is_some()
        });
        let over = due.is_some_and(|due| seen.is_over(due));
        tell(Unit::of(course, on).intervention(one).when(over).met(assessed));
    }
}
