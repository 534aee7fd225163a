//! Periods of whole months, and the grains that an answer is split into over time. Nothing smaller is offered: two periods that
//! differ by a day would tell what happened on that day.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Which time a question is about. Those that follow the calendar mean something new each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// The last whole month.
    LastMonth,
    /// The last whole quarter.
    LastQuarter,
    /// The last twelve whole months.
    TwelveMonths,
    /// This year up to and with the last whole month.
    ThisYear,
    /// Last year.
    LastYear,
    /// A calendar year.
    Year(i16),
}

/// Days from the first to the last, both in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A period that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such period")]
pub struct PeriodError;

const FOLLOWING: [(Period, &str, &str); 5] = [
    (Period::LastMonth, "sidste-maaned", "Sidste måned"),
    (Period::LastQuarter, "sidste-kvartal", "Sidste kvartal"),
    (Period::TwelveMonths, "12-maaneder", "De sidste 12 måneder"),
    (Period::ThisYear, "i-aar", "I år"),
    (Period::LastYear, "sidste-aar", "Sidste år"),
];

impl Period {
    /// Reads its word: one that follows the calendar, or a year.
    pub fn parse(word: &str) -> Result<Self, PeriodError> {
        if let Some((period, ..)) = FOLLOWING.iter().find(|(_, own, _)| *own == word) {
            return Ok(*period);
        }
        let year: i16 = word.parse().map_err(|_| PeriodError)?;
        if (2000..2100).contains(&year) { Ok(Self::Year(year)) } else { Err(PeriodError) }
    }

    /// Its stable word.
    pub fn word(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            other => named(other).0.to_owned(),
        }
    }

    /// What people read.
    pub fn label(self) -> String {
        match self {
            Self::Year(year) => year.to_string(),
            other => named(other).1.to_owned(),
        }
    }

    /// The periods that are offered on a day: those that follow the calendar, and the five years before this.
    pub fn offered(today: Date) -> Vec<Self> {
        let years = (1..=5).map(|back| Self::Year(today.year() - back));
        FOLLOWING.iter().map(|(period, ..)| *period).chain(years).collect()
    }

    /// Its days, as seen from today: whole months that are over. In January this year has none yet: its last day lies before
    /// its first.
    pub fn span(self, today: Date) -> Span {
        let month = today.first_of_month();
        let before = |months: i32| month.saturating_sub(months.months());
        let last = month.saturating_sub(1.day());
        let year = |year: i16| Span { from: date(year, 1, 1), to: date(year, 12, 31).min(last) };
        match self {
            Self::LastMonth => Span { from: before(1), to: last },
            Self::LastQuarter => {
                let into = i32::from((today.month() - 1) % 3);
                Span { from: before(into + 3), to: before(into).saturating_sub(1.day()) }
            }
            Self::TwelveMonths => Span { from: before(12), to: last },
            Self::ThisYear => Span { from: date(today.year(), 1, 1), to: last },
            Self::LastYear => year(today.year() - 1),
            Self::Year(own) => year(own),
        }
    }
}

fn named(period: Period) -> (&'static str, &'static str) {
    let own = FOLLOWING.iter().find(|(own, ..)| *own == period);
    own.map_or(("", ""), |(_, word, label)| (*word, *label))
}

/// How an answer is split over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grain {
    /// By month.
    Month,
    /// By quarter.
    Quarter,
    /// By year.
    Year,
}

impl Grain {
    /// All, the finest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// Its stable word, in an address.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "maaned",
            Self::Quarter => "kvartal",
            Self::Year => "aar",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "Måned",
            Self::Quarter => "Kvartal",
            Self::Year => "År",
        }
    }

    /// Its function of the schema.
    pub(crate) const fn function(self) -> &'static str {
        match self {
            Self::Month => "reporting.month(",
            Self::Quarter => "reporting.quarter(",
            Self::Year => "reporting.year(",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_whole_months_that_are_over() {
        let today = date(2026, 11, 28);
        let days = |period: Period| (period.span(today).from.to_string(), period.span(today).to.to_string());
        assert_eq!(days(Period::LastMonth), ("2026-10-01".into(), "2026-10-31".into()));
        assert_eq!(days(Period::LastQuarter), ("2026-07-01".into(), "2026-09-30".into()));
        assert_eq!(days(Period::TwelveMonths), ("2025-11-01".into(), "2026-10-31".into()));
        assert_eq!(days(Period::ThisYear), ("2026-01-01".into(), "2026-10-31".into()));
        assert_eq!(days(Period::LastYear), ("2025-01-01".into(), "2025-12-31".into()));
        let span = Period::ThisYear.span(date(2026, 1, 15));
        assert!(span.to < span.from, "no month of the year is over in January");
    }

    #[test]
    fn each_word_is_read_back_and_nothing_else_is() {
        for period in Period::offered(date(2026, 11, 28)) {
            assert_eq!(Period::parse(&period.word()), Ok(period));
        }
        for word in ["", "1999", "2100", "20260", "-2020", "sidste-uge", "2026-11"] {
            assert_eq!(Period::parse(word), Err(PeriodError), "{word}");
        }
    }
}
