//! Taking back the step that moved a request or wrote to its sender: `POST /henvisninger/{id}/fortryd/{version}`.
//!
//! The version before comes again as a new one, its tasks open again, and what was written to the sender is not sent. The
//! step itself stays in the history. A message that has left cannot be taken back, and neither can the step it belongs to.

use axum::extract::{Path, State};
use axum::response::Redirect;
use domain::ids::{CitizenId, ServiceRequestId};
use domain::referral::ReferralState;
use domain::service_request::Owner;
use jiff::{SignedDuration, Timestamp};
use store::Tx;
use uuid::Uuid;

use super::commands::load;
use super::history::{self, Step};
use crate::records::{self, StoredRequest};
use crate::web::Visit;
use crate::{App, AppError, Caller, mailbox, tasks};

/// As a hand-over: nobody must hurry. What is written to the sender leaves sooner, and its step stays then.
const UNDO: SignedDuration = SignedDuration::from_mins(10);

/// The reason of a version that takes a step back.
pub(super) const UNDONE: &str = "Fortrudt";

const TOO_LATE: AppError = AppError::Rule {
    code: "undo_too_late",
    message: "Det kan ikke fortrydes mere. Der er sket andet siden, eller der er gået for lang tid.",
};

/// Where the step that led to a version is taken back.
pub(super) fn href(id: ServiceRequestId, version: i64) -> String {
    format!("/henvisninger/{id}/fortryd/{version}")
}

/// Takes back one's own newest step, when it was one that can be. Sent twice, the first has done it.
pub async fn undo(app: &App, who: &Caller, id: ServiceRequestId, version: i64) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope_because("referral.undo", now, Some(UNDONE.to_owned())), move |tx| {
            let citizen: CitizenId = records::citizen_of(tx, "service_request", id.0)?;
            let steps = history::steps(tx, citizen, id)?;
            let taken = steps.iter().position(|step| step.version == version).filter(|at| *at > 0);
            let at = taken.ok_or(AppError::NotFound("service_request"))?;
            let (before, step) = (&steps[at - 1], &steps[at]);
            match &steps[at + 1..] {
                [] => {}
                [after, ..] if after.stored == before.stored && after.actor == user.0 => return Ok(()),
                _ => return Err(TOO_LATE),
            }
            if step.actor != user.0 || !moved(before, step) || now.duration_since(step.at) > UNDO {
                return Err(TOO_LATE);
            }
            mailbox::take_back_all(tx, id.0, step.at)?;
            restore(tx, id, before, step.at)
        })
        .await
}

/// The letter that a step wrote was taken back, so the step is too; one that others have built on stays.
pub(crate) fn undo_step_of_letter(tx: &mut Tx<'_>, request: Uuid, queued_at: Timestamp) -> Result<(), AppError> {
    let id = ServiceRequestId(request);
    let citizen: CitizenId = records::citizen_of(tx, "service_request", request)?;
    match history::steps(tx, citizen, id)?.as_slice() {
        [.., before, step] if step.at == queued_at => restore(tx, id, before, queued_at),
        _ => Ok(()),
    }
}

/// Sent on, sent back, ended without a course, or written to its sender.
fn moved(before: &Step, step: &Step) -> bool {
    let (was, is) = (&before.stored.request, &step.stored.request);
    let ended = matches!(
        is.state,
        ReferralState::Returned { .. } | ReferralState::Rejected { .. } | ReferralState::Declined { .. }
    );
    let sent_on = was.owner != is.owner && matches!(is.owner, Owner::Unit(_));
    let written = was.asked_at != is.asked_at || was.sender_told_at != is.sender_told_at;
    (ended && was.state.is_open()) || sent_on || written
}

fn restore(tx: &mut Tx<'_>, id: ServiceRequestId, before: &Step, at: Timestamp) -> Result<(), AppError> {
    let now = load(tx, id, None)?;
    records::save::<StoredRequest>(tx, now.version, &before.stored)?;
    Ok(tasks::undo(tx, id.0, at)?)
}

pub(super) async fn act(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, version)): Path<(Uuid, i64)>,
) -> Result<Redirect, AppError> {
    undo(&app, &caller, id.into(), version).await?;
    visit.done(&format!("/henvisninger/{id}"), "Det er fortrudt. Henvisningen er, som den var før.").await
}
