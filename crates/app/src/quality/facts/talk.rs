//! Talks, and what a clarifying or needs talk found out.

use domain::calendar::{Need as Arranged, NeedState};
use domain::care_plan::PlanStatus;
use domain::codes::{EncounterClass, InterventionCode, StopReason};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::follow_up::{FollowUp, FollowUpState};
use domain::planned_intervention::PlannedIntervention;
use domain::referral::ReferralState;
use domain::workdays::local_date;
use standard::facts::Talk;
use standard::facts::words::{TalkAnswer, TalkKind};

use super::CourseView;
use super::codes::made_on;
use super::words::held;

/// The talks of the course. Clarifying, needs and closing talks are interventions of their own; the first contact of a talk
/// about alcohol, and of nicotine cessation that began without another talk, is the talk of that intervention; a follow-up
/// is a talk too. A talk is offered on the day it is granted: it is chosen together with the citizen.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Talk> {
    let planned = view.record.interventions.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let standing = planned.filter(|it| !matches!(it.status, PlanStatus::EnteredInError { .. }));
    let talks = standing.filter_map(|it| {
        let kind = match it.code {
            InterventionCode::ClarifyingTalk => TalkKind::AfklarendeSamtale,
            InterventionCode::NeedsTalk => TalkKind::Behovssamtale,
            InterventionCode::ClosingTalk => TalkKind::AfsluttendeSamtale,
            InterventionCode::AlcoholTalk => TalkKind::ForebyggendeSamtaleAlkohol,
            InterventionCode::NicotineCessation if began_directly(view, it) => TalkKind::Opstartssamtale,
            _ => return None,
        };
        Some(talk(view, it, kind))
    });
    let follow_ups = view.record.follow_ups.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    talks.chain(follow_ups.map(follow_up)).collect()
}

fn talk(view: &CourseView<'_>, planned: &PlannedIntervention, kind: TalkKind) -> Talk {
    let alone = planned.care_plan.is_none();
    let contact = if alone { held(view, planned.id) } else { first_alone(view, planned) };
    let time = view.record.time_of(planned.id).map(|it| &it.value);
    let answer = match planned.status {
        _ if contact.is_some() || time.is_some() => Some(TalkAnswer::Accepted),
        PlanStatus::Cancelled { reason, .. } => declined(reason),
        _ => None,
    };
    let finds_out = matches!(planned.code, InterventionCode::ClarifyingTalk | InterventionCode::NeedsTalk);
    Talk {
        id: if alone { planned.id.to_string() } else { format!("{}-samtale", planned.id) },
        referral: planned.service_request.map(|id| id.to_string()),
        assessment: contact.filter(|_| finds_out).map(|it| it.id.to_string()),
        intervention: (!alone).then(|| planned.id.to_string()),
        planned_on: time.map(|it| local_date(it.start)),
        kind: Some(kind),
        offered_on: Some(planned.granted_on),
        answer,
        held_on: contact.map(|it| local_date(it.start)),
        form: contact.map(|it| form(view, planned, it).to_owned()),
        ..Talk::default()
    }
}

/// Why a talk that was never held ended, as an answer to its offer.
const fn declined(reason: StopReason) -> Option<TalkAnswer> {
    match reason {
        StopReason::NotHeardFrom => Some(TalkAnswer::NoAnswer),
        StopReason::NoNeedCitizen
        | StopReason::OptedOut
        | StopReason::OptedOutOtherDisease
        | StopReason::OptedOutTransportCost
        | StopReason::OptedOutTransportLogistics
        | StopReason::OptedOutOtherTraining => Some(TalkAnswer::Declined),
        StopReason::Event | StopReason::NoNeedProfessional => None,
    }
}

/// Granted when its request was routed, and not as part of a plan: then it begins with its own talk (KS-3.1-03).
fn began_directly(view: &CourseView<'_>, planned: &PlannedIntervention) -> bool {
    let Some(request) = planned.service_request.and_then(|id| view.record.request(id).ok()) else { return false };
    let routed = match request.value.request.state {
        ReferralState::Joined { at, .. } => local_date(at) == planned.granted_on,
        _ => false,
    };
    routed && planned.choice_reason.is_none() && planned.reasons.is_empty()
}

/// The first contact of an intervention with the citizen alone.
fn first_alone<'a>(view: &CourseView<'a>, planned: &PlannedIntervention) -> Option<&'a Encounter> {
    let plan = EncounterBasis::CarePlan(planned.care_plan?);
    let all = view.record.encounters.iter().map(|it| &it.value);
    let mine = all.filter(|it| it.based_on == plan && it.session.is_none() && it.status == EncounterStatus::Finished);
    mine.min_by_key(|it| it.start)
}

/// How it was held; with an interpreter when one was arranged for its time.
fn form(view: &CourseView<'_>, planned: &PlannedIntervention, contact: &Encounter) -> &'static str {
    let times = view.record.appointments.iter().map(|it| &it.value).filter(|it| it.intervention == planned.id);
    let mut needs = times.flat_map(|it| &it.needs);
    if needs.any(|it| it.need == Arranged::Interpreter && it.state == NeedState::Arranged) {
        return "with interpreter";
    }
    match contact.class {
        EncounterClass::AtPremises => "in person",
        EncounterClass::Home => "home visit",
        EncounterClass::Phone => "phone",
        EncounterClass::Screen => "video",
    }
}

fn follow_up(follow_up: &FollowUp) -> Talk {
    let (answer, held_on) = match follow_up.state {
        FollowUpState::Done { on, .. } => (Some(TalkAnswer::Accepted), Some(on)),
        FollowUpState::Declined { .. } => (Some(TalkAnswer::Declined), None),
        FollowUpState::NotReached { .. } => (Some(TalkAnswer::NoAnswer), None),
        FollowUpState::Planned | FollowUpState::Cancelled { .. } => (None, None),
    };
    Talk {
        id: follow_up.id.to_string(),
        intervention: follow_up.stop.map(|id| id.to_string()),
        planned_on: Some(follow_up.due_on),
        kind: Some(TalkKind::OpfoelgendeSamtale),
        offered_on: made_on(follow_up.id.0),
        answer,
        held_on,
        ..Talk::default()
    }
}
