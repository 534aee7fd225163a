//! R05: referrals by a doctor or a hospital that came as XREF15; not those of a documented downtime (KS-2.2-03).

use standard::facts::CourseFacts;
use standard::facts::words::Channel;

use crate::counting::shared::{by_doctor, received};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (referral, on) in received(course).filter(|(one, _)| by_doctor(one) != Some(false)) {
        let unit = Unit::of(course, on).referral(referral).except(referral.network_downtime == Some(true));
        let electronic = referral.channel.map(|channel| channel == Channel::Xref15);
        tell(unit.needs(referral.source.is_some()).answered(electronic));
    }
}
