//! Interventions of a course, and which of them a contact, a result or an answer belongs to.

use domain::care_plan::PlanStatus;
use domain::codes::{DeliveryType, InterventionCode, StopReason};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::planned_intervention::PlannedIntervention;
use domain::safety::Question;
use domain::workdays::local_date;
use jiff::civil::Date;
use standard::facts::words::{Format, Fsiii, InterventionStatus, OfferAnswer};
use standard::facts::{Intervention, Span};

use super::CourseView;
use super::codes::{fsiii, said};
use super::words::talks_held;

/// The granted interventions of the course; talks and follow-ups stand among the talks. An AUDIT without a granted talk
/// about alcohol makes that talk one that is considered.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Intervention> {
    let granted = granted(view).map(|it| one(view, it));
    let considered = considered_talk(view).map(|id| Intervention {
        id,
        fsiii_code: Some(Fsiii::SamtaleOmAlkohol),
        ..Intervention::default()
    });
    granted.chain(considered).collect()
}

/// What was granted, without talks, follow-ups and what was registered wrongly.
pub(super) fn granted<'a>(view: &CourseView<'a>) -> impl Iterator<Item = &'a PlannedIntervention> + use<'a> {
    let course = view.course.id;
    let mine = view.record.interventions.iter().map(|it| &it.value).filter(move |it| it.course == course);
    mine.filter(|it| !it.code.is_talk() && it.code != InterventionCode::FollowUp)
        .filter(|it| !matches!(it.status, PlanStatus::EnteredInError { .. }))
}

/// Those of a code.
pub(super) fn of_code<'a>(
    view: &CourseView<'a>,
    codes: &'static [InterventionCode],
) -> impl Iterator<Item = &'a PlannedIntervention> + use<'a> {
    granted(view).filter(|it| codes.contains(&it.code))
}

/// The intervention that something of a day belongs to: the one of its code that was granted last by then, or else the first
/// that was granted after.
pub(super) fn owner<'a>(
    view: &CourseView<'a>,
    codes: &'static [InterventionCode],
    on: Date,
) -> Option<&'a PlannedIntervention> {
    let before = of_code(view, codes).filter(|it| it.granted_on <= on).max_by_key(|it| (it.granted_on, it.id.0));
    before.or_else(|| of_code(view, codes).min_by_key(|it| (it.granted_on, it.id.0)))
}

/// The id of a talk about alcohol that is only considered: there is an AUDIT, and no talk was granted.
pub(super) fn considered_talk(view: &CourseView<'_>) -> Option<String> {
    let talk = of_code(view, &[InterventionCode::AlcoholTalk]).next();
    let audits = view.record.responses.iter().map(|it| &it.value).filter(|it| it.course == Some(view.course.id));
    let asked = audits.filter(|it| it.instrument == "audit" && !it.entered_in_error).count() > 0;
    let typed = answers(view).is_some_and(|it| it.audit_total.is_some());
    (talk.is_none() && (asked || typed)).then(|| format!("{}-{}", view.course.id, Fsiii::SamtaleOmAlkohol.word()))
}

/// What was answered on the page of safety in the course.
pub(super) fn answers<'a>(view: &CourseView<'a>) -> Option<&'a domain::safety::SafetyAnswers> {
    view.record.safety_answers.iter().map(|it| &it.value).find(|it| it.course == view.course.id)
}

/// Yes or no to a question of that page; none when it was not answered.
pub(super) fn answer(view: &CourseView<'_>, question: Question) -> Option<bool> {
    answers(view)?.said.get(&question).copied()
}

/// The day of a yes to a question of that page: what it tells of was done by then.
pub(super) fn yes_on(view: &CourseView<'_>, question: Question) -> Option<Date> {
    let yes = answer(view, question) == Some(true);
    view.kept.since.answered_on.get(&(view.course.id, question)).copied().filter(|_| yes)
}

/// Whether a contact is one of an intervention. Interventions that share a plan are one course in a team; the first of them
/// has its contacts.
pub(super) fn is_contact_of(view: &CourseView<'_>, it: &PlannedIntervention, contact: &Encounter) -> bool {
    match contact.based_on {
        EncounterBasis::Intervention(id) => id == it.id,
        EncounterBasis::CarePlan(plan) => {
            granted(view).find(|other| other.care_plan == Some(plan)).is_some_and(|first| first.id == it.id)
        }
    }
}

/// The contacts of an intervention, whether held or not.
pub(super) fn contacts<'a>(view: &CourseView<'a>, it: &PlannedIntervention) -> Vec<&'a Encounter> {
    let all = view.record.encounters.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    all.filter(|one| one.status != EncounterStatus::EnteredInError && is_contact_of(view, it, one)).collect()
}

