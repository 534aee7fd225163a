//! T07: days from a request about alcohol to the talk, and those within `alcohol_start_workdays` (KS-8.1-03).

use standard::facts::CourseFacts;
use standard::facts::words::{Area, TalkKind};
use standard::rules::requested;
use standard::{LimitId, days_between};

use crate::counting::shared::{received, talks};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| requested(one, seen.at) == Some(Area::Alkohol)) {
        let held = talks(course, referral, TalkKind::ForebyggendeSamtaleAlkohol).filter_map(|talk| talk.held_on);
        let Some(day) = held.filter(|day| *day >= on).min() else { continue };
        let due = seen.at.workdays_after(on, LimitId::AlcoholStartWorkdays);
        tell(Unit::of(course, on).referral(referral).whole(days_between(on, day)).met(day <= due));
    }
}
