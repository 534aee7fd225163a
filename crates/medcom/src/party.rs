//! Senders, receivers, citizens and relatives: the parts that several letter types share.

use std::fmt;

use domain::identifiers::{AlternativeIdentifier, Cpr, Gln, MunicipalityCode, SorId, Ydernummer};
use serde::{Deserialize, Serialize};

use crate::{
    codes::{IdentifierCode, RelationCode, TelephoneCode},
    cursor::Cursor,
    fault::{Kind, Read, Reason},
};

/// `EANIdentifier` as received: the schema allows 1–35 characters, so it need not be a GLN.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ean(pub String);

impl Ean {
    /// The location number, if it is 13 digits with the right check digit. Otherwise nothing can be sent to it.
    pub fn gln(&self) -> Option<Gln> {
        Gln::parse(&self.0).ok()
    }

    /// The text as received.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Gln> for Ean {
    fn from(gln: &Gln) -> Self {
        Self(gln.as_str().to_owned())
    }
}

impl fmt::Display for Ean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Street, suburb, town and postcode; each may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Address {
    /// `StreetName`
    pub street: Option<String>,
    /// `SuburbName`
    pub suburb: Option<String>,
    /// `DistrictName`
    pub district: Option<String>,
    /// `PostCodeIdentifier`; the one element that may be empty, which counts as missing.
    pub post_code: Option<String>,
}

/// An organisation with its number, names and address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Number of the kind that the code names.
    pub identifier: String,
    /// Kind of number.
    pub identifier_code: IdentifierCode,
    /// `OrganisationName`; a sender always has it.
    pub organisation_name: Option<String>,
    /// `DepartmentName`
    pub department_name: Option<String>,
    /// `UnitName`
    pub unit_name: Option<String>,
    /// Where it is.
    pub address: Address,
    /// `TelephoneSubscriberIdentifier`; receivers have none.
    pub telephone: Option<String>,
}

impl Unit {
    /// The SOR code, when that is the kind of number and it has the form.
    pub fn sor_id(&self) -> Option<SorId> {
        (self.identifier_code == IdentifierCode::Sorkode).then(|| SorId::parse(&self.identifier).ok())?
    }

    /// The provider number, when that is the kind of number and it has the form.
    pub fn ydernummer(&self) -> Option<Ydernummer> {
        (self.identifier_code == IdentifierCode::Ydernummer).then(|| Ydernummer::parse(&self.identifier).ok())?
    }

    /// The municipality code, when that is the kind of number and it has the form.
    pub fn municipality(&self) -> Option<MunicipalityCode> {
        (self.identifier_code == IdentifierCode::Kommunenummer)
            .then(|| MunicipalityCode::parse(&self.identifier).ok())?
    }

    /// Organisation, department and unit in one line.
    pub fn name(&self) -> String {
        let names = [&self.organisation_name, &self.department_name, &self.unit_name];
        names.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// An organisation that messages can be addressed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// `EANIdentifier`
    pub ean: Ean,
    /// The organisation itself.
    pub unit: Unit,
}

/// CPR number or replacement number of the citizen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PatientId {
    /// `CivilRegistrationNumber`
    Cpr(Cpr),
    /// `AlternativeIdentifier` (erstatnings-CPR)
    Alternative(AlternativeIdentifier),
}

impl PatientId {
    /// The ten characters.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Cpr(cpr) => cpr.as_str(),
            Self::Alternative(id) => id.as_str(),
        }
    }
}

/// A telephone number of the citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telephone {
    /// As written.
    pub number: String,
    /// Mobile, work or landline.
    pub kind: TelephoneCode,
}

/// A relative of the citizen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative {
    /// Who it is to the citizen.
    pub relation: RelationCode,
    /// `PersonIdentifier`, 1–10 characters; often a CPR number, not checked.
    pub identifier: Option<String>,
    /// Family name.
    pub surname: String,
    /// Given names.
    pub given_name: Option<String>,
    /// Only in a final note.
    pub address: Address,
}

impl fmt::Debug for Relative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relative").field("relation", &self.relation).finish_non_exhaustive()
    }
}

pub(crate) fn open<T>(c: &mut Cursor<'_>, name: &'static str, from: fn(&str) -> T) -> Read<T> {
    c.value(name, |text| Ok(from(text)))
}

pub(crate) fn ean(c: &mut Cursor<'_>) -> Read<Ean> {
    c.text("EANIdentifier", 35).map(Ean)
}

