//! Free times for a planned talk: of every colleague who may hold it, over the next weeks.

use std::sync::Arc;

use domain::calendar::{FreeTime, PartOfDay, Period, Search, Wishes, free_times, minutes_for, needs_of};
use domain::codes::EncounterClass;
use domain::competence::Competence;
use domain::ids::{AppointmentId, PlannedInterventionId};
use domain::team::{Meeting, clashes};
use domain::workdays::{ExtraClosedDays, day_bounds, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::Tx;

use super::queries::{self, Practitioner, Taken};
use crate::records::{self, CitizenRecord};
use crate::{AppError, teams};

/// How far ahead is looked.
pub(super) const WEEKS: i64 = 8;

/// What there is to choose between.
#[derive(Debug, Clone)]
pub struct Found {
    /// All that is kept of the citizen.
    pub record: Arc<CitizenRecord>,
    /// Which talk.
    pub talk: PlannedInterventionId,
    /// Which competence it asks for.
    pub competence: Competence,
    /// Nobody may be said to have it today.
    pub(super) nobody: bool,
    /// Those who may hold it.
    pub(super) colleagues: Vec<Practitioner>,
    /// What they have.
    pub(super) taken: Vec<Taken>,
    /// The sessions of teams in that time.
    pub(super) sessions: Vec<Meeting>,
    /// Free times of all of them, in the order of time.
    pub free: Vec<FreeTime>,
    /// What a time should fit.
    pub wishes: Wishes,
}

/// Reads the record, the colleagues, what is taken and the sessions that they lead: four queries. The time that is to be moved stays its holder's, but
/// the citizen is free then: a colleague may take over.
pub fn free_times_for(
    tx: &mut Tx<'_>,
    talk: PlannedInterventionId,
    class: EncounterClass,
    moving: Option<AppointmentId>,
    clarifying_days: u16,
    now: Timestamp,
) -> Result<Found, AppError> {
    let citizen = records::citizen_of(tx, "planned_intervention", talk.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let code = record.intervention(talk)?.value.code;
    let competence = Competence::for_intervention(code);
    let mut colleagues = queries::practitioners(tx)?;
    let today = local_date(now);
    let counts = |person: &Practitioner| person.role.value.holding(competence, today).counts();
    // Where nobody holds it everybody is offered, with a word about it: a competence stops nobody but for diet treatment.
    let nobody = !colleagues.iter().any(counts);
    let anybody = nobody && competence != Competence::ClinicalDietitian;
    colleagues.retain(|person| anybody || counts(person));
    let to = today.saturating_add(WEEKS.weeks());
    let taken = queries::taken(tx, Period { start: day_bounds(today).0, end: day_bounds(to).1 })?;
    let sessions = teams::meetings(tx, Period { start: day_bounds(today).0, end: day_bounds(to).1 })?;
    let search = Search { now, from: today, to, minutes: minutes_for(code), closed: ExtraClosedDays::default() };
    let busy = record.appointments.iter().filter(|a| a.value.state.is_active() && Some(a.value.id) != moving);
    let busy: Vec<Period> = busy.map(|a| a.value.period()).collect();
    let of = |person: &Practitioner| {
        let own = taken.iter().filter(|t| t.professional == person.role.value.id).map(|t| t.period);
        let teaching = sessions.iter().filter(|meeting| meeting.people.contains(&person.role.value.id));
        let teaching = teaching.map(|meeting| Period { start: meeting.start, end: meeting.end });
        let blocked: Vec<Period> = own.chain(teaching).chain(busy.iter().copied()).collect();
        let role = &person.role.value;
        let holds = |time: &FreeTime| anybody || role.holding(competence, local_date(time.period.start)).counts();
        free_times(role, &blocked, search).into_iter().filter(holds).collect::<Vec<_>>()
    };
    let mut free: Vec<FreeTime> = colleagues.iter().flat_map(of).collect();
    let in_rooms: Vec<Meeting> = sessions.iter().filter(|meeting| meeting.place.is_some()).cloned().collect();
    free.retain(|time| clashes(&[in_room(time)], &in_rooms).is_empty());
    free.sort_by_key(|time| (time.period.start, time.professional));
    let wishes = wishes(&record, talk, class, clarifying_days, today);
    Ok(Found { record, talk, competence, nobody, colleagues, taken, sessions, free, wishes })
}

/// A free time as a room that is wanted.
fn in_room(time: &FreeTime) -> Meeting {
    let Period { start, end } = time.period;
    Meeting { team: None, start, end, people: Vec::new(), place: Some(time.place.clone()).filter(|it| !it.is_empty()) }
}

fn wishes(
    record: &CitizenRecord,
    talk: PlannedInterventionId,
    class: EncounterClass,
    clarifying_days: u16,
    today: Date,
) -> Wishes {
    let needs = &record.citizen.value.needs;
    Wishes {
        needs: needs_of(needs, class),
        part_of_day: needs.best_time.as_deref().and_then(PartOfDay::in_words),
        promised_on: promised_on(record, talk, clarifying_days),
        today,
    }
}

/// The last day by the promise (limit `afklarende_days`), counted from the request that led to the talk.
fn promised_on(record: &CitizenRecord, talk: PlannedInterventionId, clarifying_days: u16) -> Option<Date> {
    let planned = record.interventions.iter().find(|i| i.value.id == talk)?;
    let request = planned.value.service_request.and_then(|id| record.request(id).ok())?;
    Some(local_date(request.value.request.received_at).saturating_add(i64::from(clarifying_days).days()))
}
