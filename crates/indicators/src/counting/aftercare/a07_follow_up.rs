//! A07: agreed follow-ups of completed courses done within `followup_window_days` of their month, and those done that found
//! the changes kept (FS-003-06, KS-6.3-12).

use jiff::ToSpan;
use standard::LimitId;
use standard::facts::CourseFacts;
use standard::facts::words::TalkAnswer;

use crate::counting::shared::{NOT_STATED, closed_completed, left_by};
use crate::counting::{Seen, Tell, Unit};
use crate::definition::Breakdown;

const KEPT: &str = "kept";

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(closed_on) = closed_completed(course) else { return };
    for one in course.follow_ups.iter().filter(|one| one.planned_on.is_some()) {
        let Some(month) = one.due_month else { continue };
        let on = closed_on.saturating_add(month.months());
        let closes = seen.at.days_after(on, LimitId::FollowupWindowDays);
        let opens = on.saturating_sub(seen.at.count(LimitId::FollowupWindowDays).days());
        let done = one.done_on.is_some_and(|day| (opens..=closes).contains(&day));
        let unit = Unit::of(course, on)
            .own(Breakdown::Month, month_word(month))
            .except(left_by(course, closes) || one.answer == Some(TalkAnswer::Declined))
            .when(seen.is_over(closes));
        tell(unit.met(done));
        if done {
            tell(unit.part("kept").answered(one.status.as_deref().map(|status| status == KEPT)));
        }
    }
}

const fn month_word(month: i32) -> &'static str {
    match month {
        3 => "3",
        6 => "6",
        12 => "12",
        _ => NOT_STATED,
    }
}
