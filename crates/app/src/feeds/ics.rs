//! Writing iCalendar (RFC 5545): a calendar of times that other programs subscribe to. Values in, text out.

use std::fmt::Write as _;

use domain::workdays::local;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// One time (VEVENT, section 3.6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// Stays the same while the time is moved or called off (UID, section 3.8.4.7).
    pub(super) id: Uuid,
    /// How often it was changed (SEQUENCE, section 3.8.7.4).
    pub(super) sequence: i64,
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
    pub(super) title: String,
    pub(super) place: Option<String>,
    /// It is called off (STATUS, section 3.8.1.11).
    pub(super) cancelled: bool,
}

/// Danish time with its change of the clock: the last Sundays of March and October at one o'clock UTC (section 3.6.5).
const ZONE: [&str; 15] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// Longest line in bytes (section 3.1).
const LINE: usize = 75;

/// The calendar as it is sent: lines end in CR LF, long ones are folded.
pub(super) fn calendar(name: &str, events: &[Event], now: Timestamp) -> String {
    let mut text = String::new();
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Forebyg//Kalender//DA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
            .map(str::to_owned)
            .into();
    lines.push(format!("X-WR-CALNAME:{}", escaped(name)));
    lines.extend(ZONE.map(str::to_owned));
    for event in events {
        lines.extend(written(event, now));
    }
    lines.push("END:VCALENDAR".to_owned());
    for line in lines {
        fold(&mut text, &line);
    }
    text
}

fn written(event: &Event, now: Timestamp) -> Vec<String> {
    let wall = |at| local(at).strftime("%Y%m%dT%H%M%S").to_string();
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@forebyg", event.id),
        format!("DTSTAMP:{}", now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ")),
        format!("DTSTART;TZID=Europe/Copenhagen:{}", wall(event.start)),
        format!("DTEND;TZID=Europe/Copenhagen:{}", wall(event.end)),
        format!("SEQUENCE:{}", event.sequence),
        format!("STATUS:{}", if event.cancelled { "CANCELLED" } else { "CONFIRMED" }),
        format!("SUMMARY:{}", escaped(&event.title)),
        "CLASS:PRIVATE".to_owned(),
    ];
    lines.extend(event.place.as_ref().map(|place| format!("LOCATION:{}", escaped(place))));
    lines.push("END:VEVENT".to_owned());
    lines
}

/// A text value (section 3.3.11). Other control characters are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line; one that is too long goes on after a line break and a space, never within a character.
fn fold(text: &mut String, line: &str) {
    let mut room = LINE;
    for c in line.chars() {
        if c.len_utf8() > room {
            text.push_str("\r\n ");
            room = LINE - 1;
        }
        room -= c.len_utf8();
        let _ = text.write_char(c);
    }
    text.push_str("\r\n");
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::*;

    fn event(title: &str) -> Event {
        Event {
            id: Uuid::from_u128(7),
            sequence: 2,
            start: "2026-07-01T08:00:00Z".parse().unwrap(),
            end: "2026-07-01T09:30:00Z".parse().unwrap(),
            title: title.to_owned(),
            place: Some("Sal 2, stuen; til højre".to_owned()),
            cancelled: true,
        }
    }

    #[test]
    fn a_time_is_told_by_the_danish_wall_clock_and_called_off_by_its_status() {
        let now = "2026-06-01T10:00:00Z".parse().unwrap();
        let text = calendar("Mine tider", &[event("Hold")], now);
        for line in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "\r\nUID:00000000-0000-0000-0000-000000000007@forebyg\r\n",
            "\r\nDTSTAMP:20260601T100000Z\r\n",
            "\r\nDTSTART;TZID=Europe/Copenhagen:20260701T100000\r\n",
            "\r\nDTEND;TZID=Europe/Copenhagen:20260701T113000\r\n",
            "\r\nSEQUENCE:2\r\nSTATUS:CANCELLED\r\n",
            "\r\nLOCATION:Sal 2\\, stuen\\; til højre\r\n",
            "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        ] {
            assert!(text.contains(line), "{line:?} in {text}");
        }
    }

    #[test]
    fn no_line_is_longer_than_it_may_be_and_folding_loses_nothing() {
        let title = "æøå ".repeat(60);
        let text = calendar("x", &[event(&title)], Timestamp::UNIX_EPOCH);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE));
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{title}\r\n")));
        assert_eq!(escaped("a\\b;c,d\ne\r"), "a\\\\b\\;c\\,d\\ne");
    }
}
