//! SQL of requests: all that the page of one request shows.

use std::sync::Arc;

use domain::ids::ServiceRequestId;
use domain::service_request::ServiceRequest;
use jiff::Timestamp;
use serde::Serialize;
use store::{Row, StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::AppError;
use crate::mailbox::OutgoingRow;
use crate::records::{self, CitizenRecord, StoredRequest};

/// A file that came, or is announced, with a referral.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AttachmentRow {
    /// The stored file; none while it is on its way.
    pub id: Option<Uuid>,
    /// What the letter calls it.
    pub description: Option<String>,
    /// Its kind.
    pub file_type: Option<String>,
    /// What is wrong, in words, when its bytes are not of its kind.
    pub mismatch: Option<String>,
    /// It is a program, whatever it is called.
    pub harmful: bool,
}

/// A letter between us and the sender.
#[derive(Debug, Clone)]
pub struct SaidRow {
    /// The message.
    pub id: Uuid,
    /// When it came, or was written.
    pub at: Timestamp,
    /// Where it stands, when it is ours.
    pub delivery: Option<String>,
    /// The file.
    pub body: Vec<u8>,
}

/// All that the page of one request shows.
#[derive(Debug, Clone)]
pub struct ReferralView {
    /// The request.
    pub request: Versioned<StoredRequest>,
    /// The citizen's whole record: running course, earlier requests, attempts.
    pub record: Arc<CitizenRecord>,
    /// Bytes of the valid letter, and of the one before it when it was corrected.
    pub letters: Vec<(Uuid, Vec<u8>)>,
    /// Files.
    pub attachments: Vec<AttachmentRow>,
    /// What we answered and sent about it.
    pub outgoing: Vec<OutgoingRow>,
    /// What we and the sender have written to each other about it, the oldest first.
    pub said: Vec<SaidRow>,
    /// The referring organisation.
    pub requester: Option<domain::organization::Organization>,
}

/// Reads a request with all that belongs to it: six queries.
pub fn referral(tx: &mut Tx<'_>, id: ServiceRequestId) -> Result<ReferralView, AppError> {
    let citizen = records::citizen_of(tx, "service_request", id.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let request = record.request(id)?.clone();
    let requester = match request.value.request.requester {
        Some(partner) => Some(crate::organizations::partner(tx, partner)?.value),
        None => None,
    };
    let letters = letters(tx, id)?;
    let attachments = attachments(tx, id)?;
    let outgoing = outgoing(tx, id)?;
    let said = said(tx, &request.value.request)?;
    Ok(ReferralView { request, record, letters, attachments, outgoing, said, requester })
}

/// The letters that made the request what it is, the newest first.
fn letters(tx: &mut Tx<'_>, id: ServiceRequestId) -> Result<Vec<(Uuid, Vec<u8>)>, StoreError> {
    const SQL: &str = "select m.id, m.body, m.packed from message m where m.organization = $1 and m.id in
            (select l.message from incoming_letter l where l.organization = $1 and l.service_request = $2
                and l.citizen = m.citizen)
        and m.kind = 'referral' and m.outcome = 'accepted' order by m.id desc limit 2";
    tx.query(SQL, &[id.0.into()], |r| Ok((r.take()?, crate::mailbox::take_body(r)?)))
}

/// The letters of the conversation; nothing is read for the many requests that have none.
fn said(tx: &mut Tx<'_>, request: &ServiceRequest) -> Result<Vec<SaidRow>, StoreError> {
    const OURS: &str = "select id, queued_at, delivery, body from outgoing
        where organization = $1 and citizen = $2 and service_request = $3 and kind = 'XDIS91'";
    const THEIRS: &str =
        "select m.id, m.received_at, m.body, m.packed from message m where m.organization = $1 and m.id in
            (select l.message from incoming_letter l where l.organization = $1 and l.service_request = $2)
        and m.kind = 'correspondence' and m.outcome = 'accepted'";
    if request.asked_at.or(request.answered_at).is_none() {
        return Ok(Vec::new());
    }
    let mut said = tx.query(OURS, &[request.citizen.0.into(), request.id.0.into()], |r| {
        Ok(SaidRow { id: r.take()?, at: r.take()?, delivery: r.take()?, body: r.take()? })
    })?;
    said.extend(tx.query(THEIRS, &[request.id.0.into()], |r| {
        Ok(SaidRow { id: r.take()?, at: r.take()?, delivery: None, body: crate::mailbox::take_body(r)? })
    })?);
    said.sort_by_key(|row| row.at);
    Ok(said)
}

fn attachments(tx: &mut Tx<'_>, id: ServiceRequestId) -> Result<Vec<AttachmentRow>, StoreError> {
    const SQL: &str = "select a.id, n.description, a.file_type, substr(a.body, 1, 132) from announced_attachment n
        left join attachment a on a.organization = n.organization and a.object_id = n.object_id and a.service_request = n.service_request
        where n.organization = $1 and n.service_request = $2 order by n.description";
    let read = |r: &mut Row<'_>| {
        let (id, description, file_type) = (r.take()?, r.take()?, r.take::<Option<String>>()?);
        // Its first bytes say what it is; the rest stays where it is.
        let head = r.take::<Option<Vec<u8>>>()?;
        let seen = file_type.as_deref().zip(head.as_deref());
        let mismatch = seen.and_then(|(kind, head)| crate::mailbox::mismatch(kind, head));
        let named_so = file_type.as_deref().is_some_and(|kind| crate::mailbox::file_kind(kind).is_none());
        let harmful = named_so || head.as_deref().is_some_and(crate::mailbox::is_program);
        Ok(AttachmentRow { id, description, file_type, mismatch, harmful })
    };
    tx.query(SQL, &[id.0.into()], read)
}

fn outgoing(tx: &mut Tx<'_>, id: ServiceRequestId) -> Result<Vec<OutgoingRow>, StoreError> {
    const SQL: &str =
        "select o.id, o.kind, o.code, o.receiver, o.delivery, o.queued_at, o.sent_at, o.refuse_text, o.service_request,
            o.answers, o.basis
        from outgoing o where o.organization = $1 and (o.service_request = $2 or o.answers in
            (select l.message from incoming_letter l where l.organization = $1 and l.service_request = $2))
        order by o.id";
    tx.query(SQL, &[id.0.into()], crate::mailbox::outgoing_row)
}
