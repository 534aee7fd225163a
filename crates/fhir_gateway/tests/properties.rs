//! What holds for any record and any bytes.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::care_plan::{BeforeError, PlanStatus};
use domain::codes::{CarePlanCategory, ConditionCode, DeliveryType, EncounterClass, InterventionCode, StopReason};
use domain::condition::ConditionState;
use domain::encounter::{EncounterBasis, EncounterStatus};
use domain::referral::{DeclineReason, ReferralState, ReturnReason};
use domain::service_request::{Channel, FocusCode};
use fhir_gateway::sample::{
    Basis, Record, Seed, care_plan, citizen, condition, encounter, focus_condition, intervention, organization,
    reports, service_request, sor,
};
use fhir_gateway::{Options, Reported, WithdrawnCondition, build, check, check_with};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn day(seed: &mut Seed) -> Date {
    date(2025, 1, 1).saturating_add(i64::try_from(seed.below(200)).unwrap().days())
}

fn plan_status(seed: &mut Seed, from: Date) -> PlanStatus {
    let ended_on = from.saturating_add(30.days());
    let reason = *seed.pick(StopReason::ALL);
    let was = *seed.pick(&[
        BeforeError::InProgress,
        BeforeError::Completed,
        BeforeError::Cancelled(reason),
        BeforeError::Stopped(reason),
    ]);
    *seed.pick(&[
        PlanStatus::Granted,
        PlanStatus::Active { started_on: from },
        PlanStatus::Paused { started_on: None, since: from },
        PlanStatus::Completed { ended_on },
        PlanStatus::Cancelled { ended_on, reason },
        PlanStatus::Stopped { ended_on, reason },
        PlanStatus::EnteredInError { was },
    ])
}

fn request_state(seed: &mut Seed, course: Uuid) -> ReferralState {
    let states = [
        ReferralState::Received,
        ReferralState::Checked { at: AT },
        ReferralState::Joined { at: AT, course: course.into() },
        ReferralState::NeverReached { at: AT },
        ReferralState::Returned { at: AT, reason: ReturnReason::NotForUs },
        ReferralState::Declined { at: AT, reason: DeclineReason::NotNow },
        ReferralState::EnteredInError { at: AT },
    ];
    seed.pick(&states).clone()
}

/// A valid record of any shape: requests, courses with what they hold, talks and contacts, each in any state.
fn record(seed: &mut Seed, size: usize) -> Record {
    let person = citizen(seed.uuid(), "2512489996");
    let performer = organization(seed.uuid(), "1037791000016002");
    let course = seed.uuid();
    let basis = Basis { citizen: person.id, course: course.into(), performer: performer.id };
    let mut record = Record::new(sor("451000016003"), person);
    record.organizations.push(performer);
    for _ in 0..seed.below(size) {
        request(seed, basis, &mut record);
    }
    for _ in 0..seed.below(size) {
        let on = day(seed);
        let mut found = condition(seed.uuid(), basis, *seed.pick(ConditionCode::ALL), on);
        found.state = *seed.pick(ConditionState::ALL);
        record.conditions.push(found);
    }
    for _ in 0..seed.below(size) {
        granted(seed, basis, &mut record);
    }
    change(seed, &mut record);
    record
}

fn request(seed: &mut Seed, basis: Basis, record: &mut Record) {
    let requester = organization(seed.uuid(), "1071391000016009");
    let text = *seed.pick(&["KOL", " "]);
    let mut focus = focus_condition(seed.uuid(), basis.citizen, "DJ44", text);
    focus.code = seed.pick(&[FocusCode::Sks("DJ44".into()), FocusCode::Icpc("R95".into()), FocusCode::Text]).clone();
    let mut it = service_request(seed.uuid(), basis.citizen, AT);
    it.channel = *seed.pick(Channel::ALL);
    it.requester = Some(requester.id);
    it.focus_conditions = vec![focus.id];
    it.replaces = record.service_requests.last().map(|old| old.id);
    it.state = request_state(seed, basis.course.0);
    record.organizations.push(requester);
    record.focus_conditions.push(focus);
    record.service_requests.push(it);
}

/// An intervention, with its course unless it is a talk, and contacts.
fn granted(seed: &mut Seed, basis: Basis, record: &mut Record) {
    let code = *seed.pick(InterventionCode::ALL);
    let on = day(seed);
    let mut it = intervention(seed.uuid(), basis, code, on);
    it.delivery = *seed.pick(DeliveryType::ALL);
    it.reasons = record.conditions.iter().map(|c| c.id).collect();
    it.service_request = record.service_requests.first().map(|r| r.id);
    it.planned_end_on = (seed.below(2) == 0).then(|| on.saturating_add(20.days()));
    let mut held_for = EncounterBasis::Intervention(it.id);
    if let Some(category) = code.care_plan_category() {
        let mut plan = care_plan(seed.uuid(), basis, on);
        plan.category = category;
        it.care_plan = Some(plan.id);
        held_for = EncounterBasis::CarePlan(plan.id);
        record.care_plans.push(plan);
    }
    for _ in 0..seed.below(4) {
        let mut contact = encounter(seed.uuid(), basis, held_for, on, 9);
        contact.class = *seed.pick(EncounterClass::ALL);
        record.encounters.push(contact);
    }
    record.interventions.push(it);
}

