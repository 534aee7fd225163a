//! Asking the sender of a referral for what the letter lacks, and having read the answer. Contact with the citizen does
//! not wait for it. How the answer finds its request stands in `mailbox::correspondence`.

use domain::ids::ServiceRequestId;
use domain::referral::{NotTold, ReferralError, ReferralState, SenderNotice};
use domain::service_request::{Flag, ServiceRequest};
use domain::task::{ANSWER_WORKDAYS, TaskKind};
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use serde::Deserialize;
use store::Versioned;

use super::commands::{change, load, store_change};
use super::endings::Ended;
use super::sender_message::SenderMessage;
use crate::records::{self, StoredRequest};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, mailbox};

/// What the sender of a referral is asked.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AskInput {
    /// In words; goes to the sender as it stands, between a greeting and who asks.
    pub question: String,
}

/// Whether the sender can still be asked: while the request is worked with, and while it is part of a course.
pub(super) const fn may_ask(request: &ServiceRequest) -> bool {
    request.state.is_open() || matches!(request.state, ReferralState::Joined { .. })
}

/// Writes to the sender; the request waits for the answer from now on, and somebody is reminded when none comes.
pub async fn ask_sender(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: AskInput,
) -> Result<Ended, AppError> {
    let question = input.question.trim().to_owned();
    if question.is_empty() {
        return Err(AppError::field("question", "required", "Skriv, hvad du vil spørge afsenderen om."));
    }
    let home = app.organization(who.organization).await?;
    let (now, message_limits, who) = (app.now(), app.message_limits, who.clone());
    app.store
        .write(who.scope("referral.ask", now), move |tx| {
            let before = load(tx, id, version)?;
            let mut request = before.value.request.clone();
            if !may_ask(&request) {
                return Err(ReferralError::AlreadyHandled(request.state.word()).into());
            }
            let record = records::citizen_record(tx, request.citizen)?;
            let citizen = &record.citizen.value;
            let notice = SenderNotice::Question;
            let basis = notice.may_be_told(&request, &[], None, citizen.deceased_on.is_some())?;
            let letter = mailbox::valid_letter(tx, &request, &message_limits)?.ok_or(NotTold::NoAddress)?;
            let (home, who, note) = (&*home, &who, Some(question.as_str()));
            let message = SenderMessage { home, who, citizen, request: &request, letter: &letter, notice, note };
            let file = message.send(tx, basis)?;
            request.asked_at = Some(now);
            request.flags.insert(Flag::BackgroundMissing);
            request.flags.remove(&Flag::Answered);
            tasks::end(tx, id.0, TaskKind::AwaitAnswer, false)?;
            tasks::end(tx, id.0, TaskKind::ReadAnswer, true)?;
            let task = NewTask {
                citizen: Some(request.citizen),
                subject: id.0,
                kind: TaskKind::AwaitAnswer,
                due_on: add_workdays(local_date(now), ANSWER_WORKDAYS, ExtraClosedDays::default()),
                owner: &request.owner,
                rule: "sender_asked",
            };
            tasks::add(tx, &task)?;
            Ok(Ended { after: store_change(tx, before, request, &home.settings.limits)?, file: Some(file) })
        })
        .await
}

/// The answer was read, or was got in another way: nothing is waited for any more.
pub async fn answer_read(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
) -> Result<Versioned<StoredRequest>, AppError> {
    change(app, who, "referral.answer_read", None, id, version, |request, _, _| {
        request.flags.remove(&Flag::BackgroundMissing);
        request.flags.remove(&Flag::Answered);
        Ok(())
    })
    .await
}
