//! Whatever sends text messages: asked for each message that waits, and what becomes of its answer.
//!
//! A message is handed over once. It is marked before it is handed over, and one whose fate nobody knows, since the program
//! stopped or the answer never came, is not tried again but rung up about: two messages about one time confuse.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::citizen::Citizen;
use domain::ids::NoticeId;
use domain::notice::{MOST_TRIES, NoticeChannel};
use domain::reminder::is_decent;
use domain::tries::next_try;
use store::{Seen, Tx};
use uuid::Uuid;

use super::{queries, sending};
use crate::rounds::rounds;
use crate::{App, AppError, Caller, nightly, organizations, records};

/// A text message as it is handed over.
#[derive(Clone)]
pub struct TextMessage {
    /// The same for the same message, however often it is tried.
    pub reference: Uuid,
    /// The number.
    pub to: String,
    /// What it says.
    pub text: String,
}

impl std::fmt::Debug for TextMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TextMessage({})", self.reference)
    }
}

/// Why a message was not handed over. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// Certainly not sent; later it may work.
    #[error("the sender cannot be reached or is busy")]
    Later,
    /// Certainly not sent, and never will be: the number or the text is not taken.
    #[error("the sender refused the message")]
    Refused,
    /// Perhaps sent, perhaps not.
    #[error("the sender gave no answer")]
    Unknown,
}

impl NotSent {
    /// What the colleague who rings instead reads.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Later => "Sms'en kunne ikke sendes. Ring i stedet.",
            Self::Refused => "Sms'en blev afvist. Ring i stedet, og spørg om nummeret.",
            Self::Unknown => "Vi ved ikke, om sms'en kom frem. Ring, og spørg.",
        }
    }
}

/// What sends text messages.
#[async_trait]
pub trait TextSender: Send + Sync + std::fmt::Debug {
    /// Hands one over.
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent>;
}

/// What a round of sending did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SentRound {
    /// Handed over.
    pub sent: usize,
    /// Not handed over: tried again later, or given to a colleague.
    pub failed: usize,
}

/// Sends what waits, every so often, until the program ends. A failure is logged and tried again.
pub async fn run_sender(app: App, every: Duration) {
    rounds(app, every, "text messages could not be sent", |app| async move { send_all(&app).await }).await;
}

async fn send_all(app: &App) -> Result<(), AppError> {
    for organization in organizations::at_work(app).await? {
        let round = send_waiting(app, &nightly::program(organization.key)).await?;
        if round != SentRound::default() {
            tracing::info!(organization = organization.key, sent = round.sent, failed = round.failed, "text messages");
        }
    }
    Ok(())
}

/// Sends the text messages of an organization that wait. None at night, and nothing without a sender.
pub async fn send_waiting(app: &App, who: &Caller) -> Result<SentRound, AppError> {
    let Some(sender) = app.text_sender.clone() else { return Ok(SentRound::default()) };
    let now = app.now();
    if !is_decent(now) {
        return Ok(SentRound::default());
    }
    let look = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(sending::to_send(tx, now)?));
    let found = app.store.view(who.scope("notice.to_send", now), look).await?;
    for id in found.lost {
        settle(app, who, id, Err(NotSent::Unknown)).await?;
    }
    let due = found.waiting.into_iter().filter(|(_, tries, tried_at)| {
        tried_at.is_none_or(|tried_at| next_try(tried_at, u32::try_from(*tries).unwrap_or(u32::MAX)) <= now)
    });
    let mut round = SentRound::default();
    for (id, ..) in due {
        let Some(message) = claim(app, who, id).await? else { continue };
        let outcome = hand_over(&sender, &message).await;
        *(if outcome.is_ok() { &mut round.sent } else { &mut round.failed }) += 1;
        settle(app, who, id, outcome).await?;
    }
    Ok(round)
}

async fn hand_over(sender: &Arc<dyn TextSender>, message: &TextMessage) -> Result<(), NotSent> {
    let outcome = sender.send(message).await;
    if let Err(error) = outcome {
        tracing::warn!(%error, notice = %message.reference, "a text message was not sent");
    }
    outcome
}

/// Marks a message as being sent, when nobody else did and it is still so; gives it to hand over.
async fn claim(app: &App, who: &Caller, id: NoticeId) -> Result<Option<TextMessage>, AppError> {
    let now = app.now();
    app.store
        .write(who.scope("notice.sending", now), move |tx| {
            let Some(citizen) = queries::citizen_of(tx, id)? else { return Ok(None) };
            let known = records::one::<Citizen>(tx, citizen.0, citizen.0)?.ok_or(AppError::NotFound("citizen"))?.value;
            if known.deceased_on.is_some() {
                super::drop_all_to_and_about(tx, citizen)?;
                return Ok(None);
            }
            let Some(phone) = queries::number(&known, NoticeChannel::Sms) else {
                sending::becomes_call(tx, id, "Borgeren har ikke et mobilnummer mere. Ring eller skriv i stedet.")?;
                return Ok(None);
            };
            let text = sending::claim(tx, id, now)?;
            tx.note(&format!("notice/{id}/sending"));
            Ok(text.map(|text| TextMessage { reference: id.0, to: phone.number.clone(), text }))
        })
        .await
}

async fn settle(app: &App, who: &Caller, id: NoticeId, outcome: Result<(), NotSent>) -> Result<(), AppError> {
    app.store
        .write(who.scope("notice.sent", app.now()), move |tx| {
            match outcome {
                Ok(()) => sending::done(tx, id)?,
                Err(NotSent::Later) if sending::tries(tx, id)? < i64::from(MOST_TRIES) => sending::again(tx, id)?,
                Err(error) => sending::becomes_call(tx, id, error.user_message())?,
            }
            tx.note(&format!("notice/{id}/{}", if outcome.is_ok() { "sent" } else { "not_sent" }));
            Ok(())
        })
        .await
}
