//! SQL of the mailbox.

use domain::consent::Basis;
use domain::ids::MessageId;
use domain::message::{MessageKind, Outcome};
use domain::service_request::ServiceRequest;
use jiff::Timestamp;
use medcom::{LetterIds, OriginalLetter, RefusalCause, RefuseCode};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::answers::Verdict;
use super::packing::{Body, take_body};
use super::receive::{Intake, Progress, Received};
use crate::AppError;

/// Marks a file as taken in. One that was taken before is a duplicate: a crash between commit and removal repeats
/// nothing. One that could not be read still is in quarantine, so that its copy for the operator is made after the crash.
pub(super) fn claim(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Received>, AppError> {
    const CLAIM: &str = "insert into intake (id, organization, at) values ($1, $2, $3) on conflict (id) do nothing";
    const UNREADABLE: &str = "select id from message where organization = $1 and id = $2 and outcome = 'quarantined'";
    let (organization, at) = (tx.scope().organization, tx.scope().at);
    if tx.unscoped().execute(CLAIM, &[message.0.into(), organization.into(), at.into()])? == 1 {
        return Ok(None);
    }
    let unreadable = tx.first(UNREADABLE, &[message.0.into()], |_| Ok(()))?.is_some();
    let outcome = if unreadable { Outcome::Quarantined } else { Outcome::Duplicate };
    Ok(Some(Received {
        kind: MessageKind::Unknown.word(),
        outcome: outcome.word(),
        referrals: Vec::new(),
        answers: Vec::new(),
        reason: Some("Filen var allerede taget ind.".into()),
        message: message.0,
    }))
}

/// Stores the bytes as they came.
pub(super) fn store_message(
    tx: &mut Tx<'_>,
    intake: &Intake,
    progress: &Progress,
    kind: MessageKind,
    outcome: Outcome,
    envelope_id: Option<&str>,
    body: &Body,
) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into message (organization, id, received_at, kind, outcome, sender, sender_name, envelope_id,
            citizen, reason, body, packed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let reason = super::answers::reason(&progress.verdicts);
    tx.execute(
        SQL,
        &[
            intake.message.0.into(),
            intake.at.into(),
            kind.word().into(),
            outcome.word().into(),
            progress.sender.as_deref().into(),
            progress.sender_name.as_deref().into(),
            envelope_id.into(),
            progress.citizen.into(),
            reason.as_deref().into(),
            (&body.bytes).into(),
            body.packed.into(),
        ],
    )
    .map(|_| ())
}

/// What is known of a letter by its sender's own numbers.
pub(super) struct KnownLetter {
    pub envelope: String,
    pub outcome: Outcome,
    pub referral: Option<Uuid>,
    pub original: OriginalLetter,
}

/// Earlier arrivals of a letter, the oldest first.
pub(super) fn known_letter(tx: &mut Tx<'_>, sender: &str, letter: &str) -> Result<Option<KnownLetter>, AppError> {
    const SQL: &str = "select envelope_id, outcome, service_request, version_code, refuse_code, refuse_text
        from incoming_letter where organization = $1 and sender = $2 and letter_id = $3 order by message limit 1";
    let found = tx.first(SQL, &[sender.into(), letter.into()], |r| {
        let (envelope, outcome, referral) = (r.take()?, r.take::<String>()?, r.take()?);
        let version = r.take()?;
        let code = r.take::<Option<String>>()?;
        let text = r.take::<Option<String>>()?;
        let code = code.map(|c| RefuseCode::from_code(&c));
        let original = OriginalLetter { identifier: letter.to_owned(), version, refusal: RefusalCause { code, text } };
        let outcome = Outcome::parse(&outcome).map_err(|_| StoreError::Unreadable { what: "outcome" })?;
        Ok(KnownLetter { envelope, outcome, referral, original })
    })?;
    Ok(found)
}

/// A letter to be remembered by its sender's own numbers.
pub(super) struct Remember<'a> {
    pub sender: &'a str,
    pub letter: &'a str,
    pub envelope: &'a str,
    pub version: &'a str,
    pub outcome: Outcome,
    pub referral: Option<Uuid>,
    pub citizen: Option<Uuid>,
    pub refusal: Option<&'a RefusalCause>,
}

