//! What is told of each state, when it is told, and when a report cannot be built.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::care_plan::{BeforeError, PlanStatus};
use domain::citizen::Identity;
use domain::codes::{ConditionCode, DeliveryType, InterventionCode, StopReason};
use domain::condition::ConditionState;
use domain::encounter::{EncounterBasis, EncounterStatus};
use domain::ids::ServiceRequestId;
use domain::referral::{DeclineReason, FirstStep, ReferralState, ReturnReason};
use domain::service_request::Channel;
use fhir_gateway::sample::{Case, case, condition, encounter, intervention};
use fhir_gateway::{
    BuildError, CheckOptions, DeliveryReport, Inclusion, Options, Outcome, ResourceKind, WithdrawnCondition, build,
    check, check_with,
};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::Value;
use uuid::Uuid;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

/// Everything reported: a referral, a talk held, a condition, a course that runs, contacts.
fn settled() -> Case {
    let mut settled = case(7, 2);
    accept(&mut settled);
    settled
}

fn accept(case: &mut Case) {
    let report = case.build(&Options::default()).unwrap().unwrap();
    case.reported.remember(&report.resources);
}

fn report(case: &Case) -> Option<DeliveryReport> {
    case.build(&Options::default()).unwrap()
}

/// The resources of a kind in a report, as JSON.
fn told(report: &DeliveryReport, kind: ResourceKind) -> Vec<Value> {
    let bundle: Value = serde_json::from_slice(&report.json).unwrap();
    let of_kind = |r: &Value| r["meta"]["profile"][0] == kind.profile();
    bundle["entry"].as_array().unwrap().iter().map(|e| e["resource"].clone()).filter(of_kind).collect()
}

fn changed(report: &DeliveryReport) -> Vec<ResourceKind> {
    report.resources.iter().filter(|r| r.inclusion != Inclusion::Referred).map(|r| r.kind).collect()
}

fn request_status(state: ReferralState, reported: bool) -> Option<String> {
    let mut case = if reported { settled() } else { case(7, 0) };
    if !reported {
        case.record.interventions.clear();
    }
    case.record.service_requests[0].state = state;
    let report = case.build(&Options::default()).unwrap()?;
    let request = told(&report, ResourceKind::ServiceRequest).pop()?;
    Some(request["status"].as_str().unwrap().to_owned())
}

#[test]
fn every_state_of_a_request_is_told_as_chosen() {
    let other = ServiceRequestId(Uuid::nil());
    let reject = ReferralState::Rejected { at: AT, reason: "x".into() };
    let table = [
        (ReferralState::Received, None),
        (ReferralState::Checked { at: AT }, Some("active")),
        (ReferralState::Contacting { attempts: 1, last_at: AT }, Some("active")),
        (ReferralState::Reached { at: AT }, Some("active")),
        (ReferralState::Unreachable { letter_on: date(2026, 1, 1), open_until: date(2026, 1, 31) }, Some("active")),
        (ReferralState::Routed { at: AT, step: FirstStep::ClarifyingTalk }, Some("active")),
        (ReferralState::Joined { at: AT, course: Uuid::nil().into() }, Some("active")),
        (ReferralState::NeverReached { at: AT }, Some("revoked")),
        (ReferralState::Returned { at: AT, reason: ReturnReason::NotForUs }, None),
        (reject, Some("revoked")),
        (ReferralState::Declined { at: AT, reason: DeclineReason::NoNeed }, Some("revoked")),
        (ReferralState::Duplicate { at: AT, of: other }, None),
        (ReferralState::Replaced { at: AT, by: other }, Some("revoked")),
        (ReferralState::Moved { at: AT }, Some("revoked")),
        (ReferralState::Dead { at: AT }, Some("revoked")),
        (ReferralState::EnteredInError { at: AT }, None),
    ];
    for (state, expected) in table {
        assert_eq!(request_status(state.clone(), false).as_deref(), expected, "{}", state.word());
    }
}

#[test]
fn what_is_sent_back_or_withdrawn_is_told_to_who_knew_it() {
    let returned = ReferralState::Returned { at: AT, reason: ReturnReason::LivesElsewhere };
    assert_eq!(request_status(returned, true).as_deref(), Some("revoked"));
    let duplicate = ReferralState::Duplicate { at: AT, of: Uuid::nil().into() };
    assert_eq!(request_status(duplicate, true).as_deref(), Some("revoked"));
    assert_eq!(request_status(ReferralState::EnteredInError { at: AT }, true).as_deref(), Some("entered-in-error"));
}

