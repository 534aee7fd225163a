//! Follow-ups that are planned: at closing, from a call, and by the rules of nicotine cessation.

use domain::codes::{DeliveryType, InterventionCode};
use domain::deadlines::Deadline;
use domain::follow_up::{FollowUp, FollowUpState};
use domain::ids::{CarePlanId, CitizenId, CourseId, FollowUpId, PlannedInterventionId};
use domain::organization::ManagingOrganization;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Tx, Versioned};

use super::{FollowUpInput, Grant, grant_in};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{AppError, ids};

/// Each follow-up is reported as an intervention in a follow-up plan, a new one when none is given, and has its task.
pub(super) fn plan_follow_ups(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    home: &ManagingOrganization,
    (course, mut plan): (CourseId, Option<CarePlanId>),
    inputs: &[FollowUpInput],
    now: Timestamp,
) -> Result<Vec<FollowUpId>, AppError> {
    let citizen = record.citizen.value.id;
    let mut planned = Vec::new();
    for input in inputs {
        let new = NewFollowUp { course, plan, due_on: input.due_on, stop: None, rule: Deadline::FollowUp.rule() };
        let (follow_up, shared) = plan_follow_up(tx, citizen, home, &new, now)?;
        plan = shared;
        planned.push(follow_up);
    }
    Ok(planned)
}

/// A follow-up to plan.
pub(crate) struct NewFollowUp {
    /// After which course.
    pub(crate) course: CourseId,
    /// The follow-up plan that it shares; a new one when none is given.
    pub(crate) plan: Option<CarePlanId>,
    /// Its day.
    pub(crate) due_on: Date,
    /// The nicotine intervention, when it is STOPbasen's.
    pub(crate) stop: Option<PlannedInterventionId>,
    /// The word of the [`Deadline`] that the day belongs to; its task is on the day itself.
    pub(crate) rule: &'static str,
}

/// Plans one follow-up; gives it and its plan.
pub(crate) fn plan_follow_up(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    home: &ManagingOrganization,
    new: &NewFollowUp,
    now: Timestamp,
) -> Result<(FollowUpId, Option<CarePlanId>), AppError> {
    let NewFollowUp { course, plan, due_on, stop, rule } = *new;
    if due_on <= local_date(now) {
        return Err(AppError::field("follow_ups", "in_the_past", "Opfølgningen skal ligge efter i dag."));
    }
    let known = records::citizen_record(tx, citizen)?;
    if let Some(other) = known.follow_ups.iter().find(|f| f.value.carries(due_on, stop)) {
        return share_call(tx, &known, other, new);
    }
    let grant = Grant {
        course,
        service_request: None,
        code: InterventionCode::FollowUp,
        delivery: DeliveryType::Individual,
        performer: home.default_performer.ok_or(AppError::NotFound("performer"))?,
        granted_on: local_date(now),
        planned_end_on: None,
        reasons: Vec::new(),
        choice_reason: None,
        care_plan: plan,
    };
    let granted = grant_in(tx, citizen, grant, now)?;
    let follow_up = FollowUp {
        id: ids::new(now),
        citizen,
        course,
        intervention: granted.intervention,
        due_on,
        state: FollowUpState::Planned,
        stop,
        agreed: false,
        stop_answered_on: None,
        attempts: Vec::new(),
    };
    records::add(tx, &follow_up)?;
    let (kind, owner) = (TaskKind::FollowUp, Owner::Intake);
    let task = NewTask { citizen: Some(citizen), subject: follow_up.id.0, kind, due_on, owner: &owner, rule };
    tasks::add(tx, &task)?;
    Ok((follow_up.id, granted.care_plan))
}

/// One call does for both: the follow-up that is there carries the new one too, on the day that was agreed.
fn share_call(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    other: &Versioned<FollowUp>,
    new: &NewFollowUp,
) -> Result<(FollowUpId, Option<CarePlanId>), AppError> {
    let both = other.value.clone().carrying(new.due_on, new.stop);
    records::save(tx, other.version, &both)?;
    if both.due_on != other.value.due_on {
        tasks::end_all(tx, both.id.0, false)?;
        let (kind, owner, due_on) = (TaskKind::FollowUp, Owner::Intake, both.due_on);
        let (citizen, subject) = (Some(both.citizen), both.id.0);
        tasks::add(tx, &NewTask { citizen, subject, kind, due_on, owner: &owner, rule: new.rule })?;
    }
    let plan = record.intervention(both.intervention)?.value.care_plan;
    Ok((both.id, new.plan.or(plan)))
}
