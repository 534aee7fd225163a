//! Closing a course: the closing talk, the evaluation of goals, follow-up; and withdrawal.

use domain::care_plan::{PlanEvent, PlanStatus};
use domain::codes::{EncounterClass, InterventionCode, StopReason};
use domain::consent::{Answer, ConsentPurpose, answer};
use domain::course::{CloseFacts, CourseEvent, close_blockers};
use domain::course_message::CourseMessage;
use domain::deadlines::Deadline;
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus, check_held};
use domain::goal::{Evaluation, Goal, GoalOutcome};
use domain::ids::{CitizenId, CourseId, EncounterId, FollowUpId, GoalId};
use domain::limits::Limits;
use domain::organization::ManagingOrganization;
use domain::permission::Permission;
use domain::planned_intervention::PlannedIntervention;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Tx, Versioned};

use super::follow_up_plan::plan_follow_ups;
use super::plans::{end_everything, open_interventions};
use super::said::{ConsentInput, store_consent};
use super::{letters, move_course};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, calendar, ids, notices, stopbasen};

/// How a goal went.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct GoalEvaluation {
    /// Which.
    #[schema(value_type = Uuid)]
    pub goal: GoalId,
    /// Reached or not.
    #[schema(value_type = String)]
    pub outcome: GoalOutcome,
    /// In the citizen's own words.
    pub words: Option<String>,
}

/// An agreed follow-up.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct FollowUpInput {
    /// The agreed day.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
}

/// The closing talk and what came out of it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct CloseInput {
    /// Start; left out together with `end` when the citizen could not be reached and the course is closed without them.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub start: Option<Timestamp>,
    /// End.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub end: Option<Timestamp>,
    /// Where.
    #[serde(default)]
    #[schema(value_type = String)]
    pub class: EncounterClass,
    /// How the goals went.
    #[serde(default)]
    pub goals: Vec<GoalEvaluation>,
    /// Consents asked about, such as the status to the doctor.
    #[serde(default)]
    pub consents: Vec<ConsentInput>,
    /// Whether follow-up is needed was answered: an empty list is a no.
    pub follow_ups: Option<Vec<FollowUpInput>>,
    /// Why something that stands in the way is set aside; a leader's right.
    pub set_aside: Option<String>,
    /// Journal note.
    pub note: Option<String>,
}

/// What closing made.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Closed {
    /// The closing talk, when it was held.
    #[schema(value_type = Option<Uuid>)]
    pub encounter: Option<EncounterId>,
    /// The follow-ups.
    #[schema(value_type = Vec<Uuid>)]
    pub follow_ups: Vec<FollowUpId>,
}

/// Closes a course. What stands in the way is named; a leader may set it aside with a reason.
pub async fn close(
    app: &App,
    who: &Caller,
    id: CourseId,
    version: Option<i64>,
    input: CloseInput,
) -> Result<Closed, AppError> {
    if input.set_aside.is_some() {
        who.require(Permission::OverrideBlocker)?;
    }
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope_because("course.close", now, input.set_aside.clone()), move |tx| {
            close_in(tx, &Closing { who: &who, home: &home, course: id, now }, version, &input)
        })
        .await
}

/// Who closes what, where and when.
#[derive(Clone, Copy)]
pub(super) struct Closing<'a> {
    pub(super) who: &'a Caller,
    pub(super) home: &'a ManagingOrganization,
    pub(super) course: CourseId,
    pub(super) now: Timestamp,
}

