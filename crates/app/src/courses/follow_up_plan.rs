//! Follow-ups that are planned: at closing, from a call, and by the rules of nicotine cessation.

use domain::codes::{DeliveryType, InterventionCode};
use domain::follow_up::{FollowUp, FollowUpState};
use domain::ids::{CarePlanId, CitizenId, CourseId, FollowUpId, PlannedInterventionId};
use domain::organization::ManagingOrganization;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;

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
        let new = NewFollowUp { course, plan, due_on: input.due_on, stop: None, rule: "followup_window_days" };
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
    /// The limit that sets the day.
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
        attempts: Vec::new(),
    };
    records::add(tx, &follow_up)?;
    let (kind, owner) = (TaskKind::FollowUp, Owner::Intake);
    let task = NewTask { citizen: Some(citizen), subject: follow_up.id.0, kind, due_on, owner: &owner, rule };
    tasks::add(tx, &task)?;
    Ok((follow_up.id, granted.care_plan))
}
