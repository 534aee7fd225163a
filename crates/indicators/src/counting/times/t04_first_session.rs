//! T04: days from reception to the first session; and from the grant, with those within `start_days` (KS-7.1-01, KS-6.1-01,
//! KS-4.1-01, SP-004-22).

use standard::facts::CourseFacts;
use standard::{LimitId, days_between};

use crate::counting::shared::{reception, referral_of};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in &course.interventions {
        let Some(begun) = one.started_on else { continue };
        let unit = Unit::of(course, begun).intervention(one).except(one.citizen_wished_later.is_some());
        let unit = referral_of(course, one).map_or(unit, |referral| unit.referral(referral));
        let waited = |from| days_between(from, begun).max(0);
        tell(match reception(course, one) {
            Some(from) => unit.whole(waited(from)),
            None => unit.needs(false),
        });
        let granted = unit.part("from_grant");
        tell(match one.granted_on {
            Some(from) => granted.whole(waited(from)).met(waited(from) <= seen.at.count(LimitId::StartDays)),
            None => granted.needs(false),
        });
    }
}
