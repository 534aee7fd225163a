//! Periods of figures: calendar month, quarter, and the twelve months that end with the last complete one.
//!
//! Each unit belongs to the period of its anchor. A cohort is final when its follow-up has passed and marked preliminary
//! before; a period that is still running is preliminary too.

use domain::workdays::month;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month that a day lies in.
    pub fn of(day: Date) -> Self {
        Self { first: day.first_of_month() }
    }

    /// Its first day.
    pub const fn first_day(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// So many months later; earlier when negative. The end of the calendar stays where it is.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self { first: self.first.saturating_add(months.months()).first_of_month() }
    }

    /// The last month that is over on a day.
    pub fn last_complete(today: Date) -> Self {
        Self::of(today).plus(-1)
    }

    fn short(self) -> &'static str {
        const NAMES: [&str; 12] =
            ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."];
        NAMES.get(self.index()).copied().unwrap_or_default()
    }

    fn index(self) -> usize {
        usize::try_from(self.first.month() - 1).unwrap_or(0)
    }
}

/// How often a figure is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Calendar month.
    Month,
    /// The last day of the month: what stands there, not what happened in it.
    MonthEnd,
    /// Calendar quarter.
    Quarter,
    /// The twelve calendar months that end with a month.
    #[serde(rename = "rolling_12_months")]
    RollingYear,
    /// Calendar year.
    Year,
}

/// A period of time that a figure belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FigurePeriod {
    from: Month,
    months: u8,
}

impl FigurePeriod {
    /// The period of a kind that a day lies in; for the rolling year the twelve months that end with the day's month.
    pub fn containing(every: Every, day: Date) -> Self {
        let month = Month::of(day);
        match every {
            Every::Month | Every::MonthEnd => Self { from: month, months: 1 },
            Every::Quarter => Self { from: month.plus(-i32::from((day.month() - 1) % 3)), months: 3 },
            Every::RollingYear => Self { from: month.plus(-11), months: 12 },
            Every::Year => Self { from: Month { first: date(day.year(), 1, 1) }, months: 12 },
        }
    }

    /// The month, quarter, year or twelve months from one day to another; none when the days are no such period's.
    pub fn between(from: Date, to: Date) -> Option<Self> {
        const ALL: [Every; 4] = [Every::Month, Every::Quarter, Every::Year, Every::RollingYear];
        let mut ending = ALL.into_iter().map(|every| Self::containing(every, to));
        ending.find(|period| period.from() == from && period.to() == to)
    }

    /// The last one that is over on a day. The rolling year ends with the last complete month.
    pub fn last_complete(every: Every, today: Date) -> Self {
        match every {
            Every::Month | Every::MonthEnd | Every::RollingYear => {
                Self::containing(every, Month::last_complete(today).first_day())
            }
            Every::Quarter | Every::Year => Self::containing(every, today).step(-1),
        }
    }

    /// So many periods of the same length on; back when negative. Rolling years that are to overlap are made month by month.
    #[must_use]
    pub fn step(self, periods: i32) -> Self {
        Self { from: self.from.plus(periods.saturating_mul(i32::from(self.months))), months: self.months }
    }

    /// First day.
    pub const fn from(self) -> Date {
        self.from.first_day()
    }

    /// Last day.
    pub fn to(self) -> Date {
        self.last_month().last_day()
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.from() <= day && day <= self.to()
    }

    /// Its months, first to last.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (0..i32::from(self.months)).map(move |month| self.from.plus(month))
    }

    /// Whether the two share a month without being the same: then their figures must come from one set of cells.
    pub fn overlaps(self, other: Self) -> bool {
        self != other && self.from() <= other.to() && other.from() <= self.to()
    }

    fn last_month(self) -> Month {
        self.from.plus(i32::from(self.months) - 1)
    }

    /// As people say it: "november 2026", "4. kvartal 2026", "2026", "dec. 2025 – nov. 2026".
    pub fn label(self) -> String {
        let year = self.from().year();
        match (self.months, self.from().month()) {
            (1, _) => format!("{} {year}", month(self.from())),
            (3, month @ (1 | 4 | 7 | 10)) => format!("{}. kvartal {year}", (month - 1) / 3 + 1),
            (12, 1) => year.to_string(),
            _ => {
                let last = self.last_month();
                format!("{} {year} – {} {}", self.from.short(), last.short(), last.first_day().year())
            }
        }
    }

    /// As it stands on an axis, where the year is told apart: "nov.", "4. kv.", "2026".
    pub fn short_label(self) -> String {
        match self.months {
            1 => self.from.short().to_owned(),
            3 => format!("{}. kv.", (self.from().month() - 1) / 3 + 1),
            _ => self.last_month().first_day().year().to_string(),
        }
    }
}

/// Whether a figure can still change by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finality {
    /// Its time is up.
    Final,
    /// The last unit's follow-up has not passed.
    Preliminary {
        /// The first day on which it is final.
        until: Date,
    },
}

