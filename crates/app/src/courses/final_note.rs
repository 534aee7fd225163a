//! The closing note (XDIS15) to whoever referred: one note per MedCom referral of the course, on the citizen's consent
//! or as a deliberate act under sundhedsloven § 41 with its reason.

use domain::consent::{Basis, ConsentPurpose, may_send};
use domain::course::Course;
use domain::ids::CourseId;
use domain::message::Delivery;
use domain::organization::{ManagingOrganization, Organization};
use domain::task::TaskKind;
use domain::workdays::{day_bounds, local_date, local_time};
use jiff::Timestamp;
use medcom::{
    Address, Ean, Envelope, EpisodeOfCare, FinalNote, IdentifierCode, Incoming, Letter, LetterVersion, NoteReferral,
    NoteSender, NoteText, ReferralLetter, Signed, Unit,
};
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

use super::closing::Closing;
use super::note_text;
use crate::mailbox::{NewOutgoing, enqueue, parties, valid_letter};
use crate::records::{self, CitizenRecord, StoredRequest};
use crate::{App, AppError, Caller, calendar, tasks};

/// What staff add to the note before it is sent.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct NoteInput {
    /// What the practice is asked to do; "Ingen handling" when left out.
    pub action_for_doctor: Option<String>,
    /// Results of tests and measures, before and after.
    pub outcome: Option<String>,
    /// How the citizen sees it.
    pub own_view: Option<String>,
    /// Agreements and follow-up.
    pub agreements: Option<String>,
    /// Why it is sent without consent, as part of a current treatment (§ 41).
    pub section_41: Option<String>,
}

/// What was sent.
#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct NotesSent {
    /// Files, under the data folder.
    pub files: Vec<String>,
    /// Requests whose sender cannot be answered.
    #[schema(value_type = Vec<Uuid>)]
    pub not_answerable: Vec<Uuid>,
    /// Set when the text is longer than old receivers show.
    pub long: bool,
}

/// Queues the closing note of a course to each referrer.
pub async fn send_final_note(
    app: &App,
    who: &Caller,
    course: CourseId,
    input: NoteInput,
) -> Result<NotesSent, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who, limits) = (app.now(), who.clone(), app.message_limits);
    app.store
        .write(who.scope_because("course.final_note", now, input.section_41.clone()), move |tx| {
            send_in(tx, &Closing { who: &who, home: &home, course, now }, &input, limits)
        })
        .await
}

/// The same in a transaction that does more.
pub(super) fn send_in(
    tx: &mut Tx<'_>,
    closing: &Closing<'_>,
    input: &NoteInput,
    limits: medcom::Limits,
) -> Result<NotesSent, AppError> {
    let Closing { who, home, course, now } = *closing;
    let citizen = records::citizen_of(tx, "course", course.0)?;
    let record = records::citizen_record(tx, citizen)?;
    let dead = record.citizen.value.deceased_on.is_some();
    let purpose = ConsentPurpose::StatusToDoctor;
    let section_41 = calendar::section_41(tx, who, input.section_41.as_deref())?;
    let basis = may_send(&record.consent_values(), purpose, section_41, dead)?;
    let sent = Writer { home, who, record: &record, course, input, basis, now, limits }.write_all(tx)?;
    tasks::end(tx, course.0, TaskKind::SendStatus, true)?;
    Ok(sent)
}

/// Somebody that a course's note is meant for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Receiver {
    pub(super) name: String,
    /// A letter reaches them; otherwise it goes on paper.
    pub(super) reached: bool,
}

/// Who the note of a course goes to: every practice or ward that referred, else the citizen's own doctor (KS-2.2-08).
pub(super) fn receivers(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    limits: &medcom::Limits,
) -> Result<Vec<Receiver>, AppError> {
    let mut all = Vec::new();
    for stored in letters_of(record, course) {
        let letter = valid_letter(tx, &stored.request, limits)?;
        let name = letter.as_ref().and_then(|letter| letter.sender.unit.organisation_name.clone());
        let reached = letter.is_some_and(|letter| letter.sender.ean.gln().is_some());
        let receiver = Receiver { name: name.unwrap_or_else(|| "Henviseren".to_owned()), reached };
        if !all.contains(&receiver) {
            all.push(receiver);
        }
    }
    if let Some(doctor) = record.citizen.value.general_practitioner.filter(|_| all.is_empty()) {
        let doctor = crate::organizations::partner(tx, doctor)?.value;
        all.push(Receiver { reached: doctor.gln.is_some(), name: doctor.name });
    }
    Ok(all)
}

