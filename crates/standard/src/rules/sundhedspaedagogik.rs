//! Sundhedspædagogik: the citizen's own goals first, and seen again on the way (standard, section 3.2).

use super::forms::filled;
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::evaluate::{Decide, Rule};
use crate::facts::CourseFacts;
use crate::facts::words::TalkKind;
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.2-02", decide: Decide::Course(own_goal_first) },
    Rule { requirement: "KS-3.2-08", decide: Decide::Course(seen_again) },
];

const DAYS_A_WEEK: i32 = 7;

/// KS-3.2-02, section 3.2: a goal in the citizen's own words is there by the first session.
fn own_goal_first(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let started = course.interventions.iter().filter_map(|one| at.in_period(one.started_on));
    let Some(started_on) = started.min() else { return Verdict::OUTSIDE };
    let own = || course.goals.iter().filter(|goal| filled(goal.text_citizen.as_ref()));
    let first_goal_on = own().filter_map(|goal| goal.created_on).min();
    let in_time = course.first_session_on.zip(first_goal_on).is_some_and(|(first, goal)| goal <= first);
    let case = Case::on(started_on)
        .needs("course.first_session_on", course.first_session_on.is_some())
        .needs("goal.created_on", in_time || own().all(|goal| goal.created_on.is_some()));
    let Some(first_on) = course.first_session_on else { return case.decide(at) };
    case.by(first_on).done("goal.text_citizen", first_goal_on).decide(at)
}

/// KS-3.2-08, section 3.2: a course of more than `course_review_weeks` looks at the goals again, or has a behovssamtale, after
/// the first session and before it closes.
fn seen_again(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let begun = course.first_session_on.is_some() || course.interventions.iter().any(|one| one.started_on.is_some());
    let Some(closed_on) = at.in_period(course.closed_on).filter(|_| begun) else { return Verdict::OUTSIDE };
    let case = Case::on(closed_on).needs("course.first_session_on", course.first_session_on.is_some());
    let Some(first_on) = course.first_session_on else { return case.decide(at) };
    if days_between(first_on, closed_on) <= at.count(LimitId::CourseReviewWeeks) * DAYS_A_WEEK {
        return Verdict::OUTSIDE;
    }
    let talks = course.talks.iter().filter(|one| one.kind == Some(TalkKind::Behovssamtale));
    let days = course.goals.iter().flat_map(|goal| goal.reviewed_on.iter().copied());
    let seen = days.chain(talks.filter_map(|one| one.held_on)).any(|on| first_on < on && on < closed_on);
    case.by(closed_on).recorded("goal.reviewed_on", seen).decide(at)
}
