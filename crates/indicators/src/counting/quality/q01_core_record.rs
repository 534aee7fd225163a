//! Q01: core fields that are filled, of those of the courses active at the end of the month (KS-9.1-02).

use jiff::civil::Date;
use standard::facts::{CourseFacts, Intervention};
use standard::rules::taken_up;

use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let Some(started_on) = course.started_on else { return };
    for on in seen.month_ends(started_on, course.closed_on) {
        let there_by = |day: Option<Date>| day.is_none_or(|day| day <= on);
        let sources = course.referrals.iter().filter(|one| there_by(one.received_on)).map(|one| one.source.is_some());
        let fields = taken_up(course).filter(|one| there_by(one.granted_on.or(one.started_on))).flat_map(core);
        let cells = sources.chain([course.target_group.is_some()]).chain(fields);
        let (of, filled) = cells.fold((0, 0), |(of, filled), cell| (of + 1, filled + u32::from(cell)));
        tell(Unit::of(course, on).weight(of, filled));
    }
}

fn core(of: &Intervention) -> [bool; 3] {
    [of.fsiii_code.is_some(), of.granted_on.is_some(), of.status.is_some()]
}
