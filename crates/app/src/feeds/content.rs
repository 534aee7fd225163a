//! What stands in a feed: times and places under neutral titles. No citizen is named, and neither is a team or an
//! intervention, for the name may tell of a disease; the feed lies on phones and in other firms' clouds.

use domain::codes::EncounterClass;
use domain::ids::{AppointmentId, UserId};
use domain::team::{Session, Team};
use jiff::{SignedDuration, Timestamp};
use store::{StoreError, Tx};

use super::ics::Event;
use super::links::Subject;
use crate::{AppError, teams};

/// So long what is over stays in the feed.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The name of a feed and its times, in their order.
pub(super) fn events(tx: &mut Tx<'_>, subject: Subject, now: Timestamp) -> Result<(String, Vec<Event>), AppError> {
    let since = now.saturating_sub(BACK).unwrap_or(Timestamp::MIN);
    let (name, mut events) = match subject {
        Subject::User(user) => {
            let mut events = appointments(tx, user, since)?;
            let all = teams::current(tx, since)?;
            let own = |team: &Team, session: &Session| team.instructors_of(session).contains(&user);
            events.extend(all.iter().flat_map(|team| sessions(team, since, |session| own(team, session))));
            ("Forebyg: mine tider", events)
        }
        Subject::Team(id) => {
            let team = teams::team(tx, id)?.value;
            ("Forebyg: holdgange", sessions(&team, since, |_| true))
        }
    };
    events.sort_by_key(|event| (event.start, event.id));
    Ok((name.to_owned(), events))
}

fn sessions(team: &Team, since: Timestamp, wanted: impl Fn(&Session) -> bool) -> Vec<Event> {
    let event = |session: &Session| Event {
        id: session.id.0,
        // A session is made once and may be called off once.
        sequence: i64::from(session.cancelled.is_some()),
        start: session.start,
        end: session.end,
        title: "Hold".to_owned(),
        place: team.place_of(session).map(str::to_owned),
        cancelled: session.cancelled.is_some(),
    };
    team.sessions.iter().filter(|session| session.end > since && wanted(session)).map(event).collect()
}

/// A person's appointments, those called off too: the reader's calendar must hear of it. Each is its version.
fn appointments(tx: &mut Tx<'_>, user: UserId, since: Timestamp) -> Result<Vec<Event>, StoreError> {
    const SQL: &str = "select id, version, start_at, end_at, class, place, state from appointment
        where organization = $1 and professional = $2 and start_at >= $3 order by start_at, id
        limit 1000";
    tx.query(SQL, &[user.0.into(), since.into()], |row| {
        let (id, version) = (AppointmentId(row.take()?), row.take::<i64>()?);
        let (start, end) = (row.take()?, row.take()?);
        let class = EncounterClass::parse(&row.take::<String>()?).ok();
        let place: String = row.take()?;
        let state: String = row.take()?;
        Ok(Event {
            id: id.0,
            sequence: version - 1,
            start,
            end,
            title: "Samtale".to_owned(),
            place: Some(place).filter(|place| class == Some(EncounterClass::AtPremises) && !place.is_empty()),
            cancelled: state == "cancelled",
        })
    })
}