/// Moves things on: a course and its interventions together, contacts and conditions each for itself.
fn change(seed: &mut Seed, record: &mut Record) {
    for it in &mut record.interventions {
        it.status = plan_status(seed, it.granted_on);
        if let Some(plan) = record.care_plans.iter_mut().find(|plan| Some(plan.id) == it.care_plan) {
            plan.status = it.status;
        }
    }
    record.encounters.iter_mut().for_each(|e| e.status = *seed.pick(EncounterStatus::ALL));
    record.conditions.iter_mut().for_each(|c| c.state = *seed.pick(ConditionState::ALL));
    record.focus_conditions.iter_mut().for_each(|f| f.entered_in_error = seed.below(4) == 0);
    let course = record.interventions.first().map_or(Uuid::nil(), |it| it.course.0);
    record.service_requests.iter_mut().for_each(|r| r.state = request_state(seed, course));
}

fn options(seed: &mut Seed) -> Options<'static> {
    Options {
        service_request_link: seed.below(2) == 0,
        terminology_2_2: seed.below(2) == 0,
        withdrawn_condition: *seed.pick(&[WithdrawnCondition::EnteredInError, WithdrawnCondition::Inactive]),
        ..Options::default()
    }
}

proptest! {
    #[test]
    fn a_built_report_passes_the_check_and_says_nothing_twice(number in any::<u64>(), size in 1..8_usize) {
        let mut seed = Seed::new(number);
        let mut record = record(&mut seed, size);
        let options = options(&mut seed);
        let mut reported = Reported::default();
        for _ in 0..3 {
            let built = build(&record.records(), &options, &reported, seed.uuid(), AT).unwrap();
            if let Some(report) = built {
                let outcome = check_with(&report.json, options.check_options());
                prop_assert!(outcome.accepted(), "{:?}", outcome.issues);
                reported.remember(&report.resources);
            }
            let again = build(&record.records(), &options, &reported, seed.uuid(), AT).unwrap();
            prop_assert_eq!(again, None);
            change(&mut seed, &mut record);
        }
    }

    #[test]
    fn every_reference_of_a_report_stands_in_it(number in any::<u64>(), size in 1..8_usize) {
        let mut seed = Seed::new(number);
        let record = record(&mut seed, size);
        let built = build(&record.records(), &options(&mut seed), &Reported::default(), seed.uuid(), AT).unwrap();
        if let Some(report) = built {
            let text = String::from_utf8(report.json).unwrap();
            let references = text.split(r#""reference":""#).skip(1).map(|rest| rest.split('"').next().unwrap());
            for reference in references {
                prop_assert!(text.contains(&format!(r#"fhir/{reference}","resource""#)), "{reference}");
            }
        }
    }

    #[test]
    fn no_bytes_make_the_check_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = check(&bytes);
    }

    #[test]
    fn a_report_with_a_few_bytes_changed_is_judged(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(), cut in any::<bool>(),
    ) {
        let mut bytes = include_bytes!("../fixtures/example-report.json").to_vec();
        for (place, byte) in edits {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        let outcome = check(&bytes);
        prop_assert_eq!(outcome.accepted(), outcome.errors == 0);
    }
}

#[test]
fn the_samples_are_accepted_and_the_same_every_time() {
    for (report, again) in reports(119, 100).zip(reports(119, 100)) {
        assert!(check(&report.json).issues.is_empty(), "{:?}", check(&report.json).issues);
        assert_eq!(report.json, again.json);
    }
    assert_eq!(reports(119, 100).count(), 100);
}

#[test]
fn a_report_of_thousands_of_contacts_is_checked_at_once() {
    let mut seed = Seed::new(1);
    let person = citizen(seed.uuid(), "2512489996");
    let performer = organization(seed.uuid(), "1037791000016002");
    let basis = Basis { citizen: person.id, course: seed.uuid().into(), performer: performer.id };
    let mut record = Record::new(sor("451000016003"), person);
    let mut plan = care_plan(seed.uuid(), basis, date(2025, 1, 1));
    plan.category = CarePlanCategory::FollowUp;
    for _ in 0..4_500 {
        let basis_of_contact = EncounterBasis::CarePlan(plan.id);
        record.encounters.push(encounter(seed.uuid(), basis, basis_of_contact, date(2025, 2, 1), 9));
    }
    record.organizations.push(performer);
    record.care_plans.push(plan);
    let built = build(&record.records(), &Options::default(), &Reported::default(), seed.uuid(), AT).unwrap().unwrap();
    assert_eq!(built.resources.len(), 4_503);
    assert!(check(&built.json).accepted());
}
