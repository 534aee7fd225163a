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
use standard::facts::Municipality;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    today: Option<toml::value::Datetime>,
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
    pending: i64,
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
        Cell {
            of: self.of,
            met: self.met,
            pending: self.pending,
            missing: self.missing,
            excluded: self.excluded,
            values,
            groups,
        }
    }

    fn found(&self, totals: &Totals) -> Cell {
        let on: Date = self.on.to_string().parse().unwrap();
        let every = newest(&self.indicator).unwrap_or_else(|| panic!("{self:?}")).every;
        let breakdown = |word: &String| *Breakdown::ALL.iter().find(|one| one.word() == word).unwrap();
        let by = self.by.as_ref().map(breakdown).zip(self.stratum.as_deref());
        totals.cell(&self.indicator, &self.part, by, FigurePeriod::containing(every, on))
    }
}

/// The files whose names start with a word.
fn papers(start: &str) -> Vec<File> {
    let read = |path| toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    municipality::files(start).into_iter().map(read).collect()
}

/// Every row of a paper that differs from what is counted on its day.
fn differences(of: &Municipality, paper: &File) -> Vec<String> {
    let today = paper.today.as_ref().map_or(of.on, |today| today.to_string().parse().unwrap());
    let at = Context::new(&of.facts, today, (of.from, of.to));
    let totals = municipality::counted(&of.courses, &at);
    let wrong = paper.expected.iter().filter(|one| one.found(&totals) != one.cell());
    let told = wrong.map(|one| {
        let Expected { indicator, on, part, by, stratum, .. } = one;
        let (paper, found) = (one.cell(), one.found(&totals));
        format!("{indicator} {on} {part} {by:?} {stratum:?}\n  paper {paper:?}\n  found {found:?}")
    });
    told.collect()
}

#[test]
fn what_is_counted_agrees_with_the_paper_in_every_row() {
    let of = municipality::municipality();
    let wrong: Vec<String> = papers("expected").iter().flat_map(|paper| differences(&of, paper)).collect();
    assert!(wrong.is_empty(), "{} rows differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn on_an_earlier_day_the_rest_is_waited_for() {
    let of = municipality::municipality();
    let papers = papers("earlier");
    assert!(!papers.is_empty());
    let wrong: Vec<String> = papers.iter().flat_map(|paper| differences(&of, paper)).collect();
    assert!(wrong.is_empty(), "{} rows differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_paper_has_a_row_of_every_indicator() {
    let told: BTreeSet<String> =
        papers("expected").into_iter().flat_map(|paper| paper.expected).map(|one| one.indicator).collect();
    let counted: BTreeSet<String> = REGISTRY.iter().map(|one| one.id.to_owned()).collect();
    assert_eq!(told, counted);
}
