//! Short messages to citizens: queued with the change that causes them, and given by text message, telephone or letter.
//!
//! The words are the municipality's own ([`crate::letters`]). Reminders are made by a round that follows from the record
//! and the clock ([`remind`]). Text messages are sent by a [`TextSender`] when the program has one; without it, and for what
//! could not be sent, a colleague gives them from the page.

mod api;
mod letter;
mod list;
mod outbox;
mod partner;
mod queries;
mod remind;
mod routes;
mod sender;
mod sending;
mod tell;

use domain::ids::{CitizenId, NoticeId};
use domain::notice::NoticeState;
use store::Tx;
use uuid::Uuid;

use crate::{App, AppError, Caller};

pub use api::{document as api_document, routes as api_routes};
pub use async_trait::async_trait;
pub use outbox::OutboxFolder;
pub(crate) use partner::{PartnerLetter, Said, of_course, to_partner};
pub use queries::{NoticeRow, waiting};
pub use remind::remind;
pub use routes::routes;
pub use sender::{NotSent, SentRound, TextMessage, TextSender, run_sender, send_waiting};
pub(crate) use tell::{Telling, plain_place, points, tell, tell_by_letter};

/// A text message as other programs read it.
pub fn outbox_body(message: &TextMessage, from: &str) -> serde_json::Value {
    serde_json::json!({
        "reference": message.reference,
        "from": from,
        "to": message.to,
        "text": message.text,
    })
}

/// Messages of all organizations that wait, and those of them that could not be sent.
pub(crate) async fn counts(app: &App) -> Result<(i64, i64), AppError> {
    let mut all = (0, 0);
    for organization in crate::organizations::list(app).await? {
        let scope = crate::nightly::program(organization.key).scope("notice.counts", app.now());
        let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(store::Seen::nothing(sending::counts(tx)?));
        let (waiting, failed) = app.store.view(scope, read).await?;
        all = (all.0 + waiting, all.1 + failed);
    }
    Ok(all)
}

/// The messages about something that were not given yet are no longer needed.
pub(crate) fn drop_about(tx: &mut Tx<'_>, subject: Uuid) -> Result<(), AppError> {
    Ok(queries::end_about(tx, subject, NoticeState::Dropped)?)
}

/// What a citizen was to be told about something is no longer needed.
pub(crate) fn drop_of(tx: &mut Tx<'_>, citizen: CitizenId, subject: Uuid) -> Result<(), AppError> {
    Ok(queries::end_of(tx, citizen, subject, NoticeState::Dropped)?)
}

/// Nothing more is said to a citizen who died, moved or stopped: what waits falls away.
pub(crate) fn drop_all_of(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<(), AppError> {
    Ok(queries::end_all_of(tx, citizen, NoticeState::Dropped)?)
}

/// No letter leaves to or about a citizen who died before it was sent.
pub(crate) fn drop_all_to_and_about(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<(), AppError> {
    drop_all_of(tx, citizen)?;
    Ok(queries::end_all_about(tx, citizen, NoticeState::Dropped)?)
}

/// What waits to be told about something was told otherwise.
pub(crate) fn told(tx: &mut Tx<'_>, subject: Uuid) -> Result<(), AppError> {
    Ok(queries::end_about(tx, subject, NoticeState::Done)?)
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
