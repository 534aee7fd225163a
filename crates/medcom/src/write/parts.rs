//! The elements that several letters share, in the order of the schema.

use jiff::civil::DateTime;

use super::{Encoding, Writer};
use crate::{
    diagnosis::{AdditionalDiagnosis, Diagnosis},
    letter::{Envelope, EpisodeOfCare, LetterHead},
    party::{Address, Party, PatientId, Relative, Unit},
    reference::{Reference, ReferenceTarget},
    version::LetterVersion,
};

impl Writer {
    /// Starts an Emessage with its envelope and opens the letter's element.
    pub fn letter(encoding: Encoding, version: LetterVersion, envelope: &Envelope) -> Self {
        let mut w = Self::new(encoding, "Emessage", version.namespace());
        w.open("Envelope");
        w.date_time("Sent", envelope.sent);
        w.text("Identifier", 14, envelope.identifier.as_str());
        let wanted = if envelope.wants_positive_receipt { "pluspositivkvitt" } else { "minuspositivkvitt" };
        w.text("AcknowledgementCode", 17, wanted);
        w.close();
        w.open(version.element());
        w
    }

    pub fn date_time(&mut self, name: &'static str, at: DateTime) {
        self.open(name);
        self.text("Date", 10, &at.date().to_string());
        self.text("Time", 5, &format!("{:02}:{:02}", at.hour(), at.minute()));
        self.close();
    }

    pub fn optional_date_time(&mut self, name: &'static str, at: Option<DateTime>) {
        if let Some(at) = at {
            self.date_time(name, at);
        }
    }

    /// `Letter` of a clinical letter.
    pub fn head(&mut self, version: LetterVersion, head: &LetterHead, episode: Option<&EpisodeOfCare>) {
        self.open("Letter");
        self.text("Identifier", 14, head.identifier.as_str());
        self.text("VersionCode", 7, version.code());
        self.text("StatisticalCode", 8, &head.statistical_code);
        self.date_time("Authorisation", head.authorised);
        self.text("TypeCode", 6, version.type_code());
        self.text("StatusCode", 10, head.status.code());
        if let Some(episode) = episode {
            self.text("EpisodeOfCareIdentifier", 35, &episode.0);
        }
        self.close();
    }

    /// `Identifier` to `PostCodeIdentifier`, and the telephone where the element has one; elsewhere it has no room.
    pub fn unit(&mut self, unit: &Unit, with_telephone: bool) {
        self.text("Identifier", 17, &unit.identifier);
        self.text("IdentifierCode", usize::MAX, unit.identifier_code.code());
        self.optional("OrganisationName", 35, unit.organisation_name.as_deref());
        self.optional("DepartmentName", 35, unit.department_name.as_deref());
        self.optional("UnitName", 35, unit.unit_name.as_deref());
        self.address(&unit.address);
        if with_telephone {
            self.optional("TelephoneSubscriberIdentifier", 25, unit.telephone.as_deref());
        }
    }

    /// As [`Self::unit`] for a sender, which must have a name and an answer address.
    pub fn sender_unit(&mut self, ean: &crate::Ean, unit: &Unit) {
        self.text("EANIdentifier", 35, ean.as_str());
        if unit.organisation_name.is_none() {
            self.fail(super::WriteError::Empty { element: "OrganisationName" });
        }
        self.unit(unit, true);
    }

    pub fn receiver(&mut self, party: &Party) {
        self.open("Receiver");
        self.text("EANIdentifier", 35, party.ean.as_str());
        self.unit(&party.unit, false);
        self.close();
    }

    pub fn address(&mut self, address: &Address) {
        self.optional("StreetName", 35, address.street.as_deref());
        self.optional("SuburbName", 35, address.suburb.as_deref());
        self.optional("DistrictName", 35, address.district.as_deref());
        self.optional("PostCodeIdentifier", 9, address.post_code.as_deref());
    }

    pub fn patient_id(&mut self, id: &PatientId) {
        match id {
            PatientId::Cpr(cpr) => self.text("CivilRegistrationNumber", 10, cpr.as_str()),
            PatientId::Alternative(id) => self.text("AlternativeIdentifier", 10, id.as_str()),
        }
    }

    pub fn relative(&mut self, relative: &Relative, with_address: bool) {
        self.open("Relative");
        self.text("RelationCode", usize::MAX, relative.relation.code());
        self.optional("PersonIdentifier", 10, relative.identifier.as_deref());
        self.text("PersonSurnameName", 70, &relative.surname);
        self.optional("PersonGivenName", 70, relative.given_name.as_deref());
        if with_address {
            self.address(&relative.address);
        }
        self.close();
    }

    pub fn diagnoses(&mut self, main: Option<&Diagnosis>, additional: &[AdditionalDiagnosis]) {
        if let Some(main) = main {
            self.open("Refer");
            self.diagnosis(main);
            self.close();
        }
        self.at_most("ReferralAdditional", 5, additional.len());
        for further in additional {
            self.open("ReferralAdditional");
            self.text("DiagnoseDescriptionCode", usize::MAX, further.description.code());
            self.diagnosis(&further.diagnosis);
            self.close();
        }
    }

    fn diagnosis(&mut self, diagnosis: &Diagnosis) {
        self.optional("DiagnoseCode", 17, diagnosis.code.as_deref());
        self.text("DiagnoseTypeCode", usize::MAX, diagnosis.kind.code());
        self.text("DiagnoseText", 70, &diagnosis.text);
    }

    pub fn references(&mut self, references: &[Reference]) {
        self.at_most("Reference", 10, references.len());
        for reference in references {
            self.open("Reference");
            self.text("RefDescription", 70, &reference.description);
            match &reference.target {
                ReferenceTarget::Url(url) => self.text("URL", 350, url),
                ReferenceTarget::SentSeparately => self.text("SUP", 4, "true"),
                ReferenceTarget::Attachment(bin) => {
                    self.open("BIN");
                    self.text("ObjectIdentifier", 35, &bin.object_identifier);
                    self.text("ObjectCode", usize::MAX, bin.kind.code());
                    self.text("ObjectExtensionCode", usize::MAX, &bin.extension);
                    self.text("OriginalObjectSize", 20, &bin.size.to_string());
                    self.close();
                }
            }
            self.close();
        }
    }
}
