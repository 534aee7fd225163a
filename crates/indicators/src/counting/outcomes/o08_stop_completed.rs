//! O08: participants of stop courses who came to at least three quarters of the planned meetings (KS-5.3-12).

use standard::facts::CourseFacts;
use standard::facts::words::{AttendanceStatus, Fsiii};
use standard::rules::end;

use crate::counting::shared::{came, interventions, is_of};
use crate::counting::{Seen, Tell, Unit};

/// Of four meetings.
const OF: usize = 4;
/// So many.
const CAME: usize = 3;

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning).filter(|one| one.started_on.is_some()) {
        let Some(on) = end(one) else { continue };
        let planned = || {
            let of_this = course.attendances.iter().filter(|other| is_of(other.intervention.as_ref(), one));
            of_this.filter(|other| other.status != Some(AttendanceStatus::CancelledByUs))
        };
        let attended = planned().filter(|other| came(other.status)).count();
        let known = planned().count() > 0 && planned().all(|other| other.status.is_some());
        tell(Unit::of(course, on).intervention(one).needs(known).met(attended * OF >= planned().count() * CAME));
    }
}
