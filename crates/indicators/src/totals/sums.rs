//! What many contributions come to: each cell found without a text being copied, for a municipality touches twenty million of
//! them. The figure is found once for all that it is split by, so that a cell is told from its neighbours by its stratum alone.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::contribution::{Alike, CellName, Contribution};
use super::{Cell, splits_of};
use crate::definition::Breakdown;
use crate::period::Month;

/// Cells by name, moved by whole contributions.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    figures: HashTable<Figure>,
    hasher: DefaultHashBuilder,
}

/// A figure, or a part of one, in a month.
#[derive(Debug, Clone)]
struct Figure {
    indicator: Cow<'static, str>,
    part: Cow<'static, str>,
    month: Month,
    cells: HashTable<(Split, Cell)>,
}

/// Of all, or a stratum of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Split {
    by: Option<Breakdown>,
    stratum: Box<str>,
}

impl Sums {
    /// Adds a contribution (`step` 1), or takes it away (-1): in each cell that it is a part of, of all and of each stratum.
    pub fn merge(&mut self, by: &Contribution, step: i64) {
        let Self { figures, hasher } = self;
        for (alike, cell) in by.all() {
            let Alike(indicator, version, _, _, strata) = alike;
            let figure = figure_of(figures, hasher, alike);
            figure.merge(hasher, (None, ""), cell, step);
            let splits = splits_of(indicator, *version);
            for (split, stratum) in strata {
                if let Some(by) = splits.get(*split) {
                    figure.merge(hasher, (Some(*by), stratum), cell, step);
                }
            }
        }
    }

    /// The cells that hold something, in the order of their names.
    pub fn cells(&self) -> Vec<(CellName, &Cell)> {
        let mut all: Vec<_> = self.figures.iter().flat_map(Figure::named).collect();
        all.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        all
    }
}

fn figure_of<'a>(
    figures: &'a mut HashTable<Figure>,
    hasher: &DefaultHashBuilder,
    Alike(indicator, _, part, first, _): &Alike,
) -> &'a mut Figure {
    let month = Month::of(*first);
    let hash = hasher.hash_one((&**indicator, &**part, month));
    let same = |it: &Figure| it.month == month && it.indicator == *indicator && it.part == *part;
    let anew = |it: &Figure| hasher.hash_one((&*it.indicator, &*it.part, it.month));
    let made = || Figure { indicator: indicator.clone(), part: part.clone(), month, cells: HashTable::new() };
    figures.entry(hash, same, anew).or_insert_with(made).into_mut()
}

impl Figure {
    fn merge(&mut self, hasher: &DefaultHashBuilder, (by, stratum): (Option<Breakdown>, &str), cell: &Cell, step: i64) {
        let same = |(it, _): &(Split, Cell)| it.by == by && *it.stratum == *stratum;
        let anew = |(it, _): &(Split, Cell)| hasher.hash_one((it.by, &*it.stratum));
        match self.cells.entry(hasher.hash_one((by, stratum)), same, anew) {
            Entry::Occupied(mut found) => found.get_mut().1.merge(cell, step),
            Entry::Vacant(room) => {
                let mut own = Cell::default();
                own.merge(cell, step);
                room.insert((Split { by, stratum: stratum.into() }, own));
            }
        }
    }

    fn named(&self) -> impl Iterator<Item = (CellName, &Cell)> {
        self.cells.iter().filter(|(_, cell)| !cell.is_empty()).map(|(of, cell)| {
            let name = CellName {
                by: Cow::Borrowed(of.by.map_or("", Breakdown::word)),
                indicator: self.indicator.clone(),
                part: self.part.clone(),
                stratum: of.stratum.clone(),
                month: self.month,
            };
            (name, cell)
        })
    }
}
