//! The fields that lay sessions in the calendar of a team: one day, from and until, and how many weeks.

use std::collections::HashMap;

use domain::team::is_closed;
use domain::workdays::instant;
use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::SessionInput;
use crate::layout::{Field, FormError};

/// The most sessions that one press makes.
const MOST: usize = 52;

/// What was typed.
pub(super) struct SessionFields {
    pub(super) day: Field,
    pub(super) from: Field,
    pub(super) until: Field,
    pub(super) count: Field,
    /// Everything is closed on the first day: it is asked about.
    pub(super) closed: bool,
    /// An instructor or the room is taken: it is asked about.
    pub(super) clash: bool,
}

/// Sessions to make, and the days that were left out because everything is closed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sessions {
    pub(super) inputs: Vec<SessionInput>,
    pub(super) left_out: Vec<Date>,
    /// They are meant although something clashes.
    pub(super) despite: bool,
}

impl SessionFields {
    /// As typed, or empty.
    pub(super) fn typed(form: Option<&HashMap<String, String>>, errors: &[FormError]) -> Self {
        let field = |id: &str, empty: &str| Field {
            value: form.and_then(|form| form.get(id)).map_or_else(|| empty.to_owned(), Clone::clone),
            error: errors.iter().find(|error| error.field == id).map(|error| error.message.clone()),
        };
        let ticked = |id: &str| form.and_then(|form| form.get(id)).is_some_and(|value| value == "ja");
        let day = form.and_then(|form| form.get("dato")).and_then(|day| day.trim().parse().ok());
        let closed = form.is_some() && day.is_some_and(is_closed);
        let asked = errors.iter().any(|error| error.field == "dato");
        Self {
            day: field("dato", ""),
            from: field("fra", ""),
            until: field("til", ""),
            count: field("antal", "1"),
            closed,
            // What is wrong with the day is that it is closed, until that is said to be meant.
            clash: asked && day.is_some() && (!closed || ticked("lukket")),
        }
    }
}

/// Reads the form: the sessions, or what is wrong with it.
pub(super) fn sessions(form: &HashMap<String, String>) -> Result<Sessions, Vec<FormError>> {
    let text = |id: &str| form.get(id).map_or("", |text| text.trim());
    let mut errors = Vec::new();
    let mut wrong = |field, message: &str| errors.push(FormError { field, message: message.to_owned() });
    let day = text("dato").parse::<Date>().map_err(|_| wrong("dato", "Vælg datoen for den første gang.")).ok();
    if day.is_some_and(is_closed) && text("lukket") != "ja" {
        wrong("dato", "Den dag er der lukket. Vælg en anden dag, eller sæt flueben ved, at I mødes alligevel.");
    }
    let from = time(text("fra"));
    let until = time(text("til"));
    if from.is_none() {
        wrong("fra", "Skriv, hvornår den begynder, for eksempel 10.00.");
    }
    if until.is_none() {
        wrong("til", "Skriv, hvornår den slutter, for eksempel 11.30.");
    } else if from.is_some() && until <= from {
        wrong("til", "Sluttidspunktet skal ligge efter starttidspunktet.");
    }
    let count = text("antal").parse().ok().filter(|count| (1..=MOST).contains(count));
    if count.is_none() {
        wrong("antal", "Skriv et antal fra 1 til 52.");
    }
    match (day, from, until, count) {
        (Some(day), Some(from), Some(until), Some(count)) if errors.is_empty() => {
            Ok(Sessions { despite: text("alligevel") == "ja", ..weekly(day, from, until, count) })
        }
        _ => Err(errors),
    }
}

/// "10:00", "10.00" and "9.00".
pub(crate) fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once([':', '.'])?;
    Time::new(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0, 0).ok()
}

/// One a week at the same time of day, also across the change of the clock. The first day is as it was chosen; after it
/// closed days are left out, and the row goes on until all are there.
fn weekly(first: Date, from: Time, until: Time, count: usize) -> Sessions {
    let mut made = Sessions { inputs: Vec::new(), left_out: Vec::new(), despite: false };
    for day in first.series(1.week()).take(count + MOST) {
        if made.inputs.len() == count {
            break;
        }
        let times = instant(day, from).zip(instant(day, until)).filter(|_| day == first || !is_closed(day));
        match times {
            Some((start, end)) => made.inputs.push(SessionInput { start, end }),
            None => made.left_out.push(day),
        }
    }
    made
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::*;
    use domain::workdays::local_date;
    use jiff::civil::date;

    fn form(day: &str, from: &str, until: &str, count: &str) -> HashMap<String, String> {
        let fields = [("dato", day), ("fra", from), ("til", until), ("antal", count)];
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn every_week_at_the_same_time_and_never_on_a_closed_day() {
        let made = sessions(&form("2026-12-10", "10:00", "11.30", "4")).unwrap();
        let days: Vec<Date> = made.inputs.iter().map(|input| local_date(input.start)).collect();
        assert_eq!(days, [date(2026, 12, 10), date(2026, 12, 17), date(2027, 1, 7), date(2027, 1, 14)]);
        assert_eq!(made.left_out, [date(2026, 12, 24), date(2026, 12, 31)]);
        let across = sessions(&form("2026-10-20", "10:00", "11:30", "2")).unwrap().inputs;
        let starts: Vec<String> = across.iter().map(|input| input.start.to_string()).collect();
        assert_eq!(starts, ["2026-10-20T08:00:00Z", "2026-10-27T09:00:00Z"], "ten o'clock by the wall");
    }

    #[test]
    fn what_is_missing_or_wrong_is_said_by_field() {
        let fields = |form| {
            let errors: Vec<FormError> = sessions(&form).unwrap_err();
            errors.iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(form("", "", "", "")), ["dato", "fra", "til", "antal"]);
        assert_eq!(fields(form("2026-12-10", "11:00", "10:00", "0")), ["til", "antal"]);
    }
}
