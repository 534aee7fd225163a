//! What a unit is split by, read from its subject in one place, so that every figure splits the same way (definitions file,
//! breakdowns). What was not recorded is a stratum of its own and is never spread over the others.

use jiff::civil::Weekday;
use standard::Context;
use standard::facts::words::Area;
use standard::facts::{CourseFacts, Intervention, Needs, Referral, Session, Ternary};
use standard::rules::{area_of, requested, taken_up};

use super::shared::NOT_STATED;
use super::unit::Subject;
use crate::definition::Breakdown;

/// The language of those who need no help with it.
const DANISH: &str = "da";
/// A course or a citizen in more than one group of a breakdown.
const SEVERAL: &str = "several";
/// Characters of a code that name the disease, as in the population data.
const DISEASE: usize = 4;

/// The stratum of a unit; several only for what a citizen can have more than one of.
pub fn each<'a>(by: Breakdown, subject: &Subject<'a>, at: &'a Context<'a>, tell: &mut dyn FnMut(&'a str)) {
    match subject.own(by) {
        Some(own) => tell(if own.is_empty() { NOT_STATED } else { own }),
        None if by == Breakdown::Disease => diseases(subject.course, tell),
        None => {
            let stated = stratum(by, subject, at).filter(|stratum| !stratum.trim().is_empty());
            tell(stated.unwrap_or(NOT_STATED));
        }
    }
}

fn stratum<'a>(by: Breakdown, subject: &Subject<'a>, at: &'a Context<'a>) -> Option<&'a str> {
    let Subject { course, intervention, session, group, .. } = *subject;
    let citizen = || course?.citizen.as_ref();
    let referral = || subject.referral.or_else(|| course?.referrals.first());
    match by {
        Breakdown::Source => Some(referral()?.source?.word()),
        Breakdown::SenderUnit => referral()?.sender_unit.as_deref(),
        Breakdown::RequestedArea => requested_area(referral()?, at),
        Breakdown::TargetGroup => {
            let group = subject.referral.map_or_else(|| course?.target_group, |one| one.target_group);
            Some(group?.word())
        }
        Breakdown::DiagnosisGroup => match subject.referral {
            Some(one) => diagnosis_group(one.diagnoses.iter().map(String::as_str)),
            None => diagnosis_group(citizen()?.diagnoses.iter().map(|one| one.code.as_str())),
        },
        Breakdown::AgeBand => citizen()?.age.map(age_band),
        Breakdown::Sex => citizen()?.sex.as_deref(),
        Breakdown::District => citizen()?.area.as_deref(),
        Breakdown::StratLevel => Some(course?.strat_level.map_or("not_assessed", level)),
        Breakdown::LanguageNeed => language_need(course?.needs.as_ref()?),
        Breakdown::MentalIllness => citizen()?.mental_illness?.known().map(yes_no),
        Breakdown::Education => citizen()?.education.as_deref(),
        Breakdown::Area => area(subject, at),
        Breakdown::FsiiiCode => {
            let code = intervention.and_then(|one| one.fsiii_code).or_else(|| group?.fsiii_code);
            Some(code?.word())
        }
        Breakdown::Format => Some(intervention?.format?.word()),
        Breakdown::CourseType => Some(intervention?.course_type?.word()),
        Breakdown::Mode => Some(session?.mode?.word()),
        Breakdown::Place => place(subject, at),
        Breakdown::TimeOfDay => session.or_else(|| group?.session.first()).and_then(time_of_day),
        Breakdown::Weekday => Some(weekday(session?.date?.date().weekday())),
        Breakdown::Kind => Some(subject.requirement?.kind.label()),
        Breakdown::Requirement => Some(&subject.requirement?.id),
        // What only the unit itself can say, or what nobody records (see `unrecorded`).
        Breakdown::Origin
        | Breakdown::Unit
        | Breakdown::Disease
        | Breakdown::Condition
        | Breakdown::NeedKind
        | Breakdown::Month
        | Breakdown::Instrument
        | Breakdown::Check
        | Breakdown::ErrorCode => None,
    }
}

/// The age bands of the standard's breakdowns.
pub const fn age_band(age: i32) -> &'static str {
    match age {
        ..18 => "under_18",
        18..40 => "18-39",
        40..50 => "40-49",
        50..60 => "50-59",
        60..70 => "60-69",
        70..80 => "70-79",
        80.. => "80+",
    }
}

/// A level of coordination.
pub(super) const fn level(level: i32) -> &'static str {
    match level {
        1 => "1",
        2 => "2",
        3 => "3",
        _ => NOT_STATED,
    }
}

