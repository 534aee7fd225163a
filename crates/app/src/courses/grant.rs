//! Granting an intervention: with a care plan of its own, or in one that is granted together.

use domain::care_plan::{CarePlan, PlanStatus};
use domain::codes::{DeliveryType, InterventionCode};
use domain::course::CourseEvent;
use domain::deadlines::Deadline;
use domain::ids::{
    CarePlanId, CitizenId, ConditionId, CourseId, OrganizationId, PlannedInterventionId, ServiceRequestId, TeamId,
};
use domain::limits::Limits;
use domain::organization::ManagingOrganization;
use domain::planned_intervention::{PlannedIntervention, check_grant};
use domain::service_request::Owner;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::move_course;
use crate::records;
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids, teams};

/// An intervention to grant, as staff choose it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct GrantInput {
    /// Which of the fourteen.
    #[schema(value_type = String)]
    pub code: InterventionCode,
    /// Alone or in a group.
    #[schema(value_type = String)]
    pub delivery: DeliveryType,
    /// The conditions it addresses, of those recorded.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub reasons: Vec<ConditionId>,
    /// Why this one, in words (KS-3.3).
    pub choice_reason: Option<String>,
    /// A care plan to share, when it is one team course with others; a new one otherwise.
    #[schema(value_type = Option<Uuid>)]
    pub care_plan: Option<CarePlanId>,
    /// Agreed last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub planned_end_on: Option<Date>,
    /// Who delivers, when it is not the municipality's own unit.
    #[schema(value_type = Option<Uuid>)]
    pub performer: Option<OrganizationId>,
    /// The request that led to it.
    #[schema(value_type = Option<Uuid>)]
    pub service_request: Option<ServiceRequestId>,
    /// The team that the citizen gets a seat in at once, when it is delivered in a group.
    #[schema(value_type = Option<Uuid>)]
    pub team: Option<TeamId>,
}

/// An intervention to grant, with everything decided.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The course.
    pub course: CourseId,
    /// The request that led to it.
    pub service_request: Option<ServiceRequestId>,
    /// Which of the fourteen.
    pub code: InterventionCode,
    /// Alone or in a group.
    pub delivery: DeliveryType,
    /// Who delivers.
    pub performer: OrganizationId,
    /// Day of the grant.
    pub granted_on: Date,
    /// Agreed last day.
    pub planned_end_on: Option<Date>,
    /// The conditions it addresses.
    pub reasons: Vec<ConditionId>,
    /// Why this one.
    pub choice_reason: Option<String>,
    /// A care plan to share.
    pub care_plan: Option<CarePlanId>,
}

/// What was granted.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
pub struct Granted {
    /// The intervention.
    #[schema(value_type = Uuid)]
    pub intervention: PlannedInterventionId,
    /// Its care plan; none for a talk.
    #[schema(value_type = Option<Uuid>)]
    pub care_plan: Option<CarePlanId>,
}

/// The seat that goes with what was granted.
pub(super) fn seat(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    team: Option<TeamId>,
    granted: Granted,
) -> Result<(), AppError> {
    team.map_or(Ok(()), |team| teams::enrol_in(tx, home, team, granted.intervention))
}

/// Grants an intervention in a course.
pub async fn grant(app: &App, who: &Caller, course: CourseId, input: GrantInput) -> Result<Granted, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope_because("intervention.grant", now, input.choice_reason.clone()), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let performer = input.performer.or(home.default_performer).ok_or(AppError::NotFound("performer"))?;
            let team = input.team;
            let granted = grant_in(tx, citizen, complete(input, course, performer, now), now)?;
            seat(tx, &home, team, granted)?;
            start_task(tx, citizen, granted.intervention, &home.settings.limits, now)?;
            Ok(granted)
        })
        .await
}

