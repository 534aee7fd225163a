//! Corrections (`rettetbrev`). MedCom gives no pointer to the corrected letter: an open request with the same sender,
//! citizen and episode of care is it, when there is exactly one. Nothing is overwritten in silence: the version before
//! stays, staff are told, and what changed is shown.

use domain::ids::{CitizenId, ServiceRequestId};
use domain::service_request::{Flag, FocusCondition};
use domain::task::TaskKind;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use medcom::ReferralLetter;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use super::super::receive::Intake;
use super::{corrects, focus_conditions, reference, request_by_id};
use crate::AppError;
use crate::records::{self, StoredRequest};
use crate::tasks::{self, NewTask};

/// What a letter is to the requests that are open.
pub(super) enum Target {
    /// It corrects this one.
    Correct(Box<Versioned<StoredRequest>>),
    /// It is the original of this one, whose correction came first.
    OriginalOf(Box<Versioned<StoredRequest>>),
    /// A request of its own; `lost_original` when it says it is a correction but none, or several, fit.
    New { lost_original: bool },
}

pub(super) fn target(tx: &mut Tx<'_>, citizen: CitizenId, letter: &ReferralLetter) -> Result<Target, AppError> {
    let mut open = open_requests(tx, citizen, letter)?;
    let one = if open.len() == 1 { open.pop() } else { None };
    match (corrects(letter), one) {
        (true, Some(id)) => Ok(Target::Correct(Box::new(request_by_id(tx, citizen, id)?))),
        (true, None) => Ok(Target::New { lost_original: true }),
        (false, Some(id)) => {
            let before = request_by_id(tx, citizen, id)?;
            let waits = before.value.request.flags.contains(&Flag::CorrectionWithoutOriginal);
            Ok(if waits { Target::OriginalOf(Box::new(before)) } else { Target::New { lost_original: false } })
        }
        (false, None) => Ok(Target::New { lost_original: false }),
    }
}

fn open_requests(tx: &mut Tx<'_>, citizen: CitizenId, letter: &ReferralLetter) -> Result<Vec<Uuid>, StoreError> {
    // A request that has become part of a course can still be corrected by its sender.
    const SQL: &str = "select id from service_request where organization = $1 and episode_of_care = $2 and citizen = $3
        and sender_ean = $4 and (open or state = 'joined')";
    let episode = letter.episode_of_care.normalised();
    tx.query(SQL, &[(&episode).into(), citizen.0.into(), letter.sender.ean.as_str().into()], |r| r.take())
}

/// Makes the corrected letter the valid one. Conditions that stay keep their ids; those that fell away are withdrawn. Somebody
/// reads it on the next working day: a habit of the house.
pub(super) fn correct(
    tx: &mut Tx<'_>,
    intake: &Intake,
    before: Versioned<StoredRequest>,
    letter: &ReferralLetter,
    index: u16,
) -> Result<ServiceRequestId, AppError> {
    let mut request = before.value.request.clone();
    let told = focus_conditions(intake, request.citizen, letter);
    let focus = merge(&before.value.focus, told);
    request.focus_conditions = focus.iter().filter(|f| !f.entered_in_error).map(|f| f.id).collect();
    request.letter = Some(reference(intake, letter, index));
    request.reason = letter.anamnesis.as_ref().map(medcom::FormattedText::to_plain_text);
    request.flags.insert(Flag::Corrected);
    let now = StoredRequest::new(request, focus, &intake.home.settings.limits);
    records::save(tx, before.version, &now)?;
    tasks::follow_request(tx, &before.value, &now)?;
    let request = &now.request;
    tasks::add(
        tx,
        &NewTask {
            citizen: Some(request.citizen),
            subject: request.id.0,
            kind: TaskKind::ReadCorrection,
            due_on: add_workdays(local_date(intake.at), 1, ExtraClosedDays::default()),
            owner: &request.owner,
            rule: "medcom",
        },
    )?;
    Ok(request.id)
}

/// The conditions now: those told, with the id they had, and those no longer told, withdrawn.
fn merge(before: &[FocusCondition], told: Vec<FocusCondition>) -> Vec<FocusCondition> {
    let same = |a: &FocusCondition, b: &FocusCondition| {
        a.code == b.code && (a.text == b.text || a.code != domain::service_request::FocusCode::Text)
    };
    let kept = |new: FocusCondition| match before.iter().find(|old| !old.entered_in_error && same(old, &new)) {
        Some(old) => FocusCondition { id: old.id, ..new },
        None => new,
    };
    let mut now: Vec<FocusCondition> = told.into_iter().map(kept).collect();
    let gone = before.iter().filter(|old| !now.iter().any(|new| new.id == old.id));
    let gone: Vec<_> =
        gone.map(|old| FocusCondition { active: false, entered_in_error: true, ..old.clone() }).collect();
    now.extend(gone);
    now
}

/// The original came after its correction: it adds nothing but the certainty that nothing is missing.
pub(super) fn original_arrived(
    tx: &mut Tx<'_>,
    intake: &Intake,
    before: Versioned<StoredRequest>,
) -> Result<ServiceRequestId, AppError> {
    let mut request = before.value.request.clone();
    request.flags.remove(&Flag::CorrectionWithoutOriginal);
    let now = StoredRequest::new(request, before.value.focus, &intake.home.settings.limits);
    records::save(tx, before.version, &now)?;
    Ok(now.request.id)
}