/// Remembers a letter; a second arrival in the same envelope changes nothing.
pub(super) fn remember(tx: &mut Tx<'_>, intake: &Intake, letter: &Remember<'_>) -> Result<(), StoreError> {
    const SQL: &str = "insert into incoming_letter (organization, sender, letter_id, envelope_id, message, outcome,
            service_request, citizen, refuse_code, refuse_text, version_code)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (organization, sender, letter_id, envelope_id) do nothing";
    tx.execute(
        SQL,
        &[
            letter.sender.into(),
            letter.letter.into(),
            letter.envelope.into(),
            intake.message.0.into(),
            letter.outcome.word().into(),
            letter.referral.into(),
            letter.citizen.into(),
            letter.refusal.and_then(|r| r.code.as_ref()).map(RefuseCode::code).into(),
            letter.refusal.and_then(|r| r.text.as_deref()).into(),
            letter.version.into(),
        ],
    )
    .map(|_| ())
}

/// Remembers a letter that was refused, when its numbers are known.
pub(super) fn remember_refused(
    tx: &mut Tx<'_>,
    intake: &Intake,
    ids: &LetterIds,
    envelope: Option<&str>,
    verdict: &Verdict,
) -> Result<(), StoreError> {
    let (Some(sender), Some(letter), Some(envelope)) = (&ids.sender_ean, &ids.letter, envelope) else { return Ok(()) };
    let Verdict::Refused { letter: original, .. } = verdict else { return Ok(()) };
    let refusal = original.as_ref().map(|o| &o.refusal);
    let version = ids.version.as_deref().unwrap_or_default();
    let outcome = Outcome::Refused;
    let (referral, citizen) = (None, None);
    remember(tx, intake, &Remember { sender, letter, envelope, version, outcome, referral, citizen, refusal })
}

/// A row of the page "Postkasse".
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct MailboxRow {
    /// The message.
    pub id: Uuid,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// What it is.
    pub kind: String,
    /// What became of it.
    pub outcome: String,
    /// The sender's name, or its location number.
    pub sender: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Whose it is.
    pub citizen: Option<Uuid>,
}

/// The newest messages, those that need somebody first.
pub fn mailbox_page(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<MailboxRow>, StoreError> {
    // Each by an index: a page costs the same however many messages came in ten years.
    const TROUBLE: &str =
        "select id, received_at, kind, outcome, coalesce(sender_name, sender), reason, citizen from message
        where organization = $1 and outcome in ('quarantined', 'refused') order by id desc limit $2";
    const OTHERS: &str =
        "select id, received_at, kind, outcome, coalesce(sender_name, sender), reason, citizen from message
        where organization = $1 and outcome not in ('quarantined', 'refused') order by id desc limit $2";
    let read = |r: &mut store::Row<'_>| {
        Ok(MailboxRow {
            id: r.take()?,
            received_at: r.take()?,
            kind: r.take()?,
            outcome: r.take()?,
            sender: r.take()?,
            reason: r.take()?,
            citizen: r.take()?,
        })
    };
    let mut rows = tx.query(TROUBLE, &[limit.into()], read)?;
    let left = limit - i64::try_from(rows.len()).unwrap_or(limit);
    if left > 0 {
        rows.extend(tx.query(OTHERS, &[left.into()], read)?);
    }
    Ok(rows)
}

/// The bytes of a message as they came, and whose it is.
pub fn original(tx: &mut Tx<'_>, message: Uuid) -> Result<(Vec<u8>, Option<Uuid>), AppError> {
    const SQL: &str = "select body, packed, citizen from message where organization = $1 and id = $2";
    tx.first(SQL, &[message.into()], |r| Ok((take_body(r)?, r.take()?)))?.ok_or(AppError::NotFound("message"))
}

