//! How many referrals of a year are expected, as it was agreed with practice (SP-004-23, "Fælles dimensionering"). The region
//! of Nordjylland, for one, expects 2 % of those who smoke to be referred in a year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LINE_MOST, Struck};
use crate::ids::EstimateId;
use crate::words::word_enum;

/// More in a year is a slip of the finger.
const REFERRALS_MOST: u32 = 100_000;
/// More people than live in the country.
const PERSONS_MOST: u32 = 6_000_000;
/// Years back and ahead that are agreed about.
const YEARS: i16 = 10;

word_enum! {
    /// What the referrals ask for, as they are counted (R03 of the indicators).
    pub enum EstimateArea {
        /// The clarifying talk.
        ClarifyingTalk = ("afklarende_samtale", "Afklarende samtale"),
        /// Nicotine cessation.
        Nicotine = ("nikotinafvaenning", "Nikotinafvænning"),
        /// Talk about alcohol.
        Alcohol = ("alkohol", "Forebyggende samtale om alkohol"),
        /// A certain offer.
        SpecificOffer = ("specific_offer", "Et bestemt tilbud"),
    }
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "as")]
pub enum Expected {
    /// So many referrals in the year.
    Referrals {
        /// How many.
        number: u32,
    },
    /// So many per cent of so many people in the year.
    PercentOf {
        /// Per cent, above zero and at most a hundred.
        percent: f64,
        /// The people it is a share of.
        persons: u32,
    },
}

/// An estimate of a year's referrals. There is one of an area and a year; each change is a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Stable id.
    pub id: EstimateId,
    /// Of what.
    pub area: EstimateArea,
    /// The year.
    pub year: i16,
    /// How many.
    pub expected: Expected,
    /// Where it was agreed, as it was written.
    pub agreed_in: Option<String>,
    /// Should not have been written.
    #[serde(default)]
    pub struck: Option<Struck>,
}

/// Why an estimate cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EstimateError {
    /// No year that is agreed about.
    #[error("the year is too far away")]
    Year,
    /// No number of referrals.
    #[error("the number is nothing or too large")]
    Number,
    /// No share.
    #[error("the per cent is out of range")]
    Percent,
    /// A share of nobody.
    #[error("the number of people is nothing or too large")]
    Persons,
    /// Too many letters in where it was agreed.
    #[error("where it was agreed is too long")]
    AgreedIn,
}

impl EstimateError {
    /// What people read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Year => "Året skal ligge højst 10 år fra i år.",
            Self::Number => "Skriv et helt antal henvisninger fra 1 til 100.000.",
            Self::Percent => "Skriv en procent over 0 og højst 100.",
            Self::Persons => "Skriv, hvor mange borgere det er en andel af, fra 1 til 6.000.000.",
            Self::AgreedIn => "Hvor det er aftalt, må højst fylde 200 tegn.",
        }
    }

    /// The field it is about, as the API names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Number => "number",
            Self::Percent => "percent",
            Self::Persons => "persons",
            Self::AgreedIn => "agreed_in",
        }
    }
}

impl Expected {
    /// Referrals in the whole year.
    pub fn in_a_year(self) -> f64 {
        match self {
            Self::Referrals { number } => f64::from(number),
            Self::PercentOf { percent, persons } => percent * f64::from(persons) / 100.0,
        }
    }
}

impl Estimate {
    /// Everything that is wrong with it.
    pub fn faults(&self, today: Date) -> Vec<EstimateError> {
        use EstimateError as E;
        let (number, share) = match self.expected {
            Expected::Referrals { number } => (!(1..=REFERRALS_MOST).contains(&number), None),
            Expected::PercentOf { percent, persons } => (false, Some((percent, persons))),
        };
        let found = [
            ((self.year - today.year()).abs() > YEARS, E::Year),
            (number, E::Number),
            (share.is_some_and(|(percent, _)| !(percent > 0.0 && percent <= 100.0)), E::Percent),
            (share.is_some_and(|(_, persons)| !(1..=PERSONS_MOST).contains(&persons)), E::Persons),
            (super::too_long(self.agreed_in.as_ref(), LINE_MOST), E::AgreedIn),
        ];
        found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, error)| error).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn estimate(year: i16, expected: Expected) -> Estimate {
        let (id, area) = (EstimateId(Uuid::from_u128(1)), EstimateArea::Nicotine);
        Estimate { id, area, year, expected, agreed_in: None, struck: None }
    }

    /// 2 % of 4,000 who smoke: 80 a year.
    #[test]
    fn two_per_cent_of_those_who_smoke_is_a_number() {
        let share = Expected::PercentOf { percent: 2.0, persons: 4_000 };
        assert!((share.in_a_year() - 80.0).abs() < 1e-9);
        let today = date(2026, 11, 24);
        assert_eq!(estimate(2027, share).faults(today), []);
        let nothing = Expected::PercentOf { percent: f64::NAN, persons: 0 };
        assert_eq!(
            estimate(2037, nothing).faults(today),
            [EstimateError::Year, EstimateError::Percent, EstimateError::Persons]
        );
        assert_eq!(estimate(2026, Expected::Referrals { number: 0 }).faults(today), [EstimateError::Number]);
    }
}
