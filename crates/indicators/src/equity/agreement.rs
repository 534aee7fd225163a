//! What practice and hospitals were expected to refer against what they did (cooperation between GP and municipality, "Skøn for
//! henvisninger i sundhedsaftalen" and "Fælles dimensionering"). The region of Nordjylland expects 2 % of those who smoke or drink
//! too much to be referred in a year: a number, or a share of the people it is about.

use jiff::civil::{Date, date};
use standard::facts::words::Source;
use standard::facts::{Collab, Estimate};

use crate::definition::Breakdown;
use crate::period::{Every, FigurePeriod};
use crate::totals::Totals;

/// How many are expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// So many referrals.
    Referrals(f64),
    /// So many per cent of so many people.
    PercentOf {
        /// Per cent, above zero and at most a hundred.
        percent: f64,
        /// The people it is a share of, from a population table.
        persons: u64,
    },
}

impl Expected {
    /// Referrals in the whole year.
    #[expect(clippy::cast_precision_loss, reason = "people of a municipality are far below 2^53")]
    pub fn in_a_year(self) -> f64 {
        match self {
            Self::Referrals(number) => number,
            Self::PercentOf { percent, persons } => percent * persons as f64 / 100.0,
        }
    }
}

/// Why an estimate cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EstimateFault {
    /// Referrals are not told apart by this area.
    #[error("no referrals are counted for the area '{0}'")]
    Area(String),
    /// The area, the year or the number is not recorded.
    #[error("{0} is not recorded")]
    NotRecorded(&'static str),
    /// No number of referrals above zero.
    #[error("the number has to be above zero")]
    Number,
}

impl EstimateFault {
    /// What people read.
    pub fn user_message(&self) -> String {
        match self {
            Self::Area(area) => format!("Henvisninger bliver ikke talt for »{area}«."),
            Self::NotRecorded(_) => "Skønnet mangler område, år eller antal.".to_owned(),
            Self::Number => "Antallet skal være over nul.".to_owned(),
        }
    }
}

/// How the actual number stands to the expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgainstExpected {
    /// Fewer than chance would give.
    Below,
    /// As expected.
    AsExpected,
    /// More than chance would give.
    Above,
    /// The year has not begun, or too little of it has passed to tell.
    TooEarly,
}

/// An estimate with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The area that was asked for.
    pub area: String,
    /// The year.
    pub year: i16,
    /// Referrals expected in the whole year.
    pub expected: f64,
    /// Referrals expected of the part of it that has passed.
    pub expected_so_far: f64,
    /// Referrals by practice, specialists and hospitals received.
    pub actual: u32,
    /// How it stands.
    pub standing: AgainstExpected,
}

/// Areas that referrals are counted for (R03).
const AREAS: [&str; 4] = ["afklarende_samtale", "nikotinafvaenning", "alkohol", "specific_offer"];
/// Expected referrals below which nothing can be said.
const TOO_FEW: f64 = 5.0;
/// 95 % of a count lies within so many roots of what is expected (normal approximation of Poisson).
const WITHIN: f64 = 1.96;

/// The estimates among what is agreed with practice, each compared, or why it cannot be.
pub fn agreements(totals: &Totals, agreed: &[Collab], today: Date) -> Vec<Result<Agreement, EstimateFault>> {
    let estimates = agreed.iter().filter_map(|one| one.estimate.as_ref());
    estimates.map(|estimate| of_estimate(totals, estimate, today)).collect()
}

fn of_estimate(totals: &Totals, estimate: &Estimate, today: Date) -> Result<Agreement, EstimateFault> {
    let Estimate { area, year, number } = estimate;
    let area = area.as_deref().ok_or(EstimateFault::NotRecorded("area"))?;
    let year = year.ok_or(EstimateFault::NotRecorded("year"))?;
    let number = number.ok_or(EstimateFault::NotRecorded("number"))?;
    agreement(totals, (area, year), Expected::Referrals(number), today)
}

/// One estimate compared with what was referred.
pub fn agreement(
    totals: &Totals,
    (area, year): (&str, i16),
    expected: Expected,
    today: Date,
) -> Result<Agreement, EstimateFault> {
    if !AREAS.contains(&area) {
        return Err(EstimateFault::Area(area.to_owned()));
    }
    let whole = expected.in_a_year();
    if !whole.is_finite() || whole <= 0.0 {
        return Err(EstimateFault::Number);
    }
    let actual = referred(totals, area, FigurePeriod::containing(Every::Year, date(year, 7, 1)));
    let so_far = whole * passed(year, today);
    Ok(Agreement {
        area: area.to_owned(),
        year,
        expected: whole,
        expected_so_far: so_far,
        actual,
        standing: standing(f64::from(actual), so_far),
    })
}

/// Referrals by doctors and hospitals that ask for an area.
fn referred(totals: &Totals, area: &str, year: FigurePeriod) -> u32 {
    let sources = [Source::GeneralPractice, Source::Specialist, Source::Hospital];
    let of = |source: Source| totals.cell("R03", "", Some((Breakdown::Source, source.word())), year);
    let count: i64 = sources.into_iter().filter_map(|source| of(source).groups.get(area).copied()).sum();
    u32::try_from(count).unwrap_or(0)
}

/// How much of a year has passed on a day, from 0 to 1.
fn passed(year: i16, today: Date) -> f64 {
    let days = f64::from(date(year, 1, 1).days_in_year());
    match today.year() {
        now if now > year => 1.0,
        now if now < year => 0.0,
        _ => f64::from(today.day_of_year() - 1) / days,
    }
}

fn standing(actual: f64, expected: f64) -> AgainstExpected {
    let chance = WITHIN * expected.sqrt();
    match actual - expected {
        _ if expected < TOO_FEW => AgainstExpected::TooEarly,
        off if off < -chance => AgainstExpected::Below,
        off if off > chance => AgainstExpected::Above,
        _ => AgainstExpected::AsExpected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2 % of 4,000 smokers: 80 in a year; 40 ± 12.4 on 2 July.
    #[test]
    fn a_share_of_people_is_a_number_of_referrals_and_half_a_year_half_of_it() {
        let expected = Expected::PercentOf { percent: 2.0, persons: 4_000 };
        assert!((expected.in_a_year() - 80.0).abs() < 1e-9);
        let half = 80.0 * passed(2026, date(2026, 7, 2));
        assert!((half - 39.89).abs() < 0.01);
        assert_eq!(standing(27.0, half), AgainstExpected::Below);
        assert_eq!(standing(28.0, half), AgainstExpected::AsExpected);
        assert_eq!(standing(53.0, half), AgainstExpected::Above);
        assert_eq!(standing(0.0, 80.0 * passed(2026, date(2026, 1, 12))), AgainstExpected::TooEarly);
        assert!((passed(2025, date(2026, 1, 1)) - 1.0).abs() < 1e-9 && passed(2027, date(2026, 1, 1)).abs() < 1e-9);
    }

    #[test]
    fn an_area_that_is_not_counted_and_a_number_of_nothing_are_refused() {
        let of = |area, expected| agreement(&Totals::default(), (area, 2026), expected, date(2027, 1, 1));
        assert_eq!(of("tandpleje", Expected::Referrals(5.0)), Err(EstimateFault::Area("tandpleje".to_owned())));
        assert_eq!(of("alkohol", Expected::Referrals(0.0)), Err(EstimateFault::Number));
        assert_eq!(of("alkohol", Expected::Referrals(40.0)).unwrap().standing, AgainstExpected::Below);
    }
}
