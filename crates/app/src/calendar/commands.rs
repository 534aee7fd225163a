//! Booking, moving and calling off a time. One transaction each: the rules are asked behind a lock on the person, so that
//! two who book at once cannot both have it.

use std::sync::Arc;

use domain::adaptation::Adaptation;
use domain::calendar::{
    Appointment, AppointmentError, AppointmentReason, AppointmentState, NeedArrangement, Period, check_needs,
    check_time, minutes_for, needs_of,
};
use domain::codes::EncounterClass;
use domain::competence::Competence;
use domain::ids::{AppointmentId, PlannedInterventionId, UserId};
use domain::planned_intervention::PlannedIntervention;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::team::{Clash, Meeting, clashes};
use domain::workdays::{ExtraClosedDays, add_workdays, local_date, workday_before};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::{Tx, Versioned};

use super::telling::{called_off, confirm};
use super::{queries, staff};
use crate::notices::{self};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids, safety, teams};

/// A time that was chosen.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AppointmentInput {
    /// Who holds it.
    #[schema(value_type = Uuid)]
    pub professional: UserId,
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// End; the usual length of the talk when left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub end: Option<Timestamp>,
    /// How it is held.
    #[serde(default)]
    #[schema(value_type = String)]
    pub class: EncounterClass,
    /// How it stands with each need of the citizen.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub needs: Vec<NeedArrangement>,
    /// Booked although a team has the person or the room then.
    #[serde(default)]
    pub despite: bool,
}

/// Another time for a talk that has one.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct MoveInput {
    /// Why.
    #[schema(value_type = String)]
    pub reason: AppointmentReason,
    /// The new time.
    #[serde(flatten)]
    pub to: AppointmentInput,
}

/// Why a time is called off.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct CancelInput {
    /// Why.
    #[schema(value_type = String)]
    pub reason: AppointmentReason,
}

/// Gives a planned talk its time.
pub async fn book(
    app: &App,
    who: &Caller,
    talk: PlannedInterventionId,
    input: AppointmentInput,
) -> Result<AppointmentId, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("appointment.book", now), move |tx| {
            // Before anything is read: whoever books the same talk at the same moment waits here.
            lock(tx, talk, input.professional)?;
            let citizen = records::citizen_of(tx, "planned_intervention", talk.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let planned = bookable(&record, talk)?.clone();
            if planned.code.is_talk() && record.time_of(talk).is_some() {
                return Err(AppointmentError::HasTime.into());
            }
            let booked = new_appointment(&planned, AppointmentState::Booked, now);
            let appointment = placed(tx, &record, booked, input, now)?;
            records::add(tx, &appointment)?;
            follow_up_tasks(tx, &record, &appointment, user, now)?;
            confirm(tx, &home, &record, &appointment, now)?;
            Ok(appointment.id)
        })
        .await
}

/// Moves a time; the version before keeps the old one.
pub async fn move_appointment(
    app: &App,
    who: &Caller,
    id: AppointmentId,
    version: Option<i64>,
    input: MoveInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, user) = (app.now(), who.user);
    let reason = Some(input.reason.label().to_owned());
    app.store
        .write(who.scope_because("appointment.move", now, reason), move |tx| {
            let (record, before) = active(tx, id, version)?;
            lock(tx, before.value.intervention, input.to.professional)?;
            bookable(&record, before.value.intervention)?;
            let state = AppointmentState::Moved { reason: input.reason };
            let moved = placed(tx, &record, Appointment { state, ..before.value.clone() }, input.to, now)?;
            records::save(tx, before.version, &moved)?;
            tasks::end_all(tx, id.0, false)?;
            follow_up_tasks(tx, &record, &moved, user, now)?;
            notices::drop_about(tx, id.0)?;
            confirm(tx, &home, &record, &moved, now)
        })
        .await
}

/// Calls a time off. The talk is still planned, so somebody must find another.
pub async fn cancel(
    app: &App,
    who: &Caller,
    id: AppointmentId,
    version: Option<i64>,
    input: CancelInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, user) = (app.now(), who.user);
    let reason = Some(input.reason.label().to_owned());
    app.store
        .write(who.scope_because("appointment.cancel", now, reason), move |tx| {
            let (record, before) = active(tx, id, version)?;
            let state = AppointmentState::Cancelled { reason: input.reason, at: now };
            records::save(tx, before.version, &Appointment { state, ..before.value.clone() })?;
            tasks::end_all(tx, id.0, false)?;
            notices::drop_about(tx, id.0)?;
            let again = record.intervention(before.value.intervention)?.value.status.is_open();
            if again {
                book_task(tx, &before.value, &Owner::User(user), now)?;
            }
            called_off(tx, &home, &record, &before.value, again, now)
        })
        .await
}

