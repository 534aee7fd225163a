//! "Missing people": how many more of a stratum would take part if it took part as often as all do. A description of whom the
//! offers do not reach, not of why.

use domain::identifiers::MunicipalityCode;

use super::participation::{Participation, Reached};
use super::population::PopulationTable;
use crate::counting::NOT_STATED;
use crate::definition::Breakdown;
use crate::period::FigurePeriod;
use crate::suppression::{self, Shown};

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
    let persons = population.and_then(|(table, code, disease)| table.strata(code, disease, asked.by));
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

/// What of it may leave the treating unit: those who take part, protected as a list with its sum; the number missing only
/// where every number that it is made of is shown.
pub fn published(of: &MissingPeople) -> Vec<(String, Shown, Option<u32>)> {
    let counts: Vec<u32> = of.strata.iter().map(|one| one.take_part).collect();
    let shown = suppression::list(&counts);
    let all_known = matches!(shown.total, Shown::Exact(_));
    let told = |one: &Missing, shown: Shown| (all_known && matches!(shown, Shown::Exact(_))).then_some(one.missing);
    of.strata.iter().zip(shown.cells).map(|(one, shown)| (one.stratum.clone(), shown, told(one, shown))).collect()
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
        assert_eq!(published(&found)[1], ("Syd".to_owned(), Shown::Exact(25), Some(15)));
        assert_eq!(compare(Against::Population, &[], &[("Nord", 3)]), None);
    }

    /// Two of Vest: hidden, and with it what is missing of the others that would give it away.
    #[test]
    fn few_are_hidden_with_what_would_give_them_away() {
        let base = [("Nord", 1_000), ("Syd", 2_000), ("Vest", 900)];
        let found = compare(Against::Population, &base, &[("Nord", 35), ("Syd", 25), ("Vest", 2)]).unwrap();
        let told = published(&found);
        assert_eq!(told[2].1, Shown::UnderFive);
        assert!(told.iter().filter(|(_, _, missing)| missing.is_none()).count() >= 2);
    }
}
