//! Organisations: the partners we hear from and send to, and the organisation that keeps the record.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::{Gln, MunicipalityCode, SorId};
use crate::ids::OrganizationId;
use crate::words::word_enum;

/// A partner: GP, ward, own unit, supplier, association. Filled from letters and by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Stable id, also in the report.
    pub id: OrganizationId,
    /// Name, at most 35 characters when it came by message.
    pub name: String,
    /// Department, when there is one.
    pub department: Option<String>,
    /// What kind of partner.
    pub kind: OrganizationKind,
    /// SOR code, when known. Only an organisation with one can stand in a report.
    pub sor: Option<SorId>,
    /// Location number: where messages go.
    pub gln: Option<Gln>,
    /// Identifier of MedCom's `Identifier`/`IdentifierCode` pair as received.
    pub medcom_identifier: Option<MedcomIdentifier>,
    /// Telephone.
    pub phone: Option<String>,
    /// Set when the organisation should never have been in the system.
    pub entered_in_error: bool,
}

/// MedCom's pair of number and number kind for an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MedcomIdentifier {
    /// The number, 1–17 characters.
    pub value: String,
    /// Its kind.
    pub code: IdentifierCode,
}

word_enum! {
    /// Kinds of organisation number (MedCom IdentifierCode); the words are MedCom's own.
    pub enum IdentifierCode {
        /// SHAK hospital department number.
        Shak = ("sygehusafdelingsnummer", "SHAK-nummer"),
        /// GP provider number.
        Ydernummer = ("ydernummer", "Ydernummer"),
        /// GLN.
        Gln = ("lokationsnummer", "Lokationsnummer"),
        /// Municipality code.
        Municipality = ("kommunenummer", "Kommunenummer"),
        /// SOR code.
        Sor = ("sorkode", "SOR-kode"),
    }
}

word_enum! {
    /// What kind of partner an organisation is.
    pub enum OrganizationKind {
        /// General practice.
        GeneralPractice = ("general_practice", "Almen praksis"),
        /// Specialist in practice.
        Specialist = ("specialist", "Speciallæge"),
        /// Hospital department.
        Hospital = ("hospital", "Sygehus"),
        /// A unit of the municipality.
        OwnUnit = ("own_unit", "Egen enhed"),
        /// An outside supplier.
        Supplier = ("supplier", "Leverandør"),
        /// Another municipality.
        Municipality = ("municipality", "Anden kommune"),
        /// Somebody else.
        Other = ("other", "Anden"),
    }
}

/// The organisation that keeps the record (journalførende organisation): the tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagingOrganization {
    /// Small number that leads every key; given by the store.
    pub key: i64,
    /// Municipality code.
    pub code: MunicipalityCode,
    /// Name on screens and letters.
    pub name: String,
    /// Department as it stands in messages.
    pub department: String,
    /// SOR code; without it no report can be built.
    pub sor: Option<SorId>,
    /// Location numbers that are ours; the first is the default sender.
    pub glns: Vec<Gln>,
    /// Telephone printed in letters.
    pub phone: Option<String>,
    /// The unit that performs when nothing else is said.
    pub default_performer: Option<OrganizationId>,
    /// What the municipality has chosen.
    pub settings: Settings,
}

/// What a municipality has chosen; each has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Time limits, see [`crate::limits::Limits`].
    pub limits: crate::limits::Limits,
    /// Set `basedOnServiceRequest` on interventions in reports (fk-gateway guide 3.1; on by default).
    pub report_service_request_link: bool,
    /// Offer talks and direct offers to citizens at risk without chronic disease (the standard's option, KS-2.1).
    pub at_risk_offers: bool,
    /// Instruments that the municipality does not use, by id. A licensed one is in use once its file is loaded.
    pub instruments_off: std::collections::BTreeSet<String>,
    /// Years a record is kept after the last entry (journalføringsbekendtgørelsen: at least 10).
    pub retention_years: i16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: crate::limits::Limits::default(),
            report_service_request_link: true,
            at_risk_offers: false,
            instruments_off: std::collections::BTreeSet::new(),
            retention_years: 10,
        }
    }
}

/// Who answers for a course in a period: authority, operator and legal basis are three facts.
///
/// From 1 January 2027 the region is the authority and the municipality may be the operator by agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// Who is responsible by law.
    pub authority: String,
    /// Who does the work.
    pub operator: String,
    /// The paragraph or agreement it rests on.
    pub legal_basis: String,
    /// First day.
    pub from: Date,
    /// Last day; none while it holds.
    pub to: Option<Date>,
}

/// Why two responsibilities cannot stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResponsibilityError {
    /// A period ends before it starts.
    #[error("the period ends before it starts")]
    EndsBeforeStart,
    /// Two periods share a day.
    #[error("two periods of responsibility overlap")]
    Overlap,
}

/// Checks that the periods each run forwards and that no day has two.
pub fn check_responsibilities(periods: &[Responsibility]) -> Result<(), ResponsibilityError> {
    if periods.iter().any(|p| p.to.is_some_and(|to| to < p.from)) {
        return Err(ResponsibilityError::EndsBeforeStart);
    }
    let overlap = |a: &Responsibility, b: &Responsibility| {
        a.from <= b.to.unwrap_or(Date::MAX) && b.from <= a.to.unwrap_or(Date::MAX)
    };
    let clash = periods.iter().enumerate().any(|(i, a)| periods[i + 1..].iter().any(|b| overlap(a, b)));
    if clash { Err(ResponsibilityError::Overlap) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(from: Date, to: Option<Date>) -> Responsibility {
        let legal_basis = "sundhedsloven § 119".to_owned();
        Responsibility { authority: "Testkommunen".into(), operator: "Testkommunen".into(), legal_basis, from, to }
    }

    #[test]
    fn the_region_takes_over_the_day_after_the_municipality() {
        let periods = [period(date(2025, 1, 1), Some(date(2026, 12, 31))), period(date(2027, 1, 1), None)];
        assert_eq!(check_responsibilities(&periods), Ok(()));
    }

    #[test]
    fn no_day_has_two_authorities() {
        let periods = [period(date(2025, 1, 1), None), period(date(2027, 1, 1), None)];
        assert_eq!(check_responsibilities(&periods), Err(ResponsibilityError::Overlap));
    }

    #[test]
    fn a_period_runs_forwards() {
        let backwards = [period(date(2027, 1, 1), Some(date(2026, 1, 1)))];
        assert_eq!(check_responsibilities(&backwards), Err(ResponsibilityError::EndsBeforeStart));
    }

    #[test]
    fn settings_stored_before_a_choice_existed_get_its_default() {
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
        let limits = r#"{"limits":{"contact_workdays":3}}"#;
        let settings: Settings = serde_json::from_str(limits).unwrap();
        assert_eq!((settings.limits.contact_workdays, settings.limits.contact_attempts_max), (3, 3));
    }
}
