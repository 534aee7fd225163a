//! A referral letter becomes a request: a new one, or a new version of the one that it corrects.

mod citizens;
mod corrections;

use std::collections::BTreeSet;

use domain::ids::{CitizenId, FocusConditionId, OrganizationId, ServiceRequestId};
use domain::message::Outcome;
use domain::referral::ReferralState;
use domain::service_request::{
    Channel, Flag, FocusCode, FocusCondition, LetterReference, Owner, Referrer, ServiceRequest, Source,
};
use medcom::{
    CodeSystem, Emessage, IdentifierCode, LetterStatus, OriginalLetter, ReferralLetter, RefusalCause, RefuseCode,
};
use store::Tx;
use uuid::Uuid;

use super::answers::{self, Verdict};
use super::attachments;
use super::queries::{self, Remember};
use super::receive::{Intake, Progress};
use crate::records::{self, StoredRequest};
use crate::{AppError, ids, organizations, tasks};

/// Takes a referral letter in.
pub(super) fn take(
    tx: &mut Tx<'_>,
    intake: &Intake,
    message: &Emessage,
    letter: &ReferralLetter,
    progress: &mut Progress,
) -> Result<Verdict, AppError> {
    progress.sender = Some(letter.sender.ean.0.clone());
    progress.sender_name.clone_from(&letter.sender.unit.organisation_name);
    let envelope = message.envelope.identifier.as_str();
    tx.lock(&format!("letter {} {}", letter.sender.ean, letter.head.identifier))?;
    if let Some(verdict) = seen_before(tx, intake, envelope, letter, progress)? {
        return Ok(verdict);
    }
    if let Some(verdict) = not_for_us(intake, letter) {
        remember(tx, intake, envelope, letter, &verdict, None)?;
        return Ok(verdict);
    }
    // Letters about one citizen wait for each other: a correction must see its original, and no citizen comes twice.
    tx.lock(&format!("citizen {}", letter.patient.id.as_str()))?;
    let citizen = citizens::find_or_add(tx, intake, letter)?;
    progress.citizen = Some(citizen.id.0);
    let index = u16::try_from(progress.verdicts.len()).unwrap_or(u16::MAX);
    let request = match corrections::target(tx, citizen.id, letter)? {
        corrections::Target::Correct(before) => corrections::correct(tx, intake, *before, letter, index)?,
        corrections::Target::OriginalOf(before) => corrections::original_arrived(tx, intake, *before)?,
        corrections::Target::New { lost_original } => {
            let flags = flags(letter, citizen.is_new, lost_original);
            new_request(tx, intake, citizen.id, letter, index, flags)?
        }
    };
    attachments::join_waiting(tx, request, letter)?;
    let verdict = Verdict::Accepted { letter: Some(good(letter)), referral: Some(request.0) };
    remember(tx, intake, envelope, letter, &verdict, Some(citizen.id))?;
    Ok(verdict)
}

/// The same letter again, in the same envelope or a new one: nothing happens, the same answer goes out.
fn seen_before(
    tx: &mut Tx<'_>,
    intake: &Intake,
    envelope: &str,
    letter: &ReferralLetter,
    progress: &mut Progress,
) -> Result<Option<Verdict>, AppError> {
    let sender = letter.sender.ean.as_str();
    let Some(known) = queries::known_letter(tx, sender, letter.head.identifier.as_str())? else { return Ok(None) };
    let verdict = Verdict::Duplicate { letter: known.original, referral: known.referral };
    if known.envelope != envelope {
        let citizen = known.referral.map(|r| records::citizen_of(tx, "service_request", r)).transpose()?;
        remember(tx, intake, envelope, letter, &verdict, citizen)?;
    }
    if let Some(referral) = known.referral {
        progress.citizen = Some(records::citizen_of(tx, "service_request", referral)?.0);
    }
    debug_assert!(known.outcome != Outcome::Quarantined, "a quarantined file has no letters");
    Ok(Some(verdict))
}

/// The receiver must be one of our location numbers, and a number beside it must not name another unit.
fn not_for_us(intake: &Intake, letter: &ReferralLetter) -> Option<Verdict> {
    let (id, version) = (letter.head.identifier.as_str(), letter.version.code());
    let ean = letter.receiver.ean.as_str();
    if !intake.home.glns.iter().any(|g| g.as_str() == ean) {
        let text = format!("lokationsnummeret {ean} hører ikke til {}.", intake.home.name);
        return Some(answers::refuse(id, version, RefuseCode::UkendtLokationsnummer, &text));
    }
    let unit = &letter.receiver.unit;
    let other = match unit.identifier_code {
        IdentifierCode::Kommunenummer => unit.municipality().is_none_or(|code| code != intake.home.code),
        IdentifierCode::Lokationsnummer => !intake.home.glns.iter().any(|g| g.as_str() == unit.identifier),
        _ => false,
    };
    let text = "modtagerens nummer passer ikke til lokationsnummeret.";
    other.then(|| answers::refuse(id, version, RefuseCode::ProblemMedModtagerId, text))
}

fn good(letter: &ReferralLetter) -> OriginalLetter {
    OriginalLetter {
        identifier: letter.head.identifier.as_str().to_owned(),
        version: letter.version.code().to_owned(),
        refusal: RefusalCause::default(),
    }
}

