//! Messages of a course to others: what was offered to the referrer (M6), a question to the doctor (M8), a referral to
//! alcohol treatment (M9) or to the family clinic (M10), a screening's result to the doctor (M11), the transfer to another
//! municipality (M18). By XDIS91 where the receiver has an address, else as a letter that somebody must send.

use domain::consent::Basis;
use domain::course_message::{CourseMessage, basis};
use domain::ids::{CourseId, NoticeId};
use domain::notice::NoticeKind;
use domain::organization::{ManagingOrganization, Organization};
use medcom::{
    About, Correspondence, CorrespondenceSender, Ean, EpisodeOfCare, EpisodeOfCareStatus, FormattedText, LetterVersion,
    Party, Priority,
};
use serde::Deserialize;
use store::Tx;
use uuid::Uuid;

use super::{final_note, letters};
use crate::mailbox::{NewOutgoing, enqueue, parties};
use crate::notices::{self, PartnerLetter};
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, calendar};

/// What can be written to others from a course.
pub(crate) const TO_OTHERS: [CourseMessage; 6] = [
    CourseMessage::Offered,
    CourseMessage::DoctorQuestion,
    CourseMessage::TreatmentReferral,
    CourseMessage::FamilyClinic,
    CourseMessage::ScreeningResult,
    CourseMessage::Transfer,
];

/// A message to somebody else than the citizen.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct OutreachInput {
    /// Which: M6, M8, M9, M10, M11 or M18.
    #[schema(value_type = String)]
    pub message: CourseMessage,
    /// What is written.
    pub text: String,
    /// The place of treatment, the clinic or the municipality that takes over; for M9, M10 and M18.
    #[serde(default)]
    pub to: Option<String>,
    /// Why it is sent without consent, as part of a current treatment (§ 41).
    #[serde(default)]
    pub section_41: Option<String>,
}

/// How a message left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outreach {
    /// It is queued for the mailbox.
    Queued,
    /// It is a letter that waits to be sent.
    OnPaper,
}

/// To whom, and how they are reached.
struct To {
    name: String,
    party: Option<Party>,
    episode: Option<EpisodeOfCare>,
    request: Option<Uuid>,
}

/// Sends a message to somebody else than the citizen, when the rules of consent allow it.
pub async fn reach_out(app: &App, who: &Caller, course: CourseId, input: OutreachInput) -> Result<Outreach, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, limits, who) = (app.now(), app.message_limits, who.clone());
    let text = input.text.trim().to_owned();
    if text.is_empty() {
        return Err(AppError::field("tekst", "required", "Skriv, hvad der skal stå."));
    }
    let kind = match input.message {
        CourseMessage::Offered => NoticeKind::Offered,
        CourseMessage::DoctorQuestion => NoticeKind::DoctorQuestion,
        CourseMessage::TreatmentReferral => NoticeKind::TreatmentReferral,
        CourseMessage::FamilyClinic => NoticeKind::FamilyClinic,
        CourseMessage::ScreeningResult => NoticeKind::ScreeningResult,
        CourseMessage::Transfer => NoticeKind::Transfer,
        _ => return Err(AppError::Unreadable("message")),
    };
    let reason = input.section_41.clone();
    app.store
        .write(who.scope_because("course.message", now, reason), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let record = records::citizen_record(tx, citizen)?;
            record.course(course)?;
            let consents = record.consent_values();
            let section_41 = calendar::section_41(tx, &who, input.section_41.as_deref())?;
            let basis = basis(input.message, &consents, section_41, letters::about(&record))?;
            let to = receiver(tx, &record, course, &input, &limits)?;
            let words = format!("{text}\n\nVenlig hilsen\n{}, {}, {}", who.name, who.title, home.name);
            let sent = match &to.party {
                Some(party) => {
                    let message = Message { home: &home, record: &record, kind, words: &words, basis: &basis };
                    Some(message.send(tx, &to, party)?)
                }
                None => None,
            };
            let letter = letter(&record, kind, &words);
            let new =
                PartnerLetter { citizen, course, kind, recipient: &to.name, letter: &letter, basis: &basis, sent };
            notices::to_partner(tx, &new)?;
            Ok(if sent.is_some() { Outreach::Queued } else { Outreach::OnPaper })
        })
        .await
}

/// On paper the citizen must be named: there is no envelope that does.
fn letter(record: &CitizenRecord, kind: NoticeKind, words: &str) -> String {
    let citizen = &record.citizen.value;
    let number = citizen.identity.number().map(|number| format!(", {number}")).unwrap_or_default();
    format!("# {}\nOm {}{number}\n\n{words}", kind.label(), citizen.name.full())
}

