//! The outbox: what is to be sent is a row in the transaction that makes it due; the file follows from the row.

use domain::consent::Basis;
use medcom::Identifier;
use store::{StoreError, Tx, Value};
use uuid::Uuid;

use crate::{AppError, ids};

/// A message to send.
#[derive(Debug, Clone, Default)]
pub struct NewOutgoing<'a> {
    /// XDIS15, XDIS91, XCTL02, XCTL03 or VANS.
    pub kind: &'a str,
    /// Refusal code of a negative receipt.
    pub code: Option<&'a str>,
    /// Envelope id.
    pub envelope_id: &'a str,
    /// Letter id; also the file's name.
    pub letter_id: &'a str,
    /// Location number it goes to.
    pub receiver: &'a str,
    /// Whose record it belongs to.
    pub citizen: Option<Uuid>,
    /// The request it is about.
    pub service_request: Option<Uuid>,
    /// The incoming message it answers.
    pub answers: Option<Uuid>,
    /// What allows it to be sent.
    pub basis: Option<Basis>,
    /// A receipt is expected.
    pub expects_receipt: bool,
    /// The file.
    pub body: &'a [u8],
}

/// New envelope and letter ids, never used before: `K` and `B`, the organization, a counter, in base 36.
pub(super) fn letter_ids(tx: &mut Tx<'_>) -> Result<(Identifier, Identifier), AppError> {
    let number = tx.next_number("letter")?.unsigned_abs();
    let organization = base36(tx.scope().organization);
    let id = |first: char| {
        Identifier::ours(&format!("{first}{organization}"), number)
            .map_err(|_| StoreError::Unreadable { what: "letter number" })
    };
    Ok((id('K')?, id('B')?))
}

/// Two digits in base 36: 1,296 organizations in one database.
fn base36(number: i64) -> String {
    let digit =
        |n: i64| char::from_digit(u32::try_from(n.rem_euclid(36)).unwrap_or(0), 36).unwrap_or('0').to_ascii_uppercase();
    [digit(number / 36), digit(number)].into_iter().collect()
}

/// Queues a message; gives the place its file will have under the data folder.
pub fn enqueue(tx: &mut Tx<'_>, new: NewOutgoing<'_>) -> Result<String, StoreError> {
    const SQL: &str =
        "insert into outgoing (organization, id, kind, code, envelope_id, letter_id, receiver, file_name, citizen,
            service_request, answers, basis, delivery, expects_receipt, queued_at, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued', $13, $14, $15)";
    let at = tx.scope().at;
    let (id, file_name): (Uuid, _) = (ids::new(at), format!("{}.xml", new.letter_id));
    let basis = new.basis.as_ref().and_then(|b| serde_json::to_string(b).ok());
    tx.execute(
        SQL,
        &[
            id.into(),
            new.kind.into(),
            new.code.into(),
            new.envelope_id.into(),
            new.letter_id.into(),
            new.receiver.into(),
            (&file_name).into(),
            new.citizen.into(),
            new.service_request.into(),
            new.answers.into(),
            basis.as_deref().map_or(Value::Null, Value::Json),
            new.expects_receipt.into(),
            at.into(),
            new.body.into(),
        ],
    )?;
    tx.note(&format!("outgoing {id} {} {}", new.kind, store::sha256_hex(new.body)));
    Ok(format!("mailbox/out/{file_name}"))
}

/// Messages that were handed over too long ago without a receipt count as unanswered; gives how many.
pub fn mark_unanswered(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    const SQL: &str = "update outgoing set delivery = 'unanswered'
        where organization = $1 and delivery = 'sent' and expects_receipt and sent_at < $2 returning id";
    let wait = jiff::SignedDuration::from_mins(domain::message::UNANSWERED_AFTER_MINUTES);
    let before = tx.scope().at.saturating_sub(wait).unwrap_or(tx.scope().at);
    let unanswered: Vec<Uuid> = tx.query(SQL, &[before.into()], |row| row.take())?;
    for id in &unanswered {
        tx.note(&format!("outgoing {id} unanswered"));
    }
    Ok(unanswered.len() as u64)
}
