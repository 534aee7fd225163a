//! The round that reminds citizens of their times and sessions. What is to be said follows from the record and the clock,
//! so it may run as often as it likes and be missed: a second time changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::citizen::{Citizen, Identity};
use domain::ids::{AppointmentId, CitizenId, NoticeId, PlannedInterventionId, SessionId, TeamId};
use domain::limits::Limits;
use domain::notice::{NoticeKind, NoticeState};
use domain::organization::ManagingOrganization;
use domain::reminder::{Reminder, due, horizon_days, reminders};
use jiff::{SignedDuration, Timestamp};
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::queries::{self, Waiting};
use super::tell::{Telling, tell};
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, calendar, letters, teams};

/// Something that a citizen may be reminded of.
#[derive(Debug, Clone, Copy)]
enum What {
    Time(AppointmentId),
    Session(TeamId, SessionId, PlannedInterventionId),
}

impl What {
    const fn subject(self) -> Uuid {
        match self {
            Self::Time(id) => id.0,
            Self::Session(_, id, _) => id.0,
        }
    }
}

/// It, with whose it is, when it begins, and which reminders it should have.
#[derive(Debug, Clone)]
struct Occasion {
    what: What,
    citizen: CitizenId,
    start: Timestamp,
    wanted: Vec<Reminder>,
}

/// What a round found.
#[derive(Debug, Default)]
struct Found {
    /// To be made, and the kind that is due.
    due: Vec<(Occasion, NoticeKind)>,
    /// Waiting for something that is over, moved, or not wanted any more.
    stale: Vec<NoticeId>,
}

/// Makes the reminders that are due and drops those that say what is not so any more. Says how many were made.
pub async fn remind(app: &App, who: &Caller) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, limits) = (app.now(), home.settings.limits);
    let look = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(look(tx, &limits, now)?));
    let Found { due, stale } = app.store.view(who.scope("notice.reminders_due", now), look).await?;
    if !stale.is_empty() {
        let drop = move |tx: &mut Tx<'_>| {
            for id in &stale {
                queries::end_waiting(tx, *id, NoticeState::Dropped)?;
                tx.note(&format!("notice/{id}/dropped"));
            }
            Ok::<_, AppError>(())
        };
        app.store.write(who.scope("notice.dropped", now), drop).await?;
    }
    let count = due.len();
    for (occasion, kind) in due {
        let home = home.clone();
        app.store.write(who.scope("notice.remind", now), move |tx| make(tx, &home, &occasion, kind, now)).await?;
    }
    Ok(count)
}

fn look(tx: &mut Tx<'_>, limits: &Limits, now: Timestamp) -> Result<Found, AppError> {
    let occasions = occasions(tx, limits, now)?;
    let waiting = queries::reminders_since(tx, now)?;
    let mut there = BTreeSet::new();
    let mut found = Found::default();
    let key = |citizen: CitizenId, subject: Uuid, at: Timestamp| (citizen, subject, at);
    let live: BTreeMap<_, _> =
        occasions.iter().map(|o| (key(o.citizen, o.what.subject(), o.start), &o.wanted)).collect();
    for Waiting { id, citizen, subject, event_at, kind, channel, state, failed } in waiting {
        let wanted = live.get(&key(citizen, subject, event_at));
        let fits = |one: &Reminder| one.kind == kind && (one.channel == channel || failed);
        let holds = event_at > now && wanted.is_some_and(|wanted| wanted.iter().any(fits));
        if state == NoticeState::Waiting && !holds {
            found.stale.push(id);
        } else {
            there.insert((citizen, subject, event_at, kind));
        }
    }
    for occasion in occasions {
        let Some(reminder) = due(&occasion.wanted, occasion.start, now) else { continue };
        if !there.contains(&(occasion.citizen, occasion.what.subject(), occasion.start, reminder.kind)) {
            found.due.push((occasion, reminder.kind));
        }
    }
    Ok(found)
}

