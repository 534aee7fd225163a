//! Diet treatment: its parts, its individual form, and how often and how long (sections 7.2 and 7.3).

use domain::deadlines::Deadline;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{diet_of, is_diet};
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::facts::words::{ContactResult, Format, Mode};
use crate::facts::{CourseFacts, Diet, Intervention};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::forms;
use crate::rules::sessions::Sessions;

/// KS-7.2-05, section 7.2: assessment, treatment and follow-up are recorded; while the treatment runs, or when it was
/// stopped, the first two from the second session on.
pub(super) fn parts(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_diet(intervention) {
        return Verdict::OUTSIDE;
    }
    let completed_on = forms::completed_in(intervention, at);
    let second_on = second_when_in_period(&Sessions::of(course, intervention, at), at);
    let Some(on) = completed_on.or(second_on) else { return Verdict::OUTSIDE };
    let diet = diet_of(course, intervention);
    let text = |get: fn(&Diet) -> Option<&String>| diet.is_some_and(|one| forms::filled(get(one)));
    let case = Case::on(on)
        .by(on)
        .recorded("diet.history", text(|one| one.history.as_ref()))
        .recorded("diet.needs", text(|one| one.needs.as_ref()))
        .recorded("diet.diagnosis", text(|one| one.diagnosis.as_ref()))
        .recorded("diet.plan", text(|one| one.plan.as_ref()))
        .answered("diet.individual_advice", diet.and_then(|one| one.individual_advice));
    if completed_on.is_none() {
        return case.decide(at);
    }
    case.recorded("diet.monitoring", text(|one| one.monitoring.as_ref()))
        .recorded("diet.evaluation", text(|one| one.evaluation.as_ref()))
        .recorded("diet.closing", diet.is_some_and(|one| one.closing.is_some()))
        .decide(at)
}

/// KS-7.2-06, section 7.2: by the second session there is an individual plan, and whether other professions are needed is
/// answered.
pub(super) fn individual_and_together(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_diet(intervention) {
        return Verdict::OUTSIDE;
    }
    let sessions = Sessions::of(course, intervention, at);
    let Some(second_on) = second_when_in_period(&sessions, at) else { return Verdict::OUTSIDE };
    let diet = diet_of(course, intervention);
    let need = diet.and_then(|one| one.interdisciplinary_need.as_ref());
    Case::on(second_on)
        .by(second_on)
        .recorded("diet.plan", diet.is_some_and(|one| forms::filled(one.plan.as_ref())))
        .recorded("diet.interdisciplinary_need", need.is_some())
        .decide(at)
}

/// KS-7.3-02, section 7.3: by the second session one was individual, and there is a plan; sessions in group alone do not do.
pub(super) fn individually_adapted(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_diet(intervention) {
        return Verdict::OUTSIDE;
    }
    let sessions = Sessions::of(course, intervention, at);
    let Some(second_on) = second_when_in_period(&sessions, at) else { return Verdict::OUTSIDE };
    let plan = diet_of(course, intervention).is_some_and(|one| forms::filled(one.plan.as_ref()));
    let alone = sessions.iter().filter(|had| had.format == Some(Format::Individual));
    let alone_on = alone.filter_map(|had| had.on).min();
    let known = sessions.iter().all(|had| had.format.is_some());
    Case::on(second_on)
        .by(second_on)
        .needs("session.format", alone_on.is_some() || known)
        .done("session.format", alone_on)
        .recorded("diet.plan", plan)
        .decide(at)
}

/// The day of the second session, when one of them lies in the period.
fn second_when_in_period(sessions: &Sessions<'_>, at: &Context<'_>) -> Option<Date> {
    sessions.second_on().filter(|_| sessions.any_in_period(at))
}