fn receiver(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    input: &OutreachInput,
    limits: &medcom::Limits,
) -> Result<To, AppError> {
    match input.message {
        CourseMessage::Offered => final_note::referrer(tx, record, course, limits)?.map_or_else(
            || {
                let message = "Borgeren er ikke henvist med en elektronisk henvisning. Giv selv svar til henviseren.";
                Err(AppError::Rule { code: "no_referrer", message })
            },
            |(letter, request)| {
                let name = letter.sender.unit.organisation_name.clone().unwrap_or_else(|| "Henviseren".to_owned());
                let party = letter
                    .sender
                    .ean
                    .gln()
                    .is_some()
                    .then(|| parties::receiver(&letter.sender.ean, &letter.sender.unit, false));
                Ok(To { name, party, episode: Some(letter.episode_of_care.clone()), request: Some(request) })
            },
        ),
        CourseMessage::DoctorQuestion | CourseMessage::ScreeningResult => {
            let message = "Der er ikke skrevet en egen læge hos borgeren. Skriv den først.";
            let doctor = record.citizen.value.general_practitioner;
            let doctor = doctor.ok_or(AppError::Rule { code: "no_doctor", message })?;
            Ok(known(crate::organizations::partner(tx, doctor)?.value))
        }
        _ => {
            let name = input.to.as_deref().map(str::trim).filter(|name| !name.is_empty());
            let name = name.ok_or_else(|| AppError::field("til", "required", "Skriv, hvem der skal have den."))?;
            let partners = crate::organizations::partners(tx)?;
            let found = partners.into_iter().find(|partner| partner.name.to_lowercase() == name.to_lowercase());
            Ok(found.map_or_else(|| To { name: name.to_owned(), party: None, episode: None, request: None }, known))
        }
    }
}

/// Somebody of the municipality's addresses.
fn known(partner: Organization) -> To {
    let unit = final_note::unit_of(&partner);
    let party = partner.gln.as_ref().map(|gln| parties::receiver(&Ean::from(gln), &unit, false));
    To { name: partner.name, party, episode: None, request: None }
}

/// A message that goes by the mailbox.
struct Message<'a> {
    home: &'a ManagingOrganization,
    record: &'a CitizenRecord,
    kind: NoticeKind,
    words: &'a str,
    basis: &'a Basis,
}

impl Message<'_> {
    /// Queues it; gives the outgoing message.
    fn send(&self, tx: &mut Tx<'_>, to: &To, party: &Party) -> Result<Uuid, AppError> {
        const SQL: &str = "select id from outgoing where organization = $1 and letter_id = $2";
        let text = FormattedText::from_plain(self.words);
        let over = text.length().saturating_sub(medcom::NOTE_WARNING_LENGTH);
        if over > 0 {
            let message = format!("Teksten er {over} tegn for lang til beskeden. Forkort den.");
            return Err(AppError::field("tekst", "too_long", message));
        }
        let (envelope, head) = parties::heads(tx, LetterVersion::Xd9134l)?;
        let message = Correspondence {
            head,
            episode_of_care: to.episode.clone(),
            sender: CorrespondenceSender {
                ean: parties::own_ean(self.home, None).unwrap_or_else(|| Ean(String::new())),
                unit: parties::own_unit(self.home),
                speciality: Some("ikkeklassificeret".into()),
            },
            receiver: party.clone(),
            patient: parties::patient(&self.record.citizen.value)?,
            patient_status: EpisodeOfCareStatus::Inactive,
            about: Some(About { priority: Priority::Routine, subject: self.kind.label().to_owned() }),
            parts: vec![text],
            references: Vec::new(),
        };
        let body = message.write(&envelope)?;
        let letter_id = message.head.identifier.as_str();
        let new = NewOutgoing {
            kind: "XDIS91",
            envelope_id: envelope.identifier.as_str(),
            letter_id,
            receiver: message.receiver.ean.as_str(),
            citizen: Some(self.record.citizen.value.id.0),
            service_request: to.request,
            basis: Some(self.basis.clone()),
            expects_receipt: true,
            body: &body,
            ..NewOutgoing::default()
        };
        enqueue(tx, new)?;
        tx.first(SQL, &[letter_id.into()], |row| row.take())?.ok_or(AppError::NotFound("outgoing"))
    }
}

/// The message that a notice is, for pages.
pub(crate) const fn message_of(kind: NoticeKind) -> Option<CourseMessage> {
    Some(match kind {
        NoticeKind::Confirmed => CourseMessage::Invitation,
        NoticeKind::Seat => CourseMessage::GroupStart,
        NoticeKind::Plan => CourseMessage::Plan,
        NoticeKind::Closing => CourseMessage::ClosingLetter,
        NoticeKind::FollowUp => CourseMessage::FollowUp,
        NoticeKind::Offered => CourseMessage::Offered,
        NoticeKind::DoctorQuestion => CourseMessage::DoctorQuestion,
        NoticeKind::TreatmentReferral => CourseMessage::TreatmentReferral,
        NoticeKind::FamilyClinic => CourseMessage::FamilyClinic,
        NoticeKind::ScreeningResult => CourseMessage::ScreeningResult,
        NoticeKind::NonStart => CourseMessage::NonStart,
        NoticeKind::Transfer => CourseMessage::Transfer,
        NoticeKind::SeatOffer
        | NoticeKind::Cancelled
        | NoticeKind::TimeOff
        | NoticeKind::Reminder
        | NoticeKind::DayReminder => return None,
    })
}

/// The id of a notice, for links.
pub(crate) fn letter_href(id: NoticeId) -> String {
    format!("/beskedliste/{id}/brev")
}
