//! What belongs to the whole course: one plan, one person, and a talk when something changes.

use domain::deadlines::Deadline;
use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, CourseStatus, InterventionStatus, OfferAnswer, ReferralOutcome, TalkKind};
use crate::facts::{CourseFacts, Goal, Intervention, Referral, Talk};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::areas::requested;
use crate::rules::asked_to_talk::waits_for_talk;
use crate::rules::ending::weakest;
use crate::rules::forms::{end, filled};
use crate::totals::HIGHEST_LEVEL;

pub(in crate::rules) const COURSE: &[Rule] = &[
    Rule { requirement: "KS-3-08", decide: Decide::Course(planned_together) },
    Rule { requirement: "IK-002-08", decide: Decide::Course(one_person) },
    Rule { requirement: "FS-003-04", decide: Decide::Course(talk_on_change) },
];

/// From when to when an intervention runs; without an end while it does.
fn span(one: &Intervention) -> Option<(Date, Date)> {
    let given = one.answer != Some(OfferAnswer::Declined) && one.status != Some(InterventionStatus::Cancelled);
    let from = one.granted_on.or(one.started_on).filter(|_| given)?;
    Some((from, end(one).unwrap_or(Date::MAX)))
}

/// The interventions that run beside another one on a day of the period.
fn overlapping<'a>(course: &'a CourseFacts, at: &Context<'_>) -> Vec<&'a Intervention> {
    let beside = |one: &Intervention, other: &Intervention| {
        let Some(((from, to), (other_from, other_to))) = span(one).zip(span(other)) else { return false };
        let (from, to) = (from.max(other_from), to.min(other_to));
        from < to && from <= at.to && to >= at.from
    };
    let all = &course.interventions;
    let any = |one: &&Intervention| all.iter().any(|other| other.id != one.id && beside(one, other));
    all.iter().filter(any).collect()
}

/// KS-3-08, chapter 3: interventions beside each other stand in one plan with an order or a load, made or revised within
/// `plan_revision_days` of the second grant.
fn planned_together(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let together = overlapping(course, at);
    let mut grants: Vec<Date> = together.iter().filter_map(|one| one.granted_on).collect();
    grants.sort_unstable();
    let Some(first) = together.first().and_then(|one| span(one)) else { return Verdict::OUTSIDE };
    let case = Case::on(first.0).needs("intervention.granted_on", grants.len() == together.len());
    let Some(second_on) = grants.get(1).copied() else { return case.decide(at) };
    let plan = course.plan.as_ref();
    let names = |one: &&Intervention| {
        let code = one.fsiii_code.map(|code| code.word());
        plan.is_some_and(|plan| plan.elements.iter().any(|element| Some(element.as_str()) == code))
    };
    let touched = plan.into_iter().flat_map(|plan| [plan.created_on, plan.revised_on]).flatten();
    case.by(at.days_after(second_on, LimitId::PlanRevisionDays))
        .recorded("course.plan_id", together.iter().all(names))
        .recorded("plan.sequence_note", plan.is_some_and(|plan| filled(plan.sequence_note.as_ref())))
        .done("plan.revised_on", touched.filter(|day| *day >= second_on).min())
        .decide(at)
}

/// Whether a course is open.
pub(in crate::rules) const fn is_open(course: &CourseFacts) -> bool {
    matches!(
        course.status,
        Some(
            CourseStatus::Intake
                | CourseStatus::Clarifying
                | CourseStatus::Planned
                | CourseStatus::Active
                | CourseStatus::Paused
                | CourseStatus::Closing
        )
    )
}

/// Whether every request of a course is for one area.
fn only(course: &CourseFacts, area: Area, at: &Context<'_>) -> bool {
    !course.referrals.is_empty() && course.referrals.iter().all(|one| requested(one, at) == Some(area))
}