#[test]
fn a_request_is_completed_when_every_intervention_of_its_course_has_ended() {
    let mut case = settled();
    let done = PlanStatus::Completed { ended_on: date(2026, 12, 1) };
    case.record.care_plans[0].status = done;
    case.record.interventions[1].status = done;
    let completed = report(&case).unwrap();
    assert_eq!(told(&completed, ResourceKind::ServiceRequest)[0]["status"], "completed");
    let basis = fhir_gateway::sample::Basis {
        citizen: case.record.citizen.id,
        course: case.record.interventions[0].course,
        performer: case.record.interventions[0].performer,
    };
    let talk = intervention(Uuid::from_u128(9), basis, InterventionCode::ClosingTalk, date(2026, 12, 1));
    case.record.interventions.push(talk);
    let running = report(&case).unwrap();
    assert!(told(&running, ResourceKind::ServiceRequest).iter().all(|r| r["status"] == "active"));
}

#[test]
fn an_unchanged_record_gives_no_report() {
    assert_eq!(report(&settled()), None);
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let mut case = case(3, 4);
    let first = report(&case).unwrap();
    case.record.encounters.reverse();
    case.record.interventions.reverse();
    case.record.organizations.reverse();
    assert_eq!(report(&case).unwrap(), first);
}

#[test]
fn death_is_told_once_with_nothing_but_the_citizen() {
    let mut case = settled();
    case.record.citizen.deceased_on = Some(date(2026, 5, 1));
    let told_death = report(&case).unwrap();
    assert_eq!(changed(&told_death), [ResourceKind::Citizen]);
    assert_eq!(told_death.resources.len(), 1);
    assert_eq!(told(&told_death, ResourceKind::Citizen)[0]["deceasedBoolean"], true);
    accept(&mut case);
    assert_eq!(report(&case), None);
}

#[test]
fn a_citizen_with_no_more_than_a_number_is_not_told() {
    let mut case = case(1, 0);
    case.record.interventions.clear();
    case.record.service_requests.clear();
    assert_eq!(report(&case), None);
}

#[test]
fn a_record_made_by_mistake_is_withdrawn_only_from_who_knew_it() {
    let mut unknown = case(1, 0);
    unknown.record.citizen.entered_in_error = true;
    assert_eq!(report(&unknown), None);
    let mut known = settled();
    known.record.citizen.entered_in_error = true;
    assert_eq!(told(&report(&known).unwrap(), ResourceKind::Citizen)[0]["active"], false);
}

#[test]
fn only_contacts_that_were_held_are_told_and_mistakes_are_withdrawn() {
    let mut case = settled();
    let plan = case.record.care_plans[0].clone();
    let basis = fhir_gateway::sample::Basis { citizen: plan.citizen, course: plan.course, performer: plan.performer };
    for (i, status) in (900..).zip(EncounterStatus::ALL.iter().filter(|s| **s != EncounterStatus::Finished)) {
        let based_on = EncounterBasis::CarePlan(plan.id);
        let mut contact = encounter(Uuid::from_u128(i), basis, based_on, date(2026, 5, 1), 9);
        contact.status = *status;
        case.record.encounters.push(contact);
    }
    assert_eq!(report(&case), None);
    for status in [EncounterStatus::EnteredInError, EncounterStatus::NoShow, EncounterStatus::Cancelled] {
        case.record.encounters[0].status = status;
        let withdrawn = report(&case).unwrap();
        assert_eq!(changed(&withdrawn), [ResourceKind::Encounter]);
        assert_eq!(told(&withdrawn, ResourceKind::Encounter)[0]["status"], "entered-in-error");
    }
}

#[test]
fn a_withdrawn_condition_is_told_the_way_that_was_chosen() {
    let mut case = settled();
    case.record.conditions[0].state = ConditionState::EnteredInError;
    let both = report(&case).unwrap();
    let condition = &told(&both, ResourceKind::Condition)[0];
    assert_eq!(condition["verificationStatus"]["coding"][0]["code"], "entered-in-error");
    assert_eq!(condition["clinicalStatus"]["coding"][0]["code"], "active");
    assert!(condition.get("category").is_none());
    let lenient = CheckOptions { withdrawn_condition_with_status: true, ..CheckOptions::default() };
    assert!(!check(&both.json).accepted());
    assert!(check_with(&both.json, lenient).accepted());
    let options = Options { withdrawn_condition: WithdrawnCondition::Inactive, ..Options::default() };
    let inactive = case.build(&options).unwrap().unwrap();
    let condition = &told(&inactive, ResourceKind::Condition)[0];
    assert_eq!(condition["clinicalStatus"]["coding"][0]["code"], "inactive");
    assert!(condition.get("category").is_none());
    assert_eq!(check(&inactive.json), Outcome::default());
}

