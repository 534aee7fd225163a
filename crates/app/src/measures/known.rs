//! The instruments that a municipality has: those of the program and those it loaded, less those it has switched off.

use std::collections::{BTreeMap, BTreeSet};

use instruments::{CATALOGUE, Instrument};
use store::{StoreError, Tx};

use super::queries;
use crate::AppError;

/// The instruments of one municipality.
#[derive(Debug, Clone, Default)]
pub struct Instruments {
    loaded: Vec<Instrument>,
    off: BTreeSet<String>,
}

impl Instruments {
    /// Those of the organization that the transaction is for: one query.
    pub(crate) fn read(tx: &mut Tx<'_>, off: &BTreeSet<String>) -> Result<Self, StoreError> {
        // A file was read before it was stored; one that a newer program cannot read is left out, its answers stay.
        let loaded = queries::files(tx)?.iter().filter_map(|file| instruments::read(file).ok()).collect();
        Ok(Self { loaded, off: off.clone() })
    }

    fn all(&self) -> impl Iterator<Item = &Instrument> {
        CATALOGUE.iter().chain(&self.loaded)
    }

    /// In the version that was answered.
    pub fn find(&self, id: &str, version: u16) -> Option<&Instrument> {
        self.all().find(|one| one.id == id && one.version == version)
    }

    /// In the newest version, also when it is switched off.
    pub fn newest(&self, id: &str) -> Option<&Instrument> {
        self.all().filter(|one| one.id == id).max_by_key(|one| one.version)
    }

    /// The newest version of one that can be answered now.
    pub fn to_answer(&self, id: &str) -> Result<&Instrument, AppError> {
        let found = self.newest(id).filter(|one| self.is_on(&one.id) && one.computed_from.is_none());
        found.ok_or(AppError::NotFound("instrument"))
    }

    /// Whether the municipality uses it.
    pub fn is_on(&self, id: &str) -> bool {
        !self.off.contains(id)
    }

    /// The newest version of each that is used and has items of its own, in the order of the catalogue.
    pub fn in_use(&self) -> Vec<&Instrument> {
        self.newest_of_each().into_iter().filter(|one| self.is_on(&one.id) && one.computed_from.is_none()).collect()
    }

    /// The newest version of each, in the order of the catalogue, those that were loaded last.
    pub fn newest_of_each(&self) -> Vec<&Instrument> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut found: Vec<&Instrument> = Vec::new();
        for one in self.all() {
            match places.get(one.id.as_str()) {
                Some(place) if found[*place].version < one.version => found[*place] = one,
                Some(_) => {}
                None => {
                    places.insert(&one.id, found.len());
                    found.push(one);
                }
            }
        }
        found
    }

    /// Those that are computed from another's answers.
    pub fn computed_from(&self, id: &str) -> impl Iterator<Item = &Instrument> {
        self.all().filter(move |one| one.computed_from.as_deref() == Some(id))
    }
}
