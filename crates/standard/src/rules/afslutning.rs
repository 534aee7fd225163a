//! Afslutning: how a course ends, and who is told (standard, section 3.5; samarbejdspjecen; the FSIII catalogue).

use domain::deadlines::Deadline;
use jiff::civil::Date;

use super::ending::{closed, closing_statuses, completed, died, given_up, nicotine_or_alcohol, taken_up};
use super::forms::filled;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{CourseStatus, TalkKind};
use crate::facts::{Closure, CourseFacts};
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.5-01", decide: Decide::Course(evaluated) },
    Rule { requirement: "KS-3.5-02", decide: Decide::Course(status_to_gp) },
    Rule { requirement: "KS-3.5-03", decide: Decide::Course(told_about_gp) },
    Rule { requirement: "SP-004-07", decide: Decide::Course(whole_status) },
    Rule { requirement: "SP-004-08", decide: Decide::Course(status_agreed) },
    Rule { requirement: "FS-003-05", decide: Decide::Course(closing_talk) },
];

/// What is recorded about the closing; nothing when nobody recorded any of it.
fn closure(course: &CourseFacts) -> Closure {
    course.closure.clone().unwrap_or_default()
}

/// KS-3.5-01, section 3.5: a closed course is evaluated, with how far each goal was reached and the citizen's own view; the
/// citizen may be missing where an intervention was given up.
fn evaluated(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = closed(course, at) else { return Verdict::OUTSIDE };
    let closure = closure(course);
    let alone = closure.without_citizen == Some(true) && course.interventions.iter().any(given_up);
    let view = closure.citizen_view.as_ref().is_some_and(|view| !view.0.trim().is_empty());
    Case::on(closed_on)
        .except("dead", died(course))
        .by(closed_on)
        .answered("closure.evaluation_done", closure.evaluation_done)
        .recorded("goal.attainment", course.goals.iter().all(|goal| goal.attainment.is_some()))
        .recorded("closure.citizen_view", alone || view)
        .decide(at)
}

/// KS-3.5-02, section 3.5: with the citizen's consent the GP gets a status within `final_status_workdays` of the closing.
/// The figure is the working days it took.
fn status_to_gp(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let consent = course.consents.as_ref().and_then(|consents| consents.gp_status.as_ref());
    let (Some(closed_on), Some(consent)) = (at.in_period(course.closed_on), consent) else { return Verdict::OUTSIDE };
    let gp = course.citizen.as_ref().and_then(|citizen| citizen.gp_unit.as_ref());
    let to_gp = closing_statuses(course).filter(|(_, one)| gp.is_some() && one.recipient_unit.as_ref() == gp);
    let sent_on = to_gp.map(|(sent_on, _)| sent_on).min();
    Case::on(closed_on)
        .except("no_consent", !consent.answer || consent.withdrawn_on.is_some())
        .except("no_gp", gp.is_some_and(|gp| gp == "none"))
        .except("dead", died(course))
        .needs("citizen.gp_unit", gp.is_some())
        .by(at.due(Deadline::Status, closed_on))
        .done("message.sent_on", sent_on)
        .figure(sent_on.map(|on| f64::from(at.workdays_between(closed_on, on))))
        .decide(at)
}

/// KS-3.5-03, section 3.5: the citizen is told, in the closing talk or by letter within `final_status_workdays`, that the GP
/// can be contacted about new needs.
fn told_about_gp(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(closed_on) = closed(course, at) else { return Verdict::OUTSIDE };
    Case::on(closed_on)
        .except("dead", died(course))
        .by(at.due(Deadline::Status, closed_on))
        .done("closure.gp_info_given_on", closure(course).gp_info_given_on)
        .decide(at)
}

/// SP-004-07, Afslutningen af forebyggelsesforløbet: a closing status tells the course, its outcome, what the GP is to follow
/// up, and who wrote it.
fn whole_status(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let sent: Vec<_> = closing_statuses(course).filter(|(on, _)| at.in_period(Some(*on)).is_some()).collect();
    let Some(last_on) = sent.iter().map(|(on, _)| *on).max() else { return Verdict::OUTSIDE };
    let messages = || sent.iter().map(|(_, message)| message);
    Case::on(last_on)
        .recorded("message.course_text", messages().all(|one| filled(one.course_text.as_ref())))
        .recorded("message.outcome_text", messages().all(|one| filled(one.outcome_text.as_ref())))
        .recorded("message.followup_need", messages().all(|one| filled(one.followup_need.as_ref())))
        .recorded("message.sender_name", messages().all(|one| filled(one.sender_name.as_ref())))
        .recorded("message.sender_title", messages().all(|one| filled(one.sender_title.as_ref())))
        .recorded("message.sender_contact", messages().all(|one| filled(one.sender_contact.as_ref())))
        .decide(at)
}

/// SP-004-08, Afslutningen af forebyggelsesforløbet: the citizen agrees with the closing status, or it says why not, and gets
/// a copy or declines it.
fn status_agreed(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let sent = closing_statuses(course).next().is_some();
    let Some(closed_on) = at.in_period(course.closed_on).filter(|_| sent) else { return Verdict::OUTSIDE };
    let closure = closure(course);
    let agreed = closure.status_agreed_with_citizen.as_ref();
    Case::on(closed_on)
        .except("without_citizen", closure.without_citizen == Some(true))
        .answered(
            "closure.status_agreed_with_citizen",
            agreed.map(|agreed| agreed.answer || filled(agreed.note.as_ref())),
        )
        .recorded("closure.copy_given", filled(closure.copy_given.as_ref()))
        .decide(at)
}

/// FS-003-05, Afsluttende samtale: a completed course ends with a closing talk within `closing_talk_days` of its last
/// intervention, with evaluation, a plan to keep it up, and an answer on follow-up. A single nicotine or alcohol
/// intervention may close inside its last session. One that is closing waits for the talk, and is judged when it has closed.
fn closing_talk(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let last_on = taken_up(course).filter_map(|one| one.ended_on.or(one.stopped_on)).max();
    let Some(closed_on) = completed(course, at) else {
        let closing = course.status == Some(CourseStatus::Closing) && closing_talk_on(course).is_none();
        let due = last_on.filter(|_| closing).map(|on| at.due(Deadline::ClosingTalk, on));
        return Verdict::OUTSIDE.ahead("talk.held_on", due);
    };
    let closure = closure(course);
    let single = taken_up(course).count() == 1 && taken_up(course).all(nicotine_or_alcohol);
    Case::on(closed_on)
        .except("closed_in_last_session", single && closure.closed_in_last_session == Some(true))
        .needs("talk.held_on", last_on.is_some())
        .by(at.due(Deadline::ClosingTalk, last_on.unwrap_or(closed_on)))
        .done("talk.held_on", closing_talk_on(course))
        .answered("closure.evaluation_done", closure.evaluation_done)
        .recorded("closure.maintenance_plan", filled(closure.maintenance_plan.as_ref()))
        .recorded("followup.need", course.follow_ups.iter().any(|one| one.need.is_some()))
        .decide(at)
}

fn closing_talk_on(course: &CourseFacts) -> Option<Date> {
    let closing = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfsluttendeSamtale));
    closing.filter_map(|talk| talk.held_on).min()
}
