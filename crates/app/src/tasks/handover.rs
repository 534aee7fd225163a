//! Handing open tasks to a colleague, and taking that back. The request that a task is about goes along, so that its next
//! task lands with the new owner too.

use domain::ids::{CitizenId, UserId};
use domain::permission::{Permission, Role};
use domain::service_request::Owner;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::handover_queries::{self as queries, Handover, Moved};
use crate::records::{self, StoredRequest};
use crate::{App, AppError, Caller, access};

/// So long a hand-over can be taken back with one press; nobody must hurry, and the new owner can still see it coming.
const UNDO: SignedDuration = SignedDuration::from_mins(10);

/// What is handed over.
#[derive(Debug, Clone, Deserialize)]
pub struct HandoverInput {
    /// Id of the hand-over, made with the form: the same form sent twice is one hand-over.
    pub id: Uuid,
    /// Whose the tasks are.
    pub from: UserId,
    /// Who gets them.
    pub to: UserId,
    /// Which tasks.
    pub tasks: Vec<Uuid>,
    /// Why.
    pub reason: Option<String>,
}

/// Whether somebody may hand over for another: an absent colleague's work does not wait.
pub(super) fn may_for(who: &Caller, from: UserId) -> bool {
    from == who.user || who.role == Role::Leader
}

/// Hands open tasks of one person to another. What is no longer open or no longer theirs stays where it is.
pub async fn hand_over_all(app: &App, who: &Caller, input: HandoverInput) -> Result<Handover, AppError> {
    let HandoverInput { id, from, to, tasks, reason } = input;
    if !may_for(who, from) {
        return Err(AppError::Forbidden(Permission::StaffWrite.word()));
    }
    if tasks.is_empty() {
        return Err(AppError::field("opgave", "required", "Vælg mindst én opgave."));
    }
    let colleagues = access::users(app, who.organization).await?;
    let fits = |user: &&access::User| user.id == to && to != from && user.active && may_receive(user.role);
    if !colleagues.iter().any(|user| fits(&user)) {
        return Err(AppError::field("til", "required", "Vælg den kollega, der skal have opgaverne."));
    }
    let reason = reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (by, now) = (who.user, app.now());
    app.store
        .write(who.scope_because("task.hand_over", now, reason.clone()), move |tx| {
            let handover = Handover { id, from, to, by, reason, at: now, undone_at: None };
            // Sent twice: the first has done it.
            if let Some(done) = queries::handover(tx, id)? {
                return Ok(done);
            }
            queries::add(tx, &handover)?;
            let mut moved = 0;
            for task in tasks {
                if let Some(task) = queries::move_task(tx, task, &handover)? {
                    move_request(tx, task, from, to)?;
                    moved += 1;
                }
            }
            if moved == 0 {
                return Err(AppError::Rule {
                    code: "nothing_handed_over",
                    message: "Ingen af opgaverne er åbne hos den ansvarlige mere. Genindlæs siden, og se, hvad der er tilbage.",
                });
            }
            tx.note(&format!("handover/{id}/{from}/{to}/{moved}"));
            Ok(handover)
        })
        .await
}

/// Who can do something with a task: whoever writes in records.
pub(super) const fn may_receive(role: Role) -> bool {
    role.may(Permission::CitizenWrite) && !matches!(role, Role::System)
}

/// Whether a hand-over can still be taken back.
pub(super) fn can_undo(handover: &Handover, now: Timestamp) -> bool {
    handover.undone_at.is_none() && now.duration_since(handover.at) <= UNDO
}

/// Gives back exactly what a hand-over moved and what the new owner has not finished. Gives how many.
pub async fn undo_handover(app: &App, who: &Caller, id: Uuid) -> Result<usize, AppError> {
    let (user, now) = (who.user, app.now());
    app.store
        .write(who.scope("task.hand_over.undo", now), move |tx| {
            let handover = queries::handover(tx, id)?.filter(|h| h.by == user);
            let handover = handover.ok_or(AppError::NotFound("handover"))?;
            if !can_undo(&handover, now) {
                return Err(AppError::Rule {
                    code: "undo_too_late",
                    message: "Overdragelsen kan ikke fortrydes mere. Bed din kollega om at overdrage opgaverne igen.",
                });
            }
            let back = queries::give_back(tx, &handover, now)?;
            let count = back.len();
            for task in back {
                move_request(tx, task, handover.to, handover.from)?;
            }
            tx.note(&format!("handover/{id}/undone/{count}"));
            Ok(count)
        })
        .await
}

/// The request that a task is about changes its owner along, when it had the same.
fn move_request(tx: &mut Tx<'_>, task: Moved, from: UserId, to: UserId) -> Result<(), StoreError> {
    let Some(citizen) = task.citizen.map(CitizenId) else { return Ok(()) };
    let Some(mut found) = records::one::<StoredRequest>(tx, citizen.0, task.subject)? else { return Ok(()) };
    if found.value.request.owner == Owner::User(from) {
        found.value.request.owner = Owner::User(to);
        records::save(tx, found.version, &found.value)?;
    }
    Ok(())
}
