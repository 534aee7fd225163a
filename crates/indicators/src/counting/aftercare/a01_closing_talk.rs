//! A01: completed courses with a closing talk within `closing_talk_days` of the last intervention, or closed in its last
//! session (FS-003-05, KS-3.5-01).

use standard::LimitId;
use standard::facts::CourseFacts;
use standard::facts::words::TalkKind;
use standard::rules::{end, taken_up};

use crate::counting::shared::closed_completed;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(on) = closed_completed(course) else { return };
    let merged = course.closure.as_ref().is_some_and(|closure| closure.closed_in_last_session == Some(true));
    let last = taken_up(course).filter_map(end).max();
    let due = last.map(|last| seen.at.days_after(last, LimitId::ClosingTalkDays));
    let talks = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfsluttendeSamtale));
    let mut held = talks.filter_map(|talk| talk.held_on);
    let in_time = held.any(|day| due.is_some_and(|due| day <= due));
    tell(Unit::of(course, on).needs(merged || due.is_some()).met(merged || in_time));
}
