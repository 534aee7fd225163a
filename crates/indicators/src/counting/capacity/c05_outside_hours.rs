//! C05: sessions held on weekends, before 8 or from 16, or digital at free time (SP-004-22, KS-8.3-01, KS-4.2-02).

use jiff::civil::Weekday;
use standard::facts::words::Mode;
use standard::facts::{CourseFacts, Offer, Session};

use super::{group_sessions, single_sessions};
use crate::counting::shared::offer_of;
use crate::counting::{Seen, Tell, Unit};

/// Working hours: from this one.
const OPENS: i8 = 8;
/// To this one.
const CLOSES: i8 = 16;
const FREE: &str = "free";

/// Sessions of groups.
pub(super) fn of_groups<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (group, session) in group_sessions(seen) {
        let offer = group.offer.as_deref().and_then(|id| seen.at.municipality.offer(id));
        if let Some(unit) = held(Unit::on, session, offer) {
            tell(unit.session(session, Some(group)));
        }
    }
}

/// Sessions of one citizen.
pub(super) fn single<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (session, intervention) in single_sessions(course) {
        let offer = intervention.and_then(|one| offer_of(one, seen.at));
        let Some(unit) = held(|on| Unit::of(course, on), session, offer) else { continue };
        let unit = unit.session(session, None);
        tell(intervention.map_or(unit, |intervention| unit.intervention(intervention)));
    }
}

fn held<'a>(
    unit: impl FnOnce(jiff::civil::Date) -> Unit<'a>,
    session: &Session,
    offer: Option<&Offer>,
) -> Option<Unit<'a>> {
    let at = session.date.filter(|_| session.held == Some(true))?;
    let weekend = matches!(at.date().weekday(), Weekday::Saturday | Weekday::Sunday);
    let outside = weekend || !(OPENS..CLOSES).contains(&at.hour());
    let digital = matches!(session.mode, Some(Mode::Video | Mode::App));
    let free = digital && offer.is_some_and(|offer| offer.time_of_day.as_deref() == Some(FREE));
    Some(unit(at.date()).met(outside || free))
}
