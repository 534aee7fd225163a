//! The FHIR data types the profiles use, as borrowed values that serde writes straight to bytes.

use domain::identifiers::SorId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::kind::{Key, ResourceKind};
use crate::systems::SOR;

/// A code with its system; the display where the guide wants one.
#[derive(Serialize)]
pub struct Coding<'a> {
    system: &'static str,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    display: Option<&'a str>,
}

impl<'a> Coding<'a> {
    pub const fn new(system: &'static str, code: &'a str, display: &'a str) -> Self {
        Self { system, code, display: Some(display) }
    }

    pub const fn bare(system: &'static str, code: &'a str) -> Self {
        Self { system, code, display: None }
    }
}

/// A concept with exactly one coding.
#[derive(Serialize)]
pub struct Concept<'a> {
    coding: [Coding<'a>; 1],
}

impl<'a> From<Coding<'a>> for Concept<'a> {
    fn from(coding: Coding<'a>) -> Self {
        Self { coding: [coding] }
    }
}

/// An official identifier.
#[derive(Serialize)]
pub struct Identifier<'a> {
    r#use: &'static str,
    system: &'static str,
    value: &'a str,
}

impl<'a> Identifier<'a> {
    pub const fn new(system: &'static str, value: &'a str) -> Self {
        Self { r#use: "official", system, value }
    }

    pub fn sor(sor: &'a SorId) -> Self {
        Self::new(SOR, sor.as_str())
    }
}

/// A relative reference, `Type/id`.
#[derive(Serialize)]
pub struct Reference {
    #[serde(serialize_with = "type_and_id")]
    reference: Key,
}

impl Reference {
    pub const fn to(kind: ResourceKind, id: Uuid) -> Self {
        Self { reference: (kind, id) }
    }
}

fn type_and_id<S: Serializer>((kind, id): &Key, serializer: S) -> Result<S::Ok, S::Error> {
    let name = kind.fhir_type().as_bytes();
    let mut text = [0; 64];
    text[..name.len()].copy_from_slice(name);
    text[name.len()] = b'/';
    id.as_hyphenated().encode_lower(&mut text[name.len() + 1..]);
    let text = &text[..name.len() + 37];
    serializer.serialize_str(std::str::from_utf8(text).map_err(serde::ser::Error::custom)?)
}

/// An extension that holds a reference.
#[derive(Serialize)]
pub struct ReferenceExtension {
    url: &'static str,
    #[serde(rename = "valueReference")]
    value: Reference,
}

impl ReferenceExtension {
    pub const fn new(url: &'static str, value: Reference) -> Self {
        Self { url, value }
    }
}

/// An extension that holds a code.
#[derive(Serialize)]
pub struct ConceptExtension<'a> {
    url: &'static str,
    #[serde(rename = "valueCodeableConcept")]
    value: Concept<'a>,
}

impl<'a> ConceptExtension<'a> {
    pub fn new(url: &'static str, coding: Coding<'a>) -> Self {
        Self { url, value: coding.into() }
    }
}

/// A calendar day, `YYYY-MM-DD`.
pub struct Day(pub Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Ok(year), Ok(month), Ok(day)) =
            (u16::try_from(self.0.year()), u8::try_from(self.0.month()), u8::try_from(self.0.day()))
        else {
            return serializer.collect_str(&self.0);
        };
        let [y1, y2] = [year / 100, year % 100].map(|part| two_digits(part.to_le_bytes()[0]));
        let (m, d) = (two_digits(month), two_digits(day));
        let text = [y1[0], y1[1], y2[0], y2[1], b'-', m[0], m[1], b'-', d[0], d[1]];
        serializer.serialize_str(std::str::from_utf8(&text).map_err(serde::ser::Error::custom)?)
    }
}

const fn two_digits(number: u8) -> [u8; 2] {
    [b'0' + number / 10, b'0' + number % 10]
}

/// An instant in UTC, `…Z`.
pub struct Instant(pub Timestamp);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A period that may be open.
#[derive(Serialize)]
pub struct Period<T> {
    pub start: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<T>,
}
