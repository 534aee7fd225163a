//! Taking one file in: read it, decide what each letter becomes, store all of it in one transaction.
//!
//! What is answered when: MedCom's rules for receipts and re-sending, as the table in `docs/operations/messages.md` lists them.

use std::sync::Arc;

use domain::ids::MessageId;
use domain::message::{MessageKind, Outcome};
use domain::organization::ManagingOrganization;
use jiff::Timestamp;
use medcom::{Emessage, Incoming, Letter, LetterFault, Refusal, VansContent, VansEnvelope};
use serde::Serialize;
use store::Tx;
use uuid::Uuid;

use super::answers::{self, Verdict};
use super::packing::Body;
use super::{attachments, backlog, correspondence, queries, receipts, referral_letters};
use crate::{App, AppError, organizations};

/// What became of a file; the words of `receive --json`.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Received {
    /// What it is.
    pub kind: &'static str,
    /// What became of it.
    pub outcome: &'static str,
    /// The requests it made or changed.
    pub referrals: Vec<Uuid>,
    /// What is answered.
    pub answers: Vec<Answer>,
    /// Why, when it was not simply accepted. Danish, without names and numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The stored message.
    pub message: Uuid,
}

impl Received {
    /// Whether it could not be read and is kept for the operator.
    pub fn is_quarantined(&self) -> bool {
        self.outcome == Outcome::Quarantined.word()
    }
}

/// One answer to a message.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Answer {
    /// XCTL02, XCTL03 or VANS.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// MedCom's refusal code of a negative one.
    pub code: Option<String>,
    /// Where the file comes, under the data folder.
    pub file: String,
}

/// One file on its way in.
pub(super) struct Intake {
    /// The organization it is for, or the first one when it is for nobody we know.
    pub home: Arc<ManagingOrganization>,
    /// The stored message.
    pub message: MessageId,
    /// When it came.
    pub at: Timestamp,
    /// Names and addresses by CPR number.
    pub register: Option<Arc<dyn domain::person_register::PersonRegister>>,
}

/// What the letters of a file became, while it is worked through.
#[derive(Default)]
pub(super) struct Progress {
    pub verdicts: Vec<Verdict>,
    pub answers: Vec<Answer>,
    pub sender: Option<String>,
    pub sender_name: Option<String>,
    pub citizen: Option<Uuid>,
}

/// Takes a file in. `file` is the id it was given when it was taken from the mailbox, or a new one: the same id twice
/// is done once.
pub async fn receive(app: &App, file: Uuid, bytes: Vec<u8>) -> Result<Received, AppError> {
    backlog::alone(app, Arc::new(prepare(app, None, file, bytes).await?)).await
}

/// The same for a caller who hands over for one organization: no other one's letters are taken in by it.
pub async fn receive_for(app: &App, organization: i64, file: Uuid, bytes: Vec<u8>) -> Result<Received, AppError> {
    backlog::alone(app, Arc::new(prepare(app, Some(organization), file, bytes).await?)).await
}

/// A file that is read and checked, with all that storing it takes.
pub(super) struct Prepared {
    intake: Intake,
    inner: Result<Option<Emessage>, Refusal>,
    envelope: Option<Box<VansEnvelope>>,
    body: Body,
}

/// Reads a file and finds out whose it is; nothing is stored yet.
pub(super) async fn prepare(
    app: &App,
    organization: Option<i64>,
    file: Uuid,
    bytes: Vec<u8>,
) -> Result<Prepared, AppError> {
    let read = medcom::read(&bytes, &app.message_limits);
    let (inner, envelope) = open_envelope(read, app);
    let home = match organization {
        Some(key) => app.organization(key).await?,
        None => home_of(app, &inner, envelope.as_deref()).await?,
    };
    // The message is called as its file: taken in again, the file finds what it became.
    let intake = Intake { home, message: MessageId(file), at: app.now(), register: app.register.clone() };
    Ok(Prepared { intake, inner, envelope, body: Body::of(bytes) })
}

/// A file without its envelope, and the envelope when it had one.
fn open_envelope(
    read: Result<Incoming, Refusal>,
    app: &App,
) -> (Result<Option<Emessage>, Refusal>, Option<Box<VansEnvelope>>) {
    match read {
        Ok(Incoming::Emessage(message)) => (Ok(Some(message)), None),
        Err(refusal) => (Err(refusal), None),
        Ok(Incoming::VansEnvelope(envelope)) => match &envelope.content {
            VansContent::Receipt(_) => (Ok(None), Some(envelope)),
            VansContent::Message { data, .. } => match medcom::read(data, &app.message_limits) {
                Ok(Incoming::Emessage(message)) => (Ok(Some(message)), Some(envelope)),
                // An envelope in an envelope is not part of the standard.
                Ok(Incoming::VansEnvelope(_)) => (Ok(None), Some(envelope)),
                Err(refusal) => (Err(refusal), Some(envelope)),
            },
        },
    }
}

/// The organization whose location number the file names; the first one when it is none of ours.
async fn home_of(
    app: &App,
    inner: &Result<Option<Emessage>, Refusal>,
    envelope: Option<&VansEnvelope>,
) -> Result<Arc<ManagingOrganization>, AppError> {
    for ean in receivers(inner).into_iter().chain(envelope.map(|e| e.receiver.id.clone())) {
        if let Some(key) = app.organization_of_gln(&ean).await? {
            return app.organization(key).await;
        }
    }
    let first = organizations::list(app).await?.into_iter().next();
    app.organization(first.ok_or(AppError::NotFound("organization"))?.key).await
}

