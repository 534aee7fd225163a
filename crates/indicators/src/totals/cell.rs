//! The counts of one figure in one month and one stratum.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::counting::{Unit, UnitState};

/// Counts that can be added and taken away: whole numbers alone, so that what was added and taken away leaves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// In the denominator.
    pub of: i64,
    /// In the numerator.
    pub met: i64,
    /// Units whose time is not up.
    pub pending: i64,
    /// Units of which a needed fact was not recorded.
    pub missing: i64,
    /// Units that the definition leaves out.
    pub excluded: i64,
    /// How often each value, in thousandths: of days, sessions or changes. Median, percentiles, mean and variance are all made
    /// of it.
    pub values: BTreeMap<i64, i64>,
    /// How many in each group of a distribution.
    pub groups: BTreeMap<Box<str>, i64>,
}

impl Cell {
    /// Counts a unit in (`step` 1) or out (-1).
    pub(super) fn count(&mut self, unit: &Unit<'_>, step: i64) {
        match unit.state() {
            UnitState::Pending => self.pending += step,
            UnitState::Missing => self.missing += step,
            UnitState::Excluded => self.excluded += step,
            UnitState::Counts => {
                self.of += step * i64::from(unit.of);
                self.met += step * i64::from(unit.met);
                if let Some(value) = unit.value {
                    step_of(&mut self.values, &value, || value, step);
                }
                if let Some(group) = unit.group {
                    step_of(&mut self.groups, group, || group.into(), step);
                }
            }
        }
    }

    /// Adds another (`step` 1), or takes it away (-1).
    pub fn merge(&mut self, other: &Self, step: i64) {
        self.of += step * other.of;
        self.met += step * other.met;
        self.pending += step * other.pending;
        self.missing += step * other.missing;
        self.excluded += step * other.excluded;
        for (value, count) in &other.values {
            step_of(&mut self.values, value, || *value, step * count);
        }
        for (group, count) in &other.groups {
            step_of(&mut self.groups, group.as_ref(), || group.clone(), step * count);
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        let none = [self.of, self.met, self.pending, self.missing, self.excluded].iter().all(|count| *count == 0);
        none && self.values.is_empty() && self.groups.is_empty()
    }
}

/// A cell as it is written: the five numbers, then how often each value, then how many in each group.
type Written<V, G> = ([i64; 5], V, G);

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { of, met, pending, missing, excluded, values, groups } = self;
        let written: Written<_, _> = ([*of, *met, *pending, *missing, *excluded], values, groups);
        written.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let ([of, met, pending, missing, excluded], values, groups) = Written::deserialize(from)?;
        Ok(Self { of, met, pending, missing, excluded, values, groups })
    }
}

/// Moves one count; one that comes to nothing goes.
fn step_of<K, Q>(counts: &mut BTreeMap<K, i64>, key: &Q, owned: impl FnOnce() -> K, step: i64)
where
    K: Ord + std::borrow::Borrow<Q>,
    Q: Ord + ?Sized,
{
    match counts.get_mut(key) {
        Some(count) => {
            *count += step;
            if *count == 0 {
                counts.remove(key);
            }
        }
        None if step != 0 => {
            counts.insert(owned(), step);
        }
        None => {}
    }
}