/// The newest letter that referred the citizen to a course, with its request; none when nobody did by message.
pub(super) fn referrer(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    limits: &medcom::Limits,
) -> Result<Option<(ReferralLetter, Uuid)>, AppError> {
    let Some(stored) = letters_of(record, course).max_by_key(|stored| stored.request.received_at) else {
        return Ok(None);
    };
    Ok(valid_letter(tx, &stored.request, limits)?.map(|letter| (letter, stored.request.id.0)))
}

/// What the newest status of a course said, when it was taken back before it left. A citizen has one course at a time, so
/// it is a status written since this one began.
pub(super) fn taken_back(
    tx: &mut Tx<'_>,
    course: &Course,
    limits: &medcom::Limits,
) -> Result<Option<NoteInput>, AppError> {
    const SQL: &str = "select delivery, body from outgoing
        where organization = $1 and citizen = $2 and kind = 'XDIS15' and queued_at >= $3
        order by queued_at desc, id desc limit 1";
    let (began, _) = day_bounds(course.opened_on);
    let newest =
        tx.first(SQL, &[course.citizen.0.into(), began.into()], |r| Ok((r.take::<String>()?, r.take::<Vec<u8>>()?)))?;
    let body = newest.filter(|(delivery, _)| delivery == Delivery::TakenBack.word()).map(|(_, body)| body);
    let Some(Ok(Incoming::Emessage(message))) = body.map(|body| medcom::read(&body, limits)) else { return Ok(None) };
    let note = message.letters.into_iter().find_map(|letter| match letter {
        Ok(Letter::FinalNote(note)) => note.clinical,
        _ => None,
    });
    Ok(note.map(|clinical| note_text::read_back(&clinical.text)))
}

/// MedCom referrals that led to a course.
fn letters_of(record: &CitizenRecord, course: CourseId) -> impl Iterator<Item = &StoredRequest> {
    record.requests.iter().map(|r| &r.value).filter(move |r| {
        let joined =
            matches!(&r.request.state, domain::referral::ReferralState::Joined { course: to, .. } if *to == course);
        joined && r.request.letter.is_some()
    })
}

/// What a note in the making has at hand.
struct Writer<'a> {
    home: &'a ManagingOrganization,
    who: &'a Caller,
    record: &'a CitizenRecord,
    course: CourseId,
    input: &'a NoteInput,
    basis: Basis,
    now: Timestamp,
    limits: medcom::Limits,
}