/// KS-7.3-03, section 7.3: in a treatment of more than three months never more than `diet_followup_days` between two
/// individual contacts. The figure is the longest time; from `diet_followup_hint_days` on the page hints. One that goes on
/// waits for the next contact from its start on.
pub(super) fn no_long_gap(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let end = forms::end(intervention);
    let started_on = intervention.started_on.filter(|on| is_diet(intervention) && *on <= at.to);
    let Some(started_on) = started_on else { return Verdict::OUTSIDE };
    let last = end.map_or(at.to, |end| end.min(at.to));
    let sessions = Sessions::of(course, intervention, at);
    let until = end.unwrap_or(at.today);
    let reached = course.contacts.iter().filter(|one| forms::of(one.intervention.as_ref(), intervention));
    let reached = reached.filter(|one| one.result == Some(ContactResult::Reached));
    let reached = reached.filter_map(|one| one.date.or(one.attempted_on));
    let alone = sessions.iter().filter(|had| had.format == Some(Format::Individual)).filter_map(|had| had.on);
    let mut days: Vec<Date> = alone.chain(reached).chain([started_on]).collect();
    days.retain(|day| (started_on..=until).contains(day));
    let goes_on = end.is_none() && intervention.paused.is_empty();
    let newest = days.iter().max().filter(|_| goes_on);
    let next = newest.map(|on| at.due(Deadline::DietFollowUp, *on));
    if last < at.from || started_on.saturating_add(3.months()) >= last {
        return Verdict::OUTSIDE.ahead("session.date", next);
    }
    days.push(until);
    days.sort_unstable();
    let gaps = days.iter().zip(days.iter().skip(1)).filter(|(from, to)| **from <= at.to && **to >= at.from);
    let longest = gaps.map(|(from, to)| days_between(*from, *to)).max().unwrap_or_default();
    let within = longest <= at.count(LimitId::DietFollowupDays);
    let known = sessions.iter().all(|had| had.on.is_some() && had.format.is_some());
    Case::on(last)
        .except("paused", !intervention.paused.is_empty())
        .needs("session.date", within || known)
        .holds("too_long_between", within)
        .figure(Some(f64::from(longest)))
        .decide(at)
        .ahead("session.date", next)
}

/// KS-7.3-04, section 7.3: within `diet_reassess_months` of the start somebody looked at whether the need goes on. A treatment
/// that goes on waits for it, and once more a year after each time.
pub(super) fn need_reassessed(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let started_on = intervention.started_on.filter(|_| is_diet(intervention));
    let Some(started_on) = started_on else { return Verdict::OUTSIDE };
    let due = at.due(Deadline::DietReassess, started_on);
    let reassessed_on = diet_of(course, intervention).and_then(|one| one.need_reassessed_on);
    let end = forms::end(intervention);
    let since = reassessed_on.map_or(started_on, |day| day.max(started_on));
    let next = Some(at.due(Deadline::DietReassess, since)).filter(|_| end.is_none());
    if at.in_period(Some(due)).is_none() {
        return Verdict::OUTSIDE.ahead("diet.need_reassessed_on", next);
    }
    Case::on(started_on)
        .except("ended_before", end.is_some_and(|end| end < due))
        .by(due)
        .done("diet.need_reassessed_on", reassessed_on)
        .decide(at)
        .ahead("diet.need_reassessed_on", next)
}

/// KS-7.3-05, section 7.3: the first talk is in person, or there is a reason that it is not.
pub(super) fn first_in_person(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let started_on = at.in_period(intervention.started_on).filter(|_| is_diet(intervention));
    let Some(started_on) = started_on else { return Verdict::OUTSIDE };
    let sessions = Sessions::of(course, intervention, at);
    let first = sessions.first().map(|had| had.session);
    let mode = first.and_then(|one| one.mode);
    let in_person = matches!(mode, Some(Mode::Fremmoede | Mode::Hjemmebesoeg));
    let reason = first.is_some_and(|one| forms::filled(one.mode_reason.as_ref()));
    Case::on(started_on)
        .needs("session.mode", mode.is_some() || reason)
        .recorded("session.mode_reason", in_person || reason)
        .decide(at)
}

/// KS-7.3-06, section 7.3: the first session is planned longer than the median of those after it.
pub(super) fn first_is_longer(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    if !is_diet(intervention) {
        return Verdict::OUTSIDE;
    }
    let sessions = Sessions::of(course, intervention, at);
    let followed_up = || sessions.iter().skip(1);
    let last_on = followed_up().filter_map(|had| at.in_period(had.on)).max();
    let Some(last_on) = last_on else { return Verdict::OUTSIDE };
    let first = sessions.first().and_then(|had| had.session.planned_minutes);
    let later = median(followed_up().filter_map(|had| had.session.planned_minutes).collect());
    Case::on(last_on)
        .needs("session.planned_minutes", first.is_some() && later.is_some())
        .holds("not_longer", first.zip(later).is_none_or(|(first, later)| f64::from(first) > later))
        .decide(at)
}

fn median(mut minutes: Vec<i32>) -> Option<f64> {
    minutes.sort_unstable();
    let upper = *minutes.get(minutes.len() / 2)?;
    let lower = *minutes.get((minutes.len() - 1) / 2)?;
    Some(f64::from(lower).midpoint(f64::from(upper)))
}
