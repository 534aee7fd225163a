//! Coverage: unique citizens who began something in twelve months, per 1,000 adults with the disease (E01), and in each stratum
//! against the whole (E02). Diseases that the population table does not tell are left out.

use domain::identifiers::MunicipalityCode;

use super::population::PopulationTable;
use crate::definition::Breakdown;
use crate::period::FigurePeriod;
use crate::totals::Totals;

/// A share of the population in thousandths.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The disease or stratum; empty for all.
    pub of: String,
    /// Citizens who began.
    pub citizens: u32,
    /// Adults in the population table.
    pub persons: u64,
    /// Per 1,000; none of nobody.
    pub per_thousand: Option<f64>,
}

impl Coverage {
    #[expect(clippy::cast_precision_loss, reason = "people of a municipality are far below 2^53")]
    fn new(of: &str, citizens: i64, persons: u64) -> Self {
        let citizens = u32::try_from(citizens).unwrap_or(0);
        let per_thousand = (persons > 0).then(|| f64::from(citizens) * 1_000.0 / persons as f64);
        Self { of: of.to_owned(), citizens, persons, per_thousand }
    }
}

/// R01 per 1,000 adults: the referrals of a period, of all and without a disease. None in a table of diseases, which does not
/// say how many adults there are.
pub fn referrals(
    totals: &Totals,
    population: &PopulationTable,
    of: &MunicipalityCode,
    period: FigurePeriod,
) -> Option<Coverage> {
    let adults = population.persons(of, None).filter(|_| !population.has_diseases())?;
    Some(Coverage::new("", totals.cell("R01", "", None, period).of, adults))
}

/// E01: each disease that the table tells of the municipality.
pub fn by_disease(
    totals: &Totals,
    population: &PopulationTable,
    of: &MunicipalityCode,
    year: FigurePeriod,
) -> Vec<Coverage> {
    let diseases = population.diseases().into_iter();
    let known = diseases.filter_map(|disease| Some((disease, population.persons(of, Some(disease))?)));
    known
        .map(|(disease, persons)| {
            let cell = totals.cell("E01", "", Some((Breakdown::Disease, disease)), year);
            Coverage::new(disease, cell.of, persons)
        })
        .collect()
}

/// E02: each stratum of those with any chronic disease, and the whole last. None when the table does not tell them, or is not
/// split so: then those referred are what there is to compare with (`missing_people`).
pub fn by_stratum(
    totals: &Totals,
    population: &PopulationTable,
    of: &MunicipalityCode,
    by: Breakdown,
    year: FigurePeriod,
) -> Option<Vec<Coverage>> {
    let strata = population.strata(of, None, by)?;
    let whole = population.persons(of, None)?;
    let each = strata.into_iter().map(|(stratum, persons)| {
        Coverage::new(stratum, totals.cell("E02", "", Some((by, stratum)), year).of, persons)
    });
    let all = Coverage::new("", totals.cell("E02", "", None, year).of, whole);
    Some(each.chain([all]).collect())
}
