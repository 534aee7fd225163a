//! The required content of an intervention as a checklist: each element with its paragraph, ticked when it was dealt with.
//!
//! A checklist never stops anything; it shows what is missing. Source: the content elements of the quality standard,
//! chapters 4 to 8, and what the fourteen interventions of FSIII say where the standard is silent.

mod elements;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::InterventionCode;
use crate::ids::{CitizenId, PlannedInterventionId, UserId};

pub use elements::elements;

/// Age from which the dietary advice for older people belongs to it (section 7.2), in years.
pub const OLDER_FROM: u16 = 65;

/// A content element of an intervention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element {
    /// Stable word; never changed, since ticks are kept by it.
    pub word: &'static str,
    /// What staff read.
    pub text: &'static str,
    /// The requirement, or the catalogue when the standard has none.
    pub rule: &'static str,
    /// Only for those of [`OLDER_FROM`] and more.
    pub older_only: bool,
}

/// That an element was dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// Day.
    pub on: Date,
    /// Who ticked it.
    pub by: UserId,
}

/// What is ticked of an intervention. An intervention has one; each change is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Whose.
    pub citizen: CitizenId,
    /// Of which intervention.
    pub intervention: PlannedInterventionId,
    /// By the element's word.
    pub ticks: BTreeMap<String, Tick>,
}

impl Checklist {
    /// Nothing ticked yet.
    pub const fn none(citizen: CitizenId, intervention: PlannedInterventionId) -> Self {
        Self { citizen, intervention, ticks: BTreeMap::new() }
    }

    /// The checklist with exactly these ticked: what was ticked before keeps its day and who, what is no longer there is
    /// taken off. Words that the intervention does not have are left out.
    #[must_use]
    pub fn with(mut self, code: InterventionCode, ticked: &[String], tick: Tick) -> Self {
        let known = |word: &String| elements(code).iter().any(|element| element.word == word);
        self.ticks.retain(|word, _| ticked.contains(word));
        for word in ticked.iter().filter(|word| known(word)) {
            self.ticks.entry(word.clone()).or_insert(tick);
        }
        self
    }

    /// The elements that are not ticked. Somebody of unknown age is shown what holds for all.
    pub fn missing(&self, code: InterventionCode, age: Option<u16>) -> Vec<Element> {
        of_age(code, age).filter(|element| !self.ticks.contains_key(element.word)).collect()
    }
}

/// The elements that a citizen of an age is to have.
pub fn of_age(code: InterventionCode, age: Option<u16>) -> impl Iterator<Item = Element> {
    let older = age.is_some_and(|age| age >= OLDER_FROM);
    elements(code).iter().copied().filter(move |element| older || !element.older_only)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn none() -> Checklist {
        Checklist::none(CitizenId(Uuid::from_u128(1)), PlannedInterventionId(Uuid::from_u128(2)))
    }

    fn tick(day: i8, by: u128) -> Tick {
        Tick { on: date(2026, 11, day), by: UserId(Uuid::from_u128(by)) }
    }

    #[test]
    fn every_intervention_that_is_no_talk_has_its_elements_and_each_word_once() {
        for code in InterventionCode::ALL {
            let all = elements(*code);
            let own = !code.is_talk() && *code != InterventionCode::FollowUp;
            assert_eq!(all.is_empty(), !own, "{code:?}");
            let words: BTreeSet<_> = all.iter().map(|element| element.word).collect();
            assert_eq!(words.len(), all.len(), "{code:?}");
            assert!(all.iter().all(|element| element.rule.starts_with("KS-") || element.rule == "FSIII"));
        }
    }

    #[test]
    fn advice_for_older_people_belongs_to_it_from_65() {
        let count = |age| none().missing(InterventionCode::DietaryGuidance, age).len();
        assert_eq!(count(Some(64)) + 1, count(Some(65)));
        assert_eq!(count(None), count(Some(64)));
    }

    #[test]
    fn a_tick_keeps_its_day_and_who_and_unknown_words_are_left_out() {
        let code = InterventionCode::AlcoholTalk;
        let (first, second) = ("motivation".to_owned(), "goal".to_owned());
        let before = none().with(code, std::slice::from_ref(&first), tick(3, 1));
        let after = before.with(code, &[first.clone(), second.clone(), "unknown".to_owned()], tick(9, 2));
        assert_eq!(after.ticks.get(&first), Some(&tick(3, 1)));
        assert_eq!((after.ticks.get(&second), after.ticks.len()), (Some(&tick(9, 2)), 2));
        let off = after.with(code, &[second], tick(10, 2));
        assert_eq!(off.missing(code, None).len(), elements(code).len() - 1);
    }
}
