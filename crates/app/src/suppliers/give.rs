//! Giving an intervention to a supplier, taking it back, and letting it be completed without the supplier's results.

use domain::care_plan::PlanEvent;
use domain::ids::{OrganizationId, PlannedInterventionId};
use domain::permission::Permission;
use domain::service_request::Owner;
use domain::supplier::{SupplierEnrolment, SupplierError};
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Tx, Versioned};

use super::queries;
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller};

/// The word of the tasks about a supplier: the agreement with it sets their days, and no requirement does.
const RULE: &str = "supplier_results";

/// Most characters of what a supplier is told.
const TOLD_MOST: usize = 1000;

/// An intervention for a supplier.
#[derive(Debug, Clone)]
pub struct GiveInput {
    /// To whom.
    pub supplier: OrganizationId,
    /// What delivery requires them to know.
    pub told: String,
    /// The last planned day.
    pub planned_end_on: Date,
}

/// Keeps a supplier's unsent results from being forgotten: an intervention is not completed without them. Stopping it
/// needs none.
pub(crate) fn must_be_back(
    record: &CitizenRecord,
    id: PlannedInterventionId,
    event: PlanEvent,
) -> Result<(), SupplierError> {
    let blocks = record.supplier_enrolment(id).is_some_and(|it| it.value.blocks());
    if blocks && matches!(event, PlanEvent::Complete { .. }) { Err(SupplierError::ResultsMissing) } else { Ok(()) }
}

/// Gives an intervention to a supplier; whoever gives it is reminded when the results are not back.
pub async fn give(app: &App, who: &Caller, id: PlannedInterventionId, input: GiveInput) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    let told = input.told.trim().to_owned();
    if told.chars().count() > TOLD_MOST {
        return Err(AppError::field("besked", "too_long", "Skriv kortere, højst 1000 tegn."));
    }
    let today = local_date(now);
    if input.planned_end_on < today {
        return Err(AppError::field("slut", "in_the_past", "Den planlagte slutdag ligger før i dag."));
    }
    app.store
        .write(who.scope("supplier.give", now), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.intervention(id)?;
            if !before.value.status.is_open() {
                return Err(SupplierError::Over.into());
            }
            let known = record.supplier_enrolment(id);
            if known.is_some_and(|it| it.value.is_there()) {
                return Err(SupplierError::HasOne.into());
            }
            let agreement = queries::agreement(tx, input.supplier)?.value;
            agreement.may_be_given(before.value.code, &record.consent_values(), today)?;
            let results_by = agreement.results_by(input.planned_end_on);
            let enrolment = SupplierEnrolment {
                intervention: id,
                citizen,
                course: before.value.course,
                supplier: agreement.supplier,
                supplier_name: agreement.name,
                given_on: today,
                given_by: user,
                told,
                results_by,
                contacts: Vec::new(),
                tests: Vec::new(),
                result: None,
                set_aside: None,
                taken_back_on: None,
            };
            records::save(tx, known.map_or(0, |it| it.version), &enrolment)?;
            tasks::end(tx, id.0, TaskKind::StartIntervention, true)?;
            task(tx, &enrolment, TaskKind::AwaitResults, results_by)
        })
        .await
}

/// A task for who gave it.
pub(super) fn task(
    tx: &mut Tx<'_>,
    enrolment: &SupplierEnrolment,
    kind: TaskKind,
    due_on: Date,
) -> Result<(), AppError> {
    let (citizen, owner) = (Some(enrolment.citizen), Owner::User(enrolment.given_by));
    let subject = enrolment.intervention.0;
    Ok(tasks::add(tx, &NewTask { citizen, subject, kind, due_on, owner: &owner, rule: RULE })?)
}

/// Reads an enrolment in the version that was seen.
fn seen(tx: &mut Tx<'_>, id: PlannedInterventionId, version: i64) -> Result<Versioned<SupplierEnrolment>, AppError> {
    let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
    let found = records::one::<SupplierEnrolment>(tx, citizen.0, id.0)?;
    let found = found.ok_or(SupplierError::NotGiven)?;
    records::expect(version, found.version)?;
    Ok(found)
}

/// Takes an intervention back: the supplier sees it no more, and the municipality goes on itself.
pub async fn take_back(app: &App, who: &Caller, id: PlannedInterventionId, version: i64) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("supplier.take_back", now), move |tx| {
            let before = seen(tx, id, version)?;
            records::save(tx, before.version, &before.value.clone().take_back(local_date(now))?)?;
            tasks::end(tx, id.0, TaskKind::AwaitResults, false)?;
            Ok(tasks::end(tx, id.0, TaskKind::ReadResults, false)?)
        })
        .await
}

/// Lets the intervention be completed without the results; a leader's right.
pub async fn set_aside(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: i64,
    reason: String,
) -> Result<(), AppError> {
    who.require(Permission::OverrideBlocker)?;
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope_because("supplier.set_aside", now, Some(reason.clone())), move |tx| {
            let before = seen(tx, id, version)?;
            let after = before.value.clone().set_aside(&reason, user, local_date(now))?;
            records::save(tx, before.version, &after)?;
            Ok(tasks::end(tx, id.0, TaskKind::AwaitResults, false)?)
        })
        .await
}

/// Says that the results were read.
pub(super) async fn read(app: &App, who: &Caller, id: PlannedInterventionId) -> Result<(), AppError> {
    app.store
        .write(who.scope("supplier.results_read", app.now()), move |tx| {
            records::citizen_of(tx, "planned_intervention", id.0)?;
            Ok(tasks::end(tx, id.0, TaskKind::ReadResults, true)?)
        })
        .await
}
