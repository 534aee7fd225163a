//! The municipality that is simulated: which, how large, and with which seed. And all 98 of them.

use domain::identifiers::{Gln, MunicipalityCode};

use crate::dice::mixed;

/// A municipality to simulate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    /// Its code.
    pub code: MunicipalityCode,
    /// How many live there.
    pub inhabitants: u32,
    /// What the number rests on.
    pub basis: SizeBasis,
}

/// What a number of inhabitants rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizeBasis {
    /// Counted, by a source that the table names.
    Counted,
    /// The average of those that the table has no count of: an assumption.
    Average,
    /// Said by whoever asked for the simulation.
    Given,
}

/// A table of municipalities that is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MunicipalityFault {
    /// A line that is no code, number and basis.
    #[error("line {line}: expected code, inhabitants and basis (counted or average)")]
    Line {
        /// Which, from 1 on.
        line: usize,
    },
    /// A code that no municipality has, or one that stands twice.
    #[error("line {line}: {code} is no municipality, or stands twice")]
    Code {
        /// Which, from 1 on.
        line: usize,
        /// What stands there.
        code: String,
    },
    /// Too few or too many inhabitants to simulate.
    #[error("line {line}: inhabitants must lie from {INHABITANTS_LEAST} to {INHABITANTS_MOST}")]
    Inhabitants {
        /// Which, from 1 on.
        line: usize,
    },
    /// Not all of them.
    #[error("there are 98 municipalities, found {0}")]
    Incomplete(usize),
}

/// The smallest municipality that is simulated.
pub const INHABITANTS_LEAST: u32 = 500;
/// The largest.
pub const INHABITANTS_MOST: u32 = 2_000_000;

/// How many municipalities there are.
const COUNT: usize = 98;

/// The 98 municipalities with their inhabitants as the built-in table has them.
pub fn country() -> Result<Vec<Municipality>, MunicipalityFault> {
    read(include_str!("../data/municipalities.csv"))
}

/// The location number of a municipality that is simulated: one that GS1 gives to nobody (prefix 20, for use within a company),
/// so that no message can go astray to a real one. There is one for every code: a check digit fits any twelve digits.
pub fn location_number(code: &MunicipalityCode) -> Option<Gln> {
    (0..10).find_map(|check| Gln::parse(&format!("200000000{}{check}", code.as_str())).ok())
}

/// Reads a table; the first two lines are the source and the head.
fn read(text: &str) -> Result<Vec<Municipality>, MunicipalityFault> {
    let mut all: Vec<Municipality> = Vec::with_capacity(COUNT);
    for (index, line) in text.lines().enumerate().skip(2) {
        let municipality = one(index + 1, line)?;
        if all.iter().any(|other| other.code == municipality.code) {
            return Err(MunicipalityFault::Code { line: index + 1, code: municipality.code.as_str().to_owned() });
        }
        all.push(municipality);
    }
    if all.len() == COUNT { Ok(all) } else { Err(MunicipalityFault::Incomplete(all.len())) }
}

fn one(line: usize, text: &str) -> Result<Municipality, MunicipalityFault> {
    let mut parts = text.split(',');
    let (Some(code), Some(inhabitants), Some(basis), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(MunicipalityFault::Line { line });
    };
    let unknown = || MunicipalityFault::Code { line, code: code.to_owned() };
    let code = MunicipalityCode::parse(code).map_err(|_| unknown())?;
    domain::codes::municipality_name(&code).ok_or_else(unknown)?;
    let inhabitants: u32 = inhabitants.parse().map_err(|_| MunicipalityFault::Line { line })?;
    if !(INHABITANTS_LEAST..=INHABITANTS_MOST).contains(&inhabitants) {
        return Err(MunicipalityFault::Inhabitants { line });
    }
    let basis = match basis {
        "counted" => SizeBasis::Counted,
        "average" => SizeBasis::Average,
        _ => return Err(MunicipalityFault::Line { line }),
    };
    Ok(Municipality { code, inhabitants, basis })
}

impl Municipality {
    /// The municipality of a code; one that the table has not, such as a test municipality, is an average one.
    pub fn of(code: &MunicipalityCode) -> Result<Self, MunicipalityFault> {
        let all = country()?;
        let total: u32 = all.iter().map(|one| one.inhabitants).sum();
        let count = u32::try_from(all.len()).unwrap_or(1).max(1);
        let average = || Self { code: code.clone(), inhabitants: total / count, basis: SizeBasis::Average };
        Ok(all.iter().find(|one| one.code == *code).cloned().unwrap_or_else(average))
    }

    /// The seed of this municipality under the seed of a country: neighbours have nothing in common.
    pub fn seed(&self, country: u64) -> u64 {
        let code = self.code.as_str().bytes().fold(0, |sum, digit| sum * 10 + u64::from(digit.saturating_sub(b'0')));
        mixed(country, code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_municipality_has_a_location_number() {
        let numbers: BTreeSet<String> =
            country().unwrap().iter().map(|one| location_number(&one.code).unwrap().as_str().to_owned()).collect();
        assert_eq!(numbers.len(), COUNT);
    }

    #[test]
    fn the_table_has_the_98_municipalities_and_says_what_is_counted() {
        let all = country().unwrap();
        let of = |code| all.iter().find(|one| one.code.as_str() == code).unwrap();
        assert_eq!((of("630").inhabitants, of("630").basis), (108_021, SizeBasis::Counted));
        assert_eq!(all.iter().filter(|one| one.basis == SizeBasis::Counted).count(), 28);
        let inhabitants: u32 = all.iter().map(|one| one.inhabitants).sum();
        assert!(inhabitants.abs_diff(5_600_000) < 100, "{inhabitants}");
    }

    #[test]
    fn a_code_of_the_table_has_its_size_and_another_the_average() {
        let of = |code| Municipality::of(&MunicipalityCode::parse(code).unwrap()).unwrap();
        assert_eq!((of("630").inhabitants, of("630").basis), (108_021, SizeBasis::Counted));
        assert_eq!((of("999").inhabitants, of("999").basis), (57_143, SizeBasis::Average));
    }

    #[test]
    fn each_municipality_has_a_seed_of_its_own() {
        let all = country().unwrap();
        let seeds: BTreeSet<u64> = all.iter().map(|one| one.seed(1)).collect();
        assert_eq!(seeds.len(), 98);
        assert_ne!(all[0].seed(1), all[0].seed(2));
        assert_eq!(all[0].seed(1), all[0].seed(1));
    }

    #[test]
    fn a_table_that_is_wrong_is_refused_with_its_line() {
        let text = include_str!("../data/municipalities.csv");
        let changed = |from: &str, to: &str| read(&text.replacen(from, to, 1)).unwrap_err();
        assert_eq!(changed("101,549050", "101,many"), MunicipalityFault::Line { line: 3 });
        assert_eq!(changed("101,549050", "998,549050"), MunicipalityFault::Code { line: 3, code: "998".into() });
        assert!(matches!(changed("101,549050", "751,549050"), MunicipalityFault::Code { .. }));
        assert_eq!(changed("101,549050", "101,3"), MunicipalityFault::Inhabitants { line: 3 });
        assert_eq!(changed("101,549050,counted\n", ""), MunicipalityFault::Incomplete(97));
        assert_eq!(changed("101,549050,counted", "101,549050,guessed"), MunicipalityFault::Line { line: 3 });
    }
}
