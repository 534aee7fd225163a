//! What many contributions come to: each cell found by its name without a text being copied, for a municipality touches
//! twenty million of them.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::contribution::{Alike, CellName, Contribution};
use super::{Cell, splits_of};
use crate::period::Month;

/// Cells by name, moved by whole contributions.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    cells: HashTable<(CellName, Cell)>,
    hasher: DefaultHashBuilder,
}

/// A figure in a month: what the cells of units that are alike have in common.
struct Figure<'a> {
    of: &'a Alike,
    month: Month,
    hash: u64,
}

impl Sums {
    /// Adds a contribution (`step` 1), or takes it away (-1): in each cell that it is a part of, of all and of each stratum.
    pub fn merge(&mut self, by: &Contribution, step: i64) {
        for (alike, cell) in by.all() {
            let Alike(indicator, version, part, first, strata) = alike;
            let month = Month::of(*first);
            let figure = Figure { of: alike, month, hash: figure_hash(&self.hasher, indicator, part, month) };
            self.merge_into(&figure, ("", ""), cell, step);
            let splits = splits_of(indicator, *version);
            for (split, stratum) in strata {
                if let Some(by) = splits.get(*split) {
                    self.merge_into(&figure, (by.word(), stratum), cell, step);
                }
            }
        }
    }

    fn merge_into(&mut self, figure: &Figure<'_>, (by, stratum): (&'static str, &str), cell: &Cell, step: i64) {
        let Alike(indicator, _, part, ..) = figure.of;
        let hasher = &self.hasher;
        let same = |(name, _): &(CellName, Cell)| {
            name.month == figure.month
                && *name.stratum == *stratum
                && name.by == by
                && name.indicator == *indicator
                && name.part == *part
        };
        let anew = |(name, _): &(CellName, Cell)| {
            let figure = figure_hash(hasher, &name.indicator, &name.part, name.month);
            cell_hash(hasher, figure, &name.by, &name.stratum)
        };
        match self.cells.entry(cell_hash(hasher, figure.hash, by, stratum), same, anew) {
            Entry::Occupied(mut found) => found.get_mut().1.merge(cell, step),
            Entry::Vacant(room) => {
                let (indicator, part, month) = (indicator.clone(), part.clone(), figure.month);
                let name = CellName { by: by.into(), indicator, part, stratum: stratum.into(), month };
                let mut own = Cell::default();
                own.merge(cell, step);
                room.insert((name, own));
            }
        }
    }

    /// The cells that hold something, in the order of their names.
    pub fn cells(&self) -> Vec<(&CellName, &Cell)> {
        let mut all: Vec<_> =
            self.cells.iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| (name, cell)).collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all
    }
}

fn figure_hash(hasher: &DefaultHashBuilder, indicator: &str, part: &str, month: Month) -> u64 {
    hasher.hash_one((indicator, part, month))
}

fn cell_hash(hasher: &DefaultHashBuilder, figure: u64, by: &str, stratum: &str) -> u64 {
    hasher.hash_one((figure, by, stratum))
}
