//! What citizens are told about their team. Its name may tell of a disease, so it is left out.

use domain::ids::{CitizenId, SeatOfferId, SessionId};
use domain::notice::NoticeKind;
use domain::organization::ManagingOrganization;
use domain::planned_intervention::PlannedIntervention;
use domain::team::{Seat, Session, Team};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;

use super::words::span;
use crate::layout::{capitalised, dates};
use crate::letters::{self, Values};
use crate::notices::{self, Telling, plain_place, points, tell};
use crate::{AppError, records};

/// When and where a session is.
pub(crate) fn session_values(team: &Team, session: &Session, now: Timestamp) -> Values {
    Values::from([
        ("dag", dates::long_day(local_date(session.start), local_date(now))),
        ("tid", spoken(&format!("kl. {}", span(session)))),
        ("sted", plain_place(team.place_of(session).unwrap_or_default())),
    ])
}

/// "tirsdag 8. december kl. 9.00 til 10.30".
fn when(session: &Session, now: Timestamp) -> String {
    spoken(&super::words::when(session, now))
}

/// A dash is read aloud as nothing, and makes a text message twice as long: it is none of the signs of GSM.
fn spoken(times: &str) -> String {
    times.replace('–', " til ")
}

/// Sessions that lie ahead and are held.
fn ahead(team: &Team, now: Timestamp) -> impl Iterator<Item = &Session> {
    team.sessions.iter().filter(move |session| session.start > now && session.cancelled.is_none())
}

/// The citizen has a seat: when and where, and how to be excused (M7 of the flow).
pub(super) fn seat_given(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    team: &Team,
    seated: &PlannedIntervention,
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, seated.citizen)?;
    let mut values = ahead(team, now).next().map(|first| session_values(team, first, now)).unwrap_or_default();
    values.insert("dage", points(ahead(team, now).map(|session| capitalised(&when(session, now)))));
    let needs = &record.citizen.value.needs;
    let help = [
        (needs.transport, "Vi taler med dig om kørsel."),
        (needs.companion, "Vi finder en, der kan følge dig."),
        (needs.interpreter, "Der er en tolk med."),
    ];
    values.insert("hjælp", points(help.into_iter().filter_map(|(needed, line)| needed.then_some(line))));
    let (kind, letter, course) = (NoticeKind::Seat, &letters::SEAT, Some(seated.course));
    tell(tx, &record, Telling { kind, letter, subject: team.id.0, course, event_at: None, values, home })
}

/// Without the seat there is nothing to be told about the team.
pub(super) fn seat_left(tx: &mut Tx<'_>, team: &Team, citizen: CitizenId, now: Timestamp) -> Result<(), AppError> {
    notices::drop_of(tx, citizen, team.id.0)?;
    for session in ahead(team, now) {
        notices::drop_of(tx, citizen, session.id.0)?;
    }
    Ok(())
}

/// A seat is offered: when, and by when to answer.
pub(super) fn seat_offered(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    team: &Team,
    granted: &PlannedIntervention,
    (offer, last_day): (SeatOfferId, Date),
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, granted.citizen)?;
    let next = ahead(team, now).next().map(|session| when(session, now)).unwrap_or_default();
    let values = Values::from([("næste", next), ("frist", dates::long_day(last_day, local_date(now)))]);
    let (kind, letter, course) = (NoticeKind::SeatOffer, &letters::SEAT_OFFER, Some(granted.course));
    tell(tx, &record, Telling { kind, letter, subject: offer.0, course, event_at: None, values, home })
}

/// A session is called off, and what comes instead.
pub(super) fn called_off(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    (team, off, instead): (&Team, &Session, Option<SessionId>),
    seat: &Seat,
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, seat.citizen)?;
    let instead = instead.and_then(|id| team.session(id).ok());
    let next = team.sessions.iter().find(|s| s.start > off.start && s.cancelled.is_none());
    let then = match (instead, next) {
        (Some(new), _) => format!("Vi mødes i stedet {}.", when(new, now)),
        (None, Some(next)) => format!("Vi mødes igen {}.", when(next, now)),
        (None, None) => String::new(),
    };
    let mut values = session_values(team, off, now);
    values.extend([("hvad", "Dit hold".to_owned()), ("derefter", then)]);
    let course = record.intervention(seat.intervention).ok().map(|granted| granted.value.course);
    let (kind, letter, event_at) = (NoticeKind::Cancelled, &letters::CALLED_OFF, Some(off.start));
    tell(tx, &record, Telling { kind, letter, subject: off.id.0, course, event_at, values, home })
}