#[test]
fn who_depends_on_a_withdrawn_thing_is_sent_again_without_it() {
    let mut case = settled();
    case.record.conditions[0].state = ConditionState::EnteredInError;
    let withdrawn = report(&case).unwrap();
    assert_eq!(changed(&withdrawn), [ResourceKind::Condition, ResourceKind::PlannedIntervention]);
    let it = &told(&withdrawn, ResourceKind::PlannedIntervention)[0];
    assert!(it["activity"][0]["detail"].get("reasonReference").is_none());
    let mut case = settled();
    case.record.service_requests[0].state = ReferralState::EnteredInError { at: AT };
    let withdrawn = report(&case).unwrap();
    let linked = told(&withdrawn, ResourceKind::PlannedIntervention);
    assert!(linked.iter().all(|it| it.get("extension").is_none()) && !linked.is_empty());
    let mut case = settled();
    case.record.focus_conditions[0].entered_in_error = true;
    let withdrawn = report(&case).unwrap();
    assert_eq!(changed(&withdrawn), [ResourceKind::FocusCondition, ResourceKind::ServiceRequest]);
}

#[test]
fn the_base_of_addresses_is_looked_at_and_needs_no_closing_slash() {
    let case = case(1, 0);
    let with = |base_url| case.build(&Options { base_url, ..Options::default() });
    assert_eq!(with("https://forebyg.invalid/fhir/").unwrap(), report(&case));
    for base in ["", "forebyg", "https://x\"y", "https://x y"] {
        assert!(matches!(with(base), Err(BuildError::BaseUrl)), "{base}");
    }
}

#[test]
fn a_withdrawn_thing_that_nobody_was_told_of_stays_out() {
    let mut case = settled();
    let plan = case.record.care_plans[0].clone();
    let basis = fhir_gateway::sample::Basis { citizen: plan.citizen, course: plan.course, performer: plan.performer };
    let mut wrong = condition(Uuid::from_u128(1), basis, ConditionCode::Weight, date(2026, 5, 1));
    wrong.state = ConditionState::EnteredInError;
    let mut talk = intervention(Uuid::from_u128(2), basis, InterventionCode::NeedsTalk, date(2026, 5, 1));
    talk.status = PlanStatus::EnteredInError { was: BeforeError::InProgress };
    let mut plan = plan;
    plan.id = Uuid::from_u128(3).into();
    plan.status = talk.status;
    case.record.conditions.push(wrong);
    case.record.interventions.push(talk);
    case.record.care_plans.push(plan);
    assert_eq!(report(&case), None);
}

#[test]
fn a_course_that_stops_tells_its_reason_and_its_intervention_does_not() {
    let stopped = report(&case(5, 4)).unwrap();
    let plan = &told(&stopped, ResourceKind::CarePlan)[0];
    assert_eq!((&plan["status"], &plan["activity"][0]["detail"]["status"]), (&"revoked".into(), &"stopped".into()));
    assert!(
        StopReason::from_code(plan["activity"][0]["detail"]["statusReason"]["coding"][0]["code"].as_str().unwrap())
            .is_ok()
    );
    let it = &told(&stopped, ResourceKind::PlannedIntervention)[0];
    assert_eq!(it["activity"][0]["detail"]["status"], "stopped");
    assert!(it["activity"][0]["detail"].get("statusReason").is_none());
}

#[test]
fn who_asked_and_why_is_told_only_of_referrals_by_medcom() {
    let mut by_phone = case(1, 0);
    by_phone.record.service_requests[0].channel = Channel::Phone;
    let request = told(&report(&by_phone).unwrap(), ResourceKind::ServiceRequest).remove(0);
    assert!(request.get("requester").is_none() && request.get("reasonReference").is_none());
    assert!(told(&report(&by_phone).unwrap(), ResourceKind::FocusCondition).is_empty());
    let mut without_sor = case(1, 0);
    without_sor.record.organizations[1].sor = None;
    let request = told(&report(&without_sor).unwrap(), ResourceKind::ServiceRequest).remove(0);
    assert!(request.get("requester").is_none() && request.get("reasonReference").is_some());
}

#[test]
fn days_are_danish_and_times_are_utc() {
    let mut case = case(1, 0);
    case.record.service_requests[0].received_at = "2026-03-04T23:30:00Z".parse().unwrap();
    let request = told(&report(&case).unwrap(), ResourceKind::ServiceRequest).remove(0);
    assert_eq!(request["authoredOn"], "2026-03-05");
    let mut case = settled();
    case.record.encounters[0].start = "2026-03-04T10:00:00+01:00".parse().unwrap();
    case.record.encounters[0].end = "2026-03-04T10:20:00+01:00".parse().unwrap();
    let contact = told(&report(&case).unwrap(), ResourceKind::Encounter).remove(0);
    assert_eq!(contact["period"]["start"], "2026-03-04T09:00:00Z");
    assert_eq!(contact["period"]["end"], "2026-03-04T09:20:00Z");
}

