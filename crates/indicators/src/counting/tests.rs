//! That every indicator is counted once, in the version of its definition.

use std::collections::BTreeSet;

use super::*;
use crate::definition::{DEFINITIONS, find};

#[test]
fn every_definition_is_counted_once_and_in_its_order() {
    let counted: Vec<&str> = REGISTRY.iter().map(|one| one.id).collect();
    let mut defined: Vec<&str> = Vec::new();
    DEFINITIONS.iter().for_each(|one| {
        if !defined.contains(&one.id.as_str()) {
            defined.push(&one.id);
        }
    });
    assert_eq!(counted.len(), 71);
    assert_eq!(counted, defined);
    assert!(REGISTRY.iter().all(|one| find(one.id, one.version).is_some()));
}

#[test]
fn what_nobody_records_is_said_of_indicators_that_exist() {
    let ids: BTreeSet<&str> = REGISTRY.iter().map(|one| one.id).collect();
    // What only a split needs has no place in the facts either.
    let known = |fact: &str| {
        let (entity, name) = fact.split_once('.').unwrap();
        standard::facts::ENTITIES.iter().any(|(of, facts)| *of == entity && facts.contains(&name))
    };
    for one in unrecorded::UNRECORDED {
        assert!(one.indicators.iter().all(|id| ids.contains(id)), "{}", one.fact);
        assert_eq!(known(one.fact), !matches!(one.lacks, unrecorded::Lacks::Split(_)), "{}", one.fact);
        if let unrecorded::Lacks::Split(by) = one.lacks {
            let splits = |id: &&str| crate::definition::newest(id).unwrap().breakdowns.contains(&by);
            assert!(one.indicators.iter().all(splits), "{}", one.fact);
        }
    }
}

#[test]
fn a_talk_whose_offers_have_no_day_is_missing_and_not_without_offers() {
    use jiff::civil::date;
    use standard::Context;
    use standard::facts::words::{Fsiii, TalkKind};
    use standard::facts::{Intervention, MunicipalityFacts, Talk};

    let (facts, held_on) = (MunicipalityFacts::default(), date(2026, 9, 1));
    let at = Context::new(&facts, date(2026, 12, 1), (held_on, held_on));
    let talk = Talk { kind: Some(TalkKind::AfklarendeSamtale), held_on: Some(held_on), ..Talk::default() };
    let granted = Intervention {
        fsiii_code: Some(Fsiii::FysiskTraening),
        granted_on: Some(date(2026, 9, 3)),
        ..Intervention::default()
    };
    let main = |interventions: Vec<Intervention>| {
        let course = CourseFacts { talks: vec![talk.clone()], interventions, ..CourseFacts::default() };
        let (seen, mut found) = (Seen::on(&at), None);
        citizen(&[&course], &seen, &mut |at, unit| {
            if Some(at) == place("U02") && unit.part.is_empty() {
                found = Some((unit.state(), unit.met));
            }
        });
        found.unwrap()
    };
    assert_eq!(main(vec![granted.clone()]).0, UnitState::Missing);
    assert_eq!(main(Vec::new()), (UnitState::Counts, 0));
    let offered = Intervention { offered_on: Some(date(2026, 9, 1)), ..granted };
    assert_eq!(main(vec![offered]), (UnitState::Counts, 1));
}
