//! Writing XDIS91, in ISO-8859-1.

use super::{Correspondence, PART_LENGTH};
use crate::{
    final_note::write_patient,
    letter::Envelope,
    version::LetterVersion,
    write::{Encoding, WriteError, Writer, split},
};

impl Correspondence {
    /// The whole message. A part longer than [`PART_LENGTH`] is written as several; more than ten are an error.
    pub fn write(&self, envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
        self.write_as(envelope, Encoding::Latin1)
    }

    /// As [`Self::write`] in another encoding.
    pub fn write_as(&self, envelope: &Envelope, encoding: Encoding) -> Result<Vec<u8>, WriteError> {
        let version = LetterVersion::Xd9134l;
        let mut w = Writer::letter(encoding, version, envelope);
        w.head(version, &self.head, self.episode_of_care.as_ref());
        w.open("Sender");
        w.sender_unit(&self.sender.ean, &self.sender.unit);
        w.optional("MedicalSpecialityCode", usize::MAX, self.sender.speciality.as_deref());
        w.close();
        w.receiver(&self.receiver);
        w.open("Patient");
        write_patient(&mut w, &self.patient);
        w.text("EpisodeOfCareStatusCode", usize::MAX, self.patient_status.code());
        w.close();
        if let Some(about) = &self.about {
            w.open("AdditionalInformation");
            w.text("Priority", usize::MAX, about.priority.code());
            w.text("Subject", 70, &about.subject);
            w.close();
        }
        self.text_parts(&mut w);
        w.references(&self.references);
        w.finish()
    }

    fn text_parts(&self, w: &mut Writer) {
        let parts: Vec<_> = self.parts.iter().flat_map(|part| split(part, PART_LENGTH)).collect();
        w.at_most("ClinicalInformation", 10, parts.len());
        for part in &parts {
            w.open("ClinicalInformation");
            w.formatted("Text01", part);
            w.close();
        }
    }
}
