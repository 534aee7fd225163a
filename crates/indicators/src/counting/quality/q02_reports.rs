//! Q02: reportable events accepted within `reporting_days`, and the errors that are older, by code; not those of citizens
//! without a CPR number (KS-9.1-03).

use standard::LimitId;
use standard::facts::CourseFacts;

use crate::counting::shared::NOT_STATED;
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for report in &course.reports {
        let Some(on) = report.event_on else { continue };
        let due = seen.at.days_after(on, LimitId::ReportingDays);
        let error = report.error.as_deref().unwrap_or(NOT_STATED);
        let unit = Unit::of(course, on)
            .own(Breakdown::ErrorCode, error)
            .except(course.anonymous == Some(true))
            .when(seen.is_over(due));
        let in_time = report.sent_on.is_some_and(|sent| sent <= due);
        tell(unit.met(in_time && report.accepted == Some(true)));
        if report.accepted == Some(false) {
            tell(unit.part("errors").group(error));
        }
    }
}