fn one(view: &CourseView<'_>, it: &PlannedIntervention) -> Intervention {
    let digital = view.record.digital_course(it.id).map(|of| &of.value);
    let held: Vec<&Encounter> =
        contacts(view, it).into_iter().filter(|one| one.status == EncounterStatus::Finished).collect();
    let first = held.iter().map(|one| local_date(one.start)).min();
    let assessments = talks_held(view);
    let assessed = assessments.iter().rev().find(|(_, talk)| local_date(talk.start) <= it.granted_on);
    let reasons = view.record.conditions.iter().map(|one| &one.value).filter(|one| it.reasons.contains(&one.id));
    Intervention {
        id: it.id.to_string(),
        offer: digital.map(|of| of.offer.to_string()),
        referral: it.service_request.map(|id| id.to_string()),
        planned_start_on: view.record.time_of(it.id).map(|time| local_date(time.value.start)),
        fsiii_code: Some(fsiii(it.code)),
        offered_on: Some(it.granted_on),
        answer: Some(offer_answer(it)),
        granted_on: Some(it.granted_on),
        started_on: it.status.started_on().or(first),
        ended_on: it.status.ended_on(),
        stopped_on: it.status.ended_on().filter(|_| matches!(it.status, PlanStatus::Stopped { .. })),
        status: status(it.status),
        stop_reason: it.status.reason().map(|reason| stop_reason(reason).to_owned()),
        delivery_type: Some(delivery_type(it.delivery).to_owned()),
        format: Some(format_of(it.delivery, &held)),
        assessment_id: assessed.map(|(_, talk)| talk.id.to_string()),
        reason_conditions: reasons.map(|one| one.code.label().to_lowercase()).collect(),
        choice_reason: it.choice_reason.as_deref().and_then(said),
        paused: pause(it.status).into_iter().collect(),
        supplier_id: Some(supplier(view, it)),
        ..Intervention::default()
    }
}

/// What is granted was agreed with the citizen, so it is accepted; in a group without a seat it waits; called off by the
/// citizen before it began it is declined.
const fn offer_answer(it: &PlannedIntervention) -> OfferAnswer {
    match it.status {
        PlanStatus::Cancelled { reason, .. } if is_the_citizens(reason) => OfferAnswer::Declined,
        PlanStatus::Granted if matches!(it.delivery, DeliveryType::Group) && it.team.is_none() => OfferAnswer::Waiting,
        _ => OfferAnswer::Accepted,
    }
}

const fn is_the_citizens(reason: StopReason) -> bool {
    match reason {
        StopReason::NoNeedCitizen
        | StopReason::OptedOut
        | StopReason::OptedOutOtherDisease
        | StopReason::OptedOutTransportCost
        | StopReason::OptedOutTransportLogistics
        | StopReason::OptedOutOtherTraining => true,
        StopReason::Event | StopReason::NotHeardFrom | StopReason::NoNeedProfessional => false,
    }
}

const fn status(status: PlanStatus) -> Option<InterventionStatus> {
    match status {
        PlanStatus::Granted => Some(InterventionStatus::Granted),
        PlanStatus::Active { .. } => Some(InterventionStatus::Active),
        PlanStatus::Paused { .. } => Some(InterventionStatus::Paused),
        PlanStatus::Completed { .. } => Some(InterventionStatus::Completed),
        PlanStatus::Cancelled { .. } => Some(InterventionStatus::Cancelled),
        PlanStatus::Stopped { .. } => Some(InterventionStatus::Stopped),
        PlanStatus::EnteredInError { .. } => None,
    }
}

const fn stop_reason(reason: StopReason) -> &'static str {
    match reason {
        StopReason::Event => "haendelse",
        StopReason::NotHeardFrom => "udeblevet",
        StopReason::NoNeedCitizen => "ikke_behov_borger",
        StopReason::NoNeedProfessional => "ikke_behov_fagperson",
        StopReason::OptedOut => "aktivt_fravalg",
        StopReason::OptedOutOtherDisease => "fravalg_anden_sygdom",
        StopReason::OptedOutTransportCost => "fravalg_transport_oekonomi",
        StopReason::OptedOutTransportLogistics => "fravalg_transport_logistik",
        StopReason::OptedOutOtherTraining => "fravalg_anden_traening",
    }
}

const fn delivery_type(delivery: DeliveryType) -> &'static str {
    match delivery {
        DeliveryType::Individual => "individuel",
        DeliveryType::Group => "gruppebaseret",
        DeliveryType::Digital => "digital levering",
        DeliveryType::Robot => "robot",
    }
}

/// As it was granted; mixed once it was also delivered the other way.
fn format_of(delivery: DeliveryType, held: &[&Encounter]) -> Format {
    let (together, alone) = (held.iter().any(|it| it.session.is_some()), held.iter().any(|it| it.session.is_none()));
    match delivery {
        DeliveryType::Group if alone => Format::Mixed,
        DeliveryType::Group => Format::Group,
        _ if together => Format::Mixed,
        DeliveryType::Individual | DeliveryType::Digital | DeliveryType::Robot => Format::Individual,
    }
}

/// The pause that runs now; earlier ones are in earlier versions.
fn pause(status: PlanStatus) -> Option<Span> {
    match status {
        PlanStatus::Paused { since, .. } => Some(Span { from: Some(since), to: None }),
        _ => None,
    }
}

/// Who has it: a supplier, or our own people.
fn supplier(view: &CourseView<'_>, it: &PlannedIntervention) -> String {
    let given = view.record.supplier_enrolment(it.id).map(|of| &of.value).filter(|of| of.is_there());
    given.map_or_else(|| "own".to_owned(), |of| view.partners.code(of.supplier))
}
