//! SQL of the pages of single messages and files.

use domain::citizen::Citizen;
use jiff::Timestamp;
use store::{Seen, Tx};
use uuid::Uuid;

use super::packing::take_body;
use super::queries::{self, OutgoingRow};
use crate::{AppError, records};

/// A message that came in, with its bytes and the citizen it is about.
pub(super) struct StoredMessage {
    pub(super) id: Uuid,
    pub(super) received_at: Timestamp,
    pub(super) kind: String,
    pub(super) outcome: String,
    pub(super) sender: Option<String>,
    pub(super) sender_name: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) body: Vec<u8>,
    pub(super) citizen: Option<Citizen>,
    /// The request that it made or changed.
    pub(super) request: Option<Uuid>,
}

/// A message of ours, with its bytes and the citizen it is about.
pub(super) struct StoredOutgoing {
    pub(super) row: OutgoingRow,
    pub(super) body: Vec<u8>,
    pub(super) citizen: Option<Citizen>,
}

/// A file that came beside a letter.
pub(super) struct StoredFile {
    pub(super) file_type: String,
    pub(super) description: Option<String>,
    pub(super) body: Vec<u8>,
}

/// Reads a message; that is a look into the record of whom it is about.
pub(super) fn message(tx: &mut Tx<'_>, id: Uuid) -> Result<Seen<StoredMessage>, AppError> {
    const SQL: &str =
        "select m.received_at, m.kind, m.outcome, m.sender, m.sender_name, m.reason, m.body, m.packed, m.citizen,
            (select l.service_request from incoming_letter l where l.organization = $1 and l.message = m.id
                and l.service_request is not null limit 1)
        from message m where m.organization = $1 and m.id = $2";
    let found = tx.first(SQL, &[id.into()], |r| {
        let message = StoredMessage {
            id,
            received_at: r.take()?,
            kind: r.take()?,
            outcome: r.take()?,
            sender: r.take()?,
            sender_name: r.take()?,
            reason: r.take()?,
            body: take_body(r)?,
            citizen: None,
            request: None,
        };
        Ok((message, r.take::<Option<Uuid>>()?, r.take()?))
    })?;
    let (message, citizen, request) = found.ok_or(AppError::NotFound("message"))?;
    Ok(seen(citizen, StoredMessage { citizen: citizen_of(tx, citizen)?, request, ..message }))
}

/// Reads a message of ours.
pub(super) fn outgoing(tx: &mut Tx<'_>, id: Uuid) -> Result<Seen<StoredOutgoing>, AppError> {
    let (row, body, citizen) = queries::outgoing_body(tx, id)?;
    Ok(seen(citizen, StoredOutgoing { row, body, citizen: citizen_of(tx, citizen)? }))
}

/// Reads a file. One that is joined to nobody yet is not to be read by anybody.
pub(super) fn file(tx: &mut Tx<'_>, id: Uuid) -> Result<Seen<StoredFile>, AppError> {
    const SQL: &str = "select a.file_type, n.description, a.body, a.citizen from attachment a
        left join announced_attachment n on n.organization = a.organization and n.object_id = a.object_id
            and n.service_request = a.service_request
        where a.organization = $1 and a.id = $2 and a.citizen is not null";
    let found = tx.first(SQL, &[id.into()], |r| {
        Ok((StoredFile { file_type: r.take()?, description: r.take()?, body: r.take()? }, r.take::<Uuid>()?))
    })?;
    let (file, citizen) = found.ok_or(AppError::NotFound("attachment"))?;
    Ok(Seen::record(citizen, file))
}

fn seen<T>(citizen: Option<Uuid>, value: T) -> Seen<T> {
    match citizen {
        Some(citizen) => Seen::record(citizen, value),
        None => Seen::nothing(value),
    }
}

fn citizen_of(tx: &mut Tx<'_>, citizen: Option<Uuid>) -> Result<Option<Citizen>, AppError> {
    let Some(id) = citizen else { return Ok(None) };
    Ok(records::one::<Citizen>(tx, id, id)?.map(|found| found.value))
}
