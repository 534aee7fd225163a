//! What is answered to a message: one negative receipt for the bad letters, one positive for the good, and an envelope
//! receipt for an envelope. A technical receipt says "received and readable", never "accepted by a person".

use domain::message::Outcome;
use medcom::{
    Ean, Emessage, EndPoint, EndPointKind, Envelope, FinalNote, Letter, LetterFault, MessageFault, OriginalLetter,
    OriginalMessage, Receipt, ReceiptKind, Refusal, RefusalCause, RefuseCode, VansContent, VansEnvelope, VansError,
    VansReceipt,
};
use store::Tx;
use uuid::Uuid;

use super::outgoing::{self, NewOutgoing};
use super::receive::{Answer, Intake, Progress};
use super::{parties, queries};
use crate::{AppError, ids};

/// What one letter became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Stored; holds the letter and the request it made or changed.
    Accepted { letter: Option<OriginalLetter>, referral: Option<Uuid> },
    /// Waits for the letter it belongs to.
    Parked { letter: OriginalLetter },
    /// Seen before; the same answer again. A refused one is refused again.
    Duplicate { letter: OriginalLetter, referral: Option<Uuid> },
    /// Refused; none when nothing in it can be answered.
    Refused { letter: Option<OriginalLetter>, text: String },
    /// Kept for the operator.
    Quarantined(&'static str),
    /// Noted only.
    Logged(&'static str),
}

impl Verdict {
    pub(super) const fn referral(&self) -> Option<Uuid> {
        match self {
            Self::Accepted { referral, .. } | Self::Duplicate { referral, .. } => *referral,
            Self::Parked { .. } | Self::Refused { .. } | Self::Quarantined(_) | Self::Logged(_) => None,
        }
    }

    const fn outcome(&self) -> Outcome {
        match self {
            Self::Accepted { .. } => Outcome::Accepted,
            Self::Parked { .. } => Outcome::Parked,
            Self::Duplicate { .. } => Outcome::Duplicate,
            Self::Refused { .. } => Outcome::Refused,
            Self::Quarantined(_) => Outcome::Quarantined,
            Self::Logged(_) => Outcome::Logged,
        }
    }
}

/// What a file as a whole became: the most telling of what its letters did.
pub(super) fn outcome(verdicts: &[Verdict]) -> Outcome {
    let all = [Outcome::Accepted, Outcome::Parked, Outcome::Refused, Outcome::Quarantined, Outcome::Duplicate];
    all.into_iter().find(|o| verdicts.iter().any(|v| v.outcome() == *o)).unwrap_or(Outcome::Logged)
}

/// Why a file was not simply accepted.
pub(super) fn reason(verdicts: &[Verdict]) -> Option<String> {
    verdicts.iter().find_map(|verdict| match verdict {
        Verdict::Refused { text, .. } => Some(text.clone()),
        Verdict::Quarantined(text) | Verdict::Logged(text) => Some((*text).to_owned()),
        Verdict::Accepted { .. } | Verdict::Parked { .. } | Verdict::Duplicate { .. } => None,
    })
}

/// Whom a letter is for.
pub(super) fn receiver_of(letter: &Result<Letter, LetterFault>) -> Option<String> {
    match letter {
        Ok(Letter::Referral(l)) => Some(l.receiver.ean.0.clone()),
        Ok(Letter::Attachment(l)) => Some(l.receiver.ean.0.clone()),
        Ok(Letter::Correspondence(l)) => Some(l.receiver.ean.0.clone()),
        Ok(Letter::FinalNote(l)) => Some(l.receiver.ean.0.clone()),
        Ok(Letter::Receipt(r)) => Some(r.original.sender.0.clone()),
        Err(fault) => fault.ids.receiver_ean.clone(),
    }
}

/// A letter refused for a cause of our own.
pub(super) fn refuse(letter: &str, version: &str, code: RefuseCode, text: &str) -> Verdict {
    let text = format!("Brev {letter} kan ikke modtages: {text}");
    let cause = RefusalCause::new(code, text.clone());
    let letter = OriginalLetter { identifier: letter.to_owned(), version: version.to_owned(), refusal: cause };
    Verdict::Refused { letter: Some(letter), text }
}

/// A letter that breaks a rule of its schema.
pub(super) fn refuse_fault(intake: &Intake, fault: &LetterFault) -> Verdict {
    let text = fault.refuse_text(&intake.home.name);
    let original = OriginalMessage::of_letter_faults([fault], &intake.home.name);
    Verdict::Refused { letter: original.and_then(|o| o.letters.into_iter().next()), text }
}

/// A closing note is ours to send, not to receive.
pub(super) fn wrong_direction(note: &FinalNote) -> Verdict {
    let id = note.head.identifier.as_str();
    refuse(id, note.version.code(), RefuseCode::ProblemMedVersion, "XDIS15 modtages ikke her.")
}

/// Why a file is in quarantine, for the operator.
pub(super) const fn quarantine_reason(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Forbidden(_) => "Filen indeholder DOCTYPE eller entiteter og er ikke læst.",
        Refusal::OverLimit { .. } => "Filen er større eller dybere, end der er tilladt.",
        Refusal::Undecodable(_) => "Filens tegn passer ikke til den tegnkodning, den selv angiver.",
        Refusal::Unidentified { .. } => "Filen er ødelagt, før afsender og brevnummer kan læses.",
        Refusal::Answerable(_) => "Filen er afvist.",
    }
}