fn receivers(inner: &Result<Option<Emessage>, Refusal>) -> Vec<String> {
    match inner {
        Ok(Some(message)) => message.letters.iter().filter_map(answers::receiver_of).collect(),
        Ok(None) => Vec::new(),
        Err(Refusal::Answerable(fault)) => fault.letters.iter().filter_map(|l| l.receiver_ean.clone()).collect(),
        Err(_) => Vec::new(),
    }
}

impl Prepared {
    /// Whose it is.
    pub(super) fn organization(&self) -> i64 {
        self.intake.home.key
    }

    /// When it came.
    pub(super) const fn at(&self) -> Timestamp {
        self.intake.at
    }

    /// Stores it with everything it causes.
    pub(super) fn take_in(&self, tx: &mut Tx<'_>) -> Result<Received, AppError> {
        let Self { intake, inner, envelope, body } = self;
        if let Some(done) = queries::claim(tx, intake.message)? {
            return Ok(done);
        }
        let mut progress = Progress::default();
        let kind = match inner {
            Ok(Some(message)) => letters(tx, intake, message, &mut progress)?,
            Ok(None) => {
                progress.verdicts.push(Verdict::Logged("Kvittering på en kuvert."));
                MessageKind::Receipt
            }
            Err(refusal) => refused(tx, intake, refusal, &mut progress)?,
        };
        let outcome = answers::outcome(&progress.verdicts);
        if let Some(envelope) = envelope {
            answers::answer_envelope(tx, intake, envelope, outcome, &mut progress)?;
        }
        let envelope_id = inner.as_ref().ok().and_then(Option::as_ref).map(|m| m.envelope.identifier.as_str());
        queries::store_message(tx, intake, &progress, kind, outcome, envelope_id, body)?;
        tx.note(&format!("message {} {} {}", intake.message, kind.word(), outcome.word()));
        Ok(report(intake, kind, outcome, progress))
    }
}

fn report(intake: &Intake, kind: MessageKind, outcome: Outcome, progress: Progress) -> Received {
    Received {
        kind: kind.word(),
        outcome: outcome.word(),
        referrals: progress.verdicts.iter().filter_map(Verdict::referral).collect(),
        reason: answers::reason(&progress.verdicts),
        answers: progress.answers,
        message: intake.message.0,
    }
}

/// Works through the letters of a message, then answers them together.
fn letters(
    tx: &mut Tx<'_>,
    intake: &Intake,
    message: &Emessage,
    progress: &mut Progress,
) -> Result<MessageKind, AppError> {
    let mut kind = MessageKind::Unknown;
    for letter in &message.letters {
        let verdict = match letter {
            Ok(letter) => {
                kind = kind_of(letter);
                one_letter(tx, intake, message, letter, progress)?
            }
            Err(fault) => faulty(tx, intake, fault, progress)?,
        };
        progress.verdicts.push(verdict);
    }
    answers::answer_letters(tx, intake, message, progress)?;
    Ok(kind)
}

fn one_letter(
    tx: &mut Tx<'_>,
    intake: &Intake,
    message: &Emessage,
    letter: &Letter,
    progress: &mut Progress,
) -> Result<Verdict, AppError> {
    match letter {
        Letter::Referral(letter) => referral_letters::take(tx, intake, message, letter, progress),
        Letter::Attachment(letter) => attachments::take(tx, intake, message, letter, progress),
        Letter::Correspondence(letter) => correspondence::take(tx, intake, message, letter, progress),
        Letter::Receipt(receipt) => receipts::take(tx, receipt, progress),
        Letter::FinalNote(note) => Ok(answers::wrong_direction(note)),
    }
}

/// A letter that breaks a rule: remembered, so that a second copy gets the same answer.
fn faulty(tx: &mut Tx<'_>, intake: &Intake, fault: &LetterFault, progress: &mut Progress) -> Result<Verdict, AppError> {
    progress.sender.clone_from(&fault.ids.sender_ean);
    let verdict = answers::refuse_fault(intake, fault);
    queries::remember_refused(tx, intake, &fault.ids, fault.envelope.as_deref(), &verdict)?;
    Ok(verdict)
}

/// A file that could not be read as a whole.
fn refused(
    tx: &mut Tx<'_>,
    intake: &Intake,
    refusal: &Refusal,
    progress: &mut Progress,
) -> Result<MessageKind, AppError> {
    if let Refusal::Answerable(fault) = refusal {
        progress.sender = fault.letters.iter().find_map(|l| l.sender_ean.clone());
        answers::answer_message_fault(tx, intake, fault, progress)?;
    } else {
        progress.verdicts.push(Verdict::Quarantined(answers::quarantine_reason(refusal)));
    }
    Ok(MessageKind::Unknown)
}

const fn kind_of(letter: &Letter) -> MessageKind {
    match letter {
        Letter::Referral(_) => MessageKind::Referral,
        Letter::Receipt(_) => MessageKind::Receipt,
        Letter::Attachment(_) => MessageKind::Attachment,
        Letter::Correspondence(_) => MessageKind::Correspondence,
        Letter::FinalNote(_) => MessageKind::FinalNote,
    }
}
