//! Days and times as people here read them: "tirsdag 24. november", "I dag 9.16", "2 dage over".
//!
//! Instants are shown in Danish time; the year only when it is another than this.

pub use domain::workdays::full_day;
use domain::workdays::{ExtraClosedDays, add_workdays, local, local_date, month};
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, Zoned};

use super::{Moment, Tag};

/// "nov.".
fn short_month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] =
        ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec."];
    let index = usize::try_from(day.month() - 1).unwrap_or(0);
    MONTHS.get(index).copied().unwrap_or_default()
}

/// "tirsdag".
pub fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "mandag",
        Weekday::Tuesday => "tirsdag",
        Weekday::Wednesday => "onsdag",
        Weekday::Thursday => "torsdag",
        Weekday::Friday => "fredag",
        Weekday::Saturday => "lørdag",
        Weekday::Sunday => "søndag",
    }
}

fn year_if_other(day: Date, today: Date) -> String {
    if day.year() == today.year() { String::new() } else { format!(" {}", day.year()) }
}

/// "24. november".
pub fn month_day(day: Date, today: Date) -> String {
    format!("{}. {}{}", day.day(), month(day), year_if_other(day, today))
}

/// "tirsdag 24. november".
pub fn long_day(day: Date, today: Date) -> String {
    format!("{} {}", weekday(day), month_day(day, today))
}

/// "24. nov.".
pub fn short_day(day: Date, today: Date) -> String {
    format!("{}. {}{}", day.day(), short_month(day), year_if_other(day, today))
}

/// "9.16".
pub fn clock(at: Timestamp) -> String {
    let at = local(at);
    format!("{}.{:02}", at.hour(), at.minute())
}

/// "I dag 9.16", "I går 11.40", otherwise "18. nov.".
pub fn when(at: Timestamp, now: Timestamp) -> String {
    let (day, today) = (local_date(at), local_date(now));
    if day == today {
        format!("I dag {}", clock(at))
    } else if Some(day) == today.yesterday().ok() {
        format!("I går {}", clock(at))
    } else {
        short_day(day, today)
    }
}

/// Always with the time: "I dag 9.16", "12. aug. 9.30".
pub fn when_exactly(at: Timestamp, now: Timestamp) -> String {
    let text = when(at, now);
    if text.starts_with('I') { text } else { format!("{text} {}", clock(at)) }
}

/// "Uge 48".
pub fn week(day: Date) -> String {
    format!("Uge {}", day.iso_week_date().week())
}

/// "77 år"; children under one year are "0 år".
pub fn age(born_on: Date, today: Date) -> String {
    let had_birthday = (today.month(), today.day()) >= (born_on.month(), born_on.day());
    let years = today.year() - born_on.year() - i16::from(!had_birthday);
    format!("{} år", years.max(0))
}

impl Moment {
    /// An instant, as [`when`] says it.
    pub fn new(at: Timestamp, now: Timestamp) -> Self {
        Self { iso: iso(&local(at)), text: when(at, now) }
    }

    /// An instant with its time, as [`when_exactly`] says it.
    pub fn exactly(at: Timestamp, now: Timestamp) -> Self {
        Self { iso: iso(&local(at)), text: when_exactly(at, now) }
    }

    /// A day, as [`short_day`] says it.
    pub fn day(day: Date, today: Date) -> Self {
        Self { iso: day.to_string(), text: short_day(day, today) }
    }
}

/// "2026-11-24T09:16:00+01:00".
fn iso(at: &Zoned) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

impl Tag {
    /// How a deadline stands: past it is late, today and until the next working day it is soon, else it is only told.
    pub fn deadline(due_on: Date, today: Date) -> Self {
        let days = (due_on - today).get_days();
        let tag = match days {
            ..0 => Self::of("late", "late", format!("{} over", counted_days(-days))),
            0 => Self::of("soon", "soon", "Frist i dag"),
            1 => Self::of("soon", "soon", "I morgen"),
            _ => {
                let next = add_workdays(today, 1, ExtraClosedDays::default());
                Self::of(if due_on <= next { "soon" } else { "mute" }, "soon", format!("Om {}", counted_days(days)))
            }
        };
        Self { title: Some(full_day(due_on)), ..tag }
    }
}

fn counted_days(days: i32) -> String {
    if days == 1 { "1 dag".to_owned() } else { format!("{days} dage") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TUESDAY: Date = date(2026, 11, 24);

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn days_are_written_as_they_are_spoken() {
        assert_eq!(long_day(TUESDAY, TUESDAY), "tirsdag 24. november");
        assert_eq!(short_day(TUESDAY, TUESDAY), "24. nov.");
        assert_eq!(short_day(date(2026, 9, 1), TUESDAY), "1. sept.");
        assert_eq!(short_day(date(2025, 5, 3), TUESDAY), "3. maj 2025");
        assert_eq!(full_day(TUESDAY), "24. november 2026");
        assert_eq!(week(TUESDAY), "Uge 48");
    }

    #[test]
    fn today_and_yesterday_are_words_with_danish_time() {
        let now = at("2026-11-24T10:00:00Z");
        assert_eq!(when(at("2026-11-24T08:16:00Z"), now), "I dag 9.16");
        assert_eq!(when(at("2026-11-23T10:40:00Z"), now), "I går 11.40");
        assert_eq!(when(at("2026-11-18T10:40:00Z"), now), "18. nov.");
        assert_eq!(when_exactly(at("2026-08-12T07:30:00Z"), now), "12. aug. 9.30");
        // Just after midnight in Denmark it is still yesterday in UTC.
        assert_eq!(when(at("2026-11-23T23:05:00Z"), now), "I dag 0.05");
    }

    #[test]
    fn a_moment_keeps_the_offset_of_danish_time() {
        let moment = Moment::new(at("2026-11-24T08:16:00Z"), at("2026-11-24T10:00:00Z"));
        assert_eq!(moment, Moment { iso: "2026-11-24T09:16:00+01:00".into(), text: "I dag 9.16".into() });
        assert_eq!(Moment::day(TUESDAY, TUESDAY).iso, "2026-11-24");
    }

    #[test]
    fn a_deadline_says_how_far_it_is() {
        let tag = |due: Date, today: Date| {
            let tag = Tag::deadline(due, today);
            (tag.kind, tag.icon, tag.text)
        };
        assert_eq!(tag(date(2026, 11, 22), TUESDAY), ("late", "late", "2 dage over".into()));
        assert_eq!(tag(date(2026, 11, 23), TUESDAY), ("late", "late", "1 dag over".into()));
        assert_eq!(tag(TUESDAY, TUESDAY), ("soon", "soon", "Frist i dag".into()));
        assert_eq!(tag(date(2026, 11, 25), TUESDAY), ("soon", "soon", "I morgen".into()));
        assert_eq!(tag(date(2026, 11, 26), TUESDAY), ("mute", "soon", "Om 2 dage".into()));
        let friday = date(2026, 11, 27);
        assert_eq!(tag(date(2026, 11, 30), friday), ("soon", "soon", "Om 3 dage".into()), "the next working day");
        assert_eq!(Tag::deadline(TUESDAY, TUESDAY).title.as_deref(), Some("24. november 2026"));
        assert_eq!(tag(date(2027, 1, 1), TUESDAY).2, "Om 38 dage", "counted in days across months");
    }

    #[test]
    fn age_turns_on_the_birthday() {
        let born = date(1948, 12, 25);
        assert_eq!(age(born, TUESDAY), "77 år");
        assert_eq!(age(born, date(2026, 12, 25)), "78 år");
    }
}
