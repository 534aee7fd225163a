//! What a form sends, by the names of its fields, and how a field is read. Air around what was typed means nothing.

use std::collections::HashMap;
use std::str::FromStr;

use jiff::civil::Date;

use crate::AppError;

/// A form in which each name stands once, as it was typed.
pub(crate) type Fields = HashMap<String, String>;

/// What was typed; none when it is nothing.
pub(crate) fn said<'a>(form: &'a Fields, name: &str) -> Option<&'a str> {
    form.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// What was typed; empty when it is nothing.
pub(crate) fn text<'a>(form: &'a Fields, name: &str) -> &'a str {
    said(form, name).unwrap_or_default()
}

/// What was typed, no longer than so many letters.
pub(crate) fn short(form: &Fields, name: &str, most: usize) -> Option<String> {
    said(form, name).map(|text| text.chars().take(most).collect())
}

/// What was typed as a value; none also when it is no such value.
pub(crate) fn parsed<T: FromStr>(form: &Fields, name: &str) -> Option<T> {
    said(form, name).and_then(|text| text.parse().ok())
}

/// The version that the form was made from. One without builds on nothing that exists, and is refused as changed.
pub(crate) fn version(form: &Fields) -> i64 {
    parsed(form, "version").unwrap_or(0)
}

/// A day; none when the field is empty.
///
/// # Errors
/// At the field, when it is no day.
pub(crate) fn day(form: &Fields, name: &'static str) -> Result<Option<Date>, AppError> {
    let unreadable = |_| AppError::field(name, "unreadable", "Skriv datoen som dag, måned og år.");
    said(form, name).map(|text| text.parse().map_err(unreadable)).transpose()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn air_is_nothing_and_what_is_no_day_is_said_at_its_field() {
        let form = |text: &str| Fields::from([("dag".to_owned(), text.to_owned())]);
        assert_eq!((said(&form(" \t"), "dag"), text(&form(" i dag "), "dag")), (None, "i dag"));
        assert!(matches!(day(&form(" "), "dag"), Ok(None)));
        assert!(matches!(day(&form(" 2026-12-01 "), "dag"), Ok(Some(on)) if on == date(2026, 12, 1)));
        assert!(matches!(day(&form("i morgen"), "dag"), Err(AppError::Field { field: "dag", .. })));
        assert_eq!(short(&form(" ærlig talt"), "dag", 2).as_deref(), Some("ær"));
        assert_eq!((parsed::<u8>(&form("7"), "dag"), parsed::<u8>(&form("syv"), "dag")), (Some(7), None));
        assert_eq!(version(&form("7")), 0, "no version is none that exists");
    }
}