impl Finality {
    /// How a period stands on a day, when each unit is followed for so many days from its anchor (0: the period itself).
    pub fn of(period: FigurePeriod, followed_days: u16, today: Date) -> Self {
        let until = period.to().saturating_add(i64::from(followed_days).days()).saturating_add(1.day());
        if today >= until { Self::Final } else { Self::Preliminary { until } }
    }

    /// Whether it is marked on the chart.
    pub const fn is_preliminary(self) -> bool {
        matches!(self, Self::Preliminary { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(every: Every, day: Date) -> (Date, Date) {
        let period = FigurePeriod::containing(every, day);
        (period.from(), period.to())
    }

    #[test]
    fn a_day_lies_in_its_month_its_quarter_and_its_year() {
        let day = date(2028, 2, 29);
        assert_eq!(span(Every::Month, day), (date(2028, 2, 1), date(2028, 2, 29)));
        assert_eq!(span(Every::Quarter, day), (date(2028, 1, 1), date(2028, 3, 31)));
        assert_eq!(span(Every::Quarter, date(2026, 12, 31)), (date(2026, 10, 1), date(2026, 12, 31)));
        assert_eq!(span(Every::Year, day), (date(2028, 1, 1), date(2028, 12, 31)));
        assert_eq!(span(Every::RollingYear, day), (date(2027, 3, 1), date(2028, 2, 29)));
    }

    #[test]
    fn two_days_are_a_period_when_it_begins_and_ends_on_them() {
        for every in [Every::Month, Every::Quarter, Every::Year, Every::RollingYear] {
            let period = FigurePeriod::containing(every, date(2028, 2, 29));
            assert_eq!(FigurePeriod::between(period.from(), period.to()), Some(period));
        }
        assert_eq!(FigurePeriod::between(date(2028, 1, 1), date(2028, 3, 30)), None);
        assert_eq!(FigurePeriod::between(date(2028, 2, 1), date(2028, 3, 31)), None);
    }

    #[test]
    fn the_rolling_year_ends_with_the_last_complete_month() {
        for today in [date(2026, 11, 1), date(2026, 11, 30)] {
            let period = FigurePeriod::last_complete(Every::RollingYear, today);
            assert_eq!((period.from(), period.to()), (date(2025, 11, 1), date(2026, 10, 31)));
        }
        let quarter = FigurePeriod::last_complete(Every::Quarter, date(2026, 2, 3));
        assert_eq!((quarter.from(), quarter.to()), (date(2025, 10, 1), date(2025, 12, 31)));
    }

    #[test]
    fn a_cohort_is_preliminary_until_its_last_unit_has_been_followed() {
        let november = FigurePeriod::containing(Every::Month, date(2026, 11, 5));
        // Somebody received on 30 November has had 90 days on 28 February; the day after, nothing can change.
        let until = date(2027, 3, 1);
        assert_eq!(Finality::of(november, 90, date(2027, 2, 28)), Finality::Preliminary { until });
        assert_eq!(Finality::of(november, 90, until), Finality::Final);
    }

    #[test]
    fn a_running_period_is_preliminary() {
        let november = FigurePeriod::containing(Every::Month, date(2026, 11, 5));
        assert!(Finality::of(november, 0, date(2026, 11, 30)).is_preliminary());
        assert!(!Finality::of(november, 0, date(2026, 12, 1)).is_preliminary());
    }

    #[test]
    fn periods_are_called_what_people_call_them() {
        let day = date(2026, 11, 24);
        let label = |every| FigurePeriod::containing(every, day).label();
        assert_eq!(label(Every::Month), "november 2026");
        assert_eq!(label(Every::Quarter), "4. kvartal 2026");
        assert_eq!(label(Every::Year), "2026");
        assert_eq!(label(Every::RollingYear), "dec. 2025 – nov. 2026");
        assert_eq!(FigurePeriod::containing(Every::Month, day).short_label(), "nov.");
        assert_eq!(FigurePeriod::containing(Every::Quarter, day).short_label(), "4. kv.");
    }

    #[test]
    fn only_different_periods_that_share_a_month_overlap() {
        let year = FigurePeriod::containing(Every::RollingYear, date(2026, 11, 1));
        let month = FigurePeriod::containing(Every::Month, date(2026, 11, 1));
        assert!(year.overlaps(month) && month.overlaps(year));
        assert!(!month.overlaps(month) && !month.overlaps(month.step(1)));
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_without_gap_or_overlap(year in 1950i16..2150, month in 1i8..=12, steps in -30i32..30) {
            for every in [Every::Month, Every::Quarter, Every::Year] {
                let period = FigurePeriod::containing(every, date(year, month, 1)).step(steps);
                prop_assert_eq!(period.to().tomorrow().unwrap(), period.step(1).from());
                prop_assert_eq!(FigurePeriod::containing(every, period.to()), period);
                prop_assert!(period.contains(period.from()) && period.contains(period.to()));
            }
        }
    }
}
