//! How a request ends without a course: sent back, rejected, declined, never reached. Whoever sent it is told in the same
//! transaction, when the rules allow it (`domain::referral::SenderNotice`).

use domain::citizen::Citizen;
use domain::ids::ServiceRequestId;
use domain::organization::ManagingOrganization;
use domain::referral::{DeclineReason, NotTold, ReferralError, ReferralEvent, ReturnReason, SenderNotice, apply};
use domain::service_request::ServiceRequest;
use domain::workdays::local_date;
use serde::Deserialize;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::commands::{load, store_change};
use super::sender_message::SenderMessage;
use crate::records::{self, StoredRequest};
use crate::{App, AppError, Caller, calendar, mailbox};

/// Why a request goes back.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct ReturnInput {
    /// Coded reason.
    #[schema(value_type = String)]
    pub reason: ReturnReason,
    /// What the sender is told besides the reason.
    pub note: Option<String>,
}

/// Why a request is outside the target group.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct RejectInput {
    /// Reason and other possibilities, in words. Stays here: the sender is told only that no course started.
    pub reason: String,
    /// Left out, the sender is told when the citizen has consented to it.
    pub tell_sender: Option<TellSender>,
}

/// Why the citizen wants nothing now.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct DeclineInput {
    /// Coded reason; asked, never demanded. Stays here: the sender is told only that no course started.
    #[schema(value_type = String)]
    pub reason: DeclineReason,
    /// Left out, the sender is told when the citizen has consented to it.
    pub tell_sender: Option<TellSender>,
}

/// The sender is to be told that no course started: on the citizen's consent, or without it under § 41.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct TellSender {
    /// Why they are told without consent, as part of a current treatment (§ 41).
    pub section_41: Option<String>,
}

/// A request that has ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// The request.
    pub after: Versioned<StoredRequest>,
    /// The message to its sender, under the data folder, when one was queued.
    pub file: Option<String>,
}

/// How a request ends.
struct Ending {
    action: &'static str,
    /// None when it has ended already.
    event: Option<ReferralEvent>,
    /// Why, for the audit.
    reason: Option<String>,
    /// What the sender is told besides the coded reason of a return.
    note: Option<String>,
    /// Asked for in so many words: then it is done or refused, never left out.
    tell: Option<TellSender>,
}

/// Sent back to where it came from; the sender gets the reason and the note.
pub async fn return_to_sender(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: ReturnInput,
) -> Result<Ended, AppError> {
    let event = Some(ReferralEvent::Return(input.reason));
    let note = input.note.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
    let ending = Ending { action: "referral.return", event, reason: note.clone(), note, tell: None };
    end(app, who, id, version, ending).await
}

/// Outside the target group. Never for missing chronic disease when help with nicotine or alcohol is asked for (KS-2.1-02).
pub async fn reject(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: RejectInput,
) -> Result<Ended, AppError> {
    let (reason, tell) = (Some(input.reason.clone()), input.tell_sender);
    let event = Some(ReferralEvent::Reject(input.reason));
    end(app, who, id, version, Ending { action: "referral.reject", event, reason, note: None, tell }).await
}

/// The citizen wants nothing now.
pub async fn decline(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: DeclineInput,
) -> Result<Ended, AppError> {
    let (event, tell) = (Some(ReferralEvent::Decline(input.reason)), input.tell_sender);
    end(app, who, id, version, Ending { action: "referral.decline", event, reason: None, note: None, tell }).await
}

/// The sender of a request that led to no course is told so, when they were not told as it ended.
pub async fn tell_sender(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    input: TellSender,
) -> Result<Ended, AppError> {
    let action = "referral.tell_sender";
    end(app, who, id, version, Ending { action, event: None, reason: None, note: None, tell: Some(input) }).await
}

/// Closes every request whose letter ran out unanswered; gives how many.
pub async fn close_expired(app: &App, who: &Caller) -> Result<usize, AppError> {
    const SQL: &str =
        "select id from service_request where organization = $1 and open and state = 'unreachable' order by id";
    let scope = who.scope("referral.expired", app.now());
    let waiting =
        app.store.view(scope, |tx| Ok::<_, AppError>(Seen::nothing(tx.query(SQL, &[], |r| r.take::<Uuid>())?))).await?;
    let mut closed = 0;
    for id in waiting {
        let event = Some(ReferralEvent::LetterExpired { on: local_date(app.now()) });
        let ending = Ending { action: "referral.expired", event, reason: None, note: None, tell: None };
        match end(app, who, ServiceRequestId(id), None, ending).await {
            Ok(_) => closed += 1,
            Err(AppError::Referral(ReferralError::LetterStillOpen(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(closed)
}

async fn end(
    app: &App,
    who: &Caller,
    id: ServiceRequestId,
    version: Option<i64>,
    ending: Ending,
) -> Result<Ended, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, message_limits, who) = (app.now(), app.message_limits, who.clone());
    app.store
        .write(who.scope_because(ending.action, now, ending.audit_reason()), move |tx| {
            let before = load(tx, id, version)?;
            let limits = &home.settings.limits;
            let mut request = before.value.request.clone();
            let notice = match ending.event.clone() {
                Some(event) => {
                    request.state = apply(request.state, event, now, limits)?;
                    SenderNotice::of(&request.state)
                }
                // A return said what there was to say when it was made.
                None => SenderNotice::of(&request.state).filter(|notice| *notice == SenderNotice::NoCourse),
            };
            let file = match notice.ok_or(NotTold::NothingToTell) {
                Ok(notice) => tell(tx, &request, notice, &ending, &home, &who, &message_limits)?,
                Err(why) => Err(why),
            };
            // What was asked for is refused with its reason; what would follow by itself is left out.
            let file = if ending.tell.is_some() { Some(file?) } else { file.ok() };
            request.sender_told_at = request.sender_told_at.or(file.is_some().then_some(now));
            Ok(Ended { after: store_change(tx, before, request, limits)?, file })
        })
        .await
}

/// Queues the message to the sender; or why there is none.
fn tell(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    notice: SenderNotice,
    ending: &Ending,
    home: &ManagingOrganization,
    who: &Caller,
    limits: &medcom::Limits,
) -> Result<Result<String, NotTold>, AppError> {
    let record = records::citizen_record(tx, request.citizen)?;
    let citizen: &Citizen = &record.citizen.value;
    let dead = citizen.deceased_on.is_some();
    let section_41 = calendar::section_41(tx, who, ending.section_41())?;
    let basis = match notice.may_be_told(request, &record.consent_values(), section_41, dead) {
        Ok(basis) => basis,
        Err(why) => return Ok(Err(why)),
    };
    let Some(letter) = mailbox::valid_letter(tx, request, limits)? else { return Ok(Err(NotTold::NoAddress)) };
    let note = ending.note.as_deref();
    SenderMessage { home, who, citizen, request, letter: &letter, notice, note }.send(tx, basis).map(Ok)
}

impl Ending {
    fn section_41(&self) -> Option<&str> {
        self.tell.as_ref().and_then(|tell| tell.section_41.as_deref())
    }

    /// The reason of the ending, and the one for telling without consent.
    fn audit_reason(&self) -> Option<String> {
        let section_41 = self.section_41().map(str::trim).filter(|r| !r.is_empty());
        let section_41 = section_41.map(|reason| format!("Besked til henviseren efter sundhedsloven § 41: {reason}"));
        let both: Vec<String> = [self.reason.clone(), section_41].into_iter().flatten().collect();
        (!both.is_empty()).then(|| both.join(". "))
    }
}
