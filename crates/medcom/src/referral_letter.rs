//! XREF15, MunicipalityReferral: a doctor refers a citizen to municipal prevention (XH1530R; XH1531R with a category).
//!
//! The letter has no field for the wanted offer, priority, language or consent: the wish is in the clinical text.
//! Everything clinical is optional; sender, receiver and the citizen's number and surname are not.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    codes::{CategoryCode, IdentifierCode, TelephoneCode, VisitationCode},
    cursor::Cursor,
    diagnosis::{AdditionalDiagnosis, Diagnosis, FocusCode, diagnoses, focus_codes},
    fault::{Read, Reason},
    formatted_text::FormattedText,
    letter::{Episode, EpisodeOfCare, LetterHead, read_head},
    party::{
        Address, Ean, Party, PatientId, Relative, Telephone, Unit, UnitShape, address, ean, open, patient_id, receiver,
        relative, unit,
    },
    reference::{Reference, references},
    version::LetterVersion,
};

mod write;

/// A referral to municipal prevention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralLetter {
    /// XH1530R or XH1531R.
    pub version: LetterVersion,
    /// Ids, time and status.
    pub head: LetterHead,
    /// The course; mandatory here and returned unchanged in answers.
    pub episode_of_care: EpisodeOfCare,
    /// Who refers, and where answers go.
    pub sender: ReferralSender,
    /// The municipality's unit.
    pub receiver: Party,
    /// Who else wants a copy of the answer; has no EAN.
    pub answer_cc: Option<Unit>,
    /// The citizen.
    pub patient: ReferralPatient,
    /// One relative.
    pub relative: Option<Relative>,
    /// `Refer`, the main diagnosis.
    pub diagnosis: Option<Diagnosis>,
    /// `ReferralAdditional`, at most five.
    pub additional_diagnoses: Vec<AdditionalDiagnosis>,
    /// Only in XH1531R, with clinical information.
    pub category: Option<CategoryCode>,
    /// "Kliniske oplysninger".
    pub anamnesis: Option<FormattedText>,
    /// At most ten.
    pub references: Vec<Reference>,
    /// Notes by a receiver before us, at most nine: shown, not acted on.
    pub visitations: Vec<Visitation>,
}

/// The sender of a referral.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralSender {
    /// The answer address. Unusable when it is no GLN; the letter is good all the same.
    pub ean: Ean,
    /// The organisation.
    pub unit: Unit,
    /// `MedicalSpecialityCode`, about 90 values; only shown.
    pub speciality: Option<String>,
    /// The person who refers.
    pub referrer: Referrer,
}

/// The person who refers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referrer {
    /// Number of the kind that the code names.
    pub identifier: Option<String>,
    /// Kind of number.
    pub identifier_code: Option<IdentifierCode>,
    /// Name, 1–35 characters.
    pub name: String,
    /// Title.
    pub title: Option<String>,
}

/// The citizen as the referral has them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferralPatient {
    /// CPR or replacement number.
    pub id: PatientId,
    /// Family name.
    pub surname: String,
    /// Given names.
    pub given_name: Option<String>,
    /// `PersonTitle`: occupation.
    pub occupation: Option<String>,
    /// Where they live.
    pub address: Address,
    /// At most three.
    pub telephones: Vec<Telephone>,
    /// E-mail.
    pub email: Option<String>,
}

impl fmt::Debug for ReferralPatient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReferralPatient").finish_non_exhaustive()
    }
}

/// `MunicipalityVisitation`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitation {
    /// What it is about.
    pub code: VisitationCode,
    /// The note.
    pub information: FormattedText,
}

impl ReferralLetter {
    /// The conditions that the letter is about, see [`focus_codes`].
    pub fn focus_codes(&self) -> Vec<FocusCode> {
        focus_codes(self.diagnosis.as_ref(), &self.additional_diagnoses)
    }
}

/// Reads the letter whose element was just entered, to its end tag.
pub(crate) fn read(c: &mut Cursor<'_>, version: LetterVersion) -> Read<ReferralLetter> {
    let newer = version == LetterVersion::Xh1531r;
    let (head, episode) = read_head(c, version, Episode::Mandatory)?;
    let sender = sender(c)?;
    let receiver = receiver(c, newer)?;
    let answer_cc = answer_cc(c)?;
    let patient = patient(c)?;
    let relative = if c.at("Relative")? { Some(relative(c, false)?) } else { None };
    let (diagnosis, additional_diagnoses) = referral(c, newer)?;
    let (category, anamnesis) = clinical_information(c, newer)?;
    let letter = ReferralLetter {
        version,
        head,
        episode_of_care: episode.unwrap_or(EpisodeOfCare(String::new())),
        sender,
        receiver,
        answer_cc,
        patient,
        relative,
        diagnosis,
        additional_diagnoses,
        category,
        anamnesis,
        references: references(c)?,
        visitations: visitations(c)?,
    };
    c.leave()?;
    Ok(letter)
}

