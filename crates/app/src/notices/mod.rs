//! Short messages to citizens: queued with the change that causes them, and given by text message, telephone or letter.
//!
//! Nothing here sends a text message. Whatever can send one reads those that wait by the API and says when each was given;
//! until then a colleague does it from the page.

mod api;
mod list;
mod queries;
mod routes;

use domain::citizen::Citizen;
use domain::ids::{CitizenId, NoticeId};
use domain::notice::{NoticeKind, NoticeState, channel_for};
use store::{Tx, Versioned};
use uuid::Uuid;

use crate::records;
use crate::{App, AppError, Caller, ids};

pub use api::{document as api_document, routes as api_routes};
pub use queries::{NoticeRow, waiting};
pub use routes::routes;

/// A short message to make. The text says nothing about health.
#[derive(Debug, Clone)]
pub(crate) struct NewNotice<'a> {
    /// To whom.
    pub(crate) citizen: CitizenId,
    /// About what.
    pub(crate) kind: NoticeKind,
    /// The offer or session it is about.
    pub(crate) subject: Uuid,
    /// What is said.
    pub(crate) text: &'a str,
}

/// Queues a short message by the channel that fits the citizen. Nothing is queued for the dead.
pub(crate) fn queue(tx: &mut Tx<'_>, new: &NewNotice<'_>) -> Result<(), AppError> {
    let citizen = new.citizen.0;
    let known: Versioned<Citizen> = records::one(tx, citizen, citizen)?.ok_or(AppError::NotFound("citizen"))?;
    let Some(channel) = channel_for(&known.value) else { return Ok(()) };
    let id: NoticeId = ids::new(tx.scope().at);
    queries::add(tx, id, new, channel)?;
    tx.note(&format!("notice/{id}"));
    Ok(())
}

/// The messages about something that were not given yet are no longer needed.
pub(crate) fn drop_about(tx: &mut Tx<'_>, subject: Uuid) -> Result<(), AppError> {
    Ok(queries::end_about(tx, subject, NoticeState::Dropped)?)
}

/// A message was given. Twice is once.
pub async fn given(app: &App, who: &Caller, id: NoticeId) -> Result<(), AppError> {
    ended(app, who, id, NoticeState::Done).await
}

/// A message that was ticked off by mistake waits again.
pub async fn not_given(app: &App, who: &Caller, id: NoticeId) -> Result<(), AppError> {
    ended(app, who, id, NoticeState::Waiting).await
}

async fn ended(app: &App, who: &Caller, id: NoticeId, state: NoticeState) -> Result<(), AppError> {
    let user = who.user;
    app.store
        .write(who.scope("notice.given", app.now()), move |tx| {
            queries::citizen_of(tx, id)?.ok_or(AppError::NotFound("notice"))?;
            queries::end(tx, id, state, user)?;
            tx.note(&format!("notice/{id}/{}", state.word()));
            Ok(())
        })
        .await
}
