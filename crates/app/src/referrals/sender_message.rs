//! The message to the sender of a referral that lacks something or ended without a course: an XDIS91 to the location the referral came from.
//!
//! XDIS91 has no pointer to the letter it answers (MedCom): the course id is given back unchanged, the citizen is the
//! same, and the subject names the letter. A return says why in plain words. That no course started is said in one
//! sentence, with no reason and nothing about the citizen.

use domain::citizen::Citizen;
use domain::consent::Basis;
use domain::organization::ManagingOrganization;
use domain::referral::SenderNotice;
use domain::service_request::ServiceRequest;
use medcom::{
    About, Correspondence, CorrespondenceSender, Ean, EpisodeOfCareStatus, FormattedText, LetterVersion, Priority,
    ReferralLetter,
};
use store::Tx;

use crate::mailbox::{NewOutgoing, enqueue, parties};
use crate::{AppError, Caller};

/// A message in the making.
pub(super) struct SenderMessage<'a> {
    pub(super) home: &'a ManagingOrganization,
    pub(super) who: &'a Caller,
    pub(super) citizen: &'a Citizen,
    pub(super) request: &'a ServiceRequest,
    /// The letter that is answered.
    pub(super) letter: &'a ReferralLetter,
    pub(super) notice: SenderNotice,
    /// The question, or what was written besides the reason of a return.
    pub(super) note: Option<&'a str>,
}

impl SenderMessage<'_> {
    /// Queues it; gives the place of its file under the data folder.
    pub(super) fn send(&self, tx: &mut Tx<'_>, basis: Basis) -> Result<String, AppError> {
        let text = self.text()?;
        let (envelope, head) = parties::heads(tx, LetterVersion::Xd9134l)?;
        let message = Correspondence {
            head,
            episode_of_care: Some(self.letter.episode_of_care.clone()),
            sender: CorrespondenceSender {
                ean: parties::own_ean(self.home, Some(&self.letter.receiver.ean)).unwrap_or_else(|| Ean(String::new())),
                unit: parties::own_unit(self.home),
                speciality: Some("ikkeklassificeret".into()),
            },
            receiver: parties::receiver(&self.letter.sender.ean, &self.letter.sender.unit, false),
            patient: parties::patient(self.citizen)?,
            patient_status: EpisodeOfCareStatus::Inactive,
            about: Some(About { priority: Priority::Routine, subject: self.subject() }),
            parts: vec![text],
            references: Vec::new(),
        };
        let body = message.write(&envelope)?;
        let new = NewOutgoing {
            kind: "XDIS91",
            envelope_id: envelope.identifier.as_str(),
            letter_id: message.head.identifier.as_str(),
            receiver: message.receiver.ean.as_str(),
            citizen: Some(self.citizen.id.0),
            service_request: Some(self.request.id.0),
            answers: self.request.letter.as_ref().map(|letter| letter.message.0),
            basis: Some(basis),
            expects_receipt: true,
            body: &body,
            ..NewOutgoing::default()
        };
        Ok(enqueue(tx, new)?)
    }

    fn subject(&self) -> String {
        let what = match self.notice {
            SenderNotice::Returned(_) => "Henvisning retur",
            SenderNotice::NoCourse => "Svar på henvisning",
            SenderNotice::Question => "Spørgsmål til henvisning",
        };
        format!("{what}, brev {}", self.letter.head.identifier)
    }

    /// Old receivers cut what is longer: it is refused here, where it can be shortened.
    fn text(&self) -> Result<FormattedText, AppError> {
        let text = FormattedText::from_plain(&self.words());
        let over = text.length().saturating_sub(medcom::NOTE_WARNING_LENGTH);
        if over > 0 {
            let message = format!("Bemærkningen er {over} tegn for lang til beskeden. Forkort den.");
            return Err(AppError::field("note", "too_long", message));
        }
        Ok(text)
    }

    fn words(&self) -> String {
        match self.notice {
            SenderNotice::Question => format!(
                "Tak for henvisningen. Vi mangler nogle oplysninger.\n\n{}\n\n{}",
                self.note.unwrap_or_default(),
                self.signature()
            ),
            SenderNotice::NoCourse => "Der er ikke begyndt et forløb på baggrund af henvisningen.".to_owned(),
            SenderNotice::Returned(reason) => {
                let note = self.note.map(|note| format!("{note}\n")).unwrap_or_default();
                format!("Vi sender henvisningen retur.\nÅrsag: {}.\n{note}\n{}", reason.label(), self.signature())
            }
        }
    }

    fn signature(&self) -> String {
        let (name, title, home) = (&self.who.name, &self.who.title, &self.home.name);
        format!("Venlig hilsen\n{name}, {title}, {home}")
    }
}
