//! The functions of the schema, for the engine that has none of its own. PostgreSQL's stand in `store`, and a test holds them
//! against these.

use domain::workdays::local_date;
use indicators::counting::strata::age_band as band;
use jiff::Timestamp;
use jiff::civil::Date;

/// The age band on a day; nothing when the day of birth lies after it.
pub fn age_band(born: Date, on: Date) -> Option<&'static str> {
    let years = i32::from(on.year()) - i32::from(born.year());
    let age = years - i32::from((on.month(), on.day()) < (born.month(), born.day()));
    (age >= 0).then(|| band(age))
}

/// The Danish day of an instant.
pub fn local_day(at: Timestamp) -> Date {
    local_date(at)
}

/// Days from one to another.
pub fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Whole minutes from one instant to another.
pub fn minutes(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs() / 60
}

/// "2026-11".
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// "2026-K4".
pub fn quarter(day: Date) -> String {
    format!("{:04}-K{}", day.year(), (day.month() - 1) / 3 + 1)
}

/// "2026".
pub fn year(day: Date) -> String {
    format!("{:04}", day.year())
}