/// The referral letter of a stored message, counted from zero; none when it holds no such letter.
pub fn referral_letter(bytes: &[u8], index: usize, limits: &medcom::Limits) -> Option<medcom::ReferralLetter> {
    match message(bytes, limits)?.letters.into_iter().nth(index)? {
        Ok(medcom::Letter::Referral(letter)) => Some(*letter),
        _ => None,
    }
}

/// The first correspondence of a stored message.
pub(crate) fn correspondence(bytes: &[u8], limits: &medcom::Limits) -> Option<medcom::Correspondence> {
    message(bytes, limits)?.letters.into_iter().find_map(|letter| match letter {
        Ok(medcom::Letter::Correspondence(letter)) => Some(*letter),
        _ => None,
    })
}

/// What a file holds, with or without an envelope around it.
fn message(bytes: &[u8], limits: &medcom::Limits) -> Option<medcom::Emessage> {
    match medcom::read(bytes, limits).ok()? {
        medcom::Incoming::Emessage(message) => Some(message),
        medcom::Incoming::VansEnvelope(envelope) => match envelope.content {
            medcom::VansContent::Message { data, .. } => match medcom::read(&data, limits).ok()? {
                medcom::Incoming::Emessage(message) => Some(message),
                medcom::Incoming::VansEnvelope(_) => None,
            },
            medcom::VansContent::Receipt(_) => None,
        },
    }
}

/// The letter that is valid for a request, read from the bytes as they came; none when it did not come by message.
pub(crate) fn valid_letter(
    tx: &mut Tx<'_>,
    request: &ServiceRequest,
    limits: &medcom::Limits,
) -> Result<Option<medcom::ReferralLetter>, AppError> {
    let Some(reference) = &request.letter else { return Ok(None) };
    let (bytes, _) = original(tx, reference.message.0)?;
    Ok(referral_letter(&bytes, usize::from(reference.index), limits))
}

/// A message that we sent or are about to send.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct OutgoingRow {
    /// The message.
    pub id: Uuid,
    /// XDIS15, XDIS91, XCTL02, XCTL03, VANS.
    pub kind: String,
    /// Refusal code of a negative receipt.
    pub code: Option<String>,
    /// The location number it goes to.
    pub receiver: String,
    /// Where it stands.
    pub delivery: String,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    pub queued_at: Timestamp,
    /// When it was handed over.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub sent_at: Option<Timestamp>,
    /// What the receiver or the network said when refusing it.
    pub refuse_text: Option<String>,
    /// The request it is about.
    pub service_request: Option<Uuid>,
    /// The incoming message it answers.
    pub answers: Option<Uuid>,
    /// What it rests on: the consent, § 41 with its reason, or nothing needed; none for receipts.
    #[schema(value_type = Option<Object>)]
    pub basis: Option<Basis>,
}

/// The bytes of a message of ours and whose it is.
pub fn outgoing_body(tx: &mut Tx<'_>, message: Uuid) -> Result<(OutgoingRow, Vec<u8>, Option<Uuid>), AppError> {
    const SQL: &str =
        "select id, kind, code, receiver, delivery, queued_at, sent_at, refuse_text, service_request, answers,
            basis, body, citizen
        from outgoing where organization = $1 and id = $2";
    tx.first(SQL, &[message.into()], |r| Ok((outgoing_row(r)?, r.take()?, r.take()?)))?
        .ok_or(AppError::NotFound("message"))
}

pub(crate) fn outgoing_row(r: &mut store::Row<'_>) -> Result<OutgoingRow, StoreError> {
    Ok(OutgoingRow {
        id: r.take()?,
        kind: r.take()?,
        code: r.take()?,
        receiver: r.take()?,
        delivery: r.take()?,
        queued_at: r.take()?,
        sent_at: r.take()?,
        refuse_text: r.take()?,
        service_request: r.take()?,
        answers: r.take()?,
        basis: basis(r)?,
    })
}

fn basis(r: &mut store::Row<'_>) -> Result<Option<Basis>, StoreError> {
    let read = |text: String| serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { what: "basis" });
    r.take::<Option<String>>()?.map(read).transpose()
}
