//! T06: who waits longer than `nicotine_wait_days` for nicotine cessation and is contacted without a gap above
//! `nicotine_bridge_days` until it begins (KS-5.3-06).

use jiff::civil::Date;
use standard::facts::words::{ContactPurpose, Fsiii};
use standard::facts::{CourseFacts, Intervention};
use standard::rules::end;
use standard::{LimitId, days_between};

use crate::counting::shared::{interventions, is_about, no_contact_by, start_talk, tried_on};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning) {
        let Some((_, held_on)) = start_talk(course, one) else { continue };
        let waits_from = seen.at.days_after(held_on, LimitId::NicotineWaitDays);
        let until = one.started_on.or_else(|| end(one));
        if until.is_some_and(|day| day <= waits_from) || !seen.is_over(waits_from) {
            continue;
        }
        let unit = Unit::of(course, waits_from).intervention(one);
        tell(match until {
            Some(until) => {
                let longest = longest_gap(course, one, waits_from, until);
                let kept = longest <= seen.at.count(LimitId::NicotineBridgeDays);
                unit.except(no_contact_by(course, until)).met(kept)
            }
            None => unit.except(no_contact_by(course, waits_from)).when(false),
        });
    }
}

/// The longest time without a contact.
fn longest_gap(course: &CourseFacts, of: &Intervention, from: Date, until: Date) -> i32 {
    let bridges = course
        .contacts
        .iter()
        .filter(|one| one.purpose == Some(ContactPurpose::Bridge) && is_about(one.intervention.as_ref(), of));
    let mut days: Vec<Date> = bridges.filter_map(tried_on).filter(|day| (from..until).contains(day)).collect();
    days.sort_unstable();
    let (longest, _) = days
        .into_iter()
        .chain([until])
        .fold((0, from), |(longest, last), day| (days_between(last, day).max(longest), day));
    longest
}
