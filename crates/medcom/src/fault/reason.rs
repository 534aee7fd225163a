//! The single causes, with an English text for the log (`Display`) and a Danish one for the receipt.

use crate::codes::RefuseCode;

/// One rule that was broken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The XML itself is broken.
    #[error("not well-formed: {0}")]
    NotWellFormed(&'static str),
    /// The root element is no Emessage of a namespace read here.
    #[error("unknown root element or namespace")]
    UnknownNamespace,
    /// A letter type that is not ours.
    #[error("letter {element} is not supported in this namespace")]
    UnknownLetter {
        /// Local name of the letter's element.
        element: String,
    },
    /// `VersionCode` is not the one of the letter and namespace.
    #[error("version {found} is not supported")]
    UnsupportedVersion {
        /// The code as received, at most seven characters.
        found: String,
    },
    /// `TypeCode` is not the one of the letter.
    #[error("the TypeCode does not belong to the letter")]
    UnsupportedType,
    /// Another element, or the end, came where this one must be.
    #[error("{expected} is missing, found {}", found.as_deref().unwrap_or("the end of the element"))]
    Missing {
        /// What the schema demands here.
        expected: &'static str,
        /// What came instead, if anything.
        found: Option<String>,
    },
    /// An element that must not be here, or not this often, or not in this order.
    #[error("{element} is not allowed here")]
    Unexpected {
        /// Its local name.
        element: String,
    },
    /// Text between elements.
    #[error("text between elements")]
    StrayText,
    /// An attribute; the letters have none.
    #[error("attributes are not allowed")]
    Attribute,
    /// The element has no content.
    #[error("empty")]
    Empty,
    /// More characters than the schema allows.
    #[error("longer than {0} characters")]
    TooLong(usize),
    /// Not exactly so many characters.
    #[error("not exactly {0} characters")]
    NotExactly(usize),
    /// A closed code list does not have the value.
    #[error("value is not in the code list")]
    UnknownCode,
    /// No `YYYY-MM-DD` of the calendar.
    #[error("not a date as YYYY-MM-DD")]
    NotADate,
    /// No `HH:MM`.
    #[error("not a time as HH:MM")]
    NotATime,
    /// Something else than ten digits.
    #[error("not ten digits")]
    NotTenDigits,
    /// No positive whole number.
    #[error("not a positive whole number")]
    NotANumber,
    /// Not base64.
    #[error("not base64")]
    NotBase64,
    /// Not a UUID.
    #[error("not a UUID")]
    NotAUuid,
    /// More or fewer letters, files or choices than allowed.
    #[error("too many or too few {0}")]
    Count(&'static str),
    /// The CPR number names no day of the calendar, or is all zeros.
    #[error("the CPR number is not a possible one")]
    ImpossibleCpr,
    /// The CPR number says its owner was born after the message was sent.
    #[error("the CPR number says born after the message was sent")]
    BornInTheFuture,
    /// The replacement number has characters that no such number has.
    #[error("the replacement number is not a possible one")]
    ImpossibleAlternative,
}

impl Reason {
    /// The code of a negative receipt.
    pub fn refuse_code(&self) -> RefuseCode {
        match self {
            Self::UnknownNamespace
            | Self::UnknownLetter { .. }
            | Self::UnsupportedVersion { .. }
            | Self::UnsupportedType => RefuseCode::ProblemMedVersion,
            Self::ImpossibleCpr | Self::BornInTheFuture | Self::ImpossibleAlternative => RefuseCode::IkkeSpecificeret,
            _ => RefuseCode::Syntaksfejl,
        }
    }

    /// The cause in Danish, to follow a colon; `place` is the element as a person would name it.
    pub(crate) fn danish(&self, place: &str) -> String {
        match self {
            Self::NotWellFormed(_) => format!("XML er ikke velformet ved {place}."),
            Self::UnknownNamespace => "namespace eller rodelement er ukendt.".to_owned(),
            Self::UnknownLetter { element } => format!("brevtypen {element} understøttes ikke."),
            Self::UnsupportedVersion { found } => format!("versionen {found} understøttes ikke."),
            Self::UnsupportedType => "brevtypen i TypeCode understøttes ikke.".to_owned(),
            Self::Missing { expected, found: None } => format!("{expected} mangler i {place}."),
            Self::Missing { expected, found: Some(found) } => {
                format!("{expected} mangler i {place}; i stedet står {found}.")
            }
            Self::Unexpected { element } => format!("{element} må ikke stå her i {place}."),
            Self::StrayText => format!("der står tekst mellem elementerne i {place}."),
            Self::Attribute => format!("{place} må ikke have attributter."),
            Self::Empty => format!("{place} er tomt."),
            Self::TooLong(max) => format!("{place} er længere end {max} tegn."),
            Self::NotExactly(length) => format!("{place} skal have {length} tegn."),
            Self::UnknownCode => format!("{place} har en værdi, der ikke findes i kodelisten."),
            Self::NotADate => format!("{place} er ikke en dato (ÅÅÅÅ-MM-DD)."),
            Self::NotATime => format!("{place} er ikke et klokkeslæt (TT:MM)."),
            Self::NotTenDigits => format!("{place} skal have ti cifre uden bindestreg."),
            Self::NotANumber => format!("{place} er ikke et positivt helt tal."),
            Self::NotBase64 => format!("{place} kan ikke afkodes (base64)."),
            Self::NotAUuid => format!("{place} er ikke et UUID."),
            Self::Count(what) => format!("forkert antal {what} i {place}."),
            Self::ImpossibleCpr => "personnummeret er ikke et muligt personnummer.".to_owned(),
            Self::BornInTheFuture => "personnummeret angiver en fødselsdag efter afsendelsen.".to_owned(),
            Self::ImpossibleAlternative => "erstatningsnummeret er ikke et muligt erstatningsnummer.".to_owned(),
        }
    }
}
