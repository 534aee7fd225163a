//! The joint plan of a course, and its goals.

use domain::care_plan::PlanStatus;
use domain::codes::InterventionCode;
use domain::goal::{Goal as OurGoal, GoalOutcome};
use domain::notice::NoticeKind;
use domain::planned_intervention::PlannedIntervention;
use domain::relatives::RelativesAnswer;
use domain::workdays::local_date;
use jiff::civil::Date;
use standard::facts::words::Attainment;
use standard::facts::{Goal, Listed, Plan};

use super::CourseView;
use super::codes::fsiii;
use super::message::given_on;
use super::words::{TalkWords, talks_held};

/// The plan: there is one once a talk was held and something was granted or agreed with an association. It stands from the
/// day of the first talk, is revised whenever more is granted or another talk is held, and is given to the citizen when its
/// letter is. In which order things happen is not written down.
pub(super) fn of(view: &CourseView<'_>) -> Option<Plan> {
    let talks = talks_held(view);
    let (_, first) = talks.first()?;
    let held_on = local_date(first.start);
    let granted: Vec<&PlannedIntervention> = granted(view).collect();
    let associations = view.record.bridges.iter().map(|it| &it.value).filter(|it| it.course == Some(view.course.id));
    let associations: Vec<_> = associations.collect();
    let days = granted.iter().map(|it| it.granted_on).chain(associations.iter().map(|it| it.agreed_on));
    let days: Vec<Date> = days.collect();
    let created_on = held_on.max(days.iter().copied().min()?);
    let again = talks.iter().skip(1).map(|(_, contact)| local_date(contact.start));
    let given = view.kept.notices.iter().filter(|it| it.kind == NoticeKind::Plan && it.course == Some(view.course.id));
    let interventions = granted.iter().filter(|it| !matches!(it.status, PlanStatus::Cancelled { .. }));
    let elements = interventions.map(|it| fsiii(it.code).word().to_owned());
    Some(Plan {
        id: Some(view.course.id.to_string()),
        created_on: Some(created_on),
        revised_on: again.chain(days).filter(|day| *day > created_on).max(),
        elements: elements.chain(associations.iter().map(|it| it.agreed.title.clone())).collect(),
        given_to_citizen_on: given.filter_map(given_on).min(),
        maintenance_initial: talks.iter().find_map(|(_, contact)| TalkWords::of(contact).maintenance()),
        network_people: network(view),
        ..Plan::default()
    })
}

/// What was granted in the course besides talks and follow-ups.
fn granted<'a>(view: &CourseView<'a>) -> impl Iterator<Item = &'a PlannedIntervention> {
    let course = view.course.id;
    let mine = view.record.interventions.iter().map(|it| &it.value).filter(move |it| it.course == course);
    mine.filter(|it| !it.code.is_talk() && it.code != InterventionCode::FollowUp)
        .filter(|it| !matches!(it.status, PlanStatus::EnteredInError { .. }))
}

/// Whom the citizen wants involved, by who they are to them; none once they said so.
fn network(view: &CourseView<'_>) -> Option<Listed> {
    let terms = &view.record.relatives_terms(view.course.id)?.value;
    match terms.answer {
        RelativesAnswer::Yes => Some(Listed::Some(terms.people.iter().map(|it| it.relation.clone()).collect())),
        RelativesAnswer::No | RelativesAnswer::HasNone => Some(Listed::None),
        RelativesAnswer::Later => None,
    }
}

/// The goals, in the citizen's own words. Who set them, their order, amounts and days are not recorded; one that is no longer
/// wanted was reviewed, has no attainment and is withdrawn that day.
pub(super) fn goals(view: &CourseView<'_>) -> Vec<Goal> {
    let mine = view.record.goals.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    mine.map(goal).collect()
}

fn goal(goal: &OurGoal) -> Goal {
    let evaluation = goal.evaluation.as_ref();
    Goal {
        id: Some(goal.id.to_string()),
        text_citizen: Some(goal.words.clone()),
        created_on: Some(goal.set_on),
        reviewed_on: evaluation.map(|it| it.on).into_iter().collect(),
        attainment: evaluation.and_then(|it| match it.outcome {
            GoalOutcome::Reached => Some(Attainment::Reached),
            GoalOutcome::Partly => Some(Attainment::Partly),
            GoalOutcome::NotReached => Some(Attainment::Not),
            GoalOutcome::Dropped => None,
        }),
        withdrawn_on: evaluation.filter(|it| it.outcome == GoalOutcome::Dropped).map(|it| it.on),
        ..Goal::default()
    }
}
