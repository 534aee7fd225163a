//! Beginning a digital course and going on in it. The next agreed contact is a task of whoever agreed it; there is one at a
//! time, since each is held before the next.

use std::sync::Arc;

use domain::digital_course::{DigitalContact, DigitalContactKind, DigitalCourse, DigitalError, DigitalModule};
use domain::ids::{OfferId, PlannedInterventionId, UserId};
use domain::limits::Limits;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Tx, Versioned};
use uuid::Uuid;

use crate::courses::{self, ContactInput};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, catalogue, ids};

/// How a digital course is to be.
#[derive(Debug, Clone)]
pub(super) struct BeginInput {
    pub(super) offer: OfferId,
    pub(super) contacts: Vec<(DigitalContactKind, Date)>,
    pub(super) modules: Vec<String>,
}

pub(super) fn refused(error: DigitalError) -> AppError {
    AppError::field("digitalt", "digital_rule", error.user_message())
}

/// Begins a digital course of an intervention that runs.
pub(super) async fn begin(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    input: BeginInput,
) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("digital.begin", now), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let it = &record.intervention(id)?.value;
            if !it.status.is_open() {
                return Err(domain::care_plan::PlanError::Ended.into());
            }
            if record.digital_course(id).is_some() {
                return Err(refused(DigitalError::HasOne));
            }
            let offers = catalogue::digital(tx, it.code)?;
            let offer = offers.into_iter().find(|(one, _)| *one == input.offer);
            let (offer, offer_name) = offer.ok_or_else(|| refused(DigitalError::NotDigital))?;
            let contact = |(kind, agreed_on)| DigitalContact { id: ids::new(now), kind, agreed_on, held: None };
            let module = |name| DigitalModule { name, completed_on: None };
            let course = DigitalCourse {
                citizen,
                course: it.course,
                intervention: id,
                offer,
                offer_name,
                contacts: input.contacts.into_iter().map(contact).collect(),
                modules: input.modules.into_iter().map(module).collect(),
            };
            let course = course.sorted();
            course.check_new(local_date(now)).map_err(refused)?;
            records::add(tx, &course)?;
            tasks::end(tx, id.0, TaskKind::StartIntervention, true)?;
            next_task(tx, &course, user)
        })
        .await
}

/// The one that was seen, with the whole record.
fn seen(
    tx: &mut Tx<'_>,
    id: PlannedInterventionId,
    version: i64,
) -> Result<(Arc<CitizenRecord>, Versioned<DigitalCourse>), AppError> {
    let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let found = record.digital_course(id).cloned().ok_or(AppError::NotFound("digital_course"))?;
    records::expect(version, found.version)?;
    Ok((record, found))
}

/// Holds the next agreed contact: it becomes a contact of the record, and the first starts the intervention.
pub(super) async fn hold(
    app: &App,
    who: &Caller,
    (id, version): (PlannedInterventionId, i64),
    contact: Uuid,
    held: HeldInput,
) -> Result<(), AppError> {
    let limits: Limits = app.organization(who.organization).await?.settings.limits;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("digital.contact", now), move |tx| {
            let (record, before) = seen(tx, id, version)?;
            let care_plan = record.intervention(id)?.value.care_plan.ok_or(AppError::NotFound("care_plan"))?;
            let HeldInput { class, start, end, note } = held;
            let input = ContactInput { care_plan, class, start, end, note };
            let encounter = courses::store_contact(tx, &who, input, &limits, now)?;
            let after = before.value.clone().held(contact, encounter).map_err(refused)?;
            records::save(tx, before.version, &after)?;
            tasks::end(tx, id.0, TaskKind::DigitalContact, true)?;
            next_task(tx, &after, who.user)
        })
        .await
}

/// A contact that was held.
#[derive(Debug, Clone)]
pub(super) struct HeldInput {
    pub(super) class: domain::codes::EncounterClass,
    pub(super) start: jiff::Timestamp,
    pub(super) end: jiff::Timestamp,
    pub(super) note: Option<String>,
}

/// Says that a module was completed today, or that it was not after all.
pub(super) async fn complete(
    app: &App,
    who: &Caller,
    (id, version): (PlannedInterventionId, i64),
    place: usize,
    done: bool,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("digital.module", now), move |tx| {
            let (_, before) = seen(tx, id, version)?;
            let on = done.then(|| local_date(now));
            let after = before.value.clone().completed(place, on).map_err(refused)?;
            records::save_if_changed(tx, &before, &after)?;
            Ok(())
        })
        .await
}

/// Agrees one more feedback.
pub(super) async fn agree(
    app: &App,
    who: &Caller,
    (id, version): (PlannedInterventionId, i64),
    on: Date,
) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("digital.agree", now), move |tx| {
            let (_, before) = seen(tx, id, version)?;
            let after = before.value.clone().agreed(ids::new(now), on, local_date(now)).map_err(refused)?;
            records::save(tx, before.version, &after)?;
            if before.value.next().map(|one| one.id) != after.next().map(|one| one.id) {
                tasks::end(tx, id.0, TaskKind::DigitalContact, false)?;
                next_task(tx, &after, user)?;
            }
            Ok(())
        })
        .await
}

/// The task of the next contact: on the day that was agreed with the citizen, and no requirement sets that.
fn next_task(tx: &mut Tx<'_>, course: &DigitalCourse, user: UserId) -> Result<(), AppError> {
    let Some(next) = course.next() else { return Ok(()) };
    let rule = match next.kind {
        DigitalContactKind::Start => "digital_start",
        DigitalContactKind::Feedback => "digital_feedback",
        DigitalContactKind::End => "digital_end",
    };
    let (citizen, kind, owner) = (Some(course.citizen), TaskKind::DigitalContact, Owner::User(user));
    let subject = course.intervention.0;
    Ok(tasks::add(tx, &NewTask { citizen, subject, kind, due_on: next.agreed_on, owner: &owner, rule })?)
}
