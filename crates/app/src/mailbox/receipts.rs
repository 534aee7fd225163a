//! Receipts for what we sent. Matched by envelope and letter id only: some systems swap sender and receiver.

use domain::message::Delivery;
use domain::task::TaskKind;
use medcom::{Receipt, ReceiptKind};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::answers::Verdict;
use super::receive::Progress;
use crate::AppError;
use crate::tasks::{self, NewTask};

/// A message of ours that a receipt speaks of.
struct Sent {
    id: Uuid,
    delivery: Delivery,
    citizen: Option<Uuid>,
}

/// Moves the messages that a receipt speaks of; one that we never sent is noted.
pub(super) fn take(tx: &mut Tx<'_>, receipt: &Receipt, progress: &mut Progress) -> Result<Verdict, AppError> {
    let original = &receipt.original;
    let letters: Vec<&str> = original.letters.iter().map(|l| l.identifier.as_str()).collect();
    let mut known = Vec::new();
    for letter in letters.iter().copied().map(Some).chain(letters.is_empty().then_some(None)) {
        known.extend(sent(tx, &original.envelope, letter)?);
    }
    progress.sender = Some(receipt.sender.0.clone());
    progress.citizen = known.first().and_then(|m| m.citizen);
    for message in &known {
        settle(tx, message, receipt)?;
    }
    if known.is_empty() {
        Ok(Verdict::Logged("Kvittering på en besked, vi ikke har sendt."))
    } else {
        Ok(Verdict::Accepted { letter: None, referral: None })
    }
}

fn sent(tx: &mut Tx<'_>, envelope: &str, letter: Option<&str>) -> Result<Vec<Sent>, StoreError> {
    const BOTH: &str = "select id, delivery, citizen from outgoing
        where organization = $1 and envelope_id = $2 and letter_id = $3";
    const ENVELOPE: &str = "select id, delivery, citizen from outgoing where organization = $1 and envelope_id = $2";
    let read = |r: &mut store::Row<'_>| {
        let (id, delivery) = (r.take()?, r.take::<String>()?);
        let delivery = Delivery::parse(&delivery).map_err(|_| StoreError::Unreadable { what: "delivery" })?;
        Ok(Sent { id, delivery, citizen: r.take()? })
    };
    match letter {
        Some(letter) => tx.query(BOTH, &[envelope.into(), letter.into()], read),
        None => tx.query(ENVELOPE, &[envelope.into()], read),
    }
}

/// A late positive receipt does not undo a negative one; a refused message gets somebody to mend it.
fn settle(tx: &mut Tx<'_>, message: &Sent, receipt: &Receipt) -> Result<(), AppError> {
    const SQL: &str = "update outgoing set delivery = $3, settled_at = $4, refuse_text = $5
        where organization = $1 and id = $2";
    let positive = receipt.kind == ReceiptKind::Positive;
    let now = message.delivery.receipted(positive);
    if now == message.delivery {
        return Ok(());
    }
    let at = tx.scope().at;
    let text = receipt.cause().and_then(|c| c.text.clone().or_else(|| c.code.as_ref().map(|c| c.danish().to_owned())));
    tx.execute(SQL, &[message.id.into(), now.word().into(), at.into(), text.as_deref().into()])?;
    tx.note(&format!("outgoing {} {}", message.id, now.word()));
    if now == Delivery::Refused {
        refused_task(tx, message)?;
    }
    Ok(())
}

/// Somebody looks at it on the next working day: a habit of the house.
fn refused_task(tx: &mut Tx<'_>, message: &Sent) -> Result<(), StoreError> {
    let due_on = domain::workdays::add_workdays(
        domain::workdays::local_date(tx.scope().at),
        1,
        domain::workdays::ExtraClosedDays::default(),
    );
    let citizen = message.citizen.map(domain::ids::CitizenId);
    let owner = domain::service_request::Owner::Intake;
    tasks::add(
        tx,
        &NewTask {
            citizen,
            subject: message.id,
            kind: TaskKind::RefusedMessage,
            due_on,
            owner: &owner,
            rule: "medcom",
        },
    )
}
