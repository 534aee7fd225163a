//! Deciding about a notification, and sending it: one transaction each.

use domain::deadlines::Deadline;
use domain::ids::{CitizenId, CourseId, NotificationId};
use domain::limits::Limits;
use domain::notification::{ConsentSought, NotificationDecision, NotificationFault, Told};
use domain::safety::{NOTIFICATION_RULE, Weighed};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{StoreError, Tx};

use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids, safety};

/// What is decided.
#[derive(Debug, Clone)]
pub struct DecideInput {
    /// Whether child and family services are notified.
    pub notify: bool,
    /// Why.
    pub reason: String,
    /// Whether the citizen's consent was sought.
    pub consent: ConsentSought,
    /// Whether the citizen was told.
    pub told: Told,
    /// How telling endangers the child.
    pub not_told_because: Option<String>,
}

/// Keeps a decision, and ends the safety task that called for it. A yes makes the letter and the task to send it today.
pub async fn decide(app: &App, who: &Caller, course: CourseId, input: DecideInput) -> Result<NotificationId, AppError> {
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("notification.decide", now), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let DecideInput { notify, reason, consent, told, not_told_because } = input;
            let (id, at, sent_on) = (ids::new(now), now, None);
            let decision = NotificationDecision {
                id,
                citizen,
                course,
                notify,
                reason,
                consent,
                told,
                not_told_because,
                by,
                at,
                sent_on,
            };
            let decision = decision.checked().map_err(refused)?;
            records::add(tx, &decision)?;
            tasks::end(tx, course.0, TaskKind::Safety, true)?;
            if decision.waits_to_be_sent() {
                let owner = Owner::User(by);
                let (kind, due_on) = (TaskKind::SendNotification, local_date(now));
                let citizen = Some(citizen);
                let task = NewTask { citizen, subject: id.0, kind, due_on, owner: &owner, rule: NOTIFICATION_RULE };
                tasks::add(tx, &task)?;
            }
            Ok(id)
        })
        .await
}

fn refused(fault: NotificationFault) -> AppError {
    match fault {
        NotificationFault::NoReason => AppError::field("begrundelse", "required", fault.user_message()),
        NotificationFault::NoDanger => AppError::field("fare", "required", fault.user_message()),
        NotificationFault::SentAlready | NotificationFault::NothingToSend => {
            AppError::Rule { code: "notification", message: fault.user_message() }
        }
    }
}

/// Keeps that the letter was sent; its task is done.
pub async fn sent(app: &App, who: &Caller, id: NotificationId) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("notification.sent", now), move |tx| {
            let citizen = records::citizen_of(tx, "notification", id.0)?;
            let before = records::one::<NotificationDecision>(tx, citizen.0, id.0)?;
            let before = before.ok_or(AppError::NotFound("notification"))?;
            let sent = before.value.clone().sent(local_date(now)).map_err(refused)?;
            records::save(tx, before.version, &sent)?;
            Ok(tasks::end(tx, id.0, TaskKind::SendNotification, true)?)
        })
        .await
}

/// Keeps the safety task of an open decision in step: there while the rule speaks, so that the course cannot be closed
/// before somebody has decided. It counts from the screening, or from the day it was written down when there was none.
pub(crate) fn keep_task(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    (citizen, course): (CitizenId, CourseId),
    weighed: &[Weighed],
    limits: &Limits,
    now: Timestamp,
) -> Result<(), AppError> {
    let speaks = weighed.iter().any(|one| one.warning.rule == NOTIFICATION_RULE);
    match (speaks, is_open(tx, course)?) {
        (true, false) => {
            let held = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == course);
            let owner = held.max_by_key(|e| e.start).and_then(|e| e.held_by).map_or(Owner::Intake, Owner::User);
            let found_on = safety::screened_on(record, course).unwrap_or_else(|| local_date(now));
            let about = (citizen, course.0);
            Ok(tasks::add(tx, &NewTask::of(Deadline::Notification, (found_on, limits), about, &owner))?)
        }
        (false, true) => Ok(tasks::end(tx, course.0, TaskKind::Safety, true)?),
        (true, true) | (false, false) => Ok(()),
    }
}

fn is_open(tx: &mut Tx<'_>, course: CourseId) -> Result<bool, StoreError> {
    const SQL: &str = "select count(*) from task
        where organization = $1 and subject = $2 and kind = 'safety' and state = 'open'";
    Ok(tx.first(SQL, &[course.0.into()], |r| r.take::<i64>())?.unwrap_or(0) > 0)
}
