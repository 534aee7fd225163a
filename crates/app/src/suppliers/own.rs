//! What a supplier does with its own enrolments: contacts, content, and the results sent back. Each passes the one door of
//! [`queries::own_enrolment`].

use domain::checklist::Tick;
use domain::codes::{EncounterClass, StopReason};
use domain::deadlines::Deadline;
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus, check_held};
use domain::ids::{EncounterId, PlannedInterventionId};
use domain::limits::Limits;
use domain::service_request::Owner;
use domain::supplier::{SupplierEnrolment, SupplierError, SupplierOutcome, SupplierResult};
use domain::task::TaskKind;
use domain::words::UnknownWord;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;

use super::{give, queries};
use crate::courses::{self, ContactInput as HeldInput};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids, records, safety};

/// Whether the citizen came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Came.
    Came,
    /// Sent regrets.
    Regrets,
    /// Stayed away without word.
    Away,
}

impl Presence {
    /// As the forms send it.
    pub fn parse(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "moedt" => Ok(Self::Came),
            "afbud" => Ok(Self::Regrets),
            "udeblevet" => Ok(Self::Away),
            _ => Err(UnknownWord { kind: "Presence", found: word.to_owned() }),
        }
    }
}

/// A contact at the supplier.
#[derive(Debug, Clone)]
pub struct ContactInput {
    /// Whether the citizen came.
    pub presence: Presence,
    /// Where.
    pub class: EncounterClass,
    /// Start.
    pub start: Timestamp,
    /// End.
    pub end: Timestamp,
    /// What the municipality should know.
    pub note: Option<String>,
}

/// Records a contact: the first that was held starts the intervention, as it does at home.
pub async fn record_contact(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    input: ContactInput,
) -> Result<EncounterId, AppError> {
    let limits = app.organization(who.organization).await?.settings.limits;
    let (now, who) = (app.now(), who.clone());
    check_held(input.start, input.end, now)?;
    app.store
        .write(who.scope("supplier.contact", now), move |tx| {
            let own = queries::own_enrolment(tx, who.user, id, local_date(now))?;
            may_write(&own.enrolment.value)?;
            let plan = own.record.intervention(id)?.value.care_plan.ok_or(AppError::NotFound("care_plan"))?;
            let ContactInput { presence, class, start, end, note } = input;
            let contact = if presence == Presence::Came {
                courses::store_contact(tx, &who, HeldInput { care_plan: plan, class, start, end, note }, &limits, now)?
            } else {
                let away = presence == Presence::Away;
                let encounter = Encounter {
                    absence: None,
                    id: ids::new(now),
                    citizen: own.enrolment.value.citizen,
                    course: own.enrolment.value.course,
                    based_on: EncounterBasis::CarePlan(plan),
                    class,
                    status: if away { EncounterStatus::NoShow } else { EncounterStatus::Cancelled },
                    start,
                    end,
                    session: None,
                    held_by: Some(who.user),
                    note: note.filter(|note| !note.trim().is_empty()),
                };
                records::add(tx, &encounter)?;
                if away {
                    no_show_task(tx, &own.enrolment.value, &encounter, &limits)?;
                }
                encounter.id
            };
            let mut after = own.enrolment.value.clone();
            after.contacts.push(contact);
            records::save(tx, own.enrolment.version, &after)?;
            Ok(contact)
        })
        .await
}

/// Somebody at home makes contact after a no-show.
fn no_show_task(
    tx: &mut Tx<'_>,
    enrolment: &SupplierEnrolment,
    missed: &Encounter,
    limits: &Limits,
) -> Result<(), AppError> {
    let (about, owner) = ((enrolment.citizen, missed.id.0), Owner::User(enrolment.given_by));
    Ok(tasks::add(tx, &NewTask::of(Deadline::NoShow, (local_date(missed.start), limits), about, &owner))?)
}

/// What is sent back is not written on.
pub(super) fn may_write(enrolment: &SupplierEnrolment) -> Result<(), SupplierError> {
    if enrolment.may_be_written() { Ok(()) } else { Err(SupplierError::AlreadyBack) }
}

/// Ticks what was dealt with of the required content; gives the checklist's version.
pub(super) async fn tick(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: i64,
    ticked: Vec<String>,
) -> Result<i64, AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("supplier.tick", now), move |tx| {
            let own = queries::own_enrolment(tx, user, id, local_date(now))?;
            may_write(&own.enrolment.value)?;
            let tick = Tick { on: local_date(now), by: user };
            safety::tick_in(tx, &own.record, id, Some(version), &ticked, tick)
        })
        .await
}

/// How it ended there.
#[derive(Debug, Clone)]
pub struct ResultInput {
    /// Completed or stopped.
    pub outcome: SupplierOutcome,
    /// One of the nine reasons, when it was stopped.
    pub reason: Option<StopReason>,
    /// Last day.
    pub on: Date,
    /// What the municipality should know.
    pub note: Option<String>,
}

/// Sends the results back. Whoever gave the intervention reads them and ends it.
pub async fn send_back(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    version: i64,
    input: ResultInput,
) -> Result<(), AppError> {
    let ResultInput { outcome, reason, on, note } = input;
    let reason = match (outcome, reason) {
        (SupplierOutcome::Stopped, None) => {
            return Err(AppError::field("aarsag", "required", "Vælg, hvorfor det stoppede før tid."));
        }
        (SupplierOutcome::Stopped, reason) => reason,
        (SupplierOutcome::Completed, _) => None,
    };
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("supplier.results", now), move |tx| {
            let today = local_date(now);
            let own = queries::own_enrolment(tx, user, id, today)?;
            records::expect(version, own.enrolment.version)?;
            let result = SupplierResult { outcome, reason, on, note, by: user, sent_on: today };
            let after = own.enrolment.value.clone().send_back(result, today)?;
            records::save(tx, own.enrolment.version, &after)?;
            tasks::end(tx, id.0, TaskKind::AwaitResults, true)?;
            give::task(tx, &after, TaskKind::ReadResults, add_workdays(today, 1, ExtraClosedDays::default()))
        })
        .await
}
