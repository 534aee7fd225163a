//! What every Emessage and every letter begins with: envelope, ids, date and time, status, course id.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::{
    cursor::{Cursor, is_space},
    fault::{Read, Reason},
    version::LetterVersion,
};

/// `Envelope/Identifier` or `Letter/Identifier`: 1–14 characters, unique for ever at the system that made it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifier(String);

/// The text has not 1–14 printable characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an identifier has 1 to 14 characters")]
pub struct IdentifierError;

impl Identifier {
    /// Reads an id as others make them (hyphens and lower case occur).
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let ok = (1..=14).contains(&text.chars().count()) && !text.chars().any(|c| c.is_control() || is_space(c));
        if ok { Ok(Self(text.to_owned())) } else { Err(IdentifierError) }
    }

    /// One of our own: a prefix of upper-case letters and digits, then the number in base 36 filled up to 14.
    pub fn ours(prefix: &str, number: u64) -> Result<Self, IdentifierError> {
        if !prefix.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            return Err(IdentifierError);
        }
        let mut digits = Vec::with_capacity(14);
        let mut rest = number;
        while rest > 0 || digits.is_empty() {
            digits.push(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[usize::try_from(rest % 36).unwrap_or(0)]);
            rest /= 36;
        }
        let room = 14usize.checked_sub(prefix.len()).filter(|room| *room >= digits.len()).ok_or(IdentifierError)?;
        let zeros = std::iter::repeat_n('0', room - digits.len());
        let text = prefix.chars().chain(zeros).chain(digits.iter().rev().map(|b| char::from(*b))).collect();
        Ok(Self(text))
    }

    /// The text as received.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Identifier {
    type Error = IdentifierError;
    fn try_from(text: String) -> Result<Self, IdentifierError> {
        Self::parse(&text)
    }
}

impl From<Identifier> for String {
    fn from(id: Identifier) -> Self {
        id.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `EpisodeOfCareIdentifier`: ties the messages of one course together. Kept as received and returned unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EpisodeOfCare(pub String);

impl EpisodeOfCare {
    /// For comparing only: without hyphens, in lower case (OIOXML writes a UUID without hyphens, FHIR with).
    pub fn normalised(&self) -> String {
        normalised_id(&self.0)
    }

    /// Whether both name the same course.
    pub fn same_as(&self, other: &Self) -> bool {
        self.normalised() == other.normalised()
    }
}

/// Without hyphens, in lower case: how course and file ids are compared.
pub fn normalised_id(text: &str) -> String {
    text.chars().filter(|c| *c != '-').flat_map(char::to_lowercase).collect()
}

/// The envelope of an Emessage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Local Danish time.
    pub sent: DateTime,
    /// Kuvertnummer.
    pub identifier: Identifier,
    /// `pluspositivkvitt`: a positive receipt is wanted too.
    pub wants_positive_receipt: bool,
}

/// New letter or correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LetterStatus {
    /// `nytbrev`
    New,
    /// `rettetbrev`
    Corrected,
}

impl LetterStatus {
    /// The value in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "nytbrev",
            Self::Corrected => "rettetbrev",
        }
    }
}

/// `Letter` without the codes that follow from the version and without the course id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterHead {
    /// Brevnummer.
    pub identifier: Identifier,
    /// Normally the type code; senders may put a local code.
    pub statistical_code: String,
    /// When the author approved the letter, local Danish time.
    pub authorised: DateTime,
    /// New or corrected.
    pub status: LetterStatus,
}

pub(crate) fn identifier(c: &mut Cursor<'_>, name: &'static str) -> Read<Identifier> {
    let text = c.short_text(name, 14)?;
    Identifier::parse(&text).map_err(|_| c.leaf_rule(name, Reason::TooLong(14)))
}

/// `Envelope`, the first child of the root.
pub(crate) fn read_envelope(c: &mut Cursor<'_>) -> Read<Envelope> {
    c.enter("Envelope")?;
    let sent = date_time(c, "Sent")?;
    let identifier = identifier(c, "Identifier")?;
    let wants_positive_receipt = c.value("AcknowledgementCode", |text| match text {
        "pluspositivkvitt" => Ok(true),
        "minuspositivkvitt" => Ok(false),
        _ => Err(Reason::UnknownCode),
    })?;
    c.leave()?;
    Ok(Envelope { sent, identifier, wants_positive_receipt })
}

/// How a letter type uses `EpisodeOfCareIdentifier`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Episode {
    Mandatory,
    Optional,
    None,
}

