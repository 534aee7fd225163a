//! Correspondence on the way (XDIS91): it belongs to the citizen it names, and to the referral it is about.
//!
//! XDIS91 has no pointer to the letter it answers (MedCom). The course id tells, or the number of the letter in the
//! subject, or that this sender owes an answer about this citizen.

use domain::ids::CitizenId;
use domain::message::Outcome;
use domain::service_request::{Flag, ServiceRequest};
use domain::task::TaskKind;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use medcom::{Correspondence, Emessage};
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use super::answers::Verdict;
use super::attachments::{citizen_by_number, not_ours, original};
use super::queries::{self, Remember};
use super::receive::{Intake, Progress};
use crate::AppError;
use crate::records::{self, StoredRequest};
use crate::tasks::{self, NewTask};

const VERSION: &str = "XD9134L";

/// Takes correspondence in; about somebody we do not know it is kept for the operator.
pub(super) fn take(
    tx: &mut Tx<'_>,
    intake: &Intake,
    message: &Emessage,
    letter: &Correspondence,
    progress: &mut Progress,
) -> Result<Verdict, AppError> {
    let (sender, id) = (letter.sender.ean.as_str(), letter.head.identifier.as_str());
    progress.sender = Some(sender.to_owned());
    progress.sender_name.clone_from(&letter.sender.unit.organisation_name);
    tx.lock(&format!("letter {sender} {id}"))?;
    if let Some(known) = queries::known_letter(tx, sender, id)? {
        return Ok(Verdict::Duplicate { letter: known.original, referral: known.referral });
    }
    if let Some(verdict) = not_ours(intake, letter.receiver.ean.as_str(), id, VERSION) {
        return Ok(verdict);
    }
    tx.lock(&format!("citizen {}", letter.patient.id.as_str()))?;
    progress.citizen = citizen_by_number(tx, letter.patient.id.as_str())?;
    let about = match progress.citizen {
        Some(citizen) => request_about(tx, CitizenId(citizen), letter)?,
        None => None,
    };
    let referral = about.as_ref().map(|before| before.value.request.id.0);
    if let Some(before) = about {
        land(tx, intake, before)?;
    }
    let known = Remember {
        sender,
        letter: id,
        envelope: message.envelope.identifier.as_str(),
        version: VERSION,
        outcome: Outcome::Accepted,
        referral,
        citizen: progress.citizen,
        refusal: None,
    };
    queries::remember(tx, intake, &known)?;
    Ok(Verdict::Accepted { letter: Some(original(id, VERSION)), referral })
}

/// The request that a letter is about; none when nothing ties it to one.
fn request_about(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    letter: &Correspondence,
) -> Result<Option<Versioned<StoredRequest>>, AppError> {
    let mut best: Option<(u8, Versioned<StoredRequest>)> = None;
    for id in requests_by_message(tx, citizen)? {
        let Some(found) = records::one::<StoredRequest>(tx, citizen.0, id)? else { continue };
        let fit = fit(&found.value.request, letter);
        // Of several that fit as well, the newest: they come in the order of their ids.
        if fit > 0 && best.as_ref().is_none_or(|(before, _)| fit >= *before) {
            best = Some((fit, found));
        }
    }
    Ok(best.map(|(_, found)| found))
}

fn requests_by_message(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Vec<Uuid>, StoreError> {
    const SQL: &str = "select id from service_request
        where organization = $1 and citizen = $2 and sender_ean is not null order by id";
    tx.query(SQL, &[citizen.0.into()], |r| r.take())
}

/// How surely a letter is about a request; 0 when it is not. A request that waits for this answer comes before one with
/// the same marks that does not.
fn fit(request: &ServiceRequest, letter: &Correspondence) -> u8 {
    let Some(reference) = &request.letter else { return 0 };
    let episode = letter.episode_of_care.as_ref().map(medcom::EpisodeOfCare::normalised);
    let same_course = episode.is_some_and(|e| e == medcom::normalised_id(&reference.episode_of_care));
    let same_sender = reference.sender_ean == letter.sender.ean.as_str();
    let subject = letter.about.as_ref().map_or("", |about| about.subject.as_str());
    let names_letter = same_sender && names(subject, &reference.letter_id);
    let waits = request.waits_since().is_some();
    match () {
        () if same_course || names_letter => 2 + u8::from(waits) + u8::from(request.state.is_open()),
        () if waits && same_sender => 1,
        () => 0,
    }
}

/// Whether a subject has a letter's number as a word of its own.
fn names(subject: &str, letter: &str) -> bool {
    subject.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(letter))
}

/// The request has an answer to be read, by a habit of the house on the next working day, and waits no more.
fn land(tx: &mut Tx<'_>, intake: &Intake, before: Versioned<StoredRequest>) -> Result<(), AppError> {
    let mut request = before.value.request.clone();
    request.answered_at = Some(intake.at);
    request.flags.remove(&Flag::BackgroundMissing);
    request.flags.insert(Flag::Answered);
    let now = StoredRequest::new(request, before.value.focus, &intake.home.settings.limits);
    records::save(tx, before.version, &now)?;
    let request = &now.request;
    tasks::end(tx, request.id.0, TaskKind::AwaitAnswer, true)?;
    // Two answers are one task: both stand on the same page.
    tasks::end(tx, request.id.0, TaskKind::ReadAnswer, false)?;
    let task = NewTask {
        citizen: Some(request.citizen),
        subject: request.id.0,
        kind: TaskKind::ReadAnswer,
        due_on: add_workdays(local_date(intake.at), 1, ExtraClosedDays::default()),
        owner: &request.owner,
        rule: "sender_answered",
    };
    Ok(tasks::add(tx, &task)?)
}
