//! What one citizen, or the municipality itself, adds: counts by name, what is missing, the teams it depends on.

use std::collections::{BTreeMap, BTreeSet};

use indicators::totals::Contribution;
use jiff::civil::Date;
use standard::facts::CourseFacts;
use standard::{Context, Finding as Told, Outcome, STANDARD, Switches, Totals, UnitKind, evaluate};
use store::StoreError;
use uuid::Uuid;

use super::queries::json;

/// Counts by name. Those of outcomes are called [`outcome_name`], those of totals stand under [`TOTALS`].
pub(super) type Counts = BTreeMap<String, i64>;

/// Where the counts of outcomes stand.
pub(super) const OUTCOMES: &str = "outcome/";
/// Where the counts that the rules about the whole read stand.
pub(super) const TOTALS: &str = "total/";

/// A part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) counts: Counts,
    pub(super) findings: Vec<Missing>,
    pub(super) teams: BTreeSet<String>,
    /// What it adds to the indicators.
    pub(super) indicators: Contribution,
}

/// A unit that does not meet a requirement, or not yet, or nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) requirement: &'static str,
    pub(super) subject: Uuid,
    pub(super) of_course: bool,
    pub(super) unit: String,
    pub(super) outcome: Outcome,
    pub(super) due: Option<Date>,
    pub(super) reason: Option<&'static str>,
    pub(super) facts: String,
}

/// What the counts of an outcome are called: `outcome/KS-2.2-06/2026-11/met`; the month is a dash for what belongs to none.
fn outcome_name(told: &Told<'_>) -> String {
    let month = told.verdict.month().map_or_else(|| "-".to_owned(), |month| month.to_string()[..7].to_owned());
    format!("{OUTCOMES}{}/{month}/{}", told.requirement, told.verdict.outcome.word())
}

impl Part {
    fn tell(&mut self, told: Told<'_>, subject: Uuid, of_course: bool) {
        *self.counts.entry(outcome_name(&told)).or_default() += 1;
        let outcome = told.verdict.outcome;
        let judged = || STANDARD.requirement(told.requirement).is_some_and(|one| !one.is_informational());
        if !matches!(outcome, Outcome::Met | Outcome::NotApplicable) && judged() {
            self.findings.push(Missing {
                requirement: told.requirement,
                subject,
                of_course,
                unit: told.id.to_owned(),
                outcome,
                due: told.verdict.due,
                reason: told.verdict.reason,
                facts: told.verdict.missing.join(" "),
            });
        }
    }

    /// As it is written.
    pub(super) fn written(self) -> Result<Written, StoreError> {
        Ok(Written {
            counts: json(&self.counts)?,
            indicators: json(&self.indicators)?,
            hash: store::sha256_hex(format!("{:?}{:?}", self.findings, self.teams).as_bytes())[..16].to_owned(),
            part: self,
        })
    }
}

/// A part with what is written of it: made on the thread that makes the part, for there are several of those and one that
/// writes.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) part: Part,
    /// The counts as text.
    pub(super) counts: String,
    /// What it adds to the indicators as text.
    pub(super) indicators: String,
    /// Hash of what is missing and of the teams, so that what stays is not written again.
    pub(super) hash: String,
}

/// The part of a citizen: their courses and the requests that led to none.
pub(super) fn of_citizen(courses: &[CourseFacts], at: &Context<'_>, switches: &Switches) -> Part {
    let own: Vec<&CourseFacts> = courses.iter().collect();
    let mut part = Part { indicators: Contribution::of_citizen(&own, at), ..Part::default() };
    let mut totals = Totals::default();
    for course in courses {
        totals.add(course, (at.from, at.to));
        let (subject, of_course) = (Uuid::try_parse(&course.id).unwrap_or_default(), course.started_on.is_some());
        evaluate::course(course, at, switches, |told| {
            part.indicators.add_finding(&told, at);
            part.tell(told, subject, of_course);
        });
        part.teams.extend(course.enrolments.iter().filter_map(|seat| seat.group.clone()));
        let sessions = course.attendances.iter().filter_map(|one| at.municipality.session(one.session.as_deref()?));
        part.teams.extend(sessions.map(|(group, _)| group.id.clone()));
    }
    part.counts.extend(totals.named().into_iter().map(|(name, count)| (format!("{TOTALS}{name}"), count)));
    part
}

/// The municipality's own part, on what the courses add up to.
pub(super) fn of_municipality(at: &Context<'_>, switches: &Switches) -> Part {
    let mut part = Part { indicators: Contribution::of_municipality(at), ..Part::default() };
    evaluate::municipality(at, switches, |told| {
        part.indicators.add_finding(&told, at);
        // An offer or a team has its own page; what is about the whole has none.
        let subject = match told.unit {
            UnitKind::Offer | UnitKind::Group | UnitKind::Association => Uuid::try_parse(told.id).unwrap_or_default(),
            _ => Uuid::nil(),
        };
        part.tell(told, subject, false);
    });
    part
}
