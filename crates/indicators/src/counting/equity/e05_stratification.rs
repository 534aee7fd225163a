//! E05: courses with a held clarifying talk, by level of coordination; not nicotine or alcohol only (IK-002-06).

use standard::facts::CourseFacts;
use standard::facts::words::TalkKind;

use crate::counting::shared::is_direct_course;
use crate::counting::strata::level;
use crate::counting::{Seen, Tell, Unit};

const NOT_ASSESSED: &str = "not_assessed";

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let talks = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfklarendeSamtale));
    let Some(on) = talks.filter_map(|talk| talk.held_on).min() else { return };
    let group = course.strat_level.map_or(NOT_ASSESSED, level);
    tell(Unit::of(course, on).except(is_direct_course(course, seen.at)).group(group));
}
