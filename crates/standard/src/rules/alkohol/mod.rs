//! Alkohol: the preventive talk about alcohol (standard, chapter 8).

mod safety;
mod screening;
mod talk;

use jiff::civil::Date;

use crate::context::Context;
use crate::facts::words::{Fsiii, TalkKind};
use crate::facts::{Alcohol, CourseFacts, Intervention, MentalIllness, Talk, TestResult};
use crate::limits::LimitId;

pub(super) use safety::RULES as SAFETY;
pub(super) use screening::RULES as SCREENING;
pub(super) use talk::RULES as TALK;

/// The eleven elements of KS-8.2-10.
const ELEMENTS: [&str; 11] = [
    "problemets karakter",
    "alkoholens rolle i borgerens problemer",
    "påvirkning af hverdag, familie og arbejde",
    "helbredsrisici",
    "kroppens påvirkning",
    "motivation for at nedsætte",
    "mål for reduktion eller ophør",
    "løbende registrering (dagbog)",
    "strategier",
    "støttemuligheder",
    "tilbud om opfølgning",
];

fn is_alcohol(of: &Intervention) -> bool {
    of.fsiii_code == Some(Fsiii::SamtaleOmAlkohol)
}

/// What the talk of an intervention found.
fn record<'a>(course: &'a CourseFacts, of: &Intervention) -> Option<&'a Alcohol> {
    course.alcohol_talks.iter().find(|one| one.intervention.as_deref() == Some(&of.id))
}

/// Whether the citizen is in alcohol treatment.
fn in_treatment(course: &CourseFacts) -> bool {
    course.alcohol_talks.iter().any(|one| one.in_treatment == Some(true))
}

/// The talk of an intervention; one that was held goes before one that was not.
fn talk_of<'a>(course: &'a CourseFacts, of: &Intervention) -> Option<&'a Talk> {
    let own = |talk: &&Talk| talk.intervention.as_deref() == Some(&of.id);
    alcohol_talks(course).filter(own).min_by_key(|talk| (talk.held_on.is_none(), talk.held_on))
}

fn alcohol_talks(course: &CourseFacts) -> impl Iterator<Item = &Talk> {
    course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::ForebyggendeSamtaleAlkohol))
}

/// The talk of an intervention that was held in the period, with its day.
fn held<'a>(course: &'a CourseFacts, of: &Intervention, at: &Context<'_>) -> Option<(&'a Talk, Date)> {
    let talk = talk_of(course, of).filter(|_| is_alcohol(of))?;
    Some((talk, at.in_period(talk.held_on)?))
}

/// The AUDITs of an intervention.
fn audits<'a>(course: &'a CourseFacts, of: &'a Intervention) -> impl Iterator<Item = &'a TestResult> {
    let own = |test: &&TestResult| test.intervention.as_deref() == Some(&of.id);
    course.test_results.iter().filter(own).filter(|test| test.instrument.as_deref() == Some("audit"))
}

/// An AUDIT of the period with its points.
fn audit(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Option<(Date, f64)> {
    let mut found = audits(course, of).filter(|_| is_alcohol(of));
    found.find_map(|test| Some((at.in_period(test.date)?, test.total?)))
}

/// Points from which AUDIT suggests that somebody is dependent.
fn suggests_dependence(points: f64, at: &Context<'_>) -> bool {
    points >= at.limit(LimitId::AuditHigh)
}

/// Whether the citizen has a mental illness, when somebody knows.
fn mentally_ill(course: &CourseFacts) -> Option<bool> {
    course.citizen.as_ref()?.mental_illness.and_then(MentalIllness::known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::STANDARD;

    #[test]
    fn the_elements_are_those_of_the_standard() {
        assert_eq!(STANDARD.requirement("KS-8.2-10").unwrap().elements, ELEMENTS);
    }
}
