//! The facts of a municipality from a file (TOML), so that a municipality can be written by hand.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Value;

use super::closing::Report;
use super::course::CourseFacts;
use super::municipality::{MunicipalityFacts, Tables};

/// A municipality, its courses and the day and period they are seen in.
#[derive(Debug, Clone)]
pub struct Municipality {
    /// Whose.
    pub organization: String,
    /// The day of evaluation.
    pub on: Date,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// All but the courses.
    pub facts: MunicipalityFacts,
    /// The courses.
    pub courses: Vec<CourseFacts>,
}

/// What is wrong with a file of facts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsFault {
    /// It is no TOML.
    #[error("line {line}: no TOML: {why}")]
    Form {
        /// From one.
        line: usize,
        /// What the reader says, in English.
        why: String,
    },
    /// A fact is unknown or has another form.
    #[error("{place}: {why}")]
    Fact {
        /// Where, as a path.
        place: String,
        /// What the reader says, in English.
        why: String,
    },
    /// An entity has no id, or another one has the same.
    #[error("{entity} '{id}': every id stands once")]
    Id {
        /// Kind of entity.
        entity: &'static str,
        /// The id.
        id: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Period {
    from: Date,
    to: Date,
}

/// Reads a municipality.
pub fn read(text: &str) -> Result<Municipality, FactsFault> {
    let mut top: toml::Table = toml::from_str(text).map_err(|error| FactsFault::Form {
        line: error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1),
        why: error.message().to_owned(),
    })?;
    let organization = part::<String>(&mut top, "organization")?;
    let on = part::<Date>(&mut top, "on")?;
    let period = part::<Period>(&mut top, "period")?;
    let mut courses: Vec<CourseFacts> = many(&mut top, "course")?;
    for report in many::<Report>(&mut top, "report")? {
        let of = courses.iter_mut().find(|course| Some(&course.id) == report.course.as_ref());
        let missing = || FactsFault::Id { entity: "report.course", id: report.course.clone().unwrap_or_default() };
        of.ok_or_else(missing)?.reports.push(report);
    }
    let tables = typed::<Tables>("", Value::Table(top))?;
    ids(&tables, &courses)?;
    let facts = MunicipalityFacts::new(tables);
    Ok(Municipality { organization, on, from: period.from, to: period.to, facts, courses })
}

fn many<T: for<'de> Deserialize<'de>>(top: &mut toml::Table, key: &str) -> Result<Vec<T>, FactsFault> {
    if top.contains_key(key) { part(top, key) } else { Ok(Vec::new()) }
}

fn part<T: for<'de> Deserialize<'de>>(top: &mut toml::Table, key: &str) -> Result<T, FactsFault> {
    let missing = || FactsFault::Fact { place: key.to_owned(), why: "missing".to_owned() };
    typed(key, top.remove(key).ok_or_else(missing)?)
}

fn typed<T: for<'de> Deserialize<'de>>(key: &str, mut value: Value) -> Result<T, FactsFault> {
    dates_as_text(&mut value);
    serde_path_to_error::deserialize(value).map_err(|error| FactsFault::Fact {
        place: format!("{key}{}{}", if key.is_empty() { "" } else { "." }, error.path()),
        why: error.inner().message().to_owned(),
    })
}

/// TOML has dates of its own; the facts read them as text.
fn dates_as_text(value: &mut Value) {
    match value {
        Value::Datetime(date) => *value = Value::String(date.to_string()),
        Value::Array(many) => many.iter_mut().for_each(dates_as_text),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| dates_as_text(value)),
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => {}
    }
}

/// Ids are what outcomes are told by, so each stands once and none is empty.
fn ids(tables: &Tables, courses: &[CourseFacts]) -> Result<(), FactsFault> {
    let mut seen: HashSet<(&'static str, &str)> = HashSet::new();
    let groups = tables.groups.iter().flat_map(|group| group.session.iter().map(|one| ("session", one.id.as_str())));
    let of_tables = tables
        .offers
        .iter()
        .map(|one| ("offer", one.id.as_str()))
        .chain(tables.groups.iter().map(|one| ("group", one.id.as_str())))
        .chain(tables.associations.iter().map(|one| ("association", one.id.as_str())))
        .chain(groups);
    let of_courses = courses.iter().flat_map(|course| {
        std::iter::once(("course", course.id.as_str()))
            .chain(course.referrals.iter().map(|one| ("referral", one.id.as_str())))
            .chain(course.talks.iter().map(|one| ("talk", one.id.as_str())))
            .chain(course.interventions.iter().map(|one| ("intervention", one.id.as_str())))
            .chain(course.enrolments.iter().map(|one| ("enrolment", one.id.as_str())))
            .chain(course.sessions.iter().map(|one| ("session", one.id.as_str())))
            .chain(course.attendances.iter().map(|one| ("attendance", one.id.as_str())))
            .chain(course.messages.iter().map(|one| ("message", one.id.as_str())))
    });
    for (entity, id) in of_tables.chain(of_courses) {
        if id.is_empty() || !seen.insert((entity, id)) {
            return Err(FactsFault::Id { entity, id: id.to_owned() });
        }
    }
    Ok(())
}
