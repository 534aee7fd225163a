//! C03: supervised group sessions with at most `instructor_ratio_max` enrolled to an instructor, and how many came to each
//! (KS-6.3-04).

use standard::LimitId;
use standard::facts::words::Fsiii;

use super::group_sessions;
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let most = seen.at.limit(LimitId::InstructorRatioMax);
    for (group, session) in group_sessions(seen) {
        let training = group.fsiii_code == Some(Fsiii::FysiskTraening) && session.held == Some(true);
        let Some(on) = session.date.map(|date| date.date()).filter(|_| training) else { continue };
        let unit = Unit::on(on).session(session, Some(group)).except(session.unsupervised == Some(true));
        let instructors = session.instructors.filter(|count| *count > 0).map(f64::from);
        let to_each = |people: Option<i32>| people.zip(instructors).map(|(people, each)| f64::from(people) / each);
        tell(unit.answered(to_each(session.enrolled).map(|enrolled| enrolled <= most)));
        let present = unit.part("present");
        tell(to_each(session.present).map_or(present.needs(false), |people| present.value(people)));
    }
}
