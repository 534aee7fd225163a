//! R08: nicotine referrals from hospital or municipal units with a first session within 90 days (IK-002-01).

use jiff::ToSpan;
use standard::facts::CourseFacts;
use standard::facts::words::{Area, Fsiii, Source};
use standard::rules::requested;

use crate::counting::shared::{interventions, received, referral_left_by};
use crate::counting::{Seen, Tell, Unit};

const DAYS: i32 = 90;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course) {
        let by_unit = matches!(referral.source, Some(Source::Hospital | Source::MunicipalDepartment));
        if !by_unit || requested(referral, seen.at) != Some(Area::Nikotinafvaenning) {
            continue;
        }
        let closes = on.saturating_add(DAYS.days());
        let mut begun = interventions(course, Fsiii::NikotinTobaksafvaenning).filter_map(|one| one.started_on);
        let unit = Unit::of(course, on).referral(referral).except(referral_left_by(course, referral, closes));
        tell(unit.when(seen.is_over(closes)).met(begun.any(|day| (on..=closes).contains(&day))));
    }
}
