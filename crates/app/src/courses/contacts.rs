//! Contacts in a course: individual sessions, calls, visits; and their correction.

use domain::codes::{EncounterClass, InterventionCode};
use domain::course::CourseEvent;
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus, check_held};
use domain::ids::{CarePlanId, EncounterId};
use domain::limits::Limits;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;

use super::{move_course, start_plan};
use crate::records;
use crate::{App, AppError, Caller, calendar, ids, safety};

/// A contact that was held.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct ContactInput {
    /// The course of interventions it is part of.
    #[schema(value_type = Uuid)]
    pub care_plan: CarePlanId,
    /// Where.
    #[schema(value_type = String)]
    pub class: EncounterClass,
    /// Start.
    #[schema(value_type = String, format = DateTime)]
    pub start: Timestamp,
    /// End.
    #[schema(value_type = String, format = DateTime)]
    pub end: Timestamp,
    /// Journal note.
    pub note: Option<String>,
}

/// What a wrong contact should have been.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct CorrectInput {
    /// Why.
    pub reason: String,
    /// The right one; left out when it was never held.
    pub right: Option<ContactInput>,
}

/// Registers a contact that was held; the first one starts its interventions.
pub async fn record_contact(app: &App, who: &Caller, input: ContactInput) -> Result<EncounterId, AppError> {
    let limits = app.organization(who.organization).await?.settings.limits;
    let (now, who) = (app.now(), who.clone());
    check_held(input.start, input.end, now)?;
    app.store.write(who.scope("contact.record", now), move |tx| store_contact(tx, &who, input, &limits, now)).await
}

/// Corrects a contact: the wrong one stays, marked; the right one is a new one (a contact belongs to one point in time).
pub async fn correct_contact(
    app: &App,
    who: &Caller,
    id: EncounterId,
    input: CorrectInput,
) -> Result<Option<EncounterId>, AppError> {
    let limits = app.organization(who.organization).await?.settings.limits;
    let (now, who) = (app.now(), who.clone());
    if input.reason.trim().is_empty() {
        return Err(AppError::field("reason", "required", "Skriv, hvad der var forkert."));
    }
    app.store
        .write(who.scope_because("contact.correct", now, Some(input.reason)), move |tx| {
            let citizen = records::citizen_of(tx, "encounter", id.0)?;
            let before = records::one::<Encounter>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("encounter"))?;
            let wrong = Encounter { status: EncounterStatus::EnteredInError, ..before.value.clone() };
            records::save_if_changed(tx, &before, &wrong)?;
            input.right.map(|right| store_contact(tx, &who, right, &limits, now)).transpose()
        })
        .await
}

/// A journal note as it should have been.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct NoteCorrection {
    /// The right words.
    pub note: String,
    /// Why.
    pub reason: String,
}

/// Corrects the words of a contact's note. The contact itself stands; what was written before is kept as its earlier
/// version, with who and when: a correction never hides what it corrects.
pub async fn correct_note(
    app: &App,
    who: &Caller,
    id: EncounterId,
    version: Option<i64>,
    input: NoteCorrection,
) -> Result<i64, AppError> {
    let (note, reason) = (input.note.trim().to_owned(), input.reason.trim().to_owned());
    if reason.is_empty() {
        return Err(AppError::field("reason", "required", "Skriv, hvorfor notatet rettes."));
    }
    app.store
        .write(who.scope_because("contact.note", app.now(), Some(reason)), move |tx| {
            let citizen = records::citizen_of(tx, "encounter", id.0)?;
            let before = records::one::<Encounter>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("encounter"))?;
            records::expect(version, before.version)?;
            if before.value.status == EncounterStatus::EnteredInError {
                let message = "Kontakten er fejlregistreret, og dens notat kan ikke rettes.";
                return Err(AppError::Rule { code: "entered_in_error", message });
            }
            let note = Some(note).filter(|note| !note.is_empty());
            Ok(records::save_if_changed(tx, &before, &Encounter { note, ..before.value.clone() })?)
        })
        .await
}

/// The same in a transaction that does more.
pub(crate) fn store_contact(
    tx: &mut store::Tx<'_>,
    who: &Caller,
    input: ContactInput,
    limits: &Limits,
    now: Timestamp,
) -> Result<EncounterId, AppError> {
    check_held(input.start, input.end, now)?;
    let citizen = records::citizen_of(tx, "care_plan", input.care_plan.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let course = record.care_plan(input.care_plan)?.value.course;
    let diet = |i: &&store::Versioned<domain::planned_intervention::PlannedIntervention>| {
        i.value.care_plan == Some(input.care_plan) && i.value.code == InterventionCode::DietaryTreatment
    };
    if record.interventions.iter().any(|i| diet(&i)) {
        safety::must_hold(tx, who)?;
    }
    start_plan(tx, &record, input.care_plan, local_date(input.start))?;
    move_course(tx, &record, course, CourseEvent::SessionHeld, now)?;
    calendar::contact_held(tx, &record, input.care_plan, input.start)?;
    let encounter = Encounter {
        id: ids::new(now),
        citizen,
        course,
        based_on: EncounterBasis::CarePlan(input.care_plan),
        class: input.class,
        status: EncounterStatus::Finished,
        start: input.start,
        end: input.end,
        session: None,
        held_by: Some(who.user),
        note: input.note.filter(|n| !n.trim().is_empty()),
        absence: None,
    };
    records::add(tx, &encounter)?;
    safety::keep_in_step(tx, citizen, limits, now)?;
    Ok(encounter.id)
}
