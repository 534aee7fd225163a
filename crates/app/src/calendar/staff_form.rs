//! The fields of a colleague's form: a row a weekday with two times each, absences with a tick to remove them, one to add.

use std::collections::BTreeSet;

use domain::calendar::{Absence, Period, PractitionerRole, Workday, WorkingHours};
use domain::competence::Competence;
use domain::workdays::{day_bounds, instant, local, local_date};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::PractitionerInput;
use super::words::clock;
use crate::AppError;
use crate::layout::dates;
use crate::web::fields::{self, Fields};

/// Times a day: before and after a break.
const TIMES: [&str; 2] = ["1", "2"];

/// The fields of a weekday.
pub(super) struct DayFields {
    pub(super) label: &'static str,
    pub(super) times: Vec<TimeFields>,
}

pub(super) struct TimeFields {
    /// Beginning of the names: "monday-1".
    pub(super) id: String,
    pub(super) label: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) place: String,
}

/// An absence that can be taken away.
pub(super) struct AbsenceLine {
    pub(super) id: String,
    pub(super) what: String,
    pub(super) when: String,
    pub(super) remove: bool,
}

/// The ticks, and the rest by name.
pub(super) fn typed(pairs: Vec<(String, String)>) -> (Vec<String>, Fields) {
    let (ticks, rest): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "kompetence");
    (ticks.into_iter().map(|(_, word)| word).collect(), rest.into_iter().collect())
}

/// The week as it is, or as it was typed.
pub(super) fn days(role: &PractitionerRole, form: Option<&Fields>) -> Vec<DayFields> {
    let day = |day: &Workday| {
        let own: Vec<&WorkingHours> = role.hours.iter().filter(|hours| hours.day == *day).collect();
        let time = |(index, number): (usize, &&str)| {
            let id = format!("{}-{number}", day.word());
            let stored = own.get(index);
            let said = |what: &str, stored: Option<String>| match form {
                Some(form) => form.get(&format!("{id}-{what}")).cloned().unwrap_or_default(),
                None => stored.unwrap_or_default(),
            };
            TimeFields {
                from: said("fra", stored.map(|h| time_text(h.from))),
                to: said("til", stored.map(|h| time_text(h.to))),
                place: said("sted", stored.map(|h| h.place.clone())),
                label: if index == 0 { day.label().to_owned() } else { format!("{}, igen", day.label()) },
                id,
            }
        };
        DayFields { label: day.label(), times: TIMES.iter().enumerate().map(time).collect() }
    };
    Workday::ALL.iter().map(day).collect()
}

/// "08:30", as a time field holds it.
fn time_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "8.30–12.00".
pub(super) fn span_text(hours: &WorkingHours) -> String {
    let text = |time: Time| format!("{}.{:02}", time.hour(), time.minute());
    format!("{}–{}", text(hours.from), text(hours.to))
}

/// Absences that are not over.
pub(super) fn absence_lines(role: &PractitionerRole, form: Option<&Fields>, today: Date) -> Vec<AbsenceLine> {
    let coming = role.absences.iter().filter(|a| local_date(a.period.end) >= today);
    coming
        .map(|away| {
            let id = absence_id(away);
            let moment = |at: Timestamp| format!("{} kl. {}", dates::short_day(local_date(at), today), clock(at));
            AbsenceLine {
                what: away.what.clone(),
                when: format!("{} til {}", moment(away.period.start), moment(away.period.end)),
                remove: form.is_some_and(|form| form.contains_key(&id)),
                id,
            }
        })
        .collect()
}

fn absence_id(away: &Absence) -> String {
    format!("fjern-{}", away.period.start.as_second())
}

/// What is to be stored.
pub(super) fn input(ticks: &[String], form: &Fields, known: &PractitionerRole) -> Result<PractitionerInput, AppError> {
    let competences: Result<BTreeSet<Competence>, _> = ticks.iter().map(|word| Competence::parse(word)).collect();
    let mut hours = Vec::new();
    for day in Workday::ALL {
        for number in TIMES {
            hours.extend(hours_of(*day, &format!("{}-{number}", day.word()), form)?);
        }
    }
    let kept = known.absences.iter().filter(|away| !form.contains_key(&absence_id(away))).cloned();
    let absences = kept.chain(new_absence(form)?).collect();
    let authorised = form.get("autoriseret").is_some_and(|value| value == "ja");
    Ok(PractitionerInput {
        competences: competences.map_err(|_| AppError::Unreadable("form"))?,
        hours,
        absences,
        authorised,
    })
}

fn hours_of(day: Workday, id: &str, form: &Fields) -> Result<Option<WorkingHours>, AppError> {
    let said = |what: &str| fields::text(form, &format!("{id}-{what}"));
    let (from, to) = (said("fra"), said("til"));
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    let time = |text: &str| text.replace('.', ":").parse::<Time>().ok();
    let (Some(from), Some(to)) = (time(from), time(to)) else {
        let text = format!("{}: skriv både fra og til, for eksempel 8.30 og 12.00.", day.label());
        return Err(AppError::field("arbejdstid", "time", text));
    };
    Ok(Some(WorkingHours { day, from, to, place: said("sted").to_owned() }))
}

/// A new absence: days alone are whole days.
fn new_absence(form: &Fields) -> Result<Option<Absence>, AppError> {
    let said = |id: &str| fields::text(form, id);
    let (from, to, what) = (said("fravaer-fra"), said("fravaer-til"), said("fravaer-hvad"));
    if from.is_empty() && to.is_empty() && what.is_empty() {
        return Ok(None);
    }
    let unreadable = |field: &'static str| AppError::field(field, "date", "Vælg dag og tidspunkt.");
    let start = moment(from).ok_or_else(|| unreadable("fravaer-fra"))?;
    let end = moment(to).ok_or_else(|| unreadable("fravaer-til"))?;
    if end <= start {
        return Err(AppError::field("fravaer-til", "before", "Fraværet slutter, før det begynder."));
    }
    let what = if what.is_empty() { "Optaget".to_owned() } else { what.to_owned() };
    Ok(Some(Absence { period: Period { start, end }, what }))
}

fn moment(text: &str) -> Option<Timestamp> {
    match text.parse::<DateTime>() {
        Ok(at) if text.len() > 10 => instant(at.date(), at.time()),
        Ok(at) => Some(day_bounds(at.date()).0),
        Err(_) => None,
    }
    .filter(|at| local(*at).year() > 2000)
}