/// Says how it stands with a need of a booked time.
pub async fn arrange_need(
    app: &App,
    who: &Caller,
    id: AppointmentId,
    version: Option<i64>,
    answer: NeedArrangement,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("appointment.need", now), move |tx| {
            let (_, before) = active(tx, id, version)?;
            check_needs(&[answer.need], std::slice::from_ref(&answer))?;
            let mut after = before.value.clone();
            let known = after.needs.iter_mut().find(|need| need.need == answer.need);
            *known.ok_or(AppError::NotFound("need"))? = answer;
            records::save_if_changed(tx, &before, &after)?;
            if !after.waits_for_need() {
                tasks::end(tx, id.0, TaskKind::ArrangeNeed, true)?;
            }
            Ok(())
        })
        .await
}

/// The letter about a time went out.
pub async fn invitation_sent(app: &App, who: &Caller, id: AppointmentId) -> Result<(), AppError> {
    app.store
        .write(who.scope("appointment.invitation_sent", app.now()), move |tx| {
            records::citizen_of(tx, "appointment", id.0)?;
            tasks::end(tx, id.0, TaskKind::SendInvitation, true)?;
            tasks::end(tx, id.0, TaskKind::CallAboutTime, true)?;
            notices::told(tx, id.0)?;
            tx.note(&format!("invitation/{id}"));
            Ok(())
        })
        .await
}

/// Lets one booking of a talk and one of a person in at a time, always in this order.
pub(super) fn lock(tx: &mut Tx<'_>, talk: PlannedInterventionId, professional: UserId) -> Result<(), AppError> {
    tx.lock(&format!("appointment.talk.{talk}"))?;
    Ok(tx.lock(&format!("appointment.professional.{professional}"))?)
}