/// The same in a transaction that does more.
pub(super) fn close_in(
    tx: &mut Tx<'_>,
    closing: &Closing<'_>,
    version: Option<i64>,
    input: &CloseInput,
) -> Result<Closed, AppError> {
    let Closing { who, home, course: id, now } = *closing;
    let times = talk_times(input, now)?;
    let citizen = records::citizen_of(tx, "course", id.0)?;
    let before = records::citizen_record(tx, citizen)?;
    records::expect(version, before.course(id)?.version)?;
    for evaluation in &input.goals {
        evaluate(tx, &before, evaluation, now)?;
    }
    for consent in input.consents.clone() {
        store_consent(tx, &before, who, consent, now)?;
    }
    // Read again: the blockers see what was just said.
    let record = records::citizen_record(tx, citizen)?;
    let blockers = blockers(tx, &record, id, input.follow_ups.is_some())?;
    let event = CourseEvent::Close { blockers, set_aside: input.set_aside.clone() };
    let encounter = times.map(|times| hold_closing_talk(tx, &record, closing, times, input)).transpose()?;
    let days = input.follow_ups.as_deref().unwrap_or_default();
    let follow_ups = plan_follow_ups(tx, &record, home, (id, None), days, now)?;
    move_course(tx, &record, id, event, now)?;
    tasks::end_all(tx, id.0, true)?;
    tasks::end_of(tx, citizen, TaskKind::NoShow, false)?;
    status_task(tx, &record, home, id, now)?;
    closing_letter(tx, home, citizen, id, now)?;
    Ok(Closed { encounter, follow_ups })
}

fn talk_times(input: &CloseInput, now: Timestamp) -> Result<Option<(Timestamp, Timestamp)>, AppError> {
    match (input.start, input.end) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) => {
            check_held(start, end, now)?;
            Ok(Some((start, end)))
        }
        _ => Err(AppError::field("end", "required", "Skriv både start og slut på samtalen.")),
    }
}

fn evaluate(tx: &mut Tx<'_>, record: &CitizenRecord, input: &GoalEvaluation, now: Timestamp) -> Result<(), AppError> {
    let before = record.goals.iter().find(|g| g.value.id == input.goal).ok_or(AppError::NotFound("goal"))?;
    let words = input.words.clone().filter(|w| !w.trim().is_empty());
    let evaluation = Some(Evaluation { outcome: input.outcome, words, on: local_date(now) });
    records::save_if_changed(tx, before, &Goal { evaluation, ..before.value.clone() })?;
    Ok(())
}

/// What keeps a course from closing as the record stands.
pub(super) fn blockers(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    follow_up_answered: bool,
) -> Result<Vec<domain::course::CloseBlocker>, AppError> {
    const SAFETY: &str =
        "select count(*) from task where organization = $1 and citizen = $2 and kind = 'safety' and state = 'open'";
    let citizen = record.citizen.value.id.0;
    let safety: i64 = tx.first(SAFETY, &[citizen.into()], |r| r.take())?.unwrap_or(0);
    let open: Vec<InterventionCode> = open_interventions(record, course).map(|i| i.value.code).collect();
    let goals = record.goals.iter().filter(|g| g.value.course == course && g.value.evaluation.is_none());
    let asked = answer(&record.consent_values(), ConsentPurpose::StatusToDoctor) != Answer::NotAsked;
    Ok(close_blockers(&CloseFacts {
        open_interventions: &open,
        safety_task_open: safety > 0,
        status_consent_asked: asked,
        goals_without_evaluation: goals.count(),
        follow_up_answered,
    }))
}

