//! Every indicator against a municipality worked out on paper (`paper/README.md`).
#![allow(clippy::unwrap_used)]

mod municipality;

use std::collections::{BTreeMap, BTreeSet};

use indicators::counting::REGISTRY;
use indicators::definition::{Breakdown, newest};
use indicators::period::FigurePeriod;
use indicators::totals::{Cell, Totals};
use jiff::civil::Date;
use serde::Deserialize;
use standard::Context;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    expected: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    indicator: String,
    on: toml::value::Datetime,
    #[serde(default)]
    part: String,
    by: Option<String>,
    stratum: Option<String>,
    of: i64,
    #[serde(default)]
    met: i64,
    #[serde(default)]
    missing: i64,
    #[serde(default)]
    excluded: i64,
    #[serde(default)]
    values: Vec<i64>,
    #[serde(default)]
    groups: BTreeMap<Box<str>, i64>,
}

impl Expected {
    fn cell(&self) -> Cell {
        let mut values = BTreeMap::new();
        self.values.iter().for_each(|value| *values.entry(value * 1_000).or_default() += 1);
        let groups = self.groups.clone();
        Cell { of: self.of, met: self.met, pending: 0, missing: self.missing, excluded: self.excluded, values, groups }
    }

    fn found(&self, totals: &Totals) -> Cell {
        let on: Date = self.on.to_string().parse().unwrap();
        let every = newest(&self.indicator).unwrap_or_else(|| panic!("{self:?}")).every;
        let breakdown = |word: &String| *Breakdown::ALL.iter().find(|one| one.word() == word).unwrap();
        let by = self.by.as_ref().map(breakdown).zip(self.stratum.as_deref());
        totals.cell(&self.indicator, &self.part, by, FigurePeriod::containing(every, on))
    }
}

fn expected() -> Vec<Expected> {
    let read = |path| toml::from_str::<File>(&std::fs::read_to_string(path).unwrap()).unwrap().expected;
    municipality::files("expected").into_iter().flat_map(read).collect()
}

#[test]
fn what_is_counted_agrees_with_the_paper_in_every_row() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let totals = municipality::counted(&of.courses, &at);
    let mut wrong = Vec::new();
    for one in expected() {
        let found = one.found(&totals);
        if found != one.cell() {
            wrong.push(format!(
                "{} {} {} {:?} {:?}\n  paper {:?}\n  found {found:?}",
                one.indicator,
                one.on,
                one.part,
                one.by,
                one.stratum,
                one.cell()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} rows differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_paper_has_a_row_of_every_indicator() {
    let told: BTreeSet<String> = expected().into_iter().map(|one| one.indicator).collect();
    let counted: BTreeSet<String> = REGISTRY.iter().map(|one| one.id.to_owned()).collect();
    assert_eq!(told, counted);
}