/// An appointment that stands, in the version that the change builds on.
fn active(
    tx: &mut Tx<'_>,
    id: AppointmentId,
    version: Option<i64>,
) -> Result<(Arc<CitizenRecord>, Versioned<Appointment>), AppError> {
    let citizen = records::citizen_of(tx, "appointment", id.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let before = record.appointment(id)?.clone();
    records::expect(version, before.version)?;
    if before.value.state.is_active() { Ok((record, before)) } else { Err(AppointmentError::Over.into()) }
}

pub(super) fn bookable(record: &CitizenRecord, talk: PlannedInterventionId) -> Result<&PlannedIntervention, AppError> {
    let planned = &record.intervention(talk)?.value;
    if planned.status.is_open() && record.citizen.value.deceased_on.is_none() {
        Ok(planned)
    } else {
        Err(AppointmentError::NothingPlanned.into())
    }
}

/// An appointment for what is planned, before it is placed.
pub(super) fn new_appointment(planned: &PlannedIntervention, state: AppointmentState, now: Timestamp) -> Appointment {
    Appointment {
        id: ids::new(now),
        citizen: planned.citizen,
        course: planned.course,
        intervention: planned.id,
        code: planned.code,
        professional: UserId(uuid::Uuid::nil()),
        start: now,
        end: now,
        class: EncounterClass::AtPremises,
        place: String::new(),
        needs: Vec::new(),
        state,
    }
}

/// The appointment at the time asked for, when the rules allow it.
pub(super) fn placed(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    appointment: Appointment,
    input: AppointmentInput,
    now: Timestamp,
) -> Result<Appointment, AppError> {
    let end = input.end.unwrap_or(input.start + SignedDuration::from_mins(minutes_for(appointment.code)));
    let period = Period { start: input.start, end };
    let person = queries::practitioners(tx)?.into_iter().find(|person| person.role.value.id == input.professional);
    let role = person.ok_or(AppError::NotFound("user"))?.role.value;
    // Diet treatment is a clinical dietitian's (KS-7.5-03); elsewhere a missing competence is told and counted.
    let competence = Competence::for_intervention(appointment.code);
    let dietitian = competence == Competence::ClinicalDietitian;
    if dietitian && !role.holding(competence, local_date(input.start)).counts() {
        return Err(AppointmentError::NotCompetent(competence).into());
    }
    let others = queries::taken(tx, period)?;
    let others = others.iter().filter(|t| t.professional == input.professional && t.id != appointment.id);
    let others: Vec<Period> = others.map(|t| t.period).collect();
    let place = check_time(&role, &others, period, now, ExtraClosedDays::default())?;
    let clash = |a: &Versioned<Appointment>| {
        a.value.state.is_active() && a.value.id != appointment.id && a.value.period().overlaps(period)
    };
    if record.appointments.iter().any(clash) {
        return Err(AppointmentError::CitizenTaken.into());
    }
    let needed = needs_of(&record.citizen.value.needs, input.class);
    check_needs(&needed, &input.needs)?;
    let needs = input.needs.into_iter().filter(|answer| needed.contains(&answer.need)).collect();
    let place = if input.class == EncounterClass::AtPremises { place } else { input.class.label().to_owned() };
    if !input.despite {
        let place = staff::room(place.clone());
        let wanted = Meeting { team: None, start: period.start, end, people: vec![input.professional], place };
        refuse_clash(&wanted, &teams::meetings(tx, period)?)?;
    }
    Ok(Appointment {
        professional: input.professional,
        start: period.start,
        end,
        class: input.class,
        place,
        needs,
        ..appointment
    })
}

/// A team's session that wants the same person or room; it is asked about, for somebody may have taken over.
fn refuse_clash(wanted: &Meeting, sessions: &[Meeting]) -> Result<(), AppError> {
    let found = clashes(std::slice::from_ref(wanted), sessions);
    let message = match found.first() {
        None => return Ok(()),
        Some((_, Clash::Person(_))) => "Kollegaen underviser et hold på det tidspunkt. Vælg en anden tid.",
        Some((_, Clash::Place(_))) => "Et hold har lokalet på det tidspunkt. Vælg en anden tid.",
    };
    Err(AppError::field("tid", "clash", message))
}

/// What a time asks for: nobody looks for one any more, the talk is its holder's, the citizen is written to or called, needs
/// are ordered. No requirement sets those days: that the citizen hears on the next working day is a habit of the house.
pub(super) fn follow_up_tasks(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    appointment: &Appointment,
    user: UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    tasks::end(tx, appointment.intervention.0, TaskKind::BookTalk, true)?;
    tasks::hand_over(tx, appointment.intervention.0, appointment.professional)?;
    let (closed, owner) = (ExtraClosedDays::default(), Owner::User(user));
    let due_on = add_workdays(local_date(now), 1, closed).min(local_date(appointment.start));
    let tell = telling(safety::adaptations(record).has(Adaptation::CallInsteadOfLetter));
    tasks::add(tx, &task_of(appointment, tell, due_on, &owner, "invitation"))?;
    need_tasks(tx, appointment, user, now)
}

/// Needs are ordered two working days before, when any waits.
pub(super) fn need_tasks(
    tx: &mut Tx<'_>,
    appointment: &Appointment,
    user: UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    if appointment.waits_for_need() {
        let closed = ExtraClosedDays::default();
        let by = workday_before(workday_before(local_date(appointment.start), closed), closed).max(local_date(now));
        tasks::add(tx, &task_of(appointment, TaskKind::ArrangeNeed, by, &Owner::User(user), "needs"))?;
    }
    Ok(())
}

const fn task_of<'a>(
    appointment: &Appointment,
    kind: TaskKind,
    due_on: Date,
    owner: &'a Owner,
    rule: &'a str,
) -> NewTask<'a> {
    NewTask { citizen: Some(appointment.citizen), subject: appointment.id.0, kind, due_on, owner, rule }
}

/// How a citizen is told about a time.
const fn telling(call: bool) -> TaskKind {
    if call { TaskKind::CallAboutTime } else { TaskKind::SendInvitation }
}

/// What was to be written becomes a call, or the other way round: for every time whose message waits.
pub(crate) fn letters_become_calls(tx: &mut Tx<'_>, record: &CitizenRecord, call: bool) -> Result<(), AppError> {
    let (from, to) = (telling(!call), telling(call));
    for time in record.appointments.iter().filter(|a| a.value.state.is_active()) {
        tasks::replace(tx, record.citizen.value.id, time.value.id.0, from, to)?;
    }
    Ok(())
}

/// Somebody must give the talk a time by the next working day: a habit of the house, so that the talk is held by its deadline.
fn book_task(tx: &mut Tx<'_>, appointment: &Appointment, owner: &Owner, now: Timestamp) -> Result<(), AppError> {
    let due_on = add_workdays(local_date(now), 1, ExtraClosedDays::default());
    let (citizen, subject) = (Some(appointment.citizen), appointment.intervention.0);
    Ok(tasks::add(tx, &NewTask { citizen, subject, kind: TaskKind::BookTalk, due_on, owner, rule: "book_talk" })?)
}
