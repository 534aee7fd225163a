//! Times as they are read: "tirsdag 1. december kl. 10.00–11.00"; and addresses.

use domain::calendar::Period;
use domain::codes::EncounterClass;
use domain::ids::PlannedInterventionId;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::layout::{Fact, dates};
use crate::records::CitizenRecord;

/// "10.00": always two digits for the minutes.
pub(super) fn clock(at: Timestamp) -> String {
    dates::clock(at)
}

/// "10.00–11.00".
pub(super) fn span(period: Period) -> String {
    format!("{}–{}", clock(period.start), clock(period.end))
}

/// "tirsdag 1. december kl. 10.00".
pub(crate) fn time_text(start: Timestamp, now: Timestamp) -> String {
    format!("{} kl. {}", dates::long_day(local_date(start), local_date(now)), clock(start))
}

/// The room a time is held in; none when the form says where.
pub(super) fn room(class: EncounterClass, place: &str) -> Option<String> {
    (class == EncounterClass::AtPremises).then(|| place.to_owned())
}

/// Where a talk gets its time.
pub(crate) fn booking_href(talk: PlannedInterventionId) -> String {
    format!("/kalender/book/{talk}")
}

/// The next time of a citizen, for the head of their pages.
pub(crate) fn next_time(record: &CitizenRecord, now: Timestamp) -> Option<Fact> {
    let coming = record.appointments.iter().map(|a| &a.value).filter(|a| a.state.is_active() && a.end > now);
    let next = coming.min_by_key(|a| a.start)?;
    Some(Fact::said("Næste tid", time_text(next.start, now)))
}

/// The Monday of a week written as in an address ("2026-49"); none when it is no week.
pub(super) fn monday_of(text: &str) -> Option<Date> {
    let (year, week) = text.trim().split_once('-')?;
    let date = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
    Some(date.date())
}

/// The Monday of the week that a day is in.
pub(super) fn monday(day: Date) -> Date {
    let week = day.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).map_or(day, ISOWeekDate::date)
}

/// A week as it stands in an address.
pub(super) fn week_word(monday: Date) -> String {
    let week = monday.iso_week_date();
    format!("{}-{}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_in_an_address_is_read_back_also_across_the_year() {
        for day in [date(2026, 11, 24), date(2027, 1, 1), date(2026, 12, 31)] {
            assert_eq!(monday_of(&week_word(monday(day))), Some(monday(day)));
        }
        assert_eq!(monday_of("2026-48"), Some(date(2026, 11, 23)));
        assert_eq!(monday_of("2026-99"), None);
        assert_eq!(monday_of("i dag"), None);
    }
}
