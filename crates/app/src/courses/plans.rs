//! Starting, pausing and ending plans and interventions.

use std::sync::Arc;

use domain::care_plan::{CarePlan, PlanEvent};
use domain::codes::{CarePlanCategory, DeliveryType, StopReason};
use domain::course::CourseEvent;
use domain::deadlines::Deadline;
use domain::ids::{CarePlanId, CourseId, PlannedInterventionId};
use domain::limits::Limits;
use domain::planned_intervention::{PlannedIntervention, check_grant};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Tx, Versioned};

use super::move_course;
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, calendar, stopbasen, suppliers};

/// How a plan or intervention ended.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct EndInput {
    /// One of the nine reasons when it was stopped or cancelled; left out when it was completed.
    #[schema(value_type = Option<String>)]
    pub reason: Option<StopReason>,
    /// Last day; today when left out.
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
}

/// An agreed pause.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct PauseInput {
    /// Why.
    pub reason: String,
}

impl EndInput {
    fn event(self, now: Timestamp) -> PlanEvent {
        let on = self.on.unwrap_or_else(|| local_date(now));
        match self.reason {
            Some(reason) => PlanEvent::End { on, reason },
            None => PlanEvent::Complete { on },
        }
    }
}

/// Ends a course of interventions with all that is open in it.
pub async fn end_care_plan(
    app: &App,
    who: &Caller,
    id: CarePlanId,
    version: Option<i64>,
    input: EndInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("care_plan.end", now), move |tx| {
            let citizen = records::citizen_of(tx, "care_plan", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let plan = record.care_plan(id)?;
            records::expect(version, plan.version)?;
            end_plan(tx, &record, plan, input.event(now))?;
            after_ending(tx, plan.value.course, &home.settings.limits, now)?;
            stopbasen::keep_six_months(tx, &home, citizen, now)
        })
        .await
}

/// Ends one intervention; its plan ends with it when nothing else is open there.
pub async fn end_intervention(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: Option<i64>,
    input: EndInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("intervention.end", now), move |tx| {
            let (record, before) = load(tx, id, version)?;
            let others = record.interventions.iter().filter(|i| {
                i.value.id != id && i.value.care_plan == before.value.care_plan && i.value.status.is_open()
            });
            match before.value.care_plan.filter(|_| others.count() == 0) {
                Some(plan) => end_plan(tx, &record, record.care_plan(plan)?, input.event(now))?,
                None => {
                    suppliers::must_be_back(&record, id, input.event(now))?;
                    move_intervention(tx, &before, input.event(now))?;
                }
            }
            after_ending(tx, before.value.course, &home.settings.limits, now)?;
            stopbasen::keep_six_months(tx, &home, before.value.citizen, now)
        })
        .await
}

/// Pauses an intervention.
pub async fn pause_intervention(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: Option<i64>,
    input: PauseInput,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope_because("intervention.pause", now, Some(input.reason)), move |tx| {
            let (_, before) = load(tx, id, version)?;
            move_intervention(tx, &before, PlanEvent::Pause { on: local_date(now) })
        })
        .await
}

/// Delivers a running intervention in another form, such as alone instead of in a group. The intervention goes on, with its
/// plan, its follow-ups and what was agreed (KS-5.3-01).
pub async fn change_delivery(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: Option<i64>,
    delivery: DeliveryType,
) -> Result<(), AppError> {
    app.store
        .write(who.scope("intervention.delivery", app.now()), move |tx| {
            let (record, before) = load(tx, id, version)?;
            let it = &before.value;
            if !it.status.is_open() {
                return Err(domain::care_plan::PlanError::Ended.into());
            }
            let plan = it.care_plan.map(|plan| record.care_plan(plan)).transpose()?;
            check_grant(it.code, delivery, plan.map(|plan| plan.value.category))?;
            if it.team.is_some() && delivery != DeliveryType::Group {
                let message = "Borgeren har plads på et hold. Frigiv pladsen først.";
                return Err(AppError::Rule { code: "has_seat", message });
            }
            records::save_if_changed(tx, &before, &PlannedIntervention { delivery, ..it.clone() })?;
            Ok(())
        })
        .await
}

/// Resumes a paused intervention.
pub async fn resume_intervention(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: Option<i64>,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("intervention.resume", now), move |tx| {
            let (_, before) = load(tx, id, version)?;
            move_intervention(tx, &before, PlanEvent::Resume)
        })
        .await
}

fn load(
    tx: &mut Tx<'_>,
    id: PlannedInterventionId,
    version: Option<i64>,
) -> Result<(Arc<CitizenRecord>, Versioned<PlannedIntervention>), AppError> {
    let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let before = record.intervention(id)?.clone();
    records::expect(version, before.version)?;
    Ok((record, before))
}

