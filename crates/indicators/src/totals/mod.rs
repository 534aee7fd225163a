//! The counts of all indicators by month and stratum: kept, and changed by one citizen at a time.
//!
//! A citizen's courses are counted in together, because some figures are of unique citizens, and taken out as they were when
//! they were counted. What a day makes of a course is the day's: [`Added::until`] says when it has to be counted anew, and a
//! caller that keeps a table takes it out as seen on the old day and in as seen on the new. Each unit touches one cell a
//! breakdown, whatever the size of the table.

mod cell;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use standard::facts::CourseFacts;
use standard::{Context, Finding};

pub use cell::Cell;

use crate::counting::{self, Over, REGISTRY, Seen, Unit, strata};
use crate::definition::{Breakdown, find};
use crate::period::{FigurePeriod, Month};

type Series = BTreeMap<Month, Cell>;
/// Which part, none for the main figure, and what it is split by; no breakdown holds all of them, under [`WHOLE`]. Neither is an
/// empty text: comparing those reads where nothing is, which costs a processor more than all the rest of the counting.
type Key = (Option<&'static str>, Option<Breakdown>);
/// By key, then by stratum, then by month.
type Slices = BTreeMap<Key, BTreeMap<Box<str>, Series>>;

/// The stratum that everybody is in.
const WHOLE: &str = "all";

/// The breakdowns that an indicator is kept by.
static SPLITS: LazyLock<Vec<Vec<Breakdown>>> = LazyLock::new(|| {
    let of = |one: &&counting::Indicator| {
        let mut splits = find(one.id, one.version).map(|definition| definition.breakdowns.clone()).unwrap_or_default();
        // How many requirements are met is read from each of them.
        splits.extend((one.id == "Q03").then_some(Breakdown::Requirement));
        splits
    };
    REGISTRY.iter().map(of).collect()
});

/// What counting a citizen in came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The first later day on which the same courses would count otherwise.
    pub until: Option<Date>,
}

/// The counts of every indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    figures: Vec<Slices>,
}

impl Default for Totals {
    fn default() -> Self {
        Self { figures: vec![Slices::new(); REGISTRY.len()] }
    }
}

impl Totals {
    /// Counts the courses of one citizen in.
    pub fn add(&mut self, courses: &[&CourseFacts], at: &Context<'_>) -> Added {
        self.count_citizen(courses, at, 1)
    }

    /// Takes them out, as they were, seen on the day they were counted.
    pub fn remove(&mut self, courses: &[&CourseFacts], at: &Context<'_>) {
        self.count_citizen(courses, at, -1);
    }

    /// Counts the municipality's own tables in.
    pub fn add_municipality(&mut self, at: &Context<'_>) -> Added {
        self.count_municipality(at, 1)
    }

    /// Takes them out again.
    pub fn remove_municipality(&mut self, at: &Context<'_>) {
        self.count_municipality(at, -1);
    }

    /// Counts in what a rule said about a unit of a requirement.
    pub fn add_finding(&mut self, finding: &Finding<'_>, at: &Context<'_>) {
        counting::finding(finding, &mut |place, unit| self.count(place, &unit, at, 1));
    }

    /// Takes it out again.
    pub fn remove_finding(&mut self, finding: &Finding<'_>, at: &Context<'_>) {
        counting::finding(finding, &mut |place, unit| self.count(place, &unit, at, -1));
    }

    /// Adds the counts of another: of another part of the municipality, or of another municipality on the common level.
    pub fn merge(&mut self, other: &Self) {
        self.step(other, 1);
    }

    /// Takes the counts of another away.
    pub fn subtract(&mut self, other: &Self) {
        self.step(other, -1);
    }

    /// The counts of a figure in a period: its months added, or the last of them where that stands for all.
    pub fn cell(&self, id: &str, part: &str, by: Option<(Breakdown, &str)>, period: FigurePeriod) -> Cell {
        let (breakdown, stratum) = by.map_or((None, WHOLE), |(breakdown, stratum)| (Some(breakdown), stratum));
        let series = self.slice(id, part, breakdown).and_then(|strata| strata.get(stratum));
        series.map(|series| of_period(series, over(id), period)).unwrap_or_default()
    }

    /// The months of a figure, the earliest first: what a chart is drawn from.
    pub fn months(&self, id: &str, part: &str, by: Option<(Breakdown, &str)>) -> impl Iterator<Item = (Month, &Cell)> {
        let (breakdown, stratum) = by.map_or((None, WHOLE), |(breakdown, stratum)| (Some(breakdown), stratum));
        let series = self.slice(id, part, breakdown).and_then(|strata| strata.get(stratum));
        series.into_iter().flatten().map(|(month, cell)| (*month, cell))
    }

