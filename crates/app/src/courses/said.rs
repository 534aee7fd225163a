//! What is said and found along the way: goals, consents, conditions.

use std::sync::Arc;

use domain::codes::ConditionCode;
use domain::condition::{Condition, ConditionState};
use domain::consent::{Consent, ConsentForm, ConsentPurpose};
use domain::goal::Goal;
use domain::ids::{CitizenId, ConditionId, ConsentId, CourseId, GoalId};
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;

use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, ids, stopbasen};

/// A goal in the citizen's own words.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct GoalInput {
    /// The words.
    pub words: String,
}

/// An answer to a question of consent.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct ConsentInput {
    /// For what.
    #[schema(value_type = String)]
    pub purpose: ConsentPurpose,
    /// Yes or no.
    pub given: bool,
    /// How it was said.
    #[schema(value_type = String)]
    pub form: ConsentForm,
}

/// A condition found.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct ConditionInput {
    /// Which of the twenty.
    #[schema(value_type = String)]
    pub code: ConditionCode,
    /// What the professional writes.
    pub note: Option<String>,
}

/// A condition's new state.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct ConditionChange {
    /// Where it stands now.
    #[schema(value_type = String)]
    pub state: ConditionState,
}

/// Adds a goal to a course.
pub async fn add_goal(app: &App, who: &Caller, course: CourseId, input: GoalInput) -> Result<GoalId, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("goal.add", now), move |tx| {
            let record = record_of_course(tx, course)?;
            store_goal(tx, &record, course, input, now)
        })
        .await
}

/// Adds a condition to a course.
pub async fn add_condition(
    app: &App,
    who: &Caller,
    course: CourseId,
    input: ConditionInput,
) -> Result<ConditionId, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("condition.add", now), move |tx| {
            let record = record_of_course(tx, course)?;
            store_condition(tx, &record, course, input, now)
        })
        .await
}

/// Changes where a condition stands. A wrong code is marked as an error and recorded anew.
pub async fn change_condition(
    app: &App,
    who: &Caller,
    id: ConditionId,
    version: Option<i64>,
    change: ConditionChange,
) -> Result<i64, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("condition.change", now), move |tx| {
            let citizen = records::citizen_of(tx, "condition", id.0)?;
            let before = records::one::<Condition>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("condition"))?;
            records::expect(version, before.version)?;
            if before.value.state == ConditionState::EnteredInError {
                let message = "Tilstanden er fejlregistreret. Registrér den rigtige som ny.";
                return Err(AppError::Rule { code: "entered_in_error", message });
            }
            let now = Condition { state: change.state, ..before.value.clone() };
            Ok(records::save_if_changed(tx, &before, &now)?)
        })
        .await
}

/// Records what a citizen answered; the newest answer for a purpose counts.
pub async fn record_consent(
    app: &App,
    who: &Caller,
    citizen: CitizenId,
    input: ConsentInput,
) -> Result<ConsentId, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("consent.record", now), move |tx| {
            let record = records::citizen_record(tx, citizen)?;
            let id = store_consent(tx, &record, &who, input, now)?;
            stopbasen::keep_six_months(tx, &home, citizen, now)?;
            Ok(id)
        })
        .await
}

/// Withdraws a consent: at once and for the future. What was sent stays recorded.
pub async fn withdraw_consent(app: &App, who: &Caller, citizen: CitizenId, id: ConsentId) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    app.store
        .write(who.scope("consent.withdraw", now), move |tx| {
            let before = records::one::<Consent>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("consent"))?;
            let withdrawn = Consent { withdrawn_at: before.value.withdrawn_at.or(Some(now)), ..before.value.clone() };
            records::save_if_changed(tx, &before, &withdrawn)?;
            stopbasen::keep_six_months(tx, &home, citizen, now)
        })
        .await
}

fn record_of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Arc<CitizenRecord>, AppError> {
    let citizen = records::citizen_of(tx, "course", course.0)?;
    records::citizen_record(tx, citizen)
}

pub(super) fn store_goal(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    input: GoalInput,
    now: Timestamp,
) -> Result<GoalId, AppError> {
    let words = input.words.trim().to_owned();
    if words.is_empty() {
        return Err(AppError::field("words", "required", "Skriv målet med borgerens egne ord."));
    }
    let citizen = record.citizen.value.id;
    let goal = Goal { id: ids::new(now), citizen, course, words, set_on: local_date(now), evaluation: None };
    records::add(tx, &goal)?;
    Ok(goal.id)
}

pub(crate) fn store_consent(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    who: &Caller,
    input: ConsentInput,
    now: Timestamp,
) -> Result<ConsentId, AppError> {
    let consent = Consent {
        id: ids::new(now),
        citizen: record.citizen.value.id,
        purpose: input.purpose,
        given: input.given,
        form: input.form,
        on: local_date(now),
        asked_by: who.user,
        withdrawn_at: None,
    };
    records::add(tx, &consent)?;
    Ok(consent.id)
}

/// A condition that is recorded and in focus already keeps its id: it is the same one.
pub(super) fn store_condition(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    input: ConditionInput,
    now: Timestamp,
) -> Result<ConditionId, AppError> {
    record.course(course)?;
    let known = record
        .conditions
        .iter()
        .find(|c| c.value.course == course && c.value.code == input.code && c.value.state == ConditionState::InFocus);
    if let Some(known) = known {
        return Ok(known.value.id);
    }
    let condition = Condition {
        id: ids::new(now),
        citizen: record.citizen.value.id,
        course,
        code: input.code,
        recorded_on: local_date(now),
        state: ConditionState::InFocus,
        note: input.note.filter(|n| !n.trim().is_empty()),
    };
    records::add(tx, &condition)?;
    Ok(condition.id)
}