fn remember(
    tx: &mut Tx<'_>,
    intake: &Intake,
    envelope: &str,
    letter: &ReferralLetter,
    verdict: &Verdict,
    citizen: Option<CitizenId>,
) -> Result<(), AppError> {
    let (original, outcome) = match verdict {
        Verdict::Refused { letter, .. } => (letter.as_ref(), Outcome::Refused),
        Verdict::Duplicate { letter, .. } => {
            (Some(letter), if letter.refusal.is_empty() { Outcome::Accepted } else { Outcome::Refused })
        }
        _ => (None, Outcome::Accepted),
    };
    let known = Remember {
        sender: letter.sender.ean.as_str(),
        letter: letter.head.identifier.as_str(),
        envelope,
        version: letter.version.code(),
        outcome,
        referral: verdict.referral(),
        citizen: citizen.map(|c| c.0),
        refusal: original.map(|o| &o.refusal).filter(|r| !r.is_empty()),
    };
    Ok(queries::remember(tx, intake, &known)?)
}

fn flags(letter: &ReferralLetter, new_citizen: bool, lost_original: bool) -> BTreeSet<Flag> {
    [
        letter.sender.ean.gln().is_none().then_some(Flag::CannotBeAnswered),
        new_citizen.then_some(Flag::UnknownCitizen),
        lost_original.then_some(Flag::CorrectionWithoutOriginal),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn new_request(
    tx: &mut Tx<'_>,
    intake: &Intake,
    citizen: CitizenId,
    letter: &ReferralLetter,
    index: u16,
    flags: BTreeSet<Flag>,
) -> Result<ServiceRequestId, AppError> {
    let partner = organizations::partner_from_unit(ids::new(intake.at), &letter.sender.ean, &letter.sender.unit);
    let requester: OrganizationId = organizations::find_or_add(tx, partner)?;
    let focus = focus_conditions(intake, citizen, letter);
    let request = ServiceRequest {
        id: ids::new(intake.at),
        citizen,
        received_at: intake.at,
        source: source(intake, letter),
        channel: Channel::Medcom,
        requester: Some(requester),
        referrer: Some(Referrer {
            name: letter.sender.referrer.name.clone(),
            title: letter.sender.referrer.title.clone(),
        }),
        areas: BTreeSet::new(),
        chronic_disease: None,
        operation_on: None,
        reason: letter.anamnesis.as_ref().map(medcom::FormattedText::to_plain_text),
        letter: Some(reference(intake, letter, index)),
        focus_conditions: focus.iter().map(|f| f.id).collect(),
        state: ReferralState::Received,
        owner: Owner::Intake,
        replaces: None,
        flags,
        sender_told_at: None,
        asked_at: None,
        answered_at: None,
        next_attempt_on: None,
    };
    let stored = StoredRequest::new(request, focus, &intake.home.settings.limits);
    records::add(tx, &stored)?;
    tasks::for_new_request(tx, &stored)?;
    Ok(stored.request.id)
}

fn reference(intake: &Intake, letter: &ReferralLetter, index: u16) -> LetterReference {
    LetterReference {
        message: intake.message,
        index,
        letter_id: letter.head.identifier.as_str().to_owned(),
        version: letter.version.code().to_owned(),
        sender_ean: letter.sender.ean.0.clone(),
        episode_of_care: letter.episode_of_care.0.clone(),
        category: letter.category.as_ref().map(|c| c.code().to_owned()),
    }
}

fn focus_conditions(intake: &Intake, citizen: CitizenId, letter: &ReferralLetter) -> Vec<FocusCondition> {
    let make = |code: medcom::FocusCode| FocusCondition {
        id: ids::new::<FocusConditionId>(intake.at),
        citizen,
        code: focus_code(&code),
        text: code.text,
        active: true,
        entered_in_error: false,
    };
    letter.focus_codes().into_iter().map(make).collect()
}

fn focus_code(code: &medcom::FocusCode) -> FocusCode {
    match (code.system, &code.code) {
        (CodeSystem::Sks, Some(code)) => FocusCode::Sks(code.clone()),
        (CodeSystem::Icpc, Some(code)) => FocusCode::Icpc(code.clone()),
        (CodeSystem::Sks | CodeSystem::Icpc | CodeSystem::Text, _) => FocusCode::Text,
    }
}

/// Who refers, from the kind of number the sender has; a location or SOR number says nothing, so the speciality does.
fn source(intake: &Intake, letter: &ReferralLetter) -> Source {
    let unit = &letter.sender.unit;
    let general = letter.sender.speciality.as_deref().is_none_or(|s| s == "almen_medicin");
    match unit.identifier_code {
        IdentifierCode::Kommunenummer if unit.municipality().is_some_and(|c| c == intake.home.code) => {
            Source::MunicipalDepartment
        }
        IdentifierCode::Kommunenummer => Source::OtherMunicipality,
        IdentifierCode::Sygehusafdelingsnummer => Source::Hospital,
        IdentifierCode::Ydernummer if !general => Source::Specialist,
        IdentifierCode::Ydernummer => Source::GeneralPractice,
        _ if general => Source::GeneralPractice,
        _ => Source::Hospital,
    }
}

/// Whether a letter corrects an earlier one.
fn corrects(letter: &ReferralLetter) -> bool {
    letter.head.status == LetterStatus::Corrected
}

/// Whose a request is, for a caller that has only its id.
pub(super) fn request_by_id(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    id: Uuid,
) -> Result<store::Versioned<StoredRequest>, AppError> {
    records::one(tx, citizen.0, id)?.ok_or(AppError::NotFound("service_request"))
}
