//! What a rule sees beside the unit: the day, the period, the limits and the municipality.

use domain::deadlines::Deadline;
use domain::workdays::{self, ExtraClosedDays};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::facts::MunicipalityFacts;
use crate::limits::{LimitId, LimitValues};
use crate::totals::Totals;

/// Where and when rules are looked at.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    /// The day.
    pub today: Date,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// The limits in force.
    pub limits: LimitValues,
    /// Offers, groups and figures of the municipality.
    pub municipality: &'a MunicipalityFacts,
    /// What the courses add up to, for the rules about the whole; all zero until they have been counted.
    pub totals: Totals,
}

impl<'a> Context<'a> {
    /// With the standard's own limits and working days.
    pub fn new(municipality: &'a MunicipalityFacts, today: Date, (from, to): (Date, Date)) -> Self {
        Self { today, from, to, limits: LimitValues::default(), municipality, totals: Totals::default() }
    }

    /// The day of a fact when it lies in the period.
    pub fn in_period(&self, day: Option<Date>) -> Option<Date> {
        day.filter(|day| (self.from..=self.to).contains(day))
    }

    /// A limit as a number.
    pub const fn limit(&self, limit: LimitId) -> f64 {
        self.limits.number(limit)
    }

    /// A limit that is a whole number.
    pub const fn count(&self, limit: LimitId) -> i32 {
        self.limits.count(limit)
    }

    /// The last day in time of a deadline that somebody has a task for.
    pub fn due(&self, deadline: Deadline, from: Date) -> Date {
        deadline.due(from, self.limits.system())
    }

    /// The last day of so many days after a day.
    pub fn days_after(&self, day: Date, limit: LimitId) -> Date {
        day.saturating_add(self.count(limit).days())
    }

    /// The last day of so many weeks after a day.
    pub fn weeks_after(&self, day: Date, limit: LimitId) -> Date {
        day.saturating_add(self.count(limit).weeks())
    }

    /// The same day so many months later, or the last of the month.
    pub fn months_after(&self, day: Date, limit: LimitId) -> Date {
        day.saturating_add(self.count(limit).months())
    }

    /// The last of so many working days after a day, which is day zero.
    pub fn workdays_after(&self, day: Date, limit: LimitId) -> Date {
        let count = u16::try_from(self.count(limit)).unwrap_or_default();
        workdays::add_workdays(day, count, ExtraClosedDays::NONE)
    }

    /// Working days from a day, not counted, to another, counted.
    pub fn workdays_between(&self, from: Date, to: Date) -> i32 {
        workdays::workdays_between(from, to, ExtraClosedDays::NONE)
    }
}

/// Days from one day to another; negative when it lies before.
pub fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(i32::MAX, |span| span.get_days())
}