/// What of a [`Unit`] an element has and must have.
#[derive(Clone, Copy, Default)]
pub(crate) struct UnitShape {
    pub organisation_required: bool,
    pub department_required: bool,
    pub telephone: bool,
}

/// `Identifier` to `PostCodeIdentifier`, and a telephone where the element has one.
pub(crate) fn unit(c: &mut Cursor<'_>, shape: UnitShape) -> Read<Unit> {
    Ok(Unit {
        identifier: c.text("Identifier", 17)?,
        identifier_code: open(c, "IdentifierCode", IdentifierCode::from_code)?,
        organisation_name: name(c, "OrganisationName", shape.organisation_required)?,
        department_name: name(c, "DepartmentName", shape.department_required)?,
        unit_name: c.optional_text("UnitName", 35)?,
        address: address(c)?,
        telephone: if shape.telephone { c.optional_text("TelephoneSubscriberIdentifier", 25)? } else { None },
    })
}

fn name(c: &mut Cursor<'_>, name: &'static str, required: bool) -> Read<Option<String>> {
    if required { c.text(name, 35).map(Some) } else { c.optional_text(name, 35) }
}

pub(crate) fn address(c: &mut Cursor<'_>) -> Read<Address> {
    Ok(Address {
        street: c.optional_text("StreetName", 35)?,
        suburb: c.optional_text("SuburbName", 35)?,
        district: c.optional_text("DistrictName", 35)?,
        post_code: post_code(c)?,
    })
}

fn post_code(c: &mut Cursor<'_>) -> Read<Option<String>> {
    if !c.at("PostCodeIdentifier")? {
        return Ok(None);
    }
    let text = c.leaf("PostCodeIdentifier")?;
    c.check_length("PostCodeIdentifier", &text, 9)?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// `Receiver` of a clinical letter.
pub(crate) fn receiver(c: &mut Cursor<'_>, department_required: bool) -> Read<Party> {
    c.enter("Receiver")?;
    let party = Party { ean: ean(c)?, unit: unit(c, UnitShape { department_required, ..UnitShape::default() })? };
    c.leave()?;
    Ok(party)
}

/// CPR number or replacement number. The form is the schema's; that the number is a possible one is our own rule, so
/// it is reported only if the rest of the letter is right.
pub(crate) fn patient_id(c: &mut Cursor<'_>) -> Read<PatientId> {
    if c.at("AlternativeIdentifier")? {
        let text = c.leaf("AlternativeIdentifier")?;
        if text.chars().count() != 10 {
            return Err(c.leaf_rule("AlternativeIdentifier", Reason::NotExactly(10)));
        }
        let id = AlternativeIdentifier::parse(&text).map(PatientId::Alternative);
        return id.or_else(|_| Ok(later(c, "AlternativeIdentifier", Reason::ImpossibleAlternative)));
    }
    let text = c.leaf("CivilRegistrationNumber")?;
    if text.len() != 10 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(c.leaf_rule("CivilRegistrationNumber", Reason::NotTenDigits));
    }
    let Ok(cpr) = Cpr::parse(&text) else { return Ok(later(c, "CivilRegistrationNumber", Reason::ImpossibleCpr)) };
    if cpr.birth_date() > c.sent_on {
        return Ok(later(c, "CivilRegistrationNumber", Reason::BornInTheFuture));
    }
    Ok(PatientId::Cpr(cpr))
}

/// Notes the fault and goes on with a stand-in that never leaves the reader: a letter with a noted fault is refused.
fn later(c: &mut Cursor<'_>, name: &str, reason: Reason) -> PatientId {
    let fault = c.leaf_rule(name, reason);
    debug_assert!(matches!(fault.kind, Kind::Rule(_)));
    c.later = Some(fault);
    PatientId::Alternative(stand_in())
}

fn stand_in() -> AlternativeIdentifier {
    match AlternativeIdentifier::parse("0000000000") {
        Ok(id) => id,
        Err(_) => unreachable!("ten digits are a replacement number"),
    }
}

/// `RelationCode` to the given name, and the address in a final note.
pub(crate) fn relative(c: &mut Cursor<'_>, with_address: bool) -> Read<Relative> {
    c.enter("Relative")?;
    let relative = Relative {
        relation: open(c, "RelationCode", RelationCode::from_code)?,
        identifier: c.optional_text("PersonIdentifier", 10)?,
        surname: c.text("PersonSurnameName", 70)?,
        given_name: c.optional_text("PersonGivenName", 70)?,
        address: if with_address { address(c)? } else { Address::default() },
    };
    c.leave()?;
    Ok(relative)
}
