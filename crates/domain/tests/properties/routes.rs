//! First steps: all 64 sets of areas times all facts (flow, "what must hold", 2, 3 and 10).

use std::collections::BTreeSet;

use domain::codes::{CarePlanCategory, DeliveryType, InterventionCode, RequestedArea};
use domain::planned_intervention::{GrantError, check_grant};
use domain::referral::{FirstStep, Proposal, RouteError, RouteFacts, asks_for_chronic_disease, check_route, propose};

const DISEASE: [Option<bool>; 3] = [None, Some(false), Some(true)];

fn area_sets() -> Vec<BTreeSet<RequestedArea>> {
    let subset = |bits: u32| {
        let chosen = RequestedArea::ALL.iter().enumerate().filter(move |(i, _)| bits >> i & 1 == 1);
        chosen.map(|(_, area)| *area).collect()
    };
    (0..1 << RequestedArea::ALL.len()).map(subset).collect()
}

fn only_direct(areas: &BTreeSet<RequestedArea>) -> bool {
    !areas.is_empty() && areas.iter().all(|a| matches!(a, RequestedArea::Nicotine | RequestedArea::Alcohol))
}

/// Calls the test with every combination of facts and what is proposed for it.
fn for_all(test: impl Fn(RouteFacts<'_>, Proposal)) {
    let sets = area_sets();
    assert_eq!(sets.len(), 64);
    for areas in &sets {
        for chronic_disease in DISEASE {
            for (active_course, at_risk_offers) in [(false, false), (false, true), (true, false), (true, true)] {
                let facts = RouteFacts { areas, chronic_disease, active_course, at_risk_offers };
                test(facts, propose(facts));
            }
        }
    }
}

#[test]
fn every_request_has_a_first_step_with_a_reason_and_a_rule() {
    for_all(|_, proposal| {
        assert!(!proposal.steps.is_empty());
        assert!(!proposal.because.is_empty() && !proposal.rule.is_empty());
        let different: BTreeSet<_> = proposal.steps.iter().collect();
        assert_eq!(different.len(), proposal.steps.len());
    });
}

#[test]
fn what_is_proposed_is_always_allowed() {
    for_all(|facts, proposal| {
        for step in proposal.steps {
            assert_eq!(check_route(facts, step, None), Ok(()), "{facts:?} {step:?}");
        }
    });
}

#[test]
fn nicotine_or_alcohol_alone_never_gets_a_clarifying_talk_first() {
    for_all(|facts, proposal| {
        if only_direct(facts.areas) {
            assert!(!proposal.steps.contains(&FirstStep::ClarifyingTalk));
            for nothing_written in [None, Some(""), Some("  ")] {
                assert!(check_route(facts, FirstStep::ClarifyingTalk, nothing_written).is_err());
            }
        }
    });
}

#[test]
fn the_citizens_own_choice_opens_the_talk_unless_a_course_is_running() {
    for_all(|facts, _| {
        let chosen = check_route(facts, FirstStep::ClarifyingTalk, Some("borgeren ønsker at tale det hele igennem"));
        let expected = if facts.active_course { Err(RouteError::CourseIsRunning) } else { Ok(()) };
        assert_eq!(chosen, expected);
    });
}

#[test]
fn nicotine_and_alcohol_come_first_whatever_else_is_asked_for() {
    for_all(|facts, proposal| {
        let nicotine = facts.areas.contains(&RequestedArea::Nicotine);
        let alcohol = facts.areas.contains(&RequestedArea::Alcohol);
        assert_eq!(proposal.steps.contains(&FirstStep::NicotineStart), nicotine);
        assert_eq!(proposal.steps.contains(&FirstStep::AlcoholTalk), alcohol);
        if nicotine || alcohol {
            assert!(matches!(proposal.steps[0], FirstStep::NicotineStart | FirstStep::AlcoholTalk));
        }
    });
}

#[test]
fn a_running_course_never_gets_a_second_clarifying_talk() {
    for_all(|facts, proposal| {
        let clarifying = proposal.steps.contains(&FirstStep::ClarifyingTalk);
        let needs = proposal.steps.contains(&FirstStep::NeedsTalk);
        assert!(!(facts.active_course && clarifying));
        assert!(facts.active_course || !needs, "a needs talk belongs to a running course");
        assert_eq!(check_route(facts, FirstStep::NeedsTalk, None).is_ok(), facts.active_course);
    });
}

#[test]
fn direct_offers_are_only_proposed_where_the_municipality_has_them() {
    for_all(|facts, proposal| {
        if proposal.steps.contains(&FirstStep::DirectOffer) {
            assert!(facts.at_risk_offers && facts.chronic_disease == Some(false));
        }
    });
}

#[test]
fn no_reason_claims_a_disease_that_nobody_has_written() {
    for_all(|facts, proposal| {
        if proposal.because.contains("borgeren har kronisk sygdom") && !proposal.because.contains("ikke oplyst") {
            assert_eq!(facts.chronic_disease, Some(true));
        }
    });
}

#[test]
fn nicotine_and_alcohol_never_ask_for_a_chronic_disease() {
    for areas in area_sets() {
        let free = areas.contains(&RequestedArea::Nicotine) || areas.contains(&RequestedArea::Alcohol);
        assert_eq!(asks_for_chronic_disease(&areas), !free);
    }
}

#[test]
fn a_grant_is_allowed_exactly_when_code_plan_and_form_fit_together() {
    for code in InterventionCode::ALL {
        for delivery in DeliveryType::ALL {
            for plan in [None, Some(CarePlanCategory::Interventions), Some(CarePlanCategory::FollowUp)] {
                let individual_only = code.is_talk() || *code == InterventionCode::AlcoholTalk;
                let fits = plan == code.care_plan_category();
                let form = !(individual_only && *delivery == DeliveryType::Group);
                assert_eq!(check_grant(*code, *delivery, plan).is_ok(), fits && form, "{code:?} {delivery:?} {plan:?}");
            }
        }
    }
    let group = check_grant(InterventionCode::AlcoholTalk, DeliveryType::Group, Some(CarePlanCategory::Interventions));
    assert_eq!(group, Err(GrantError::AlcoholInGroup));
}
