//! T03: days from reception to a held clarifying talk, and those within `afklarende_days`; those without a talk after 90 days
//! are counted apart (KS-3.1-01).

use jiff::ToSpan;
use jiff::civil::Date;
use standard::facts::words::TalkKind;
use standard::facts::{CourseFacts, Referral};
use standard::{LimitId, days_between};

use crate::counting::shared::{is_direct, is_duplicate, is_rejected, received, talks};
use crate::counting::{Seen, Tell, Unit};

const DAYS: i32 = 90;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| !is_rejected(one)) {
        let unit = Unit::of(course, on).referral(referral);
        if is_duplicate(referral) || is_direct(referral, seen.at) || is_active(course, on) {
            tell(unit.except(true));
            continue;
        }
        let held = first_talk(course, referral, on);
        if let Some((day, wished_later)) = held {
            let waited = days_between(on, day);
            let in_time = waited <= seen.at.count(LimitId::AfklarendeDays);
            tell(unit.except(wished_later).whole(waited).met(in_time));
        }
        let closes = on.saturating_add(DAYS.days());
        let apart = unit.part("not_held").when(seen.is_over(closes));
        tell(apart.met(held.is_none_or(|(day, _)| day > closes)));
    }
}

/// The first talk held after reception, and whether the citizen asked for a later one.
fn first_talk(course: &CourseFacts, referral: &Referral, received_on: Date) -> Option<(Date, bool)> {
    let held = talks(course, referral, TalkKind::AfklarendeSamtale);
    let held = held.filter_map(|talk| Some((talk.held_on?, talk.wished_later == Some(true))));
    held.filter(|(day, _)| *day >= received_on).min()
}

/// A course that has begun already leads to a talk about needs instead.
fn is_active(course: &CourseFacts, received_on: Date) -> bool {
    let begun = course.first_session_on.is_some_and(|on| on < received_on);
    begun && course.closed_on.is_none_or(|on| on >= received_on)
}
