//! What one citizen, or the municipality itself, adds to the counts: kept beside them, so that it can be taken out again
//! whatever has become of the records since.
//!
//! Units that are alike stand as one entry, with their strata by the place of the breakdown in the definition's version; a
//! published version is never edited, so the places stay what they were.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use standard::facts::CourseFacts;
use standard::{Context, Finding};

use super::{Cell, SPLITS, over};
use crate::counting::{self, Over, REGISTRY, Seen, Subject, Unit, strata};
use crate::definition::Breakdown;
use crate::equity::drift::{self, LEVELS};
use crate::equity::participation::{self, EQUITY, PARTICIPATION};
use crate::equity::way::{self, WAY};
use crate::period::{FigurePeriod, Month};

/// Where a cell stands among the kept ones.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellName {
    /// Word of the breakdown; empty for all.
    pub by: Cow<'static, str>,
    /// Id of the indicator.
    pub indicator: Cow<'static, str>,
    /// Its part; empty for the main figure.
    pub part: Cow<'static, str>,
    /// The stratum; empty for all.
    pub stratum: Box<str>,
    /// The month.
    pub month: Month,
}

impl CellName {
    pub(super) fn new(id: &'static str, part: &str, of: Option<(Breakdown, &str)>, month: Month) -> Self {
        Self {
            by: Cow::Borrowed(of.map_or("", |(by, _)| by.word())),
            indicator: Cow::Borrowed(id),
            part: Cow::Owned(part.to_owned()),
            stratum: of.map_or("", |(_, stratum)| stratum).into(),
            month,
        }
    }

    /// What it is split by; none for all, and for a breakdown that is no more.
    pub fn breakdown(&self) -> Option<Breakdown> {
        Breakdown::ALL.iter().copied().find(|by| by.word() == self.by)
    }
}

/// Units that are alike: of one indicator and version, part and month, with the same strata.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Alike(
    pub(super) Cow<'static, str>,
    pub(super) u8,
    pub(super) Cow<'static, str>,
    pub(super) Date,
    pub(super) Vec<(usize, Box<str>)>,
);

/// What one citizen, or the municipality itself, adds. As text it is the same whenever it says the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contribution(BTreeMap<Alike, Cell>);

impl Contribution {
    /// Of the courses of one citizen.
    pub fn of_citizen(courses: &[&CourseFacts], at: &Context<'_>) -> Self {
        let (seen, mut own) = (Seen::on(at), Self::default());
        counting::citizen(courses, &seen, &mut |place, unit| own.count(place, &unit, at));
        for course in courses {
            own.count_equity(course, at);
        }
        own
    }

    /// Of the municipality's own tables.
    pub fn of_municipality(at: &Context<'_>) -> Self {
        let (seen, mut own) = (Seen::on(at), Self::default());
        counting::municipality(&seen, &mut |place, unit| own.count(place, &unit, at));
        own
    }

    /// Adds what a rule said about a unit of a requirement.
    pub fn add_finding(&mut self, finding: &Finding<'_>, at: &Context<'_>) {
        counting::finding(finding, &mut |place, unit| self.count(place, &unit, at));
    }

    /// What is alike in it, with its counts.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Alike, &Cell)> {
        self.0.iter()
    }

    /// What it adds to a figure in a period, by month: the row behind the figure.
    pub fn of_figure(&self, indicator: &str, part: &str, period: FigurePeriod) -> BTreeMap<Month, Cell> {
        let mut own = BTreeMap::new();
        for (Alike(_, _, _, month, _), cell) in self.0.iter().filter(|(it, _)| it.0 == indicator && it.2 == part) {
            let within = match over(indicator) {
                Over::Sum => period.contains(*month),
                Over::Last => Month::of(*month) == Month::of(period.to()),
            };
            if within {
                own.entry(Month::of(*month)).or_insert_with(Cell::default).merge(cell, 1);
            }
        }
        own
    }

    fn count(&mut self, place: usize, unit: &Unit<'_>, at: &Context<'_>) {
        let Some((indicator, splits)) = REGISTRY.get(place).zip(SPLITS.get(place)) else { return };
        let mut of = Vec::with_capacity(splits.len());
        for (split, by) in splits.iter().enumerate() {
            strata::each(*by, &unit.subject, at, &mut |stratum| of.push((split, stratum.into())));
        }
        let month = Month::of(unit.on).first_day();
        let alike = Alike(Cow::Borrowed(indicator.id), indicator.version, Cow::Borrowed(unit.part), month, of);
        self.0.entry(alike).or_default().count(unit, 1);
    }

    /// How far a course came, by offer: split as [`EQUITY`] says, and the way there unsplit. Then the levels that were decided
    /// in it; most courses have none.
    fn count_equity(&mut self, course: &CourseFacts, at: &Context<'_>) {
        let mut of = Vec::with_capacity(EQUITY.len());
        for (split, by) in EQUITY.iter().enumerate() {
            strata::each(*by, &Subject::of(course), at, &mut |stratum| of.push((split, stratum.into())));
        }
        participation::each(course, at, &mut |offer, day, stages| {
            self.add((PARTICIPATION, offer), day, of.clone(), &stages.cell());
        });
        way::each(course, at, &mut |offer, day, cell| self.add((WAY, offer), day, Vec::new(), cell));
        of.retain(|(split, _)| EQUITY.get(*split).is_some_and(|by| drift::is_split_by(*by)));
        drift::each(course, &mut |version, day, cell| self.add((LEVELS, version), day, of.clone(), cell));
    }

    fn add(&mut self, (id, part): (&'static str, &str), day: Date, of: Vec<(usize, Box<str>)>, cell: &Cell) {
        let month = Month::of(day).first_day();
        let alike = Alike(Cow::Borrowed(id), 1, Cow::Owned(part.to_owned()), month, of);
        self.0.entry(alike).or_default().merge(cell, 1);
    }
}

impl Serialize for Contribution {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter())
    }
}

impl<'de> Deserialize<'de> for Contribution {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let all = Vec::<(Alike, Cell)>::deserialize(from)?;
        let count = all.len();
        let own = Self(all.into_iter().collect());
        if own.0.len() == count { Ok(own) } else { Err(D::Error::custom("an entry stands twice")) }
    }
}
