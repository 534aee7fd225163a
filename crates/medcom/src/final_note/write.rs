//! Writing XDIS15, in UTF-8.

use super::{FinalNote, NotePatient, NoteReferral, NoteSender, NoteText};
use crate::{
    letter::Envelope,
    version::LetterVersion,
    write::{Encoding, WriteError, Writer},
};

impl FinalNote {
    /// The whole message.
    pub fn write(&self, envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
        self.write_as(envelope, Encoding::Utf8)
    }

    /// As [`Self::write`] in another encoding.
    pub fn write_as(&self, envelope: &Envelope, encoding: Encoding) -> Result<Vec<u8>, WriteError> {
        let mut w = Writer::letter(encoding, self.version, envelope);
        self.check_version(&mut w);
        w.head(self.version, &self.head, Some(&self.episode_of_care));
        sender(&mut w, &self.sender);
        w.receiver(&self.receiver);
        if let Some(cc) = &self.cc {
            w.open("CCReceiver");
            w.unit(cc, false);
            w.close();
        }
        patient(&mut w, &self.patient);
        w.at_most("Relative", 2, self.relatives.len());
        for relative in &self.relatives {
            w.relative(relative, true);
        }
        self.referral.iter().for_each(|r| referral(&mut w, r));
        w.optional_date_time("Admission", self.referred);
        w.optional_date_time("Discharge", self.ended);
        self.clinical.iter().for_each(|text| clinical(&mut w, text));
        w.references(&self.references);
        w.finish()
    }

    /// The category belongs to XD1531L alone, and so does the demand for the receiver's department.
    fn check_version(&self, w: &mut Writer) {
        let newer = self.version == LetterVersion::Xd1531l;
        if !newer && self.version != LetterVersion::Xd1530l {
            w.fail(WriteError::Version { element: "VersionCode" });
        }
        if self.clinical.as_ref().is_some_and(|c| c.category.is_some() != newer) {
            w.fail(WriteError::Version { element: "CategoryCode" });
        }
        if newer && self.receiver.unit.department_name.is_none() {
            w.fail(WriteError::Version { element: "DepartmentName" });
        }
    }
}

fn sender(w: &mut Writer, sender: &NoteSender) {
    w.open("Sender");
    w.sender_unit(&sender.ean, &sender.unit);
    w.optional("MedicalSpecialityCode", usize::MAX, sender.speciality.as_deref());
    w.text("SpecialityName", 35, &sender.speciality_name);
    if let Some(contact) = &sender.contact {
        w.open("Contact");
        w.text("Identifier", 17, &contact.identifier);
        w.text("IdentifierCode", usize::MAX, contact.identifier_code.code());
        w.optional("OrganisationName", 35, contact.organisation_name.as_deref());
        w.optional("DepartmentName", 35, contact.department_name.as_deref());
        w.optional("UnitName", 35, contact.unit_name.as_deref());
        w.close();
    }
    w.close();
}

fn patient(w: &mut Writer, patient: &NotePatient) {
    w.open("Patient");
    patient_content(w, patient);
    w.close();
}

/// Id, names, address and occupation.
pub(crate) fn patient_content(w: &mut Writer, patient: &NotePatient) {
    w.patient_id(&patient.id);
    w.text("PersonSurnameName", 70, &patient.surname);
    w.optional("PersonGivenName", 70, patient.given_name.as_deref());
    w.address(&patient.address);
    w.optional("OccupancyText", 35, patient.occupation.as_deref());
}

fn referral(w: &mut Writer, referral: &NoteReferral) {
    w.open("Referral");
    w.optional("Identifier", 35, referral.identifier.as_deref());
    w.date_time("Received", referral.received);
    w.diagnoses(referral.diagnosis.as_ref(), &referral.additional_diagnoses);
    w.close();
}

fn clinical(w: &mut Writer, note: &NoteText) {
    w.open("ClinicalInformation");
    if let Some(category) = &note.category {
        w.text("CategoryCode", usize::MAX, category.code());
    }
    if let Some(signed) = &note.signed {
        w.open("Signed");
        if let Some(date) = signed.date {
            w.text("Date", 10, &date.to_string());
        }
        w.optional("SignedBy", 70, signed.by.as_deref());
        w.optional("JobTitle", 70, signed.job_title.as_deref());
        w.close();
    }
    w.formatted("Text01", &note.text);
    w.close();
}