/// A closing talk that was booked is completed; otherwise one is granted, held and completed on the same day.
fn hold_closing_talk(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    closing: &Closing<'_>,
    (start, end): (Timestamp, Timestamp),
    input: &CloseInput,
) -> Result<EncounterId, AppError> {
    let Closing { who, home, course, now } = *closing;
    let on = local_date(start);
    let talk = if let Some(planned) = planned_talk(record, course) {
        let status = planned
            .value
            .status
            .apply(PlanEvent::Complete { on: on.max(planned.value.granted_on) }, planned.value.granted_on)?;
        records::save(tx, planned.version, &PlannedIntervention { status, ..planned.value.clone() })?;
        calendar::talk_held(tx, record, planned.value.id, now)?;
        tasks::end_all(tx, planned.value.id.0, true)?;
        planned.value.id
    } else {
        let (of, code) = ((record.citizen.value.id, course), InterventionCode::ClosingTalk);
        let performer = home.default_performer.ok_or(AppError::NotFound("performer"))?;
        let talk = PlannedIntervention {
            status: PlanStatus::Granted.apply(PlanEvent::Complete { on }, on)?,
            ..PlannedIntervention::granted(ids::new(now), of, code, performer, on)
        };
        records::add(tx, &talk)?;
        talk.id
    };
    let encounter = Encounter {
        id: ids::new(now),
        citizen: record.citizen.value.id,
        course,
        based_on: EncounterBasis::Intervention(talk),
        class: input.class,
        status: EncounterStatus::Finished,
        start,
        end,
        session: None,
        held_by: Some(who.user),
        note: input.note.clone().filter(|n| !n.trim().is_empty()),
        absence: None,
    };
    records::add(tx, &encounter)?;
    Ok(encounter.id)
}

/// The closing talk of a course that is planned and not held yet.
pub(super) fn planned_talk(record: &CitizenRecord, course: CourseId) -> Option<&Versioned<PlannedIntervention>> {
    let of_course = record.interventions.iter().filter(|i| i.value.course == course && i.value.status.is_open());
    of_course.into_iter().find(|i| i.value.code == InterventionCode::ClosingTalk)
}

/// The citizen gets a letter about how it went and the way back (M15), beside the copy of the status. None to those that
/// nobody may write to.
fn closing_letter(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    citizen: CitizenId,
    course: CourseId,
    now: Timestamp,
) -> Result<(), AppError> {
    // Read again: the letter says what was just agreed.
    let record = records::citizen_record(tx, citizen)?;
    match letters::write_in(tx, home, &record, course, CourseMessage::ClosingLetter, now) {
        Err(AppError::Send(_)) => Ok(()),
        written => written,
    }
}

/// A status that may be sent must be sent (KS-3.5-02).
fn status_task(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    home: &ManagingOrganization,
    course: CourseId,
    now: Timestamp,
) -> Result<(), AppError> {
    if !matches!(answer(&record.consent_values(), ConsentPurpose::StatusToDoctor), Answer::Given(_)) {
        return Ok(());
    }
    let about = (record.citizen.value.id, course);
    add_status_task(tx, about, &home.settings.limits, local_date(now))
}

fn add_status_task(
    tx: &mut Tx<'_>,
    (citizen, course): (CitizenId, CourseId),
    limits: &Limits,
    closed_on: Date,
) -> Result<(), AppError> {
    let task = NewTask::of(Deadline::Status, (closed_on, limits), (citizen, course.0), &Owner::Intake);
    Ok(tasks::add(tx, &task)?)
}

/// A status was taken back before it left: the newest closed course has the task to send one, by the day it always had.
pub(crate) fn status_is_due_again(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    limits: &Limits,
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, citizen)?;
    let closed = record.courses.iter().rev().map(|course| &course.value).find(|course| !course.state.is_open());
    let Some(course) = closed else { return Ok(()) };
    let closed_on = local_date(course.state.closed_at().unwrap_or(now));
    add_status_task(tx, (citizen, course.id), limits, closed_on)
}

/// The citizen stops the whole course: each open intervention gets the reason given.
pub async fn withdraw(app: &App, who: &Caller, id: CourseId, reason: StopReason) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("course.withdraw", now), move |tx| {
            let citizen = records::citizen_of(tx, "course", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            end_everything(tx, &record, Some(id), reason, local_date(now))?;
            move_course(tx, &record, id, CourseEvent::Withdraw, now)?;
            notices::drop_all_of(tx, citizen)?;
            tasks::end_all(tx, id.0, false)?;
            tasks::end_of(tx, citizen, TaskKind::NoShow, false)?;
            stopbasen::keep_six_months(tx, &home, citizen, now)
        })
        .await
}