/// Grants practical cooking in the plan of dietary guidance or treatment, to support it (KS-7.2-09).
pub async fn grant_support(
    app: &App,
    who: &Caller,
    supported: PlannedInterventionId,
    version: Option<i64>,
) -> Result<Granted, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("intervention.grant", now), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", supported.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.intervention(supported)?;
            records::expect(version, before.version)?;
            let it = before.value.clone();
            if !it.can_be_supported() || !it.status.is_open() {
                let message = "Madlavning i praksis kan støtte en kostvejledning eller diætbehandling, der er i gang.";
                return Err(AppError::Rule { code: "not_supported", message });
            }
            if record.interventions.iter().any(|other| other.value.status.is_open() && other.value.supports(&it)) {
                let message = "Madlavning i praksis er bevilget som støtte allerede.";
                return Err(AppError::Rule { code: "supported", message });
            }
            let grant = Grant {
                course: it.course,
                service_request: it.service_request,
                code: InterventionCode::CookingInPractice,
                delivery: DeliveryType::Group,
                performer: it.performer,
                granted_on: local_date(now),
                planned_end_on: it.planned_end_on,
                reasons: it.reasons,
                choice_reason: Some(format!("Støtter {}", it.code.label().to_lowercase())),
                care_plan: it.care_plan,
            };
            let granted = grant_in(tx, citizen, grant, now)?;
            start_task(tx, citizen, granted.intervention, &home.settings.limits, now)?;
            Ok(granted)
        })
        .await
}

/// What staff chose, with what follows from the course.
pub(super) fn complete(input: GrantInput, course: CourseId, performer: OrganizationId, now: Timestamp) -> Grant {
    Grant {
        course,
        service_request: input.service_request,
        code: input.code,
        delivery: input.delivery,
        performer,
        granted_on: local_date(now),
        planned_end_on: input.planned_end_on,
        reasons: input.reasons,
        choice_reason: input.choice_reason,
        care_plan: input.care_plan,
    }
}

/// Somebody must start what was granted.
pub(super) fn start_task(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    intervention: PlannedInterventionId,
    limits: &Limits,
    now: Timestamp,
) -> Result<(), AppError> {
    let about = (citizen, intervention.0);
    Ok(tasks::add(tx, &NewTask::of(Deadline::Start, (local_date(now), limits), about, &Owner::Intake))?)
}

/// Grants inside a transaction that does more.
pub fn grant_in(tx: &mut Tx<'_>, citizen: CitizenId, grant: Grant, now: Timestamp) -> Result<Granted, AppError> {
    let record = records::citizen_record(tx, citizen)?;
    let category = grant.code.care_plan_category();
    let shared = grant.care_plan.map(|id| record.care_plan(id)).transpose()?;
    check_grant(grant.code, grant.delivery, shared.map_or(category, |plan| Some(plan.value.category)))?;
    if shared.is_some_and(|plan| !plan.value.status.is_open()) {
        return Err(domain::care_plan::PlanError::Ended.into());
    }
    if grant.reasons.iter().any(|id| !record.conditions.iter().any(|c| c.value.id == *id)) {
        return Err(AppError::field("reasons", "unknown", "En af tilstandene findes ikke i journalen."));
    }
    let care_plan = match (shared, category) {
        (Some(plan), _) => Some(plan.value.id),
        (None, Some(category)) => Some(new_plan(tx, citizen, &grant, category, now)?),
        (None, None) => None,
    };
    let intervention = new_intervention(tx, citizen, &grant, care_plan, now)?;
    if matches!(category, Some(domain::codes::CarePlanCategory::Interventions)) {
        move_course(tx, &record, grant.course, CourseEvent::InterventionGranted, now)?;
    }
    Ok(Granted { intervention, care_plan })
}

fn new_plan(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    grant: &Grant,
    category: domain::codes::CarePlanCategory,
    now: Timestamp,
) -> Result<CarePlanId, AppError> {
    let plan = CarePlan {
        id: ids::new(now),
        citizen,
        course: grant.course,
        category,
        granted_on: grant.granted_on,
        status: PlanStatus::Granted,
        performer: grant.performer,
    };
    records::add(tx, &plan)?;
    Ok(plan.id)
}

fn new_intervention(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    grant: &Grant,
    care_plan: Option<CarePlanId>,
    now: Timestamp,
) -> Result<PlannedInterventionId, AppError> {
    let of = (citizen, grant.course);
    let intervention = PlannedIntervention {
        care_plan,
        service_request: grant.service_request,
        delivery: grant.delivery,
        planned_end_on: grant.planned_end_on,
        reasons: grant.reasons.clone(),
        choice_reason: grant.choice_reason.clone(),
        ..PlannedIntervention::granted(ids::new(now), of, grant.code, grant.performer, grant.granted_on)
    };
    records::add(tx, &intervention)?;
    Ok(intervention.id)
}