impl Writer<'_> {
    fn write_all(&self, tx: &mut Tx<'_>) -> Result<NotesSent, AppError> {
        let text = note_text::compose(self.record, self.course, self.input);
        let mut sent = NotesSent { long: text.length() > medcom::NOTE_WARNING_LENGTH, ..NotesSent::default() };
        let requests: Vec<&StoredRequest> = letters_of(self.record, self.course).collect();
        if requests.is_empty() {
            self.write_to_own_doctor(tx, &text, &mut sent)?;
        }
        for request in requests {
            match valid_letter(tx, &request.request, &self.limits)? {
                Some(letter) if letter.sender.ean.gln().is_some() => {
                    let note = self.note(tx, request, &letter, text.clone())?;
                    sent.files.push(self.send(tx, note, Some(request.request.id.0))?);
                }
                _ => sent.not_answerable.push(request.request.id.0),
            }
        }
        Ok(sent)
    }

    fn note(
        &self,
        tx: &mut Tx<'_>,
        request: &StoredRequest,
        letter: &ReferralLetter,
        text: medcom::FormattedText,
    ) -> Result<(Envelope, FinalNote), AppError> {
        let newer = letter.version == LetterVersion::Xh1531r;
        let (envelope, head) = parties::heads(tx, LetterVersion::Xd1530l)?;
        let received = local_time(request.request.received_at);
        let note = FinalNote {
            version: if newer { LetterVersion::Xd1531l } else { LetterVersion::Xd1530l },
            head,
            episode_of_care: letter.episode_of_care.clone(),
            sender: self.sender(),
            receiver: parties::receiver(&letter.sender.ean, &letter.sender.unit, newer),
            cc: letter.answer_cc.clone(),
            patient: parties::patient(&self.record.citizen.value)?,
            relatives: Vec::new(),
            referral: Some(NoteReferral {
                identifier: Some(letter.head.identifier.as_str().to_owned()),
                received,
                diagnosis: letter.diagnosis.clone(),
                additional_diagnoses: letter.additional_diagnoses.clone(),
            }),
            referred: Some(received),
            ended: Some(local_time(self.now)),
            clinical: Some(self.clinical(letter.category.clone().filter(|_| newer), text)),
            references: Vec::new(),
        };
        Ok((envelope, note))
    }

    /// A citizen who came without a referral: the note goes to their own doctor when the address is known (KS-2.2-08).
    fn write_to_own_doctor(
        &self,
        tx: &mut Tx<'_>,
        text: &medcom::FormattedText,
        sent: &mut NotesSent,
    ) -> Result<(), AppError> {
        let Some(doctor) = self.record.citizen.value.general_practitioner else { return Ok(()) };
        let doctor = crate::organizations::partner(tx, doctor)?.value;
        let Some(gln) = doctor.gln.clone() else { return Ok(()) };
        let (envelope, head) = parties::heads(tx, LetterVersion::Xd1530l)?;
        let episode: Uuid = crate::ids::new(self.now);
        let note = FinalNote {
            version: LetterVersion::Xd1530l,
            head,
            episode_of_care: EpisodeOfCare(episode.simple().to_string()),
            sender: self.sender(),
            receiver: parties::receiver(&Ean::from(&gln), &unit_of(&doctor), false),
            cc: None,
            patient: parties::patient(&self.record.citizen.value)?,
            relatives: Vec::new(),
            referral: None,
            referred: None,
            ended: Some(local_time(self.now)),
            clinical: Some(self.clinical(None, text.clone())),
            references: Vec::new(),
        };
        sent.files.push(self.send(tx, (envelope, note), None)?);
        Ok(())
    }

    fn sender(&self) -> NoteSender {
        NoteSender {
            ean: parties::own_ean(self.home, None).unwrap_or_else(|| Ean(String::new())),
            unit: parties::own_unit(self.home),
            speciality: Some("ikkeklassificeret".into()),
            speciality_name: "Kommunal forebyggelse".into(),
            contact: None,
        }
    }

    fn clinical(&self, category: Option<medcom::CategoryCode>, text: medcom::FormattedText) -> NoteText {
        let signed = Signed {
            date: Some(local_date(self.now)),
            by: Some(self.who.name.clone()),
            job_title: Some(self.who.title.clone()),
        };
        NoteText { category, signed: Some(signed), text }
    }

    fn send(
        &self,
        tx: &mut Tx<'_>,
        (envelope, note): (Envelope, FinalNote),
        request: Option<Uuid>,
    ) -> Result<String, AppError> {
        let body = note.write(&envelope)?;
        Ok(enqueue(
            tx,
            NewOutgoing {
                kind: "XDIS15",
                envelope_id: envelope.identifier.as_str(),
                letter_id: note.head.identifier.as_str(),
                receiver: note.receiver.ean.as_str(),
                citizen: Some(self.record.citizen.value.id.0),
                service_request: request,
                basis: Some(self.basis.clone()),
                expects_receipt: true,
                body: &body,
                ..NewOutgoing::default()
            },
        )?)
    }
}

pub(super) fn unit_of(partner: &Organization) -> Unit {
    let number = partner.medcom_identifier.as_ref();
    let fallback = partner.gln.as_ref().map(|g| g.as_str().to_owned()).unwrap_or_default();
    Unit {
        identifier: number.map_or(fallback, |n| n.value.clone()),
        identifier_code: number.map_or(IdentifierCode::Lokationsnummer, |n| IdentifierCode::from_code(n.code.word())),
        organisation_name: Some(partner.name.clone()),
        department_name: partner.department.clone(),
        unit_name: None,
        address: Address::default(),
        telephone: None,
    }
}