const fn yes_no(answer: bool) -> &'static str {
    if answer { "yes" } else { "no" }
}

fn language_need(needs: &Needs) -> Option<&'static str> {
    let foreign = needs.language.as_deref().map(|language| language != DANISH);
    let interpreter = needs.interpreter.and_then(Ternary::known);
    match (interpreter, foreign) {
        (Some(true), _) | (_, Some(true)) => Some("yes"),
        (Some(false), _) | (_, Some(false)) => Some("no"),
        (None, None) => None,
    }
}

/// What a referral asks for: one of the areas that need no offer, or a specific offer.
pub(super) fn requested_area(referral: &Referral, at: &Context<'_>) -> Option<&'static str> {
    referral.requested_area.as_ref()?;
    Some(match requested(referral, at) {
        Some(area @ (Area::AfklarendeSamtale | Area::Nikotinafvaenning | Area::Alkohol)) => area.word(),
        Some(_) | None => "specific_offer",
    })
}

/// The group of diagnoses, SKS or ICPC-2; more than one disease is a group of its own. None without a code.
pub(super) fn diagnosis_group<'c>(codes: impl Iterator<Item = &'c str>) -> Option<&'static str> {
    codes.map(one_group).reduce(|first, other| if first == other { first } else { "two_or_more" })
}

fn one_group(code: &str) -> &'static str {
    const GROUPS: [(&str, &str); 9] = [
        ("DE11", "type2_diabetes"),
        ("DI", "heart_vessels"),
        ("DJ44", "copd"),
        ("DC", "cancer"),
        ("DM", "musculoskeletal"),
        ("T90", "type2_diabetes"),
        ("R95", "copd"),
        ("K", "heart_vessels"),
        ("L", "musculoskeletal"),
    ];
    GROUPS.into_iter().find(|(prefix, _)| code.starts_with(prefix)).map_or("other", |(_, group)| group)
}

/// The area of the intervention, session or group, else that the referral asks for, else that of the whole course.
fn area<'a>(subject: &Subject<'a>, at: &'a Context<'a>) -> Option<&'static str> {
    let of_group = || subject.group.and_then(|group| at.municipality.offer(group.offer.as_deref()?)?.area);
    let known = subject.offer.and_then(|offer| offer.area).or_else(of_group);
    let known = known.or_else(|| area_of_intervention(subject.intervention?, at));
    let known = known.or_else(|| area_of(subject.group?.fsiii_code?));
    let known = known.or_else(|| requested(subject.referral?, at));
    known.map(Area::word).or_else(|| area_of_course(subject.course?, at))
}

/// The area of an intervention, by its code or its offer.
pub(super) fn area_of_intervention(of: &Intervention, at: &Context<'_>) -> Option<Area> {
    of.fsiii_code.and_then(area_of).or_else(|| at.municipality.offer(of.offer.as_deref()?)?.area)
}

fn area_of_course(course: &CourseFacts, at: &Context<'_>) -> Option<&'static str> {
    let areas = taken_up(course).filter_map(|one| area_of_intervention(one, at)).map(Area::word);
    areas.reduce(|first, other| if first == other { first } else { SEVERAL })
}

/// Where it was: of the session, of the group, of the group that the intervention has a seat on.
fn place<'a>(subject: &Subject<'a>, at: &'a Context<'a>) -> Option<&'a str> {
    let own = subject.session.and_then(|session| session.place.as_deref());
    let seat = || {
        let (course, intervention) = subject.course.zip(subject.intervention)?;
        let seat = course.enrolments.iter().find(|one| one.intervention.as_ref() == Some(&intervention.id))?;
        at.municipality.group(seat.group.as_deref()?)
    };
    own.or_else(|| subject.group.or_else(seat)?.session.first()?.place.as_deref())
}

/// Before 8, in working hours, or from 16.
fn time_of_day(session: &Session) -> Option<&'static str> {
    Some(match session.date?.hour() {
        ..8 => "early",
        8..16 => "day",
        16.. => "evening",
    })
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

/// The chronic diseases of a citizen, each once.
pub(super) fn diseases<'a>(course: Option<&'a CourseFacts>, tell: &mut dyn FnMut(&'a str)) {
    let Some(citizen) = course.and_then(|course| course.citizen.as_ref()) else { return };
    let codes = || citizen.diagnoses.iter().filter(|one| one.is_chronic()).map(|one| disease(&one.code));
    for (at, code) in codes().enumerate() {
        if !codes().take(at).any(|before| before == code) {
            tell(code);
        }
    }
}

/// The part of a code that names the disease.
pub(crate) fn disease(code: &str) -> &str {
    code.get(..DISEASE).unwrap_or(code)
}
