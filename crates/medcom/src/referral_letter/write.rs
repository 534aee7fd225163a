//! Writing XREF15, in UTF-8: not sent by us, but test senders and invented letters need it.

use super::{ReferralLetter, ReferralPatient, ReferralSender};
use crate::{
    codes::IdentifierCode,
    letter::Envelope,
    version::LetterVersion,
    write::{Encoding, WriteError, Writer},
};

impl ReferralLetter {
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
        if let Some(cc) = &self.answer_cc {
            w.open("AnswerCCReceiver");
            w.unit(cc, true);
            w.close();
        }
        patient(&mut w, &self.patient);
        self.relative.iter().for_each(|r| w.relative(r, false));
        if self.diagnosis.is_some() || !self.additional_diagnoses.is_empty() {
            w.open("Referral");
            w.diagnoses(self.diagnosis.as_ref(), &self.additional_diagnoses);
            w.close();
        }
        self.clinical_information(&mut w);
        w.references(&self.references);
        self.visitations(&mut w);
        w.finish()
    }

    fn check_version(&self, w: &mut Writer) {
        let newer = self.version == LetterVersion::Xh1531r;
        let clinical = self.anamnesis.is_some() || self.category.is_some();
        if clinical && self.category.is_some() != newer {
            w.fail(WriteError::Version { element: "CategoryCode" });
        }
        if newer && self.receiver.unit.department_name.is_none() {
            w.fail(WriteError::Version { element: "DepartmentName" });
        }
    }

    fn clinical_information(&self, w: &mut Writer) {
        if self.category.is_none() && self.anamnesis.is_none() {
            return;
        }
        w.open("RelevantClinicalInformation");
        if let Some(category) = &self.category {
            w.text("CategoryCode", usize::MAX, category.code());
        }
        if let Some(anamnesis) = &self.anamnesis {
            w.formatted("Anamnesis", anamnesis);
        }
        w.close();
    }

    fn visitations(&self, w: &mut Writer) {
        w.at_most("MunicipalityVisitation", 9, self.visitations.len());
        for visitation in &self.visitations {
            w.open("MunicipalityVisitation");
            w.text("InformationCode", usize::MAX, visitation.code.code());
            w.formatted("Information", &visitation.information);
            w.close();
        }
    }
}

fn sender(w: &mut Writer, sender: &ReferralSender) {
    w.open("Sender");
    w.sender_unit(&sender.ean, &sender.unit);
    w.optional("MedicalSpecialityCode", usize::MAX, sender.speciality.as_deref());
    w.open("Referrer");
    w.optional("Identifier", 17, sender.referrer.identifier.as_deref());
    w.optional("IdentifierCode", usize::MAX, sender.referrer.identifier_code.as_ref().map(IdentifierCode::code));
    w.text("PersonName", 35, &sender.referrer.name);
    w.optional("PersonTitle", 35, sender.referrer.title.as_deref());
    w.close();
    w.close();
}

fn patient(w: &mut Writer, patient: &ReferralPatient) {
    w.open("Patient");
    w.patient_id(&patient.id);
    w.text("PersonSurnameName", 70, &patient.surname);
    w.optional("PersonGivenName", 70, patient.given_name.as_deref());
    w.optional("PersonTitle", 35, patient.occupation.as_deref());
    w.address(&patient.address);
    w.at_most("TelephoneSubscriber", 3, patient.telephones.len());
    for telephone in &patient.telephones {
        w.open("TelephoneSubscriber");
        w.text("TelephoneSubscriberIdentifier", 25, &telephone.number);
        w.text("TelephoneSubscriberCode", usize::MAX, telephone.kind.code());
        w.close();
    }
    w.optional("EmailIdentifier", 70, patient.email.as_deref());
    w.close();
}