/// IK-002-08, Esbjerg: from the plan on an open course has a named contact person, and at the highest level talks about
/// coordination.
fn one_person(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    if !is_open(course) {
        return Verdict::OUTSIDE;
    }
    let planned = course.plan.is_some() || course.plan_id.is_some();
    let stratified = at.municipality.tables().settings.stratification == Some(true);
    let named = filled(course.contact_person.as_ref());
    let talk = |one: &Talk| {
        let arranged = one.offered_on.or(one.planned_on).or(one.held_on).is_some();
        one.kind == Some(TalkKind::Koordinationssamtale) && arranged
    };
    let coordinated = course.strat_level != Some(HIGHEST_LEVEL) || course.talks.iter().any(talk);
    Case::today()
        .except("nicotine_only", only(course, Area::Nikotinafvaenning, at))
        .except("alcohol_only", only(course, Area::Alkohol, at))
        .needs("course.strat_level", !planned || !named || !stratified || course.strat_level.is_some())
        .waits(!planned)
        .recorded("course.contact_person", planned && named)
        .recorded("talk.kind", coordinated)
        .decide(at)
}

/// Whether a referral asks anew for something that needs a talk about needs.
fn asks_anew(one: &Referral, at: &Context<'_>) -> bool {
    let alone = matches!(requested(one, at), Some(Area::Nikotinafvaenning | Area::Alkohol));
    matches!(one.outcome, None | Some(ReferralOutcome::Accepted)) && !alone
}

/// The day a goal was due without a review and without an attainment.
fn missed_on(goal: &Goal, at: &Context<'_>) -> Option<Date> {
    let due_on = goal.due_on.filter(|due| *due < at.today)?;
    let seen = goal.attainment.is_some() || goal.reviewed_on.iter().any(|day| *day <= due_on);
    (!seen).then_some(due_on)
}

/// FS-003-04, the behovssamtale: a new referral, a new need or a missed review of a goal in a running course leads to the offer
/// of a behovssamtale within `afklarende_days`, and not to a new clarifying talk; by the same day the talk is to be held.
fn talk_on_change(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let runs = |on: &Date| {
        course.first_session_on.is_some_and(|first| first < *on) && course.closed_on.is_none_or(|closed| *on <= closed)
    };
    let referrals = course.referrals.iter().filter(|one| asks_anew(one, at)).filter_map(|one| one.received_on);
    let goals = course.goals.iter().filter_map(|goal| missed_on(goal, at));
    let events = referrals.chain(course.new_need_on).chain(goals);
    let events = events.filter(runs).filter(|on| at.in_period(Some(*on)).is_some());
    weakest(events.map(|on| talk_offered(course, on, at)))
}

/// FS-003-04: one event.
fn talk_offered(course: &CourseFacts, event_on: Date, at: &Context<'_>) -> Verdict {
    let of = |kind: TalkKind| course.talks.iter().filter(move |one| one.kind == Some(kind));
    let offered = |one: &Talk| one.offered_on.or(one.planned_on).or(one.held_on);
    let anew = of(TalkKind::AfklarendeSamtale).filter(|one| filled(one.citizen_choice.as_ref()));
    let offered_on = of(TalkKind::Behovssamtale).filter_map(offered).filter(|on| *on >= event_on).min();
    let dated = of(TalkKind::Behovssamtale).all(|one| offered(one).is_some());
    let since = of(TalkKind::Behovssamtale).filter(|one| offered(one).is_some_and(|on| on >= event_on));
    let due = at.due(Deadline::NeedsTalk, event_on);
    let waits = course.closed_on.is_none() && waits_for_talk(since);
    Case::on(event_on)
        .except("wants_a_clarifying_talk", anew.filter_map(offered).any(|on| on >= event_on))
        .needs("talk.offered_on", offered_on.is_some() || dated)
        .by(due)
        .done("talk.offered_on", offered_on)
        .decide(at)
        .ahead("talk.kind", Some(due).filter(|_| waits))
}