/// `Letter` of a clinical letter. The version code decides whether the rest can be read, so it is checked first.
pub(crate) fn read_head(
    c: &mut Cursor<'_>,
    version: LetterVersion,
    episode: Episode,
) -> Read<(LetterHead, Option<EpisodeOfCare>)> {
    c.enter("Letter")?;
    let identifier = identifier(c, "Identifier")?;
    check_version(c, version)?;
    let statistical_code = c.text("StatisticalCode", 8)?;
    let authorised = date_time(c, "Authorisation")?;
    c.value("TypeCode", |text| if text == version.type_code() { Ok(()) } else { Err(Reason::UnsupportedType) })?;
    let status = c.value("StatusCode", |text| match text {
        "nytbrev" => Ok(LetterStatus::New),
        "rettetbrev" if !version.is_attachment() => Ok(LetterStatus::Corrected),
        _ => Err(Reason::UnknownCode),
    })?;
    let episode_of_care = match episode {
        Episode::Mandatory => Some(c.text("EpisodeOfCareIdentifier", 35)?),
        Episode::Optional => c.optional_text("EpisodeOfCareIdentifier", 35)?,
        Episode::None => None,
    };
    c.leave()?;
    Ok((LetterHead { identifier, statistical_code, authorised, status }, episode_of_care.map(EpisodeOfCare)))
}

pub(crate) fn check_version(c: &mut Cursor<'_>, version: LetterVersion) -> Read<()> {
    c.value("VersionCode", |text| {
        let found = || text.chars().filter(char::is_ascii_alphanumeric).take(7).collect();
        if text == version.code() { Ok(()) } else { Err(Reason::UnsupportedVersion { found: found() }) }
    })
}

/// An element with `Date` and `Time`.
pub(crate) fn date_time(c: &mut Cursor<'_>, name: &'static str) -> Read<DateTime> {
    c.enter(name)?;
    let date = c.value("Date", parse_date)?;
    let time = c.value("Time", parse_time)?;
    c.leave()?;
    Ok(date.to_datetime(time))
}

/// As [`date_time`], when the element is there.
pub(crate) fn optional_date_time(c: &mut Cursor<'_>, name: &'static str) -> Read<Option<DateTime>> {
    if c.at(name)? { date_time(c, name).map(Some) } else { Ok(None) }
}

/// `YYYY-MM-DD` and nothing else; white space around it is layout, as for every date of XML Schema.
pub(crate) fn parse_date(text: &str) -> Result<Date, Reason> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.trim_matches(is_space).as_bytes() else {
        return Err(Reason::NotADate);
    };
    let two = |a: &u8, b: &u8| two_digits(*a, *b).ok_or(Reason::NotADate);
    let year = i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?);
    Date::new(year, two(m1, m2)?, two(d1, d2)?).map_err(|_| Reason::NotADate)
}

/// `HH:MM`, 24 hours.
fn parse_time(text: &str) -> Result<Time, Reason> {
    let [h1, h2, b':', m1, m2] = text.trim_matches(is_space).as_bytes() else { return Err(Reason::NotATime) };
    let two = |a: &u8, b: &u8| two_digits(*a, *b).ok_or(Reason::NotATime);
    Time::new(two(h1, h2)?, two(m1, m2)?, 0, 0).map_err(|_| Reason::NotATime)
}

fn two_digits(tens: u8, ones: u8) -> Option<i8> {
    let digit = |b: u8| b.is_ascii_digit().then(|| i8::try_from(b - b'0').unwrap_or(0));
    Some(digit(tens)? * 10 + digit(ones)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_ids_fill_fourteen_characters() {
        assert_eq!(Identifier::ours("TK", 123).unwrap().as_str(), "TK00000000003F");
        assert_eq!(Identifier::ours("T", u64::MAX), Ok(Identifier("T3W5E11264SGSF".to_owned())));
        assert_eq!(Identifier::ours("TKX", u64::MAX), Err(IdentifierError));
        assert_eq!(Identifier::ours("tk", 1), Err(IdentifierError));
    }

    #[test]
    fn an_id_has_at_most_fourteen_characters() {
        assert!(Identifier::parse("K250203-0042").is_ok());
        assert_eq!(Identifier::parse("123456789012345"), Err(IdentifierError));
        assert_eq!(Identifier::parse(""), Err(IdentifierError));
    }

    #[test]
    fn a_date_is_ten_characters_of_the_calendar() {
        assert_eq!(parse_date("2024-02-29"), Ok(Date::constant(2024, 2, 29)));
        for wrong in ["2025-02-29", "2025-2-1", "2025-01-01Z", "20250101", "+025-01-01"] {
            assert_eq!(parse_date(wrong), Err(Reason::NotADate), "{wrong}");
        }
        assert_eq!(parse_time("24:00"), Err(Reason::NotATime));
    }

    #[test]
    fn courses_are_compared_without_hyphens_and_case() {
        let a = EpisodeOfCare("1F6C0D6A-9B7E-4C3F-8A52-D0E1B3C47F90".to_owned());
        assert!(a.same_as(&EpisodeOfCare("1f6c0d6a9b7e4c3f8a52d0e1b3c47f90".to_owned())));
    }
}
