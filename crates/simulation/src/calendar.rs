//! Time inside the model: whole minutes from the first midnight on, with the working days looked up once.
//!
//! Which days are worked on is the domain's rule; here it is only kept, since the model asks for it millions of times.

use domain::workdays::{ExtraClosedDays, instant, is_workday};
use jiff::civil::{Date, time};
use jiff::{Timestamp, ToSpan};

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// A moment of the model: minutes of Danish wall clock since the first midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment(u32);

impl Moment {
    /// A time of a day.
    pub const fn at(day: u32, minute: u32) -> Self {
        Self(day * DAY + minute)
    }

    /// The day, from zero on.
    pub const fn day(self) -> u32 {
        self.0 / DAY
    }

    /// The minute of the day.
    pub const fn minute(self) -> u32 {
        self.0 % DAY
    }

    /// Some minutes later.
    pub const fn later(self, minutes: u32) -> Self {
        Self(self.0 + minutes)
    }
}

/// The days of a simulation.
#[derive(Debug, Clone)]
pub struct Calendar {
    first: Date,
    days: Vec<Day>,
}

#[derive(Debug, Clone, Copy)]
struct Day {
    date: Date,
    /// The instant of wall clock midnight by the offset at noon. The clock is moved at night, when nothing happens here.
    midnight: Timestamp,
    works: bool,
    /// Working days from the first day up to and with this one.
    worked: u32,
}

impl Calendar {
    /// So many days from a first one.
    pub fn new(first: Date, count: u32) -> Self {
        let mut worked = 0;
        let days = (0..count).map(|day| {
            let date = first.saturating_add(i64::from(day).days());
            let works = is_workday(date, ExtraClosedDays::default());
            worked += u32::from(works);
            let noon = instant(date, time(12, 0, 0, 0)).unwrap_or(Timestamp::MAX);
            Day { date, midnight: noon.saturating_sub(12.hours()).unwrap_or(noon), works, worked }
        });
        Self { first, days: days.collect() }
    }

    /// The date of a day.
    pub fn date(&self, day: u32) -> Date {
        self.get(day).map_or_else(|| self.first.saturating_add(i64::from(day).days()), |day| day.date)
    }

    /// The instant of a moment.
    pub fn instant(&self, moment: Moment) -> Timestamp {
        let midnight = self.get(moment.day()).map_or(Timestamp::MAX, |day| day.midnight);
        midnight.saturating_add(i64::from(moment.minute()).minutes()).unwrap_or(Timestamp::MAX)
    }

    /// Whether a day is worked on. Beyond the calendar every day is: nothing is asked of it but an end.
    pub fn works(&self, day: u32) -> bool {
        self.get(day).is_none_or(|day| day.works)
    }

    /// The day itself, or the next that is worked on.
    pub fn workday_from(&self, mut day: u32) -> u32 {
        while !self.works(day) {
            day += 1;
        }
        day
    }

    /// The working day that lies so many working days after a day.
    pub fn workdays_after(&self, day: u32, count: u32) -> u32 {
        (0..count).fold(self.workday_from(day), |day, _| self.workday_from(day + 1))
    }

    /// How many days of the month of this day are worked on.
    pub fn workdays_of_month(&self, day: u32) -> u32 {
        let date = self.date(day);
        let first = date.first_of_month();
        let worked = |day: &Date| is_workday(*day, ExtraClosedDays::default());
        let count = first.series(1.day()).take_while(|other| other.month() == date.month()).filter(worked).count();
        u32::try_from(count).unwrap_or(0)
    }

    /// Working days before a day, from the first one on.
    pub fn workdays_before(&self, day: u32) -> u32 {
        day.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |day| day.worked)
    }

    fn get(&self, day: u32) -> Option<&Day> {
        usize::try_from(day).ok().and_then(|day| self.days.get(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_moment_is_its_danish_time_in_summer_and_winter() {
        let calendar = Calendar::new(date(2026, 1, 1), 365);
        assert_eq!(calendar.instant(Moment::at(0, 9 * 60)).to_string(), "2026-01-01T08:00:00Z");
        assert_eq!(calendar.instant(Moment::at(181, 9 * 60)).to_string(), "2026-07-01T07:00:00Z");
        // The clock was moved at three in the morning of this day.
        assert_eq!(calendar.instant(Moment::at(87, 8 * 60)).to_string(), "2026-03-29T06:00:00Z");
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let calendar = Calendar::new(date(2026, 1, 1), 365);
        assert_eq!(calendar.date(calendar.workday_from(0)), date(2026, 1, 2));
        assert_eq!(calendar.date(calendar.workdays_after(0, 1)), date(2026, 1, 5));
        assert_eq!(calendar.workdays_of_month(100), 19, "April 2026 with Easter");
        assert_eq!(calendar.workdays_before(5), 2);
    }
}
