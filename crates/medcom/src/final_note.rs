//! XDIS15, MunicipalityLetter: the note to the doctor when a course ends (XD1530L; XD1531L with a category, only as
//! answer to XH1531R). We write it; it is read too, so that what we sent can be shown.

use std::fmt;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::{
    codes::{CategoryCode, IdentifierCode},
    diagnosis::{AdditionalDiagnosis, Diagnosis},
    formatted_text::FormattedText,
    letter::{EpisodeOfCare, LetterHead},
    party::{Address, Ean, Party, PatientId, Relative, Unit},
    reference::Reference,
    version::LetterVersion,
};

mod read;
mod write;

pub(crate) use read::{patient_content as read_patient, read};
pub(crate) use write::patient_content as write_patient;

/// Characters of the note above which receivers may cut it: warn, do not cut.
pub const NOTE_WARNING_LENGTH: usize = 3_000;

/// A note from municipal prevention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FinalNote {
    /// XD1530L or XD1531L.
    pub version: LetterVersion,
    /// Ids, time and status.
    pub head: LetterHead,
    /// The course of the referral, unchanged.
    pub episode_of_care: EpisodeOfCare,
    /// The municipality's unit.
    pub sender: NoteSender,
    /// The referral's sender.
    pub receiver: Party,
    /// Who gets a copy; has no EAN.
    pub cc: Option<Unit>,
    /// The citizen.
    pub patient: NotePatient,
    /// At most two.
    pub relatives: Vec<Relative>,
    /// The referral that is answered.
    pub referral: Option<NoteReferral>,
    /// `Admission`: shown as "Henvisningsdato".
    pub referred: Option<DateTime>,
    /// `Discharge`: shown as "Afslutningsdato".
    pub ended: Option<DateTime>,
    /// The note itself.
    pub clinical: Option<NoteText>,
    /// At most ten.
    pub references: Vec<Reference>,
}

/// Sender of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteSender {
    /// Our GLN.
    pub ean: Ean,
    /// Our unit.
    pub unit: Unit,
    /// `MedicalSpecialityCode`
    pub speciality: Option<String>,
    /// `SpecialityName`, mandatory, e.g. "Kommunal forebyggelse".
    pub speciality_name: String,
    /// Whom to contact.
    pub contact: Option<Contact>,
}

/// `Contact`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Number of the kind that the code names.
    pub identifier: String,
    /// Kind of number.
    pub identifier_code: IdentifierCode,
    /// `OrganisationName`
    pub organisation_name: Option<String>,
    /// `DepartmentName`
    pub department_name: Option<String>,
    /// `UnitName`
    pub unit_name: Option<String>,
}

/// The citizen in notes and correspondence: no telephone, no e-mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotePatient {
    /// CPR or replacement number.
    pub id: PatientId,
    /// Family name.
    pub surname: String,
    /// Given names.
    pub given_name: Option<String>,
    /// Where they live.
    pub address: Address,
    /// `OccupancyText`
    pub occupation: Option<String>,
}

impl fmt::Debug for NotePatient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NotePatient").finish_non_exhaustive()
    }
}

/// `Referral`: what the note answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteReferral {
    /// The referral's `Letter/Identifier`, 1–35 characters.
    pub identifier: Option<String>,
    /// When we received it.
    pub received: DateTime,
    /// The main diagnosis as received.
    pub diagnosis: Option<Diagnosis>,
    /// Further diagnoses, at most five.
    pub additional_diagnoses: Vec<AdditionalDiagnosis>,
}

/// `ClinicalInformation`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteText {
    /// Only in XD1531L, and mandatory there: the referral's.
    pub category: Option<CategoryCode>,
    /// Who signed.
    pub signed: Option<Signed>,
    /// The note.
    pub text: FormattedText,
}

/// `Signed`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The day.
    pub date: Option<Date>,
    /// Name, 1–70 characters.
    pub by: Option<String>,
    /// Job title, 1–70 characters.
    pub job_title: Option<String>,
}