#[test]
fn an_intervention_ends_when_planned_until_it_has_ended() {
    let mut case = settled();
    let granted_on = case.record.interventions[1].granted_on;
    let end = |case: &Case| {
        let report = report(case).unwrap();
        told(&report, ResourceKind::PlannedIntervention)[0]["period"]["end"].as_str().map(str::to_owned)
    };
    case.record.interventions[1].planned_end_on = Some(date(2030, 1, 1));
    assert_eq!(end(&case).as_deref(), Some("2030-01-01"));
    case.record.interventions[1].status = PlanStatus::Completed { ended_on: granted_on };
    assert_eq!(end(&case), Some(granted_on.to_string()));
}

#[test]
fn newer_kinds_of_delivery_are_sent_when_the_gateway_knows_them() {
    let mut case = case(1, 0);
    case.record.interventions[0].delivery = DeliveryType::Digital;
    let code = |terminology_2_2| {
        let options = Options { terminology_2_2, ..Options::default() };
        let it = told(&case.build(&options).unwrap().unwrap(), ResourceKind::PlannedIntervention).remove(0);
        it["activity"][0]["detail"]["extension"][0]["valueCodeableConcept"]["coding"][0]["code"].clone()
    };
    assert_eq!(code(false), DeliveryType::Individual.code());
    assert_eq!(code(true), DeliveryType::Digital.code());
}

#[test]
fn an_organisation_that_should_never_have_been_there_is_withdrawn() {
    let mut case = settled();
    case.record.organizations[1].entered_in_error = true;
    let withdrawn = report(&case).unwrap();
    assert_eq!(changed(&withdrawn), [ResourceKind::Organization]);
    assert_eq!(told(&withdrawn, ResourceKind::Organization)[0]["active"], false);
    case.record.organizations[1].entered_in_error = false;
    case.record.organizations.push(fhir_gateway::sample::organization(Uuid::from_u128(8), "391951000016006"));
    assert_eq!(report(&case), None, "an organisation that nothing refers to is of no interest");
}

#[test]
fn a_request_that_replaces_another_brings_the_old_one_revoked() {
    let mut case = settled();
    let old = case.record.service_requests[0].id;
    let mut new = case.record.service_requests[0].clone();
    new.id = Uuid::from_u128(5).into();
    new.replaces = Some(old);
    case.record.service_requests[0].state = ReferralState::Replaced { at: AT, by: new.id };
    case.record.service_requests.push(new);
    let both = told(&report(&case).unwrap(), ResourceKind::ServiceRequest);
    let new = both.iter().find(|r| r.get("replaces").is_some()).unwrap();
    assert_eq!(new["replaces"][0]["reference"], format!("ServiceRequest/{old}"));
    assert!(both.iter().any(|r| r["status"] == "revoked" && r["id"] == old.to_string()));
}

#[test]
fn without_the_link_a_changed_request_is_still_told() {
    let mut case = settled();
    let options = Options { service_request_link: false, ..Options::default() };
    let again = case.build(&options).unwrap().unwrap();
    case.reported.remember(&again.resources);
    case.record.service_requests[0].state = ReferralState::NeverReached { at: AT };
    let report = case.build(&options).unwrap().unwrap();
    assert_eq!(changed(&report), [ResourceKind::ServiceRequest]);
    assert!(told(&report, ResourceKind::PlannedIntervention).is_empty());
}

#[test]
fn a_citizen_without_a_number_cannot_be_reported() {
    let mut case = case(1, 0);
    case.record.citizen.identity = Identity::Anonymous;
    assert!(matches!(case.build(&Options::default()), Err(BuildError::NotReportable)));
}

#[test]
fn a_performer_without_a_sor_code_is_named_when_a_report_needs_it() {
    let mut case = case(1, 0);
    let performer = case.record.organizations[0].id.0;
    case.record.organizations[0].sor = None;
    assert!(matches!(case.build(&Options::default()), Err(BuildError::PerformerWithoutSor(id)) if id == performer));
}

#[test]
fn a_record_that_does_not_hold_together_is_named() {
    let mut case = settled();
    let lost = Uuid::from_u128(4);
    case.record.interventions[1].care_plan = Some(lost.into());
    let Err(BuildError::Missing { kind, id }) = case.build(&Options::default()) else { panic!("an error") };
    assert_eq!((kind, id), (ResourceKind::CarePlan, lost));
    let twice = case.record.encounters[0].clone();
    case.record.encounters.push(twice);
    let built = build(&case.record.records(), &Options::default(), &case.reported, lost, AT);
    assert!(matches!(built, Err(BuildError::Twice { kind: ResourceKind::Encounter, .. })));
}
