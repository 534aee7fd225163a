//! XCTL01, XCTL02 and XCTL03: "received and readable", or not. Always in their own namespace (2005/08/07), whatever the
//! namespace of the letter they answer, and never answered themselves.

use serde::{Deserialize, Serialize};

use crate::{
    codes::RefuseCode,
    cursor::Cursor,
    fault::{LetterFault, LetterIds, MessageFault, Read, Reason},
    letter::{Identifier, check_version, identifier},
    party::{Ean, ean, open},
    version::LetterVersion,
};

mod breakable;
mod write;

pub(crate) use breakable::breakable;

/// Which receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReceiptKind {
    /// XCTL01: the VANS supplier could not deliver.
    NegativeVans,
    /// XCTL02: received but refused.
    Negative,
    /// XCTL03: received and stored.
    Positive,
}

impl ReceiptKind {
    /// The version that carries it.
    pub fn version(self) -> LetterVersion {
        match self {
            Self::NegativeVans => LetterVersion::Xc0130q,
            Self::Negative => LetterVersion::Xc0230q,
            Self::Positive => LetterVersion::Xc0330q,
        }
    }

    fn of(version: LetterVersion) -> Self {
        match version {
            LetterVersion::Xc0130q => Self::NegativeVans,
            LetterVersion::Xc0230q => Self::Negative,
            _ => Self::Positive,
        }
    }
}

/// A receipt for one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which of the three.
    pub kind: ReceiptKind,
    /// Id of the receipt itself.
    pub identifier: Identifier,
    /// Who received the message.
    pub sender: Ean,
    /// Who sent the message.
    pub receiver: Ean,
    /// What is answered. Do not demand that its EANs are what you expect: some systems swap them.
    pub original: OriginalMessage,
}

/// `OriginalEmessage`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalMessage {
    /// `Envelope/Identifier` of the message.
    pub envelope: String,
    /// `Sender/EANIdentifier` of its letter.
    pub sender: Ean,
    /// `Receiver/EANIdentifier` of its letter.
    pub receiver: Ean,
    /// Why the whole message is refused.
    pub refusal: RefusalCause,
    /// Its letters, at most 99.
    pub letters: Vec<OriginalLetter>,
}

/// `OriginalLetter`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalLetter {
    /// `Letter/Identifier`
    pub identifier: String,
    /// `VersionCode`, 1–7 characters, also one that is not supported.
    pub version: String,
    /// Why this letter is refused.
    pub refusal: RefusalCause,
}

/// Code and text of a refusal; each may be missing, and both are in a positive receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RefusalCause {
    /// `RefuseCode`
    pub code: Option<RefuseCode>,
    /// `RefuseText`; a new line is a `Break`.
    pub text: Option<String>,
}

impl RefusalCause {
    /// Both.
    pub fn new(code: RefuseCode, text: impl Into<String>) -> Self {
        Self { code: Some(code), text: Some(text.into()) }
    }

    /// Neither.
    pub fn is_empty(&self) -> bool {
        self.code.is_none() && self.text.is_none()
    }
}

impl Receipt {
    /// Code and text to show: those of the message, else those of the first letter that has some.
    pub fn cause(&self) -> Option<&RefusalCause> {
        let letters = self.original.letters.iter().map(|l| &l.refusal);
        std::iter::once(&self.original.refusal).chain(letters).find(|cause| !cause.is_empty())
    }
}

impl OriginalMessage {
    /// What the answer to a refused message quotes; `None` when it must not or cannot be answered.
    pub fn of_message_fault(fault: &MessageFault, organisation: &str) -> Option<Self> {
        let first = fault.letters.iter().find(|l| l.complete()).filter(|_| fault.can_be_answered())?;
        let letters = fault.letters.iter().filter_map(|l| original_letter(l, RefusalCause::default())).collect();
        Some(Self {
            envelope: fault.envelope.clone(),
            sender: Ean(first.sender_ean.clone()?),
            receiver: Ean(first.receiver_ean.clone()?),
            refusal: RefusalCause::new(fault.refuse_code(), fault.refuse_text(organisation)),
            letters,
        })
    }

    /// What the answer to refused letters of one message quotes: only the bad ones, each with its cause. `None` when there is
    /// none that may and can be answered.
    pub fn of_letter_faults<'a>(faults: impl IntoIterator<Item = &'a LetterFault>, organisation: &str) -> Option<Self> {
        let mut faults = faults.into_iter().filter(|f| f.can_be_answered()).peekable();
        let first = *faults.peek()?;
        let (envelope, sender) = (first.envelope.clone()?, first.ids.sender_ean.clone()?);
        let receiver = first.ids.receiver_ean.clone()?;
        let letters = faults
            .filter_map(|f| original_letter(&f.ids, RefusalCause::new(f.refuse_code(), f.refuse_text(organisation))))
            .collect();
        Some(Self { envelope, sender: Ean(sender), receiver: Ean(receiver), refusal: RefusalCause::default(), letters })
    }
}

fn original_letter(ids: &LetterIds, refusal: RefusalCause) -> Option<OriginalLetter> {
    Some(OriginalLetter { identifier: ids.letter.clone()?, version: ids.version.clone()?, refusal })
}

/// Reads the receipt whose element was just entered, to its end tag.
pub(crate) fn read(c: &mut Cursor<'_>, version: LetterVersion) -> Read<Receipt> {
    c.enter("Letter")?;
    let id = identifier(c, "Identifier")?;
    check_version(c, version)?;
    c.text("StatisticalCode", 8)?;
    c.leave()?;
    let (sender, receiver) = (end(c, "Sender")?, end(c, "Receiver")?);
    let kind = ReceiptKind::of(version);
    let original = original(c, kind != ReceiptKind::Positive)?;
    c.leave()?;
    Ok(Receipt { kind, identifier: id, sender, receiver, original })
}

fn end(c: &mut Cursor<'_>, name: &'static str) -> Read<Ean> {
    c.enter(name)?;
    let found = ean(c)?;
    c.leave()?;
    Ok(found)
}

fn original(c: &mut Cursor<'_>, negative: bool) -> Read<OriginalMessage> {
    c.enter("OriginalEmessage")?;
    let mut original = OriginalMessage {
        envelope: c.text("OriginalEnvelopeIdentifier", 14)?,
        sender: end(c, "OriginalSender")?,
        receiver: end(c, "OriginalReceiver")?,
        refusal: cause(c, negative)?,
        letters: Vec::new(),
    };
    while c.at("OriginalLetter")? {
        if original.letters.len() == 99 {
            return Err(c.rule(Reason::Unexpected { element: "OriginalLetter".to_owned() }));
        }
        c.enter("OriginalLetter")?;
        let identifier = c.text("OriginalLetterIdentifier", 14)?;
        let version = c.text("OriginalVersionCode", 7)?;
        original.letters.push(OriginalLetter { identifier, version, refusal: cause(c, negative)? });
        c.leave()?;
    }
    c.leave()?;
    Ok(original)
}

fn cause(c: &mut Cursor<'_>, negative: bool) -> Read<RefusalCause> {
    if !negative {
        return Ok(RefusalCause::default());
    }
    let code = if c.at("RefuseCode")? { Some(open(c, "RefuseCode", RefuseCode::from_code)?) } else { None };
    let text = if c.at("RefuseText")? { Some(breakable(c, "RefuseText")?) } else { None };
    Ok(RefusalCause { code, text: text.filter(|t| !t.is_empty()) })
}
