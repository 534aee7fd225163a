//! The Emessage: an envelope and its letters. A letter that breaks a rule does not take the others with it.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::{self, AttachmentLetter},
    correspondence::{self, Correspondence},
    cursor::Cursor,
    fault::{Fault, Kind, LetterFault, Read, Reason, safe_name},
    final_note::{self, FinalNote},
    identify::Scan,
    letter::{Envelope, read_envelope},
    limits::{Limits, OverLimit},
    receipt::{self, Receipt},
    referral_letter::{self, ReferralLetter},
    version::LetterVersion,
};

/// A message with its letters in order; a bad one is a fault in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emessage {
    /// When it was sent, its id, and whether a positive receipt is wanted.
    pub envelope: Envelope,
    /// At least one.
    pub letters: Vec<Result<Letter, LetterFault>>,
}

/// A letter of any type that is read here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Letter {
    /// XREF15
    Referral(Box<ReferralLetter>),
    /// XCTL01, XCTL02, XCTL03
    Receipt(Box<Receipt>),
    /// XBIN01, XBIN02
    Attachment(Box<AttachmentLetter>),
    /// XDIS91
    Correspondence(Box<Correspondence>),
    /// XDIS15
    FinalNote(Box<FinalNote>),
}

/// What one pass over a message finds: each letter read, or the fault that stopped it.
pub(crate) struct Pass {
    pub envelope: Envelope,
    pub letters: Vec<Result<Letter, Box<Fault>>>,
}

impl Pass {
    /// Adds to each fault the ids that its answer quotes. `text` is gone over a second time only if there is one.
    #[expect(clippy::result_large_err, reason = "a faulty letter is rare and is kept in a list, not passed up")]
    pub fn with_ids(self, text: &str, limits: &Limits) -> Emessage {
        let mut scan = self.letters.iter().any(Result::is_err).then(|| Scan::of(text, limits));
        let envelope = Some(self.envelope.identifier.as_str().to_owned());
        let letters = self.letters.into_iter().enumerate();
        let letters = letters.map(|(place, letter)| {
            letter.map_err(|fault| {
                let found = scan.as_mut().and_then(|s| s.letters.get_mut(place));
                let ids = found.map(std::mem::take).unwrap_or_default();
                letter_fault(*fault, envelope.clone(), ids)
            })
        });
        Emessage { letters: letters.collect(), envelope: self.envelope }
    }
}

fn letter_fault(fault: Fault, envelope: Option<String>, ids: crate::fault::LetterIds) -> LetterFault {
    let reason = match fault.kind {
        Kind::Rule(reason) | Kind::Broken(reason) => reason,
        Kind::Forbidden | Kind::OverLimit(_) => Reason::NotWellFormed("refused"),
    };
    LetterFault { envelope, ids, reason, place: fault.place }
}

/// Reads an Emessage of `namespace` whose root was just entered, and the end of the document.
pub(crate) fn read(c: &mut Cursor<'_>, namespace: &str, limits: &Limits) -> Read<Pass> {
    let envelope = read_envelope(c)?;
    c.sent_on = envelope.sent.date();
    let mut letters = Vec::with_capacity(1);
    while let Some((name, known)) = c.child()? {
        if known && name == "Local_Elements" && !letters.is_empty() {
            c.step_in(true)?;
            c.skip_to(1)?;
            continue;
        }
        if letters.len() == limits.letters {
            return Err(c.fault(Kind::OverLimit(OverLimit::Letters(limits.letters))));
        }
        let version = if known { LetterVersion::of_element(namespace, name) } else { None };
        check_size(c, version, limits)?;
        letters.push(letter(c, name, version)?);
    }
    if letters.is_empty() {
        return Err(c.rule(Reason::Count("breve")));
    }
    c.leave()?;
    end_of_document(c)?;
    Ok(Pass { envelope, letters })
}

/// Nothing but comments may follow the root; anything else is a fault of the token layer.
pub(crate) fn end_of_document(c: &mut Cursor<'_>) -> Read<()> {
    c.token().map(|_| ())
}

fn check_size(c: &Cursor<'_>, version: Option<LetterVersion>, limits: &Limits) -> Read<()> {
    let attachment = version.is_some_and(LetterVersion::is_attachment);
    let most = if attachment { limits.attachment_bytes } else { limits.referral_bytes };
    if c.text_length() > most { Err(c.fault(Kind::OverLimit(OverLimit::Bytes(most)))) } else { Ok(()) }
}

/// One letter. When it breaks a rule the rest of it is skipped, and must be well-formed.
fn letter(c: &mut Cursor<'_>, name: &str, version: Option<LetterVersion>) -> Read<Result<Letter, Box<Fault>>> {
    let found = c.step_in(version.is_none()).and_then(|()| match version {
        Some(version) => typed(c, version),
        None => Err(c.rule(Reason::UnknownLetter { element: safe_name(name) })),
    });
    let found = match (found, c.later.take()) {
        (Ok(_), Some(later)) => Err(later),
        (found, _) => found,
    };
    match found {
        Err(fault) if matches!(fault.kind, Kind::Rule(_)) => {
            c.skip_to(1)?;
            Ok(Err(fault))
        }
        Err(fault) => Err(fault),
        Ok(letter) => Ok(Ok(letter)),
    }
}

fn typed(c: &mut Cursor<'_>, version: LetterVersion) -> Read<Letter> {
    Ok(match version {
        LetterVersion::Xh1530r | LetterVersion::Xh1531r => {
            Letter::Referral(Box::new(referral_letter::read(c, version)?))
        }
        LetterVersion::Xd1530l | LetterVersion::Xd1531l => Letter::FinalNote(Box::new(final_note::read(c, version)?)),
        LetterVersion::Xc0130q | LetterVersion::Xc0230q | LetterVersion::Xc0330q => {
            Letter::Receipt(Box::new(receipt::read(c, version)?))
        }
        LetterVersion::Xb0210x | LetterVersion::Xb0131x => Letter::Attachment(Box::new(attachment::read(c, version)?)),
        LetterVersion::Xd9134l => Letter::Correspondence(Box::new(correspondence::read(c, version)?)),
    })
}
