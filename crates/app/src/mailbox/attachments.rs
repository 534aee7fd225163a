//! Files sent beside a letter (XBIN01, XBIN02), in any order.

use domain::ids::ServiceRequestId;
use domain::message::Outcome;
use medcom::{
    AttachmentLetter, AttachmentSubject, BinaryObject, Emessage, OriginalLetter, ReferenceTarget, ReferralLetter,
    RefusalCause, RefuseCode, normalised_id,
};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::answers::{self, Verdict};
use super::queries::{self, Remember};
use super::receive::{Intake, Progress};
use crate::{AppError, ids};

/// Takes an attachment letter in: joined to its letter, or parked until that comes.
pub(super) fn take(
    tx: &mut Tx<'_>,
    intake: &Intake,
    message: &Emessage,
    letter: &AttachmentLetter,
    progress: &mut Progress,
) -> Result<Verdict, AppError> {
    let (sender, id) = (letter.sender.ean.as_str(), letter.head.identifier.as_str());
    progress.sender = Some(sender.to_owned());
    progress.sender_name.clone_from(&letter.sender.unit.organisation_name);
    let original = original(id, letter.version.code());
    if let Some(known) = queries::known_letter(tx, sender, id)? {
        return Ok(Verdict::Duplicate { letter: known.original, referral: known.referral });
    }
    if let Some(verdict) = not_ours(intake, letter.receiver.ean.as_str(), id, letter.version.code()) {
        return Ok(verdict);
    }
    let number = match &letter.subject {
        AttachmentSubject::Patient(patient) => patient.id.as_str(),
        AttachmentSubject::SystemInformation(_) => "",
    };
    tx.lock(&format!("citizen {number}"))?;
    let citizen = citizen_by_number(tx, number)?;
    progress.citizen = citizen;
    let mut request = None;
    for object in &letter.objects {
        let wanted = wanted_by(tx, object, citizen)?;
        request = request.or(wanted);
        store_object(tx, intake, object, number, citizen, wanted)?;
    }
    let outcome = if request.is_some() { Outcome::Accepted } else { Outcome::Parked };
    let known = Remember {
        sender,
        letter: id,
        envelope: message.envelope.identifier.as_str(),
        version: letter.version.code(),
        outcome,
        referral: request,
        citizen,
        refusal: None,
    };
    queries::remember(tx, intake, &known)?;
    Ok(match request {
        Some(_) => Verdict::Accepted { letter: Some(original), referral: request },
        None => Verdict::Parked { letter: original },
    })
}

pub(super) fn original(id: &str, version: &str) -> OriginalLetter {
    OriginalLetter { identifier: id.to_owned(), version: version.to_owned(), refusal: RefusalCause::default() }
}

pub(super) fn not_ours(intake: &Intake, ean: &str, letter: &str, version: &str) -> Option<Verdict> {
    let ours = intake.home.glns.iter().any(|g| g.as_str() == ean);
    let text = format!("lokationsnummeret {ean} hører ikke til {}.", intake.home.name);
    (!ours).then(|| answers::refuse(letter, version, RefuseCode::UkendtLokationsnummer, &text))
}

pub(super) fn citizen_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Uuid>, StoreError> {
    const SQL: &str = "select id from citizen where organization = $1 and number = $2";
    tx.first(SQL, &[number.into()], |r| r.take())
}

/// The request whose letter announced the file, about the same citizen.
fn wanted_by(tx: &mut Tx<'_>, object: &BinaryObject, citizen: Option<Uuid>) -> Result<Option<Uuid>, StoreError> {
    const SQL: &str = "select service_request from announced_attachment
        where organization = $1 and object_id = $2 and citizen = $3";
    let Some(citizen) = citizen else { return Ok(None) };
    let id = normalised_id(&object.object_identifier);
    tx.first(SQL, &[(&id).into(), citizen.into()], |r| r.take())
}

fn store_object(
    tx: &mut Tx<'_>,
    intake: &Intake,
    object: &BinaryObject,
    number: &str,
    citizen: Option<Uuid>,
    request: Option<Uuid>,
) -> Result<(), StoreError> {
    const SQL: &str = "insert into attachment (organization, id, message, object_id, number, citizen, service_request,
            file_type, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let (id, object_id): (Uuid, _) = (ids::new(intake.at), normalised_id(&object.object_identifier));
    tx.execute(
        SQL,
        &[
            id.into(),
            intake.message.0.into(),
            (&object_id).into(),
            number.into(),
            citizen.into(),
            request.into(),
            (&object.extension).into(),
            (&object.bytes).into(),
        ],
    )
    .map(|_| ())
}

/// Notes which files a letter announces, and joins those that came before it.
pub(super) fn join_waiting(
    tx: &mut Tx<'_>,
    request: ServiceRequestId,
    letter: &ReferralLetter,
) -> Result<(), AppError> {
    const ANNOUNCE: &str =
        "insert into announced_attachment (organization, object_id, service_request, citizen, description)
        values ($1, $2, $3, (select citizen from service_request where organization = $1 and id = $3), $4)
        on conflict do nothing";
    const JOIN: &str = "update attachment set service_request = $3,
            citizen = (select citizen from service_request where organization = $1 and id = $3)
        where organization = $1 and object_id = $2 and number = $4 and service_request is null";
    const WAITS_NO_MORE: &str = "update message set outcome = $4,
            citizen = (select citizen from service_request where organization = $1 and id = $3)
        where organization = $1 and outcome = $5
            and id in (select message from attachment where organization = $1 and object_id = $2 and service_request = $3)";
    let (joined, parked) = (Outcome::Accepted.word(), Outcome::Parked.word());
    for reference in &letter.references {
        if let ReferenceTarget::Attachment(target) = &reference.target {
            let id = normalised_id(&target.object_identifier);
            tx.execute(ANNOUNCE, &[(&id).into(), request.0.into(), (&reference.description).into()])?;
            let found = tx.execute(JOIN, &[(&id).into(), request.0.into(), letter.patient.id.as_str().into()])?;
            if found > 0 {
                tx.execute(WAITS_NO_MORE, &[(&id).into(), request.0.into(), joined.into(), parked.into()])?;
            }
        }
    }
    Ok(())
}
