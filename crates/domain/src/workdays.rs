//! Danish working days: Monday to Friday without public holidays.
//!
//! Sources: lukkeloven's holidays; store bededag was abolished from 2024 (lov nr. 214 af 06/03/2023). Grundlovsdag,
//! 24 and 31 December are no public holidays but closed in most municipalities, so they are settings.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};

/// The time zone of screens, letters and MedCom messages.
pub const ZONE: &str = "Europe/Copenhagen";

/// An instant as Danish local time.
pub fn local(at: Timestamp) -> Zoned {
    at.to_zoned(zone().clone())
}

/// The zone is in the time zone database that is built into the program; without it UTC is the honest fallback.
fn zone() -> &'static TimeZone {
    static DANISH: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get(ZONE).unwrap_or(TimeZone::UTC));
    &DANISH
}

/// The Danish day and time of an instant.
pub fn local_time(at: Timestamp) -> DateTime {
    zone().to_datetime(at)
}

/// The Danish calendar day of an instant.
pub fn local_date(at: Timestamp) -> Date {
    local_time(at).date()
}

/// The names of the months, from January on.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// The name of a day's month: "november".
pub fn month(day: Date) -> &'static str {
    let index = usize::try_from(day.month() - 1).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// A day as letters and titles say it: "20. november 2026".
pub fn full_day(day: Date) -> String {
    format!("{}. {} {}", day.day(), month(day), day.year())
}

/// First instant of a Danish day and of the next one.
pub fn day_bounds(day: Date) -> (Timestamp, Timestamp) {
    let zone = zone();
    let start = |d: Date| d.to_zoned(zone.clone()).map_or(Timestamp::MAX, |z| z.timestamp());
    (start(day), start(day.saturating_add(1.day())))
}

/// The instant of a Danish time of day; none for one that the clock jumps over in spring. The hour that comes twice in
/// autumn is its first.
pub fn instant(day: Date, time: Time) -> Option<Timestamp> {
    let wanted = day.to_datetime(time);
    wanted.to_zoned(zone().clone()).ok().filter(|found| found.datetime() == wanted).map(|found| found.timestamp())
}

/// Which closed days a municipality keeps besides the public holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtraClosedDays {
    /// 5 June.
    pub constitution_day: bool,
    /// 24 December.
    pub christmas_eve: bool,
    /// 31 December.
    pub new_years_eve: bool,
}

impl ExtraClosedDays {
    /// None: working days as the quality standard counts them, Monday to Friday without public holidays.
    pub const NONE: Self = Self { constitution_day: false, christmas_eve: false, new_years_eve: false };
}

impl Default for ExtraClosedDays {
    fn default() -> Self {
        Self { constitution_day: true, christmas_eve: true, new_years_eve: true }
    }
}

/// Easter Sunday of a year in the Gregorian calendar (Meeus' form of the anonymous computus).
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
pub fn easter_sunday(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let part = |v: i32| i8::try_from(v).unwrap_or(1);
    Date::new(year, part(n / 31), part(n % 31 + 1)).unwrap_or(Date::ZERO)
}

/// Whether a day is a public holiday.
pub fn is_holiday(day: Date) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26));
    let after_easter = day.since(easter_sunday(day.year())).map_or(i32::MAX, |span| span.get_days());
    // Skærtorsdag, langfredag, påskedag, 2. påskedag, Kristi himmelfartsdag, pinsedag, 2. pinsedag; store bededag to 2023.
    let moving = matches!(after_easter, -3 | -2 | 0 | 1 | 39 | 49 | 50) || (after_easter == 26 && day.year() <= 2023);
    fixed || moving
}

/// Whether the municipality works on a day.
pub fn is_workday(day: Date, extra: ExtraClosedDays) -> bool {
    let closed = match (day.month(), day.day()) {
        (6, 5) => extra.constitution_day,
        (12, 24) => extra.christmas_eve,
        (12, 31) => extra.new_years_eve,
        _ => false,
    };
    !closed && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// The day that lies `count` working days after `day`; with zero, `day` itself or the next working day.
pub fn add_workdays(day: Date, count: u16, extra: ExtraClosedDays) -> Date {
    let next_open = |mut d: Date| {
        while !is_workday(d, extra) && d < Date::MAX {
            d = d.saturating_add(1.day());
        }
        d
    };
    (0..count).fold(if count == 0 { next_open(day) } else { day }, |d, _| next_open(d.saturating_add(1.day())))
}

/// The last working day before a day.
pub fn workday_before(day: Date, extra: ExtraClosedDays) -> Date {
    let mut before = day.saturating_sub(1.day());
    while !is_workday(before, extra) && before > Date::MIN {
        before = before.saturating_sub(1.day());
    }
    before
}

/// Working days from `from` (not counted) to `to` (counted); negative when `to` lies before.
pub fn workdays_between(from: Date, to: Date, extra: ExtraClosedDays) -> i32 {
    if to < from {
        return -workdays_between(to, from, extra);
    }
    let days = from.series(1.day()).skip(1).take_while(|d| *d <= to);
    i32::try_from(days.filter(|d| is_workday(*d, extra)).count()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_in_words_has_its_month_and_year() {
        assert_eq!(full_day(date(2026, 1, 1)), "1. januar 2026");
        assert_eq!(full_day(date(2026, 12, 31)), "31. december 2026");
    }

    #[test]
    fn easter_falls_where_the_calendar_says() {
        for (year, month, day) in
            [(2000, 4, 23), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)]
        {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn store_bededag_is_a_holiday_until_2023_only() {
        assert!(is_holiday(date(2023, 5, 5)));
        assert!(!is_holiday(date(2024, 4, 26)));
    }

    #[test]
    fn a_year_has_ten_holidays_after_2023() {
        let year = date(2026, 1, 1).series(1.day()).take_while(|d| d.year() == 2026);
        assert_eq!(year.filter(|d| is_holiday(*d)).count(), 10);
        assert!(is_holiday(date(2026, 5, 14)), "Kristi himmelfartsdag");
        assert!(is_holiday(date(2026, 5, 25)), "2. pinsedag");
    }

    #[test]
    fn closed_days_are_a_setting() {
        let open = ExtraClosedDays { constitution_day: false, christmas_eve: false, new_years_eve: false };
        assert!(!is_workday(date(2026, 6, 5), ExtraClosedDays::default()));
        assert!(is_workday(date(2026, 6, 5), open));
    }

    #[test]
    fn five_working_days_after_a_thursday_before_easter_pass_over_it() {
        assert_eq!(add_workdays(date(2026, 4, 1), 1, ExtraClosedDays::default()), date(2026, 4, 7));
        assert_eq!(add_workdays(date(2026, 11, 22), 0, ExtraClosedDays::default()), date(2026, 11, 23));
    }

    #[test]
    fn adding_and_counting_working_days_agree() {
        let from = date(2026, 3, 25);
        for count in 1..40 {
            let to = add_workdays(from, count, ExtraClosedDays::default());
            assert_eq!(workdays_between(from, to, ExtraClosedDays::default()), i32::from(count));
        }
    }

    #[test]
    fn the_days_when_the_clock_changes_have_23_and_25_hours() {
        let hours = |d: Date| {
            let (start, end) = day_bounds(d);
            end.duration_since(start).as_hours()
        };
        assert_eq!(hours(date(2026, 3, 29)), 23);
        assert_eq!(hours(date(2026, 10, 25)), 25);
    }
}
