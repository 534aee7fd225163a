//! Groups with their sessions: the teams.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::checklist::Checklist;
use domain::codes::InterventionCode;
use domain::encounter::Encounter;
use domain::ids::SessionId;
use domain::team::{Presence, Session as OurSession, Team};
use domain::workdays::{local_date, local_time};
use jiff::civil::Date;
use standard::facts::words::Format;
use standard::facts::{Group, Session};

use crate::quality::facts::codes::{fsiii, said};
use crate::quality::facts::elements::covered;
use crate::quality::facts::sessions::{minutes, mode};

/// The teams with what is kept elsewhere of them.
#[derive(Debug, Clone, Default)]
pub struct TeamsKept {
    /// Every team.
    pub teams: Vec<Team>,
    /// Who waits for a seat, by intervention.
    pub waiting: HashMap<InterventionCode, WaitingKept>,
    /// What was ticked as content of a session for anybody who was there.
    pub elements: HashMap<SessionId, BTreeSet<String>>,
}

/// Those who wait for a seat on a team of one intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingKept {
    /// How many.
    pub count: i32,
    /// The day of the earliest grant among them.
    pub since: Date,
}

/// The groups. Diagnosis, level of function and the reason for a group of another size are not recorded.
pub(super) fn of(kept: &TeamsKept, on: Date) -> Vec<Group> {
    kept.teams.iter().map(|team| one(kept, team, on)).collect()
}

fn one(kept: &TeamsKept, team: &Team, on: Date) -> Group {
    let meets: Vec<&OurSession> = team.sessions.iter().filter(|session| session.cancelled.is_none()).collect();
    let last = meets.iter().map(|session| local_date(session.end)).max();
    let is_over = last.is_some_and(|day| day < on);
    // The waiting list is one for all teams of an intervention, and is shown at each that can still take somebody in.
    let waiting = kept.waiting.get(&team.code).filter(|_| !is_over);
    Group {
        id: team.id.to_string(),
        offer: team.offer.map(|id| id.to_string()),
        cancelled: (!team.sessions.is_empty() && meets.is_empty()).then_some(true),
        action_on: team.offers.iter().map(|offer| local_date(offer.made_at)).max(),
        waiting_since: waiting.map(|waiting| waiting.since),
        fsiii_code: Some(fsiii(team.code)),
        places: Some(i32::from(team.seats)),
        start_date: meets.iter().map(|session| local_date(session.start)).min(),
        ended_on: last.filter(|_| is_over),
        enrolled_at_start: meets.first().and_then(|first| first.attendance.as_ref()).map(|all| count(all.len())),
        waiting: (!is_over).then(|| waiting.map_or(0, |waiting| waiting.count)),
        session: team.sessions.iter().map(|session| of_team(kept, team, session)).collect(),
        ..Group::default()
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A session. It is held once attendance was taken and not held once it was called off; before that nobody has said. Whoever
/// was left out of attendance counts as not registered, so those who were asked about are the enrolled.
fn of_team(kept: &TeamsKept, team: &Team, session: &OurSession) -> Session {
    let attendance = session.attendance.as_ref();
    let came = |all: &Vec<domain::team::Attendance>| all.iter().filter(|one| one.presence == Presence::Present).count();
    let place = team.place_of(session).and_then(said);
    let instructors = count(team.instructors_of(session).len());
    let held = if session.cancelled.is_some() { Some(false) } else { attendance.map(|_| true) };
    Session {
        id: session.id.to_string(),
        date: Some(local_time(session.start)),
        planned_minutes: minutes(session.start, session.end),
        held,
        format: Some(Format::Group),
        mode: Some(mode(session.class)),
        place,
        enrolled: attendance.map(|all| count(all.len())),
        present: attendance.map(|all| count(came(all))),
        instructors: (instructors > 0).then_some(instructors),
        led_by: team.instructors_of(session).iter().map(ToString::to_string).collect(),
        elements_covered: kept.elements.get(&session.id).into_iter().flatten().cloned().collect(),
        ..Session::default()
    }
}

/// A checklist with the contacts of its intervention.
pub(super) struct Ticked {
    pub(super) code: InterventionCode,
    pub(super) checklist: Checklist,
    pub(super) contacts: Vec<Encounter>,
}

/// What was ticked of each citizen's intervention, by the session of a team that it belongs to. A session has one content:
/// what was dealt with for one who was there was dealt with for all.
pub(super) fn elements(ticked: Vec<Ticked>) -> HashMap<SessionId, BTreeSet<String>> {
    let mut all: HashMap<SessionId, BTreeSet<String>> = HashMap::new();
    for Ticked { code, checklist, contacts } in ticked {
        let sessions: BTreeMap<_, _> = contacts.iter().filter_map(|it| Some((it.id, it.session?))).collect();
        for (contact, words) in covered(&checklist, code, contacts.iter()) {
            if let Some(session) = sessions.get(&contact) {
                all.entry(*session).or_default().extend(words);
            }
        }
    }
    all
}