fn move_intervention(
    tx: &mut Tx<'_>,
    before: &Versioned<PlannedIntervention>,
    event: PlanEvent,
) -> Result<(), AppError> {
    let status = before.value.status.apply(event, before.value.granted_on)?;
    records::save_if_changed(tx, before, &PlannedIntervention { status, ..before.value.clone() })?;
    if !status.is_open() {
        tasks::end_all(tx, before.value.id.0, true)?;
        let now = tx.scope().at;
        calendar::fell_away(tx, before.value.id, now)?;
    }
    Ok(())
}

/// A plan ends with every open intervention in it, for the same reason.
fn end_plan(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    plan: &Versioned<CarePlan>,
    event: PlanEvent,
) -> Result<(), AppError> {
    let status = plan.value.status.apply(event, plan.value.granted_on)?;
    records::save(tx, plan.version, &CarePlan { status, ..plan.value.clone() })?;
    let inside =
        |i: &&Versioned<PlannedIntervention>| i.value.care_plan == Some(plan.value.id) && i.value.status.is_open();
    for intervention in record.interventions.iter().filter(inside) {
        suppliers::must_be_back(record, intervention.value.id, event)?;
        move_intervention(tx, intervention, event)?;
    }
    Ok(())
}

/// The first session starts a plan and its interventions.
pub(crate) fn start_plan(tx: &mut Tx<'_>, record: &CitizenRecord, id: CarePlanId, on: Date) -> Result<(), AppError> {
    let plan = record.care_plan(id)?;
    let on = on.max(plan.value.granted_on);
    let status = plan.value.status.apply(PlanEvent::Start { on }, plan.value.granted_on)?;
    records::save_if_changed(tx, plan, &CarePlan { status, ..plan.value.clone() })?;
    let inside = |i: &&Versioned<PlannedIntervention>| i.value.care_plan == Some(id) && i.value.status.is_open();
    for intervention in record.interventions.iter().filter(inside) {
        move_intervention(tx, intervention, PlanEvent::Start { on })?;
        tasks::end(tx, intervention.value.id.0, TaskKind::StartIntervention, true)?;
    }
    Ok(())
}

/// When the last intervention has ended, the course is closing and somebody must hold the closing talk. Its deadline counts
/// from the day that the last one ended, whenever that was written down.
fn after_ending(tx: &mut Tx<'_>, course: CourseId, limits: &Limits, now: Timestamp) -> Result<(), AppError> {
    let citizen = records::citizen_of(tx, "course", course.0)?;
    let record = records::citizen_record(tx, citizen)?;
    if !record.course(course)?.value.state.is_open() || open_interventions(&record, course).next().is_some() {
        return Ok(());
    }
    let on = local_date(now);
    move_course(tx, &record, course, CourseEvent::LastInterventionEnded { on }, now)?;
    let from = interventions(&record, course).filter_map(|it| it.value.status.ended_on()).max().unwrap_or(on);
    Ok(tasks::add(tx, &NewTask::of(Deadline::ClosingTalk, (from, limits), (citizen, course.0), &Owner::Intake))?)
}

/// Interventions of a course that still run; talks and follow-ups are none.
pub(super) fn open_interventions(
    record: &CitizenRecord,
    course: CourseId,
) -> impl Iterator<Item = &Versioned<PlannedIntervention>> {
    interventions(record, course).filter(|it| it.value.status.is_open())
}

/// All interventions of a course, without talks and follow-ups.
fn interventions(record: &CitizenRecord, course: CourseId) -> impl Iterator<Item = &Versioned<PlannedIntervention>> {
    record.interventions.iter().filter(move |i| {
        i.value.course == course && i.value.code.care_plan_category() == Some(CarePlanCategory::Interventions)
    })
}

/// Ends every open plan, talk and follow-up of a citizen for one reason: withdrawal, death, move.
pub(crate) fn end_everything(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: Option<CourseId>,
    reason: StopReason,
    on: Date,
) -> Result<(), AppError> {
    let of_course = |id: CourseId| course.is_none_or(|c| c == id);
    for plan in record.care_plans.iter().filter(|p| of_course(p.value.course) && p.value.status.is_open()) {
        end_plan(tx, record, plan, PlanEvent::End { on: on.max(plan.value.granted_on), reason })?;
    }
    let alone = |i: &&Versioned<PlannedIntervention>| i.value.care_plan.is_none() && i.value.status.is_open();
    for talk in record.interventions.iter().filter(alone).filter(|i| of_course(i.value.course)) {
        move_intervention(tx, talk, PlanEvent::End { on: on.max(talk.value.granted_on), reason })?;
    }
    Ok(())
}
