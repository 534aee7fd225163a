//! The citizen, and what they need to take part.

use domain::calendar::{AppointmentReason, AppointmentState, NeedState};
use domain::citizen::Needs as OurNeeds;
use domain::course::CourseState;
use domain::ids::OrganizationId;
use domain::referral::ReferralState;
use domain::safety::Question;
use domain::service_request::{FocusCode, Source};
use domain::workdays::local_date;
use jiff::civil::Date;
use standard::facts::{Citizen, Diagnosis, Listed, MentalIllness, Needs, Noted, Pregnant, Ternary};

use super::{CourseView, KeptBeside, PartnerCodes, alcohol};
use crate::records::{CitizenRecord, StoredRequest};

/// The citizen of a course, with what was answered under safety in it: pregnancy and mental illness. Whether an illness is
/// severe is not recorded.
pub(super) fn of(view: &CourseView<'_>) -> Citizen {
    let answers = view.record.safety_answers.iter().find(|it| it.value.course == view.course.id);
    let said = |question| answers.and_then(|it| it.value.said.get(&question).copied());
    let ill = |yes| if yes { MentalIllness::Yes } else { MentalIllness::No };
    let pregnant = |yes| if yes { Pregnant::Yes } else { Pregnant::No };
    Citizen {
        mental_illness: said(Question::MentalIllness).map(ill),
        // Said with the screening and not on the page of safety: it counts as said.
        pregnant: said(Question::Pregnant).or_else(|| alcohol::pregnant(view)).map(pregnant),
        ..known(view.record, view.partners, view.on)
    }
}

/// What is known of a citizen beside any course: age and sex from the CPR number, the postcode as area, the doctor, death
/// and move, the wish not to be contacted (said at the end of nicotine cessation). Occupation, education and civil status
/// are not recorded as such.
pub(super) fn known(record: &CitizenRecord, partners: &PartnerCodes, on: Date) -> Citizen {
    let citizen = &record.citizen.value;
    let asked_no_contact = record.stop_courses.iter().filter_map(|it| it.value.end);
    Citizen {
        id: citizen.id.to_string(),
        no_contact_on: asked_no_contact.filter(|end| end.no_contact).map(|end| end.on).max(),
        dead_on: citizen.deceased_on,
        moved_on: moved_on(record),
        diagnoses: diagnoses(record),
        age: citizen.age_on(on).map(i32::from),
        sex: citizen.identity.cpr().and_then(|cpr| sex(cpr.as_str())),
        area: citizen.address.as_ref().and_then(|address| address.post_code.clone()),
        gp_unit: doctor(record).map(|id| partners.code(id)),
        ..Citizen::default()
    }
}

/// The citizen's own doctor as it is written, or else the practice of the newest request from one: a request from general
/// practice is one from the citizen's own doctor.
fn doctor(record: &CitizenRecord) -> Option<OrganizationId> {
    let requests = record.requests.iter().map(|it| &it.value.request);
    let practice = requests.filter(|it| it.source == Source::GeneralPractice).max_by_key(|it| it.received_at);
    record.citizen.value.general_practitioner.or_else(|| practice.and_then(|it| it.requester))
}

/// The last digit of a CPR number is odd for men (CPR-kontoret, "Personnummeret i CPR").
fn sex(number: &str) -> Option<String> {
    let last = number.chars().next_back()?.to_digit(10)?;
    Some(if last % 2 == 0 { "female" } else { "male" }.to_owned())
}

/// The day we learned of the move: the course was taken over, or the request ended by it.
fn moved_on(record: &CitizenRecord) -> Option<Date> {
    record.citizen.value.moved_to.as_ref()?;
    let courses = record.courses.iter().filter_map(|it| match it.value.state {
        CourseState::Transferred { at } => Some(at),
        _ => None,
    });
    let requests = record.requests.iter().filter_map(|it| match it.value.request.state {
        ReferralState::Moved { at } => Some(at),
        _ => None,
    });
    courses.chain(requests).max().map(local_date)
}

/// The referral diagnoses that still hold, each code once; the first of the newest letter is the main one. Where staff
/// wrote whether a chronic disease is the ground, that goes for the main one, whatever its code.
fn diagnoses(record: &CitizenRecord) -> Vec<Diagnosis> {
    let mut all: Vec<Diagnosis> = Vec::new();
    let mut requests: Vec<&StoredRequest> = record.requests.iter().map(|it| &it.value).collect();
    requests.sort_by_key(|it| std::cmp::Reverse(it.request.received_at));
    for request in requests {
        if matches!(request.request.state, ReferralState::EnteredInError { .. }) {
            continue;
        }
        let standing = request.focus.iter().filter(|it| it.active && !it.entered_in_error);
        for (at, focus) in standing.enumerate() {
            let (FocusCode::Sks(code) | FocusCode::Icpc(code)) = &focus.code else { continue };
            if all.iter().any(|known| known.code == *code) {
                continue;
            }
            let chronic = request.request.chronic_disease.filter(|_| at == 0);
            let main = all.is_empty();
            all.push(Diagnosis { code: code.clone(), text: Some(focus.text.clone()), main, chronic });
        }
    }
    all
}

/// The needs block, once it was gone through with the citizen; what was arranged comes from the times that were booked.
/// Cognitive needs are not asked about.
pub(super) fn needs(record: &CitizenRecord, kept: &KeptBeside) -> Option<Needs> {
    let citizen = &record.citizen.value;
    let needs = &citizen.needs;
    needs.asked.then(|| Needs {
        answered_on: kept.since.needs_asked_on,
        interpreter: Some(ternary(needs.interpreter)),
        language: citizen.language.clone(),
        sensory: Some(sensory(needs)),
        transport: Some(Noted { answer: needs.transport, ..Noted::default() }),
        companion: Some(ternary(needs.companion)),
        digital: Some(if needs.digital { "help" } else { "self" }.to_owned()),
        arrangement: arrangement(record),
        not_met_reason: not_met(record),
        ..Needs::default()
    })
}

const fn ternary(yes: bool) -> Ternary {
    if yes { Ternary::Yes } else { Ternary::No }
}

fn sensory(needs: &OurNeeds) -> Listed {
    let all = [(needs.hearing, "hearing"), (needs.sight, "sight")];
    let found: Vec<String> = all.into_iter().filter(|(has, _)| *has).map(|(_, word)| word.to_owned()).collect();
    if found.is_empty() { Listed::None } else { Listed::Some(found) }
}

/// What is in place for a time, or seen to by the citizen; each once.
fn arrangement(record: &CitizenRecord) -> Option<String> {
    let needs = record.appointments.iter().flat_map(|it| &it.value.needs);
    let settled = needs.filter(|it| matches!(it.state, NeedState::Arranged | NeedState::Declined));
    let mut texts: Vec<String> = Vec::new();
    for need in settled {
        let text = format!("{}: {}", need.need.label(), need.state.label());
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// Why a need could not be met: written when a time was booked all the same, or the ground on which one was called off.
fn not_met(record: &CitizenRecord) -> Option<String> {
    let booked = record.appointments.iter().flat_map(|it| &it.value.needs);
    let why = booked.filter(|it| it.state == NeedState::NotPossible).find_map(|it| it.reason.clone());
    let called_off = record.appointments.iter().any(|it| {
        let reason = AppointmentReason::Need;
        matches!(it.value.state, AppointmentState::Cancelled { reason: why, .. } if why == reason)
    });
    why.or_else(|| called_off.then(|| AppointmentReason::Need.label().to_owned()))
}