fn sender(c: &mut Cursor<'_>) -> Read<ReferralSender> {
    c.enter("Sender")?;
    let shape = UnitShape { organisation_required: true, telephone: true, ..UnitShape::default() };
    let sender = ReferralSender {
        ean: ean(c)?,
        unit: unit(c, shape)?,
        speciality: c.optional_value("MedicalSpecialityCode", |text| Ok(text.to_owned()))?,
        referrer: referrer(c)?,
    };
    c.leave()?;
    Ok(sender)
}

fn referrer(c: &mut Cursor<'_>) -> Read<Referrer> {
    c.enter("Referrer")?;
    let referrer = Referrer {
        identifier: c.optional_text("Identifier", 17)?,
        identifier_code: c.optional_value("IdentifierCode", |text| Ok(IdentifierCode::from_code(text)))?,
        name: c.text("PersonName", 35)?,
        title: c.optional_text("PersonTitle", 35)?,
    };
    c.leave()?;
    Ok(referrer)
}

fn answer_cc(c: &mut Cursor<'_>) -> Read<Option<Unit>> {
    if !c.at("AnswerCCReceiver")? {
        return Ok(None);
    }
    c.enter("AnswerCCReceiver")?;
    let unit = unit(c, UnitShape { telephone: true, ..UnitShape::default() })?;
    c.leave()?;
    Ok(Some(unit))
}

fn patient(c: &mut Cursor<'_>) -> Read<ReferralPatient> {
    c.enter("Patient")?;
    let patient = ReferralPatient {
        id: patient_id(c)?,
        surname: c.text("PersonSurnameName", 70)?,
        given_name: c.optional_text("PersonGivenName", 70)?,
        occupation: c.optional_text("PersonTitle", 35)?,
        address: address(c)?,
        telephones: telephones(c)?,
        email: c.optional_text("EmailIdentifier", 70)?,
    };
    c.leave()?;
    Ok(patient)
}

fn telephones(c: &mut Cursor<'_>) -> Read<Vec<Telephone>> {
    let mut out = Vec::new();
    while c.at("TelephoneSubscriber")? {
        if out.len() == 3 {
            return Err(c.rule(Reason::Unexpected { element: "TelephoneSubscriber".to_owned() }));
        }
        c.enter("TelephoneSubscriber")?;
        let number = c.text("TelephoneSubscriberIdentifier", 25)?;
        out.push(Telephone { number, kind: open(c, "TelephoneSubscriberCode", TelephoneCode::from_code)? });
        c.leave()?;
    }
    Ok(out)
}

fn referral(c: &mut Cursor<'_>, newer: bool) -> Read<(Option<Diagnosis>, Vec<AdditionalDiagnosis>)> {
    if !c.at("Referral")? {
        return Ok((None, Vec::new()));
    }
    c.enter("Referral")?;
    let found = diagnoses(c, newer)?;
    c.leave()?;
    Ok(found)
}

fn clinical_information(c: &mut Cursor<'_>, newer: bool) -> Read<(Option<CategoryCode>, Option<FormattedText>)> {
    if !c.at("RelevantClinicalInformation")? {
        return Ok((None, None));
    }
    c.enter("RelevantClinicalInformation")?;
    let category = if newer { Some(open(c, "CategoryCode", CategoryCode::from_code)?) } else { None };
    let anamnesis = FormattedText::read_optional(c, "Anamnesis")?;
    c.leave()?;
    Ok((category, anamnesis))
}

fn visitations(c: &mut Cursor<'_>) -> Read<Vec<Visitation>> {
    let mut out = Vec::new();
    while c.at("MunicipalityVisitation")? {
        if out.len() == 9 {
            return Err(c.rule(Reason::Unexpected { element: "MunicipalityVisitation".to_owned() }));
        }
        c.enter("MunicipalityVisitation")?;
        let code = open(c, "InformationCode", VisitationCode::from_code)?;
        out.push(Visitation { code, information: FormattedText::read(c, "Information")? });
        c.leave()?;
    }
    Ok(out)
}
