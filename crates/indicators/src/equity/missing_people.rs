//! "Missing people": how many more of a stratum would take part if it took part as often as all do. A description of whom the
//! offers do not reach, not of why.

use domain::identifiers::MunicipalityCode;

use super::participation::{Participation, Reached};
use super::population::PopulationTable;
use crate::counting::NOT_STATED;
use crate::definition::Breakdown;
use crate::period::FigurePeriod;

/// What a stratum is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The adults of the population table.
    Population,
    /// Those referred, because the population table is not split so (E02: it says so).
    Referred,
}

/// A stratum and those missing of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The stratum.
    pub stratum: String,
    /// How many there are.
    pub persons: u64,
    /// How many of them take part.
    pub take_part: u32,
    /// How many would, if all strata took part as often.
    pub expected: f64,
    /// Whole people missing; zero where more take part than expected.
    pub missing: u32,
}

/// The strata of an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct MissingPeople {
    /// What they are measured against.
    pub against: Against,
    /// Each stratum, by name.
    pub strata: Vec<Missing>,
    /// Those who take part of whom the stratum is not stated, or is none of the population's: told beside it.
    pub unplaced: u32,
}

/// Whose participation is looked at.
#[derive(Debug, Clone, Copy)]
pub struct OfferAsked<'a> {
    /// The offer; `participation::ALL_OFFERS` for all of them.
    pub offer: &'a str,
    /// How far they came.
    pub stage: Reached,
    /// What it is split by.
    pub by: Breakdown,
    /// When they were referred.
    pub period: FigurePeriod,
}

/// Against the population where its table is split so, else against those referred. None when there is nobody to compare with.
pub fn missing_people(
    participation: &Participation,
    asked: OfferAsked<'_>,
    population: Option<(&PopulationTable, &MunicipalityCode, Option<&str>)>,
) -> Option<MissingPeople> {
    let strata = participation.strata(asked.offer, asked.by, asked.period);
    let part: Vec<(&str, u32)> =
        strata.iter().map(|(stratum, stages)| (*stratum, narrow(stages.of(asked.stage)))).collect();
    let persons = population.and_then(|(table, code, disease)| match asked.by {
        Breakdown::Disease => table.by_disease(code),
        by => table.strata(code, disease, by),
    });
    let (against, base) = match persons {
        Some(persons) => (Against::Population, persons),
        None => {
            let referred = strata.iter().map(|(stratum, stages)| (*stratum, u64::from(narrow(stages.referred))));
            (Against::Referred, referred.filter(|(stratum, _)| *stratum != NOT_STATED).collect())
        }
    };
    compare(against, &base, &part)
}

#[expect(clippy::cast_precision_loss, reason = "people of a municipality are far below 2^53")]
fn compare(against: Against, base: &[(&str, u64)], part: &[(&str, u32)]) -> Option<MissingPeople> {
    let of = |stratum: &str| part.iter().find(|(name, _)| *name == stratum).map_or(0, |(_, count)| *count);
    let placed: u32 = base.iter().map(|(stratum, _)| of(stratum)).sum();
    let all: u64 = base.iter().map(|(_, persons)| persons).sum();
    let each = (all > 0).then(|| f64::from(placed) / all as f64)?;
    let strata = base.iter().map(|(stratum, persons)| {
        let (take_part, expected) = (of(stratum), *persons as f64 * each);
        let missing = rounded(expected - f64::from(take_part));
        Missing { stratum: (*stratum).to_owned(), persons: *persons, take_part, expected, missing }
    });
    let everybody: u32 = part.iter().map(|(_, count)| count).sum();
    Some(MissingPeople { against, strata: strata.collect(), unplaced: everybody - placed })
}

/// The number missing of each stratum, in their order, where it may be told: where the sum of those who take part and what is
/// counted of the stratum are shown as they are. What is shown is decided with everything else that stands on the page.
pub fn published(of: &MissingPeople, sum_is_exact: bool, is_exact: impl Fn(&str) -> bool) -> Vec<Option<u32>> {
    let told = |one: &Missing| (sum_is_exact && is_exact(&one.stratum)).then_some(one.missing);
    of.strata.iter().map(told).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between zero and the people of a municipality"
)]
fn rounded(people: f64) -> u32 {
    people.round().max(0.0) as u32
}

fn narrow(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 60 of 3,000 take part: 2 %. Of 1,000 in Nord 35 do, expected 20; of 2,000 in Syd 25, expected 40: 15 are missing.
    #[test]
    fn those_missing_are_what_the_common_share_would_give() {
        let found = compare(
            Against::Population,
            &[("Nord", 1_000), ("Syd", 2_000)],
            &[("Nord", 35), ("Syd", 25), (NOT_STATED, 4)],
        )
        .unwrap();
        let missing: Vec<(f64, u32)> = found.strata.iter().map(|one| (one.expected, one.missing)).collect();
        assert_eq!(missing, [(20.0, 0), (40.0, 15)]);
        assert_eq!(found.unplaced, 4);
        assert_eq!(compare(Against::Population, &[], &[("Nord", 3)]), None);
    }

    /// Two of Vest are not shown, so what is missing there is not told; nothing is where the sum is not shown as it is.
    #[test]
    fn those_missing_are_told_where_what_they_are_made_of_is_shown() {
        let base = [("Nord", 1_000), ("Syd", 2_000), ("Vest", 900)];
        let found = compare(Against::Population, &base, &[("Nord", 35), ("Syd", 25), ("Vest", 2)]).unwrap();
        assert_eq!(published(&found, true, |stratum| stratum != "Vest"), [Some(0), Some(7), None]);
        assert_eq!(published(&found, false, |_| true), [None, None, None]);
    }
}
