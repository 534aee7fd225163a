//! T05: nicotine cessation that begins within `nicotine_wait_days` of the start talk; closed 60 days after it (KS-5.3-05).

use jiff::ToSpan;
use standard::LimitId;
use standard::facts::CourseFacts;
use standard::facts::words::Fsiii;

use crate::counting::shared::{interventions, start_talk};
use crate::counting::{Seen, Tell, Unit};

const DAYS: i32 = 60;

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning) {
        let Some((_, held_on)) = start_talk(course, one) else { continue };
        let due = seen.at.days_after(held_on, LimitId::NicotineWaitDays);
        let unit = Unit::of(course, held_on).intervention(one).except(one.citizen_wished_later.is_some());
        let in_time = one.started_on.is_some_and(|day| day <= due);
        tell(unit.when(seen.is_over(held_on.saturating_add(DAYS.days()))).met(in_time));
    }
}
