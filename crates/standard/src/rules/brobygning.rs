//! Brobygning: how activity goes on after the course (standard, section 3.5; the inspiration catalogue).

use jiff::ToSpan;
use jiff::civil::Date;

use super::ending::{completed, says};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{BridgingKind, Format, Network};
use crate::facts::{Association, Bridging, CourseFacts};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.5-04", decide: Decide::Course(kept_up) },
    Rule { requirement: "KS-3.5-05", decide: Decide::Course(kept_in_mind) },
    Rule { requirement: "KS-3.5-06", decide: Decide::Course(named_activity) },
    Rule { requirement: "KS-3.5-07", decide: Decide::Association(partner_contact) },
    Rule { requirement: "IK-002-03", decide: Decide::Course(companionship) },
    Rule { requirement: "IK-002-04", decide: Decide::Course(visit) },
];

/// How long after the first session it is still the start (KS-3.5-05).
const FIRST_MONTH_DAYS: i32 = 30;
/// The highest level of coordination.
const HIGHEST_LEVEL: i32 = 3;

/// The bridging that took place by a day.
fn by(course: &CourseFacts, day: Date) -> impl Iterator<Item = &Bridging> {
    course.bridgings.iter().filter(move |one| one.date.is_some_and(|date| date <= day))
}

/// KS-3.5-04, section 3.5: a completed course leaves a plan to keep it up and a step towards it: bridging by the closing, or
/// a planned follow-up.
fn kept_up(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = completed(course, at) else { return Verdict::OUTSIDE };
    let closure = course.closure.as_ref();
    let planned = course.follow_ups.iter().any(|one| one.planned_on.is_some());
    Case::on(closed_on)
        .except("support_declined", closure.is_some_and(|closure| closure.support_declined == Some(true)))
        .by(closed_on)
        .recorded("closure.maintenance_plan", says(closure.and_then(|closure| closure.maintenance_plan.as_ref())))
        .recorded("bridging.date", planned || by(course, closed_on).next().is_some())
        .decide(at)
}

/// KS-3.5-05, section 3.5: within a month of the first session it is noted how the activity goes on afterwards.
fn kept_in_mind(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(course.started_on) else { return Verdict::OUTSIDE };
    let noted = says(course.plan.as_ref().and_then(|plan| plan.maintenance_initial.as_ref()));
    let case = Case::on(started_on).recorded("plan.maintenance_initial", noted);
    match course.first_session_on {
        Some(first_on) => case.by(first_on.saturating_add(FIRST_MONTH_DAYS.days())).decide(at),
        None if course.closed_on.is_some() && !noted => Verdict::OUTSIDE,
        None => case.waits(true).decide(at),
    }
}

/// KS-3.5-06, section 3.5: a citizen who completed was given a named activity.
fn named_activity(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = completed(course, at) else { return Verdict::OUTSIDE };
    let named = by(course, closed_on).any(|one| one.association_id.is_some());
    Case::on(closed_on).by(closed_on).recorded("bridging.association_id", named).decide(at)
}

/// KS-3.5-07, section 3.5: a partner was in contact, and its entry confirmed, within `association_contact_months`.
fn partner_contact(association: &Association, at: &Context<'_>) -> Verdict {
    if association.partner != Some(true) {
        return Verdict::OUTSIDE;
    }
    let recent = |day: Date| at.today <= at.months_after(day, LimitId::AssociationContactMonths);
    Case::today()
        .except("out_of_season", !in_season(&association.season, at.today))
        .recorded("association.last_contact_on", association.last_contact_on.is_some())
        .recorded("association.confirmed_on", association.confirmed_on.is_some())
        .holds("contact_too_old", association.last_contact_on.is_none_or(recent))
        .holds("confirmed_too_long_ago", association.confirmed_on.is_none_or(recent))
        .decide(at)
}

/// Whether a day lies in the open months, which may go over the turn of the year; always without a season.
fn in_season(season: &[String], day: Date) -> bool {
    let [first, last] = season else { return true };
    let (Ok(first), Ok(last)) = (first.parse::<i8>(), last.parse::<i8>()) else { return true };
    let month = day.month();
    if first <= last { (first..=last).contains(&month) } else { month >= first || month <= last }
}

/// IK-002-03, Aarhus and Køge: who completed at the highest level or with no supporting network was followed to an
/// association, or had an introduction there.
fn companionship(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let alone = course.assessments.iter().any(|one| one.network == Some(Network::None));
    let in_need = alone || course.strat_level == Some(HIGHEST_LEVEL);
    let Some(closed_on) = completed(course, at).filter(|_| in_need) else { return Verdict::OUTSIDE };
    let followed = |one: &Bridging| matches!(one.kind, Some(BridgingKind::Foelgeskab | BridgingKind::Introforloeb));
    Case::on(closed_on).by(closed_on).recorded("bridging.kind", by(course, closed_on).any(followed)).decide(at)
}

/// IK-002-04, Brønderslev: who takes part in a group is offered a visit to an association by the closing; an introduction is
/// of `intro_sessions_min` to `intro_sessions_max` sessions.
fn visit(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let group = |format| matches!(format, Some(Format::Group | Format::Mixed));
    let mut groups = course.interventions.iter().filter(|one| {
        let over = one.ended_on.or(one.stopped_on).is_some_and(|end| end < at.from);
        group(one.format) && !over && one.started_on.is_some_and(|start| start <= at.to.min(at.today))
    });
    if groups.next().is_none() {
        return Verdict::OUTSIDE;
    }
    let range = at.count(LimitId::IntroSessionsMin)..=at.count(LimitId::IntroSessionsMax);
    let kind = |kind| course.bridgings.iter().filter(move |one| one.kind == Some(kind) && one.offered_on.is_some());
    let mut intros = kind(BridgingKind::Introforloeb);
    let offered = kind(BridgingKind::Besoeg).chain(kind(BridgingKind::Introforloeb)).next().is_some();
    let case = course.closed_on.map_or_else(Case::today, |closed_on| Case::on(closed_on).by(closed_on));
    case.waits(course.closed_on.is_none())
        .needs("bridging.sessions", intros.clone().all(|one| one.sessions.is_some()))
        .holds("sessions", intros.all(|one| one.sessions.is_none_or(|sessions| range.contains(&sessions))))
        .recorded("bridging.offered_on", offered)
        .decide(at)
}
