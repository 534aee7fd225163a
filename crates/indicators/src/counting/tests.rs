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
    for one in unrecorded::UNRECORDED {
        assert!(one.indicators.iter().all(|id| ids.contains(id)), "{}", one.fact);
        if let unrecorded::Lacks::Split(by) = one.lacks {
            let splits = |id: &&str| crate::definition::newest(id).unwrap().breakdowns.contains(&by);
            assert!(one.indicators.iter().all(splits), "{}", one.fact);
        }
    }
}
