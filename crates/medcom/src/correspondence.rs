//! XDIS91, ClinicalEmail (XD9134L): correspondence with the doctor during a course.
//!
//! There is no pointer to the letter that is answered: course, citizen and sender tell. Long text is split over several
//! `ClinicalInformation`, and put together again when read.

use serde::{Deserialize, Serialize};

use crate::{
    codes::{EpisodeOfCareStatus, Priority},
    cursor::Cursor,
    fault::{Read, Reason},
    final_note::{NotePatient, read_patient},
    formatted_text::FormattedText,
    letter::{Episode, EpisodeOfCare, LetterHead, read_head},
    party::{Ean, Party, Unit, UnitShape, ean, open, receiver, unit},
    reference::{Reference, references},
    version::LetterVersion,
};

mod write;

/// Characters of text in one `ClinicalInformation` that every receiver takes.
pub const PART_LENGTH: usize = 3_150;

/// Correspondence about a citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correspondence {
    /// Ids, time and status.
    pub head: LetterHead,
    /// The course; optional in this letter.
    pub episode_of_care: Option<EpisodeOfCare>,
    /// Who writes.
    pub sender: CorrespondenceSender,
    /// To whom.
    pub receiver: Party,
    /// About whom.
    pub patient: NotePatient,
    /// Where the citizen stands at the sender; we write `inaktiv`.
    pub patient_status: EpisodeOfCareStatus,
    /// Priority and subject.
    pub about: Option<About>,
    /// The text in its parts, at most ten. They are one text; see [`Correspondence::text`].
    pub parts: Vec<FormattedText>,
    /// At most ten.
    pub references: Vec<Reference>,
}

/// Sender of correspondence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrespondenceSender {
    /// The answer address.
    pub ean: Ean,
    /// The organisation.
    pub unit: Unit,
    /// `MedicalSpecialityCode`
    pub speciality: Option<String>,
}

/// `AdditionalInformation`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Routine or high.
    pub priority: Priority,
    /// 1–70 characters.
    pub subject: String,
}

impl Correspondence {
    /// All parts as one text.
    pub fn text(&self) -> FormattedText {
        FormattedText(self.parts.iter().flat_map(|part| part.0.iter().cloned()).collect())
    }
}

/// Reads the letter whose element was just entered, to its end tag.
pub(crate) fn read(c: &mut Cursor<'_>, version: LetterVersion) -> Read<Correspondence> {
    let (head, episode_of_care) = read_head(c, version, Episode::Optional)?;
    let (sender, receiver) = (sender(c)?, receiver(c, false)?);
    let (patient, patient_status) = patient(c)?;
    let letter = Correspondence {
        head,
        episode_of_care,
        sender,
        receiver,
        patient,
        patient_status,
        about: about(c)?,
        parts: parts(c)?,
        references: references(c)?,
    };
    c.leave()?;
    Ok(letter)
}

fn sender(c: &mut Cursor<'_>) -> Read<CorrespondenceSender> {
    c.enter("Sender")?;
    let shape = UnitShape { organisation_required: true, telephone: true, ..UnitShape::default() };
    let (ean, unit) = (ean(c)?, unit(c, shape)?);
    let speciality = c.optional_value("MedicalSpecialityCode", |text| Ok(text.to_owned()))?;
    c.leave()?;
    Ok(CorrespondenceSender { ean, unit, speciality })
}

fn patient(c: &mut Cursor<'_>) -> Read<(NotePatient, EpisodeOfCareStatus)> {
    c.enter("Patient")?;
    let patient = read_patient(c)?;
    let status = open(c, "EpisodeOfCareStatusCode", EpisodeOfCareStatus::from_code)?;
    c.leave()?;
    Ok((patient, status))
}

fn about(c: &mut Cursor<'_>) -> Read<Option<About>> {
    if !c.at("AdditionalInformation")? {
        return Ok(None);
    }
    c.enter("AdditionalInformation")?;
    let about = About { priority: open(c, "Priority", Priority::from_code)?, subject: c.text("Subject", 70)? };
    c.leave()?;
    Ok(Some(about))
}

fn parts(c: &mut Cursor<'_>) -> Read<Vec<FormattedText>> {
    let mut out = Vec::new();
    while c.at("ClinicalInformation")? {
        if out.len() == 10 {
            return Err(c.rule(Reason::Unexpected { element: "ClinicalInformation".to_owned() }));
        }
        c.enter("ClinicalInformation")?;
        out.push(FormattedText::read(c, "Text01")?);
        c.leave()?;
    }
    Ok(out)
}
