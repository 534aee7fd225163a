//! A population table: how many adults there are in each stratum of each municipality, of all or with a disease (health data and
//! health profiles; KS-9-01). Read from a file with [`read`], which refuses what does not fit.

mod import;
#[cfg(test)]
mod tests;

use domain::identifiers::MunicipalityCode;
use jiff::civil::Date;
use standard::facts::Population;

pub use import::{Fault, FaultKind, Mapping, line_of, read};

use crate::definition::Breakdown;

/// A population table, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationTable {
    source: String,
    dataset_date: Date,
    by: Vec<Breakdown>,
    has_diseases: bool,
    rows: Vec<PopulationRow>,
}

/// So many adults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationRow {
    /// Where they live.
    pub municipality: MunicipalityCode,
    /// Their disease, by the part of the code that names it; none for all adults, or with any chronic disease.
    pub disease: Option<String>,
    /// Their strata, in the order of [`PopulationTable::breakdowns`].
    pub strata: Vec<String>,
    /// How many.
    pub persons: u64,
}

impl PopulationTable {
    /// Where it is from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The day of the data.
    pub const fn dataset_date(&self) -> Date {
        self.dataset_date
    }

    /// What it is split by.
    pub fn breakdowns(&self) -> &[Breakdown] {
        &self.by
    }

    /// Whether it tells diseases.
    pub const fn has_diseases(&self) -> bool {
        self.has_diseases
    }

    /// Its rows.
    pub fn rows(&self) -> &[PopulationRow] {
        &self.rows
    }

    /// The adults of a municipality with a disease; without one all of them, or in a table of diseases those with any. None
    /// when the table does not tell.
    pub fn persons(&self, of: &MunicipalityCode, disease: Option<&str>) -> Option<u64> {
        self.of(of, disease).map(|row| row.persons).reduce(u64::saturating_add)
    }

    /// The same by stratum, by name. None when the table does not tell, or is not split so.
    pub fn strata(&self, of: &MunicipalityCode, disease: Option<&str>, by: Breakdown) -> Option<Vec<(&str, u64)>> {
        let at = self.by.iter().position(|one| *one == by)?;
        let mut strata: Vec<(&str, u64)> = Vec::new();
        for row in self.of(of, disease) {
            let Some(stratum) = row.strata.get(at) else { continue };
            match strata.iter_mut().find(|(known, _)| *known == stratum) {
                Some((_, persons)) => *persons += row.persons,
                None => strata.push((stratum, row.persons)),
            }
        }
        strata.sort_unstable();
        (!strata.is_empty()).then_some(strata)
    }

    /// The adults of a municipality with each disease, somebody with two of them in both. None when the table tells none.
    pub fn by_disease(&self, of: &MunicipalityCode) -> Option<Vec<(&str, u64)>> {
        let each = self.diseases().into_iter();
        let known: Vec<_> = each.filter_map(|disease| Some((disease, self.persons(of, Some(disease))?))).collect();
        (!known.is_empty()).then_some(known)
    }

    /// The same as facts of the municipality, which the requirements about the population are decided from.
    pub fn facts(&self, of: &MunicipalityCode) -> Vec<Population> {
        let districts = self.by.iter().position(|by| *by == Breakdown::District);
        let own = self.rows.iter().filter(|row| row.municipality == *of);
        own.map(|row| Population {
            source: Some(self.source.clone()),
            dataset_date: Some(self.dataset_date),
            count: i32::try_from(row.persons).ok(),
            disease: row.disease.clone(),
            district: districts.and_then(|at| row.strata.get(at)).cloned(),
            strata: self.by.iter().map(|by| by.word().to_owned()).collect(),
        })
        .collect()
    }

    /// The diseases it tells, each once.
    pub fn diseases(&self) -> Vec<&str> {
        let mut diseases: Vec<&str> = self.rows.iter().filter_map(|row| row.disease.as_deref()).collect();
        diseases.sort_unstable();
        diseases.dedup();
        diseases
    }

    fn of<'a, 'k>(
        &'a self,
        of: &'k MunicipalityCode,
        disease: Option<&'k str>,
    ) -> impl Iterator<Item = &'a PopulationRow> + use<'a, 'k> {
        self.rows.iter().filter(move |row| row.municipality == *of && row.disease.as_deref() == disease)
    }
}
