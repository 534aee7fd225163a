//! Why a message or a letter is refused, and what an answer to it needs.
//!
//! Nothing here holds a name, a CPR number or a text value from the letter: faults go to logs and to receipts. Only
//! element names, version codes and the ids of message and letter are quoted.

use crate::limits::OverLimit;

mod reason;
mod refusal;

pub use reason::Reason;
pub use refusal::{LetterFault, LetterIds, MessageFault, Refusal};

/// Where in the message the fault is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The element, as `Emessage/MunicipalityReferral/Patient`.
    pub path: String,
    /// Bytes before it in the decoded (UTF-8) text.
    pub offset: usize,
    /// Line number, from 1.
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (line {}, byte {})", self.path, self.line, self.offset)
    }
}

impl Place {
    /// The two innermost elements, for a person who looks for the fault: `Patient/PersonSurnameName`.
    pub fn short(&self) -> &str {
        match self.path.rmatch_indices('/').nth(1) {
            Some((at, _)) => &self.path[at + 1..],
            None => &self.path,
        }
    }
}

/// What stopped the reader. Boxed, as it is rare and the happy path returns through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub kind: Kind,
    pub place: Place,
}

/// Whether the rest of the message can still be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// DOCTYPE or entity definition.
    Forbidden,
    /// A limit was passed.
    OverLimit(OverLimit),
    /// The XML is broken from here on.
    Broken(Reason),
    /// One letter (or the envelope) breaks a rule; what follows can be read.
    Rule(Reason),
}

/// What the readers return.
pub(crate) type Read<T> = Result<T, Box<Fault>>;

/// The element name if it is one that MedCom could have made; otherwise nothing of it is repeated.
pub(crate) fn safe_name(name: &str) -> String {
    let plain = name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    if plain && digits < 6 { name.to_owned() } else { "(ukendt element)".to_owned() }
}