/// Answers the letters of a message: the bad ones, and the good ones when a positive receipt is asked for.
pub(super) fn answer_letters(
    tx: &mut Tx<'_>,
    intake: &Intake,
    message: &Emessage,
    progress: &mut Progress,
) -> Result<(), AppError> {
    let Some((sender, receiver)) = parties(message) else { return Ok(()) };
    let letters = |bad: bool| -> Vec<OriginalLetter> {
        progress.verdicts.iter().filter_map(|v| answered(v, bad)).cloned().collect()
    };
    let (bad, good) = (letters(true), letters(false));
    let original = |letters| OriginalMessage {
        envelope: message.envelope.identifier.as_str().to_owned(),
        sender: Ean(sender.clone()),
        receiver: Ean(receiver.clone()),
        refusal: RefusalCause::default(),
        letters,
    };
    if !bad.is_empty() {
        send(tx, intake, ReceiptKind::Negative, original(bad), progress)?;
    }
    if !good.is_empty() && message.envelope.wants_positive_receipt {
        send(tx, intake, ReceiptKind::Positive, original(good), progress)?;
    }
    Ok(())
}

/// The letter of a verdict when it belongs in the negative (`bad`) or the positive receipt.
fn answered(verdict: &Verdict, bad: bool) -> Option<&OriginalLetter> {
    let letter = match verdict {
        Verdict::Accepted { letter, .. } | Verdict::Refused { letter, .. } => letter.as_ref(),
        Verdict::Parked { letter } | Verdict::Duplicate { letter, .. } => Some(letter),
        Verdict::Quarantined(_) | Verdict::Logged(_) => None,
    };
    letter.filter(|l| l.refusal.is_empty() != bad)
}

/// Sender and receiver of a message, from its first letter that names both.
fn parties(message: &Emessage) -> Option<(String, String)> {
    message.letters.iter().find_map(|letter| {
        let sender = match letter {
            Ok(Letter::Referral(l)) => Some(l.sender.ean.0.clone()),
            Ok(Letter::Attachment(l)) => Some(l.sender.ean.0.clone()),
            Ok(Letter::Correspondence(l)) => Some(l.sender.ean.0.clone()),
            Ok(Letter::FinalNote(l)) => Some(l.sender.ean.0.clone()),
            Ok(Letter::Receipt(_)) => None,
            Err(fault) if fault.can_be_answered() => fault.ids.sender_ean.clone(),
            Err(_) => None,
        };
        Some((sender?, receiver_of(letter)?))
    })
}