    /// The strata of a figure in a period, those with counts alone.
    pub fn strata(&self, id: &str, part: &str, by: Breakdown, period: FigurePeriod) -> Vec<(&str, Cell)> {
        let strata = self.slice(id, part, Some(by)).into_iter().flatten();
        let cells = strata.map(|(stratum, series)| (stratum.as_ref(), of_period(series, over(id), period)));
        cells.filter(|(_, cell)| !cell.is_empty()).collect()
    }

    /// The parts of an indicator, the main one first.
    pub fn parts(&self, id: &str) -> Vec<&'static str> {
        let slices = counting::place(id).and_then(|place| self.figures.get(place));
        let whole = slices.into_iter().flat_map(|slices| slices.keys()).filter(|(_, by)| by.is_none());
        whole.map(|(part, _)| part.unwrap_or_default()).collect()
    }

    fn slice(&self, id: &str, part: &str, by: Option<Breakdown>) -> Option<&BTreeMap<Box<str>, Series>> {
        let slices = self.figures.get(counting::place(id)?)?;
        let part = Some(part).filter(|part| !part.is_empty());
        slices.iter().find(|((of, breakdown), _)| *of == part && *breakdown == by).map(|(_, strata)| strata)
    }

    fn count_citizen(&mut self, courses: &[&CourseFacts], at: &Context<'_>, step: i64) -> Added {
        let seen = Seen::on(at);
        counting::citizen(courses, &seen, &mut |place, unit| self.count(place, &unit, at, step));
        Added { until: seen.until() }
    }

    fn count_municipality(&mut self, at: &Context<'_>, step: i64) -> Added {
        let seen = Seen::on(at);
        counting::municipality(&seen, &mut |place, unit| self.count(place, &unit, at, step));
        Added { until: seen.until() }
    }

    fn count(&mut self, place: usize, unit: &Unit<'_>, at: &Context<'_>, step: i64) {
        let Some(slices) = self.figures.get_mut(place) else { return };
        let month = Month::of(unit.on);
        let part = Some(unit.part).filter(|part| !part.is_empty());
        count_in(slices, (part, None), WHOLE, month, unit, step);
        for by in SPLITS.get(place).into_iter().flatten() {
            strata::each(*by, &unit.subject, at, &mut |stratum| {
                count_in(slices, (part, Some(*by)), stratum, month, unit, step);
            });
        }
    }

    fn step(&mut self, other: &Self, step: i64) {
        for (mine, theirs) in self.figures.iter_mut().zip(&other.figures) {
            for (key, strata) in theirs {
                for (stratum, series) in strata {
                    for (month, cell) in series {
                        change(mine, *key, stratum, *month, |mine| mine.merge(cell, step));
                    }
                }
            }
        }
    }
}

fn count_in(slices: &mut Slices, key: Key, stratum: &str, month: Month, unit: &Unit<'_>, step: i64) {
    change(slices, key, stratum, month, |cell| cell.count(unit, step));
}

/// Changes a cell; one that comes to nothing goes, and so does what held it alone.
fn change(slices: &mut Slices, key: Key, stratum: &str, month: Month, by: impl FnOnce(&mut Cell)) {
    let strata = slices.entry(key).or_default();
    let series = match strata.get_mut(stratum) {
        Some(series) => series,
        None => strata.entry(stratum.into()).or_default(),
    };
    let cell = series.entry(month).or_default();
    by(cell);
    if cell.is_empty() {
        series.remove(&month);
        if series.is_empty() {
            strata.remove(stratum);
        }
        if strata.is_empty() {
            slices.remove(&key);
        }
    }
}

fn over(id: &str) -> Over {
    counting::place(id).and_then(|place| REGISTRY.get(place)).map_or(Over::Sum, |one| one.over)
}

fn of_period(series: &Series, over: Over, period: FigurePeriod) -> Cell {
    let mut cell = Cell::default();
    match over {
        Over::Last => {
            if let Some(last) = series.get(&Month::of(period.to())) {
                cell.merge(last, 1);
            }
        }
        Over::Sum => {
            let months = series.range(Month::of(period.from())..=Month::of(period.to()));
            months.for_each(|(_, one)| cell.merge(one, 1));
        }
    }
    cell
}
