//! D06: sessions of offers with a requirement of competence that were led by somebody with a valid attestation, alone or
//! together with others (KS-3.2-03, KS-4.5-01, KS-6.5-01, KS-7.5-03, KS-8.5-01).

use jiff::civil::Date;
use standard::facts::words::Area;
use standard::facts::{CourseFacts, Offer, Session};

use crate::counting::capacity::{group_sessions, single_sessions};
use crate::counting::quality::is_valid;
use crate::counting::shared::offer_of;
use crate::counting::{Seen, Tell, Unit};

/// Sessions of groups.
pub(super) fn of_groups<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (group, session) in group_sessions(seen) {
        let offer = group.offer.as_deref().and_then(|id| seen.at.municipality.offer(id));
        if let Some((on, led_rightly)) = led(session, offer, seen) {
            tell(Unit::on(on).session(session, Some(group)).answered(led_rightly));
        }
    }
}

/// Sessions of one citizen.
pub(super) fn single<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for (session, intervention) in single_sessions(course) {
        let offer = intervention.and_then(|one| offer_of(one, seen.at));
        let Some((on, led_rightly)) = led(session, offer, seen) else { continue };
        let unit = Unit::of(course, on).session(session, None).answered(led_rightly);
        tell(intervention.map_or(unit, |intervention| unit.intervention(intervention)));
    }
}

/// The day of a held session of an area with a requirement, and whether who led it may; none when nobody wrote who did.
fn led(session: &Session, offer: Option<&Offer>, seen: &Seen<'_>) -> Option<(Date, Option<bool>)> {
    let on = session.date.filter(|_| session.held == Some(true))?.date();
    let requirement = competence(offer?.area?)?;
    let competences = &seen.at.municipality.tables().competences;
    let may = |person: &String| {
        let mut of_person = competences.iter().filter(|one| one.person.as_ref() == Some(person));
        of_person.any(|one| one.requirement_id.as_deref() == Some(requirement) && is_valid(one, on))
    };
    let told = !session.led_by.is_empty();
    Some((on, told.then(|| session.led_by.iter().any(may))))
}

/// The competence that an area asks for.
const fn competence(area: Area) -> Option<&'static str> {
    match area {
        Area::Sygdomsmestring => Some("KS-4.5-01"),
        Area::Nikotinafvaenning => Some("KS-5.5-01"),
        Area::FysiskAktivitet => Some("KS-6.5-01"),
        Area::Ernaering => Some("KS-7.5-03"),
        Area::Alkohol => Some("KS-8.5-01"),
        Area::AfklarendeSamtale => None,
    }
}
