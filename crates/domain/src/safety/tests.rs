use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::codes::{DeliveryType, InterventionCode as C};
use crate::ids::{CitizenId, CourseId, PlannedInterventionId, UserId};
use crate::limits::Limits;
use crate::task::TaskKind;
use Question as Q;

mod boundaries;

const TODAY: Date = date(2026, 11, 24);

fn course() -> (CitizenId, CourseId) {
    (CitizenId(Uuid::from_u128(1)), CourseId(Uuid::from_u128(2)))
}

fn facts(codes: &[C]) -> Facts {
    let (citizen, course) = course();
    Facts {
        today: TODAY,
        interventions: codes.iter().map(|code| intervention(*code)).collect(),
        answers: SafetyAnswers::none(citizen, course),
        words_of_weight_loss: false,
        smaller_team: false,
        notification_decided: false,
        limits: Limits::default(),
    }
}

fn intervention(code: C) -> InterventionFacts {
    InterventionFacts {
        id: Some(PlannedInterventionId(Uuid::from_u128(3))),
        code,
        delivery: DeliveryType::Individual,
        granted_on: TODAY,
        started_on: None,
        planned_end_on: None,
        held: Vec::new(),
        booked: false,
        seats: None,
    }
}

impl Facts {
    fn say(mut self, yes: &[Q], no: &[Q]) -> Self {
        self.answers.said.extend(yes.iter().map(|q| (*q, true)).chain(no.iter().map(|q| (*q, false))));
        self
    }

    fn audit(mut self, total: u8) -> Self {
        self.answers.audit_total = Some(total);
        self
    }

    fn with(mut self, change: impl FnOnce(&mut InterventionFacts)) -> Self {
        change(&mut self.interventions[0]);
        self
    }

    fn held(self, days_ago: &[i64], alone: bool) -> Self {
        let held = days_ago.iter().map(|days| Held { on: TODAY.saturating_sub(days.days()), alone });
        self.with(|it| it.held = held.collect())
    }

    /// Whether a rule speaks.
    fn says(&self, rule: &str) -> bool {
        warnings(self).iter().any(|warning| warning.rule == rule)
    }

    fn one(&self, rule: &str) -> Warning {
        warnings(self).into_iter().find(|warning| warning.rule == rule).unwrap()
    }
}

fn acknowledge(warning: &Warning, seconds: i64) -> Acknowledgement {
    let (citizen, course) = course();
    Acknowledgement {
        id: Uuid::from_u128(9),
        citizen,
        course,
        rule: warning.rule.to_owned(),
        about: warning.about,
        facts: warning.facts.clone(),
        reason: "Aftalt med borgeren".to_owned(),
        by: UserId(Uuid::from_u128(4)),
        at: Timestamp::from_second(seconds).unwrap(),
    }
}

#[test]
fn every_rule_has_an_id_of_its_own_and_its_warning_carries_it() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
}

#[test]
fn an_acknowledged_warning_is_quiet_and_comes_back_when_its_facts_change() {
    let facts = facts(&[C::AlcoholTalk]).audit(20);
    let warning = facts.one("KS-8.2-03");
    let seen = [acknowledge(&warning, 1), acknowledge(&warning, 2)];
    let weighed = weigh(warnings(&facts), seen.iter());
    let quiet = weighed.iter().find(|one| one.warning.rule == "KS-8.2-03").unwrap();
    assert_eq!(quiet.acknowledged.as_ref().map(|one| one.at), Some(seen[1].at), "the newest counts");
    let weighed = weigh(warnings(&facts.audit(25)), seen.iter());
    assert!(weighed.iter().find(|one| one.warning.rule == "KS-8.2-03").unwrap().acknowledged.is_none());
}

#[test]
fn what_is_refused_cannot_be_acknowledged() {
    let group = facts(&[C::AlcoholTalk]).with(|it| it.delivery = DeliveryType::Group);
    let warning = group.one("KS-8.3");
    assert!(!acknowledge(&warning, 1).holds_for(&warning));
    assert!(!facts(&[C::AlcoholTalk]).says("KS-8.3"));
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let codes = proptest::sample::subsequence(C::ALL.to_vec(), 0..C::ALL.len());
    let said = proptest::collection::btree_map(proptest::sample::select(Q::ALL.to_vec()), any::<bool>(), 0..15);
    let held = proptest::collection::vec((0_i64..400, any::<bool>()), 0..8);
    let numbers = (proptest::option::of(0_u8..=40), proptest::option::of(0_u16..8), proptest::option::of(0_u16..120));
    (codes, said, held, numbers, 0_i64..400, any::<(bool, bool, bool)>()).prop_map(
        |(codes, said, held, (audit, times, minutes), ago, (group, started, words))| {
            let mut facts = facts(&codes);
            facts.answers.said = said;
            facts.answers.audit_total = audit;
            facts.answers.times_a_week = times;
            facts.answers.minutes = minutes;
            facts.words_of_weight_loss = words;
            for it in &mut facts.interventions {
                it.granted_on = TODAY.saturating_sub(ago.days());
                it.started_on = started.then_some(it.granted_on);
                it.delivery = if group { DeliveryType::Group } else { DeliveryType::Individual };
                let day = |(days, alone): &(i64, bool)| Held { on: TODAY.saturating_sub(days.days()), alone: *alone };
                it.held = held.iter().map(day).collect();
            }
            facts
        },
    )
}

proptest! {
    #[test]
    fn no_warning_is_lost_when_some_are_acknowledged(facts in any_facts(), every in 1_usize..4) {
        let all = warnings(&facts);
        let some: Vec<_> = all.iter().step_by(every).map(|warning| acknowledge(warning, 1)).collect();
        let weighed = weigh(all.clone(), some.iter());
        prop_assert_eq!(weighed.len(), all.len());
        prop_assert!(all.iter().all(|warning| weighed.iter().any(|one| one.warning == *warning)));
        let loud = weighed.iter().filter(|one| one.acknowledged.is_none()).count();
        prop_assert!(loud >= all.len() - some.len());
    }

    #[test]
    fn only_its_own_facts_make_a_warning_disappear(facts in any_facts(), other in any::<u128>()) {
        // Another acknowledgement, of another rule, changes nothing.
        let all = warnings(&facts);
        let strange = all.first().map(|warning| {
            let facts = vec![other.to_string()];
            Acknowledgement { facts, ..acknowledge(warning, 1) }
        });
        prop_assert!(weigh(all, strange.iter()).iter().all(|one| one.acknowledged.is_none()));
    }

    #[test]
    fn every_warning_says_what_it_is_what_can_come_of_it_and_what_settles_it(facts in any_facts()) {
        for warning in warnings(&facts) {
            prop_assert!(RULES.iter().any(|rule| rule.id == warning.rule));
            for text in [warning.text, warning.consequence, warning.settles] {
                prop_assert!(text.ends_with('.') && text.len() > 10);
            }
            prop_assert!(!warning.facts.is_empty(), "{} stands on something", warning.rule);
        }
    }
}
