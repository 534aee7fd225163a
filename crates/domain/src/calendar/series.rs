//! A series of times at the same hour, for what one citizen comes to several times.

use jiff::{Timestamp, ToSpan};

use crate::workdays::{ExtraClosedDays, instant, is_workday, local_date, local_time};

/// Most times of a series that are booked in one act: a quarter of a year of weekly times.
pub const SERIES_MAX: u8 = 12;

/// When the times of a series begin: the first, and the same hour of the clock every `weeks` weeks after it, `count` in
/// all. A closed day is passed over, and the series lasts a step longer.
///
/// The first is taken as it is: whether it can be had is asked of it as of every other time.
pub fn series_from(first: Timestamp, weeks: u8, count: u8, closed: ExtraClosedDays) -> Vec<Timestamp> {
    let (day, hour) = (local_date(first), local_time(first).time());
    // A series that begins on a closed day never meets an open one; a year of steps is more than any other needs.
    let days = day.series(i64::from(weeks.max(1)).weeks()).skip(1).take(52);
    let open = days.filter(|day| is_workday(*day, closed)).filter_map(|day| instant(day, hour));
    std::iter::once(first).chain(open).take(usize::from(count.clamp(1, SERIES_MAX))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::workdays::local;

    fn days(first: &str, weeks: u8, count: u8) -> Vec<String> {
        let first: Timestamp = first.parse().expect("an instant");
        let starts = series_from(first, weeks, count, ExtraClosedDays::default());
        starts.iter().map(|start| local(*start).strftime("%Y-%m-%d %H:%M").to_string()).collect()
    }

    #[test]
    fn the_hour_stays_when_the_clock_is_changed() {
        assert_eq!(days("2026-10-19T08:00:00Z", 1, 2), ["2026-10-19 10:00", "2026-10-26 10:00"]);
    }

    #[test]
    fn a_holiday_is_passed_over_and_the_series_lasts_a_step_longer() {
        // 25 December 2026 is a Friday, and so is 1 January 2027.
        assert_eq!(days("2026-12-18T09:00:00Z", 1, 2), ["2026-12-18 10:00", "2027-01-08 10:00"]);
    }

    proptest! {
        #[test]
        fn every_time_is_on_an_open_day_at_the_same_hour_and_none_twice(
            seconds in 1_700_000_000_i64..1_900_000_000, weeks in 0_u8..6, count in 0_u8..40
        ) {
            let first = Timestamp::from_second(seconds).expect("within range");
            prop_assume!(is_workday(local_date(first), ExtraClosedDays::default()));
            let starts = series_from(first, weeks, count, ExtraClosedDays::default());
            prop_assert_eq!(starts.len(), usize::from(count.clamp(1, SERIES_MAX)));
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
            for start in &starts[1..] {
                prop_assert!(is_workday(local_date(*start), ExtraClosedDays::default()));
                prop_assert_eq!(local_date(*start).weekday(), local_date(first).weekday());
            }
        }
    }
}