/// Everything ahead that somebody could be reminded of by now.
fn occasions(tx: &mut Tx<'_>, limits: &Limits, now: Timestamp) -> Result<Vec<Occasion>, AppError> {
    let horizon = SignedDuration::from_hours(24 * horizon_days(limits));
    let until = now.saturating_add(horizon).unwrap_or(Timestamp::MAX);
    let told = queries::told_since(tx, now.saturating_sub(horizon).unwrap_or(Timestamp::MIN))?;
    let wanted = |citizen: &Citizen, about: Uuid, start| {
        if matches!(citizen.identity, Identity::Anonymous) {
            return Vec::new();
        }
        reminders(citizen, start, told.get(&(citizen.id, about)).copied(), limits)
    };
    let mut all = Vec::new();
    for (id, start, citizen) in queries::times_between(tx, now, until)? {
        let wanted = wanted(&citizen, id.0, start);
        all.push(Occasion { what: What::Time(id), citizen: citizen.id, start, wanted });
    }
    for (team, session, start, intervention, citizen) in seats(tx, now, until)? {
        let wanted = wanted(&citizen, team.0, start);
        all.push(Occasion { what: What::Session(team, session, intervention), citizen: citizen.id, start, wanted });
    }
    Ok(all)
}

type Seated = (TeamId, SessionId, Timestamp, PlannedInterventionId, Citizen);

/// Sessions ahead that are held, once for everybody with a seat whose intervention runs.
fn seats(tx: &mut Tx<'_>, now: Timestamp, until: Timestamp) -> Result<Vec<Seated>, StoreError> {
    let teams = teams::current(tx, now)?;
    let taken = teams.iter().flat_map(|team| team.enrolled.iter().filter(|seat| !seat.left));
    let members = teams::running_members(tx, &taken.map(|seat| seat.intervention).collect::<Vec<_>>())?;
    let mut all = Vec::new();
    for team in &teams {
        let ahead = team.sessions.iter().filter(|s| s.start > now && s.start < until && s.cancelled.is_none());
        for session in ahead {
            for seat in team.enrolled.iter().filter(|seat| !seat.left) {
                let Some(citizen) = members.get(&seat.intervention) else { continue };
                all.push((team.id, session.id, session.start, seat.intervention, citizen.clone()));
            }
        }
    }
    Ok(all)
}

/// Makes one, when the record still says so: somebody may have changed it since the round looked.
fn make(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    occasion: &Occasion,
    kind: NoticeKind,
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, occasion.citizen)?;
    let said = match occasion.what {
        What::Time(id) => time_said(&record, id, occasion.start, now)?,
        What::Session(team, session, intervention) => {
            session_said(tx, &record, (team, session, intervention), occasion.start, now)?
        }
    };
    let Some((course, values)) = said else { return Ok(()) };
    let (subject, event_at) = (occasion.what.subject(), Some(occasion.start));
    tell(tx, &record, Telling { kind, letter: &letters::REMINDER, subject, course, event_at, values, home })
}

type Said = Option<(Option<domain::ids::CourseId>, letters::Values)>;

fn time_said(record: &CitizenRecord, id: AppointmentId, start: Timestamp, now: Timestamp) -> Result<Said, AppError> {
    let time = &record.appointment(id)?.value;
    let stands = time.state.is_active() && time.start == start;
    Ok(stands.then(|| {
        let mut values = calendar::short_values(time, now);
        values.insert("hvad", "din tid hos os".to_owned());
        (Some(time.course), values)
    }))
}

fn session_said(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    (team, session, intervention): (TeamId, SessionId, PlannedInterventionId),
    start: Timestamp,
    now: Timestamp,
) -> Result<Said, AppError> {
    let team = teams::team(tx, team)?.value;
    let granted = &record.intervention(intervention)?.value;
    let Ok(session) = team.session(session) else { return Ok(None) };
    let stands = session.start == start
        && session.cancelled.is_none()
        && team.has_seat(record.citizen.value.id)
        && granted.status.is_open()
        && !granted.status.is_paused();
    Ok(stands.then(|| {
        let mut values = teams::session_values(&team, session, now);
        values.insert("hvad", "dit hold".to_owned());
        (Some(granted.course), values)
    }))
}