/// A file that is refused as a whole, with its ids known.
pub(super) fn answer_message_fault(
    tx: &mut Tx<'_>,
    intake: &Intake,
    fault: &MessageFault,
    progress: &mut Progress,
) -> Result<(), AppError> {
    let text = fault.refuse_text(&intake.home.name);
    let original = OriginalMessage::of_message_fault(fault, &intake.home.name);
    let letter = original
        .as_ref()
        .and_then(|o| o.letters.first().cloned())
        .map(|l| OriginalLetter { refusal: RefusalCause::new(fault.refuse_code(), text.clone()), ..l });
    let verdict = Verdict::Refused { letter, text };
    for ids in &fault.letters {
        queries::remember_refused(tx, intake, ids, Some(&fault.envelope), &verdict)?;
    }
    progress.verdicts.push(verdict);
    match original {
        Some(original) => send(tx, intake, ReceiptKind::Negative, original, progress),
        None => Ok(()),
    }
}

/// Queues a receipt, when the sender's location number can be answered at all.
fn send(
    tx: &mut Tx<'_>,
    intake: &Intake,
    kind: ReceiptKind,
    original: OriginalMessage,
    progress: &mut Progress,
) -> Result<(), AppError> {
    if original.sender.gln().is_none() {
        return Ok(());
    }
    let Some(gln) = parties::own_ean(&intake.home, Some(&original.receiver)) else { return Ok(()) };
    let (envelope_id, letter_id) = outgoing::letter_ids(tx)?;
    let code =
        original.letters.iter().chain(None).find_map(|l| l.refusal.code.clone()).or(original.refusal.code.clone());
    let receiver = original.sender.clone();
    let receipt = Receipt { kind, identifier: letter_id.clone(), sender: gln, receiver: receiver.clone(), original };
    let sent = domain::workdays::local_time(intake.at);
    let envelope = Envelope { sent, identifier: envelope_id.clone(), wants_positive_receipt: false };
    let name = kind.version().type_code();
    let code = code.filter(|_| kind == ReceiptKind::Negative).map(|c| c.code().to_owned());
    let file = outgoing::enqueue(
        tx,
        NewOutgoing {
            kind: name,
            code: code.as_deref(),
            envelope_id: envelope_id.as_str(),
            letter_id: letter_id.as_str(),
            receiver: receiver.as_str(),
            answers: Some(intake.message.0),
            body: &receipt.write(&envelope)?,
            ..NewOutgoing::default()
        },
    )?;
    progress.answers.push(Answer { kind: name, code, file });
    Ok(())
}

/// The envelope's own receipt: positive when the file inside could be read as far as an answer, negative otherwise.
pub(super) fn answer_envelope(
    tx: &mut Tx<'_>,
    intake: &Intake,
    envelope: &VansEnvelope,
    outcome: Outcome,
    progress: &mut Progress,
) -> Result<(), AppError> {
    let VansContent::Message { meta, .. } = &envelope.content else { return Ok(()) };
    if !meta.wants_receipt() {
        return Ok(());
    }
    let receipt = if outcome == Outcome::Quarantined {
        let description = reason(&progress.verdicts).unwrap_or_default();
        let error = VansError { code: None, description };
        VansReceipt::Negative { error, original_envelope: envelope.identifier, original: meta.clone() }
    } else {
        VansReceipt::Positive { original_envelope: envelope.identifier, original: meta.clone() }
    };
    let own = intake.home.glns.first().map(|g| g.as_str().to_owned()).unwrap_or_default();
    let id: Uuid = ids::new(intake.at);
    let answer = VansEnvelope {
        sender: EndPoint { kind: EndPointKind::Ean, id: own },
        receiver: envelope.sender.clone(),
        identifier: id,
        sent: domain::workdays::local_time(intake.at),
        content: VansContent::Receipt(receipt),
    };
    let (text, receiver) = (id.to_string(), envelope.sender.id.as_str());
    let file = outgoing::enqueue(
        tx,
        NewOutgoing {
            kind: "VANS",
            envelope_id: &text,
            letter_id: &text,
            receiver,
            answers: Some(intake.message.0),
            body: &answer.write()?,
            ..NewOutgoing::default()
        },
    )?;
    progress.answers.push(Answer { kind: "VANS", code: None, file });
    Ok(())
}
