//! What the caller gets when something is refused: the kind decides between quarantine and a negative receipt.

use super::{Place, Reason};
use crate::{codes::RefuseCode, limits::OverLimit};

/// The ids that an answer quotes, as far as they could be read (by local name, whatever the namespace).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterIds {
    /// Local name of the letter's element.
    pub element: String,
    /// `Letter/Identifier`, when it has 1–14 characters.
    pub letter: Option<String>,
    /// `Letter/VersionCode`, cut at the seven characters a receipt has room for.
    pub version: Option<String>,
    /// `Sender/EANIdentifier`.
    pub sender_ean: Option<String>,
    /// `Receiver/EANIdentifier`.
    pub receiver_ean: Option<String>,
}

impl LetterIds {
    /// Whether sender, receiver, letter id and version are all known.
    pub fn complete(&self) -> bool {
        self.letter.is_some() && self.version.is_some() && self.sender_ean.is_some() && self.receiver_ean.is_some()
    }

    /// Receipts are never answered.
    pub fn is_receipt(&self) -> bool {
        matches!(self.element.as_str(), "PositiveReceipt" | "NegativeReceipt" | "NegativeVansReceipt")
    }
}

/// One letter that is refused while the rest of its message stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFault {
    /// `Envelope/Identifier` of the message.
    pub envelope: Option<String>,
    /// What the answer quotes.
    pub ids: LetterIds,
    /// The rule that was broken.
    pub reason: Reason,
    /// Where.
    pub place: Place,
}

impl LetterFault {
    /// Whether a negative receipt can and may be sent.
    pub fn can_be_answered(&self) -> bool {
        self.envelope.is_some() && self.ids.complete() && !self.ids.is_receipt()
    }

    /// The code for the receipt.
    pub fn refuse_code(&self) -> RefuseCode {
        self.reason.refuse_code()
    }

    /// The Danish text for the receipt; a new line is written as `Break`. `organisation` is our name in it.
    pub fn refuse_text(&self, organisation: &str) -> String {
        refuse_text(self.ids.letter.as_deref(), &self.reason, &self.place, organisation)
    }
}

/// A whole message that is refused although its ids could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageFault {
    /// `Envelope/Identifier`.
    pub envelope: String,
    /// Every letter whose ids were read, the first one complete.
    pub letters: Vec<LetterIds>,
    /// The rule that was broken.
    pub reason: Reason,
    /// Where.
    pub place: Place,
}

impl MessageFault {
    /// False when the message holds a receipt: those are never answered.
    pub fn can_be_answered(&self) -> bool {
        self.letters.iter().any(LetterIds::complete) && !self.letters.iter().any(LetterIds::is_receipt)
    }

    /// The code for the receipt.
    pub fn refuse_code(&self) -> RefuseCode {
        self.reason.refuse_code()
    }

    /// The Danish text for the receipt; a new line is written as `Break`. `organisation` is our name in it.
    pub fn refuse_text(&self, organisation: &str) -> String {
        let letter = self.letters.first().and_then(|l| l.letter.as_deref());
        refuse_text(letter, &self.reason, &self.place, organisation)
    }
}

/// Stays below 350 characters: the parts are bounded (id 14, element names 40 each, organisation cut at 70).
fn refuse_text(letter: Option<&str>, reason: &Reason, place: &Place, organisation: &str) -> String {
    let subject = letter.map_or_else(|| "Brevet".to_owned(), |id| format!("Brev {id}"));
    let cause = reason.danish(place.short());
    let text = format!("{subject} kan ikke modtages: {cause}");
    if reason.refuse_code() == RefuseCode::ProblemMedVersion {
        let organisation: String = organisation.chars().take(70).collect();
        format!("{text}\n{organisation} modtager XREF15 i version XH1530R.")
    } else {
        text
    }
}

/// Why no letter at all comes out of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// DOCTYPE or entity definition: no answer, quarantine and security log.
    #[error("forbidden construct (DOCTYPE or entity) at {0}")]
    Forbidden(Place),
    /// A limit was passed: no answer, quarantine and security log.
    #[error("{limit}, at {place}")]
    OverLimit {
        /// Which limit.
        limit: OverLimit,
        /// Where it was passed.
        place: Place,
    },
    /// The bytes are not in the encoding they claim, or in none that is read here: no answer, quarantine.
    #[error("cannot be decoded: {0}")]
    Undecodable(crate::encoding::EncodingFault),
    /// Broken before the ids could be read: no answer, quarantine.
    #[error("{reason}, at {place}; the ids of message and letter are not known")]
    Unidentified {
        /// What is wrong.
        reason: Reason,
        /// Where.
        place: Place,
    },
    /// The whole message is refused and the sender can be told (XCTL02).
    #[error("{}, at {}", .0.reason, .0.place)]
    Answerable(Box<MessageFault>),
}

impl Refusal {
    /// Whether this belongs in the security log.
    pub fn is_security_event(&self) -> bool {
        matches!(self, Self::Forbidden(_) | Self::OverLimit { .. })
    }
}
