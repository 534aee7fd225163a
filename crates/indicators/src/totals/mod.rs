//! The counts of all indicators by month and stratum: kept, and changed by one citizen at a time.
//!
//! A citizen's courses are counted in together, because some figures are of unique citizens, and taken out as they were when
//! they were counted. What a day makes of a course is the day's: [`Added::until`] says when it has to be counted anew, and a
//! caller that keeps a table takes it out as seen on the old day and in as seen on the new. Each unit touches one cell a
//! breakdown, whatever the size of the table.

mod cell;
mod contribution;
mod sums;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use standard::facts::CourseFacts;
use standard::{Context, Finding};

pub use cell::Cell;
pub use contribution::{CellName, Contribution};
pub use sums::Sums;

use crate::counting::{self, Over, REGISTRY, Seen, Unit, strata};
use crate::definition::{Breakdown, DEFINITIONS};
use crate::equity::drift::LEVELS;
use crate::equity::participation::{EQUITY, PARTICIPATION};
use crate::period::{FigurePeriod, Month};
use table::{Series, Table};

/// The breakdowns that each indicator of the registry is kept by, in its order.
static SPLITS: LazyLock<Vec<&'static [Breakdown]>> =
    LazyLock::new(|| REGISTRY.iter().map(|one| splits_of(one.id, one.version)).collect());

/// The versions of an indicator, each with what it is kept by.
type Versions = Vec<(u8, Vec<Breakdown>)>;

/// Of each indicator, by its id.
static OF_VERSIONS: LazyLock<HashMap<&'static str, Versions>> = LazyLock::new(|| {
    let mut all: HashMap<_, Versions> = HashMap::new();
    for definition in DEFINITIONS.iter() {
        let beside = BESIDE.iter().filter(|(id, _)| *id == definition.id).map(|(_, by)| *by);
        let splits = definition.breakdowns.iter().copied().chain(beside).collect();
        all.entry(definition.id.as_str()).or_default().push((definition.version, splits));
    }
    all
});

/// What a version of an indicator is kept by, in the order of its definition; and what participation and the levels that
/// were decided are, which are none.
fn splits_of(id: &str, version: u8) -> &'static [Breakdown] {
    if [PARTICIPATION, LEVELS].contains(&id) {
        return &EQUITY;
    }
    let found = OF_VERSIONS.get(id).into_iter().flatten().find(|(own, _)| *own == version);
    found.map_or(&[], |(_, splits)| splits)
}

/// What is kept beside the breakdowns of the definitions: how many requirements are met is read from each of them, and those
/// who complete are seen by practice inside the municipality (scenario Q1).
const BESIDE: [(&str, Breakdown); 2] = [("Q03", Breakdown::Requirement), ("U05", Breakdown::SenderUnit)];

/// What an indicator is kept by, in the order of its definition.
pub fn kept_by(id: &str) -> &'static [Breakdown] {
    counting::place(id).and_then(|place| SPLITS.get(place)).map_or(&[], |splits| splits)
}

/// What counting a citizen in came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The first later day on which the same courses would count otherwise.
    pub until: Option<Date>,
}

/// The counts of every indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    figures: Vec<Table>,
}

impl Default for Totals {
    fn default() -> Self {
        Self { figures: vec![Table::default(); REGISTRY.len()] }
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
        self.series(id, part, by).map(|series| series.of_period(over(id), period)).unwrap_or_default()
    }

    /// The months of a figure, the earliest first: what a chart is drawn from.
    pub fn months(&self, id: &str, part: &str, by: Option<(Breakdown, &str)>) -> impl Iterator<Item = (Month, &Cell)> {
        self.series(id, part, by).into_iter().flat_map(Series::iter)
    }

    /// The strata of a figure in a period, those with counts alone.
    pub fn strata(&self, id: &str, part: &str, by: Breakdown, period: FigurePeriod) -> Vec<(&str, Cell)> {
        let strata = self.table(id).zip(split(id, by)).and_then(|(table, split)| table.split(part, split));
        let cells = strata.into_iter().flatten().map(|(stratum, series)| (stratum, series.of_period(over(id), period)));
        cells.filter(|(_, cell)| !cell.is_empty()).map(|(stratum, cell)| (stratum.as_ref(), cell)).collect()
    }

    /// The names of the strata of a figure that have counts in any of some months.
    pub fn strata_in(&self, id: &str, part: &str, by: Breakdown, months: &[Month]) -> Vec<&str> {
        let strata = self.table(id).zip(split(id, by)).and_then(|(table, split)| table.split(part, split));
        let within = |series: &Series| series.iter().any(|(month, _)| months.contains(&month));
        strata.into_iter().flatten().filter(|(_, series)| within(series)).map(|(name, _)| name.as_ref()).collect()
    }

    /// The parts of an indicator, the main one first.
    pub fn parts(&self, id: &str) -> Vec<&str> {
        self.table(id).into_iter().flat_map(Table::parts).collect()
    }

    /// Every cell with its name, in no order that means anything.
    pub fn cells(&self) -> impl Iterator<Item = (CellName, &Cell)> {
        self.figures.iter().zip(REGISTRY.iter()).zip(SPLITS.iter()).flat_map(|((table, indicator), splits)| {
            table.cells().map(|(part, of, month, cell)| {
                let by = of.and_then(|(split, stratum)| Some((*splits.get(split)?, stratum)));
                (CellName::new(indicator.id, part, by, month), cell)
            })
        })
    }

    /// Adds a cell that was kept under its name; one of an indicator or a breakdown that is no more is left out.
    pub fn put(&mut self, name: &CellName, cell: &Cell) {
        let place = counting::place(&name.indicator);
        let Some(table) = place.and_then(|place| self.figures.get_mut(place)) else { return };
        let of = match name.breakdown() {
            None if name.by.is_empty() => None,
            None => return,
            Some(by) => match split(&name.indicator, by) {
                Some(split) => Some((split, name.stratum.as_ref())),
                None => return,
            },
        };
        table.change(&name.part, of, name.month, |own| own.merge(cell, 1));
    }

    fn table(&self, id: &str) -> Option<&Table> {
        self.figures.get(counting::place(id)?)
    }

    fn series(&self, id: &str, part: &str, by: Option<(Breakdown, &str)>) -> Option<&Series> {
        let table = self.table(id)?;
        match by {
            Some((by, stratum)) => table.split(part, split(id, by)?)?.get(stratum),
            None => table.whole(part),
        }
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
        let Some(table) = self.figures.get_mut(place) else { return };
        let month = Month::of(unit.on);
        table.change(unit.part, None, month, |cell| cell.count(unit, step));
        for (split, by) in SPLITS.get(place).into_iter().flat_map(|splits| splits.iter()).enumerate() {
            strata::each(*by, &unit.subject, at, &mut |stratum| {
                table.change(unit.part, Some((split, stratum)), month, |cell| cell.count(unit, step));
            });
        }
        if step < 0 {
            table.tidy();
        }
    }

    fn step(&mut self, other: &Self, step: i64) {
        for (mine, theirs) in self.figures.iter_mut().zip(&other.figures) {
            mine.merge(theirs, step);
        }
    }
}

/// Where a breakdown stands among those of an indicator.
fn split(id: &str, by: Breakdown) -> Option<usize> {
    SPLITS.get(counting::place(id)?)?.iter().position(|own| *own == by)
}

fn over(id: &str) -> Over {
    counting::place(id).and_then(|place| REGISTRY.get(place)).map_or(Over::Sum, |one| one.over)
}
