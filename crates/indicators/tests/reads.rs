//! Each indicator reads what its definition names, and what `reads.toml` adds with its reason: links, exclusions, the day a
//! unit belongs to. As far as the paper municipality can tell: one fact after another is taken out of it, and a figure that
//! changes has read it.
#![allow(clippy::unwrap_used)]

mod municipality;

use std::collections::{BTreeMap, BTreeSet};

use indicators::counting::REGISTRY;
use indicators::definition::newest;
use indicators::totals::{Cell, Totals};
use standard::Context;
use standard::facts::{self, ENTITIES, Municipality};
use toml::Value;

/// Takes a fact of an entity out, wherever it stands.
fn without(value: &mut Value, at: &str, entity: &str, fact: &str) {
    match value {
        Value::Array(many) => many.iter_mut().for_each(|one| without(one, at, entity, fact)),
        Value::Table(table) => {
            if at == entity {
                table.remove(fact);
            }
            table.iter_mut().for_each(|(name, one)| without(one, name, entity, fact));
        }
        _ => {}
    }
}

/// What each figure comes to in every month, whatever it is split by.
fn figures(of: &Municipality) -> BTreeMap<&'static str, Vec<(String, String, Cell)>> {
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let mut totals = Totals::default();
    for own in municipality::citizens(&of.courses) {
        totals.add(&own, &at);
    }
    totals.add_municipality(&at);
    let all = REGISTRY.iter().map(|one| {
        let parts = totals.parts(one.id).into_iter();
        let cells = parts.flat_map(|part| {
            let months = totals.months(one.id, part, None);
            months.map(move |(month, cell)| (part.to_owned(), month.first_day().to_string(), cell.clone()))
        });
        (one.id, cells.collect())
    });
    all.collect()
}

/// The facts that each figure was seen to read.
fn read() -> BTreeMap<&'static str, BTreeSet<String>> {
    let whole: Value = toml::from_str(&municipality::text()).unwrap();
    let before = figures(&municipality::municipality());
    let mut read: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for (entity, facts) in ENTITIES {
        for fact in *facts {
            let mut changed = whole.clone();
            without(&mut changed, "", entity, fact);
            if changed == whole {
                continue;
            }
            // Without its id an entity cannot be told from others, and the file is refused.
            let Ok(of) = facts::read(&toml::to_string(&changed).unwrap()) else { continue };
            for (id, cells) in figures(&of) {
                if before[id] != cells {
                    read.entry(id).or_default().insert(format!("{entity}.{fact}"));
                }
            }
        }
    }
    read
}

#[test]
fn each_indicator_reads_what_its_definition_names_and_what_is_listed_beside_it() {
    let beside: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(include_str!("reads.toml")).unwrap();
    let listed = |id: &str| {
        beside.values().filter_map(move |by_indicator| by_indicator.get(id)).flatten().cloned().collect::<BTreeSet<_>>()
    };
    let (mut wrong, read) = (Vec::new(), read());
    for (id, facts) in &read {
        let mut named: BTreeSet<String> = newest(id).unwrap().fields.iter().cloned().collect();
        named.extend(listed(id));
        let more: Vec<&String> = facts.difference(&named).collect();
        if !more.is_empty() {
            wrong.push(format!("{id} = {more:?}"));
        }
    }
    // Nothing is listed that is not read.
    for id in beside.values().flat_map(BTreeMap::keys) {
        let unread: Vec<String> = listed(id)
            .into_iter()
            .filter(|fact| !read.get(id.as_str()).is_some_and(|facts| facts.contains(fact)))
            .collect();
        if !unread.is_empty() {
            wrong.push(format!("{id} is listed with {unread:?} and does not read it"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
