//! O01: conditions that are better at the end of completed courses, and those that are the same or worse (KS-9.1-12). A
//! condition without a status at the start was added during the course and is left out.

use standard::facts::{Condition, CourseFacts};

use crate::counting::shared::{NOT_STATED, closed_completed};
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

const BETTER: &str = "better";

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = closed_completed(course) else { return };
    for condition in &course.conditions {
        let group = change(condition);
        let unit = Unit::of(course, on)
            .own(Breakdown::Condition, condition.code.as_deref().unwrap_or(NOT_STATED))
            .except(condition.start_status.is_none())
            .needs(group.is_some());
        tell(unit.met(group == Some(BETTER)).group(group.unwrap_or(NOT_STATED)));
    }
}

/// The status at the end, as FSIII says it of a condition: "bedret", "uændret", "forværret".
fn change(of: &Condition) -> Option<&'static str> {
    match of.end_status.as_deref()? {
        "bedret" | "ophørt" => Some(BETTER),
        "uændret" => Some("same"),
        "forværret" => Some("worse"),
        _ => None,
    }
}
