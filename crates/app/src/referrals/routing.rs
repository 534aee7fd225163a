//! Choosing the first step: the request leads into a course, and the talk or intervention is planned at once.

use domain::codes::{DeliveryType, InterventionCode};
use domain::course::{Course, CourseEvent, CourseState};
use domain::ids::{CourseId, OrganizationId, PlannedInterventionId, ServiceRequestId};
use domain::organization::{ManagingOrganization, Responsibility};
use domain::referral::{FirstStep, Proposal, ReferralEvent, RouteFacts, apply, check_route, propose};
use domain::task::{TaskKind, TaskSpec, for_first_step};
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Tx, Versioned};

use super::commands::store_change;
use crate::courses::{self, Grant};
use crate::records::{self, CitizenRecord, StoredRequest};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids};

/// The step that was chosen.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct RouteInput {
    /// Which.
    #[schema(value_type = String)]
    pub step: FirstStep,
    /// Why another than the one proposed; needed when the citizen wants a talk first for nicotine or alcohol alone.
    pub reason: Option<String>,
}

/// What routing made.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Routed {
    /// The request.
    #[schema(value_type = Uuid)]
    pub service_request: ServiceRequestId,
    /// The course it joined, opened when there was none.
    #[schema(value_type = Uuid)]
    pub course: CourseId,
    /// The talk or intervention that is planned, when the step has one.
    #[schema(value_type = Option<Uuid>)]
    pub intervention: Option<PlannedInterventionId>,
}

/// What the choice rests on, from the citizen's record.
pub fn facts_of<'a>(record: &CitizenRecord, request: &'a StoredRequest, home: &ManagingOrganization) -> RouteFacts<'a> {
    RouteFacts {
        areas: &request.request.areas,
        chronic_disease: request.request.chronic_disease,
        active_course: record.open_course().is_some(),
        at_risk_offers: home.settings.at_risk_offers,
    }
}

/// The step the rules propose, for a page.
pub fn proposal(record: &CitizenRecord, request: &StoredRequest, home: &ManagingOrganization) -> Proposal {
    propose(facts_of(record, request, home))
}

/// Chooses the first step. One transaction: the request, the course, the planned talk and the task.
pub async fn route(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: RouteInput,
) -> Result<Routed, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope_because("referral.route", now, input.reason.clone()), move |tx| {
            let citizen = records::citizen_of(tx, "service_request", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.request(id)?.clone();
            records::expect(version, before.version)?;
            check_route(facts_of(&record, &before.value, &home), input.step, input.reason.as_deref())?;
            let performer = home.default_performer.ok_or(AppError::NotFound("performer"))?;
            carry_out(tx, &record, before, input.step, performer, &home, now)
        })
        .await
}

fn carry_out(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    before: Versioned<StoredRequest>,
    step: FirstStep,
    performer: OrganizationId,
    home: &ManagingOrganization,
    now: Timestamp,
) -> Result<Routed, AppError> {
    let (id, limits) = (before.value.request.id, &home.settings.limits);
    let course = course_for(tx, record, step, home, now)?;
    let mut request = before.value.request.clone();
    request.state = apply(request.state, ReferralEvent::Route(step), now, limits)?;
    request.state = apply(request.state, ReferralEvent::Join(course), now, limits)?;
    let closed = ExtraClosedDays::default();
    let talk = for_first_step(step, &request, limits, closed);
    let (citizen, owner) = (request.citizen, request.owner.clone());
    store_change(tx, before, request, limits)?;
    let intervention = match step.intervention() {
        Some(code) => {
            let grant = Grant {
                course,
                service_request: Some(id),
                code,
                delivery: DeliveryType::Individual,
                performer,
                granted_on: local_date(now),
                planned_end_on: None,
                reasons: Vec::new(),
                choice_reason: None,
                care_plan: None,
            };
            Some(courses::grant_in(tx, citizen, grant, now)?.intervention)
        }
        None => None,
    };
    if let Some(subject) = intervention {
        let citizen = Some(citizen);
        let TaskSpec { kind, due_on, rule } = talk;
        tasks::add(tx, &NewTask { citizen, subject: subject.0, kind, due_on, owner: &owner, rule })?;
        // Until it has a time somebody must find one: a habit of the house.
        let (kind, due_on) = (TaskKind::BookTalk, add_workdays(local_date(now), 1, closed));
        tasks::add(tx, &NewTask { citizen, subject: subject.0, kind, due_on, owner: &owner, rule: "book_talk" })?;
    }
    Ok(Routed { service_request: id, course, intervention })
}

/// The open course, or a new one. The step moves it: a talk is booked, or nicotine and alcohol start directly.
fn course_for(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    step: FirstStep,
    home: &ManagingOrganization,
    now: Timestamp,
) -> Result<CourseId, AppError> {
    let event = match step.intervention() {
        Some(InterventionCode::NicotineCessation | InterventionCode::AlcoholTalk) => Some(CourseEvent::DirectStart),
        Some(_) => Some(CourseEvent::TalkBooked),
        None => None,
    };
    if let Some(open) = record.open_course() {
        let mut course = open.value.clone();
        if matches!(event, Some(CourseEvent::TalkBooked)) {
            course.state = domain::course::apply(course.state, CourseEvent::TalkBooked, now)?;
        }
        records::save_if_changed(tx, open, &course)?;
        return Ok(course.id);
    }
    let opened = Course {
        id: ids::new(now),
        citizen: record.citizen.value.id,
        opened_on: local_date(now),
        state: CourseState::Intake,
        contact_person: None,
        responsibilities: vec![responsibility(home, now)],
        first_session_on: None,
    };
    let state = match event {
        Some(event) => domain::course::apply(opened.state.clone(), event, now)?,
        None => opened.state.clone(),
    };
    let course = Course { state, ..opened };
    records::add(tx, &course)?;
    Ok(course.id)
}

/// Authority and operator as they are until a municipality says otherwise: itself, by sundhedsloven § 119.
fn responsibility(home: &ManagingOrganization, now: Timestamp) -> Responsibility {
    Responsibility {
        authority: home.name.clone(),
        operator: home.name.clone(),
        legal_basis: "Sundhedsloven § 119".into(),
        from: local_date(now),
        to: None,
    }
}
