//! Where the counts of one indicator stand: by part, then all of them and by breakdown and stratum, then by month. What comes to
//! nothing goes, so that two tables with the same counts are the same.

use std::collections::BTreeMap;

use super::Cell;
use crate::counting::Over;
use crate::period::{FigurePeriod, Month};

/// The counts of a figure by month, the earliest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Series(Vec<(Month, Cell)>);

impl Series {
    /// Its months.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Month, &Cell)> {
        self.0.iter().map(|(month, cell)| (*month, cell))
    }

    /// What its months come to in a period: added, or the last of them where that stands for all.
    pub(super) fn of_period(&self, over: Over, period: FigurePeriod) -> Cell {
        let (from, to) = (Month::of(period.from()), Month::of(period.to()));
        let from = if over == Over::Last { to } else { from };
        let begins = self.0.partition_point(|(month, _)| *month < from);
        let within = self.0.iter().skip(begins).take_while(|(month, _)| *month <= to);
        within.fold(Cell::default(), |mut sum, (_, cell)| {
            sum.merge(cell, 1);
            sum
        })
    }

    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn change(&mut self, month: Month, by: impl FnOnce(&mut Cell)) {
        let at = match self.0.binary_search_by_key(&month, |(month, _)| *month) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (month, Cell::default()));
                at
            }
        };
        let Some((_, cell)) = self.0.get_mut(at) else { return };
        by(cell);
        if cell.is_empty() {
            self.0.remove(at);
        }
    }
}

type Strata = BTreeMap<Box<str>, Series>;

/// A figure of an indicator. Whoever is in a stratum is in the whole as well.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    name: Box<str>,
    whole: Series,
    /// By the breakdowns of the indicator, in their order.
    splits: Vec<Strata>,
}

impl Part {
    fn change(&mut self, split: usize, stratum: &str, month: Month, by: impl FnOnce(&mut Cell)) {
        if self.splits.len() <= split {
            self.splits.resize_with(split + 1, Strata::new);
        }
        if let Some(strata) = self.splits.get_mut(split) {
            change_stratum(strata, stratum, month, by);
        }
        while self.splits.last().is_some_and(Strata::is_empty) {
            self.splits.pop();
        }
    }
}

/// The counts of an indicator, its parts by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table(Vec<Part>);

impl Table {
    /// The names of its parts, the main one first.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|part| part.name.as_ref())
    }

    /// All of a part.
    pub(super) fn whole(&self, part: &str) -> Option<&Series> {
        self.0.iter().find(|own| is_same(&own.name, part)).map(|part| &part.whole)
    }

    /// The strata of a part by one of the breakdowns.
    pub(super) fn split(&self, part: &str, by: usize) -> Option<&Strata> {
        self.0.iter().find(|own| is_same(&own.name, part))?.splits.get(by)
    }

    /// Changes the counts of a month: of all, or of a stratum.
    pub(super) fn change(
        &mut self,
        name: &str,
        stratum: Option<(usize, &str)>,
        month: Month,
        by: impl FnOnce(&mut Cell),
    ) {
        let at = self.0.iter().position(|part| is_same(&part.name, name)).unwrap_or_else(|| {
            let at = self.0.partition_point(|part| part.name.as_ref() < name);
            self.0.insert(at, Part { name: name.into(), whole: Series::default(), splits: Vec::new() });
            at
        });
        let Some(part) = self.0.get_mut(at) else { return };
        match stratum {
            None => part.whole.change(month, by),
            Some((split, stratum)) => part.change(split, stratum, month, by),
        }
    }

    /// Every cell, with the breakdown and stratum it is of; none for all.
    pub(super) fn cells(&self) -> impl Iterator<Item = (&str, Option<(usize, &str)>, Month, &Cell)> {
        self.0.iter().flat_map(|part| {
            let whole = part.whole.iter().map(|(month, cell)| (part.name.as_ref(), None, month, cell));
            let splits = part.splits.iter().enumerate().flat_map(move |(split, strata)| {
                strata.iter().flat_map(move |(stratum, series)| {
                    let of = Some((split, stratum.as_ref()));
                    series.iter().map(move |(month, cell)| (part.name.as_ref(), of, month, cell))
                })
            });
            whole.chain(splits)
        })
    }

    /// Lets go of parts that hold nothing.
    pub(super) fn tidy(&mut self) {
        self.0.retain(|part| !part.whole.is_empty() || part.splits.iter().any(|strata| !strata.is_empty()));
    }

    /// Adds another, or takes it away.
    pub(super) fn merge(&mut self, other: &Self, step: i64) {
        for part in &other.0 {
            for (month, cell) in part.whole.iter() {
                self.change(&part.name, None, month, |own| own.merge(cell, step));
            }
            for (at, strata) in part.splits.iter().enumerate() {
                for (stratum, series) in strata {
                    for (month, cell) in series.iter() {
                        self.change(&part.name, Some((at, stratum)), month, |own| own.merge(cell, step));
                    }
                }
            }
        }
        self.tidy();
    }
}

fn change_stratum(strata: &mut Strata, stratum: &str, month: Month, by: impl FnOnce(&mut Cell)) {
    let series = match strata.get_mut(stratum) {
        Some(series) => series,
        None => strata.entry(stratum.into()).or_default(),
    };
    series.change(month, by);
    if series.is_empty() {
        strata.remove(stratum);
    }
}

/// The main part has an empty name, and comparing two empty texts reads where nothing is, which takes a processor longer than
/// all the rest of the counting.
fn is_same(one: &str, other: &str) -> bool {
    match (one.is_empty(), other.is_empty()) {
        (true, true) => true,
        (false, false) => one == other,
        _ => false,
    }
}
