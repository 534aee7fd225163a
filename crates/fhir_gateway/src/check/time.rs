//! Dates and times as FHIR writes them: a year, a month, a day, or a time with zone.

use std::cmp::Ordering;

/// How exact a moment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    Year,
    Month,
    Day,
    Time,
}

/// A parsed `date`, `dateTime` or `instant`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment<'a> {
    /// Year, month and day as written; month and day are zero when not given.
    day: (u16, u8, u8),
    /// Seconds since year 0 in UTC and the digits of the fraction, when a time is given.
    time: Option<(i64, &'a str)>,
}

impl<'a> Moment<'a> {
    /// Reads a text; none when it is none of the forms or no day of the calendar.
    pub fn parse(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let year = number(bytes.get(..4)?)?;
        match bytes.len() {
            4 => return Some(Self { day: (year, 0, 0), time: None }),
            5..7 => return None,
            _ => {}
        }
        let month = small(part(bytes, 4, b'-')?, 1, 12)?;
        if bytes.len() == 7 {
            return Some(Self { day: (year, month, 0), time: None });
        }
        let day = small(part(bytes, 7, b'-')?, 1, days_in(year, month))?;
        if bytes.len() == 10 {
            return Some(Self { day: (year, month, day), time: None });
        }
        let time = time(text, (year, month, day))?;
        Some(Self { day: (year, month, day), time: Some(time) })
    }

    /// How exact it is.
    pub const fn precision(&self) -> Precision {
        match (self.time, self.day) {
            (Some(_), _) => Precision::Time,
            (None, (_, 0, _)) => Precision::Year,
            (None, (_, _, 0)) => Precision::Month,
            (None, _) => Precision::Day,
        }
    }

    /// Whether this lies after the other: times as instants, else by the day as written.
    pub fn is_after(&self, other: &Self) -> bool {
        match (self.time, other.time) {
            (Some((a, fraction)), Some((b, other))) => {
                a.cmp(&b).then_with(|| fractions(fraction, other)) == Ordering::Greater
            }
            _ => self.day > other.day,
        }
    }
}

fn fractions(a: &str, b: &str) -> Ordering {
    a.trim_end_matches('0').cmp(b.trim_end_matches('0'))
}

fn number(digits: &[u8]) -> Option<u16> {
    digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u16::from(b - b'0')))
}

/// Two digits after a separator at `place`.
fn part(bytes: &[u8], place: usize, separator: u8) -> Option<u16> {
    (bytes.get(place) == Some(&separator)).then_some(())?;
    number(bytes.get(place + 1..place + 3)?)
}

fn small(value: u16, low: u8, high: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|v| (low..=high).contains(v))
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// `Thh:mm:ss(.f+)?(Z|±hh:mm)` from the tenth character on.
fn time(text: &str, day: (u16, u8, u8)) -> Option<(i64, &str)> {
    let bytes = text.as_bytes();
    let hour = small(part(bytes, 10, b'T')?, 0, 23)?;
    let minute = small(part(bytes, 13, b':')?, 0, 59)?;
    let second = small(part(bytes, 16, b':')?, 0, 60)?;
    let rest = text.get(19..)?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        None => ("", rest),
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (digits > 0).then(|| rest.split_at(digits))?
        }
    };
    let clock = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    Some((days(day) * 86_400 + clock - offset(zone.as_bytes())?, fraction))
}

/// Seconds east of UTC.
fn offset(zone: &[u8]) -> Option<i64> {
    let sign = match zone {
        [b'Z'] => return Some(0),
        [b'+', ..] if zone.len() == 6 => 1,
        [b'-', ..] if zone.len() == 6 => -1,
        _ => return None,
    };
    let hours = number(&zone[1..3]).filter(|h| *h <= 14)?;
    let minutes = part(zone, 3, b':').filter(|m| *m <= 59 && (hours < 14 || *m == 0))?;
    Some(sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60))
}

/// Days since a fixed day, in the Gregorian calendar (years begin in March, so that the leap day is last).
fn days((year, month, day): (u16, u8, u8)) -> i64 {
    let (year, month) = (i64::from(year) - i64::from(month <= 2), i64::from(month));
    let from_march = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * from_march + 2) / 5
        + i64::from(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_fhir_are_read_and_no_others() {
        for (text, precision) in [
            ("2026", Precision::Year),
            ("2026-03", Precision::Month),
            ("2026-03-02", Precision::Day),
            ("2024-02-29", Precision::Day),
            ("2026-03-02T10:00:00Z", Precision::Time),
            ("2026-03-02T10:00:00.123456+01:00", Precision::Time),
        ] {
            assert_eq!(Moment::parse(text).map(|m| m.precision()), Some(precision), "{text}");
        }
        for text in [
            "",
            "26-03-02",
            "2026-3-2",
            "2026-02-30",
            "2025-02-29",
            "2026-13-01",
            "2026-03-02T10:00:00",
            "2026-03-02T10:00Z",
            "2026-03-02T24:00:00Z",
            "2026-03-02T10:00:00.Z",
            "2026-03-02T10:00:00+0100",
            "2026-03-02T10:00:00+15:00",
            "2026-03-02 10:00:00Z",
            "20260302",
            "2026-03-0æ",
            "2026-03-02T10:00:00Zæ",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_compared_as_instants_and_days_as_written() {
        let after = |a, b| Moment::parse(a).unwrap().is_after(&Moment::parse(b).unwrap());
        assert!(after("2026-03-02T10:00:00Z", "2026-03-02T10:30:00+01:00"));
        assert!(!after("2026-03-02T10:00:00Z", "2026-03-02T11:00:00.000+01:00"));
        assert!(after("2026-03-02T10:00:00.5Z", "2026-03-02T10:00:00.45Z"));
        assert!(after("2026-03-01T00:00:00Z", "2026-02-28T23:59:59Z"));
        assert!(after("2026-03-03", "2026-03-02"));
        assert!(!after("2026-03-02T23:00:00Z", "2026-03-02"));
    }
}
