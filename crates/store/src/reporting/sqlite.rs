//! The functions of the reporting schema for SQLite. They read nothing but what they are given, so views may use them although
//! the schema is not trusted (`SQLITE_INNOCUOUS`).

use analysis::function;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ToSql};
use uuid::Uuid;

/// Tells a connection the functions.
pub(crate) fn functions(connection: &Connection) -> rusqlite::Result<()> {
    add(connection, "pseudonym", 3, pseudonym)?;
    add(connection, "age_band", 2, |at| {
        day(at, 0).zip(day(at, 1)).and_then(|(born, on)| function::age_band(born, on))
    })?;
    add(connection, "local_day", 1, |at| instant(at, 0).map(|at| function::local_day(at).to_string()))?;
    add(connection, "days", 2, |at| day(at, 0).zip(day(at, 1)).map(|(from, to)| function::days(from, to)))?;
    add(connection, "minutes", 2, |at| {
        instant(at, 0).zip(instant(at, 1)).map(|(from, to)| function::minutes(from, to))
    })?;
    add(connection, "month", 1, |at| day(at, 0).map(function::month))?;
    add(connection, "quarter", 1, |at| day(at, 0).map(function::quarter))?;
    add(connection, "year", 1, |at| day(at, 0).map(function::year))?;
    add(connection, "truth", 1, truth)
}

fn add<T: ToSql>(
    connection: &Connection,
    name: &str,
    arguments: i32,
    of: impl Fn(&Context<'_>) -> Option<T> + Send + 'static,
) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let name = format!("reporting_{name}");
    connection.create_scalar_function(name.as_str(), arguments, flags, move |at| Ok(of(at)))
}

fn text<'a>(at: &'a Context<'a>, place: usize) -> Option<&'a str> {
    match at.get_raw(place) {
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok(),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
    }
}

fn day(at: &Context<'_>, place: usize) -> Option<Date> {
    text(at, place)?.parse().ok()
}

fn instant(at: &Context<'_>, place: usize) -> Option<Timestamp> {
    text(at, place)?.parse().ok()
}

fn pseudonym(at: &Context<'_>) -> Option<String> {
    let (ValueRef::Blob(secret), ValueRef::Integer(organization), ValueRef::Blob(id)) =
        (at.get_raw(0), at.get_raw(1), at.get_raw(2))
    else {
        return None;
    };
    Some(analysis::pseudonym(secret, organization, Uuid::from_slice(id).ok()?))
}

/// A yes or no as JSON gives it: a number of SQLite, or a word.
fn truth(at: &Context<'_>) -> Option<bool> {
    match at.get_raw(0) {
        ValueRef::Integer(number) => Some(number != 0),
        ValueRef::Text(word) => Some(word == b"true"),
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => None,
    }
}
